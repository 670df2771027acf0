"""Lines of llama.cpp, from 2023 to v0.5.0, and of forks that print alike (ik_llama.cpp).

Sources: `llama-model.cpp`, `-context.cpp`, `-kv-cache.cpp` and `-memory-recurrent.cpp` in `src/` of
ggml-org/llama.cpp, read on 2026-11-28, and logs in public threads that the tests cite. Sizes are divided by
powers of 2, whatever the unit says.
"""

import re
from collections.abc import Iterable

from decisions.fit.hardware.logs.figures import Figure, Quantity, Stated
from decisions.fit.hardware.logs.rules import Family, Found, Rule, failure, mark, memory, setting

_PLACE = r"(?<![\w.:\[\]-])(?P<place>[\w.:\[\]-]{1,40})"
_REPACKED = "CPU_REPACK|CPU_AARCH64|AMX"
_STATED = (
    "n_ctx|n_ctx_seq|n_ctx_per_seq|n_batch|n_ubatch|n_seq_max|flash_attn|kv_unified|n_outputs_max|n_ctx_train"
    "|n_layer|n_swa|mla_attn"
)
_TYPES = re.compile(r"size += +[\d.]+ MiB.*?(?:K|c\^KV) \((?P<k>\w+)\)(?:.*?V \((?P<v>\w+)\))?")
_BREAKDOWN = re.compile(
    r"memory_breakdown_print: \|\s+- (?P<place>[\w.]+)[^|]*\|"
    r"[^|]*?\(?\s*(?P<self>\d+) =\s*(?P<model>\d+) \+\s*(?P<context>\d+) \+\s*(?P<compute>\d+)"
)
_FAILURE = r"out of memory|failed to allocate|unable to allocate|failed to load model"


def _types(found: Found, match: re.Match[str], at: int, _raw: str) -> None:
    found.settings.append(Stated("kv_type_k", match["k"], at))
    if match["v"]:
        found.settings.append(Stated("kv_type_v", match["v"], at))


_TABLE = "memory_breakdown_print"
_COLUMNS = {
    "self": Quantity.TOTAL,
    "model": Quantity.WEIGHTS,
    "context": Quantity.KV,
    "compute": Quantity.COMPUTE,
}


def _breakdown(found: Found, match: re.Match[str], at: int, raw: str) -> None:
    for column, quantity in _COLUMNS.items():
        if int(match[column]) or quantity is Quantity.TOTAL:
            found.figure(quantity, match[column], "MiB", match["place"], at, raw)


def lines_before_table(figures: Iterable[Figure]) -> list[Figure]:
    """Without the parts of the table at the end where lines of their own say more: what a server says at its
    usual verbosity is the table alone. Its context holds states as well as keys and values."""
    found = list(figures)
    said = {Quantity.KV if e.quantity is Quantity.STATE else e.quantity for e in found if _TABLE not in e.raw}
    return [e for e in found if _TABLE not in e.raw or e.quantity not in said]


RULES: tuple[Rule, ...] = (
    memory(rf"load_tensors: +(?P<place>{_REPACKED}) (?:model )?buffer size += +", Quantity.REPACK),
    memory(rf"load_tensors: +(?!{_REPACKED}){_PLACE} (?:model )?buffer size += +", Quantity.WEIGHTS),
    memory(r"(?:system memory used|mem required) += +", Quantity.WEIGHTS, "CPU"),
    memory(r"VRAM used(?: +=|:) +", Quantity.WEIGHTS, "VRAM"),
    memory(r"(?:print_meta: model size|print_info: file size) += +", Quantity.FILE),
    memory(rf"{_PLACE} (?:DeepSeek\d compressed )?KV buffer size += +", Quantity.KV),
    memory(r"(?:KV|kv) self size += +", Quantity.KV),
    memory(r"llama_kv_cache\w*: size += +", Quantity.KV),
    memory(rf"{_PLACE} RS buffer size += +", Quantity.STATE),
    memory(r"llama_memory_recurrent: size += +", Quantity.STATE),
    memory(rf"(?:llama\w*|sched_reserve): +{_PLACE} compute buffer size += +", Quantity.COMPUTE),
    memory(rf"~llama_context: +{_PLACE} compute buffer size is +", Quantity.COMPUTE),
    memory(r"compute buffer total size += +", Quantity.COMPUTE),
    memory(rf"{_PLACE} +output buffer size += +", Quantity.OUTPUT),
    memory(rf"\w*compute_meta: +{_PLACE} compute buffer size += +", Quantity.PROJECTOR),
    memory(r"(?:clip_model_loader|load_hparams|clip_model_load): model size: +", Quantity.PROJECTOR, "model"),
    memory(rf"{_PLACE} LoRA buffer size += +", Quantity.LORA),
    Rule(_BREAKDOWN, _breakdown),
    Rule(_TYPES, _types),
    setting(rf"(?:llama\w*|print_info|llm_load_print_meta): (?P<name>{_STATED}) += (?P<value>\S+)"),
    setting(r"(?:using n_parallel|\bn_slots) = (?P<value>\d+)", "n_seq_max"),
    setting(r"(?:print_info|llm_load_print_meta): arch += (?P<value>\S+)", "architecture"),
    setting(r"(?:print_info: file type|print_meta: model ftype) += (?P<value>.+)", "quantization"),
    setting(r"model params += (?P<value>[\d.]+ [KMBT])\b", "parameters"),
    setting(r"offloaded (?P<value>\d+/\d+) layers to GPU", "offloaded"),
    setting(r"graph.*?splits += (?P<value>\d+)", "graph_splits"),
    setting(r"using device (?P<value>\S+ \(.*?\).* \d+ MiB free)", "device"),
    setting(r"projected to use (?P<value>\d+ MiB) of device memory", "projected"),
    mark(r"general\.name += +(?!n/a)(?P<value>.+)", "model"),
    mark(r"build(?:_info)?(?:: | = |: = )(?P<value>b?\d{3,6}(?: ?[-(][0-9a-f]{6,12}\)?)?)", "version"),
    mark(r"^version: (?P<value>\d{3,6} \([0-9a-f]{6,12}\))", "version"),
    mark(r"server is listening|slots are idle|main: model loaded|HTTP server listening", "ready"),
    failure(_FAILURE),
)

FAMILY = Family(
    rules=RULES,
    seen=re.compile(
        r"llama_|llm_load|print_info|load_tensors|sched_reserve|ggml_|compute_meta|clip_|load_hparams|common_"
        r"|build|version|listening|slots are idle|model loaded|draft (?:model|context)|out of memory|failed"
    ),
    starts=re.compile(r"llama_model_loader: loaded meta data|llama_model_load_internal: format"),
    restarts=re.compile(r"constructing llama_context|llama_new_context_with_model: n_ctx  "),
    anew=frozenset({Quantity.KV, Quantity.STATE, Quantity.COMPUTE, Quantity.OUTPUT}),
    again=re.compile(
        r"(?:fit_params|params_fit)\w*: (?:successfully fit|fitting params to free memory took)"
    ),
    drafts=re.compile(r"loading draft model|creating MTP draft context"),
)
