"""vramscout: reads the Hub; it knows no GGUF mixes."""

from lines import GIB, Cannot, is_known, one_device, sequences, serve, told
from vramscout.modern_cli import main

DTYPES = {"BF16": "bf16", "F16": "fp16", "FP16": "fp16", "FP8": "fp8", "FP8_BLOCK": "fp8", "NF4": "int4"}
DTYPES |= {"AWQ": "int4", "GPTQ": "int4", "W4A16": "int4", "AWQ-int4": "int4"}
PARTS = {"Model weights / rank": "weights", "CUDA / runtime": "compute", "Prefill scratch": "compute"}


def answer(question):
    dtype = DTYPES.get(question["quant"])
    if dtype is None:
        raise Cannot(f"no such weights: {question['quant']}")
    server = question["runtime"] == "vllm"
    arguments = [question["repo"], "--context", str(sequences(question)), "--dtype", dtype, "--json"]
    arguments += [
        "--tp",
        str(question.get("devices") or 1),
        "--vram-gib",
        str(question.get("memory_gib") or 80),
    ]
    if server and question.get("memory_fraction"):
        arguments += ["--engine", "vllm", "--gpu-memory-utilization", str(question["memory_fraction"])]
    if not server:
        one_device(question)
    found = told(main, arguments)
    if "error" in found:
        raise Cannot(found["error"])
    sizes = {"weights": 0, "compute": 0, "kv": 0}
    for name, size in found["parts_gib"].items():
        if name != "Safety reserve":
            sizes[PARTS.get(name, "kv")] += size * GIB
    if not is_known(question, "fp8"):
        return {"weights": sizes["weights"]}
    return sizes | {
        "compute": sizes["compute"] if question["gguf"] else None,
        "total": found["total_gib"] * GIB,
        "tokens": found["max_context_vram"] if server and question.get("memory_fraction") else None,
    }


if __name__ == "__main__":
    serve(answer)
