"""Lines of Ollama's server: its own engine's accounts, and llama.cpp's where that runs the model.

Sources: `ml/device.go`, `llm/server.go`, `runner/ollamarunner/runner.go` of ollama/ollama and logs in public
threads that the tests cite. Sizes are printed with one decimal of their unit, which is a power of 2.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from decisions.fit.hardware.logs import llama_cpp
from decisions.fit.hardware.logs.figures import Figure, Quantity
from decisions.fit.hardware.logs.rules import Rule, mark, memory, setting

_WHERE = r"(?:buffer|device|backend)=(?P<place>\w+)[^\"]* size=\"?"

RULES: tuple[Rule, ...] = (
    memory(rf'msg="model weights" {_WHERE}', Quantity.WEIGHTS),
    memory(rf'msg="kv cache" {_WHERE}', Quantity.KV),
    memory(rf'msg="compute graph" {_WHERE}', Quantity.COMPUTE),
    memory(r'msg="total memory" size="?', Quantity.TOTAL),
    setting(r"KvSize:(?P<value>\d+)", "n_ctx"),
    setting(r"\bParallel:(?P<value>\d+)", "n_seq_max"),
    setting(r"\bBatchSize:(?P<value>\d+)", "n_batch"),
    setting(r"FlashAttention:(?P<value>\w+)", "flash_attn"),
    setting(r"KvCacheType:(?P<value>\w+)", "kv_type_k"),
    setting(r"--ctx-size (?P<value>\d+)", "n_ctx"),
    setting(r"--parallel (?P<value>\d+)", "n_seq_max"),
    setting(r"architecture=(?P<value>\w+) file_type", "architecture"),
    setting(r"file_type=(?P<value>\w+)", "quantization"),
    setting(r'memory\.required\.full="(?P<value>[^"]+)"', "projected"),
    mark(r"--model (?P<value>\S+)", "model"),
    mark(r"Listening on \S+ \(version (?P<value>[\w.+-]+)\)", "version"),
    mark(r"llama runner started in", "ready"),
)

MARKS = re.compile(
    r"source=\w+\.go:\d+ msg=|msg=\"(?:model weights|kv cache|compute graph)\"|\bollama\[\d+\]: "
)
"""What only Ollama prints."""


def own_only_where_alone(figures: Iterable[Figure]) -> list[Figure]:
    """Without Ollama's forecast of what llama.cpp said itself afterwards, with more digits."""
    found = list(figures)
    exact = {each.quantity for each in found if "msg=" not in each.raw}
    return [each for each in found if each.quantity not in exact or "msg=" not in each.raw]


FAMILY = replace(
    llama_cpp.FAMILY,
    rules=RULES + llama_cpp.RULES,
    seen=re.compile(rf"msg=|{llama_cpp.FAMILY.seen.pattern}"),
    starts=re.compile(r'msg="starting (?:runner|llama server|go runner process)" cmd='),
    again=re.compile(rf"msg=load request=|{llama_cpp.FAMILY.again.pattern}"),
)
