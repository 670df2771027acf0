"""Towers are counted to the weight: the totals are what the repositories hold beside their text models."""

import pytest

from decisions.fit.hardware.architecture import Tower
from decisions.fit.hardware.config import read_config
from tests.fit.hardware.config.samples import LLAMA

QWEN25 = {
    "depth": 32,
    "hidden_size": 1280,
    "intermediate_size": 3420,
    "num_heads": 16,
    "patch_size": 14,
    "spatial_merge_size": 2,
    "temporal_patch_size": 2,
}
QWEN3 = {
    "depth": 24,
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_position_embeddings": 2304,
    "patch_size": 16,
    "spatial_merge_size": 2,
    "temporal_patch_size": 2,
    "deepstack_visual_indexes": [5, 11, 17],
}
PIXTRAL = {
    "model_type": "pixtral",
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_hidden_layers": 24,
    "patch_size": 14,
}
LLAMA4 = {
    "hidden_size": 1408,
    "intermediate_size": 5632,
    "num_hidden_layers": 34,
    "patch_size": 14,
    "image_size": 336,
}
MLLAMA = {"hidden_size": 1280, "image_size": 560, "patch_size": 14, "max_num_tiles": 4}


@pytest.mark.parametrize(
    ("family", "hidden", "tower", "weights"),
    [
        ("qwen2_5_vl", 2048, QWEN25, 668_684_288),
        ("qwen2_5_vl", 8192, QWEN25 | {"intermediate_size": 3456}, 704_573_696),
        ("qwen3_vl", 2560, QWEN3, 415_347_712),
        ("qwen3_5", 2560, QWEN3 | {"deepstack_visual_indexes": []}, 333_514_240),
        ("mistral3", 3072, PIXTRAL, 420_083_712),
        ("llama4", 5120, LLAMA4, 871_932_416),
        ("mllama", 4096, MLLAMA, 895_028_755),
        ("kimi_k25", 7168, {"model_type": "kimi_k25_vision"}, 471_143_920),
        ("muse_glimmer", 6656, {"model_type": "muse_glimmer_vision"}, 1_921_845_760),
        ("minimax_m3_vl", 6144, {"model_type": "minimax_m3_vl_vision"}, 865_567_232),
    ],
)
def test_vision(family, hidden, tower, weights):
    text = LLAMA | {"hidden_size": hidden, "num_attention_heads": 32, "head_dim": 128}
    found = read_config({"model_type": family, "text_config": text, "vision_config": tower})
    assert found.towers == (Tower("vision", weights),)


def test_audio():
    text = LLAMA | {"hidden_size": 1536, "num_attention_heads": 8}
    tower = {"model_type": "gemma4_audio"}
    found = read_config({"model_type": "gemma4", "text_config": text, "audio_config": tower})
    assert found.towers == (Tower("audio", 307_183_904),)


def test_llavas_projector_follows_a_clip_tower():
    clip = {
        "model_type": "clip_vision_model",
        "hidden_size": 1024,
        "intermediate_size": 4096,
        "num_hidden_layers": 24,
        "image_size": 336,
        "patch_size": 14,
    }
    found = read_config({"model_type": "llava", "text_config": LLAMA, "vision_config": clip})
    assert found.towers == (Tower("vision", 303_507_456 + 1024 * 4096 + 4096 + 4096 * 4096 + 4096),)
