"""Sentences about a configuration that cannot be read, and the plain words of its fields."""

from decisions.words import N_

TEXTS = {
    "sizing.config_large": N_("The configuration is larger than {most} MiB; that of no known model is."),
    "sizing.config_text": N_("The configuration is not UTF-8 text."),
    "sizing.config_json": N_(
        "The configuration is not JSON: it breaks off or errs at line {line}, column {column}."
    ),
    "sizing.config_number": N_("The configuration is not JSON that can be read: it holds a number too long."),
    "sizing.config_deep": N_("The configuration is nested too deeply to be read."),
    "sizing.config_object": N_("The configuration is JSON, but no object with named fields."),
    "sizing.config_twice": N_(
        "“{name}” stands twice in one object of the configuration; which one counts is open."
    ),
    "sizing.field_missing": N_("The {field_word} is missing: “{name}”."),
    "sizing.field_whole": N_("The {field_word}, “{name}”, must be a whole number; it is {found}."),
    "sizing.field_number": N_("The {field_word}, “{name}”, must be a number; it is {found}."),
    "sizing.field_range": N_(
        "The {field_word}, “{name}”, must lie between {least} and {most}; it is {found}."
    ),
    "sizing.field_flag": N_("The {field_word}, “{name}”, must be true or false; it is {found}."),
    "sizing.field_text": N_("The {field_word}, “{name}”, must be a text; it is {found}."),
    "sizing.field_list": N_("The {field_word}, “{name}”, must be a list; it is {found}."),
    "sizing.field_object": N_(
        "The {field_word}, “{name}”, must be an object with named fields; it is {found}."
    ),
    "sizing.field_value": N_("The {field_word}, “{name}”, is “{found}”, which this version cannot size."),
    "sizing.field_length": N_(
        "The {field_word}, “{name}”, has {count} entries, but the model has {layers} layers."
    ),
    "sizing.field_divides": N_("The {field_word}, “{name}”, is {found}, which {other} does not divide."),
    "sizing.family": N_("“{model_type}” is a kind of model this version cannot size."),
}
WORDS = {
    "model_type": N_("kind of model"),
    "hidden_size": N_("width of the model"),
    "num_hidden_layers": N_("number of layers"),
    "num_attention_heads": N_("number of attention heads"),
    "num_key_value_heads": N_("number of key-value heads"),
    "head_dim": N_("width of a head"),
    "v_head_dim": N_("width of a head's values"),
    "qk_nope_head_dim": N_("width of a head without rotation"),
    "qk_rope_head_dim": N_("rotated width of a head"),
    "kv_lora_rank": N_("rank of the latent cache"),
    "q_lora_rank": N_("rank of the queries"),
    "intermediate_size": N_("width of the feed-forward part"),
    "vocab_size": N_("size of the vocabulary"),
    "max_position_embeddings": N_("longest context"),
    "sliding_window": N_("sliding window"),
    "layer_types": N_("list of layer kinds"),
    "num_experts": N_("number of experts"),
    "num_experts_per_tok": N_("number of active experts"),
    "moe_intermediate_size": N_("width of an expert"),
    "tie_word_embeddings": N_("sharing of embedding and output"),
    "torch_dtype": N_("type of the weights"),
    "quantization_config": N_("published quantization"),
    "text_config": N_("nested text model"),
    "vision_config": N_("nested vision part"),
    "audio_config": N_("nested audio part"),
    "state_size": N_("size of the recurrent state"),
    "": N_("field"),
}
