"""The decision paragraph, written or generated."""

import pytest
from hypothesis import given

from decisions.record.paragraph import fallback_of, generated, paragraph, rejected_of
from decisions.record.phrases import clause
from decisions.record.schema import Candidate, Record, RecordToKeep, Why
from decisions.record.text import TEXT_LENGTH, clean_text
from decisions.states import CandidateRole, TextLanguage
from tests.record.strategies import examples, records


def record(language: str = "en", **why: str) -> Record:
    first = Candidate(key="c1", role=CandidateRole.FIRST_CHOICE, name="Qwen2.5-0.5B", runtime="Transformers")
    gate = RecordToKeep(eval_gate="fewer than 8 of 10 cases pass")
    return Record(text_language=language, candidates=(first,), why=Why(**why), record=gate)


def test_says_model_runtime_reasons_and_condition() -> None:
    text = paragraph(record(why_now="it is the smallest.", rejected_for_now="prompts were not tried"))
    assert text == (
        "For this project we start with Qwen2.5-0.5B on Transformers because it is the smallest. "
        "We do not take a larger model yet because prompts were not tried. "
        "We switch only if the fixed eval set shows fewer than 8 of 10 cases pass."
    )


def test_the_written_paragraph_comes_first() -> None:
    assert paragraph(record().model_copy(update={"paragraph": "Ours."})) == "Ours."


@pytest.mark.parametrize("language", list(TextLanguage))
def test_blanks_are_said_in_words(language: TextLanguage) -> None:
    text = generated(Record(text_language=language))
    missing = {"en": "(reason not written yet)", "ja": "（理由は未記入）", "zh-Hans": "（原因尚未填写）"}
    assert text.count(missing[language.value]) == 2
    assert ".." not in text
    assert "。。" not in text


def test_japanese_names_the_pair_and_the_reasons() -> None:
    text = paragraph(record("ja", why_now="最小だから。", rejected_for_now="まだ失敗が\n確認されていない"))
    assert "まず Transformers で Qwen2.5-0.5B を動かします。そう決めた理由：最小だから。" in text
    assert "進まない理由：まだ失敗が確認されていない。" in text


def test_chinese_names_the_pair_and_the_reasons() -> None:
    text = paragraph(record("zh-Hans", why_now="最小的模型。"))
    assert text.startswith("本项目先用 Transformers 运行 Qwen2.5-0.5B，原因：最小的模型。目前")


def test_because_is_not_said_twice() -> None:
    text = paragraph(record(why_now="Because it is small", rejected_for_now="LoRA, because evals pass"))
    assert "because it is small." in text
    assert "because evals pass (rejected for now: LoRA)." in text
    assert text.count("ecause") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The loop. ", "the loop"),
        ("Qwen is small", "Qwen is small"),
        ("a\nb", "a b"),
        ("日本\n語。", "日本語"),
        ("wait...", "wait..."),
        ("", ""),
    ],
)
def test_clause(text: str, expected: str) -> None:
    assert clause(text) == expected


def test_fallback_and_rejected_follow_the_structured_parts() -> None:
    rejected = Candidate(key="c2", role=CandidateRole.REJECTED, name="7B", rejected_reason="Too slow.")
    why = Why(fallback_model="gpt", fallback_runtime="cloud API")
    found = Record(candidates=(rejected, rejected.model_copy(update={"key": "c3"})), why=why)
    assert fallback_of(found) == "gpt on cloud API"
    assert rejected_of(found) == "7B: Too slow; 7B: Too slow"


@examples(50)
@given(records())
def test_any_record_has_a_paragraph_that_can_be_kept(some: Record) -> None:
    text = generated(some)
    assert text == clean_text(text)
    assert "\n" not in text


def test_long_reasons_are_shortened() -> None:
    long = "x" * TEXT_LENGTH
    assert len(paragraph(record(why_now=long, rejected_for_now=long))) < TEXT_LENGTH
