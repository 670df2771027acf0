"""Sentences of the task fit."""

from decisions.words import N_

TEXTS = {
    "task.fits": N_("fits"),
    "task.all_read": N_("The model card, read on {day}, answers all that was asked ({total})."),
    "task.ruled_out": N_("{count} of {total} ruled out"),
    "task.some_read": N_("{count} of {total} read"),
    "task.nothing_asked": N_("nothing asked"),
    "task.need_is_empty": N_("The need does not say what the model must do."),
    "task.say_need": N_(
        "Say what the model must do: task kinds, languages, context or the shape of its output."
    ),
    "task.note_missing": N_("note missing"),
    "task.no_note": N_("Nobody has noted what the model card says."),
    "task.note_unsourced": N_("The note does not say where and when the model card was read."),
    "task.write_source": N_("Write where the model card is and on which day it was read."),
    "task.kind_named": N_("The model card names it: {kind_word}."),
    "task.kind_open": N_("The note says nothing on it: {kind_word}."),
    "task.note_kind": N_("Note whether the model card names it: {kind_word}."),
    "task.language_listed": N_("The model card lists {language}."),
    "task.language_not_listed": N_("The model card does not list {language}; it lists {listed}."),
    "task.language_open": N_("The note does not say whether the model card lists {language}."),
    "task.note_language": N_("Note whether the model card lists {language}."),
    "task.other_language": N_("Choose a model whose card lists {language}."),
    "task.languages_many": N_("The model card lists {count} languages."),
    "task.languages_one": N_("The model card lists one language only: {language}."),
    "task.languages_open": N_("The note lists no languages."),
    "task.note_languages": N_("Note the languages the model card lists."),
    "task.more_languages": N_("Choose a model whose card lists several languages."),
    "task.context_enough": N_("The model card states {stated} tokens of context; {asked} are asked."),
    "task.context_small": N_(
        "The model card states {stated} tokens of context, {short} fewer than the {asked} asked."
    ),
    "task.context_set_small": N_(
        "The candidate is set to {stated} tokens of context, {short} fewer than the {asked} asked."
    ),
    "task.context_open": N_("The note does not state a context length; {asked} tokens are asked."),
    "task.note_context": N_("Note the context length the model card states."),
    "task.shorter_context": N_(
        "Ask for less context, for instance through RAG, or choose a model that states {asked} tokens."
    ),
    "task.raise_context": N_("Set the candidate's context to {asked} tokens and estimate its memory again."),
    "task.context_named": N_("The model card names long context."),
    "task.context_unsaid": N_("The need asks for long context without a number of tokens."),
    "task.say_context": N_("Say how many tokens of context the work needs."),
    "task.tools_yes": N_("The model card says that it calls tools."),
    "task.tools_no": N_("The model card says that it does not call tools."),
    "task.tools_open": N_("The note does not say whether the model calls tools."),
    "task.note_tools": N_("Note whether the model card promises tool calling."),
    "task.other_tools": N_("Choose a model that calls tools, or take tool calling out of the need."),
    "task.shape_yes": N_("The model card says that it can answer in a requested shape."),
    "task.shape_no": N_("The model card says that it does not answer in a requested shape."),
    "task.shape_open": N_("The note does not say whether the model answers in a requested shape."),
    "task.note_shape": N_("Note whether the model card promises structured output."),
    "task.other_shape": N_(
        "Choose a model that does, or have the runtime enforce the shape and measure it on fixed cases."
    ),
    "task.inputs_yes": N_("The model card lists more than text: {inputs_words}."),
    "task.inputs_no": N_("The model card lists only this as input: {inputs_words}."),
    "task.inputs_open": N_("The note does not say what the model takes in besides text."),
    "task.note_inputs": N_("Note which inputs the model card lists."),
    "task.other_inputs": N_("Choose a model that takes images or audio, or take them out of the need."),
}
