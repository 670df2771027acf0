"""Shapes of real models, written out by hand, so that sizing is tested without the readers.

Sources: the models' config.json on the Hugging Face Hub, as of 2026-11-22.
"""

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Dense,
    Experts,
    LatentAttention,
    Layer,
    ShortConv,
    StateSpace,
    Window,
)


def attention(heads: int, kv_heads: int, dim: int, **more) -> Attention:
    return Attention(heads, kv_heads, dim, dim, **more)


def plain(
    model_type: str, hidden: int, vocabulary: int, layers: tuple[Layer, ...], *, tied: bool, **more
) -> Architecture:
    more = {"final_norms": (hidden,), "max_context_tokens": 4096, **more}
    return Architecture(model_type, hidden, vocabulary, layers, tied, **more)


def qwen25_05b() -> Architecture:
    layer = Layer((attention(14, 2, 64, query_bias=True, kv_bias=True),), Dense(4864), (896, 896))
    return plain("qwen2", 896, 151_936, (layer,) * 24, tied=True, rope_dim=64, max_context_tokens=32_768)


def qwen3_30b_a3b() -> Architecture:
    mixer = attention(32, 4, 128, query_norm_dim=128, key_norm_dim=128)
    layer = Layer((mixer,), Experts(128, 8, 768), (2048, 2048))
    return plain(
        "qwen3_moe", 2048, 151_936, (layer,) * 48, tied=False, rope_dim=128, max_context_tokens=40_960
    )


def smollm2_135m() -> Architecture:
    layer = Layer((attention(9, 3, 64),), Dense(1536), (576, 576))
    return plain("llama", 576, 49_152, (layer,) * 30, tied=True, rope_dim=64, max_context_tokens=8192)


def llama31_8b() -> Architecture:
    layer = Layer((attention(32, 8, 128),), Dense(14_336), (4096, 4096))
    return plain("llama", 4096, 128_256, (layer,) * 32, tied=False, rope_dim=128, max_context_tokens=131_072)


def phi3_mini() -> Architecture:
    layer = Layer((attention(32, 32, 96),), Dense(8192), (3072, 3072))
    return plain("phi3", 3072, 32_064, (layer,) * 32, tied=False, rope_dim=96)


def gemma2_2b() -> Architecture:
    layers = tuple(
        Layer((attention(8, 4, 256, window=window, window_tokens=4096),), Dense(9216), (2304,) * 4)
        for window in (Window.SLIDING, Window.FULL) * 13
    )
    return plain("gemma2", 2304, 256_000, layers, tied=True, rope_dim=256, max_context_tokens=8192)


def gemma3_1b() -> Architecture:
    def layer(index: int) -> Layer:
        window = Window.FULL if index % 6 == 5 else Window.SLIDING
        mixer = attention(4, 1, 256, window=window, window_tokens=512, query_norm_dim=256, key_norm_dim=256)
        return Layer((mixer,), Dense(6912), (1152,) * 4)

    layers = tuple(layer(index) for index in range(26))
    return plain("gemma3", 1152, 262_144, layers, tied=True, rope_dim=256, max_context_tokens=32_768)


def gpt_oss_20b() -> Architecture:
    biases = {"query_bias": True, "kv_bias": True, "output_bias": True, "sinks": True}
    layers = tuple(
        Layer(
            (attention(64, 8, 64, window=window, window_tokens=128, **biases),),
            Experts(32, 4, 2880, bias=True, router_bias=True),
            (2880, 2880),
        )
        for window in (Window.SLIDING, Window.FULL) * 12
    )
    return plain(
        "gpt_oss",
        2880,
        201_088,
        layers,
        tied=False,
        rope_dim=64,
        max_context_tokens=131_072,
        source_quantization="mxfp4",
    )


def deepseek_v2_lite() -> Architecture:
    mixer = LatentAttention(16, 512, 64, 128, 128)
    dense = Layer((mixer,), Dense(10_944), (2048, 2048))
    sparse = Layer((mixer,), Experts(64, 6, 1408, shared_inner=2816), (2048, 2048))
    layers = (dense, *(sparse,) * 26)
    return plain("deepseek_v2", 2048, 102_400, layers, tied=False, rope_dim=64, max_context_tokens=163_840)


def lfm2_12b() -> Architecture:
    attending = (2, 5, 8, 10, 12, 14)
    mixer = attention(32, 8, 64, query_norm_dim=64, key_norm_dim=64)
    layers = tuple(
        Layer((mixer if index in attending else ShortConv(2048, 3),), Dense(8192), (2048, 2048))
        for index in range(16)
    )
    return plain("lfm2", 2048, 65_536, layers, tied=True, rope_dim=64, max_context_tokens=128_000)


def granite4_h_tiny() -> Architecture:
    ssm = StateSpace(2, 3072, 128, 4, heads=48, groups=1)
    mixer = attention(12, 4, 128)
    part = Experts(64, 6, 512, shared_inner=1024)
    layers = tuple(
        Layer((mixer if index in (5, 15, 25, 35) else ssm,), part, (1536, 1536)) for index in range(40)
    )
    return plain(
        "granitemoehybrid", 1536, 100_352, layers, tied=True, rope_dim=128, max_context_tokens=131_072
    )


SHAPES = {
    "Qwen/Qwen2.5-0.5B-Instruct": qwen25_05b,
    "Qwen/Qwen3-30B-A3B": qwen3_30b_a3b,
    "HuggingFaceTB/SmolLM2-135M-Instruct": smollm2_135m,
    "meta-llama/Llama-3.1-8B-Instruct": llama31_8b,
    "microsoft/Phi-3-mini-4k-instruct": phi3_mini,
    "google/gemma-2-2b-it": gemma2_2b,
    "google/gemma-3-1b-it": gemma3_1b,
    "openai/gpt-oss-20b": gpt_oss_20b,
    "deepseek-ai/DeepSeek-V2-Lite": deepseek_v2_lite,
    "LiquidAI/LFM2-1.2B": lfm2_12b,
    "ibm-granite/granite-4.0-h-tiny": granite4_h_tiny,
}
