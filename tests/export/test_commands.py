"""The commands of a candidate in the record, and in what leaves it."""

import pytest
from markdown_it import MarkdownIt

from decisions.export.markdown import markdown
from decisions.export.stored import Stored, drawn_commands
from decisions.fit.judge import judge
from decisions.record.content import content
from decisions.record.difference import difference
from decisions.record.read import read
from decisions.record.schema import Candidate, Hardware, Model, Need, Record, Route, Sizing, Traits
from decisions.states import RouteKind

HOSTILE = "x/y`$(touch gone)` ``` | <b>"


def record(model_id: str = "Qwen/Qwen2.5-7B-Instruct", runtime: str = "vllm", tokens: int = 8192) -> Record:
    candidate = Candidate(key="c1", name="One", runtime_id=runtime, model=Model(model_id=model_id))
    route = Route(code="own", name="Own", kind=RouteKind.OWN_SERVER, hardware=Hardware(device="NVIDIA L4"))
    return Record(need=Need(context_tokens=tokens), routes=(route,), route="own", candidates=(candidate,))


def frozen(asked: Record) -> dict:
    return content(asked, judge(asked))


def test_the_record_says_how_it_is_started_and_stopped() -> None:
    (judgement,) = judge(record()).judgements
    assert judgement.commands.first_run.startswith("vllm serve Qwen/Qwen2.5-7B-Instruct")
    assert "--max-model-len 8192" in judgement.commands.first_run
    assert judgement.commands.stop
    assert judgement.commands.tunnel == ""
    assert (judgement.commands.version, bool(judgement.commands.source)) == ("0.33.0", True)


def test_the_candidates_own_sizing_goes_before_the_need() -> None:
    sizing = Sizing(context_tokens=2048, parallel=3, kv_dtype="fp8")
    (one,) = (asked := record()).candidates
    sized = asked.model_copy(update={"candidates": (one.model_copy(update={"sizing": sizing}),)})
    line = judge(sized).judgements[0].commands.first_run
    assert "--max-model-len 2048" in line
    assert "--max-num-seqs 3" in line
    assert "--kv-cache-dtype fp8" in line


@pytest.mark.parametrize("asked", [record(model_id=""), record(runtime="")], ids=["no model", "no runtime"])
def test_without_model_or_runtime_there_are_none(asked: Record) -> None:
    (judgement,) = judge(asked).judgements
    assert judgement.commands is None
    stored = Stored(frozen(asked))
    assert stored.commands(stored.candidates[0]) == {}
    assert "First run and stop" not in markdown(frozen(asked))


def test_a_stored_version_shows_them_as_they_were() -> None:
    stored = Stored(frozen(record()))
    shown = stored.commands(stored.candidates[0])
    assert [title for title, _text in shown["blocks"]] == ["First run", "Stop"]
    by_fit = {fit["fit"]: fit["commands"] for fit in stored.fits(stored.candidates[0])}
    assert by_fit["runtime"] == shown
    assert by_fit["hardware"] == {}
    assert drawn_commands({"first_run": 5, "notes": "x"})["blocks"] == [("First run", "5")]


@pytest.mark.parametrize(
    ("target", "title", "told"),
    [
        (
            "",
            "Tunnel, on your own machine; user@host is a placeholder",
            "- tunnel (user@host is a placeholder):\n\n      ssh -N -L 8000:127.0.0.1:8000 user@host\n",
        ),
        (
            "me@gpu.example.org:2222",
            "Tunnel, on your own machine",
            "- tunnel:\n\n      ssh -N -p 2222 -L 8000:127.0.0.1:8000 me@gpu.example.org\n",
        ),
    ],
)
def test_a_tunnel_without_a_target_says_so(target: str, title: str, told: str) -> None:
    asked = record()
    traits, hardware = Traits(is_rented=True), Hardware(ssh_target=target)
    route = asked.routes[0].model_copy(update={"traits": traits, "hardware": hardware})
    content_of = frozen(asked.model_copy(update={"routes": (route,)}))
    stored = Stored(content_of)
    assert title in [each for each, _text in stored.commands(stored.candidates[0])["blocks"]]
    assert told in markdown(content_of)


def test_nothing_in_a_command_ends_its_block_in_markdown() -> None:
    text = markdown(frozen(record(HOSTILE)))
    blocks = [token for token in MarkdownIt().parse(text) if token.type == "code_block"]
    assert any(HOSTILE in token.content for token in blocks)
    inside = [child.type for token in MarkdownIt().parse(text) for child in token.children or []]
    assert not {"html_inline", "code_inline"} & set(inside)


def test_the_reader_passes_over_them() -> None:
    text = markdown(frozen(record()))
    found = read(text.encode(), name="x.md")
    assert "vllm serve" not in found.record.model_dump_json()


def test_another_context_is_another_command() -> None:
    changes = difference(frozen(record()), frozen(record(tokens=4096)))
    assert "--max-model-len 4096" in str(changes)
