"""hf-vram-calc: builds the model's class without memory; weights, cache and activations in 16 bits."""

import contextlib
import json
import pathlib
import sys
import tempfile

from hf_vram_calc.cli import main
from lines import GIB, Cannot, is_known, sequences, serve

DTYPES = {"BF16": "bf16", "F16": "fp16", "FP16": "fp16"}


def answer(question):
    if question["quant"] not in DTYPES:
        raise Cannot(f"no such weights: {question['quant']}")
    with tempfile.TemporaryDirectory() as scratch:
        target = pathlib.Path(scratch) / "found.json"
        sys.argv = ["hf-vram-calc", "--model", question["repo"], "--model_path", question["folder"]]
        context = question.get("context", 4096)
        sys.argv += ["--dtype", DTYPES[question["quant"]], "--max_seq_len", str(context)]
        sys.argv += ["--max_batch_size", str(max(1, sequences(question) // context))]
        sys.argv += ["--tp", str(question.get("devices") or 1), "--output_json", str(target)]
        with contextlib.suppress(SystemExit):
            main()
        if not target.exists():
            raise Cannot("it wrote nothing")
        found = json.loads(target.read_text())["memory_requirements"][0]
    known = is_known(question)
    return {
        "weights": found["model_size_gib"] * GIB,
        "kv": found["kv_cache_size_gib"] * GIB if known else None,
        "compute": found["activation_size_gib"] * GIB if question["gguf"] else None,
        "total": found["inference_total_gib"] * GIB if known else None,
    }


if __name__ == "__main__":
    serve(answer)
