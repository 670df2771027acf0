"""Shipped shapes and defaults of configuration classes."""

import re
import subprocess
import sys
from pathlib import Path

from decisions.knowledge import architectures, config_defaults, models

ROOT = Path(__file__).parents[2]


def test_every_shape_is_of_a_shipped_model():
    ids = [shape.id for shape in architectures.shipped()]
    assert len(ids) == len(set(ids)) >= 890
    assert set(ids) <= {model.id for model in models.shipped()}


def test_every_shape_has_a_source_a_day_and_a_confidence():
    for shape in architectures.shipped():
        assert shape.source.strip()
        assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", shape.date)
        assert shape.confidence in ("high", "medium", "low")


def test_claims_name_fields_of_the_configuration():
    groups = {"dims", "ssm"}
    for shape in architectures.shipped():
        inside = shape.config.get("text_config", {})
        assert set(shape.claims) <= {*groups, *shape.config, *inside, "layer_types"}


def test_shapes_are_found_by_exact_id():
    assert architectures.find(" qwen/QWEN3-8b ").id == "Qwen/Qwen3-8B"
    assert architectures.find("Qwen3-8B") is None
    assert architectures.find("") is None


def test_a_shape_like_another_has_its_own_context():
    base, chat = architectures.find("01-ai/Yi-6B-200K"), architectures.find("01-ai/Yi-1.5-6B-Chat")
    context = architectures.CONTEXT
    assert base.config == {**chat.config, context: 200_000}
    assert chat.config[context] == 4096
    assert base.date == "2026-11-28"


def test_well_known_base_and_older_models_have_a_shape():
    wanted = (
        *("meta-llama/Llama-2-7b-hf", "meta-llama/Llama-3.2-1B", "codellama/CodeLlama-34b-hf"),
        *("mistralai/Mistral-7B-v0.1", "mistralai/Mixtral-8x7B-v0.1", "google/gemma-1.1-2b-it"),
        *("deepseek-ai/DeepSeek-V2-Lite", "deepseek-ai/deepseek-llm-7b-chat", "01-ai/Yi-34B"),
        *("Qwen/Qwen1.5-7B-Chat", "Qwen/Qwen2-57B-A14B", "Qwen/Qwen2-VL-7B-Instruct"),
        *("tiiuae/falcon-40b", "bigscience/bloom", "EleutherAI/gpt-neox-20b", "microsoft/phi-1_5"),
        *("facebook/opt-1.3b", "mosaicml/mpt-7b", "bigcode/starcoder", "THUDM/chatglm3-6b"),
        *("databricks/dbrx-instruct", "EleutherAI/gpt-j-6b", "zai-org/glm-4-9b"),
        *("state-spaces/mamba-2.8b-hf", "ibm-granite/granite-3.0-8b-instruct", "lmsys/vicuna-7b-v1.5"),
    )
    assert [name for name in wanted if architectures.find(name) is None] == []


def test_defaults_are_found_by_family_or_class():
    assert config_defaults.of("nothing", "qwen3")["head_dim"] == 128
    assert dict(config_defaults.of("nothing")) == {}
    assert config_defaults.named_like("qwen3moe") == "qwen3_moe"
    source, date = config_defaults.source()
    assert "5.23.0" in source
    assert date == "2026-11-28"


def test_the_catalogue_is_read_quickly():
    code = """
import time
from decisions.knowledge import architectures, config_defaults, devices, models
start = time.process_time()
models.shipped(), devices.shipped(), architectures.find("-"), config_defaults.source()
print(time.process_time() - start)
"""
    taken = [
        float(subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout)
        for _ in range(3)
    ]
    assert min(taken) < 0.06


def test_every_model_without_a_shape_says_what_is_missing():
    without = [one.id for one in models.shipped() if architectures.find(one.id) is None]
    assert without
    assert [one for one in without if not architectures.missing_of(one)] == []
    assert architectures.missing_of("Qwen/Qwen3-8B") == ""
