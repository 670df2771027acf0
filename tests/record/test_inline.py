"""Where two texts differ, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.record.inline import compare, words


@given(
    st.text(st.sampled_from("ab .。日本\n"), max_size=60),
    st.text(st.sampled_from("ab .。日本\n"), max_size=60),
)
def test_pieces_make_up_both_texts(old: str, new: str) -> None:
    found = words(old, new)
    assert "".join(text for op, text in found if op != "insert") == old
    assert "".join(text for op, text in found if op != "delete") == new
    assert all(text for _, text in found)
    assert all(one[0] != other[0] for one, other in pairwise(found))


def test_japanese_goes_character_by_character() -> None:
    assert words("小さいモデル", "大きいモデル") == (
        ("delete", "小さ"),
        ("insert", "大き"),
        ("equal", "いモデル"),
    )


def test_items_of_a_list_stay_whole() -> None:
    assert compare(["a, ", "b"], ["a, ", "c"]) == (("equal", "a, "), ("delete", "b"), ("insert", "c"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("あ" * 10_000 + "x" + "い" * 9_999, "あ" * 10_000 + "y" + "い" * 9_999),
        ("か" * 20_000, "き" * 20_000),
    ],
)
def test_the_longest_texts_are_compared(old: str, new: str) -> None:
    changes = [op for op, _ in words(old, new) if op != "equal"]
    assert changes == ["delete", "insert"]


def test_long_texts_are_compared_by_sentences() -> None:
    old = " ".join(f"Sentence number {n} says this." for n in range(300))
    new = old.replace("number 7 ", "number seven ").replace("number 290 ", "number ninety ")
    inserted = [text for op, text in words(old, new) if op == "insert"]
    assert inserted == ["Sentence number seven says this. ", "Sentence number ninety says this. "]


def test_texts_that_share_little_are_not_woven_into_a_patchwork():
    old, new = "The need does not say such things", "Private documents: such data never goes there"
    assert words(old, new) == (("delete", old), ("insert", new))
