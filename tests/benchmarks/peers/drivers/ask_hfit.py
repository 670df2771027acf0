"""hfit: sizes of files on the Hub, the cache of one sequence in 16 bits, 5 % and 0.8 GiB beside."""

from functools import lru_cache

from hfit.estimate import GiB, _required
from hfit.model import fetch_model
from lines import Cannot, is_known, one_device, sequences, serve, through_loopback

fetch = lru_cache(maxsize=64)(fetch_model)


def answer(question):
    one_device(question)
    model = fetch(question["repo"])
    if question["gguf"]:
        weights = dict(model.gguf_files)[question["gguf"].rsplit("/", 1)[1]]
    elif question["checkpoint"]:
        weights = model.params * 2
    else:
        raise Cannot("no sizes of files")
    cache = model.kv and model.kv.bytes_for(sequences(question)) if is_known(question) else None
    total = _required(weights / GiB, cache / GiB) * GiB if cache else None
    return {"weights": weights, "kv": cache, "compute": total and total - weights - cache, "total": total}


if __name__ == "__main__":
    through_loopback()
    serve(answer)
