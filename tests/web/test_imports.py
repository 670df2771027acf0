"""Importing a file: what was understood first, then the change; into a project and into a decision."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from decisions.export.markdown import markdown
from decisions.models import Decision, Event, Version
from decisions.record.versions import load_content
from tests import factories as make
from tests.web.asking import HOSTILE, text_of, values_in
from tests.web.house import PEOPLE, POSTS, WRITES, at, sign_in

pytestmark = pytest.mark.django_db
LESSON = (Path(__file__).parents[1] / "record" / "fixtures" / "lesson.md").read_text()


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    make.candidate(made, "Candidate of before")
    return make.loaded(made)


@pytest.fixture
def into_draft(decision: Decision, client: Client) -> str:
    """The address of importing into the decision, for its owner, who is signed in."""
    sign_in(client, "owner", decision)
    return at("decision-import", decision)


@pytest.fixture
def into_project(decision: Decision, client: Client) -> str:
    """The address of importing into the project, for its owner, who is signed in."""
    sign_in(client, "owner", decision)
    return reverse("project-import", kwargs={"project": decision.project.slug})


def uploaded(data: bytes, name: str = "model_runtime_decision.md") -> dict[str, Any]:
    """A post with a file."""
    return {"file": SimpleUploadedFile(name, data)}


def confirmed(client: Client, address: str, preview: HttpResponse, **more: str) -> HttpResponse:
    """What comes of confirming a preview."""
    return client.post(address, values_in(preview) | {"step": "confirm", **more})


def names(decision: Decision) -> list[str]:
    """The candidates of the draft."""
    return [candidate.name for candidate in make.loaded(decision).live_candidates]


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    project = reverse("project-import", kwargs={"project": decision.project.slug})
    for address in (project, at("decision-import", decision)):
        assert client.get(address).status_code == WRITES[who]
        answer = client.post(address, {"text": LESSON})
        assert answer.status_code == POSTS[who]
        expected = 302 if POSTS[who] == 200 else POSTS[who]
        if expected == 302:
            assert confirmed(client, address, answer, title="x").status_code == expected
        else:
            assert client.post(address, {"step": "confirm", "carried": "eA=="}).status_code == expected


def test_wrong_verb(client: Client, into_draft: str, into_project: str) -> None:
    assert client.delete(into_draft).status_code == 405
    assert client.put(into_project).status_code == 405


def test_the_lesson_becomes_a_decision(client: Client, into_project: str, decision: Decision) -> None:
    preview = client.post(into_project, {"text": LESSON})
    assert "Read as the Markdown of a decision, with 2 candidates." in text_of(preview)
    assert Decision.objects.count() == 1
    answer = confirmed(client, into_project, preview, title="The lesson")
    made = make.loaded(Decision.objects.get(title="The lesson"))
    assert answer.url == at("decision-candidates", made)
    assert names(made) == ["Qwen2.5-0.5B-Instruct", "7B instruct model"]
    assert made.why.rejected_for_now == "full fine-tuning, because eval failures are not proven yet"


def test_the_draft_is_replaced_and_versions_stay(client: Client, into_draft: str, decision: Decision) -> None:
    make.version(decision)
    preview = client.post(into_draft, {"text": LESSON})
    assert "The 1 candidate of the draft gives way" in text_of(preview)
    assert "<ins>support-operations SOP assistant</ins>" in text_of(preview)
    assert names(decision) == ["Candidate of before"]
    assert Event.objects.filter(verb="decision.imported").count() == 0
    assert confirmed(client, into_draft, preview).url == at("decision-candidates", decision)
    assert names(decision) == ["Qwen2.5-0.5B-Instruct", "7B instruct model"]
    assert Version.objects.count() == 1


def test_the_event_names_the_bytes_that_came(client: Client, into_draft: str) -> None:
    data = b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode()
    confirmed(client, into_draft, client.post(into_draft, uploaded(data)))
    event = Event.objects.get(verb="decision.imported")
    assert event.payload["file"] == hashlib.sha256(data).hexdigest()


def test_a_version_comes_back_whole(client: Client) -> None:
    saved = make.version(make.journey())
    data = bytes(saved.content.data)
    sign_in(client, "owner", saved.decision)
    address = reverse("project-import", kwargs={"project": saved.decision.project.slug})
    preview = client.post(address, uploaded(data, "model_runtime_decision.json"))
    assert "Everything was understood" in text_of(preview)
    title = values_in(preview)["title"]
    assert title == saved.decision.title
    confirmed(client, address, preview)
    copy = Decision.objects.exclude(pk=saved.decision.pk).get()
    assert make.version(make.loaded(copy)).digest == saved.digest


def test_what_was_not_understood_has_its_line(client: Client, into_project: str) -> None:
    text = "# Model Runtime Decision\nproject_goal: a\ncandidate_1: m\nowner: the desk\n" + "x" * 20_001
    preview = text_of(client.post(into_project, {"text": text}))
    assert "line 4" in preview
    assert "“owner” is no field of a decision; it was kept as a note." in preview
    assert "line 5" in preview


def test_a_part_kept_aside_is_not_called_understood(client: Client, into_project: str) -> None:
    preview = text_of(client.post(into_project, {"text": LESSON + "\nmood: sunny\n"}))
    assert "What was kept aside" in preview
    assert "Everything was understood" not in preview


def test_our_own_markdown_says_which_parts_are_left_out(client: Client) -> None:
    saved = make.version(make.journey())
    sign_in(client, "owner", saved.decision)
    text = markdown(load_content(bytes(saved.content.data)))
    new = reverse("project-import", kwargs={"project": saved.decision.project.slug})
    preview = text_of(client.post(new, {"text": text}))
    assert "What was not kept as it stood" in preview
    assert "“Need” is a part for reading and was not read. What it alone says is left out" in preview
    again = text_of(client.post(at("decision-import", saved.decision), {"text": text}))
    assert "Nothing that the file says is left out" in again
    assert "“Need” is a part for reading and was not read; the decision says the same" in again


def test_a_loose_line_that_became_the_paragraph_is_told(client: Client, into_project: str) -> None:
    preview = text_of(client.post(into_project, {"text": LESSON + "We start small\n"}))
    assert f"line {LESSON.count(chr(10)) + 1}" in preview
    assert "it became the decision paragraph" in preview


def test_what_was_not_understood_has_its_path(client: Client, into_project: str) -> None:
    value = {"schema_version": 1, "candidates": [{"key": "c1", "name": "m", "role": "chief"}], "extra": 1}
    preview = text_of(client.post(into_project, {"text": json.dumps(value)}))
    assert "candidates[0].role" in preview
    assert "What was not kept as it stood" in preview
    assert "left out: 2" in preview


UNREADABLE = {
    "nothing": ("just a sentence", "No line of this file was understood."),
    "broken": ('{"need": {\n', "This is not valid JSON:"),
    "line": ('{"need": {\n', "on line 2"),
    "newer": ('{"schema_version": 7, "need": {}}', "written by a newer Routecard (schema 7;"),
    "deep": ('{"need": ' + "[" * 10_000 + "]" * 10_000 + "}", "nested deeper than"),
    "list": ("[1, 2]", "No line of this file was understood."),
    "nul": ("project_goal: a\n\0", "a NUL character on line 2"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_text_stays_to_be_mended(client: Client, into_draft: str, name: str) -> None:
    text, sentence = UNREADABLE[name]
    answer = client.post(into_draft, {"text": text})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert values_in(answer)["text"].strip() == text.strip()
    assert [*answer.context["form"].errors] == ["text"]


def test_the_text_of_an_unreadable_file_can_be_mended(client: Client, into_draft: str) -> None:
    answer = client.post(into_draft, uploaded(b'{"need": {', "a.json"))
    assert answer.status_code == 422
    assert values_in(answer)["text"] == '{"need": {'


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\xd8", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xe9" * 300]
)
def test_a_file_that_is_no_text(client: Client, into_draft: str, data: bytes) -> None:
    answer = client.post(into_draft, uploaded(data))
    assert answer.status_code == 422
    assert "This file is not" in text_of(answer)
    assert values_in(answer).get("text", "") == ""
    assert [*answer.context["form"].errors] == ["file"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a file or paste its text."),
        ({"text": " \n "}, "Choose a file or paste its text."),
        ({"text": LESSON} | uploaded(b"x"), "Give either a file or a text, not both"),
        (uploaded(b""), "This file is empty."),
    ],
)
def test_neither_and_both(client: Client, into_draft: str, data: dict[str, Any], sentence: str) -> None:
    answer = client.post(into_draft, data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_more_than_a_page_takes(client: Client, into_draft: str) -> None:
    for name, data in {"file": uploaded(b"x" * (2**20 + 1)), "text": {"text": "語" * 350_000}}.items():
        answer = client.post(into_draft, data)
        assert answer.status_code == 422
        assert [*answer.context["form"].errors] == [name]
        assert "the page takes 1048576 at most" in text_of(answer)


def test_a_draft_changed_since_the_preview(client: Client, into_draft: str, decision: Decision) -> None:
    preview = client.post(into_draft, {"text": LESSON})
    make.candidate(decision, "Added in the meantime")
    answer = confirmed(client, into_draft, preview)
    assert answer.status_code == 409
    assert "The draft has changed while you were reading." in text_of(answer)
    assert "The 2 candidates of the draft give way" in text_of(answer)
    assert names(decision) == ["Candidate of before", "Added in the meantime"]
    assert confirmed(client, into_draft, answer).status_code == 302


@pytest.mark.parametrize("carried", ["", "!!", "eA", "eA==", "AAAA", "\0"])
def test_a_tampered_confirmation_starts_again(client: Client, into_draft: str, carried: str) -> None:
    answer = client.post(into_draft, {"step": "confirm", "carried": carried, "seen": "x"})
    assert answer.status_code == 422
    assert "Please start again." in text_of(answer)


@pytest.mark.parametrize(
    ("title", "sentence"), [("", "Give the new decision a title."), ("x" * 121, "at most 120")]
)
def test_a_new_decision_needs_a_title(client: Client, into_project: str, title: str, sentence: str) -> None:
    preview = client.post(into_project, {"text": LESSON})
    answer = confirmed(client, into_project, preview, title=title)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert confirmed(client, into_project, answer, title="Now with one").status_code == 302


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_previewed_and_never_run(client: Client, into_draft: str, name: str) -> None:
    line = HOSTILE[name].replace("\n", " ")
    text = f"project_goal: {line}\ncandidate_1: {line}\nrisk: {line}\n{line}: {line}\n{line}"
    preview = client.post(into_draft, {"text": text} | {})
    assert preview.status_code == 200
    assert "<script>alert" not in text_of(preview)
    assert "<img src=x" not in text_of(preview)
    assert confirmed(client, into_draft, preview).status_code == 302


def test_a_hostile_file_name(client: Client, into_project: str) -> None:
    preview = client.post(into_project, uploaded(LESSON.encode(), '"><script>alert(1)<.md'))
    assert "<script>alert" not in text_of(preview)
    assert confirmed(client, into_project, preview, title="x").status_code == 302


@pytest.mark.parametrize("rows", [1, 3, 90])
def test_the_preview_costs_the_same_for_any_draft(
    client: Client, into_draft: str, decision: Decision, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows - 1):
        make.candidate(decision)
    with django_assert_num_queries(52):
        assert client.post(into_draft, {"text": LESSON}).status_code == 200
