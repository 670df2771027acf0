"""The site runs on what requirements.txt names: nothing it imports comes with the test packages alone."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOR_MAINTAINERS = ROOT / "decisions" / "management" / "pictures"  # script/screenshots drives a browser
CODE = [
    path
    for path in (ROOT / "manage.py", *(ROOT / "config").rglob("*.py"), *(ROOT / "decisions").rglob("*.py"))
    if FOR_MAINTAINERS not in path.parents
]
FROM_WHERE = packages_distributions()
OURS = {"config", "decisions"}
PINNED = {
    re.sub(r"[-_.]+", "-", name).lower()
    for name in re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
}


def _imported(node: ast.AST) -> Iterator[str]:
    """Top-level names a module imports when it runs; what is for the type checker alone does not count."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name.split(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and not child.level:
            yield (child.module or "").split(".")[0]
        else:
            yield from _imported(child)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_is_a_requirement(path: Path) -> None:
    names = set(_imported(ast.parse(path.read_text("utf-8")))) - OURS - set(sys.stdlib_module_names)
    for name in names:
        places = {re.sub(r"[-_.]+", "-", each).lower() for each in FROM_WHERE.get(name, [])}
        assert places & PINNED, f"{name} is not in requirements.txt"
