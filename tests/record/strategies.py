"""Arbitrary decision documents, as far as the schema allows them.

A record holds a hundred texts. Hypothesis takes a dozen choices for a text of its own making, so here it
chooses one number for each, from which the text follows. What that loses, shrinking, whole records never had.
"""

import string
import unicodedata
from datetime import UTC, date
from decimal import Decimal
from random import Random
from typing import Annotated

from hypothesis import Phase, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from decisions.record import schema
from decisions.record.content import content
from decisions.record.fields import LARGEST_INTEGER
from decisions.record.keep import record_to_keep
from decisions.record.paragraph import paragraph
from decisions.record.shipped_traits import with_shipped_traits
from decisions.record.text import NAME_LENGTH, UncleanText, clean_text
from decisions.states import CandidateRole

HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "key: value",
    "# heading",
    "- bullet",
    "1. one",
    "> quote",
    "`code`",
    "```",
    "| a | b |",
    "---",
    "\\",
    "\\[",
    "&lt;b&gt;",
    'say "hi", twice',
    "、",
    "理由：小さいモデル",
    "{{ user }} {% now %}",
    "**bold**: x",
    "candidate_2: other",
    "    indented",
    "*This part is for reading; the JSON carries it, and it is not read back.*",
]
# Shrinking a whole record takes minutes.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def examples(count: int) -> settings:
    """Settings for tests with whole records."""
    return settings(max_examples=count, deadline=None, phases=_PHASES)


_ALL, _NEAR = 0x110000, 0x100  # of Unicode, and of Latin-1


def _character(chance: Random) -> str:
    """Four times in five one of Latin-1; never half a pair or a control character."""
    while True:
        found = chr(chance.randrange(_NEAR if chance.random() < 0.8 else _ALL))
        if unicodedata.category(found) not in ("Cs", "Cc"):
            return found


def _piece(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(HOSTILE)
    return "".join(_character(chance) for _ in range(chance.randint(0, 12)))


def _clean(text: str, *, one_line: bool) -> str | None:
    try:
        return clean_text(text, one_line=one_line, limit=300)
    except UncleanText:
        return None


def _joined(joints: list[str], *, one_line: bool) -> st.SearchStrategy[str]:
    def made_from(seed: int) -> str | None:
        chance = Random(seed)  # noqa: S311 - guards nothing
        count = chance.randint(0, 4) if seed else 0  # the simplest is blank
        pieces = [_piece(chance) for _ in range(count)]
        return _clean(chance.choice(joints).join(pieces), one_line=one_line)

    return st.integers(0, 2**64 - 1).map(made_from).filter(lambda text: text is not None)


lines = _joined(["", " ", ", "], one_line=True)
filled = lines.filter(bool)
names = lines.map(lambda text: text[:NAME_LENGTH].strip())
texts = _joined(["", " ", "\n", "\n\n", "\n  \n\t", "  \n"], one_line=False)
lists = st.lists(filled, max_size=4).map(tuple)
unique_lists = st.lists(filled, max_size=4, unique=True).map(tuple)
counts = st.none() | st.integers(0, LARGEST_INTEGER)
amounts = st.decimals(0, Decimal("99999999"), allow_nan=False, places=4)
maybe_amounts = st.none() | amounts
money = st.builds(schema.Money, amount=amounts, currency=st.sampled_from(["EUR", "JPY"]))
days = st.none() | st.dates(date(1900, 1, 1))
moments = st.none() | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
answers = st.none() | st.sampled_from(schema.Answer)


def states(family, *, many=False):
    """One state or None; with `many` a tuple of different ones."""
    one = st.sampled_from(family)
    return st.lists(one, unique=True).map(tuple) if many else st.none() | one


def part(model_type, /, **given):
    """Build a part: fields as given, the rest by kind: one line, text, or yes and no."""
    rest = {name: field for name, field in model_type.model_fields.items() if name not in given}
    return st.builds(model_type, **given, **{name: _of_kind(field) for name, field in rest.items()})


def _of_kind(field):
    if field.annotation is bool:
        return st.booleans()
    return texts if _takes_lines(field) else lines


def _takes_lines(field):
    try:
        TypeAdapter(Annotated[field.annotation, *field.metadata]).validate_python("a\nb")
    except ValidationError:
        return False
    return True


maybe = st.none() | st.booleans()
needs = part(
    schema.Need,
    must_have=lists,
    nice_to_have=lists,
    task_kinds=states(schema.TaskKind, many=True),
    languages=unique_lists,
    privacy=states(schema.Privacy),
    licence_use=states(schema.LicenceUse),
    context_tokens=counts,
    concurrent_requests=counts,
    latency_target_ms=counts,
    structured_output=states(schema.StructuredOutput),
    needs_service=maybe,
    needs_lora=maybe,
    purpose=states(schema.Purpose),
    budget=st.none() | money,
)
ssh_targets = st.sampled_from(["", "root@203.0.113.7", "a.b-c@gpu.example.org:22022", "u@[2001:db8::1]:22"])
hardware = part(
    schema.Hardware,
    ssh_target=ssh_targets,
    device_count=counts,
    vram_gib=maybe_amounts,
    usable_gib=maybe_amounts,
    ram_gib=maybe_amounts,
    disk_gib=maybe_amounts,
    price_per_hour=st.none() | money,
    planned_hours=maybe_amounts,
    expected_stop_at=moments,
)
routes = part(
    schema.Route,
    code=st.text(string.ascii_lowercase + "_", min_size=1, max_size=8),
    name=names.filter(bool),
    kind=st.sampled_from(schema.RouteKind),
    traits=part(schema.Traits),
    hardware=hardware,
    card=part(schema.CardTexts),
).map(with_shipped_traits)
candidates = part(
    schema.Candidate,
    key=st.integers(1, 999).map("c{}".format),
    role=st.sampled_from([role for role in CandidateRole if role is not CandidateRole.FIRST_CHOICE]),
    name=filled,
    model=part(schema.Model, parameters=counts, context_tokens=counts),
    route=st.none(),
    memory_needed_gib=maybe_amounts,
    disk_needed_gib=maybe_amounts,
    sizing=part(
        schema.Sizing,
        context_tokens=counts,
        parallel=counts,
        gpu_layers=counts,
        flash_attention=maybe,
        lora_rank=counts,
        loras=counts,
        vision=maybe,
        memory_used_gib=maybe_amounts,
        measured=lists,
        config_read_on=days,
    ),
    model_card=part(
        schema.ModelCardNote,
        task_kinds=states(schema.TaskKind, many=True),
        languages=unique_lists,
        modalities=states(schema.Modality, many=True),
        tool_calling=maybe,
        structured_output=maybe,
        context_tokens=counts,
        read_on=days,
    ),
    licence=part(
        schema.LicenceNote,
        read_on=days,
        commercial_use=answers,
        redistribution=answers,
        data_use=answers,
        conditions=lists,
    ),
    terms=part(schema.TermsNote, read_on=days, trains_on_inputs=answers),
    evidence=part(schema.Evidence),
)
whys = part(schema.Why, tried=part(schema.Tried))
notes = st.builds(schema.Note, key=lines, text=texts).filter(lambda note: note.key or note.text)


@st.composite
def records(draw):
    """An arbitrary record: routes referred to, at most one first choice, blank texts often."""
    some_routes = draw(st.lists(routes, max_size=2, unique_by=lambda route: route.code))
    codes = st.sampled_from([None, *(route.code for route in some_routes)])
    some = draw(st.lists(candidates, max_size=3, unique_by=lambda candidate: candidate.key))
    some = [candidate.model_copy(update={"route": draw(codes)}) for candidate in some]
    first = draw(st.none() | st.integers(0, len(some)))
    if first is not None and first < len(some):
        some[first] = some[first].model_copy(update={"role": CandidateRole.FIRST_CHOICE})
    return schema.Record(
        title=draw(names),
        text_language=draw(st.sampled_from(schema.TextLanguage)),
        need=draw(needs),
        routes=tuple(some_routes),
        route=draw(codes),
        candidates=tuple(some),
        why=draw(whys),
        paragraph=draw(st.just("") | texts),
        record=draw(st.just(schema.RecordToKeep()) | part(schema.RecordToKeep)),
        notes=tuple(draw(st.lists(notes, max_size=3))),
    )


def content_of(record: schema.Record) -> dict:
    """The content of a record with its generated texts, without verdicts."""
    judged = schema.Judged(paragraph=paragraph(record), record=record_to_keep(record))
    return content(record, judged)
