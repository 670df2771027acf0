"""The option parsers of vLLM, SGLang and Transformers, as plain rows on standard output.

Run by the Python that has the engines' packages, with the unpacked wheel's folder first on its path: only the
standard library and the engine may be imported here.
"""

import argparse
import enum
import importlib
import json
import sys
from typing import Any

KINDS = {"int": "int", "float": "float", "_optional_type": "str", "human_readable_int": "int"}


def vllm() -> dict[str, Any]:
    """`vllm serve`; the lists its parser does not hold to are read from where they are checked later."""
    utils: Any = importlib.import_module("vllm.utils.argparse_utils")
    args: Any = importlib.import_module("vllm.entrypoints.common.cli_args")
    parser = args.make_arg_parser(utils.FlexibleArgumentParser())
    quantization: Any = importlib.import_module("vllm.model_executor.layers.quantization")
    cache: Any = importlib.import_module("vllm.config.cache")
    loaders: Any = importlib.import_module("vllm.model_executor.model_loader")
    parsers: Any = importlib.import_module("vllm.tool_parsers")
    return rows(parser) | {
        "lists": {
            "--quantization": list(quantization.QUANTIZATION_METHODS),
            "--kv-cache-dtype": list(cache.KV_CACHE_DTYPES),
            "--load-format": list(loaders._LOAD_FORMAT_TO_MODEL_LOADER),
            "--tool-call-parser": sorted(parsers.ToolParserManager.list_registered()),
        }
    }


def sglang() -> dict[str, Any]:
    """`sglang serve`."""
    server: Any = importlib.import_module("sglang.srt.server_args")
    parser = argparse.ArgumentParser()
    server.ServerArgs.add_cli_args(parser)
    return rows(parser) | {"lists": {}}


def transformers() -> dict[str, Any]:
    """`transformers serve`, whose parser is typer's."""
    typer: Any = importlib.import_module("typer")
    serve: Any = importlib.import_module("transformers.cli.serve")
    app = typer.Typer()
    app.command()(serve.Serve)
    command = typer.main.get_command(app)
    options = [_of_typer(one) for one in command.params if one.opts[0].startswith("-")]
    return {"options": options, "lists": {"--quantization": ["bnb-4bit", "bnb-8bit"]}}


def rows(parser: argparse.ArgumentParser) -> dict[str, Any]:
    """Every option of an argparse parser."""
    found = [_of_argparse(action) for action in parser._actions if action.option_strings]
    return {"options": found}


def _of_argparse(action: argparse.Action) -> dict[str, Any]:
    takes = "flag" if action.nargs == 0 else KINDS.get(getattr(action.type, "__name__", "str"), "str")
    if getattr(action.type, "__name__", "").startswith("human_readable_int"):
        takes = "int"
    choices = [str(one) for one in action.choices] if action.choices is not None else None
    return {
        "flags": list(action.option_strings),
        "takes": "choice" if choices else takes,
        "choices": choices,
        "default": action.default if isinstance(action.default, str | int | float | bool) else None,
        "several": action.nargs in {"*", "+"},
    }


def _of_typer(option: Any) -> dict[str, Any]:
    kind = option.type_descriptor.annotation
    choices = [str(one.value) for one in kind] if issubclass(kind, enum.Enum) else None
    takes = {bool: "flag", int: "int", float: "float"}.get(kind, "str")
    default = option.default if isinstance(option.default, str | int | float | bool) else None
    return {
        "flags": [*option.opts, *option.secondary_opts],
        "takes": "choice" if choices else takes,
        "choices": choices,
        "default": default,
        "several": False,
    }


if __name__ == "__main__":
    stand_ins: Any = importlib.import_module("stand_ins")  # from beside this file, as a script finds it
    found = stand_ins.read({"vllm": vllm, "sglang": sglang, "transformers": transformers}[sys.argv[1]])
    sys.stdout.write("\n=====\n" + json.dumps(found))
