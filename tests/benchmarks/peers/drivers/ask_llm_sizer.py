"""llm-sizer: a list of some models, in 16, 8 or 4 bits a parameter; its numbers are GiB with two decimals."""

import json
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from lines import GIB, Cannot, is_known, one_device, sequences, serve

COMMAND = Path(sys.executable).with_name("llm-sizer")
QUANTS = {
    "BF16": "bf16",
    "F16": "fp16",
    "FP16": "fp16",
    "Q8_0": "q8",
    "Q4_0": "q4",
    "Q4_K_M": "q4",
    "Q4_K_S": "q4",
}


def told(*arguments):
    ran = subprocess.run(
        [COMMAND, *arguments, "--json"], capture_output=True, text=True, timeout=20, check=False
    )
    if ran.returncode:
        raise Cannot(ran.stderr.strip()[-200:])
    return json.loads(ran.stdout)


@lru_cache(maxsize=1)
def listed():
    return {words(one["id"]): one["id"] for one in told("--list-models")}


def words(name):
    kept = [
        word
        for word in re.split(r"[-_/]", name.lower())
        if word not in ("instruct", "it", "chat", "hf", "meta")
    ]
    return " ".join(kept)


def answer(question):
    one_device(question)
    name = listed().get(words(question["repo"].split("/")[-1]))
    quant = QUANTS.get(question["quant"])
    if name is None or quant is None:
        raise Cannot("not in its list")
    found = told("-m", name, "-q", quant, "-c", str(sequences(question)))["vram_gb"]
    if not is_known(question):
        return {"weights": found["weights"] * GIB}
    return {"weights": found["weights"] * GIB, "kv": found["kv_cache"] * GIB, "total": found["total"] * GIB}


if __name__ == "__main__":
    serve(answer)
