"""kvfit: weights as the files on the Hub, the cache of one sequence by architecture; it refuses what it does
not know."""

from lines import GIB, is_known, sequences, serve, through_loopback

through_loopback()

from kvfit import hf  # noqa: E402 - what is imported by name has to be the loopback's
from kvfit.cli import main  # noqa: E402
from lines import told  # noqa: E402

hf.HF_BASE = hf.HF_BASE.rstrip("/")


def answer(question):
    model = question["repo"]
    if question["gguf"]:
        model = f"https://huggingface.co/{model}/resolve/main/{question['gguf'].rsplit('/', 1)[1]}"
    devices = question.get("devices") or 1
    arguments = [model, "--hardware", f"custom:{question.get('memory_gib') or 2000}", "--gpus", str(devices)]
    arguments += ["--tp", str(devices), "--context", str(sequences(question)), "--allow-context-overflow"]
    if question.get("memory_fraction"):
        arguments += ["--utilization", str(question["memory_fraction"])]
    found = told(main, [*arguments, "--json"])
    weights, cache = found["weights"]["bytes"], found["cache"]["gib_per_sequence"] * GIB
    layout = (found.get("layouts") or [{}])[0]
    each = layout.get("kv_per_sequence_per_rank_gib")
    room = layout.get("budget_per_rank_gib", 0) - layout.get("weights_per_rank_gib", 0)
    known = is_known(question)
    return {
        "weights": layout["weights_per_rank_gib"] * GIB if devices > 1 and layout else weights,
        "kv": cache if known else None,
        "total": weights + cache if known and weights else None,
        "tokens": room / each * sequences(question) if each and question.get("memory_fraction") else None,
    }


if __name__ == "__main__":
    serve(answer)
