"""hf-mem: reads headers from the Hub; cache per sequence of the context, no overhead."""

import hf_mem
from lines import SIXTEEN, Cannot, one_device, serve, through_loopback


def answer(question):
    one_device(question)
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
    return {"weights": found.memory, "kv": found.kv_cache, "total": found.total_memory}


def _type(question):
    kv = question.get("kv_dtype") or "auto"
    if question["gguf"]:
        return kv if kv == "auto" else kv.upper()
    return "auto" if kv in SIXTEEN else kv


if __name__ == "__main__":
    through_loopback()
    serve(answer)
