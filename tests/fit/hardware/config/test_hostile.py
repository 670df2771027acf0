"""Whatever somebody pastes, the answer is a shape or a sentence that names the field."""

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.config import counts, read_config
from decisions.fit.hardware.config.families import FAMILIES
from decisions.fit.hardware.problem import Unsizable
from tests.fit.hardware.config.samples import ALL, LLAMA, QWEN2

ERNIE = {"model_type": "ernie4_5_moe"}


def problem(config):
    with pytest.raises(Unsizable) as caught:
        read_config(config)
    return caught.value.statement


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "sizing.config_json"),
        ("not JSON", "sizing.config_json"),
        ('{"model_type": "llama"', "sizing.config_json"),
        ("[]", "sizing.config_object"),
        ("7", "sizing.config_object"),
        ("null", "sizing.config_object"),
        (b"\xff\xfe{}", "sizing.config_text"),
        ("[" * 10_000, "sizing.config_deep"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "sizing.config_deep"),
        ('{"hidden_size": ' + "9" * 5000 + "}", "sizing.config_number"),
        ('{"hidden_size": 1, "hidden_size": 2}', "sizing.config_twice"),
    ],
)
def test_what_is_no_configuration(text, code):
    assert problem(text).code == code


def test_a_hundred_megabytes_are_not_parsed():
    found = problem(b" " * 100_000_000)
    assert (found.code, found.params["most"]) == ("sizing.config_large", 8)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-1, "sizing.field_range", "-1"),
        (0, "sizing.field_range", "0"),
        (2**63, "sizing.field_range", "9223372036854775808"),
        (10**400, "sizing.field_range", "2^1328…"),
        ("4096", "sizing.field_whole", '"4096"'),
        (True, "sizing.field_whole", "true"),
        (4096.5, "sizing.field_whole", "4096.5"),
        (float("nan"), "sizing.field_whole", "NaN"),
        (float("inf"), "sizing.field_whole", "Infinity"),
        ([4096], "sizing.field_whole", "[… 1]"),
        ({"a": 1}, "sizing.field_whole", "{…}"),
    ],
)
def test_a_number_that_is_none(value, code, shown):
    found = problem(LLAMA | {"hidden_size": value})
    assert (found.code, found.params["name"], found.params["found"]) == (code, "hidden_size", shown)
    assert found.params["field_word"] == "width of the model"


def test_the_name_in_the_sentence_is_the_one_in_the_file():
    text = json.dumps(
        {name: value for name, value in LLAMA.items() if name != "hidden_size"} | {"n_embd": "x"}
    )
    assert problem(text).text == 'The width of the model, “n_embd”, must be a whole number; it is "x".'


@pytest.mark.parametrize("name", ["hidden_size", "num_hidden_layers", "vocab_size"])
def test_null_is_missing(name):
    found = problem(LLAMA | {name: None})
    assert (found.code, found.params["name"]) == ("sizing.field_missing", name)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("tie_word_embeddings", "yes", "sizing.field_flag"),
        ("torch_dtype", 16, "sizing.field_text"),
        ("torch_dtype", "float3", "sizing.field_value"),
        ("layer_types", "full_attention", "sizing.field_list"),
        ("layer_types", ["full_attention"], "sizing.field_length"),
        ("layer_types", ["retention"] * 32, "sizing.field_value"),
        ("layer_types", [["full_attention"]] * 32, "sizing.field_value"),
        ("text_config", [], "sizing.field_object"),
        ("quantization_config", "awq", "sizing.field_object"),
        ("vision_config", 7, "sizing.field_object"),
        ("num_attention_heads", 31, "sizing.field_divides"),
        ("model_type", 7, "sizing.field_text"),
    ],
)
def test_other_fields_name_themselves(field, value, code):
    found = problem(LLAMA | {field: value})
    assert found.code == code


NOT_READ = [
    {"use_sliding_window": False, "sliding_window": -1},  # no class of transformers means "none" by -1
    {"sliding_window": -4096},
    {"sliding_window": -0.5},
    {"sliding_window": float("-inf")},
    {"attention_chunk_size": -1},
    {"max_window_layers": -1},
    {"moe_intermediate_size": -1},
    {"n_shared_experts": -1},
    {"num_experts_per_tok": -8},
    {"mlp_only_layers": [3, -1]},
    {"kv_channels": -1},
    {"rope_parameters": {"partial_rotary_factor": -0.5}},
    {"linear_attn_config": {"head_dim": -128}},
    {"vision_config": {"model_type": "nobodys", "patch_size": -14}},
]


@pytest.mark.parametrize("more", NOT_READ, ids=str)
def test_a_negative_number_that_is_not_read_is_refused_as_well(more):
    found = problem(QWEN2 | more)
    name = list(more)[-1]
    inner = more[name]
    assert found.code == "sizing.field_range"
    assert found.params["name"] == (list(inner)[-1] if isinstance(inner, dict) else name)


def test_of_several_spellings_the_one_that_counts_is_looked_at():
    assert read_config(LLAMA | {"n_embd": -1}) == read_config(LLAMA)


@pytest.mark.parametrize(("last", "fits"), [(-1, True), (27, True), (None, True), (-2, False), ("3", False)])
def test_minus_one_is_the_last_layer_where_ernie_means_it(last, fits):
    config = ERNIE | {"moe_layer_end_index": last}
    if fits:
        assert read_config(config) == read_config(ERNIE | {"moe_layer_end_index": 27})
    else:
        assert problem(config).params["name"] == "moe_layer_end_index"


def test_every_number_that_is_read_is_known_not_to_be_negative():
    """Read off the code, so that a new field is not forgotten."""
    folder = Path(counts.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    read = set(re.findall(r'\.(?:whole|need|count|each|wholes|number)\(\s*"(\w+)"', code))
    assert len(read) > 100
    assert read - {"moe_layer_end_index"} <= set(counts.NAMED)


def test_infinity_in_a_field_that_is_not_read_does_not_matter():
    text = json.dumps(LLAMA | {"time_step_limit": [0.0, float("inf")]})
    assert read_config(text) == read_config(LLAMA)


def test_no_number_of_layers_takes_long():
    assert problem(LLAMA | {"num_hidden_layers": 10_000_000}).code == "sizing.field_range"


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([16, 64, 4096, 2**31, 2**63, 10**400]),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(
        [
            "auto",
            "M-*E",
            "LLLG",
            "nope",
            "full_attention",
            "fp8",
            "qwen3_moe",
            "gemma3",
            "mamba2",
            "gemma4",
            "step3p5",
            "mpt",
            "falcon",
        ]
    ),
)
values = st.one_of(
    scalars,
    st.lists(scalars, max_size=4),
    st.dictionaries(
        st.sampled_from(["model_type", "num_heads", "weights", "depth", "hidden_size"]), scalars, max_size=3
    ),
)
names = sorted(
    {name for sample in ALL for name in sample}
    | {
        *("layer_types", "sliding_window_pattern", "sliding_window", "moe_layer_freq", "mlp_layer_types"),
        *("moe_layers", "moe_layers_enum", "attn_config", "ffn_config", "linear_attn_config", "head_dim"),
        *("vision_config", "audio_config", "text_config", "llm_config", "num_kv_shared_layers", "rotary_dim"),
        *(
            "attention_other_setting",
            "rope_parameters",
            "cross_attention_layers",
            "mamba_d_head",
            "index_head_dim",
        ),
        *(
            "hybrid_layer_pattern",
            "partial_rotary_factor",
            "num_attention_heads_per_layer",
            "dtype",
            "block_configs",
        ),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ALL), st.dictionaries(st.sampled_from(names), values, max_size=4), st.data())
def test_mutated_configurations_give_a_shape_or_a_sentence(sample, changes, data):
    config = copy.deepcopy(sample)
    inside = config.get("text_config", config)
    target = data.draw(st.sampled_from([config, inside]))
    target.update(changes)
    if family := data.draw(st.one_of(st.none(), st.sampled_from(sorted(FAMILIES)))):
        target["model_type"] = family
    for name in data.draw(st.lists(st.sampled_from(sorted(target)), max_size=3)):
        target.pop(name, None)
    _answers(config)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=60), st.binary(max_size=60)))
def test_any_text_gives_a_shape_or_a_sentence(text):
    _answers(text)


def _answers(config):
    try:
        found = read_config(config)
    except Unsizable:
        return
    assert isinstance(found, Architecture)
    assert found.hidden > 0
    assert found.vocabulary > 0
    assert found.layers
    hash(found)
