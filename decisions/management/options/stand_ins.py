"""Stand-ins for what an engine imports and its option parser never calls: GPU kernels, grammar compilers.

Run by the engines' own Python, beside `parsers.py`: nothing of ours may be imported here.
"""

import importlib.abc
import importlib.machinery
import os
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

NAMES = "STAND_INS"  # in the environment: packages that are missing


class Anything:
    """A class, function, decorator or value that stands wherever one is named."""

    def __init__(self, *_args: Any, **_named: Any) -> None: ...

    def __init_subclass__(cls, **_named: Any) -> None: ...

    def __class_getitem__(cls, _item: Any) -> "type[Anything]":
        return cls

    def __call__(self, *given: Any, **_named: Any) -> Any:
        return given[0] if given and callable(given[0]) else self

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __or__(self, _other: Any) -> "Anything":
        return self

    __ror__ = __or__

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (Anything,)

    def __bool__(self) -> bool:
        return False

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        core: Any = sys.modules["pydantic_core.core_schema"]
        return core.any_schema()


class Package(types.ModuleType):
    """A package that has whatever is asked of it."""

    __version__ = "0.0.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Anything,), {"__module__": self.__name__}) if name[0].isupper() else Anything()
        setattr(self, name, made)
        return made


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the packages named, after all that are really there."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        """A stand-in for a package of that name, or for what is inside it."""
        if name.partition(".")[0] not in self.names:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """An empty package."""
        module = Package(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def read(make: Callable[[], Any]) -> Any:
    """What `make` gives. Where a package is missing, everything is begun anew with a stand-in for it."""
    names = set(os.environ.get(NAMES, "").split())
    sys.meta_path.append(Finder(names))
    try:
        return make()
    except ModuleNotFoundError as missing:
        name = str(missing.name).partition(".")[0]
        if not missing.name or name in names:
            raise
        os.environ[NAMES] = " ".join({*names, name})
        # half-imported packages cannot be tried again
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606
