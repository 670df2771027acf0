"""The feed-forward part of a layer: dense, a mixture of experts, or none."""

from collections.abc import Sequence

from decisions.fit.hardware.architecture import Dense, Experts
from decisions.fit.hardware.config.families import Family
from decisions.fit.hardware.config.fields import Fields
from decisions.fit.hardware.config.mixers import switched

PER_LAYER = ("intermediate_size", "moe_intermediate_size", "num_experts_per_tok", "num_shared_experts")
SHARED_BY_DEFAULT = frozenset({"llama4"})


class FeedForward:
    """Makes the feed-forward parts of one configuration, layer by layer."""

    def __init__(self, fields: Fields, family: Family, model_type: str, layers: int) -> None:
        self.fields = fields
        self.family = family
        self.model_type = model_type
        self.layers = layers
        self.hidden = fields.need("hidden_size")
        self._per_layer = tuple(fields.each(name, layers) for name in PER_LAYER)
        self._widths = self._per_layer[0]
        self._own_cache = layers - fields.count("num_kv_shared_layers")
        self._made: dict[tuple[object, ...], Dense | Experts | None] = {}
        self._experts = self._count()
        self._sparse = self._which() if self._experts > 1 else (False,) * layers

    def of(self, kind: str, layer: int) -> Dense | Experts | None:
        """The feed-forward part of a layer of that kind."""
        key = (
            kind,
            self._sparse[layer],
            layer >= self._own_cache,
            *(each[layer] for each in self._per_layer),
        )
        if key not in self._made:
            self._made[key] = self._of(kind, layer)
        return self._made[key]

    def _of(self, kind: str, layer: int) -> Dense | Experts | None:
        if self.model_type == "nemotron_h":
            return {"mlp": self.dense(layer), "moe": self._moe(layer) if kind == "moe" else None}.get(kind)
        if self.model_type in ("mamba", "mamba2", "falcon_mamba"):
            return None
        return self._moe(layer) if self._sparse[layer] else self.dense(layer)

    def dense(self, layer: int) -> Dense | None:
        """A dense part; none where its width is 0."""
        width = self._dense_width(layer)
        return Dense(width, self.family.gated, switched(self.fields, self.family.mlp_bias)) if width else None

    def _dense_width(self, layer: int) -> int:
        fields = self.fields
        for name in DENSE_NAMES.get(self.model_type, ()):
            if stated := fields.whole(name, 0):
                return stated
        if self.model_type in ADJUSTED and fields.flag("block_auto_adjust_ff_dim"):
            return self._adjusted(fields.whole("block_ff_dim") or fields.need("intermediate_size"))
        width = self._widths[layer]
        if width is None and self.model_type in FOURFOLD:
            return (fields.whole("expansion_ratio") or 4) * self.hidden
        if width is None:
            width = fields.need("intermediate_size", 0)
        return width * self._times(layer)

    def _times(self, layer: int) -> int:
        """Gemma 4's small models are twice as wide where the cache is shared."""
        fields = self.fields
        return 2 if layer >= self._own_cache and fields.flag("use_double_wide_mlp") else 1

    def _adjusted(self, width: int) -> int:
        """LFM2: two thirds, times a factor, up to a multiple."""
        fields = self.fields
        width = int(2 * width / 3)
        factor = fields.number("block_ffn_dim_multiplier")
        width = int(width * factor) if factor else width
        multiple = fields.whole("block_multiple_of") or 256
        return multiple * -(-width // multiple)

    def _count(self) -> int:
        fields = self.fields
        if nested := fields.inner("ffn_config"):
            return nested.count("moe_num_experts")
        return 0 if fields.raw("enable_moe_block") is False else fields.count("num_experts")

    def _which(self) -> tuple[bool, ...]:
        """Which layers are mixtures: a list, a first number of dense ones, a step, a period."""
        fields, layers = self.fields, self.layers
        if named := fields.entries("mlp_layer_types"):
            return tuple(one == "sparse" for one in fields.fitting("mlp_layer_types", named, layers))
        if (chosen := self._chosen()) is not None:
            wanted = frozenset(chosen)
            return tuple(layer in wanted for layer in range(layers))
        if fields.states("moe_layer_freq") and isinstance(fields.raw("moe_layer_freq"), Sequence):
            flags = fields.fitting("moe_layer_freq", fields.wholes("moe_layer_freq") or (), layers)
            return tuple(bool(flag) for flag in flags)
        return tuple(self._is_sparse(layer) for layer in range(layers))

    def _chosen(self) -> tuple[int, ...] | None:
        """Layers that are named one by one: Llama 4's list, Step's text of numbers."""
        fields = self.fields
        enum = fields.raw("moe_layers_enum")
        if isinstance(enum, str):
            parts = [part.strip() for part in enum.split(",")]
            if not all(part.isdecimal() and len(part) < 6 for part in parts):
                raise fields.unheard("moe_layers_enum", enum)
            return tuple(int(part) for part in parts)
        return fields.wholes("moe_layers")

    def _is_sparse(self, layer: int) -> bool:
        fields = self.fields
        if layer in (fields.wholes("mlp_only_layers") or ()):
            return False
        if period := fields.whole("expert_layer_period"):
            return layer % period == fields.count("expert_layer_offset") % period
        if step := fields.whole("interleave_moe_layer_step"):
            return (layer + 1) % step == 0
        if step := fields.whole("decoder_sparse_step", 0):
            return (layer + 1) % step == 0 and layer >= fields.count("first_k_dense_replace")
        return self._after_the_first(layer)

    def _after_the_first(self, layer: int) -> bool:
        fields = self.fields
        first = self._first_sparse()
        last = fields.whole("moe_layer_end_index", -1)  # ERNIE's class means its last layer by -1
        ends = self.layers if last is None or last < 0 else last
        every = fields.whole("moe_layer_interval") or fields.whole("moe_layer_freq", 0) or 1
        return first <= layer <= ends and layer % every == 0

    def _first_sparse(self) -> int:
        """How many dense layers come first."""
        fields = self.fields
        if fields.states("first_k_dense_replace"):
            return fields.need("first_k_dense_replace", 0)
        first = fields.whole("moe_layer_start_index", 0) or fields.whole("first_k_dense_replace", 0)
        return FIRST.get(self.model_type, 0) if first is None else first

    def _moe(self, layer: int) -> Experts:
        fields, family = self.fields, self.family
        nested = fields.inner("ffn_config")
        inner = nested.need("ffn_hidden_size") if nested else self._inner(layer)
        active = nested.need("moe_top_k") if nested else self._active(layer)
        return Experts(
            count=self._experts,
            active=min(active, self._experts),
            inner=inner,
            shared_inner=self._shared(layer, inner),
            gated=family.gated,
            bias=switched(fields, family.expert_bias) or switched(fields, family.mlp_bias),
            router_bias=switched(fields, family.router_bias),
            shared_gate=family.shared_gate,
            latent=fields.count("moe_latent_size"),
            dense_inner=self._beside(layer),
        )

    def _beside(self, layer: int) -> int:
        """Gemma 4 and Arctic have a dense part beside the experts."""
        return self._dense_width(layer) if self.model_type == "gemma4" else 0

    def _inner(self, layer: int) -> int:
        widths = self.fields.each("moe_intermediate_size", self.layers, 0)
        width = widths[layer] if self.model_type not in PLAIN_WIDTH else None
        return width or self._widths[layer] or self.fields.need("moe_intermediate_size")

    def _active(self, layer: int) -> int:
        return self.fields.each("num_experts_per_tok", self.layers, 1)[layer] or self.fields.need(
            "num_experts_per_tok"
        )

    def _shared(self, layer: int, inner: int) -> int:
        """The width of all shared experts together."""
        fields = self.fields
        if (stated := fields.whole("shared_expert_intermediate_size", 0)) is not None:
            return stated
        count = fields.each("num_shared_experts", self.layers)[layer] or 0
        if self.model_type == "hunyuan_v1_moe" and not fields.flag("use_mixed_mlp_moe", otherwise=True):
            count = 0
        return inner * (1 if self.model_type in SHARED_BY_DEFAULT else count)


PLAIN_WIDTH = frozenset({"mixtral", "phimoe", "llama4", "gpt_oss", "minimax_m2", "minimax_m3_vl"})
"""Families whose experts are `intermediate_size` wide."""
DENSE_NAMES = {
    "llama4": ("intermediate_size_mlp",),
    "minimax_m3_vl": ("dense_intermediate_size",),
    "cohere2_moe": ("prefix_dense_intermediate_size",),
    "granitemoehybrid": ("shared_expert_intermediate_size",),
}
ADJUSTED = frozenset({"lfm2"})
FOURFOLD = frozenset({"gpt2", "gpt_bigcode", "gptj", "bloom", "falcon", "mpt", "gpt_neox"})
FIRST = {"hy_v3": 1, "laguna": 1, "mimo_v2_flash": 1, "glm4_moe_lite": 1, "axk1": 1, "step3p5": 3}
