"""vramcalc: Llama-like models in 16 bits, from config.json."""

from lines import Cannot, is_known, one_device, sequences, serve
from vramcalc.estimate import estimate

DTYPES = {"BF16": "bf16", "F16": "fp16", "FP16": "fp16"}


def answer(question):
    one_device(question)
    if question["quant"] not in DTYPES:
        raise Cannot(f"no such weights: {question['quant']}")
    context = question.get("context", 4096)
    found = estimate(
        question["folder"] + "/config.json",
        dtype=DTYPES[question["quant"]],
        batch=max(1, sequences(question) // context),
        seq_len=context,
    )
    return parts(found, question)


def parts(found, question):
    sizes = {name: getattr(found, name) for name in ("weights", "kv_cache", "activations", "total")}
    known = is_known(question)
    return {
        "weights": sizes["weights"],
        "kv": sizes["kv_cache"] if known else None,
        "compute": sizes["activations"] if question["gguf"] else None,
        "total": sizes["total"] if known else None,
    }


if __name__ == "__main__":
    serve(answer)
