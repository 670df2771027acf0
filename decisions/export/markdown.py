"""The stored content of a version as `model_runtime_decision.md`.

Works on the plain values of the content, not on today's schema, so that an old version exports for ever.
First comes the decision shape, which `record.read_markdown` reads back exactly; then parts that follow
from the rest, under headings the reader knows.
"""

from typing import Any

from decisions.export.sections import sections
from decisions.record.markup import (
    CANDIDATE_KEYS,
    HEADING,
    NEED_LISTS,
    NOTES,
    RECORD_KEYS,
    ROLES,
    free_line,
    indented,
    join_list,
    note_line,
)
from decisions.record.paragraph import fallback_text, rejected_text
from decisions.states import CandidateRole, TextLanguage

Content = dict[str, Any]


def markdown(content: Content) -> str:
    """Write the content of a version as Markdown, ending in a line end."""
    blocks = [
        "\n".join([f"# {HEADING}", *_head(content)]),
        free_line(content.get("paragraph") or _judged(content).get("paragraph") or ""),
        "\n".join(_line(key, _record_text(content, key)) for key in RECORD_KEYS),
        _roles(content),
        _notes(content),
        *sections(content),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _head(content: Content) -> list[str]:
    need, why = content.get("need", {}), content.get("why", {})
    language = _language(content)
    rejected = [
        (candidate.get("name", ""), candidate.get("rejected_reason", ""))
        for candidate in content.get("candidates", [])
        if candidate.get("role") == CandidateRole.REJECTED
    ]
    return [
        _line("project_goal", need.get("project_goal", "")),
        *(_line(key, join_list(need.get(key, []))) for key in NEED_LISTS),
        *_candidates(content),
        _line(
            "fallback",
            fallback_text(
                why.get("fallback", ""),
                why.get("fallback_model", ""),
                why.get("fallback_runtime", ""),
                language,
            ),
        ),
        _line("why_now", why.get("why_now", "")),
        _line("rejected_for_now", rejected_text(why.get("rejected_for_now", ""), rejected, language)),
    ]


def _candidates(content: Content) -> list[str]:
    lines = []
    for number, candidate in enumerate(content.get("candidates", []), start=1):
        lines.append(_line(f"candidate_{number}", candidate.get("name", "")))
        lines += [_line(key, candidate.get(key, "")) for key in CANDIDATE_KEYS]
    return lines


def _record_text(content: Content, key: str) -> str:
    text: str = content.get("record", {}).get(key) or _judged(content).get("record", {}).get(key) or ""
    return text


def _roles(content: Content) -> str:
    """Which candidate plays which part, written only where the reader would guess otherwise."""
    roles = [candidate.get("role", "") for candidate in content.get("candidates", [])]
    usual = [CandidateRole.FIRST_CHOICE.value] + [CandidateRole.CONSIDERED.value] * len(roles)
    if roles == usual[: len(roles)]:
        return ""
    lines = [
        _line(role.value, ", ".join(f"candidate_{n}" for n, r in enumerate(roles, start=1) if r == role))
        for role in CandidateRole
        if role is CandidateRole.FIRST_CHOICE or (role is not CandidateRole.CONSIDERED and role in roles)
    ]
    return "\n".join([f"## {ROLES}", *lines])


def _notes(content: Content) -> str:
    notes = [note for note in content.get("notes", []) if note.get("key") or note.get("text")]
    lines = [note_line(note.get("key", ""), note.get("text", "")) for note in notes]
    return "\n".join([f"## {NOTES}", "", *lines]) if lines else ""


def _line(key: str, value: str) -> str:
    """A line of the shape; two spaces at its end keep it a line of its own where Markdown is rendered."""
    return f"{key}: {indented(value)}  " if value else f"{key}:  "


def _judged(content: Content) -> Content:
    judged: Content = content.get("judged", {})
    return judged


def _language(content: Content) -> TextLanguage:
    value = content.get("text_language", "")
    return next((language for language in TextLanguage if language.value == value), TextLanguage.ENGLISH)
