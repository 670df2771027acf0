"""Ask the engine about one shipped model of each kind in settings that few people use, by hand:

    python -m tests.benchmarks.engine.unusual FOLDER tests/fit/hardware/data/engine_unusual.json [SEED]

See the package's docstring for FOLDER; another SEED draws other settings. Odd contexts, passes of 64 to 2,048
tokens, 1 to 16 sequences, caches of other types, no flash attention. The engine aborts on some of them: each
model has a process of its own.
"""

import json
import os
import random
import sys
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.setting import Setting
from decisions.knowledge import models
from tests.benchmarks.engine.sizes import Contexts
from tests.benchmarks.engine.sparse_gguf import write

EACH = 5
TYPES = ("q8_0", "q4_0", "q8_0/q4_0", "f16/q8_0", "q5_1", "f32")
KEYS_ALONE = ("q8_0/f16", "q4_0/f16", "f32")  # without flash attention values are not quantized


def drawn(chance: random.Random) -> dict[str, Any]:
    """A setting; what is left out is the library's own."""
    parallel, unified = chance.choice((1, 1, 2, 3, 5, 8, 12, 16)), chance.random() < 0.35
    context = chance.randint(512, 131_072 if unified or parallel < 4 else 9000)
    more: dict[str, Any] = {"context_tokens": context, "parallel": parallel, "kv_unified": unified}
    if chance.random() < 0.6:
        more["ubatch_tokens"] = chance.choice((64, 128, 300, 768, 1000, 1536, 2048))
    if chance.random() < 0.3:
        more["batch_tokens"] = chance.choice((128, 512, 1024, 4096))
    if chance.random() < 0.3:
        more["flash_attention"] = False
    if chance.random() < 0.4:
        more["kv_dtype"] = chance.choice(KEYS_ALONE if "flash_attention" in more else TYPES)
    if chance.random() < 0.5:
        more["outputs"] = max(parallel, chance.choice((1, 16, 64)))
    return more | ({"swa_full": True} if chance.random() < 0.3 else {})


def ask(folder: str, name: str, arch: Architecture, seed: str, heard: Connection) -> None:
    """Send a row for each setting the engine takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    engine, chance = Contexts(Path(folder)), random.Random(seed + name)  # noqa: S311
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "model.gguf"
        write(path, arch)
        for more in (drawn(chance) for _ in range(EACH)):
            try:
                heard.send((name, more, *engine.sizes(path, Setting("llama_cpp", "F16", **more))))
            except RuntimeError as refused:
                print(name, more, str(refused).splitlines()[-1])


def main(folder: str, target: str, seed: str = "") -> int:
    kinds: dict[str, tuple[str, Architecture]] = {}
    for model in models.shipped():
        if arch := architecture_of(model):
            kinds.setdefault(arch.model_type, (model.id, arch))
    rows, processes = [], get_context("fork")
    for name, arch in kinds.values():
        listens, heard = processes.Pipe(duplex=False)
        one = processes.Process(target=ask, args=(folder, name, arch, seed, heard))
        one.start()
        heard.close()
        try:
            while True:
                rows.append(listens.recv())
        except EOFError:
            one.join()
    head = {"source": "llama.cpp v0.5.0 (node-llama-cpp 3.22.1, Linux x64, CPU), MiB as printed"}
    lines = ",\n".join(json.dumps(row) for row in rows)
    Path(target).write_text(f'{{\n{json.dumps(head)[1:-1]},\n"rows": [\n{lines}\n]}}\n', encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
