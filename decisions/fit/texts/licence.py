"""Sentences of the licence fit."""

from decisions.words import N_

TEXTS = {
    "licence.fits": N_("fits"),
    "licence.one_duty": N_("with 1 duty"),
    "licence.duties": N_("with {count} duties"),
    "licence.allowed": N_("{licence}, read on {day}, allows it: {use_word}."),
    "licence.forbidden": N_("forbidden"),
    "licence.not_read": N_("not read"),
    "licence.some_read": N_("{count} of {total} read"),
    "licence.use_unsaid": N_("use not said"),
    "licence.no_use": N_("The need does not say what the model will be used for."),
    "licence.say_use": N_(
        "Say in the need whether it is for learning, internal, commercial or to be passed on."
    ),
    "licence.no_note": N_("Nobody has noted a reading of the licence."),
    "licence.note_gap": N_("The licence note lacks: {missing_words}."),
    "licence.read": N_("Read the licence and write down: {missing_words}."),
    "licence.answer_yes": N_("The licence allows it: {question_word}."),
    "licence.answer_no": N_("The licence forbids it: {question_word}."),
    "licence.answer_conditions": N_("The licence sets conditions on it: {question_word}."),
    "licence.answer_open": N_("The note has no answer on it: {question_word}."),
    "licence.note_answer": N_("Read what the licence says on it: {question_word}."),
    "licence.other_model": N_(
        "Choose a model whose licence allows it, or ask the licensor: {question_word}."
    ),
    "licence.conditions_unsaid": N_("The note says there are conditions and lists none."),
    "licence.say_conditions": N_("List the conditions that bite."),
    "licence.duty": N_("Duty: {duty}"),
    "terms.fit": N_("The terms of {provider}, read on {day}, allow what the need asks."),
    "terms.fits": N_("terms read"),
    "terms.not_read": N_("terms not read"),
    "terms.some_read": N_("{count} of {total} read"),
    "terms.forbidden": N_("terms forbid it"),
    "terms.no_note": N_("Nobody has noted the provider's terms."),
    "terms.gap": N_("The terms note lacks: {missing_words}."),
    "terms.read": N_("Read the terms and write down: {missing_words}."),
    "terms.trains": N_("The provider trains on inputs, and the data may not go there: {privacy_word}."),
    "terms.switch_training_off": N_(
        "Get training on inputs switched off in writing, or use public samples only."
    ),
    "terms.trains_perhaps": N_("The provider trains on inputs under conditions the note does not settle."),
    "terms.settle_training": N_("Write down how training on inputs is switched off for this account."),
    "terms.privacy_unknown": N_(
        "The provider may train on inputs, and the need does not say how private the data is."
    ),
    "terms.say_privacy": N_("Say the privacy class of the data."),
    "terms.trains_known": N_("The provider may train on inputs; the need allows that: {privacy_word}."),
    "terms.no_training": N_("The provider does not train on inputs."),
    "terms.noted": N_("Noted: {noted_words}."),
}
