import pytest

from decisions.fit import evidence as fit
from decisions.record.schema import Evidence, Model, Need
from decisions.states import EvidenceItem, Ruling
from tests.fit.samples import COMMIT, candidate, evidence, route

CPU = route()


def judge(given: Evidence, where=CPU, **fields):
    return fit.judge(Need(), where, candidate(evidence=given, **fields))


def test_all_five_items_fit():
    verdict = judge(evidence(shutdown_proof=""))
    assert (verdict.ruling, verdict.word.text) == (Ruling.FITS, "5 of 5")


def test_rented_hardware_owes_a_shutdown_proof():
    verdict = judge(evidence(shutdown_proof=""), route("rented_gpu"))
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "5 of 6")
    assert verdict.reason.text == "Missing: Shutdown proof."
    assert judge(evidence(), route("rented_gpu")).ruling is Ruling.FITS


@pytest.mark.parametrize("item", [item.value for item in EvidenceItem])
def test_one_missing_item_is_named(item):
    verdict = judge(evidence(**{item: ""}), route("rented_gpu"))
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "5 of 6")
    assert verdict.changes[0].text == f"Attach it: {EvidenceItem(item).label}."


@pytest.mark.parametrize(
    "version", ["main", "latest", "Qwen2.5-0.5B at main", "v1.0", "2024-12-31", "20241231", "abc12"]
)
def test_a_version_without_a_commit_is_missing(version):
    verdict = judge(evidence(model_version=version))
    assert (verdict.ruling, verdict.word.text) == (Ruling.UNKNOWN, "4 of 5")


@pytest.mark.parametrize(
    "version", [COMMIT, COMMIT[:7], f"Qwen/Qwen2.5@{COMMIT}", f"revision: {COMMIT.upper()}"]
)
def test_a_version_with_a_commit_counts(version):
    assert judge(evidence(model_version=version)).ruling is Ruling.FITS


@pytest.mark.parametrize(
    ("revision", "ruling"), [(COMMIT[:12], Ruling.FITS), ("main", Ruling.UNKNOWN), ("d" * 40, Ruling.UNKNOWN)]
)
def test_the_revision_agrees_with_the_version(revision, ruling):
    assert judge(evidence(), model=Model(revision=revision)).ruling is ruling


@pytest.mark.parametrize(
    ("version", "ruling"),
    [
        ("gpt-4o-2024-08-06", Ruling.FITS),
        ("mistral-large-2411", Ruling.FITS),
        ("chat-latest", Ruling.UNKNOWN),
    ],
)
def test_an_api_names_its_dated_model_id(version, ruling):
    assert judge(evidence(model_version=version), route("cloud_api")).ruling is ruling


def test_without_a_route_the_proof_owed_is_unknown():
    verdict = judge(evidence(), None)
    assert (verdict.ruling, verdict.reason.code) == (Ruling.UNKNOWN, "evidence.no_route")
