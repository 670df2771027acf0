"""What Gemma 3n and Gemma 4 have beside attention and feed-forward parts: embeddings of each layer, AltUp,
LAuReL, and a scale per layer."""

from collections.abc import Iterator

from decisions.fit.hardware.architecture import Architecture, Experts, Layer
from decisions.fit.hardware.tensor import Tensor

_AROUND = ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm")
_EXPERTS = ("pre_ffw_norm_2", "post_ffw_norm_1", "post_ffw_norm_2")
_SCALES = ("ffn_gate_inp.scale", "ffn_down_exps.scale")


def gemma4_norms(layer: Layer, per_layer: int) -> list[str]:
    """The names of a Gemma 4 layer's vectors, in the order of `Layer.norms`."""
    scale = ("layer_output_scale",) if 1 in layer.norms else ()
    names = [*_AROUND, *scale, *(("post_norm",) if per_layer else ())]
    names = [f"{name}.weight" for name in names]
    if isinstance(layer.feed_forward, Experts):
        names += [*(f"{name}.weight" for name in _EXPERTS), *_SCALES]
    return names


def beside_layer(gguf: str, hidden: int, extra: dict[str, int]) -> Iterator[Tensor]:
    """The further tensors of one layer."""
    width = extra.get("hidden_size_per_layer_input", 0)
    if width:
        yield Tensor("inp_gate.weight", hidden, width)
        yield Tensor("proj.weight", width, hidden)
    if gguf == "gemma3n":
        yield Tensor("post_norm.weight", hidden)
        yield from _altup(hidden, extra.get("altup_num_inputs", 4))
        yield from _laurel(hidden, extra.get("laurel_rank", 64))


def beside_layers(gguf: str, arch: Architecture) -> Iterator[Tensor]:
    """The further tensors outside of layers."""
    extra, layers = dict(arch.extra), len(arch.layers)
    width = extra.get("hidden_size_per_layer_input", 0)
    if width:
        rows = extra.get("vocab_size_per_layer_input", 0)
        if gguf == "gemma3n" or not rows:
            rows = arch.vocabulary  # the converter fills up to the whole vocabulary
        yield Tensor("per_layer_token_embd.weight", width * layers, rows)
        yield Tensor("per_layer_model_proj.weight", arch.hidden, width * layers)
        yield Tensor("per_layer_proj_norm.weight", width)
    if gguf == "gemma3n":
        more = extra.get("altup_num_inputs", 4) - 1
        yield Tensor("altup_proj.weight", arch.hidden, arch.hidden, more)
        yield Tensor("altup_unembd_proj.weight", arch.hidden, arch.hidden, more)


def _altup(hidden: int, inputs: int) -> Iterator[Tensor]:
    yield Tensor("altup_correct_coef.weight", inputs, inputs)
    yield Tensor("altup_correct_scale.weight", hidden)
    yield Tensor("altup_predict_coef.weight", inputs, inputs * inputs)
    yield Tensor("altup_router.weight", hidden, inputs)
    yield Tensor("altup_router_norm.weight", hidden)


def _laurel(hidden: int, rank: int) -> Iterator[Tensor]:
    yield Tensor("laurel_l.weight", hidden, rank)
    yield Tensor("laurel_r.weight", rank, hidden)
    yield Tensor("laurel_post_norm.weight", hidden)
