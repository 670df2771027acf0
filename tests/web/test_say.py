"""What would change a verdict: what is left to settle, else what it rests on."""

import pytest

from decisions.export.say import what_would_change
from decisions.states import Fit, Ruling


@pytest.mark.parametrize("fit", Fit)
def test_a_fit_that_holds_says_what_would_change_it(fit: Fit) -> None:
    for ruling in (Ruling.FITS, Ruling.NOT_APPLICABLE):
        assert what_would_change(fit, ruling, ())[0].startswith("Another")
    assert what_would_change(fit, Ruling.FITS, ["Settle it."]) == ["Settle it."]


def test_nothing_is_made_up_for_an_open_or_foreign_verdict() -> None:
    assert what_would_change(Fit.TASK, Ruling.UNKNOWN, ()) == []
    assert what_would_change("price", Ruling.FITS, ()) == []
