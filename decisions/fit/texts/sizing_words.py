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
    "held": N_("held by other programs"),
}
BASES = {
    "measured": N_("measured"),
    "computed": N_("computed"),
    "assumed": N_("assumed"),
    "unknown": N_("unknown"),
}
PLACES = {"device": N_("device"), "host": N_("RAM"), "disk": N_("disk")}
PARTS = {"weights": N_("Weights"), "kv": N_("Cache"), "runtime": N_("Runtime")}
INPUTS = {
    "adapters": N_("adapters"),
    "all_weights": N_("all weights"),
    "allocator": N_("rest of the allocator's blocks"),
    "at_peak": N_("at the peak"),
    "attention": N_("attention"),
    "audio": N_("audio"),
    "caches": N_("caches"),
    "cells": N_("places in the cache"),
    "context_tokens": N_("context in tokens"),
    "copy": N_("the processor's second copy"),
    "devices": N_("devices"),
    "draft": N_("draft model"),
    "embedding": N_("embedding"),
    "experts": N_("experts"),
    "feed_forward": N_("feed-forward"),
    "file": N_("file"),
    "filled_bytes": N_("filling of the pool's groups"),
    "flash_attention": N_("flash attention"),
    "format": N_("format"),
    "gpu_layers": N_("layers on the GPU"),
    "graph sequences": N_("sequences in graphs"),
    "hidden": N_("width"),
    "holes": N_("holes between values"),
    "kv_dtype": N_("type of the cache"),
    "layers": N_("layers"),
    "other": N_("other"),
    "output": N_("output matrix"),
    "outputs": N_("number of tokens with logits"),
    "parallel": N_("requests at once"),
    "per device, MiB": N_("on each device, MiB"),
    "per GPU, MiB": N_("on each GPU, MiB"),
    "predicted": N_("predicted"),
    "rank": N_("rank"),
    "repeated": N_("what every device has whole"),
    "rotary": N_("rotary table"),
    "router": N_("router of the experts"),
    "sequences": N_("sequences"),
    "state": N_("recurrent state"),
    "stays": N_("what stays with the processor"),
    "tokens": N_("tokens"),
    "towers": N_("vision or audio part"),
    "unpacked": N_("unpacked latent projection"),
    "vision": N_("vision"),
    "vocabulary": N_("vocabulary"),
    "widest": N_("widest layer"),
    "window_cells": N_("places in the window"),
}
"""Inputs of a rule, by the engine's own name; those of caches name a kind of layer and what of it."""

KINDS = {
    "attention_full": N_("full attention"),
    "attention_window": N_("attention with a window"),
    "cross": N_("cross-attention"),
    "expanded": N_("latent attention, expanded"),
    "index": N_("index of sparse attention"),
    "latent": N_("latent attention"),
    "state": N_("recurrent state"),
}
OF_KIND = {
    "layers": N_("layers"),
    "caches": N_("caches"),
    "cells": N_("places in the cache"),
    "each": N_("bytes each"),
    "bytes": N_("bytes"),
}
SWITCHED = {"on": N_("on"), "off": N_("off")}
