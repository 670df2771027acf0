"""Numbers that no code of a family reads in the case at hand, and that cannot be all the same.

A window that is switched off, an expert's width in a model without experts: what is negative there says that
the file is damaged or was made up, and is refused as where it is read.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from decisions.fit.hardware.config.fields import LIMIT, LIMITS, SPELLINGS, Fields, shown, word
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say
from decisions.record.schema import Statement

NO_NUMBERS = frozenset(
    {"layer_types", "attention_bias", "mlp_bias", "tie_word_embeddings", "torch_dtype", "use_conv_bias"}
)
OTHERS = (
    *("attention_chunk_size", "attn_layer_offset", "attn_layer_period", "block_ff_dim", "num_heads"),
    *("block_ffn_dim_multiplier", "block_multiple_of", "conv_L_cache", "conv_dim", "conv_kernel_size"),
    *("d_inner", "decoder_sparse_step", "depth", "embed_dim", "encoder_ffn_dim", "encoder_layers"),
    *("expansion_ratio", "expert_layer_offset", "expert_layer_period", "ffn_hidden_size", "ffn_mult"),
    *("full_attention_interval", "full_attn_layers", "global_attn_every_n_layers", "global_head_dim"),
    *("hidden_size_per_layer_input", "image_size", "in_channels", "in_chans", "index_head_dim"),
    *("index_n_heads", "index_skip_topk_offset", "index_topk_freq", "interleave_moe_layer_step"),
    *("kv_lora_rank", "kv_n_heads", "linear_conv_kernel_dim", "linear_head_dim", "linear_key_head_dim"),
    *("linear_num_key_heads", "linear_value_head_dim", "mamba_d_ssm", "max_num_tiles"),
    *("max_source_positions", "max_window_layers", "mlp_only_layers", "mlp_ratio", "moe_latent_size"),
    *("moe_layer_freq", "moe_layer_interval", "moe_layer_start_index", "moe_layers", "moe_num_experts"),
    *("moe_top_k", "n_heads_in_group", "no_rope_layer_interval", "no_rope_layers", "num_channels"),
    *("num_attention_heads_per_layer", "num_global_key_value_heads", "num_global_layers"),
    *("num_kv_shared_layers", "num_ln_in_parallel_attn", "num_mel_bins", "num_position_embeddings"),
    *("num_sliding_attention_heads", "out_hidden_size", "output_proj_dims", "partial_rotary_factor"),
    *("patch_size", "patch_temporal", "pos_emb_height", "pos_emb_width", "position_embedding_size"),
    *("projector_hidden_size", "projector_input_dim", "projector_output_dim", "q_lora_rank"),
    *("qk_nope_head_dim", "qk_rope_head_dim", "rope_pct", "rotary_dim", "rotary_pct"),
    *("short_conv_kernel_size", "spatial_merge_size", "subsampling_conv_channels", "swa_head_dim"),
    *("swa_num_attention_heads", "swa_num_key_value_heads", "swa_v_head_dim", "temporal_patch_size"),
    *("v_head_dim", "vision_output_dim", "vocab_size_per_layer_input"),
    *("intermediate_size_mlp", "dense_intermediate_size", "prefix_dense_intermediate_size"),
)
"""What has one spelling; `moe_layer_end_index` may be -1 and is read everywhere."""
COUNTS = frozenset(SPELLINGS) - NO_NUMBERS | frozenset(OTHERS)
NAMED = {spelling: name for name in COUNTS for spelling in (name, *SPELLINGS.get(name, ()))}


def refuse_negative(given: Mapping[str, Any]) -> None:
    """Raise Unsizable, which names the field, where a number of the configuration is negative.

    Of several spellings of a field the one that counts is looked at.
    """
    for part in _parts(given):
        fields = Fields(part, {})
        for key, value in part.items():
            name = NAMED.get(key)
            if name is None or fields.spelt(name) != key:
                continue
            for each in value if isinstance(value, list | tuple) else (value,):
                if isinstance(each, int | float) and each < 0:
                    raise Unsizable(_negative(name, key, each))


def _negative(name: str, key: str, value: float) -> Statement:
    most = LIMITS.get(name, LIMIT)
    return say("sizing.field_range", field_word=word(name), name=key, found=shown(value), least=0, most=most)


def _parts(given: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The object and all inside of it, however deep."""
    left: list[object] = [given]
    while left:
        part = left.pop()
        if isinstance(part, Mapping):
            yield part
            left += [each for each in part.values() if isinstance(each, Mapping | list)]
        elif isinstance(part, list):
            left += [each for each in part if isinstance(each, Mapping | list)]
