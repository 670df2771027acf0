"""Every field of the document has a label and a group."""

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from decisions.record.labels import GROUPS, IDENTITIES, LABELS, label_of
from decisions.record.schema import Money, Record
from decisions.record.sentences import TEMPLATES, say, template_of
from decisions.record.values import brief, shown
from decisions.states import TaskKind


def leaves(model: type[BaseModel], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, field in model.model_fields.items():
        part, many = part_of(field.annotation)
        path = f"{prefix}{name}"
        found |= leaves(part, f"{path}.*." if many else f"{path}.") if part else {path}
    return found


def part_of(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The part a field holds, and whether it holds many; money is one value."""
    inner = [annotation, *(arg for arg in get_args(annotation))]
    found = [
        one for one in inner if isinstance(one, type) and issubclass(one, BaseModel) and one is not Money
    ]
    return (found[0], ... in inner) if found else (None, False)


def test_every_field_has_a_label_and_no_label_is_left_over() -> None:
    assert leaves(Record) - IDENTITIES == set(LABELS)


def test_every_group_has_a_name_and_a_place() -> None:
    assert {label.group for label in LABELS.values()} <= set(GROUPS)


def test_a_field_nobody_knows_is_called_by_its_path() -> None:
    assert label_of("mood.colour").name == "mood.colour"


@pytest.mark.parametrize(
    ("value", "how", "expected"),
    [
        (None, "gib", "unknown"),
        ("22.5", "gib", "22.5 GiB"),
        (1200, "ms", "1,200 ms"),
        (True, "yes_no", "yes"),
        (["chat", "newer"], TaskKind, "Chat, newer"),
        ({"amount": "1", "currency": "EUR"}, "money", "1 EUR"),
        ({"odd": 1}, "text", '{"odd": 1}'),
    ],
)
def test_shown(value: Any, how: Any, expected: str) -> None:
    assert shown(value, how) == expected


def test_brief_values_can_always_be_printed() -> None:
    assert brief("a\ud800\n" + "x" * 100) == "a\\ud800\\u000a" + "x" * 76 + "…"


def test_statements_are_made_of_their_templates() -> None:
    assert template_of("difference_added").format(name="x") == say("difference_added", name="x").text
    assert all(template.strip() for template in TEMPLATES.values())
