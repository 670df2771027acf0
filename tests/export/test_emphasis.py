"""Names in a paragraph that somebody may have rewritten."""

import pytest

from decisions.export.emphasis import pieces


@pytest.mark.parametrize(
    ("text", "names", "named"),
    [
        ("We start with Qwen on vLLM.", ["Qwen", "vLLM"], ["Qwen", "vLLM"]),
        ("Qwen, then Qwen again", ["Qwen"], ["Qwen", "Qwen"]),
        ("Qwen-7B, Qwen2, org/Qwen and MyQwen", ["Qwen"], []),
        ("(Qwen). Qwen: Qwen/", ["Qwen"], ["Qwen", "Qwen", "Qwen"]),
        ("Qwen-7B on Qwen", ["Qwen", "Qwen-7B"], ["Qwen-7B", "Qwen"]),
        ("まずQwenをvLLMで動かす。", ["Qwen", "vLLM"], ["Qwen", "vLLM"]),
        ("qwen", ["Qwen"], []),
        ("a.c abc", ["a.c"], ["a.c"]),
        ("<b>x</b> (y", ["<b>x</b>", "(y"], ["<b>x</b>", "(y"]),
        ("nothing", ["", "x" * 81], []),
        ("", ["Qwen"], []),
    ],
)
def test_only_whole_names_stand_out(text: str, names: list[str], named: list[str]) -> None:
    found = pieces(text, names)
    assert [piece.text for piece in found if piece.named] == named
    assert "".join(piece.text for piece in found) == text
