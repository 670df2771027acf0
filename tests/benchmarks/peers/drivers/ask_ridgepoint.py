"""ridgepoint: its engines are vLLM, SGLang and llama.cpp; weights by bits per weight, cache per sequence."""

import json

import ridgepoint
from lines import Cannot, is_known, sequences, serve, through_loopback

ENGINES = {"llama.cpp": "llamacpp", "ollama": "llamacpp", "vllm": "vllm", "sglang": "sglang"}
GPUS = {"H100": "h100-80gb", "A100 80GB": "a100-80gb", "A100": "a100-80gb"}


def answer(question):
    if question["runtime"] not in ENGINES:
        raise Cannot("no such engine")
    device = next((gpu for name, gpu in GPUS.items() if name in (question.get("device") or "")), None)
    count, context = question.get("devices") or 1, question.get("context", 4096)
    found = json.loads(
        ridgepoint.fit(
            question["repo"],
            device or "a100-80gb",
            count=count,
            engine=ENGINES[question["runtime"]],
            dtype={"BF16": "fp16", "F16": "fp16"}.get(question["quant"], question["quant"].lower()),
            ctx=context,
            as_json=True,
        )
    )
    memory, each = found["memory"], found["capacity"]["bytes_per_seq"]
    weights, overhead = memory["weights_bytes"]["best"], memory["overhead_bytes"]["best"]
    cache = each * sequences(question) / context if is_known(question) else None
    return {
        "weights": weights / count,
        "kv": cache,
        "compute": overhead if question["gguf"] else None,
        "total": weights + cache + overhead if cache else None,
        "tokens": memory["kv_pool_bytes"]["best"] / each * context if device else None,
    }


if __name__ == "__main__":
    through_loopback()
    serve(answer)
