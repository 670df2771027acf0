"""The record to keep, written or generated."""

import pytest
from hypothesis import given

from decisions.record.keep import generated_record, record_to_keep
from decisions.record.schema import Candidate, Record, RecordToKeep, Route, Why
from decisions.record.text import TEXT_LENGTH
from decisions.states import TextLanguage
from tests.record.strategies import examples, records

ROUTE = Route.model_validate(
    {
        "code": "gpu",
        "name": "Rented GPU",
        "kind": "rented_gpu",
        "traits": {"has_gpu": True, "is_rented": True},
        "hardware": {
            "device": "L4",
            "device_count": 2,
            "vram_gib": "22.5",
            "price_per_hour": {"amount": "0.70", "currency": "EUR"},
            "expected_stop_at": "2026-12-01T18:00:00+09:00",
        },
    }
)


def record() -> Record:
    first = Candidate.model_validate(
        {
            "key": "c1",
            "role": "first_choice",
            "name": "Qwen",
            "license_note": "Apache-2.0, read it.",
            "runtime": "vLLM",
            "hardware_note": "Fits twice",
            "model": {"parameters": 494032768, "quantization": "Q4_K_M", "context_tokens": 32768},
            "evidence": {"command": "vllm serve Qwen"},
        }
    )
    why = Why(fallback_runtime="Transformers", rejected_for_now="LoRA")
    return Record(routes=(ROUTE,), route="gpu", candidates=(first,), why=why)


def test_model_decision() -> None:
    assert record_to_keep(record()).model_decision == (
        "Qwen; licence: Apache-2.0, read it; size: 494,032,768 parameters, Q4_K_M; "
        "context: 32,768 tokens; rejected alternatives: LoRA"
    )


def test_runtime_decision() -> None:
    assert record_to_keep(record()).runtime_decision == (
        "vLLM; hardware reason: Fits twice; fallback runtime: Transformers"
    )


def test_hardware_note_states_facts_and_what_is_unknown() -> None:
    assert record_to_keep(record()).hardware_note == (
        "Rented GPU: 2 × L4; VRAM per device 22.5 GiB; RAM unknown; disk unknown; "
        "price per hour 0.7 EUR; planned hours unknown; expected stop 2026-12-01T09:00:00Z"
    )


def test_expected_output_names_files_and_command() -> None:
    assert record_to_keep(record()).expected_output == (
        "model_runtime_decision.md, model_runtime_decision.json; first-run command: vllm serve Qwen"
    )


def test_a_written_text_stays() -> None:
    written = record().model_copy(update={"record": RecordToKeep(eval_gate="8 of 10")})
    assert record_to_keep(written).eval_gate == "8 of 10"
    assert record_to_keep(record()).eval_gate.startswith("not set yet")


@pytest.mark.parametrize("language", list(TextLanguage))
def test_nothing_known_is_said(language: TextLanguage) -> None:
    texts = generated_record(Record(text_language=language)).model_dump().values()
    assert all(texts)


@examples(50)
@given(records())
def test_any_record_gives_texts_that_can_be_kept(some: Record) -> None:
    assert all(record_to_keep(some).model_dump().values())


def test_longest_texts_still_fit() -> None:
    long = "x" * TEXT_LENGTH
    first = (
        record()
        .candidates[0]
        .model_copy(update={"license_note": long, "hardware_note": long, "runtime": long})
    )
    why = Why(rejected_for_now=long, fallback=long)
    longest = record().model_copy(update={"candidates": (first,), "why": why})
    assert len(record_to_keep(longest).model_decision) < TEXT_LENGTH
