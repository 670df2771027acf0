"""vllm-wizard: vLLM alone, from a folder with config.json; its cache is stated with 15 % of fragmentation."""

from lines import GIB, Cannot, serve
from vllm_wizard.planning.planner import run_plan
from vllm_wizard.schemas.inputs import HardwareInput, ModelInput, PlanRequest, PolicyInput

QUANTIZATIONS = {"BF16": "none", "FP16": "none", "AWQ": "awq", "AWQ-int4": "awq", "GPTQ": "gptq"}
QUANTIZATIONS |= {"FP8": "fp8", "FP8_BLOCK": "fp8"}


def answer(question):
    quantization = QUANTIZATIONS.get(question["quant"])
    if question["runtime"] not in ("vllm", "sglang") or quantization is None:
        raise Cannot("vLLM alone, and not these weights")
    devices, context = question.get("devices") or 1, question.get("context", 4096)
    gib = question.get("memory_gib") or 80
    found = run_plan(
        PlanRequest(
            model=ModelInput(model=question["folder"], quantization=quantization, max_model_len=context),
            hardware=HardwareInput(gpu="GPU", gpus=devices, vram_gb=gib, tensor_parallel_size=devices),
            policy=PolicyInput(gpu_memory_utilization=question.get("memory_fraction") or 0.9),
        )
    ).feasibility
    return {
        "weights": found.weights_gb * GIB,
        "kv": found.kv_cache_gb * GIB,
        "total": (found.weights_gb + found.kv_cache_gb + found.overhead_gb) * GIB,
        "tokens": found.max_context_at_concurrency if question.get("memory_fraction") else None,
    }


if __name__ == "__main__":
    serve(answer)
