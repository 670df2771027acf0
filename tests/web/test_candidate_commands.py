"""The commands on a candidate's page, and the first of them taken into the evidence."""

import re

import pytest
from django.test import Client

from decisions.models import Candidate, Decision
from tests import factories as make
from tests.web.asking import text_of, values_in
from tests.web.house import PEOPLE, POSTS, READS, at, autosaved, sign_in

pytestmark = pytest.mark.django_db
MODEL = "Qwen/Qwen2.5-7B-Instruct"
FIRST = f"transformers serve {MODEL} --host 127.0.0.1 --port 8000 --device cpu"  # what the page shows


@pytest.fixture
def decision() -> Decision:
    made = make.decision()
    one = make.candidate(made, "Our small one", runtime="Transformers")
    return make.edited(made, one, model_id=MODEL, route=make.route(made.project, "local_cpu"))


@pytest.fixture
def block(decision: Decision, client: Client) -> str:
    """The address of the commands, for the owner, who is signed in."""
    sign_in(client, "owner", decision)
    return at("candidate-commands", decision, key="c1")


def one(decision: Decision) -> Candidate:
    return make.loaded(decision).live_candidates[0]


def fetched(client: Client, block: str, **headers: str) -> str:
    return text_of(client.get(block, headers={"HX-Request": "true", **headers}))


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(client: Client, decision: Decision, who: str) -> None:
    sign_in(client, who, decision)
    address = at("candidate-commands", decision, key="c1")
    assert client.get(address).status_code == READS[who]
    expected = 302 if POSTS[who] == 200 else POSTS[who]
    assert client.post(address, {"first_run": FIRST}).status_code == expected
    assert (one(decision).evidence.command == FIRST) == (expected == 302)


def test_wrong_verb_and_unknown_key(client: Client, block: str, decision: Decision) -> None:
    assert client.put(block).status_code == 405
    assert client.get(at("candidate-commands", decision, key="c9")).status_code == 404


def test_the_page_fetches_what_it_shows(client: Client, block: str, decision: Decision) -> None:
    assert f'hx-get="{block}"' in text_of(client.get(at("candidate", decision, key="c1")))
    text = fetched(client, block)
    assert f">{FIRST}</pre>" in text
    assert ">kill $(lsof -t -iTCP@127.0.0.1:8000 -sTCP:LISTEN)</pre>" in text
    assert "Transformers 5.23.0, options as of 28 Nov 2026" in text
    assert "The revision is not a commit" in text
    assert "<html" not in text


def test_without_a_script_it_is_a_page(client: Client, block: str) -> None:
    text = text_of(client.get(block))
    assert f">{FIRST}</pre>" in text
    assert "<html" in text


def test_a_reader_takes_nothing(client: Client, decision: Decision) -> None:
    sign_in(client, "reviewer", decision)
    text = fetched(client, at("candidate-commands", decision, key="c1"))
    assert FIRST in text
    assert "take-command" not in text


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans"])
def test_a_command_is_the_same_in_every_language(client: Client, block: str, language: str) -> None:
    assert f">{FIRST}</pre>" in fetched(client, block, **{"Accept-Language": language})


def test_what_is_missing_is_said(client: Client, block: str, decision: Decision) -> None:
    make.edited(decision, one(decision), model_id="", name="A model nobody knows")
    text = fetched(client, block)
    assert "Write the model id: the commands are made from it." in text
    assert "<pre" not in text


def test_a_hostile_id_is_shown_as_one_quoted_word(client: Client, block: str, decision: Decision) -> None:
    make.edited(decision, one(decision), model_id="<b>'; rm -rf ~")
    assert (
        "transformers serve &#x27;&lt;b&gt;&#x27;&quot;&#x27;&quot;&#x27;; rm -rf ~&#x27; --host"
        in fetched(client, block)
    )


def test_taken_in_place_the_field_has_it(client: Client, block: str, decision: Decision) -> None:
    answer = client.post(block, {"first_run": FIRST}, headers={"HX-Request": "true"})
    text = text_of(answer)
    assert answer.status_code == 200
    assert one(decision).evidence.command == FIRST
    assert "Taken over from the commands of this page." in text
    assert re.search(r'<section[^>]* id="commands"', text)
    assert "take-command" not in text


def test_lines_come_back_as_a_browser_sends_them(client: Client, block: str, decision: Decision) -> None:
    make.edited(decision, one(decision), runtime_id="ollama", model_id="org/M-GGUF")
    shown = values_of_button(fetched(client, block))
    assert "\n" in shown
    client.post(block, {"first_run": shown.replace("\n", "\r\n")})
    assert one(decision).evidence.command == shown


def values_of_button(text: str) -> str:
    found = re.search(r'id="take-command"[^>]* value="([^"]*)"', text)
    assert found
    return found[1].replace("&amp;", "&")


def test_without_a_script_what_was_typed_is_saved_first(
    client: Client, block: str, decision: Decision
) -> None:
    values = values_in(client.get(at("candidate", decision, key="c1")))
    boxes = ("model_card-modalities", "model_card-task_kinds")
    posted = {name: value for name, value in values.items() if name not in boxes}
    route = {"route": "local_cpu"}  # a select, which `values_in` does not read
    client.post(block, {**posted, **route, "risk": "typed", "first_run": FIRST})
    assert (one(decision).risk, one(decision).evidence.command) == ("typed", FIRST)


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("stored", "seen", "sentence"),
    [
        ("ours", FIRST, "The evidence already names a command; it stays as it is."),
        ("", "another command", "By now another command follows from the candidate."),
    ],
)
def test_a_refusal_says_why(client, block, decision, htmx, stored, seen, sentence) -> None:
    make.edited(decision, one(decision).evidence, command=stored)
    answer = client.post(block, {"first_run": seen}, headers=htmx)
    assert answer.status_code == 409
    assert sentence in text_of(answer)
    assert one(decision).evidence.command == stored


def test_a_command_that_is_being_typed_is_left_alone(client: Client, block: str, decision: Decision) -> None:
    data = {"first_run": FIRST, "evidence-c1-command": "mine", "loaded-evidence-c1-command": "x"}
    answer = client.post(block, data, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert one(decision).evidence.command == ""


def test_a_change_of_the_candidate_redraws_the_commands(
    client: Client, block: str, decision: Decision
) -> None:
    row = one(decision)
    data = {"quantization": "NF4", "loaded-quantization": row.digest_of("quantization")}
    text = text_of(autosaved(client, at("candidate", decision, key="c1"), data))
    assert "--quantization bnb-4bit" in text
