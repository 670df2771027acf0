"""whichllm: sizes of files, the cache by a rule of thumb over parameters; its command does not start with
today's typer, its functions do."""

import json
import os
import urllib.request
from functools import lru_cache

from lines import Cannot, is_known, one_device, sequences, serve
from whichllm.data.framework import FRAMEWORK_OVERHEAD_BYTES
from whichllm.engine.quantization import estimate_weight_bytes
from whichllm.engine.vram import _activation_bytes, estimate_kv_cache, estimate_vram
from whichllm.models.parser import _parse_model
from whichllm.models.types import GGUFVariant


@lru_cache(maxsize=64)
def model_of(repo):
    data = page(f"api/models/{repo}?blobs=true")
    data["config"] |= page(f"{repo}/resolve/main/config.json")
    return _parse_model(data)


def page(path):
    with urllib.request.urlopen(f"{os.environ['HF_ENDPOINT']}/{path}", timeout=20) as found:  # noqa: S310
        return json.load(found)


def answer(question):
    one_device(question)
    model, variant = model_of(question["repo"]), None
    if model is None:
        raise Cannot("no such model to it")
    if question["gguf"]:
        file = question["gguf"]
        variant = GGUFVariant(file.rsplit("/", 1)[1], question["quant"], os.path.getsize(file))
    tokens = sequences(question)
    known = is_known(question)
    return {
        "weights": estimate_weight_bytes(model, variant),
        "kv": estimate_kv_cache(model, tokens) if known else None,
        "compute": _activation_bytes(model, tokens) + FRAMEWORK_OVERHEAD_BYTES if question["gguf"] else None,
        "total": estimate_vram(model, variant, tokens) if known else None,
    }


if __name__ == "__main__":
    serve(answer)
