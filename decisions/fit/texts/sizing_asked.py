"""Sentences about what was asked of an estimate, and what settles an unknown."""

from decisions.words import N_

TEXTS = {
    "asked.unknown_key": N_("“{name}” is not known; the keys are {known}."),
    "asked.no_model": N_("No model is named: give “model” or “config”."),
    "asked.model": N_("No shipped model is called “{name}”; give its config.json instead."),
    "asked.model_unsound": N_(
        "The dimensions of “{name}” are not known well enough to size it; give its config.json instead."
    ),
    "asked.model_missing": N_(
        "“{name}” cannot be sized: nothing here says {missing_word}. Give its config.json instead."
    ),
    "asked.taken_for": N_("“{name}” is not shipped; its dimensions are taken to be those of {model}."),
    "asked.text": N_("“{name}” must be a text; it is {found}."),
    "asked.whole": N_("“{name}” must be a whole number, {least} or more; it is {found}."),
    "asked.number": N_("“{name}” must be a number of zero or more; it is {found}."),
    "asked.memory": N_("“{name}” must be at most {most} GiB; it is {found}."),
    "asked.share": N_("“{name}” must lie between 0.05 and 1; it is {found}."),
    "asked.flag": N_("“{name}” must be true or false; it is {found}."),
    "asked.runtime": N_("No runtime is called “{found}”; the ones that are sized are {known}."),
    "asked.device": N_("No shipped device is called “{found}”; give its memory in GiB beside the name."),
    "asked.device_sizes": N_("“{found}” is sold with {sizes} GiB; say which, as in “{found} {first}GB”."),
    "asked.draft": N_(
        "No shipped model is called “{found}”; a draft model is named by its id, its"
        " quantization after a colon."
    ),
    "asked.draft_quant": N_("The draft model cannot be had in “{found}” here; the formats are {known}."),
    "asked.draft_words": N_(
        "The draft model {draft} has {found} tokens in its vocabulary and the model {words}: a runtime may"
        " refuse the pair."
    ),
    "asked.row_json": N_("This line is not JSON: {reason}."),
    "asked.row_object": N_("This line is JSON, but no object with named fields."),
}
MISSING = {
    "blocks": N_("which blocks have attention, and how wide each is"),
    "compressed_cache": N_("how its compressed cache is laid out"),
    "dims": N_("its dimensions"),
    "encoder": N_("what an encoder takes beside its weights"),
    "latent": N_("the ranks of its latent attention"),
}
"""Facts without which a shipped model has no shape."""
