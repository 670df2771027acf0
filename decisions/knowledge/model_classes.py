"""Which model classes each runtime has code for, read from its source."""

from functools import cache

from pydantic import Field

from decisions.knowledge.facts import HERE, Fact


class Classes(Fact):
    """The classes one runtime takes: from text, from pictures or sound too, or by Transformers.

    A class is named as in the model's own configuration (`architectures`). `removed` says in which version
    it last worked.
    """

    version: str
    text: frozenset[str]
    multimodal: frozenset[str] = frozenset()
    through_transformers: frozenset[str] = frozenset()
    removed: dict[str, str] = {}

    @property
    def all(self) -> frozenset[str]:
        """Every class there is code for."""
        return self.text | self.multimodal | self.through_transformers


class ByType(Fact):
    """The classes of Transformers by the `model_type` of a configuration."""

    version: str
    text: dict[str, str | tuple[str, ...]]
    multimodal: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)


class RemoteCode(Fact):
    """Classes that come with the model's own code, by the `model_type` of its configuration."""

    text: dict[str, str]


class Lists(Fact):
    """All lists of the file."""

    source: str = ""
    date: str = ""
    transformers: ByType
    remote_code: RemoteCode
    vllm: Classes
    sglang: Classes
    llama_cpp: Classes


@cache
def shipped() -> Lists:
    """The lists as they ship."""
    return Lists.model_validate_json((HERE / "model_classes.json").read_text(encoding="utf-8"))


def classes_of(model_type: str) -> tuple[str, ...]:
    """The classes for a configuration's `model_type`; none where nobody names it."""
    known, remote = shipped().transformers, shipped().remote_code
    found = (table.get(model_type, ()) for table in (known.text, known.multimodal, remote.text))
    names = (name for each in found for name in ((each,) if isinstance(each, str) else each))
    return tuple(dict.fromkeys(names))


@cache
def of_transformers() -> frozenset[str]:
    """Every class that Transformers has code for."""
    known = shipped().transformers
    values = (*known.text.values(), *known.multimodal.values())
    return frozenset(name for each in values for name in ((each,) if isinstance(each, str) else each))
