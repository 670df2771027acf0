"""What was read of a file survives being carried along by a page."""

import json

from decisions.fit.hardware.carried import packed, unpacked
from decisions.fit.hardware.catalogue import architecture_of
from decisions.fit.hardware.safetensors_stored import Checkpoint
from decisions.fit.hardware.weights import weights_of
from decisions.knowledge import models

MOST_CHARACTERS = 4_000


def test_every_shipped_shape_comes_back_equal_and_small() -> None:
    for model in models.shipped():
        if arch := architecture_of(model):
            text = json.dumps(packed(arch))
            assert unpacked(json.loads(text)) == arch, model.id
            assert len(text) < MOST_CHARACTERS, model.id


def test_weights_come_back_equal() -> None:
    model = models.find("Qwen/Qwen3-8B")
    arch = architecture_of(model) if model else None
    assert arch is not None
    for value in (weights_of(arch, "Q4_K_M"), Checkpoint(10, (("embedding", 4),), "BF16"), None):
        assert unpacked(json.loads(json.dumps(packed(value)))) == value
