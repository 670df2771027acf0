"""Marks, words and tones of verdicts, fingerprints, and the markup of a field that saves itself."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from decisions.states import CardState, Fit, Ruling, Stage
from decisions.templatetags import look


class Sample(forms.Form):
    goal = forms.CharField(label="Goal <b>", help_text="Short.")
    kinds = forms.MultipleChoiceField(choices=[("chat", "Chat")], widget=forms.CheckboxSelectMultiple)


Sample.base_fields["goal"].why = "Asked because <it> matters."  # type: ignore[attr-defined]
Sample.base_fields["goal"].decides = Fit.TASK  # type: ignore[attr-defined]


def draft(name: str, **more: object) -> str:
    form = Sample(more.pop("data", None))  # type: ignore[arg-type]
    context = {"field": form[name], "target": "need", "digest": "abc", **more}
    return render_to_string("includes/draft_field.html", context)


@pytest.mark.parametrize("ruling", list(Ruling))
def test_every_ruling_has_a_mark_and_a_word(ruling: Ruling) -> None:
    chip = render_to_string("includes/verdict.html", {"verdict": str(ruling)})
    assert look.mark(ruling) in chip
    assert ruling.label in chip


def test_what_is_not_known_is_never_shown_as_good() -> None:
    assert look.tone(Ruling.UNKNOWN) == "unknown"
    assert look.mark("a state of a later release") == "?"
    assert look.tone("a state of a later release") == "neutral"


def test_words_of_cards_and_stages() -> None:
    assert look.word(CardState.CLOSED) == "closed"
    assert look.word(Stage.PROVEN) == "Proven"
    assert look.word("anything else") == "anything else"


def test_a_fingerprint_stands_in_groups_of_four() -> None:
    assert look.fingerprint("9f2c41ab07de") == "9f2c 41ab"
    assert look.fingerprint("9f2c41ab07de", 0) == "9f2c 41ab 07de"
    assert look.fingerprint("") == ""


def test_a_draft_field_saves_itself_against_the_loaded_digest() -> None:
    html = draft("goal")
    assert 'class="field-state" id="s-need-goal"' in html
    assert 'name="loaded-goal" value="abc"' in html
    assert 'data-draft="need.goal"' in html


def test_a_draft_field_says_why_it_is_asked() -> None:
    html = draft("goal")
    assert "Asked because &lt;it&gt; matters." in html
    assert "Decides the task fit." in html
    assert 'aria-describedby="id_goal_why id_goal_helptext s-need-goal"' in html
    assert "Goal &lt;b&gt;" in html


def test_the_wrapper_of_a_group_does_the_saving() -> None:
    html = draft("kinds")
    assert re.search(r'<div class="saves-itself"><div[^>]*>\s*<div>\s*<label', html)


def test_an_error_is_tied_to_its_field_and_marked_as_not_saved() -> None:
    html = draft("goal", data={"goal": ""})
    assert 'aria-invalid="true"' in html
    assert 'data-state="failed"' in html
    assert 'id="id_goal_error"' in html


def test_a_conflict_shows_both_texts_as_text() -> None:
    html = draft("goal", state="conflict", theirs="<i>theirs", yours='"mine"')
    assert "<pre>&lt;i&gt;theirs</pre>" in html
    assert "<pre>&quot;mine&quot;</pre>" in html
    assert 'data-theirs="&lt;i&gt;theirs"' in html


def test_an_error_summary_links_to_the_first_control_of_a_group() -> None:
    html = render_to_string("includes/error_summary.html", {"form": Sample({})})
    assert 'href="#id_goal"' in html
    assert 'href="#id_kinds_0"' in html
