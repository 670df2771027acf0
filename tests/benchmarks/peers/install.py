"""Each tool in an environment of its own, made by its package's name and version."""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.peers.tools import Tool

SECONDS = 1200
DRIVERS = Path(__file__).parent / "drivers"


def installed(tool: Tool, place: Path) -> str:
    """Install the tool in that folder, unless it is there; the reason where it cannot be, or nothing."""
    marker, wanted = place / "installed.txt", " ".join(packages(tool))
    if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return ""
    place.mkdir(parents=True, exist_ok=True)
    for command in commands(tool, place):
        if reason := _failed(command, place):
            return reason
    marker.write_text(wanted, encoding="utf-8")
    return ""


def packages(tool: Tool) -> tuple[str, ...]:
    """What is asked of the registry."""
    return f"{tool.name}{'@' if tool.registry == 'npm' else '=='}{tool.version}", *tool.more


def commands(tool: Tool, place: Path) -> list[list[str]]:
    """How it is installed; an npm package's own scripts are not run."""
    if tool.registry == "npm":
        (place / "package.json").write_text('{"private": true}', encoding="utf-8")
        quiet = ["--no-audit", "--no-fund", "--omit=optional", "--ignore-scripts"]
        return [["npm", "install", *quiet, *packages(tool)]]
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    return [[sys.executable, "-m", "venv", str(place)], [*pip, *packages(tool)]]


def command(tool: Tool, place: Path) -> list[str]:
    """How its driver is started."""
    program = "node" if tool.driver.endswith(".mjs") else str(place / "bin" / "python")
    return [program, str(DRIVERS / tool.driver)]


def _failed(command: list[str], place: Path) -> str:
    try:
        ran = subprocess.run(
            command,
            cwd=place,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"{type(problem).__name__}: {problem}"[:200]
    return (ran.stderr.strip().splitlines() or ["it failed"])[-1][:200] if ran.returncode else ""
