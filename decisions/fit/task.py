"""Task fit: does the model card say that the model does what the need asks?

It rests on the model-card note alone. What the note does not mention is unknown; only what the card
contradicts does not fit.
"""

from collections.abc import Iterator

from decisions.fit.check import Check, count, plain, verdict, worst
from decisions.fit.languages import MANY, lists_everything, primary
from decisions.fit.say import say
from decisions.record.schema import Candidate, ModelCardNote, Need, Route, Verdict
from decisions.states import Fit, Modality, Ruling, StructuredOutput, TaskKind


def judge(need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    """Compare the model-card note with the task kinds, languages, context and shape the need asks for."""
    note = candidate.model_card
    asked = list(_checks(need, candidate))
    if not asked:
        return _unknown("task.nothing_asked", "task.need_is_empty", "task.say_need")
    checks = asked if worst(asked) is Ruling.DOES_NOT_FIT else [*_sourced(note), *asked]
    ruled_out, read = count(asked, Ruling.DOES_NOT_FIT), count(asked, Ruling.FITS)
    if ruled_out:
        return verdict(Fit.TASK, checks, word=say("task.ruled_out", count=ruled_out, total=len(asked)))
    if is_empty(note):
        return verdict(Fit.TASK, checks, word=say("task.note_missing"), reason=say("task.no_note"))
    if worst(checks) is Ruling.UNKNOWN:
        return verdict(Fit.TASK, checks, word=say("task.some_read", count=read, total=len(asked)))
    day = note.read_on.isoformat() if note.read_on else ""
    return verdict(Fit.TASK, checks, word=say("task.fits"), reason=say("task.all_read", total=read, day=day))


def is_empty(note: ModelCardNote) -> bool:
    """Whether nobody has written anything into the note."""
    return note == ModelCardNote()


def _unknown(word: str, reason: str, change: str) -> Verdict:
    return plain(Fit.TASK, Ruling.UNKNOWN, say(word), say(reason), say(change))


def _sourced(note: ModelCardNote) -> Iterator[Check]:
    if is_empty(note):
        yield Check.open(say("task.no_note"), say("task.write_source"))
    elif not note.source or note.read_on is None:
        yield Check.open(say("task.note_unsourced"), say("task.write_source"))


def _checks(need: Need, candidate: Candidate) -> Iterator[Check]:
    note = candidate.model_card
    for kind in need.task_kinds:
        yield _kind(kind, need, note)
    for language in need.languages:
        yield _language(language, note)
    if need.context_tokens:
        yield _context(need.context_tokens, candidate)
    if need.structured_output not in {None, StructuredOutput.NONE}:
        yield _shape(note)


def _kind(kind: TaskKind, need: Need, note: ModelCardNote) -> Check:
    match kind:
        case TaskKind.TOOL_CALLING:
            return _tools(note)
        case TaskKind.MULTIMODAL:
            return _inputs(note)
        case TaskKind.MULTILINGUAL:
            return _several_languages(note)
        case TaskKind.LONG_CONTEXT:
            return _long_context(need, note)
    return _named(kind, note)


def _named(kind: TaskKind, note: ModelCardNote) -> Check:
    if kind in note.task_kinds:
        return Check.holds(say("task.kind_named", kind_word=kind))
    return Check.open(say("task.kind_open", kind_word=kind), say("task.note_kind", kind_word=kind))


def _tools(note: ModelCardNote) -> Check:
    if note.tool_calling is False:
        return Check.fails(say("task.tools_no"), say("task.other_tools"))
    if note.tool_calling or TaskKind.TOOL_CALLING in note.task_kinds:
        return Check.holds(say("task.tools_yes"))
    return Check.open(say("task.tools_open"), say("task.note_tools"))


def _inputs(note: ModelCardNote) -> Check:
    if set(note.modalities) - {Modality.TEXT}:
        return Check.holds(say("task.inputs_yes", inputs_words=note.modalities))
    if note.modalities:
        return Check.fails(say("task.inputs_no", inputs_words=note.modalities), say("task.other_inputs"))
    if TaskKind.MULTIMODAL in note.task_kinds:
        return Check.holds(say("task.kind_named", kind_word=TaskKind.MULTIMODAL))
    return Check.open(say("task.inputs_open"), say("task.note_inputs"))


def _several_languages(note: ModelCardNote) -> Check:
    listed = {primary(language): language for language in note.languages}
    if MANY in listed or TaskKind.MULTILINGUAL in note.task_kinds:
        return Check.holds(say("task.kind_named", kind_word=TaskKind.MULTILINGUAL))
    if len(listed) > 1:
        return Check.holds(say("task.languages_many", count=len(listed)))
    if listed:
        return Check.fails(say("task.languages_one", language=note.languages[0]), say("task.more_languages"))
    return Check.open(say("task.languages_open"), say("task.note_languages"))


def _long_context(need: Need, note: ModelCardNote) -> Check:
    if need.context_tokens and note.context_tokens is not None:
        return _stated_context(need.context_tokens, note.context_tokens)
    if TaskKind.LONG_CONTEXT in note.task_kinds:
        return Check.holds(say("task.context_named"))
    if need.context_tokens:
        return _context_open(need.context_tokens)
    return Check.open(say("task.context_unsaid"), say("task.say_context"))


def _language(language: str, note: ModelCardNote) -> Check:
    if primary(language) in {primary(listed) for listed in note.languages}:
        return Check.holds(say("task.language_listed", language=language))
    if lists_everything(note.languages):
        finding = say("task.language_not_listed", language=language, listed=note.languages)
        return Check.fails(finding, say("task.other_language", language=language))
    return Check.open(
        say("task.language_open", language=language), say("task.note_language", language=language)
    )


def _context(asked: int, candidate: Candidate) -> Check:
    stated, chosen = candidate.model_card.context_tokens, candidate.model.context_tokens
    if chosen is not None and chosen < asked and (stated is None or stated >= asked):
        finding = say("task.context_set_small", stated=chosen, asked=asked, short=asked - chosen)
        return Check.fails(finding, say("task.raise_context", asked=asked))
    return _context_open(asked) if stated is None else _stated_context(asked, stated)


def _stated_context(asked: int, stated: int) -> Check:
    if stated >= asked:
        return Check.holds(say("task.context_enough", stated=stated, asked=asked))
    finding = say("task.context_small", stated=stated, asked=asked, short=asked - stated)
    return Check.fails(finding, say("task.shorter_context", asked=asked))


def _context_open(asked: int) -> Check:
    return Check.open(say("task.context_open", asked=asked), say("task.note_context"))


def _shape(note: ModelCardNote) -> Check:
    if note.structured_output is None:
        return Check.open(say("task.shape_open"), say("task.note_shape"))
    if note.structured_output:
        return Check.holds(say("task.shape_yes"))
    return Check.fails(say("task.shape_no"), say("task.other_shape"))
