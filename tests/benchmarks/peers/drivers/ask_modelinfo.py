"""modelinfo: reads a file's header, GGUF or safetensors; a share of 600 MB or so as overhead."""

from lines import Cannot, is_known, sequences, serve
from modelinfo.cli import analyze_model


def answer(question):
    if not (question["gguf"] or question["checkpoint"]):
        raise Cannot("no header of the weights")
    devices, server = question.get("devices") or 1, question["runtime"] == "vllm"
    fraction, context = question.get("memory_fraction"), question.get("context", 4096)
    found = analyze_model(
        question["gguf"] or question["folder"] + "/model.safetensors",
        context,
        batch_size=max(1, sequences(question) // context),
        gpu_count=devices,
        is_vllm=bool(server and fraction and devices == 1),
        gpu_vram_gb=question.get("memory_gib") or 0,
        gpu_util=fraction or 0.9,
    )["footprint"]
    known = is_known(question)
    return {
        "weights": found["base_memory_bytes"] / devices,
        "kv": found["kv_cache_bytes"] if known else None,
        "compute": found["overhead_bytes"] if question["gguf"] else None,
        "total": found["total_memory_bytes"] if known and not server else None,
        "tokens": found["vllm_metrics"].get("max_serving_capacity"),
    }


if __name__ == "__main__":
    serve(answer)
