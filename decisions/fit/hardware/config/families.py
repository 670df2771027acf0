"""What the code of each model family fixes, so that no configuration says it: norms, biases, gates, patterns.

Read off the classes of transformers 5.23.0 and of the repositories that bring their own (2026-11-28), and
checked by counting parameters against published totals.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Family:
    """Traits of a family. Biases name the field that switches them, or are "yes" or "" (no).

    `norms` counts vectors of the model's width per layer; `norm_bias` says that they are LayerNorms.
    `qk_norm` is "head" (one vector for all heads), "width" (for all heads together), or "" (none); it holds
    only where the field named by `qk_switch` is true, if there is one. `slides` says that every layer keeps
    the window where one is set, `every` that each n-th layer is full and the others are `others`.
    `gate` is "width", "head" or "". `vectors` counts single coefficients per layer. `experts_in` is the
    width of experts ("" is moe_intermediate_size alone), `shared` says that shared experts are counted
    in widths of an expert.
    """

    norms: int = 2
    norm_bias: bool = False
    final_norms: int = 1
    gated: bool = True
    query_bias: str = ""
    kv_bias: str = ""
    output_bias: str = ""
    mlp_bias: str = ""
    head_bias: str = ""
    qk_norm: str = ""
    qk_switch: str = ""
    qk_norm_bias: bool = False
    gate: str = ""
    sinks: bool = False
    slides: bool = False
    every: int = 0
    others: str = "sliding"
    vectors: int = 0
    router_bias: str = ""
    shared_gate: bool = False
    expert_bias: str = ""
    positions: int = -1
    rotary: float = 1.0
    latent: bool = False


def _biased(family: Family, switch: str) -> Family:
    return replace(family, query_bias=switch, kv_bias=switch, output_bias=switch)


PLAIN = Family()
LLAMA = replace(_biased(PLAIN, "attention_bias"), mlp_bias="mlp_bias")
MISTRAL = replace(PLAIN, slides=True)
QWEN2 = replace(PLAIN, query_bias="yes", kv_bias="yes")
QWEN3 = replace(_biased(PLAIN, "attention_bias"), qk_norm="head")
GEMMA2 = replace(_biased(PLAIN, "attention_bias"), norms=4, every=2)
GEMMA3 = replace(GEMMA2, qk_norm="head", every=6)
ALL_BIASED = replace(
    _biased(PLAIN, "yes"), norm_bias=True, gated=False, mlp_bias="yes", rotary=0.0
)  # the layers of GPT-2 and its kin
LATENT = replace(
    PLAIN, latent=True, router_bias="yes", query_bias="attention_bias", output_bias="attention_bias"
)
QWEN35 = replace(QWEN3, gate="width", every=4, others="linear", rotary=0.25, shared_gate=True)
COHERE = replace(_biased(PLAIN, "attention_bias"), norms=1, qk_norm="all", qk_switch="use_qk_norm")
GLM = replace(PLAIN, query_bias="attention_bias", kv_bias="attention_bias", rotary=0.5)
OLMO2 = replace(_biased(PLAIN, "attention_bias"), qk_norm="width")
EXAONE4 = replace(PLAIN, qk_norm="head", every=4, router_bias="yes")
HYBRID = replace(_biased(PLAIN, "attention_bias"), mlp_bias="mlp_bias")
MAMBA = replace(PLAIN, norms=1, rotary=0.0)

FAMILIES: dict[str, Family] = {
    **dict.fromkeys(("llama", "arcee", "smollm3", "cwm", "exaone", "minicpm", "iquestcoder"), LLAMA),
    **dict.fromkeys(("helium", "granite", "granitemoe", "granitemoeshared", "mllama", "llama4"), LLAMA),
    **dict.fromkeys(("mistral", "mixtral", "ministral", "ministral3", "phi3", "phi4mm"), MISTRAL),
    **dict.fromkeys(("qwen2", "qwen2_vl", "qwen2_5_vl", "qwen2_5_omni", "mimo"), QWEN2),
    **dict.fromkeys(("qwen3", "qwen3_moe", "qwen3_vl", "qwen3_vl_moe", "qwen3_omni_moe", "mellum"), QWEN3),
    **dict.fromkeys(("qwen3_next", "qwen3_5", "qwen3_5_moe"), QWEN35),
    **dict.fromkeys(("baichuan", "internlm2", "bitnet", "nemotron-nas"), PLAIN),
    **dict.fromkeys(("deepseek_v3", "deepseek_v32", "kimi_k2", "glm4_moe_lite", "glm_moe_dsa"), LATENT),
    **dict.fromkeys(("youtu", "mistral4", "kimi_linear"), LATENT),
    "deepseek_v2": replace(LATENT, router_bias=""),
    "minicpm3": replace(LATENT, router_bias=""),
    "axk1": replace(LATENT, norms=3),
    "arcee": replace(LLAMA, gated=False),
    "apertus": replace(QWEN3, gated=False, vectors=2),
    "afmoe": replace(QWEN3, norms=4, gate="width", every=4, router_bias="yes"),
    "bailing_moe": replace(
        PLAIN, query_bias="attention_bias", kv_bias="attention_bias", qk_norm="head", router_bias="yes"
    ),
    "bloom": replace(ALL_BIASED, final_norms=2),
    "cohere": COHERE,
    "cohere2": replace(COHERE, qk_norm="", every=4),
    "cohere2_moe": replace(COHERE, qk_norm="", every=4),
    "dbrx": PLAIN,
    "dots1": replace(QWEN3, router_bias="yes"),
    **dict.fromkeys(
        ("ernie4_5", "ernie4_5_moe"),
        replace(_biased(PLAIN, "use_bias"), mlp_bias="use_bias", router_bias="yes"),
    ),
    **dict.fromkeys(("exaone4", "exaone_moe"), EXAONE4),
    "falcon": replace(_biased(PLAIN, "bias"), norms=1, norm_bias=True, gated=False, mlp_bias="bias"),
    "falcon_h1": HYBRID,
    "gemma": replace(PLAIN, norms=2),
    "gemma2": GEMMA2,
    "gemma3": GEMMA3,
    "gemma3n": replace(GEMMA3, every=5),
    **dict.fromkeys(("gemma4", "gemma4_unified"), replace(GEMMA3, every=6)),
    "glm": GLM,
    "glm4": replace(GLM, norms=4),
    "glm4v": replace(GLM, norms=4),
    **dict.fromkeys(
        ("glm4_moe", "glm4v_moe"),
        replace(GLM, qk_norm="head", qk_switch="use_qk_norm", router_bias="yes"),
    ),
    "gpt2": replace(ALL_BIASED, positions=0),
    "gpt_bigcode": replace(ALL_BIASED, positions=0),
    "gptj": replace(PLAIN, norms=1, norm_bias=True, gated=False, mlp_bias="yes", head_bias="yes"),
    "gpt_neox": replace(
        _biased(PLAIN, "attention_bias"), norm_bias=True, gated=False, mlp_bias="yes", rotary=0.25
    ),
    "gpt_oss": replace(
        _biased(PLAIN, "attention_bias"), every=2, sinks=True, expert_bias="yes", router_bias="yes"
    ),
    "granitemoehybrid": replace(HYBRID, others="mamba"),
    "hunyuan_v1_dense": QWEN3,
    "hunyuan_v1_moe": QWEN3,
    "hy_v3": replace(QWEN3, router_bias="yes"),
    "hyperclovax": replace(LLAMA, norms=4),
    "internlm3": replace(
        PLAIN, query_bias="attention_bias", kv_bias="attention_bias", output_bias="bias", mlp_bias="bias"
    ),
    "jamba": PLAIN,
    "laguna": replace(QWEN3, gate="head", router_bias="yes"),
    "lfm2": replace(PLAIN, qk_norm="head"),
    "lfm2_moe": replace(PLAIN, qk_norm="head", router_bias="use_expert_bias"),
    "mimo_v2_flash": replace(
        PLAIN, query_bias="attention_bias", kv_bias="attention_bias", router_bias="yes", rotary=0.334
    ),
    "minimax_m2": replace(PLAIN, qk_norm="width", router_bias="yes"),
    "minimax_m3_vl": replace(PLAIN, qk_norm="head", router_bias="yes"),
    "mpt": replace(PLAIN, gated=False, rotary=0.0),
    "muse_glimmer": replace(_biased(PLAIN, "attention_bias"), norms=4, gate="width", every=4),
    "nemotron": replace(
        _biased(PLAIN, "attention_bias"), norm_bias=True, gated=False, mlp_bias="mlp_bias", rotary=0.5
    ),
    "nemotron_h": replace(
        _biased(PLAIN, "attention_bias"),
        norms=1,
        gated=False,
        mlp_bias="mlp_bias",
        rotary=0.0,
        router_bias="yes",
    ),
    "olmo": replace(LLAMA, norms=0, final_norms=0, mlp_bias=""),
    "olmo2": OLMO2,
    "olmo3": replace(OLMO2, every=4),
    "olmoe": OLMO2,
    "flex_olmo": OLMO2,
    "opt": replace(ALL_BIASED, positions=2),
    "persimmon": replace(ALL_BIASED, qk_norm="head", qk_norm_bias=True, rotary=0.5),
    "phi": replace(ALL_BIASED, norms=1, head_bias="yes", rotary=0.5),
    "phimoe": replace(
        _biased(PLAIN, "attention_bias"), norm_bias=True, slides=True, head_bias="lm_head_bias"
    ),
    "qwen2_moe": replace(PLAIN, query_bias="attention_bias", kv_bias="attention_bias", shared_gate=True),
    "seed_oss": replace(
        PLAIN, query_bias="attention_bias", kv_bias="attention_bias", output_bias="attention_out_bias"
    ),
    "solar_open": replace(PLAIN, router_bias="yes"),
    "stablelm": replace(
        PLAIN,
        norm_bias=True,
        query_bias="attention_bias",
        kv_bias="attention_bias",
        qk_norm="all",
        qk_switch="qk_layernorm",
        rotary=0.25,
    ),
    "starcoder2": replace(
        _biased(PLAIN, "use_bias"), norm_bias=True, gated=False, slides=True, mlp_bias="use_bias"
    ),
    "step3p5": replace(PLAIN, qk_norm="head", gate="head", router_bias="yes"),
    **dict.fromkeys(("mamba", "mamba2", "falcon_mamba"), MAMBA),
    "bamba": replace(HYBRID, others="mamba"),
}
ALIASES = {
    "kimi_k25": "deepseek_v3",
    "kimi_k2": "deepseek_v3",
    "internvl_chat": "qwen2",
    "bailing_moe_v2": "bailing_moe",
    "phi3_v": "phi3",
    "chatglm": "glm",
    "deci": "nemotron-nas",
    "decilm": "nemotron-nas",
    "aquila": "llama",
    "yi": "llama",
    "refinedweb": "falcon",
    "refinedwebmodel": "falcon",
}
"""Names that mean another family's code."""


def family_of(model_type: str) -> Family | None:
    """The traits of a family, or None for one that is not known."""
    return FAMILIES.get(model_type)
