"""What holds for every row of shipped facts."""

import re
from pathlib import Path

import pytest

from decisions import knowledge
from decisions.knowledge import devices, models, ollama, quantizations, routes, runtimes
from decisions.record.schema import CardTexts, Traits
from decisions.states import Modality, Purpose, RouteKind, StructuredOutput

TABLES = {
    "models": models,
    "devices": devices,
    "ollama": ollama,
    "routes": routes,
    "runtimes": runtimes,
    "quantizations": quantizations,
}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source_and_a_day(table):
    for row in TABLES[table].shipped():
        assert row.source.strip()
        assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", row.date)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("models", "id"),
        ("devices", "name"),
        ("ollama", "name"),
        ("routes", "kind"),
        ("runtimes", "id"),
        ("quantizations", "name"),
    ],
)
def test_keys_are_unique_whatever_the_case(table, key):
    keys = [getattr(row, key).casefold() for row in TABLES[table].shipped()]
    assert keys
    assert len(keys) == len(set(keys))


def test_files_stay_small():
    files = list(Path(knowledge.__file__).parent.glob("*.json"))
    assert files
    assert all(path.stat().st_size < 250_000 for path in files)


def test_models_are_sound():
    for model in models.shipped():
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.id)
        assert model.parameters is None or model.parameters > 0
        assert model.context_tokens is None or model.context_tokens > 0
        assert (model.parameters is None) is (model.parameters_basis is None)
        assert model.parameters_active is None or 0 < model.parameters_active < (model.parameters or 0)
        assert set(model.modalities) <= {modality.value for modality in Modality}
        assert all(re.fullmatch(r"[a-z]{2,3}|multilingual", language) for language in model.languages)


def test_claims_name_fields_that_have_a_value():
    for model in models.shipped():
        assert all(getattr(model, field) not in (None, ()) for field in model.claims)
        assert model.parameters is None or model.parameters_verified is ("parameters" not in model.claims)


def test_devices_have_memory():
    for device in devices.shipped():
        assert device.memory_gib
        assert min(device.memory_gib) >= 1


def test_the_five_routes_have_every_trait_and_text():
    assert [route.kind for route in routes.shipped()] == [
        kind.value for kind in RouteKind if kind is not RouteKind.TEAM
    ]
    for route in routes.shipped():
        assert set(route.traits) == set(Traits.model_fields)
        assert set(route.card) == set(CardTexts.model_fields)
        assert all(text.strip() for text in route.card.values())


def test_runtimes_use_the_words_of_the_states():
    shapes = {shape.value for shape in StructuredOutput} | {None}
    for runtime in runtimes.shipped():
        assert {*runtime.purposes, *runtime.not_for_purposes} <= {purpose.value for purpose in Purpose}
        assert not set(runtime.purposes) & set(runtime.not_for_purposes)
        assert runtime.structured_output in shapes
        assert all(word == word.casefold() for word in runtime.formats)


def test_every_purpose_has_a_runtime_made_for_it():
    made_for = {purpose for runtime in runtimes.shipped() for purpose in runtime.purposes}
    assert made_for == {purpose.value for purpose in Purpose}


def test_tensor_types_have_blocks():
    for kind in quantizations.shipped():
        assert kind.block_weights > 0
        assert 0.125 <= kind.block_bytes / kind.block_weights <= 4
