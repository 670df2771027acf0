import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.fit.choose import UnusableSettingError, document, read_profile, warnings

NOT_READY = "this hardware route is not ready"


def decide(**given):
    return document(read_profile(given))["decision"]


def test_keys_and_order_are_the_lessons():
    made = document(read_profile({}))
    assert list(made) == ["profile", "decision"]
    assert list(made["profile"]) == ["task", "route", "privacy", "available_vram_gb", "needs_service"]
    assert list(made["decision"]) == ["model", "runtime", "claim"]


def test_defaults_are_the_lessons():
    assert list(document(read_profile({}))["profile"].values()) == [
        "course assistant",
        "local_cpu",
        "private_docs",
        0.0,
        False,
    ]


@pytest.mark.parametrize(
    ("given", "field", "part"),
    [
        ({"ROUTE": "local_cpu"}, "model", "sshleifer/tiny-gpt2"),
        ({"ROUTE": "free_colab"}, "runtime", "Transformers notebook"),
        ({"ROUTE": "rented_gpu", "VRAM_GB": "24", "NEEDS_SERVICE": "yes"}, "runtime", "vLLM or SGLang"),
        ({"ROUTE": "rented_gpu", "VRAM_GB": "16"}, "runtime", "Transformers first, then vLLM"),
        ({"ROUTE": "rented_gpu", "VRAM_GB": "15.9"}, "claim", NOT_READY),
        ({"ROUTE": "own_server", "VRAM_GB": "80"}, "claim", NOT_READY),
        ({"ROUTE": "cloud_api"}, "claim", NOT_READY),
        ({"ROUTE": "Local_CPU"}, "claim", NOT_READY),
        ({"ROUTE": ""}, "claim", NOT_READY),
    ],
)
def test_branches_are_the_lessons(given, field, part):
    assert part in decide(**given)[field]


@pytest.mark.parametrize("value", ["abc", "", "nan", "inf", "-inf", "1e999", "-1", "16 GB", "1\n2"])
def test_memory_that_is_no_number_is_named_in_one_line(value):
    with pytest.raises(UnusableSettingError, match=r"\AVRAM_GB must be .*\Z"):
        read_profile({"VRAM_GB": value})


def test_minus_nothing_is_nothing():
    assert str(read_profile({"VRAM_GB": "-0"}).available_vram_gb) == "0.0"


@pytest.mark.parametrize("value", ["YES", "Yes", "true", "1", "", "no"])
def test_only_yes_is_yes(value):
    assert read_profile({"NEEDS_SERVICE": value}).needs_service is False


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({}, 0),
        ({"ROUTE": "free_colab"}, 1),
        ({"ROUTE": "free_colab", "PRIVACY": "regulated"}, 1),
        ({"ROUTE": "free_colab", "PRIVACY": "public"}, 0),
        ({"ROUTE": "mars", "NEEDS_SERVICE": "maybe"}, 2),
    ],
)
def test_what_is_worth_a_warning(given, count):
    assert len(list(warnings(given))) == count


@given(task=st.text(st.characters(codec="utf-8")), vram=st.floats(0, allow_nan=False, allow_infinity=False))
def test_any_text_and_any_memory_make_a_decision(task, vram):
    made = document(read_profile({"TASK": task, "ROUTE": "rented_gpu", "VRAM_GB": str(vram)}))
    assert made["profile"]["task"] == task
    assert (made["decision"]["claim"] == NOT_READY) is (vram < 16)
