"""llmfit: its shipped catalogue; a model that is not in it by that name has no answer. Its numbers are read
as GiB, as it compares them with memory in GiB."""

import json
import pathlib
import subprocess
import sys

from lines import GIB, Cannot, one_device, sequences, serve

COMMAND = pathlib.Path(sys.executable).with_name("llmfit")
CACHES = {"f16": "fp16", "bf16": "fp16", "fp8": "fp8", "q8_0": "q8_0", "q4_0": "q4_0"}
QUANTS = {"BF16": "BF16", "FP16": "F16"}


def answer(question):
    one_device(question)
    cache = CACHES.get(question.get("kv_dtype") or "f16")
    if cache is None:
        raise Cannot("no such type of cache")
    quant = QUANTS.get(question["quant"], question["quant"])
    arguments = ["plan", question["repo"], "--context", str(sequences(question)), "--quant", quant]
    ran = subprocess.run(
        [COMMAND, *arguments, "--kv-quant", cache, "--json", "--no-dashboard"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    if ran.returncode or "{" not in ran.stdout:
        raise Cannot(ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else "it said nothing")
    found = json.loads(ran.stdout)
    if found["model_name"].lower() != question["repo"].lower():
        raise Cannot("another model: " + found["model_name"])
    weights = found["disk_size_gb"]
    kv = next((one["kv_cache_gb"] for one in found["kv_alternatives"] if one["kv_quant"] == cache), None)
    total = (found["minimum"].get("vram_gb") or found["minimum"]["ram_gb"]) * GIB
    rest = total - (weights + kv) * GIB if kv is not None and question["gguf"] else None
    return {"weights": weights * GIB, "kv": kv and kv * GIB, "compute": rest, "total": total}


if __name__ == "__main__":
    serve(answer)
