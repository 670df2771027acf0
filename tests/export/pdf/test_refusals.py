"""Why there is no PDF, as it is said."""

import pytest
from django.utils import translation

from decisions.export.pdf.refusals import not_rendered
from decisions.export.pdf.renderer import NotRendered


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("en", 1, "longer than 1 second and"),
        ("en", 2, "longer than 2 seconds and"),
        ("ja", 1, "1 秒を超えた"),
        ("zh-hans", 1, "超过 1 秒"),
    ],
)
def test_one_second_is_no_seconds(language: str, seconds: int, said: str) -> None:
    with translation.override(language):
        assert said in not_rendered(NotRendered("slow", seconds=seconds))
