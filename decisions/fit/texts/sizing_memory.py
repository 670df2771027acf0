"""Sentences about a setting whose memory cannot be sized."""

from decisions.words import N_

TEXTS = {
    "sizing.setting_range": N_("The {setting_word} must lie between {least} and {most}; it is {found}."),
    "sizing.kv_dtype": N_("“{found}” is no type of cache values that this version can size."),
    "sizing.kv_blocks": N_(
        "“{found}” keeps blocks of {block} values, which do not divide heads {width} wide: "
        "llama.cpp refuses it."
    ),
    "sizing.kv_flash": N_("llama.cpp keeps values as “{found}” only with flash attention."),
    "sizing.kv_latent": N_(
        "llama.cpp keeps the cache of latent attention in one type; it was asked for “{key}” and “{value}”."
    ),
}
WORDS = {
    "context": N_("context in tokens"),
    "parallel": N_("number of sequences at once"),
    "ubatch": N_("physical batch in tokens"),
    "batch": N_("batch in tokens"),
    "outputs": N_("number of tokens with logits"),
    "devices": N_("number of devices"),
    "gpu_layers": N_("number of layers on the GPU"),
    "lora_rank": N_("rank of adapters"),
    "loras": N_("number of adapters at once"),
}
