"""Which model classes each engine has code for, read from its source without running it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from decisions.management.options.wanted import ENGINES, LLAMA_CPP

AUTO = ("MODEL_FOR_CAUSAL_LM_MAPPING_NAMES", "MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES")

REMOTE_CODE = {  # model_type to class, where Transformers has none and the catalogue has the model
    "bailing_moe": "BailingMoeV2ForCausalLM",
    "exaone": "ExaoneForCausalLM",
    "internlm2": "InternLM2ForCausalLM",
    "kimi_k2": "DeepseekV3ForCausalLM",
    "mimo": "MiMoForCausalLM",
    "minicpm": "MiniCPMForCausalLM",
}


def lists(work: Path, llama_cpp: Path, llama_version: str, today: str) -> dict[str, Any]:
    """The lists of all engines, each with version, source and date."""
    versions = {engine.package: engine.version for engine in ENGINES}
    found = {
        "transformers": _transformers(work / "transformers/transformers/models/auto/modeling_auto.py"),
        "vllm": _vllm(work / "vllm/vllm/model_executor/models/registry.py"),
        "sglang": _sglang(work / "sglang/sglang/srt/models"),
    }
    dated = {
        name: {"version": versions[name], "source": f"{name} {versions[name]} (PyPI)", "date": today, **rows}
        for name, rows in found.items()
    }
    source = f"{LLAMA_CPP}/tree/{llama_version}/conversion"
    llama = _llama_cpp(llama_cpp / "conversion/__init__.py")
    remote = {"source": "config.json of the models", "date": today, "text": REMOTE_CODE}
    return dated | {
        "remote_code": remote,
        "llama_cpp": {"version": llama_version, "source": source, "date": today, **llama},
    }


def _transformers(path: Path) -> dict[str, Any]:
    """Class by model type, of models that write text: from text alone, or from pictures too."""
    tables = _assigned(path)
    pairs = {name: dict(ast.literal_eval(tables[name].args[0])) for name in AUTO}  # type: ignore[attr-defined]
    return {"text": pairs[AUTO[0]], "multimodal": pairs[AUTO[1]]}


def _vllm(path: Path) -> dict[str, Any]:
    tables = _assigned(path)
    return {
        "text": _keys(tables["_TEXT_GENERATION_MODELS"]),
        "multimodal": _keys(tables["_MULTIMODAL_MODELS"]),
        "through_transformers": _keys(tables["_TRANSFORMERS_SUPPORTED_MODELS"]),
        "removed": ast.literal_eval(tables["_PREVIOUSLY_SUPPORTED_MODELS"]),
    }


def _sglang(folder: Path) -> dict[str, Any]:
    entries = (_assigned(path).get("EntryClass") for path in sorted(folder.glob("*.py")))
    return {"text": sorted({name for entry in entries if entry is not None for name in _names(entry)})}


def _llama_cpp(path: Path) -> dict[str, Any]:
    tables = _assigned(path)
    return {
        "text": _keys(tables["TEXT_MODEL_MAP"]),
        "multimodal": _keys(tables["MMPROJ_MODEL_MAP"]),
    }


def _assigned(path: Path) -> dict[str, ast.expr]:
    """What is assigned to each name of a module."""
    found: dict[str, ast.expr] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
    return found


def _keys(table: ast.expr) -> list[str]:
    assert isinstance(table, ast.Dict)  # noqa: S101
    names = (str(key.value) for key in table.keys if isinstance(key, ast.Constant))
    return sorted(name for name in names if re.fullmatch(r"\w+", name))


def _names(entry: ast.expr) -> Iterator[str]:
    each = entry.elts if isinstance(entry, ast.List | ast.Tuple) else [entry]
    return (one.id for one in each if isinstance(one, ast.Name))
