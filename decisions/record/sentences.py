"""What a reader of files says: code, English template, and how a statement is made of them.

A page looks the template up by code, translates it and fills in the parameters.
"""

from decisions.record import text as clean
from decisions.record.schema import Statement
from decisions.words import N_

TEMPLATES: dict[str, str] = {
    # the whole file cannot be read
    "not_utf8": N_("This file is not UTF-8 text: byte {byte} on line {line}."),
    "no_text": N_("This file is not text: a NUL character on line {line}."),
    "too_large": N_("This file is larger than can be read: at most {limit} bytes."),
    "empty_file": N_("This file is empty."),
    "nothing_understood": N_(
        "No line of this file was understood. A decision starts with “project_goal: …”."
    ),
    "bad_json": N_("This is not valid JSON: {problem_word} on line {line}, column {column}."),
    "too_deep": N_("This JSON is nested deeper than {limit} levels, on line {line}."),
    "not_an_object": N_("A decision in JSON is one object in braces; this is something else."),
    "newer_schema": N_(
        "This was written by a newer Routecard (schema {found}; this one reads up to {known})."
    ),
    "bad_schema": N_("“schema_version” must be a whole number from 1 on."),
    "no_known_key": N_("None of the keys of this JSON belongs to a decision."),
    # one line or value
    "text_too_long": clean.TOO_LONG,
    "text_unstorable": clean.UNSTORABLE,
    "text_one_line": clean.ONE_LINE,
    "joined": N_("“{key}” takes one line; the lines were joined."),
    "unknown_key": N_("“{key}” is no field of a decision; it was kept as a note."),
    "no_candidate_above": N_("“{key}” stands before any candidate; it was kept as a note."),
    "duplicate": N_("“{key}” was there before; the first was taken, this one kept as a note."),
    "duplicate_candidate": N_("“{key}” was there before; this is read as one more candidate."),
    "nameless_candidate": N_("“{key}” has no name; its key was taken for one."),
    "too_many_candidates": N_("Only {limit} candidates can be kept; this one was left out."),
    "stray_text": N_("This text belongs to no field; it was kept as a note."),
    "stray_heading": N_("This heading belongs to no field; it was kept as a note."),
    "too_many_notes": N_("Only {limit} notes can be kept; this one was left out."),
    "no_heading": N_("The heading “# Model Runtime Decision” is missing."),
    "no_candidates": N_("There is no candidate in this file."),
    "paragraph_guessed": N_(
        "This text has no key and no place of its own; it became the decision paragraph."
    ),
    "generated_section": N_(
        "“{title}” is a part for reading and was not read. What it alone says is left out; the JSON has it."
    ),
    "generated_again": N_(
        "“{title}” is a part for reading and was not read; the decision says the same, word for word."
    ),
    "decoration": N_("This line only decorates and was not read."),
    "list_too_long": N_("Only {limit} items of “{key}” can be kept; the rest was left out."),
    "item_too_long": N_(
        "One item of “{key}” was left out: it has {length} characters; at most {limit} can be kept."
    ),
    "item_unstorable": N_(
        "One item of “{key}” was left out: its character U+{code} at position {position} cannot be kept."
    ),
    "item_one_line": N_("One item of “{key}” was left out: it has more than one line."),
    "bad_role": N_("“{value}” names no candidate of this file."),
    "language_guessed": N_("The texts were taken to be written in {language_word}."),
    # values of JSON
    "json_duplicate": N_("This key is there more than once; the last value was taken."),
    "json_not_a_number": N_("{value} is no number that can be kept; the value was left out."),
    "json_unknown": N_("No such field; the value was left out."),
    "json_missing": N_("A value is missing here; {what} was left out."),
    "json_object": N_("An object in braces is expected here; the value was left out."),
    "json_list": N_("A list is expected here; the value was left out."),
    "json_text": N_("A text is expected here; the value was left out."),
    "json_bool": N_("“true” or “false” is expected here; the value was left out."),
    "json_integer": N_("A whole number is expected here; the value was left out."),
    "json_choice": N_("“{value}” is none of {choices}; the value was left out."),
    "json_invalid": N_("The value was left out: {problem_word}."),
    "json_cut": N_("Only the first {limit} entries were read."),
    "two_first_choices": N_("There is a first choice already; this candidate is read as considered."),
    "bad_key": N_("This candidate’s key was missing or taken; it is now {key}."),
    "no_name": N_("This candidate has no usable name; it is now called {name}."),
    "no_route": N_("No route has the code “{route}”; the value was left out."),
    "duplicate_route": N_("There is a route with the code “{route}” already; this one was left out."),
    "shipped_trait": N_(
        "The file says “{stated}”, but routes of the kind “{kind_word}” have “{derived}” here; that was"
        " taken."
    ),
    "no_schema_version": N_("“schema_version” is missing; read as schema {known}."),
    "json_derived": N_(
        "This was not read: it follows from the rest, and made afresh of it now, it says something else."
    ),
    "contradiction": N_("This says “{stated}”, the document itself “{derived}”; the document was taken."),
    "helper_claim": N_("The claim was kept as a note."),
    "helper_route": N_("“{route}” is no route we know; it was read as a route of your own."),
    "helper_value": N_("“{value}” is not understood here; it was kept as a note."),
    "helper_no_route": N_("Memory belongs to a route, and there is none; the value was left out."),
    "helper_rounded": N_("This was rounded to {value} GiB."),
    # the difference of two versions
    "difference_nothing": N_("Nothing changed."),
    "difference_only_facts": N_("Only shipped facts or rules changed; consequences: {count}."),
    "difference_added": N_("Candidate added: {name}."),
    "difference_removed": N_("Candidate removed: {name}."),
    "difference_role": N_("{name}: {old} became {new}."),
    "difference_count": N_("{group_word}: {count}"),
    "and_more": N_("{count} more remarks are not listed."),
}

UNCLEAN = {
    clean.TOO_LONG: "text_too_long",
    clean.UNSTORABLE: "text_unstorable",
    clean.ONE_LINE: "text_one_line",
}


def template_of(code: str) -> str:
    """The English template of a statement of this room. Raises KeyError for a code from elsewhere."""
    return TEMPLATES[code]


def say(code: str, /, **params: str | int) -> Statement:
    """Make the statement with that code."""
    return Statement(code=code, params=dict(params), text=TEMPLATES[code].format(**params))
