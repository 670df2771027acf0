"""From a shipped model to its shape: the catalogue keeps configurations, so that one reader does for both."""

from functools import lru_cache

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config import read_config
from decisions.knowledge import architectures
from decisions.knowledge.models import ModelFact


def architecture_of(model: ModelFact) -> Architecture | None:
    """The shape of a shipped model, or None where its dimensions are not known well enough to size it.

    Which of the dimensions are claims, and where sources disagree, says `architectures.find(model.id)`.
    """
    return _read(model.id)


@lru_cache(maxsize=1024)
def _read(model_id: str) -> Architecture | None:
    shape = architectures.find(model_id)
    return read_config(shape.config) if shape else None
