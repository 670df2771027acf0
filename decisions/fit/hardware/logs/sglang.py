"""Lines of SGLang. Its GB are divided by 2^30.

Sources: `model_executor/model_runner.py` and `mem_cache/memory_pool.py` in `python/sglang/srt/` of
sgl-project/sglang, and logs in public threads that the tests cite.
"""

import re

from decisions.fit.hardware.logs.amounts import AMOUNT
from decisions.fit.hardware.logs.figures import Quantity
from decisions.fit.hardware.logs.rules import Family, Found, Rule, count, failure, mark, setting

_RANK = re.compile(r"\[[\d: -]+ (?:DP\d+ )?(?P<rank>TP\d+)")
_ARGUMENTS = (
    "tp_size|dp_size|mem_fraction_static|context_length|kv_cache_dtype|quantization|chunked_prefill_size"
    "|max_running_requests|attention_backend|cuda_graph_max_bs"
)
_FAILURE = r"out of memory|Not enough memory"


def _on_rank(line: str, before: str, quantity: Quantity) -> Rule:
    """A rule for every amount that follows `before` in a `line`, on the rank it names, else the first."""
    each = re.compile(before + AMOUNT)

    def take(found: Found, match: re.Match[str], at: int, raw: str) -> None:
        rank = _RANK.search(raw)
        for amount in each.finditer(raw, match.end()):
            found.figure(quantity, amount["number"], amount["unit"], rank["rank"] if rank else "TP0", at, raw)

    return Rule(re.compile(line), take)


RULES: tuple[Rule, ...] = (
    _on_rank(r"Load weight end\.", r"mem usage=", Quantity.WEIGHTS),
    _on_rank(r"KV Cache is allocated\.", r"\b(?:K|V|KV) (?:size: )?", Quantity.ROOM),
    _on_rank(r"Mamba Cache is allocated\.", r"(?:state|cache|window)(?: size)?:? ", Quantity.STATE),
    _on_rank(r"Capture [\w ]*graph end\.", r"mem usage=", Quantity.GRAPHS),
    count(r"KV Cache is allocated\..*?#tokens: (?P<value>\d+)", "kv_tokens"),
    count(r"max_total_num_tokens=(?P<value>\d+)", "max_total_num_tokens"),
    count(r"max_total_num_tokens=.*?max_running_requests=(?P<value>\d+)", "concurrency"),
    count(r"Mamba Cache is allocated\..*?max_mamba_cache_size: (?P<value>\d+)", "states"),
    *(setting(rf"\b{name}=(?P<value>[^,\s)]+)", name) for name in _ARGUMENTS.split("|")),
    setting(r"context_len=(?P<value>\d+)", "context_length"),
    setting(r"available_gpu_mem=(?P<value>[\d.]+ GB)", "left"),
    setting(r"KV Cache is allocated\. dtype: (?P<value>[\w.]+)", "kv_dtype"),
    mark(r"(?:ServerArgs\(|server_args=.*?)model_path='(?P<value>[^']+)'", "model"),
    mark(r"sglang(?:==| version:? ?v?)(?P<value>\d[\w.]+)", "version"),
    mark(r"fired up and ready to roll", "ready"),
    failure(_FAILURE),
)

FAMILY = Family(
    rules=RULES,
    seen=re.compile(
        r"Load weight|Cache is allocated|max_total_num_tokens=|Capture |ServerArgs|server_args|fired up"
        r"|out of memory|Not enough memory|sglang"
    ),
    starts=re.compile(r"ServerArgs\(|server_args="),
)
