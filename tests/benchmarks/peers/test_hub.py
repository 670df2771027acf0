"""The loopback Hub and what it serves: as tools ask for it, and nothing outside of its folder."""

import json
import struct
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.benchmarks.peers import hub
from tests.benchmarks.peers.files import CHECKPOINT, config_of, prepare
from tests.benchmarks.peers.questions import grouped, questions
from tests.benchmarks.points import Point

NAME = "Qwen/Qwen2.5-0.5B-Instruct"
WEIGHTS = 494_032_768  # as the model's page states
REQUEST = {"model": NAME, "runtime": "llama.cpp", "quant": "Q4_K_M"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("hub")
    (question,) = grouped([Point("engine", REQUEST, "weights", 391_859_712)])
    prepare(place, question)
    return place


@pytest.fixture(scope="module")
def address(folder):
    with hub.serving(folder) as found:
        yield found


def get(address: str, path: str, method: str = "GET", **headers: str):
    request = urllib.request.Request(address + path, headers=headers, method=method)  # noqa: S310 - loopback
    return urllib.request.urlopen(request, timeout=5)  # noqa: S310


def test_what_a_tool_is_told(folder):
    (question,) = grouped([Point("engine", REQUEST, "weights", 391_859_712)])
    told = prepare(folder, question)
    assert told["parameters"] == WEIGHTS
    assert told["checkpoint"]
    assert Path(told["gguf"]).stat().st_size > 391_859_712
    assert Path(told["gguf"]).stat().st_blocks * 512 < 1 << 20


def test_a_model_and_its_files(address):
    with get(address, f"/api/models/{NAME}?blobs=true") as page:
        found = json.load(page)
    sizes = {one["rfilename"]: one["size"] for one in found["siblings"]}
    assert found["safetensors"] == {"parameters": {"BF16": WEIGHTS}, "total": WEIGHTS}
    assert sizes["model-Q4_K_M.gguf"] > 391_859_712
    with get(address, f"/api/models/{NAME}/tree/main?recursive=true") as page:
        assert {one["path"]: one["size"] for one in json.load(page)} == sizes
    with get(address, f"/api/models/{NAME}/revision/main") as page:
        assert "size" not in json.load(page)["siblings"][0]


def test_a_header_by_range(address):
    path = f"/{NAME}/resolve/main/{CHECKPOINT}"
    with get(address, path, Range="bytes=0-7") as page:
        assert page.status == 206
        (length,) = struct.unpack("<Q", page.read())
        whole = int(page.headers["Content-Range"].rpartition("/")[2])
    with get(address, path, Range=f"bytes=8-{7 + length}") as page:
        header = json.load(page)
    assert header["token_embd.weight"]["shape"] == [151_936, 896]
    assert whole == 8 + length + 2 * WEIGHTS


def test_the_size_of_a_file_without_the_file(address):
    with get(address, f"/{NAME}/resolve/main/{CHECKPOINT}", method="HEAD") as page:
        assert int(page.headers["Content-Length"]) > 2 * WEIGHTS
        assert page.headers["X-Repo-Commit"] == hub.COMMIT
        assert page.read() == b""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/models/no/body", 404),
        (f"/{NAME}/resolve/main/pytorch_model.bin", 404),
        (f"/{NAME}/resolve/main/../../../etc/passwd", 404),
        (f"/{NAME}/resolve/main/%2e%2e/%2e%2e/%2e%2e/etc/passwd", 404),
        (f"/{NAME}/resolve/main/{CHECKPOINT}", 416),  # the whole of a large file
        ("/", 404),
    ],
)
def test_what_is_not_there(address, path, status):
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(address, path)
    assert caught.value.code == status
    caught.value.close()


def test_it_is_gone_when_it_is_closed(folder):
    with hub.serving(folder) as found:
        pass
    with pytest.raises(urllib.error.URLError):
        get(found, "/")


def test_configurations_are_as_complete_as_the_models_own():
    (question,) = grouped([Point("engine", {**REQUEST, "model": "google/gemma-3-27b-it"}, "weights", 1)])
    config = config_of("google/gemma-3-27b-it", question.architecture)
    assert config["architectures"] == ["Gemma3ForConditionalGeneration"]
    text = config["text_config"]
    assert text["layer_types"][4:6] == ["sliding_attention", "full_attention"]
    assert len(text["layer_types"]) == text["num_hidden_layers"]


def test_points_of_one_setting_are_one_question():
    asked = questions()
    assert sum(len(one.points) for one in asked) > 1300
    assert len({json.dumps([one.measured_by, one.request], sort_keys=True) for one in asked}) == len(asked)
    assert all(one.mix for one in asked if one.runtime == "llama.cpp")
