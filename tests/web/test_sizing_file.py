"""The sizing page for what is handed in: a config.json, a GGUF or safetensors header, an id on the Hub."""

import json
import re
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from decisions.knowledge import architectures
from tests import factories as make
from tests.fit.hardware.ggufs import header
from tests.hub.loopback import Page, file, hub, info, model
from tests.web.asking import text_of, values_in

pytestmark = pytest.mark.django_db

FILE = "/sizing/file/"
SHAPE = architectures.find("Qwen/Qwen3-8B")
CONFIG = json.dumps(dict(SHAPE.config)) if SHAPE else ""
KEYS = {
    "block_count": 2, "embedding_length": 256, "attention.head_count": 4, "attention.head_count_kv": 2,
    "feed_forward_length": 512, "context_length": 4096, "general.name": "Tiny",
}  # fmt: skip
TENSORS = {
    "token_embd.weight": (256, 1024),
    "output_norm.weight": (256,),
    **{
        f"blk.{at}.{name}.weight": shape
        for at in range(2)
        for name, shape in {
            "attn_q": (256, 256), "attn_k": (256, 128), "attn_v": (256, 128), "attn_output": (256, 256),
            "ffn_gate": (256, 512), "ffn_up": (256, 512), "ffn_down": (512, 256),
            "attn_norm": (256,), "ffn_norm": (256,),
        }.items()
    },
}  # fmt: skip
INDEX = {"metadata": {"total_size": 16381470720}, "weight_map": {"a.weight": "model.safetensors"}}
HEADER = json.dumps({"lm_head.weight": {"dtype": "BF16", "shape": [8, 4], "data_offsets": [0, 64]}}).encode()
SINGLE = len(HEADER).to_bytes(8, "little") + HEADER


def handed(client: Client, data: bytes = b"", name: str = "config.json", **fields: str) -> HttpResponse:
    """What comes back for a file, or for fields alone."""
    given: dict[str, Any] = dict(fields)
    if data or "text" not in fields:
        given["file"] = SimpleUploadedFile(name, data)
    return client.post(FILE, given)


def test_only_who_is_signed_in_and_only_by_post(client: Client) -> None:
    assert client.post(FILE, {"text": CONFIG}).status_code == 403
    client.force_login(make.auditor())
    assert client.post(FILE, {"text": CONFIG}).status_code == 200
    assert client.get(FILE).status_code == 302
    assert client.put(FILE).status_code == 405


def test_without_the_token_of_a_form_nothing_is_read() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.person())
    assert strict.post(FILE, {"text": CONFIG}).status_code == 403


@pytest.mark.parametrize("way", ["pasted", "uploaded"])
def test_a_configuration(me: Client, way: str) -> None:
    answer = handed(me, text=CONFIG) if way == "pasted" else handed(me, CONFIG.encode())
    page = text_of(answer)
    assert answer.status_code == 200
    assert "the config.json that was handed in" in page
    assert "qwen3" in page
    assert 'method="post" action="/sizing/file/"' in page


def test_the_setting_moves_on_without_the_file(me: Client) -> None:
    carried = values_in(handed(me, text=CONFIG))["carried"]
    asked = {
        "carried": carried,
        "runtime": "llama_cpp",
        "quant": "Q4_K_M",
        "context": "8192",
        "parallel": "1",
    }
    answer = me.post(FILE, asked | {"device": "GeForce RTX 4090", "devices": "1", "show": "typical"})
    assert "needs about 6.07 of 23.5 GiB: 17.5 GiB free" in text_of(answer)
    fixed = me.post(FILE, asked | {"fix_field": "num_hidden_layers", "fix_value": "18"})
    assert "<del>36</del> <ins>18</ins>" in text_of(fixed)
    wrong = me.post(FILE, asked | {"context": "0"})
    assert wrong.status_code == 422
    assert values_in(wrong)["carried"]


def test_what_was_carried_and_changed_is_not_believed(me: Client) -> None:
    carried = values_in(handed(me, text=CONFIG))["carried"]
    for wrong in (carried[:-2], "x" + carried, "", "a:b:c"):
        answer = me.post(FILE, {"carried": wrong})
        assert answer.status_code == 422
        assert "did not come back whole" in text_of(answer)


def test_the_header_of_a_gguf_file(me: Client) -> None:
    answer = handed(me, header("llama", KEYS, TENSORS), "tiny.gguf")
    page = text_of(answer)
    assert answer.status_code == 200
    assert "the header of the GGUF file that was handed in" in page
    assert "Tiny" in page
    assert "as in the file" in page
    assert "measured" in page
    again = me.post(FILE, {"carried": values_in(answer)["carried"], "context": "512"})
    assert "512 tokens" in text_of(again)


def test_safetensors_need_a_shape_beside_them(me: Client) -> None:
    data = json.dumps(INDEX).encode()
    alone = handed(me, data, "model.safetensors.index.json")
    assert alone.status_code == 422
    assert "name the shipped model" in text_of(alone)
    named = handed(me, data, "model.safetensors.index.json", shape="Qwen/Qwen3-8B", runtime="vllm")
    assert "15.3 GiB" in text_of(named)
    assert handed(me, SINGLE, "m.safetensors", text=CONFIG).status_code == 200


def test_the_column_of_the_file_is_the_one_that_is_marked(me: Client) -> None:
    data = header("llama", KEYS | {"general.file_type": 1}, TENSORS)
    for quantization in ("", "F16"):
        page = text_of(handed(me, data, "tiny.gguf", quant=quantization))
        assert '<th scope="col" aria-current="true">as in the file</th>' in page
        assert "llama.cpp · as in the file · 8,192 tokens" in page
    fetched = text_of(me.post(FILE, values_in(handed(me, data)), headers={"HX-Request": "true"}))
    assert 'id="s-sizing-context"' in fetched
    assert 'id="s-sizing-fix_field"' not in fetched


def test_one_of_several_files_is_not_taken_for_the_whole(me: Client) -> None:
    part = handed(me, SINGLE, "model-00002-of-00005.safetensors", shape="Qwen/Qwen3-8B")
    assert part.status_code == 422
    assert "This is file 2 of 5: hand in model.safetensors.index.json" in text_of(part)


def test_other_runtimes_have_the_nearest_to_the_files_own_quantization(me: Client) -> None:
    page = text_of(handed(me, header("llama", KEYS | {"general.file_type": 15}, TENSORS), "tiny.gguf"))
    beside = page[page.index("All runtimes side by side") :]
    assert [name in beside for name in ("Q4_K_M", "AWQ", "NF4", "as published")] == [True, True, True, False]


def test_the_digest_of_what_was_read_is_shown(me: Client) -> None:
    page = text_of(handed(me, SINGLE + b"weights", "model.safetensors", shape="Qwen/Qwen3-8B"))
    assert sha256(SINGLE).hexdigest() in page
    assert "the header of the file that was handed in, and its configuration" in page


BAD = {
    "empty": (b"", "The file is empty."),
    "no JSON": (b"{not json", "The configuration is not JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "no config.json, no GGUF file"),
    "too large": (b"{" + b" " * (9 << 20), "larger than 8 MiB; that of no known model is"),
    "too deep": (b'{"a":' * 10_000, "nested too deeply"),
    "a list": (b"[1, 2]", "no object with named fields"),
    "too deep a list": (b"[" * 10_000, "nested too deeply"),
    "of PowerShell": (CONFIG.encode("utf-16"), "not UTF-8 text"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer"),
    "negative": (CONFIG.replace('layers": 36', 'layers": -36').encode(), "num_hidden_layers"),
    "huge": (CONFIG.replace("4096", "9" * 40).encode(), "hidden_size"),
    "digits without end": (b'{"hidden_size": ' + b"9" * 5000 + b"}", "a number too long"),
    "a text": (CONFIG.replace('layers": 36', 'layers": "many"').encode(), "num_hidden_layers"),
    "missing": (b'{"hidden_size": 64}', "is missing"),
    "GGUF cut off": (header("llama", KEYS, TENSORS)[:300], "GGUF"),
    "GGUF that lies": (b"GGUF" + (3).to_bytes(4, "little") + b"\xff" * 16, "GGUF"),
    "safetensors that lie": ((1 << 62).to_bytes(8, "little") + b"{}", "safetensors"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_is_told_in_words(me: Client, data: bytes, said: str) -> None:
    answer = handed(me, data)
    page = text_of(answer)
    assert answer.status_code == 422
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert 'href="#id_source_file"' in summary or 'href="#id_source_shape"' in summary
    assert said in summary or "beginning" in summary or "header" in summary


def test_what_a_configuration_leaves_out_is_no_secret(me: Client) -> None:
    config = {name: value for name, value in json.loads(CONFIG).items() if name != "num_hidden_layers"}
    page = text_of(handed(me, text=json.dumps(config)))
    assert "taken as Transformers has it for this kind of model: <code>num_hidden_layers</code> 32<" in page
    assert "taken as Transformers has it" not in text_of(handed(me, text=CONFIG))


def test_what_was_pasted_is_not_lost(me: Client) -> None:
    answer = handed(me, text='{"model_type": "llama", "hidden_size": -1}')
    assert answer.status_code == 422
    assert values_in(answer)["text"] == '{"model_type": "llama", "hidden_size": -1}'
    assert me.post(FILE, {}).status_code == 422


def test_a_file_larger_than_anything_is_not_read(me: Client) -> None:
    answer = me.generic(
        "POST", FILE, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=2 << 30
    )
    assert answer.status_code == 413
    assert "hand in the beginning" in text_of(answer)


def test_only_the_beginning_of_a_file_is_kept(me: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decisions.web.sizing.uploads.KEPT_BYTES", 100_000)
    data = header("llama", KEYS, TENSORS)
    assert len(data) < 100_000
    assert handed(me, data + bytes(5_000_000), "tiny.gguf").status_code == 200


GGUF = header("llama", KEYS, TENSORS)
ASKED = {
    "all of it": (GGUF, {}, {"carried"}),
    "all of it and more": (GGUF + bytes(9_000), {}, {"carried"}),
    "a part of GGUF": (GGUF[:100], {}, {"more": 800}),
    "a part of safetensors": (SINGLE[:40], {"shape": "Qwen/Qwen3-8B"}, {"more": len(SINGLE)}),
    "safetensors": (SINGLE, {"shape": "Qwen/Qwen3-8B"}, {"carried"}),
    "safetensors without a shape": (SINGLE, {}, {}),
    "beyond all reading": ((33 << 20).to_bytes(8, "little") + b"{" + bytes(99), {}, {"header_goes_on": 1}),
    "a part of JSON": (CONFIG.encode()[:99], {}, {"more": 32 << 20}),
    "a lie": (BAD["GGUF that lies"][0], {}, {}),
    "another file": (b"x" * 999, {}, {}),
    "nothing": (b"", {}, {}),
}


@pytest.mark.parametrize(("data", "fields", "said"), ASKED.values(), ids=ASKED)
def test_how_much_of_a_file_is_asked_for(me: Client, data: bytes, fields: dict[str, str], said: Any) -> None:
    given: dict[str, Any] = {"file": SimpleUploadedFile("a.gguf", data), **fields}
    answer = me.post(f"{FILE}beginning/", given)
    assert answer.status_code == 200
    if said == {"carried"}:
        carried = me.post(FILE, {"carried": answer.json()["carried"]})
        assert _verdict(carried) == _verdict(handed(me, data, "a.gguf", **fields))
    else:
        assert answer.json() == said


def _verdict(answer: HttpResponse) -> str:
    shown = text_of(answer).split('id="verdict-title"')[1].split("</section>")[0]
    return re.sub(r'value="[^"]*"', "", shown)  # tokens


def test_who_may_ask_how_much(client: Client) -> None:
    address = f"{FILE}beginning/"
    assert client.post(address).status_code == 403
    client.force_login(make.auditor())
    assert client.post(address).json() == {}
    assert client.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.person())
    assert strict.post(address, {"file": SimpleUploadedFile("a.gguf", GGUF)}).status_code == 403
    huge = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": 2 << 30}
    assert client.generic("POST", address, b"", **huge).status_code == 413


@pytest.mark.parametrize("flagged", [True, False])
def test_a_header_that_goes_on_behind_what_is_read(me: Client, flagged: bool) -> None:
    """The browser sends the first part again, and says that more of it was read."""
    answer = handed(me, GGUF[:300], **({"header_goes_on": "1"} if flagged else {}))
    assert answer.status_code == 422
    assert ("is longer than 32 MiB" in text_of(answer)) is flagged
    assert ("hand in more of its beginning" in text_of(answer)) is not flagged
    beyond = handed(me, ASKED["beyond all reading"][0], shape="Qwen/Qwen3-8B")
    assert "is longer than 32 MiB" in text_of(beyond)


def test_the_hub_where_it_may_be_asked(me: Client, settings: Any) -> None:
    settings.HUB = None
    assert 'name="hub"' not in text_of(me.get("/sizing/"))
    pages = {
        model("a/b"): info("config.json"),
        file("a/b", "config.json"): Page(CONFIG.encode()),
    }
    with hub(pages) as (endpoint, asked):
        settings.HUB = {"endpoint": endpoint, "hosts": (), "token": "", "seconds": 5}
        answer = handed(me, text="", hub="a/b")
        assert answer.status_code == 200
        assert f"{endpoint}/a/b/tree/" in text_of(answer)
        assert len(asked) == 2
        missing = handed(me, text="", hub="a/nothing")
        assert missing.status_code == 422
        assert "has no a/nothing" in text_of(missing)


def test_the_setting_stays_whatever_becomes_of_the_file(me: Client) -> None:
    typed = {"context": "32768", "device": "GeForce RTX 4090", "quant": "Q6_K", "model": "Qwen/Qwen3-8B"}
    page = text_of(me.get("/sizing/", typed))
    assert '<input type="hidden" name="device" value="GeForce RTX 4090">' in page.split('id="hand-in"')[1]
    wrong = handed(me, b"{", **typed)
    assert {name: values_in(wrong)[name] for name in typed} == typed
    assert "32,768 tokens" in text_of(handed(me, text=CONFIG, **typed))


def test_file_and_shape_are_both_named(me: Client) -> None:
    page = text_of(handed(me, SINGLE[:20], "m.safetensors", shape="nobody/knows-this"))
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert 'href="#id_source_file"' in summary
    assert 'href="#id_source_shape"' in summary
