"""What tools are handed: a folder per model as the Hub would hold it, with holes where weights would be.

FOLDER/owner/name/config.json
FOLDER/owner/name/model.safetensors             the header of a 16-bit checkpoint
FOLDER/owner/name/model.safetensors.index.json
FOLDER/owner/name/model-Q4_K_M.gguf             one for each mix that is asked about
"""

import json
import math
import os
import struct
from pathlib import Path
from typing import Any

from decisions.fit.hardware.architecture import (
    Architecture,
    Attention,
    Experts,
    Layer,
    LinearAttention,
    Mixer,
    Window,
)
from decisions.fit.hardware.tensors import tensors_of
from decisions.knowledge import architectures, config_defaults, model_classes
from decisions.knowledge.naming import resolve
from tests.benchmarks.engine.sparse_gguf import write
from tests.benchmarks.peers.questions import Question
from tests.fit.hardware import data

CHECKPOINT = "model.safetensors"
INDEX = "model.safetensors.index.json"
PLAIN = ("BF16", "F16", "FP16")
_BYTES = 2
_SPARED = ("leading_dense_block_count", "interleave_moe_layer_step")
_EXPERTS = ("num_experts", "n_routed_experts", "num_local_experts")
_FLAT = ("qwen2_vl", "qwen2_5_vl")
_BESIDE = ("vision_config", "torch_dtype", "tie_word_embeddings", "quantization_config")
_OTHERWISE = (
    "jamba",
    "nemotron_h",
    "granitemoehybrid",
    "falcon_h1",
)  # name their layers in words of their own
_KINDS = {Window.FULL: "full_attention", Window.SLIDING: "sliding_attention"}


def prepare(folder: Path, question: Question) -> dict[str, Any]:
    """Write what a question is about, unless it is there; the paths and names that a driver is told.

    `gguf` is None for runtimes that read checkpoints; `checkpoint` is whether the weights' header is there:
    checkpoints in other formats than 16 bits are handed over as config.json alone.
    """
    arch, name, plain = question.architecture, _name(question), is_plain(question)
    owner_name = name if plain else f"{name}-{question.request['quant'].split()[0]}"
    place = folder.resolve() / owner_name
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "config.json").exists():
        (place / "config.json").write_text(json.dumps(config_of(name, arch)), encoding="utf-8")
    if plain and not (place / CHECKPOINT).exists():
        write_checkpoint(place, arch)
    gguf = place / f"model-{question.mix}.gguf" if question.mix else None
    if gguf and not gguf.exists():
        write(gguf, arch, question.mix or "", _spared(arch))
    parameters = sum(math.prod(shape) for shape in shapes_of(arch).values())
    return {
        "repo": owner_name,
        "folder": str(place),
        "gguf": gguf and str(gguf),
        "checkpoint": plain,
        "parameters": parameters,
        "request": question.request,
        **{key: value for key, value in question.request.items() if key != "model"},
    }


def _spared(arch: Architecture) -> dict[str, None]:
    """Metadata that the engine wants of every mixture of experts, and that a converter writes only of those
    that begin with other layers: it leads readers astray that take it for their own."""
    if not arch.layers or not isinstance(arch.layers[0].feed_forward, Experts):
        return {}
    return dict.fromkeys(_SPARED)


def is_plain(question: Question) -> bool:
    """Whether the model is stored in 16 bits where it is asked for by its name."""
    return question.mix is not None or question.request["quant"] in PLAIN


def _name(question: Question) -> str:
    fact = resolve(question.request["model"]).model
    return fact.id if fact else str(question.request["model"])


def config_of(name: str, arch: Architecture) -> dict[str, Any]:
    """A config.json as complete as the model's own: where that is not kept here, the shipped shape with the
    defaults of its class, the kinds of its layers spelled out, and the text model's part nested where a
    class for text and pictures has it so."""
    own = data.read("configs.json")["configs"].get(name)
    if own:
        return dict(own)
    found = architectures.find(name)
    shape = dict(found.config) if found else {"model_type": arch.model_type}
    kind = shape["model_type"]
    lists = model_classes.shipped().transformers
    text_kind = f"{kind}_text"
    if kind not in lists.multimodal or kind in _FLAT or "text_config" in shape:
        return _spelled(shape, arch, kind) | {"architectures": [class_of(kind)]}
    if text_kind in lists.text and not arch.towers:
        return _spelled(shape, arch, text_kind, kind) | {"architectures": [class_of(text_kind)]}
    beside = {key: shape[key] for key in _BESIDE if key in shape}
    text = {key: value for key, value in shape.items() if key != "vision_config"}
    return {
        **beside,
        "architectures": [_one(lists.multimodal[kind])],
        "model_type": kind,
        "text_config": _spelled(text, arch, text_kind, kind),
    }


def _spelled(shape: dict[str, Any], arch: Architecture, *kinds: str) -> dict[str, Any]:
    """A flat configuration of the first of these types, under the names its class and its like have."""
    config = {**config_defaults.of(*kinds), "model_type": kinds[0]}
    dense = not any(isinstance(layer.feed_forward, Experts) for layer in arch.layers)
    if dense and not config.keys().isdisjoint(_EXPERTS):
        config |= dict.fromkeys((*_EXPERTS, "num_experts_per_tok"), 0)
    config |= {key: value for key, value in shape.items() if key != "model_type"}
    if not dense and (experts := config.get("num_experts")):
        config |= dict.fromkeys(_EXPERTS, experts)
    if shared := config.get("num_shared_experts"):
        config["n_shared_experts"] = shared
    layers = [_kind(layer) for layer in arch.layers]
    if len(set(layers)) > 1 and kinds[0] not in _OTHERWISE:
        config["layer_types"] = layers
    return config


def class_of(model_type: str) -> str:
    """The name of the class that a configuration of that type is for."""
    lists = model_classes.shipped()
    found = (
        lists.transformers.text.get(model_type)
        or lists.transformers.multimodal.get(model_type)
        or lists.remote_code.text.get(model_type)
        or f"{model_type.title().replace('_', '')}ForCausalLM"
    )
    return _one(found)


def _one(names: str | tuple[str, ...]) -> str:
    return names if isinstance(names, str) else names[0]


def _kind(layer: Layer) -> str:
    """The kind of a layer as `layer_types` names it: its mixer that keeps most."""
    kinds = {_mixer(mixer) for mixer in layer.mixers}
    order = ("full_attention", "sliding_attention", "linear_attention", "mamba", "conv")
    return next((kind for kind in order if kind in kinds), "none")


def _mixer(mixer: Mixer) -> str:
    if isinstance(mixer, Attention):
        return _KINDS.get(mixer.window, "chunked_attention")
    if isinstance(mixer, LinearAttention):
        return "linear_attention"
    return {"StateSpace": "mamba", "ShortConv": "conv"}.get(type(mixer).__name__, "full_attention")


def shapes_of(arch: Architecture) -> dict[str, tuple[int, ...]]:
    """The tensors of a checkpoint by name, towers as one tensor each; drafting blocks are left out."""
    text = {
        one.name: tuple(size for size in (one.depth, one.rows, one.row) if size > 1) or (1,)
        for one in tensors_of(arch)
        if not one.derived
    }
    towers = {f"{tower.kind}.weight": (tower.parameters,) for tower in arch.towers if tower.kind != "mtp"}
    return text | towers


def write_checkpoint(place: Path, arch: Architecture) -> None:
    """The header of a checkpoint in 16 bits, the hole behind it and the index of its one file."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, shape in shapes_of(arch).items():
        begin, end = end, end + math.prod(shape) * _BYTES
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    with (place / CHECKPOINT).open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
    os.truncate(place / CHECKPOINT, 8 + len(text) + end)
    index = {"metadata": {"total_size": end}, "weight_map": dict.fromkeys(shapes_of(arch), CHECKPOINT)}
    (place / INDEX).write_text(json.dumps(index), encoding="utf-8")
