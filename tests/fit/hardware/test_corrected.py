"""One dimension put right by a person."""

import pytest

from decisions.fit.hardware.corrected import Corrected, numbers_of, with_correction
from decisions.fit.hardware.problem import Unsizable

CONFIG = {
    "model_type": "llama",
    "hidden_size": 4096,
    "tie_word_embeddings": False,
    "text_config": {"num_hidden_layers": 36, "rope": {"inner": 1}},
    "layer_types": ["full"],
}


def test_numbers_are_offered_inner_ones_too() -> None:
    assert dict(numbers_of(CONFIG)) == {
        "hidden_size": 4096,
        "tie_word_embeddings": False,
        "text_config.num_hidden_layers": 36,
    }


def test_the_value_before_is_kept_beside_it_and_the_original_stays() -> None:
    changed, said = with_correction(CONFIG, "text_config.num_hidden_layers", " 1,000 ")
    assert changed["text_config"] == {"num_hidden_layers": 1000, "rope": {"inner": 1}}
    assert CONFIG["text_config"]["num_hidden_layers"] == 36  # type: ignore[index]
    assert said == Corrected("text_config.num_hidden_layers", 1000, 36)
    assert with_correction(CONFIG, "tie_word_embeddings", "True")[0]["tie_word_embeddings"] is True


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("model_type", "1", "sizing.fix_field"),
        ("", "1", "sizing.fix_field"),
        ("tie_word_embeddings", "maybe", "sizing.fix_flag"),
        ("hidden_size", "", "sizing.fix_number"),
        ("hidden_size", "-1", "sizing.fix_number"),
        ("hidden_size", "0", "sizing.fix_number"),
        ("hidden_size", "٤", "sizing.fix_number"),
        ("hidden_size", "9" * 10_000, "sizing.fix_number"),
        ("hidden_size", "1.5", "sizing.fix_number"),
    ],
)
def test_what_cannot_be_is_told(field: str, text: str, code: str) -> None:
    with pytest.raises(Unsizable) as problem:
        with_correction(CONFIG, field, text)
    assert problem.value.statement.code == code
