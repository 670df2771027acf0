"""From which compute capability of NVIDIA's GPUs on a runtime loads a quantization."""

from functools import cache

from decisions.knowledge.facts import Fact, read_json


class Capability(Fact):
    """The lowest compute capability ("8.0") with which `runtime` loads what is called `word`."""

    runtime: str
    word: str
    capability: str

    @property
    def number(self) -> tuple[int, ...]:
        """To be compared: 8.9 is less than 10.0."""
        return as_number(self.capability)


@cache
def shipped() -> tuple[Capability, ...]:
    """Every shipped row."""
    return tuple(Capability(**row) for row in read_json("capabilities.json"))


def as_number(capability: str) -> tuple[int, ...]:
    """A compute capability as numbers, major before minor."""
    return tuple(int(part) for part in capability.split("."))
