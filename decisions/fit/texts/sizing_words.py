"""Words of an estimate: what takes memory, how a figure was come by, whose memory it is."""

from decisions.words import N_

LINES = {
    "weights": N_("weights"),
    "kv_cache": N_("cache of keys and values"),
    "state": N_("recurrent state"),
    "compute_buffer": N_("compute buffer"),
    "compute_buffer_host": N_("compute buffer in RAM"),
    "output_buffer": N_("output buffer"),
    "repack": N_("reordered copy of weights"),
    "activation": N_("working memory of a step"),
    "gpu_context": N_("driver and libraries"),
    "graphs": N_("captured graphs"),
    "lora": N_("LoRA adapters"),
    "draft_weights": N_("weights of the draft model"),
    "draft_kv_cache": N_("cache of the draft model"),
    "draft_compute_buffer": N_("compute buffer of the draft model"),
    "projector": N_("vision and audio part"),
    "apart_projector": N_("vision and audio part, not loaded"),
    "load_peak": N_("while loading, for a moment"),
}
BASES = {
    "measured": N_("measured"),
    "computed": N_("computed"),
    "assumed": N_("assumed"),
    "unknown": N_("unknown"),
}
PLACES = {"device": N_("device"), "host": N_("RAM"), "disk": N_("disk")}
PARTS = {"weights": N_("Weights"), "kv": N_("Cache"), "runtime": N_("Runtime")}
