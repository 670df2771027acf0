"""Frozen values whose hash is worked out once.

A model of sixty layers is a key of every cache on the way to an estimate; hashing it anew each time took half
of the estimate's time.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

Kind = TypeVar("Kind", bound=type)


class HashedOnce:
    """The place for the hash, which is no field: it is neither compared, nor written, nor carried over to
    another process, where texts hash to something else."""

    __slots__ = ("_hash",)


def hashed_once(kind: Kind) -> Kind:
    """A frozen dataclass on top of `HashedOnce`, keeping its hash from the first time on."""
    work_out = cast(Callable[[Any], int], kind.__hash__)

    def found(self: Any) -> int:
        try:
            known: int = self._hash
        except AttributeError:
            known = work_out(self)
            object.__setattr__(self, "_hash", known)
        return known

    type.__setattr__(kind, "__hash__", found)
    return kind
