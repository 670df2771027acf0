"""How llama.cpp's converter names and joins the tensors of each family.

Source: ggml-org/llama.cpp, `conversion/`, `src/llama-arch.cpp` and `src/models/`,
read 2026-11-28.
"""

from dataclasses import dataclass

_PLAIN = ("attn_norm", "ffn_norm")
_ONE = ("attn_norm",)
_AFTER = ("attn_norm", "post_attention_norm")
_AROUND = ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm")
_POST = ("post_attention_norm", "post_ffw_norm")


@dataclass(frozen=True, slots=True)
class Family:
    """One architecture of llama.cpp.

    `gguf` is its name in a GGUF file ("" where llama.cpp has none, and the names are the nearest).
    `norms` names the norms of a layer in the order of `Layer.norms`. `fused_qkv` and `fused_gate_up` say
    that the three attention projections, or gate and up, are one tensor; `fused_experts` says the latter of
    experts. `split_latent` says that the latent's up-projection is stored as two three-dimensional tensors.
    `rope_tensor` names a table of rotary factors kept in the file. `kv_heads_by_layer` says that the file
    lists KV heads per layer, with zero where a layer has no attention: the mix rule looks at the first.
    `delta_joined` says that the linear attention's two small projections are one tensor (Qwen3-Next);
    `gate_apart` that the attention's gate is a tensor of its own, not a part of the query projection;
    `unused_kv` that layers which read another's cache have key and value projections all the same. `bare`
    names norms that the file has without ".weight"; `made_norms` says that the converter makes norms of
    queries and keys that no checkpoint has, `norms_by_head` that each head has its own row of them.
    """

    gguf: str
    norms: tuple[str, ...] = _PLAIN
    final_norm: str = "output_norm"
    fused_qkv: bool = False
    fused_gate_up: bool = False
    fused_experts: bool = False
    split_latent: bool = True
    kv_heads_by_layer: bool = False
    delta_joined: bool = False
    gate_apart: bool = False
    unused_kv: bool = False
    bare: tuple[str, ...] = ()
    made_norms: bool = False
    norms_by_head: bool = False
    rope_factors: str = ""


FAMILIES: dict[str, Family] = {
    "afmoe": Family("afmoe", norms=_AROUND, gate_apart=True),
    "apertus": Family("apertus", rope_factors="rope_freqs"),
    "arcee": Family("arcee"),
    "axk1": Family("deepseek2"),
    "baichuan": Family("baichuan"),
    "bailing_hybrid": Family("bailingmoe3", kv_heads_by_layer=True),
    "bailing_moe": Family("bailingmoe2", fused_qkv=True),
    "bamba": Family("granitehybrid", kv_heads_by_layer=True),
    "bert": Family("bert", norms=("attn_output_norm", "layer_output_norm"), final_norm="token_embd_norm"),
    "bitnet": Family("bitnet"),
    "bloom": Family("bloom", fused_qkv=True),
    "cohere": Family("command-r", norms=_ONE, norms_by_head=True),
    "cohere2": Family("cohere2", norms=_ONE),
    "cohere2_moe": Family("cohere2moe", norms=_ONE),
    "dbrx": Family("dbrx", norms=("attn_norm", "attn_output_norm"), fused_qkv=True),
    "deepseek_v2": Family("deepseek2"),
    "deepseek_v3": Family("deepseek2"),
    "deepseek_v32": Family("deepseek32"),
    "deepseek_v4": Family("deepseek4"),
    "dots1": Family("dots1"),
    "ernie4_5": Family("ernie4_5"),
    "ernie4_5_moe": Family("ernie4_5-moe"),
    "exaone": Family("exaone", rope_factors="rope_freqs"),
    "exaone4": Family("exaone4", norms=_POST, rope_factors="rope_freqs"),
    "exaone4_5": Family("exaone4", norms=_POST, rope_factors="rope_freqs"),
    "exaone_moe": Family("exaone-moe", rope_factors="rope_freqs"),
    "falcon": Family("falcon", norms=("attn_norm", "attn_norm_2"), fused_qkv=True),
    "falcon_h1": Family("falcon-h1", bare=("ffn_norm",)),
    "falcon_mamba": Family("mamba", norms=_ONE),
    "gemma": Family("gemma"),
    "gemma2": Family("gemma2", norms=_AROUND),
    "gemma3": Family("gemma3", norms=_AROUND),
    "gemma3n": Family("gemma3n", norms=_AROUND, unused_kv=True),
    "gemma4": Family(
        "gemma4",
        fused_experts=True,
        kv_heads_by_layer=True,
        rope_factors="rope_freqs",
    ),
    "gemma4_unified": Family("gemma4", fused_experts=True, kv_heads_by_layer=True, rope_factors="rope_freqs"),
    "glm": Family("chatglm", fused_qkv=True, fused_gate_up=True),
    "glm4": Family("glm4", norms=_AROUND, fused_gate_up=True),
    "glm4_moe": Family("glm4moe", norms=_AFTER),
    "glm4_moe_lite": Family("deepseek2"),
    "glm4v": Family("glm4", norms=_AROUND, fused_gate_up=True),
    "glm4v_moe": Family("glm4moe", norms=_AFTER),
    "glm_moe_dsa": Family("glm-dsa"),
    "gpt2": Family("gpt2", fused_qkv=True),
    "gpt_bigcode": Family("starcoder", fused_qkv=True),
    "gpt_neox": Family("gptneox", fused_qkv=True),
    "gpt_oss": Family("gpt-oss", norms=_AFTER),
    "granite": Family("granite"),
    "granitemoe": Family("granitemoe"),
    "granitemoehybrid": Family("granitehybrid", kv_heads_by_layer=True),
    "granitemoeshared": Family("granitemoe"),
    "hunyuan_v1_dense": Family("hunyuan-dense"),
    "hunyuan_v1_moe": Family("hunyuan-moe"),
    "hy_v3": Family("hy_v3"),
    "hyperclovax": Family("llama", norms=_AROUND),
    "internlm2": Family("internlm2"),
    "internlm3": Family("llama"),
    "jamba": Family("jamba", kv_heads_by_layer=True),
    "kimi_k2": Family("deepseek2"),
    "kimi_k25": Family("deepseek2"),
    "kimi_linear": Family("kimi-linear", kv_heads_by_layer=True),
    "laguna": Family("laguna", kv_heads_by_layer=True),
    "lfm2": Family("lfm2", final_norm="token_embd_norm", kv_heads_by_layer=True),
    "lfm2_moe": Family("lfm2moe", final_norm="token_embd_norm", kv_heads_by_layer=True),
    "llama": Family("llama", rope_factors="rope_freqs"),
    "llama4": Family("llama4", rope_factors="rope_freqs"),
    "mamba": Family("mamba", norms=_ONE),
    "mamba2": Family("mamba2", norms=_ONE),
    "mellum": Family("mellum"),
    "mimo": Family("qwen2"),
    "mimo_v2_flash": Family("mimo2", kv_heads_by_layer=True),
    "minicpm": Family("minicpm", rope_factors="rope_factors"),
    "minicpm3": Family("minicpm3", split_latent=False, rope_factors="rope_factors"),
    "minimax_m2": Family("minimax-m2"),
    "minimax_m3_vl": Family("minimax-m3"),
    "ministral": Family("llama"),
    "ministral3": Family("mistral3"),
    "mistral": Family("llama"),
    "mistral3": Family("mistral3"),
    "mistral4": Family("mistral4"),
    "mixtral": Family("llama"),
    "mllama": Family("llama", rope_factors="rope_freqs"),
    "mpt": Family("mpt", fused_qkv=True),
    "muse_glimmer": Family("muse-glimmer", norms=_AROUND, gate_apart=True, made_norms=True),
    "nemotron": Family("nemotron"),
    "nemotron-nas": Family("deci", kv_heads_by_layer=True, rope_factors="rope_freqs"),
    "nemotron_h": Family("nemotron_h", norms=_ONE, kv_heads_by_layer=True),
    "olmo": Family("olmo"),
    "olmo2": Family("olmo2", norms=_POST),
    "olmo3": Family("olmo2", norms=_POST),
    "olmoe": Family("olmoe"),
    "phi": Family("phi2", norms=_ONE, fused_qkv=False),
    "phi3": Family("phi3", fused_qkv=True, fused_gate_up=True, rope_factors="rope_factors"),
    "phi4mm": Family("phi3", fused_qkv=True, fused_gate_up=True, rope_factors="rope_factors"),
    "phimoe": Family("phimoe", rope_factors="rope_factors"),
    "plamo2": Family(
        "plamo2", norms=_AROUND, bare=_POST, fused_qkv=True, fused_gate_up=True, kv_heads_by_layer=True
    ),
    "plamo3": Family("plamo3", norms=_AROUND, bare=_POST, fused_qkv=True, fused_gate_up=True),
    "qwen2": Family("qwen2"),
    "qwen2_5_omni": Family("qwen2vl"),
    "qwen2_5_vl": Family("qwen2vl"),
    "qwen2_moe": Family("qwen2moe"),
    "qwen2_vl": Family("qwen2vl"),
    "qwen3": Family("qwen3"),
    "qwen3_5": Family("qwen35", norms=_AFTER),
    "qwen3_5_moe": Family("qwen35moe", norms=_AFTER),
    "qwen3_moe": Family("qwen3moe"),
    "qwen3_next": Family("qwen3next", norms=_AFTER, delta_joined=True),
    "qwen3_omni_moe": Family("qwen3vlmoe"),
    "qwen3_vl": Family("qwen3vl"),
    "qwen3_vl_moe": Family("qwen3vlmoe"),
    "seed_oss": Family("seed_oss", norms=_AFTER),
    "smollm3": Family("smollm3"),
    "solar_open": Family("glm4moe", norms=_AFTER),
    "stablelm": Family("stablelm", norms_by_head=True),
    "starcoder2": Family("starcoder2"),
    "step3p5": Family("step35", kv_heads_by_layer=True),
    "xlm-roberta": Family(
        "bert", norms=("attn_output_norm", "layer_output_norm"), final_norm="token_embd_norm"
    ),
}
_UNKNOWN = Family("")


def family_of(model_type: str) -> Family:
    """The family of a transformers `model_type`; one with plain names where llama.cpp has none."""
    return FAMILIES.get(model_type, _UNKNOWN)
