"""accelerate estimate-memory: the weights of the model's class built without memory, in 16 bits."""

from functools import lru_cache

from accelerate.commands.estimate import estimate_command_parser, gather_data
from lines import Cannot, one_device, serve


@lru_cache(maxsize=64)
def size_of(repo):
    arguments = [repo, "--library_name", "transformers", "--dtypes", "float16"]
    return gather_data(estimate_command_parser().parse_args(arguments))[0][2]


def answer(question):
    one_device(question)
    if question["quant"] not in ("BF16", "F16", "FP16"):
        raise Cannot(f"no such weights: {question['quant']}")
    return {"weights": size_of(question["repo"])}


if __name__ == "__main__":
    serve(answer)
