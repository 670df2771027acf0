"""The mixers of a layer: attention in its kinds, recurrent states, short convolutions."""

import math

from decisions.fit.hardware.architecture import (
    Attention,
    LatentAttention,
    LinearAttention,
    Mixer,
    ShortConv,
    StateSpace,
    Window,
)
from decisions.fit.hardware.config.families import Family
from decisions.fit.hardware.config.fields import Fields
from decisions.fit.hardware.config.special import Place, changed

CROSS_TOKENS = 6404  # Llama 3.2 Vision: 4 tiles of 1,601 positions
PER_LAYER = ("num_attention_heads", "num_attention_heads_per_layer", "num_key_value_heads")
WINDOWS = {"sliding": Window.SLIDING, "chunked": Window.CHUNKED}


def switched(fields: Fields, switch: str) -> bool:
    """Whether a family's bias is there: always, never, or where a field says so."""
    return switch == "yes" or (bool(switch) and fields.flag(switch))


class Mixers:
    """Makes the mixers of one configuration, layer by layer."""

    def __init__(self, fields: Fields, family: Family, model_type: str, layers: int) -> None:
        self.fields = fields
        self.family = family
        self.model_type = model_type
        self.layers = layers
        self.hidden = fields.need("hidden_size")
        self._per_layer = tuple(zip(*(fields.each(name, layers, 1) for name in PER_LAYER), strict=True))
        self._own_cache = layers - fields.count("num_kv_shared_layers")
        self._dense_first = fields.count("first_k_dense_replace")
        self._is_indexed = fields.states("index_head_dim")
        self._made: dict[tuple[object, ...], tuple[Mixer, ...]] = {}

    def of(self, kind: str, layer: int) -> tuple[Mixer, ...]:
        """The mixers of a layer of that kind; none where it has only a feed-forward part."""
        place = (layer >= self._own_cache, layer >= self._dense_first, self._has_indexer(layer))
        key = (kind, self._per_layer[layer], *place)
        if key not in self._made:
            self._made[key] = self._of(kind, layer)
        return self._made[key]

    def _of(self, kind: str, layer: int) -> tuple[Mixer, ...]:
        if kind in ("mlp", "moe"):
            return ()
        if kind == "parallel":
            return self._attention("full", layer), self._state_space()
        if kind == "mamba":
            return (self._state_space(),)
        if kind == "conv":
            return (self._conv(),)
        if kind == "linear":
            return (self._linear(),)
        return (self._latent(layer) if self._is_latent() else self._attention(kind, layer),)

    def _is_latent(self) -> bool:
        return self.family.latent or self.fields.states("kv_lora_rank")

    def _attention(self, kind: str, layer: int) -> Attention:
        fields, family = self.fields, self.family
        heads, kv_heads, key_dim, value_dim = self._heads(kind, layer)
        normed = family.qk_norm and (not family.qk_switch or fields.flag(family.qk_switch))
        return changed(
            self.model_type,
            fields,
            Place(kind, layer),
            Attention(
                heads=heads,
                kv_heads=kv_heads,
                key_dim=key_dim,
                value_dim=value_dim,
                window=WINDOWS.get(kind, Window.FULL),
                window_tokens=self._window_tokens(kind),
                query_bias=switched(fields, family.query_bias),
                kv_bias=switched(fields, family.kv_bias),
                output_bias=switched(fields, family.output_bias),
                query_norm_dim=self._norm_dim(heads, key_dim) if normed else 0,
                key_norm_dim=self._norm_dim(kv_heads, key_dim) if normed else 0,
                norm_bias=family.qk_norm_bias,
                gate=family.gate == "width",
                head_gate=family.gate == "head",
                sinks=family.sinks,
                shares_cache=layer >= self._own_cache,
                cross_tokens=CROSS_TOKENS if kind == "cross" else None,
            ),
        )

    def _norm_dim(self, heads: int, key_dim: int) -> int:
        return key_dim if self.family.qk_norm == "head" else heads * key_dim

    def _window_tokens(self, kind: str) -> int | None:
        if kind == "chunked":
            return self.fields.whole("attention_chunk_size") or self.fields.need("sliding_window")
        return self.fields.need("sliding_window") if kind == "sliding" else None

    def _heads(self, kind: str, layer: int) -> tuple[int, int, int, int]:
        """Heads, key-value heads, width of keys and of values of one layer."""
        fields = self.fields
        heads, stated, kv_heads = self._per_layer[layer]
        heads = stated or heads or fields.need("num_attention_heads")
        kv_heads = kv_heads or heads
        key_dim = fields.whole("head_dim") or fields.divided("hidden_size", self.hidden, heads)
        value_dim = fields.whole("v_head_dim") or key_dim
        if kind == "sliding":
            heads = fields.whole("swa_num_attention_heads") or heads
            kv_heads = fields.whole("swa_num_key_value_heads") or kv_heads
            key_dim = fields.whole("swa_head_dim") or key_dim
            value_dim = fields.whole("swa_v_head_dim") or value_dim
        return heads, kv_heads, key_dim, value_dim

    def _latent(self, layer: int) -> LatentAttention:
        fields = self.fields
        nope = fields.need("qk_nope_head_dim")
        indexed = self._has_indexer(layer)
        return LatentAttention(
            heads=fields.need("num_attention_heads"),
            kv_rank=fields.need("kv_lora_rank"),
            rope_dim=fields.need("qk_rope_head_dim", 0),
            nope_dim=nope,
            value_dim=fields.whole("v_head_dim") or self._value_dim(),
            query_rank=fields.whole("q_lora_rank"),
            index_dim=fields.count("index_head_dim") if indexed else 0,
            index_heads=fields.count("index_n_heads") if indexed else 0,
        )

    def _value_dim(self) -> int:
        fields = self.fields
        return fields.divided("hidden_size", self.hidden, fields.need("num_attention_heads"))

    def _has_indexer(self, layer: int) -> bool:
        """GLM-5.2 shares the indexer of an earlier layer where the pattern says so."""
        fields = self.fields
        if not self._is_indexed:
            return False
        if listed := fields.entries("indexer_types"):
            return bool(fields.fitting("indexer_types", listed, self.layers)[layer] == "full")
        if pattern := fields.text("index_topk_pattern"):
            return bool(fields.fitting("index_topk_pattern", pattern, self.layers)[layer] == "F")
        every = fields.whole("index_topk_freq") or 1
        offset = fields.whole("index_skip_topk_offset", 0)
        return max(layer - (2 if offset is None else offset) + 1, 0) % every == 0

    def _state_space(self) -> StateSpace:
        return self._mamba1() if self._is_mamba1() else self._mamba2()

    def _is_mamba1(self) -> bool:
        return self.model_type in ("jamba", "mamba", "falcon_mamba")

    def _mamba1(self) -> StateSpace:
        fields = self.fields
        rank = fields.raw("time_step_rank")
        return StateSpace(
            version=1,
            inner=self._mamba1_width(),
            state=fields.whole("state_size") or 16,
            conv=fields.whole("conv_kernel") or 4,
            dt_rank=math.ceil(self.hidden / 16) if rank in (None, "auto") else fields.need("time_step_rank"),
            conv_bias=fields.flag("use_conv_bias", otherwise=True),
            proj_bias=fields.flag("mamba_proj_bias") or fields.flag("use_bias"),
            inner_norm=self.model_type == "jamba",
        )

    def _mamba1_width(self) -> int:
        """Mamba's own width where it is stated, whatever the expansion beside it (Falcon Mamba states 16);
        Jamba's field of that name is that of its feed-forward part."""
        fields, name = self.fields, "intermediate_size"
        stated = fields.whole("d_inner") or (fields.whole(name) if self.model_type != "jamba" else None)
        return stated or (fields.whole("expand") or 2) * self.hidden

    def _mamba2(self) -> StateSpace:
        fields = self.fields
        heads = fields.whole("mamba_num_heads") or fields.need("num_heads")
        return StateSpace(
            version=2,
            inner=self._inner(heads),
            state=fields.need("state_size"),
            conv=fields.whole("conv_kernel") or 4,
            heads=heads,
            groups=fields.whole("n_groups") or 1,
            conv_bias=fields.flag("use_conv_bias", otherwise=True),
            proj_bias=fields.flag("mamba_proj_bias") or fields.flag("use_bias"),
            inner_norm=fields.flag("mamba_rms_norm", otherwise=True),
        )

    def _inner(self, heads: int) -> int:
        """Falcon-H1 states the width, Nemotron-H heads × their width, others an expansion of the model's."""
        fields = self.fields
        if fields.states("mamba_d_ssm"):
            return fields.need("mamba_d_ssm")
        width = None if fields.raw("mamba_head_dim") == "auto" else fields.whole("mamba_head_dim")
        expanded = (fields.whole("expand") or 2) * self.hidden
        if self.model_type == "mamba2":
            width = fields.whole("head_dim")
        return heads * width if width else fields.divided("hidden_size", expanded, heads) * heads

    def _conv(self) -> ShortConv:
        return ShortConv(
            width=self.fields.whole("conv_dim") or self.hidden,
            kernel=self.fields.whole("conv_L_cache") or 3,
            bias=self.fields.flag("conv_bias"),
        )

    def _linear(self) -> LinearAttention:
        if self.model_type == "kimi_linear":
            return self._kimi_delta()
        fields = self.fields
        return LinearAttention(
            kind="gated_delta",
            key_heads=fields.need("linear_num_key_heads"),
            value_heads=fields.need("linear_num_heads"),
            key_dim=fields.need("linear_key_head_dim"),
            value_dim=fields.need("linear_value_head_dim"),
            conv=fields.need("linear_conv_kernel_dim"),
        )

    def _kimi_delta(self) -> LinearAttention:
        nested, fields = self.fields.inner("linear_attn_config"), self.fields
        heads = (nested.whole("num_heads") if nested else None) or fields.need("linear_num_heads")
        width = (nested.whole("head_dim") if nested else None) or fields.need("linear_head_dim")
        conv = nested.whole("short_conv_kernel_size") if nested else None
        return LinearAttention(
            "kimi_delta", heads, heads, width, width, conv or fields.need("linear_conv_kernel_dim")
        )
