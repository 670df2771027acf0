"""What the code offers is in the README or in docs/, and what these point to is there."""

import ast
import re
from argparse import Action
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import BaseCommand, load_command_class
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text()
DOCUMENTATION = "\n".join(path.read_text() for path in PAGES)
COMMANDS = sorted(path.stem for path in (ROOT / "decisions/management/commands").glob("[a-z]*.py"))
SCRIPTS = sorted(path.name for path in (ROOT / "script").iterdir())
PICTURES = sorted((ROOT / "docs/pictures").iterdir())
READERS = {"text", "flag", "integer", "choice", "folder", "hosts", "origins", "secret"}
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
PICTURE_BYTES = 150 * 1024
README_LINES = 130


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


def options_of_commands() -> Iterator[tuple[str, str]]:
    """Command and option, without those that every command of Django has."""
    everywhere = {(each.dest, type(each)) for each in _actions(BaseCommand())}
    for name in COMMANDS:
        for each in _actions(load_command_class("decisions", name)):
            if each.option_strings and (each.dest, type(each)) not in everywhere:
                yield name, max(each.option_strings, key=len)


def _actions(command: BaseCommand) -> list[Action]:
    return command.create_parser("manage.py", "command")._actions


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for found in LINK.findall(page.read_text()):
            yield page, found[0] or found[1]


def relative_links() -> list[tuple[Path, str]]:
    return [(page, to) for page, to in links() if "://" not in to and not to.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """Where a page can be entered, as its headings are turned into anchors."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", sorted(set(settings_read())))
def test_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENTATION


@pytest.mark.parametrize("option", sorted(set(options_of_scripts())))
def test_option_of_a_script_is_documented(option: str) -> None:
    assert f"`{option}`" in DOCUMENTATION


@pytest.mark.parametrize(("name", "option"), sorted(options_of_commands()))
def test_option_of_a_command_is_documented(name: str, option: str) -> None:
    part = (ROOT / "docs/terminal.md").read_text().split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert re.search(rf"{option}(?![\w-])", part)


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_is_in_the_readme(name: str) -> None:
    assert f"script/{name}" in README


def test_the_scanners_find_something() -> None:
    assert {"SECRET_KEY_FILE", "DATABASE_URL", "PORT"} <= set(settings_read())
    assert {"--test", "--no-demo", "--upgrade"} <= set(options_of_scripts())
    assert ("export", "--format") in set(options_of_commands())
    assert len(relative_links()) >= 10


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    assert f"`{name}`" in README
    assert load_command_class("decisions", name).help


def test_the_readme_promises_no_other_command() -> None:
    table = README.split("## From the terminal")[1].split("## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize(("page", "to"), relative_links(), ids=lambda each: getattr(each, "name", each))
def test_link_leads_somewhere(page: Path, to: str) -> None:
    path, _, anchor = to.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.is_relative_to(ROOT)
    assert target.exists()
    assert not anchor or anchor in anchors(target)


@pytest.mark.parametrize("address", sorted(set(re.findall(r"`(/[a-z-]+/)`", DOCUMENTATION))))
def test_address_is_one_of_ours(address: str) -> None:
    assert resolve(address)


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    linked = {(page.parent / to).resolve() for page, to in relative_links() if page.name == "README.md"}
    assert {page for page in PAGES if page.name != "README.md"} <= linked


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_picture_is_small_shown_and_has_both_themes(picture: Path) -> None:
    assert picture.stat().st_size <= PICTURE_BYTES
    assert f"docs/pictures/{picture.name}" in README
    name, _, theme = picture.stem.rpartition("-")
    assert picture.with_stem(f"{name}-{'dark' if theme == 'light' else 'light'}").exists()


def test_every_picture_says_what_it_shows() -> None:
    shown = re.findall(r"<img [^>]*>", README)
    assert len(shown) * 2 == len(PICTURES)
    assert all(re.search(r'alt="[^"]{20,}"', each) for each in shown)


def test_the_readme_is_read_to_its_end() -> None:
    assert len(README.splitlines()) <= README_LINES
