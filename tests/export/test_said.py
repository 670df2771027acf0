"""Numbers, sizes, money, lists and moments as each language writes them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import override

from decisions.export import said
from decisions.export.say import own_text, say
from decisions.fit.say import say as fit_says
from decisions.knowledge.routes import shipped
from decisions.record.sentences import say as record_says
from decisions.record.values import shown

MOMENT = datetime(2026, 11, 22, 21, 49, 5, tzinfo=UTC)
WRITTEN = {
    "en": ("32,768", "0.0004", "24.5 GiB", "US$1.50", "a, b, c", "22 Nov 2026", "12.3%"),
    "ja": ("32,768", "0.0004", "24.5 GiB", "$1.50", "a、b、c", "2026年11月22日", "12.3%"),
    "zh-hans": ("32,768", "0.0004", "24.5 GiB", "US$1.50", "a、b、c", "2026年11月22日", "12.3%"),
}


@pytest.fixture(params=WRITTEN)
def language(request: Any) -> Iterator[str]:
    with override(request.param):
        yield request.param


def test_each_language_writes_in_its_own_way(language: str) -> None:
    assert WRITTEN[language] == (
        said.number(32768),
        said.number(Decimal("0.0004")),
        said.gib("24.5"),
        said.money("1.5", "USD"),
        said.items(iter("abc")),
        said.day(date(2026, 11, 22)),
        said.percent(Decimal("0.1234")),
    )


def test_a_price_keeps_all_its_digits(language: str) -> None:
    assert said.money(Decimal("0.0095"), "EUR") == "€0.0095"
    assert said.money(3, "XYZ") == "XYZ3.00"


def test_two_clocks_for_evidence(language: str) -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        own, at_utc = said.both_clocks(MOMENT)
        assert own == said.moment(MOMENT)
    assert at_utc.endswith(" UTC")
    assert own != at_utc.removesuffix(" UTC")
    assert said.both_clocks(MOMENT) == ("", at_utc)


def test_the_tag_of_a_language() -> None:
    assert [said.language_tag(code) for code in WRITTEN] == ["en", "ja", "zh-Hans"]


ODD = [("abc", "gib", "abc GiB"), ("NaN", "gib", "NaN GiB"), ("soon", "day", "soon"), ("", "moment", "")]


@pytest.mark.parametrize(("value", "how", "expected"), ODD)
def test_a_stored_text_that_stands_for_nothing_stays(value: str, how: Any, expected: str) -> None:
    assert shown(value, how, said.READER) == expected


def test_stored_values_are_written_for_the_reader() -> None:
    with override("ja"):
        assert shown("2026-11-19", "day", said.READER) == "2026年11月19日"
        assert shown({"amount": "1.5", "currency": "USD"}, "money", said.READER) == "$1.50"
        assert shown(["a", "b"], "list", said.READER) == "a、b"
        assert shown({"amount": "1.5", "currency": "USD"}, "money") == "1.5 USD"


def test_a_statement_says_its_words_numbers_and_lists() -> None:
    long = fit_says("hardware.needs", need=Decimal("1234.5"), have=Decimal(24))
    assert (long.text, say(long)) == ("needs 1234.5 of 24 GiB", "needs 1,234.5 of 24 GiB")
    with override("ja"):
        assert "1,234.5" in say(long)
        assert "of 24" not in say(long)


def test_a_place_in_a_file_is_counted_and_not_measured() -> None:
    assert "on line 12345" in say(record_says("no_text", line=12345))


def test_shipped_texts_are_ours_and_all_others_the_teams() -> None:
    card = shipped()[0].card["proves_first"]
    with override("zh-hans"):
        assert own_text(card) != card
        assert own_text("Our own route of the lab") == "Our own route of the lab"
        assert own_text("Plan") == "Plan"
