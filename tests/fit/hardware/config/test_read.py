"""Configurations become the shapes they describe, whatever their family calls things."""

import json
from collections import Counter

import pytest

from decisions.fit.hardware.architecture import (
    Attention,
    Dense,
    Experts,
    LatentAttention,
    LinearAttention,
    ShortConv,
    StateSpace,
    Tower,
    Window,
)
from decisions.fit.hardware.config import read_config
from decisions.fit.hardware.problem import Unsizable
from decisions.knowledge import architectures
from tests.fit.hardware.config import samples
from tests.fit.hardware.config.samples import LLAMA


def kinds(found):
    """How many layers have which window, or which mixer."""
    mixers = [layer.mixers[0] for layer in found.layers if layer.mixers]
    return Counter(str(getattr(mixer, "window", type(mixer).__name__)) for mixer in mixers)


def attention(found, window=Window.FULL):
    mixers = (mixer for layer in found.layers for mixer in layer.mixers)
    return next(mixer for mixer in mixers if isinstance(mixer, Attention) and mixer.window is window)


def test_a_plain_decoder():
    found = read_config(LLAMA)
    assert (found.model_type, found.wrapper, found.unknown) == ("llama", "", ())
    assert (found.hidden, found.vocabulary, len(found.layers), found.tied) == (4096, 128256, 32, False)
    assert set(found.layers) == {found.layers[0]}
    assert found.layers[0].mixers == (Attention(heads=32, kv_heads=8, key_dim=128, value_dim=128),)
    assert found.layers[0].feed_forward == Dense(14336)
    assert found.layers[0].norms == (4096, 4096)
    assert (found.max_context_tokens, found.rope_dim, found.final_norms) == (131072, 128, (4096,))


def test_text_bytes_and_mapping_say_the_same():
    text = json.dumps(LLAMA)
    assert (
        read_config(text) == read_config(text.encode()) == read_config("\ufeff" + text) == read_config(LLAMA)
    )


def test_what_is_left_out_has_the_defaults_of_the_class():
    found = read_config({"model_type": "gpt_oss"})
    assert (len(found.layers), found.hidden, found.vocabulary) == (36, 2880, 201088)
    assert found.layers[0].feed_forward == Experts(128, 4, 2880, bias=True, router_bias=True)
    assert kinds(found) == {"sliding": 18, "full": 18}
    assert attention(found).sinks


def test_the_class_tells_the_family_where_its_name_is_missing():
    config = {name: value for name, value in LLAMA.items() if name != "model_type"}
    assert read_config(config) == read_config(LLAMA)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("num_hidden_layers", "n_layer"),
        ("num_hidden_layers", "num_layers"),
        ("hidden_size", "n_embd"),
        ("hidden_size", "d_model"),
        ("num_attention_heads", "n_head"),
        ("num_key_value_heads", "num_kv_heads"),
        ("intermediate_size", "ffn_hidden_size"),
        ("max_position_embeddings", "n_positions"),
        ("vocab_size", "padded_vocab_size"),
        ("torch_dtype", "dtype"),
    ],
)
def test_spellings(name, spelling):
    config = dict(LLAMA)
    config[spelling] = config.pop(name)
    assert read_config(config) == read_config(LLAMA)


def test_heads_of_their_own_width():
    found = read_config(LLAMA | {"model_type": "qwen3", "head_dim": 64})
    assert attention(found) == Attention(32, 8, 64, 64, query_norm_dim=64, key_norm_dim=64)
    assert attention(read_config(LLAMA | {"kv_channels": 64})).key_dim == 64


def test_key_value_heads_that_are_not_said_are_all_heads():
    assert attention(read_config(LLAMA | {"num_key_value_heads": None})).kv_heads == 32


def test_falcon_and_gpt_bigcode_share_one_key_value_head():
    found = read_config(samples.FALCON)
    assert (attention(found).kv_heads, found.layers[0].norms, found.tied) == (1, (4544,), True)
    assert found.layers[0].feed_forward == Dense(4 * 4544, gated=False)
    assert attention(read_config(samples.GPT2 | {"model_type": "gpt_bigcode"})).kv_heads == 1
    newer = {
        "new_decoder_architecture": True,
        "num_kv_heads": 8,
        "hidden_size": 8192,
        "num_attention_heads": 128,
    }
    forty = read_config(samples.FALCON | newer)
    assert (attention(forty).kv_heads, forty.layers[0].norms) == (8, (8192, 8192))


def test_learned_positions_are_counted():
    found = read_config(samples.GPT2)
    assert (found.embedding_extra, found.rope_dim, found.norm_bias, found.tied) == (1024 * 768, 0, True, True)
    assert found.layers[0].feed_forward == Dense(3072, gated=False, bias=True)


def test_qwen2_has_a_window_only_where_it_is_used():
    assert kinds(read_config(samples.QWEN2)) == {"full": 32}
    used = read_config(samples.QWEN2 | {"use_sliding_window": True})
    assert kinds(used) == {"full": 21, "sliding": 11}
    assert attention(used, Window.SLIDING).window_tokens == 32768


def test_mistral_and_phi3_keep_a_window_in_every_layer():
    assert kinds(read_config(LLAMA | {"model_type": "mistral", "sliding_window": 4096})) == {"sliding": 32}
    assert kinds(read_config(LLAMA | {"model_type": "phi3", "sliding_window": 2047})) == {"sliding": 32}
    assert kinds(read_config(LLAMA | {"model_type": "mistral", "sliding_window": None})) == {"full": 32}


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ({"model_type": "gemma2", "sliding_window": 4096}, 16),
        ({"model_type": "gemma3_text", "sliding_window": 512}, 5),
        ({"model_type": "gemma3_text", "sliding_window": 512, "sliding_window_pattern": 2}, 16),
        ({"model_type": "cohere2", "sliding_window": 4096}, 8),
        ({"model_type": "olmo3", "sliding_window": 4096}, 8),
        ({"model_type": "exaone4", "sliding_window": 4096, "sliding_window_pattern": "LLLG"}, 8),
        ({"model_type": "exaone4", "sliding_window": None, "sliding_window_pattern": None}, 32),
        ({"model_type": "qwen3", "layer_types": ["full_attention"] * 32}, 32),
        (
            {
                "model_type": "mimo_v2_flash",
                "num_experts": 8,
                "sliding_window": 128,
                "num_experts_per_tok": 2,
            },
            6,
        ),
    ],
)
def test_patterns_of_sliding_layers(said, full):
    assert kinds(read_config(LLAMA | said)).get("full", 0) == full


def test_llama4_alternates_chunks_and_mixtures():
    said = {
        "model_type": "llama4_text",
        "intermediate_size": 8192,
        "intermediate_size_mlp": 16384,
        "interleave_moe_layer_step": 2,
        "num_local_experts": 128,
        "num_experts_per_tok": 1,
        "attention_chunk_size": 8192,
    }
    found = read_config(LLAMA | said)
    assert kinds(found) == {"chunked": 24, "full": 8}
    assert attention(found, Window.CHUNKED).window_tokens == 8192
    assert found.layers[0].feed_forward == Dense(16384)
    assert found.layers[1].feed_forward == Experts(128, 1, 8192, shared_inner=8192)


def test_a_text_model_nested_in_another():
    found = read_config(samples.GEMMA3)
    assert (found.model_type, found.wrapper, found.vocabulary) == ("gemma3", "", 262208)
    assert kinds(found) == {"sliding": 29, "full": 5}
    assert found.towers == (Tower("vision", 419_816_304),)
    assert (found.tied, found.layers[0].norms) == (True, (2560,) * 4)
    wrapped = read_config({"model_type": "llava", "text_config": LLAMA})
    assert (wrapped.model_type, wrapped.wrapper) == ("llama", "llava")


def test_a_tower_that_cannot_be_counted_is_said():
    found = read_config(LLAMA | {"vision_config": {"model_type": "someones_tower", "hidden_size": 7}})
    assert (found.towers, found.unknown) == ((), ("towers",))


def test_experts_after_dense_layers_and_latent_attention():
    found = read_config(samples.DEEPSEEK)
    assert [type(layer.feed_forward) for layer in found.layers[:4]] == [Dense, Dense, Dense, Experts]
    assert found.layers[3].feed_forward == Experts(256, 8, 2048, shared_inner=2048, router_bias=True)
    assert found.layers[0].mixers == (LatentAttention(128, 512, 64, 128, 128, 1536),)
    assert (found.source_quantization, found.rope_dim) == ("fp8", 64)


def test_null_is_not_the_default():
    found = read_config(samples.DEEPSEEK | {"q_lora_rank": None})
    assert found.layers[0].mixers[0].query_rank is None


def test_linear_layers_between_full_ones():
    found = read_config(samples.QWEN3_NEXT)
    assert kinds(found) == {"LinearAttention": 36, "full": 12}
    assert found.layers[0].mixers == (LinearAttention("gated_delta", 16, 32, 128, 128, 4),)
    assert attention(found).gate
    assert found.layers[0].feed_forward == Experts(512, 10, 512, shared_inner=512, shared_gate=True)
    assert found.rope_dim == 64


def test_letters_name_the_layers_of_nemotron_h():
    found = read_config(samples.NEMOTRON_H)
    state = StateSpace(version=2, inner=10240, state=128, conv=4, heads=128, groups=8)
    assert [layer.mixers for layer in found.layers] == [
        (state,),
        (),
        (state,),
        (Attention(40, 8, 128, 128),),
        (),
        (),
    ]
    parts = [layer.feed_forward for layer in found.layers]
    experts = Experts(8, 2, 1024, shared_inner=2048, gated=False, router_bias=True)
    assert parts == [None, Dense(15680, gated=False), None, None, Dense(15680, gated=False), experts]


def test_short_convolutions_and_a_width_that_is_adjusted():
    found = read_config(samples.LFM2)
    assert kinds(found) == {"ShortConv": 10, "full": 6}
    assert found.layers[0].mixers == (ShortConv(2048, 3),)
    assert found.layers[0].feed_forward == Dense(8192)
    as_it_stands = read_config(samples.LFM2 | {"block_auto_adjust_ff_dim": False})
    assert as_it_stands.layers[0].feed_forward == Dense(12288)


def test_jamba_has_periods_for_attention_and_experts():
    found = read_config(samples.JAMBA)
    assert kinds(found) == {"StateSpace": 28, "full": 4}
    assert found.layers[4].mixers == (Attention(32, 8, 128, 128),)
    assert [isinstance(layer.feed_forward, Experts) for layer in found.layers[:4]] == [
        False,
        True,
        False,
        True,
    ]
    assert found.layers[0].mixers[0].dt_rank == 256


def test_attention_and_state_side_by_side():
    found = read_config(
        {"model_type": "falcon_h1", "mamba_d_ssm": 1536, "mamba_n_heads": 24, "mamba_d_state": 128}
    )
    first, second = found.layers[0].mixers
    assert isinstance(first, Attention)
    assert second == StateSpace(2, 1536, 128, 4, heads=24, inner_norm=False)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"quant_method": "mxfp4"}, "mxfp4"),
        ({"quant_method": "awq", "bits": 4}, "awq"),
        ({"quant_method": "gptq", "bits": 4}, "gptq"),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}, "nf4"),
        ({"quant_method": "bitsandbytes", "load_in_8bit": True}, "int8"),
        ({"quant_method": "compressed-tensors", "format": "float-quantized"}, "fp8"),
        ({"quant_method": "compressed-tensors", "format": "nvfp4-pack-quantized"}, "nvfp4"),
        (
            {
                "quant_method": "compressed-tensors",
                "format": "pack-quantized",
                "config_groups": {"group_0": {"weights": {"num_bits": 4, "type": "int"}}},
            },
            "int4",
        ),
        ({"quant_method": "fbgemm_fp8"}, "fp8"),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4"}, "nvfp4"),
        (None, ""),
    ],
)
def test_published_quantizations(given, name):
    assert read_config(LLAMA | {"quantization_config": given}).source_quantization == name


@pytest.mark.parametrize("name", ["llama_of_tomorrow", "conv", "heads", "latent", "__init__"])
def test_a_family_nobody_knows_is_read_as_a_plain_decoder_and_says_so(name):
    found = read_config(LLAMA | {"model_type": name})
    assert found.unknown == ("model_type",)
    assert found.layers == read_config(LLAMA).layers


@pytest.mark.parametrize(
    "given",
    [
        LLAMA | {"model_type": "tomorrow", "mamba_d_state": 16},
        LLAMA | {"model_type": "tomorrow", "architectures": ["TomorrowForMaskedLM"]},
        LLAMA | {"model_type": "rwkv"},
        LLAMA | {"model_type": "bert"},
        LLAMA | {"model_type": "deepseek_v4"},
        {"model_type": "tomorrow"},
    ],
)
def test_a_family_with_blocks_nobody_knows_is_not_guessed(given):
    with pytest.raises(Unsizable) as caught:
        read_config(given)
    assert caught.value.statement.code == "sizing.family"


def test_an_older_glm_spells_things_its_own_way():
    config = {
        "model_type": "chatglm",
        "num_layers": 40,
        "hidden_size": 4096,
        "ffn_hidden_size": 13696,
        "kv_channels": 128,
        "num_attention_heads": 32,
        "multi_query_attention": True,
        "multi_query_group_num": 2,
        "padded_vocab_size": 151552,
        "seq_length": 131072,
        "add_qkv_bias": True,
    }
    found = read_config(config)
    assert attention(found) == Attention(32, 2, 128, 128, query_bias=True, kv_bias=True)
    assert (found.vocabulary, found.max_context_tokens, found.rope_dim) == (151552, 131072, 64)


def test_a_dense_granite_hybrid_is_as_wide_as_its_shared_part():
    said = {"model_type": "granitemoehybrid", "num_local_experts": 0, "shared_intermediate_size": 8192}
    found = read_config(LLAMA | said | {"layer_types": ["mamba"] * 28 + ["attention"] * 4})
    assert found.layers[0].feed_forward == Dense(8192)
    assert kinds(found) == {"StateSpace": 28, "full": 4}


def test_lists_with_one_entry_a_layer():
    said = {
        "model_type": "hunyuan_v1_moe",
        "num_experts": 64,
        "moe_topk": [8] * 32,
        "moe_intermediate_size": [3072] * 32,
        "num_shared_expert": [1] * 32,
    }
    assert read_config(LLAMA | said).layers[0].feed_forward == Experts(64, 8, 3072, shared_inner=3072)
    widths = read_config(LLAMA | {"intermediate_size": [1024] * 31 + [2048]})
    assert [layer.feed_forward.inner for layer in widths.layers[-2:]] == [1024, 2048]


def test_layers_that_share_the_cache_of_others():
    said = {"model_type": "gemma3n_text", "num_kv_shared_layers": 10, "sliding_window": 512}
    found = read_config(LLAMA | said)
    assert [layer.mixers[0].shares_cache for layer in found.layers].count(True) == 10
    assert dict(found.extra)["altup_num_inputs"] == 4


def test_an_indexer_may_be_shared():
    said = {"model_type": "glm_moe_dsa", "index_head_dim": 128, "index_n_heads": 32, "index_topk_freq": 4}
    found = read_config(samples.DEEPSEEK | {"num_hidden_layers": 78, "num_nextn_predict_layers": 0} | said)
    assert [layer.mixers[0].index_dim for layer in found.layers].count(128) == 21


BLOCKS = [
    {"attention": {"n_heads_in_group": 8, "no_op": False}, "ffn": {"ffn_mult": 5.25, "no_op": False}},
    {"attention": {"n_heads_in_group": None, "no_op": True}, "ffn": {"ffn_mult": 1.0, "no_op": False}},
    {"attention": {"n_heads_in_group": 16, "no_op": False}, "ffn": {"ffn_mult": None, "no_op": True}},
]
SEARCHED = LLAMA | {"model_type": "nemotron-nas", "num_hidden_layers": 3, "intermediate_size": None}


def test_searched_models_describe_every_block():
    found = read_config(SEARCHED | {"block_configs": BLOCKS})
    first, second, third = found.layers
    assert (first.mixers, first.feed_forward) == ((Attention(32, 4, 128, 128),), Dense(14336))
    assert (second.mixers, second.feed_forward, second.norms) == ((), Dense(2816), (4096,))
    assert (third.mixers, third.feed_forward) == ((Attention(32, 2, 128, 128),), None)


@pytest.mark.parametrize(
    "blocks", [None, [7], [{}], [{"attention": {}, "ffn": {"replace_with_linear": True}}]]
)
def test_blocks_that_cannot_be_read(blocks):
    with pytest.raises(Unsizable, match="block_configs"):
        read_config(SEARCHED | {"block_configs": blocks})


def test_the_number_of_value_heads_has_the_classs_default():
    config = architectures.find("Qwen/Qwen3-Next-80B-A3B-Instruct").config
    short = {name: value for name, value in config.items() if name != "linear_num_value_heads"}
    assert read_config(short) == read_config(config)


def test_falcon_mamba_states_its_width_beside_an_expansion_that_is_not_meant():
    config = architectures.find("tiiuae/falcon-mamba-7b").config
    assert config["intermediate_size"] == 8192
    assert read_config({**config, "expand": 16}) == read_config(config)


@pytest.mark.parametrize(
    "name", ["Ernie4_5ForCausalLM", "Qwen2_5_VLForConditionalGeneration", "Qwen3_5ForConditionalGeneration"]
)
def test_a_class_with_a_version_in_its_name_tells_the_family(name):
    known = {
        "Ernie4_5ForCausalLM": "baidu/ERNIE-4.5-0.3B-PT",
        "Qwen2_5_VLForConditionalGeneration": "Qwen/Qwen2.5-VL-7B-Instruct",
        "Qwen3_5ForConditionalGeneration": "Qwen/Qwen3.5-27B",
    }
    config = architectures.find(known[name]).config
    nameless = {key: value for key, value in config.items() if key != "model_type"}
    assert read_config({**nameless, "architectures": [name]}).layers == read_config(config).layers
