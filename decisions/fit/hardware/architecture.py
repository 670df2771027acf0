"""The shape of a model, as far as memory and speed depend on it. Values only: readers make them, sizing
takes them.

Dimensions count elements, never bytes. A model is a sequence of layers; a layer has mixers (attention, a
recurrent state, both side by side, or none) and at most one feed-forward part. Equal layers are equal
values, so a count of the distinct ones is enough to size them.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from decisions.fit.hardware.hashing import HashedOnce, hashed_once

TAKEN_FOR = "taken_for"


class Window(StrEnum):
    """Which tokens an attention layer keeps."""

    FULL = "full"
    SLIDING = "sliding"  # the last `window_tokens`
    CHUNKED = "chunked"  # the current chunk of `window_tokens` (Llama 4)


@dataclass(frozen=True, slots=True)
class Attention:
    """Attention that caches keys and values of `kv_heads` heads per token (MHA, GQA, MQA).

    `shares_cache` says that the layer reads the cache of an earlier one and keeps none of its own (Gemma
    3n). `cross_tokens` is set where keys and values come from another input of that many tokens (Llama
    3.2 Vision), and do not grow with the context. `value_is_key` says that values are the keys (Gemma 4's
    full layers), which saves weights and, in engines that know it, nothing of the cache. `gate` says that
    there is a gate of the queries' width as well, in their projection (Qwen3-Next) or beside it (AFMoE);
    `head_gate` that there is one of a single value per head (Step 3.5). `sinks` is one weight per head
    (gpt-oss). `index_dim` and `index_heads` describe a sparse indexer (MiniMax-M3), which caches
    `index_dim` more per token; zero where the layer has none. The norm dims are widths of weight
    vectors: a head's where all heads share it, all heads' together where they do not (OLMo 2);
    `norm_bias` says that each has a bias too.
    """

    heads: int
    kv_heads: int
    key_dim: int
    value_dim: int
    window: Window = Window.FULL
    window_tokens: int | None = None
    query_bias: bool = False
    kv_bias: bool = False
    output_bias: bool = False
    query_norm_dim: int = 0
    key_norm_dim: int = 0
    value_is_key: bool = False
    gate: bool = False
    sinks: bool = False
    shares_cache: bool = False
    cross_tokens: int | None = None
    head_gate: bool = False
    norm_bias: bool = False
    index_dim: int = 0
    index_heads: int = 0


@dataclass(frozen=True, slots=True)
class LatentAttention:
    """Multi-head latent attention (DeepSeek-V2): caches one compressed row of `kv_rank` + `rope_dim` per
    token.

    `query_rank` is None where queries are not compressed. The norms of the compressed rows (`query_rank`,
    `kv_rank`) are implied. `index_dim` and `index_heads` describe the sparse indexer of DeepSeek-V3.2,
    which caches `index_dim` more per token; zero where the layer has none or uses that of an earlier one
    (GLM-5.2).
    """

    heads: int
    kv_rank: int
    rope_dim: int
    nope_dim: int
    value_dim: int
    query_rank: int | None = None
    index_dim: int = 0
    index_heads: int = 0


@dataclass(frozen=True, slots=True)
class StateSpace:
    """Mamba: a convolution and a state of fixed size per sequence, whatever the context.

    `inner` is the expanded width, `state` the state per channel, `conv` the kernel. Mamba-2 (`version` 2) has
    `heads` of `inner` / `heads` and `groups`; Mamba-1 has `dt_rank`. `inner_norm` is Mamba-2's gated norm of
    `inner`, or Jamba's three norms of Mamba-1 (`dt_rank`, `state`, `state`).
    """

    version: int
    inner: int
    state: int
    conv: int
    heads: int = 0
    groups: int = 1
    dt_rank: int = 0
    conv_bias: bool = True
    proj_bias: bool = False
    inner_norm: bool = True


@dataclass(frozen=True, slots=True)
class LinearAttention:
    """A matrix state per value head. `kind` is "gated_delta" (Qwen3-Next), "kimi_delta" (Kimi Linear) or
    "lightning" (MiniMax).

    The state per sequence is `value_heads` × `key_dim` × `value_dim`, beside a convolution of width 2 ×
    `key_heads` × `key_dim` + `value_heads` × `value_dim` with kernel `conv` (none where `conv` is 0).
    """

    kind: str
    key_heads: int
    value_heads: int
    key_dim: int
    value_dim: int
    conv: int = 0


@dataclass(frozen=True, slots=True)
class ShortConv:
    """The gated short convolution of LFM2: keeps the last `kernel` - 1 rows of `width` per sequence."""

    width: int
    kernel: int
    bias: bool = False


Mixer = Attention | LatentAttention | StateSpace | LinearAttention | ShortConv


@dataclass(frozen=True, slots=True)
class Dense:
    """A feed-forward part of width `inner`; `gated` ones have three matrices, others two."""

    inner: int
    gated: bool = True
    bias: bool = False


@dataclass(frozen=True, slots=True)
class Experts:
    """A mixture of experts: `active` of `count` experts of width `inner` per token, and shared ones of width
    `shared_inner` together (0: none). `latent` is the width experts work in where it is not the model's own
    (Nemotron 3 Super); `dense_inner` a dense part beside the experts (Gemma 4, Llama 4's is `shared_inner`).
    """

    count: int
    active: int
    inner: int
    shared_inner: int = 0
    gated: bool = True
    bias: bool = False
    router_bias: bool = False
    shared_gate: bool = False
    latent: int = 0
    dense_inner: int = 0


@hashed_once
@dataclass(frozen=True, slots=True)
class Layer(HashedOnce):
    """One block. `norms` lists the widths of its norm vectors beyond those named by its mixers, and of other
    vectors that belong to no part (a width of 1 is a single gate or coefficient); `norm_bias` says that
    each comes with a bias (LayerNorm)."""

    mixers: tuple[Mixer, ...] = ()
    feed_forward: Dense | Experts | None = None
    norms: tuple[int, ...] = ()
    norm_bias: bool = False


@dataclass(frozen=True, slots=True)
class Tower:
    """A part beside the text model: a vision or audio tower with its projector, a drafting block.

    `kind` is "vision", "audio" or "mtp" (multi-token prediction). Runtimes hold it at 16 bits unless a
    quantization says otherwise.
    """

    kind: str
    parameters: int


@hashed_once
@dataclass(frozen=True, slots=True)
class Architecture(HashedOnce):
    """A model's shape. `model_type` is the text model's name in transformers' configuration, without
    "_text" at its end (llama, qwen3_moe, gemma3, qwen3_vl, …); `wrapper` is the name of the whole where the
    text model is nested in another (mistral3, llava, kimi_k25), else empty.

    `vocabulary` counts rows of the embedding, padding included. `tied` says that the output matrix is the
    embedding. `rope_dim` is the rotated width of a head. `source_dtype` is the checkpoint's own type
    ("bfloat16"), `source_quantization` how the published weights are stored where that is not 16 bits
    ("mxfp4", "fp8"). `embedding_extra` counts further embedding weights (positions, per-layer embeddings).
    `final_norms` are the widths of norm vectors outside the layers: the last norm, and one after the
    embedding where there is one (BLOOM).
    `unknown` names what a reader could not find: "model_type" where the family is not known and the shape
    was read as a plain decoder's, "towers" where a tower could not be counted, TAKEN_FOR where the whole
    shape is that of another model, of which this one is a copy or a sibling by its name. Whoever needs it
    says *unknown* or *assumed* instead of guessing.
    """

    model_type: str
    hidden: int
    vocabulary: int
    layers: tuple[Layer, ...]
    tied: bool
    max_context_tokens: int | None = None
    rope_dim: int = 0
    final_norms: tuple[int, ...] = ()
    norm_bias: bool = False
    output_bias: bool = False
    embedding_extra: int = 0
    source_dtype: str = "bfloat16"
    source_quantization: str = ""
    towers: tuple[Tower, ...] = ()
    unknown: tuple[str, ...] = ()
    wrapper: str = ""
    extra: tuple[tuple[str, int], ...] = field(default=())
    """Dimensions that only one family has, by the name of its configuration (per_layer_embedding_dim, …)."""
    kept: tuple[str, ...] = ()
    """Groups of tensors that the named upload leaves in 16 bits, beside those its format keeps."""
