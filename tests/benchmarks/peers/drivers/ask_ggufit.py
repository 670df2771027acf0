"""ggufit: bytes per parameter by quantization, from its catalogue or the Hub; no GPU."""

from functools import lru_cache

from lines import GIB, Cannot, is_known, one_device, sequences, serve, through_loopback

through_loopback()

from ggufit import calculator, hub, models  # noqa: E402 - what is imported by name has to be the loopback's

QUANTS = {"BF16": "fp16", "F16": "fp16", "FP16": "fp16", "F32": "fp32"}
BITS = {"q8_0": 8, "q4_0": 4}


@lru_cache(maxsize=64)
def record_of(repo):
    key, found = models.find_model(repo)
    if key:
        return found
    fetched = hub.fetch_one(repo)
    if "_error" in fetched:
        raise Cannot(fetched["_error"])
    return hub.to_catalogue_record(fetched)


def answer(question):
    one_device(question)
    mix = question["quant"].upper()
    quant = QUANTS.get(mix) or ("q" + mix[1] if mix[0] == "Q" and mix[1:2].isdigit() else None)
    if quant not in calculator.QUANT_BYTES_PER_PARAM:
        raise Cannot(f"no such weights: {mix}")
    model = record_of(question["repo"])
    weights = calculator.model_size_gb(model["params_billion"], quant)
    bits = 16 if is_known(question) else BITS.get(question["kv_dtype"])
    cache = bits and calculator.kv_cache_gb(model, sequences(question), kv_bits=bits)
    total = cache and calculator.host_ram_needed(weights, cache)
    return {
        "weights": weights * GIB,
        "kv": cache and cache * GIB,
        "compute": (total - weights - cache) * GIB if total and question["gguf"] else None,
        "total": total and total * GIB,
    }


if __name__ == "__main__":
    serve(answer)
