"""Sentences on steps up that come too early."""

from decisions.words import N_

TEXTS = {
    "premature.serving": N_(
        "Premature: {runtime} is a serving runtime, and the need asks for no endpoint. Not tried yet: "
        "{remedies_words}."
    ),
    "premature.model": N_(
        "Premature: {size} parameters, where {smaller} with {least} is still open. Not tried yet: "
        "{remedies_words}."
    ),
    "premature.gpu": N_(
        "Premature: {have} GiB of VRAM, where {smaller} is planned on {least} GiB. Not tried yet: "
        "{remedies_words}."
    ),
    "premature.tuning": N_("Premature: fine-tuning or LoRA. Not tried yet: {remedies_words}."),
}
