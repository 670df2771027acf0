"""The metadata of one architecture by short names, whole numbers only."""

from collections.abc import Mapping
from dataclasses import dataclass

from decisions.fit.hardware.gguf.bytes import shown
from decisions.fit.hardware.gguf.header import Value
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.say import say

_MOST = 1 << 31


@dataclass(frozen=True, slots=True)
class Keys:
    """`metadata` of a model of `architecture`; a short name is what follows the architecture's."""

    metadata: Mapping[str, Value]
    architecture: str

    def whole(self, name: str, layer: int | None = None) -> int:
        """The number, or the `layer`'s own of a list; 0 where there is none. Raises Unsizable for what is
        no whole number, or a size that no model has."""
        found = self.metadata.get(f"{self.architecture}.{name}", 0)
        if isinstance(found, tuple) and layer is not None:
            found = found[layer] if layer < len(found) else 0
        if isinstance(found, tuple):  # one value is asked for where the file has one for each layer
            found = max((value for value in found if isinstance(value, int)), default=0)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < _MOST:
            raise self._problem(name, found, 0, _MOST)
        return found

    def needed(self, name: str, most: int) -> int:
        """The same, at least 1 and at most `most`; without it nothing can be sized."""
        if f"{self.architecture}.{name}" not in self.metadata:
            raise Unsizable(say("gguf.missing", name=f"{self.architecture}.{name}"))
        found = self.whole(name)
        if not 1 <= found <= most:
            raise self._problem(name, found, 1, most)
        return found

    def _problem(self, name: str, found: Value, least: int, most: int) -> Unsizable:
        key = f"{self.architecture}.{name}"
        return Unsizable(say("gguf.number", name=key, found=shown(str(found)), least=least, most=most))
