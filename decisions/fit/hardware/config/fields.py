"""The fields of a configuration by one name each, with limits, whatever a family calls them."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say
from decisions.fit.texts.sizing_config import WORDS
from decisions.record.schema import Statement

LIMITS = {
    "num_hidden_layers": 1024,
    "num_attention_heads": 1 << 14,
    "num_key_value_heads": 1 << 14,
    "head_dim": 1 << 16,
    "hidden_size": 1 << 20,
    "vocab_size": 1 << 25,
    "num_experts": 1 << 16,
    "max_position_embeddings": 1 << 33,
    "sliding_window": 1 << 33,
    "attention_chunk_size": 1 << 33,
}
LIMIT = 1 << 24
"""Every other whole number: a thousand times what is known, and no product of them overflows a reader."""

SPELLINGS: dict[str, tuple[str, ...]] = {
    "hidden_size": ("n_embd", "n_embed", "d_model", "model_dim"),
    "num_hidden_layers": ("n_layer", "n_layers", "num_layers"),
    "num_attention_heads": ("n_head", "n_heads"),
    "num_key_value_heads": ("num_kv_heads", "n_head_kv", "num_attention_groups", "multi_query_group_num"),
    "head_dim": ("kv_channels", "attention_head_dim", "attention_head_size"),
    "intermediate_size": ("n_inner", "ffn_hidden_size", "ffn_dim", "block_ff_dim", "d_ff"),
    "vocab_size": ("padded_vocab_size",),
    "max_position_embeddings": (
        *("n_positions", "n_ctx", "seq_length", "max_seq_len", "max_seq_length", "model_max_length"),
        *("max_sequence_length", "context_length"),
    ),
    "num_experts": ("num_local_experts", "n_routed_experts", "moe_num_experts", "num_moe_experts"),
    "num_experts_per_tok": (
        *("num_experts_per_token", "moe_topk", "moe_k", "moe_top_k", "top_k_experts"),
        "num_selected_experts",
    ),
    "moe_intermediate_size": ("expert_intermediate_size", "expert_ffn_hidden_size", "moe_ffn_hidden_size"),
    "num_shared_experts": ("n_shared_experts", "moe_num_shared_experts", "num_shared_expert"),
    "shared_expert_intermediate_size": (
        *("moe_shared_expert_intermediate_size", "shared_intermediate_size", "share_expert_dim"),
        *("share_expert_dims", "moe_shared_intermediate_size"),
    ),
    "first_k_dense_replace": ("num_dense_layers",),
    "num_mtp_layers": ("num_nextn_predict_layers", "mtp_num_hidden_layers", "mtp_num_layers"),
    "layer_types": ("layers_block_type",),
    "sliding_window": ("sliding_window_size",),
    "sliding_window_pattern": ("_sliding_window_pattern",),
    "attention_bias": ("qkv_bias", "use_qkv_bias", "add_qkv_bias"),
    "mlp_bias": ("add_bias_linear",),
    "tie_word_embeddings": ("tie_embedding",),
    "torch_dtype": ("dtype",),
    "state_size": ("mamba_d_state", "ssm_state_size"),
    "conv_kernel": ("mamba_d_conv", "d_conv"),
    "expand": ("mamba_expand",),
    "mamba_num_heads": ("mamba_n_heads",),
    "mamba_head_dim": ("mamba_d_head",),
    "n_groups": ("mamba_n_groups",),
    "time_step_rank": ("mamba_dt_rank",),
    "use_conv_bias": ("mamba_conv_bias",),
    "linear_num_heads": ("linear_num_value_heads",),
}


class Fields:
    """One object of a configuration, over the defaults of its class.

    A field that stands there as null is None, as transformers reads it; one that does not stand there has
    the class's default. Every method raises Unsizable with the field's name when the value is no such thing.
    """

    def __init__(self, given: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        self.given = given
        self._defaults = defaults
        self._known: dict[str, str] = {}

    def spelt(self, name: str) -> str:
        """The name under which a field stands in the configuration, or its first one."""
        if name not in self._known:
            self._known[name] = self._spelt(name)
        return self._known[name]

    def _spelt(self, name: str) -> str:
        spellings = (name, *SPELLINGS.get(name, ()))
        there = [spelling for spelling in spellings if spelling in self.given]
        return next((spelling for spelling in there if self.given[spelling] is not None), (*there, name)[0])

    def states(self, name: str) -> bool:
        """Whether the configuration itself has a value for the field."""
        return self.given.get(self.spelt(name)) is not None

    def raw(self, name: str) -> Any:
        """The value as it stands, else the class's default, else None."""
        spelling = self.spelt(name)
        return self.given[spelling] if spelling in self.given else self._defaults.get(name)

    def whole(self, name: str, least: int = 1) -> int | None:
        """A whole number, or None."""
        value = self.raw(name)
        return None if value is None else self.checked(name, value, least)

    def need(self, name: str, least: int = 1) -> int:
        """A whole number that has to be there."""
        value = self.whole(name, least)
        if value is None:
            raise Unsizable(self.missing(name))
        return value

    def missing(self, name: str) -> Statement:
        """The sentence for a field that has to be there."""
        return self._say("missing", name)

    def has_like(self, beginnings: tuple[str, ...]) -> bool:
        """Whether a field begins like one of these."""
        return any(isinstance(name, str) and name.startswith(beginnings) for name in self.given)

    def count(self, name: str) -> int:
        """A whole number from 0; a missing one is 0."""
        return self.whole(name, 0) or 0

    def checked(self, name: str, value: object, least: int = 1) -> int:
        """A value of the field (or an entry of its list) as a whole number within its limits."""
        if isinstance(value, float) and math.isfinite(value) and value == int(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unsizable(self._say("whole", name, found=shown(value)))
        most = LIMITS.get(name, LIMIT)
        if not least <= value <= most:
            raise Unsizable(self._say("range", name, found=shown(value), least=least, most=most))
        return value

    def number(self, name: str) -> float | None:
        """A finite number that is not negative, or None."""
        value = self.raw(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            raise Unsizable(self._say("number", name, found=shown(value)))
        if not 0 <= value <= LIMIT:
            raise Unsizable(self._say("range", name, found=shown(value), least=0, most=LIMIT))
        return float(value)

    def flag(self, name: str, *, otherwise: bool = False) -> bool:
        """A truth value; `otherwise` where there is none."""
        value = self.raw(name)
        if value is None:
            return otherwise
        if not isinstance(value, bool):
            raise Unsizable(self._say("flag", name, found=shown(value)))
        return value

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        value = self.raw(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Unsizable(self._say("text", name, found=shown(value)))
        return value

    def entries(self, name: str) -> Sequence[Any] | None:
        """A list, or None."""
        value = self.raw(name)
        if value is None:
            return None
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise Unsizable(self._say("list", name, found=shown(value)))
        return value

    def wholes(self, name: str, least: int = 0) -> tuple[int, ...] | None:
        """A list of whole numbers, or None."""
        found = self.entries(name)
        return None if found is None else tuple(self.checked(name, value, least) for value in found)

    def each(self, name: str, layers: int, least: int = 0) -> tuple[int | None, ...]:
        """The field for every layer: one number for all, or a list with one entry a layer."""
        value = self.raw(name)
        if value is None or isinstance(value, int | float | str):
            return (self.whole(name, least),) * layers
        return self.fitting(name, self.wholes(name, least) or (), layers)

    def fitting(self, name: str, found: Sequence[Any], layers: int) -> tuple[Any, ...]:
        """A list with one entry a layer; further ones for drafting blocks are left off."""
        extra = self.count("num_mtp_layers")
        if not layers <= len(found) <= layers + extra:
            problem = say(
                "sizing.field_length",
                field_word=word(name),
                name=self.spelt(name),
                count=len(found),
                layers=layers,
            )
            raise Unsizable(problem)
        return tuple(found[:layers])

    def inner(self, name: str) -> "Fields | None":
        """A nested object as fields without defaults, or None."""
        found = self.mapping(name)
        return None if found is None else Fields(found, {})

    def mapping(self, name: str) -> Mapping[str, Any] | None:
        """A nested object as it stands, or None."""
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise Unsizable(self._say("object", name, found=shown(value)))
        return value

    def divided(self, name: str, value: int, by: int) -> int:
        """`value` / `by` where it goes without a rest."""
        if value % by:
            problem = say(
                "sizing.field_divides", field_word=word(name), name=self.spelt(name), found=value, other=by
            )
            raise Unsizable(problem)
        return value // by

    def unheard(self, name: str, value: object) -> Unsizable:
        """The error for a word this version does not know."""
        problem = say(
            "sizing.field_value", field_word=word(name), name=self.spelt(name), found=shown(value).strip('"')
        )
        return Unsizable(problem)

    def _say(self, code: str, name: str, **params: str | int) -> Statement:
        return say(f"sizing.field_{code}", field_word=word(name), name=self.spelt(name), **params)


def word(name: str) -> str:
    """The plain word of a field, to be translated where it is shown."""
    return WORDS.get(name, WORDS[""])


def shown(value: object) -> str:
    """A value as JSON, cut short: what a person will find in their file."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 64:
        return f"{'-' if value < 0 else ''}2^{abs(value).bit_length() - 1}…"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[… {len(value)}]"
    text = json.dumps(value[:40] if isinstance(value, str) else value, ensure_ascii=False, default=repr)
    return text if len(text) <= 60 else text[:60] + "…"


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
