"""The same model by its name and by a configuration as its class spells it: the same bytes."""

import pytest

from decisions.fit.hardware.answer import as_values
from decisions.fit.hardware.asked import read_asked
from decisions.fit.hardware.sizing import estimate
from tests.fit.hardware import data

CONFIGS = data.read("spelled_configs.json")["configs"]
SIZES = ("weights", "kv_cache", "compute_buffer", "output_buffer", "repack")
SETTINGS = (
    {"quant": "Q4_K_M", "context": 4096},
    {"quant": "IQ4_XS", "context": 2048, "parallel": 4},
    {"quant": "Q3_K_L", "context": 8192, "kv_dtype": "f32"},
    {"quant": "MXFP4", "context": 8192, "ubatch": 2048, "kv_unified": True, "parallel": 4},
    {"quant": "F16", "context": 32_768, "flash_attn": False},
    {"quant": "Q5_K_S", "context": 32_768, "swa_full": True},
)


def sizes(request: dict) -> list[int]:
    asked = read_asked({"runtime": "llama.cpp", **request})
    found = as_values(estimate(asked.architecture, asked.setting))
    return [found[f"{name}_bytes"] for name in SIZES]


@pytest.mark.parametrize("model", CONFIGS)
def test_a_configuration_says_what_the_name_says(model):
    for setting in SETTINGS:
        assert sizes({"config": CONFIGS[model], **setting}) == sizes({"model": model, **setting})


@pytest.mark.parametrize("model", CONFIGS)
def test_what_stands_beside_changes_nothing(model):
    """Fields that have no part in sizing, the newer word for the type, no classes, the name given too."""
    setting, config = SETTINGS[0], CONFIGS[model]
    expected = sizes({"config": config, **setting})
    noise = {"transformers_version": "4.57.1", "use_cache": True, "bos_token_id": 1, "eos_token_id": [1, 2]}
    noise |= {"rms_norm_eps": 1e-5, "pad_token_id": None, "auto_map": {"AutoConfig": "x.Y"}}
    newer = {"dtype" if name == "torch_dtype" else name: value for name, value in config.items()}
    plain = {name: value for name, value in config.items() if name != "architectures"}
    for other in (config | noise, newer, plain):
        assert sizes({"config": other, **setting}) == expected
    assert sizes({"config": config, "model": model, **setting}) == expected
