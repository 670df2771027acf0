"""The groups tensors are shown in, by the words of their names."""

from functools import lru_cache

_BY_START = (
    (("token_embd.", "per_layer_token_embd", "position_embd", "token_types", "embedding_extra"), "embedding"),
    (("output.",), "output"),
    (("ffn_gate_inp", "exp_probs_b"), "router"),
    (("attn_", "indexer."), "attention"),
    (("ssm_", "shortconv."), "state"),
)


@lru_cache(maxsize=8192)
def group_of(name: str) -> str:
    """The group of a tensor, by its name without the layer's number: embedding, output, attention, state,
    experts, feed_forward, router, or other (norms and what is small)."""
    if "_norm" in name:
        return "other"
    for starts, group in _BY_START:
        if name.startswith(starts):
            return group
    if name.startswith("ffn_"):
        return "experts" if "_exps." in name else "feed_forward"
    return "other"
