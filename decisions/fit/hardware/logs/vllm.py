"""Lines of vLLM, V0 and V1. Its GB of older versions are divided by 2^30 as its GiB are.

Sources: `gpu_worker.py`, `gpu_model_runner.py` and `kv_cache_utils.py` in `vllm/v1/`, V0's `worker.py` of
vllm-project/vllm, and logs in public threads that the tests cite.
"""

import re

from decisions.fit.hardware.logs.amounts import AMOUNT
from decisions.fit.hardware.logs.figures import Quantity
from decisions.fit.hardware.logs.rules import Family, Found, Rule, count, failure, mark, setting

_RANK = re.compile(
    r"\(\w*?(?:Worker|VllmWorkerProcess|EngineCore)\w*?(?:_?(?P<rank>TP\d+))?\w* (?:pid=(?P<pid>\d+))?"
)
_CONFIG = (
    "dtype|max_seq_len|max_model_len|tensor_parallel_size|pipeline_parallel_size|quantization|kv_cache_dtype"
)
_FAILURE = r"out of memory|No available memory|larger than the maximum number of tokens"


def _on_rank(pattern: str, quantity: Quantity) -> Rule:
    """A rule for an amount on one GPU: the rank the line names, else the first."""

    def take(found: Found, match: re.Match[str], at: int, raw: str) -> None:
        worker = _RANK.search(raw)
        rank = (
            (worker["rank"] or (f"worker {worker['pid']}" if "EngineCore" not in raw else ""))
            if worker
            else ""
        )
        found.figure(quantity, match["number"], match["unit"], rank or "TP0", at, raw)

    return Rule(re.compile(pattern), take)


def _after(words: str, quantity: Quantity) -> Rule:
    return _on_rank(rf"{words}{AMOUNT}", quantity)


RULES: tuple[Rule, ...] = (
    _after(r"(?:Model loading|[Ll]oading model weights) took ", Quantity.WEIGHTS),
    _after(r"model weights takes? +", Quantity.WEIGHTS),
    _on_rank(rf"Actual usage.*? {AMOUNT} for weights?", Quantity.WEIGHTS),
    _on_rank(rf"[ :]{AMOUNT} for peak activation", Quantity.ACTIVATION),
    _on_rank(rf"[ :]{AMOUNT} for non-torch memory", Quantity.GPU_CONTEXT),
    _after(r"activation peak memory(?: takes)? +", Quantity.ACTIVATION),
    _after(r"non_torch_memory takes +", Quantity.GPU_CONTEXT),
    _after(r"(?:Available KV cache memory: |reserved for KV Cache is +)", Quantity.ROOM),
    _after(r"Graph capturing finished in \d+ secs?, took ", Quantity.GRAPHS),
    _after(r"graph pool memory: ", Quantity.GRAPHS),
    count(r"GPU KV cache size: (?P<value>[\d,]+) tokens", "kv_tokens"),
    count(r"# GPU blocks: (?P<value>[\d,]+)", "gpu_blocks"),
    count(r"Maximum concurrency for [\d,]+ tokens per request: (?P<value>[\d.,]+)x", "concurrency"),
    setting(r"Maximum concurrency for (?P<value>[\d,]+) tokens", "max_seq_len"),
    *(setting(rf"\b{name}=(?P<value>[^,\s)]+)", name) for name in _CONFIG.split("|")),
    setting(r"can use(?: total_gpu_memory.*= ?)? *(?P<value>[\d.]+ ?GiB)", "reserved"),
    setting(r"gpu-memory-utilization=(?P<value>[\d.]+)", "gpu_memory_utilization"),
    mark(r"(?:engine \(v|API server version )(?P<value>[\w.+-]+)", "version"),
    mark(r"with config: .*?\bmodel='(?P<value>[^']+)'", "model"),
    mark(r"Application startup complete|Uvicorn running on", "ready"),
    failure(_FAILURE),
)

FAMILY = Family(
    rules=RULES,
    seen=re.compile(
        r"took|take|weights|memory|KV cache|KV Cache|GPU blocks|Maximum concurrency|vLLM|LLM engine|config: "
        r"|non-default args|startup complete|Uvicorn"
    ),
    starts=re.compile(r"Initializing an? (?:V1 )?LLM engine|vLLM API server version"),
)
