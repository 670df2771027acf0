"""Sentences about what was handed in to be sized, and about a dimension put right by hand."""

from decisions.words import N_

TEXTS = {
    "sizing.fix_field": N_("“{name}” is no number of this configuration; choose one that it holds."),
    "sizing.fix_flag": N_("“{name}” is true or false; “{found}” is neither."),
    "sizing.fix_number": N_("“{name}” takes a whole number above zero; “{found}” is none."),
    "sizing.not_whole": N_("What was read of the file did not come back whole. Please hand it in again."),
    "sizing.file_empty": N_("The file is empty."),
    "sizing.file_header": N_(
        "The header of this file is longer than {most} MiB, and no more of a file is read: hand in its"
        " config.json."
    ),
    "sizing.file_kind": N_("This is no config.json, no GGUF file, and no safetensors header or index."),
    "sizing.file_shape": N_(
        "A safetensors file says how large the weights are, not what the cache takes: name the shipped model"
        " it belongs to, or paste its config.json as well."
    ),
    "sizing.file_total": N_("The index does not state total_size; hand in its config.json alone."),
    "sizing.no_config": N_("{name} has no config.json on the Hub; hand in the header of its file instead."),
}
QUANTITIES = {
    "weights": N_("weights"),
    "file": N_("tensors of the file"),
    "kv": N_("cache of keys and values"),
    "state": N_("recurrent state"),
    "room": N_("room for the cache"),
    "compute": N_("compute buffer"),
    "output": N_("output buffer"),
    "repack": N_("reordered copy of weights"),
    "graphs": N_("captured graphs"),
    "activation": N_("working memory of a step"),
    "gpu_context": N_("driver and libraries"),
    "projector": N_("vision or audio part"),
    "lora": N_("adapter (LoRA)"),
    "total": N_("all of it"),
}
"""What an engine says it took memory for."""
