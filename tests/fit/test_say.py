import re

import pytest

from decisions.fit import say as room
from decisions.fit.say import codes, is_word, say, template_of
from decisions.states import Privacy, Remedy


def test_a_statement_keeps_code_parameters_and_text():
    said = say("hardware.needs", need="3.1", have="24")
    assert (said.code, said.params) == ("hardware.needs", {"need": "3.1", "have": "24"})
    assert said.text == "needs 3.1 of 24 GiB"


def test_states_give_their_label_and_lists_are_joined():
    said = say("premature.tuning", remedies_words=[Remedy.PROMPT, Remedy.RAG])
    assert said.params == {"remedies_words": ("Prompt", "RAG")}
    assert said.text.endswith("Prompt, RAG.")


def test_a_state_needs_a_parameter_that_pages_translate():
    with pytest.raises(TypeError, match="_word"):
        say("hardware.needs", need=Privacy.PUBLIC, have="24")


def test_unknown_codes_and_missing_parameters_are_errors():
    with pytest.raises(KeyError):
        template_of("no.such_code")
    with pytest.raises(KeyError):
        say("hardware.needs", need="3.1")


def test_no_code_is_defined_twice():
    tables = [table.TEXTS for table in vars(room).values() if hasattr(table, "TEXTS")]
    assert sum(map(len, tables)) == len(codes())


@pytest.mark.parametrize("code", codes())
def test_templates_have_plain_placeholders_only(code):
    fields = re.findall(r"\{([^}]*)\}", template_of(code))
    assert all(re.fullmatch(r"[a-z_]+", field) for field in fields)


def test_words_are_told_by_the_name_of_the_parameter():
    assert is_word("privacy_word")
    assert is_word("remedies_words")
    assert not is_word("password")
