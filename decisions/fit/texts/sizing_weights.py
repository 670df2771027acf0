"""Sentences about weights that cannot be sized."""

from decisions.words import N_

TEXTS = {
    "sizing.quantization": N_("“{quantization}” is no quantization of {runtime} that this version can size."),
}
