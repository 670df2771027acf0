"""`script/options`: read the engines' option parsers and lists of models, and write the tables that ship."""

import argparse
import datetime
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from decisions.management.options import classes, documented
from decisions.management.options.wanted import ENGINES, LLAMA_CPP, Engine

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge"
WORK = Path("var/options")
_INNERMOST = re.compile(r"(\[(?=\s+\")[^\[\]{}]*\]|\{(?=\s+\"flags)[^{}]*\})")  # lists of words, and options


def main() -> int:
    """Make what is missing in var/options, then every table that a package or a file can be read for."""
    parser = argparse.ArgumentParser(prog="script/options", description=__doc__)
    parser.add_argument("--llama-cpp", type=Path, required=True, help="a folder with llama.cpp's source")
    parser.add_argument("--llama-cpp-version", required=True, help="its commit or build")
    parser.add_argument("--work", type=Path, default=WORK, help="where packages are kept")
    given = parser.parse_args()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    python = _python(given.work)
    for engine in ENGINES:
        folder = _unpacked(given.work, engine, python)
        table = _table(engine, _read(engine, folder, python), today)
        _write(KNOWLEDGE / "options" / f"{engine.runtime}.json", table)
    readme = (given.llama_cpp / "tools/server/README.md").read_text(encoding="utf-8")
    _write(
        KNOWLEDGE / "options/llama_cpp.json",
        {
            "runtime": "llama_cpp",
            "version": given.llama_cpp_version,
            "source": f"{LLAMA_CPP}/blob/{given.llama_cpp_version}/tools/server/README.md",
            "date": today,
            "commands": {"llama-server": documented.options(readme)},
        },
    )
    lists = classes.lists(given.work, given.llama_cpp, given.llama_cpp_version, today)
    _write(KNOWLEDGE / "model_classes.json", lists)
    return 0


def _python(work: Path) -> Path:
    python = work / "venv/bin/python"
    if not python.exists():
        packages = (HERE / "packages.txt").read_text(encoding="utf-8").split()
        subprocess.run([sys.executable, "-m", "venv", str(work / "venv")], check=True)  # noqa: S603
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)  # noqa: S603
    return python.absolute()


def _unpacked(work: Path, engine: Engine, python: Path) -> Path:
    folder = work / engine.package
    if not folder.exists():
        name = f"{engine.package}=={engine.version}"
        command = [str(python), "-m", "pip", "download", "-q", "--no-deps", "-d", str(work), name]
        subprocess.run(command, check=True)  # noqa: S603
        wheel = next(work.glob(f"{engine.package}-{engine.version}-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if name.endswith(".py")])
    return folder.absolute()


def _read(engine: Engine, folder: Path, python: Path) -> dict[str, Any]:
    """What the engine's own parser says, run by the Python that has its packages."""
    answer = subprocess.run(  # noqa: S603
        [python, HERE / "parsers.py", engine.package],
        env={"PYTHONPATH": str(folder), "VLLM_TARGET_DEVICE": "cpu", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.rpartition("\n=====\n")[2])
    return found


def _table(engine: Engine, found: dict[str, Any], today: str) -> dict[str, Any]:
    options = []
    for option in found["options"]:
        if not engine.flags & set(option["flags"]):
            continue
        choices = found["lists"].get(option["flags"][0])
        if choices:
            option |= {"takes": "choice", "choices": choices}
        options.append({key: value for key, value in option.items() if value not in (None, False)})
    return {
        "runtime": engine.runtime,
        "version": engine.version,
        "source": f"{engine.package} {engine.version} (PyPI), {engine.where}",
        "date": today,
        "commands": {engine.command: {"arguments": engine.arguments, "options": options}},
    }


def _write(path: Path, table: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, indent=1)
    for _inner_then_outer in range(2):
        text = _INNERMOST.sub(lambda found: " ".join(found[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
