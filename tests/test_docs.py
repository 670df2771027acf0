"""What the code offers is in the README: settings, commands, the options of commands and scripts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import load_command_class

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
COMMANDS = sorted(path.stem for path in (ROOT / "decisions/management/commands").glob("[a-z]*.py"))
READERS = {"text", "flag", "integer", "choice", "folder", "hosts", "origins", "secret"}


def settings_read() -> Iterator[str]:
    """The names given to the readers of `config.env`, anywhere in `config/` and the product."""
    for path in [*(ROOT / "config").glob("*.py"), *(ROOT / "decisions").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"env.{name}" for name in READERS}:
                name = ast.literal_eval(node.args[0])
                yield name
                if node.func.attr == "secret":  # type: ignore[attr-defined]
                    yield f"{name}_FILE"


def options_of_scripts() -> Iterator[str]:
    for path in (ROOT / "script").iterdir():
        yield from re.findall(r"^ +(--[a-z-]+)\)", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", sorted(set(settings_read())))
def test_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("option", sorted(set(options_of_scripts())))
def test_option_of_a_script_is_in_the_readme(option: str) -> None:
    assert f"`{option}`" in README


def test_the_scanners_find_something() -> None:
    assert {"SECRET_KEY_FILE", "DATABASE_URL", "PORT"} <= set(settings_read())
    assert {"--test", "--no-demo", "--upgrade"} <= set(options_of_scripts())


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README
    assert load_command_class("decisions", name).help


def test_the_readme_promises_no_other_command() -> None:
    table = README.split("## From the terminal")[1].split("###")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == COMMANDS
