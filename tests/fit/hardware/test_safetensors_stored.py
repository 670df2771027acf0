"""The weights of a real checkpoint: to the byte, however many devices share them."""

import io
import json
from typing import Any

from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.estimate import Basis
from decisions.fit.hardware.safetensors_header import read_index, read_safetensors_header
from decisions.fit.hardware.safetensors_stored import Checkpoint, checkpoint_of, weights_of_checkpoint
from decisions.fit.hardware.sizing import estimate

ASKED = read_asked({"model": "Qwen/Qwen3-8B", "runtime": "vllm"})
ARCH, SETTING = ASKED.architecture, ASKED.setting
PUBLISHED = 16_381_470_720  # total_size of its index on the Hub, read on 2026-11-22


def file(**tensors: int) -> io.BytesIO:
    """The header of a file of vectors in 16 bits."""
    entries: dict[str, Any] = {}
    end = 0
    for name, values in tensors.items():
        entries[name] = {"dtype": "BF16", "shape": [values], "data_offsets": [end, end + 2 * values]}
        end += 2 * values
    text = json.dumps(entries).encode()
    return io.BytesIO(len(text).to_bytes(8, "little") + text)


def test_a_header_gives_groups_and_the_type() -> None:
    found = checkpoint_of(read_safetensors_header(file(embed_tokens=100, lm_head=50, visual=7, mtp=5)))
    assert found == Checkpoint(
        324, (("embedding", 200), ("output", 100), ("vision", 14), ("mtp", 10)), "BF16"
    )
    weights = weights_of_checkpoint(found, ARCH, "vllm")
    assert (weights.bytes, weights.tower_bytes, weights.disk_bytes) == (300, 14, 324)
    assert (weights.token_embedding_bytes, weights.output_bytes) == (200, 100)
    assert weights.basis is Basis.MEASURED


def test_an_index_gives_the_sum_or_nothing() -> None:
    said = {"metadata": {"total_size": PUBLISHED}, "weight_map": {"a": "b"}}
    assert checkpoint_of(read_index(json.dumps(said).encode())) == Checkpoint(PUBLISHED)
    assert checkpoint_of(read_index(b'{"weight_map": {"a": "b"}}')) is None


def test_the_estimate_takes_them_as_they_are() -> None:
    weights = weights_of_checkpoint(Checkpoint(PUBLISHED), ARCH, "vllm")
    found = estimate(ARCH, SETTING, weights)
    assert found.bytes_of("weights") == PUBLISHED
    assert next(line for line in found.lines if line.code == "weights").basis is Basis.MEASURED


def test_devices_together_never_hold_less_than_the_whole() -> None:
    for devices in (1, 2, 4, 8, 16):
        weights = weights_of_checkpoint(Checkpoint(PUBLISHED), ARCH, "vllm", devices)
        assert weights.per_device_bytes * devices >= PUBLISHED
