"""hf-mem: reads headers from the Hub; cache per sequence of the context, no overhead."""

import hf_mem
from lines import Cannot, serve, through_loopback


def answer(question):
    gguf = question["gguf"]
    if not (gguf or question["checkpoint"]):
        raise Cannot("no header of the weights")
    found = hf_mem.run(
        question["repo"],
        experimental=True,
        max_model_len=question.get("context", 4096),
        batch_size=1 if question.get("kv_unified") else question.get("parallel") or 1,
        kv_cache_dtype=_type(question),
        gguf_file=gguf and gguf.rsplit("/", 1)[1],
    )
    devices = question.get("devices") or 1
    if devices > 1:
        raise Cannot("one device only")
    return {"weights": found.memory, "kv": found.kv_cache, "total": found.total_memory}


def _type(question):
    kv = question.get("kv_dtype")
    if not kv:
        return "auto"
    return kv.upper() if question["gguf"] else {"bf16": "bfloat16"}.get(kv, kv)


if __name__ == "__main__":
    through_loopback()
    serve(answer)
