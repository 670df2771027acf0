"""The sizing page without a mouse, without a script, and with a file of gigabytes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Candidate, User
from decisions.web.sizing.uploads import Beginning
from tests.browser.conftest import OpenAs
from tests.browser.things import started
from tests.browser.watch import Watch
from tests.factories import CONFIG, LOG, person
from tests.fit.hardware.ggufs import Q4_K, header
from tests.web.test_sizing_file import KEYS, TENSORS

MIB = 1 << 20
FULL = 6 << 30
Sent = list[tuple[str, int]]


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press the tabulator key until the control has the focus, and see that one can see it."""
    for _ in range(80):
        if page.evaluate("(css) => document.activeElement.matches(css)", selector):
            break
        page.keyboard.press(key)
    expect(page.locator(selector)).to_be_focused()
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 1


def back_to(page: Page, selector: str) -> None:
    """The same backwards."""
    tab_to(page, selector, "Shift+Tab")


def write_over(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_the_whole_walk_by_keyboard(open_as: OpenAs, watch: Watch, ada: User) -> None:
    watch.pardon("status 422")  # once for every pause while something is still wrong
    started(ada)
    page = open_as(ada)
    page.goto("/sizing/")
    write_over(page, "#id_model", "Qwen/Qwen3-8B")
    tab_to(page, "#id_runtime")
    page.keyboard.type("Ollama")
    write_over(page, "#id_quant", "Q4_K_M")
    write_over(page, "#id_context", "0")
    write_over(page, "#id_device", "abacus")
    expect(page.locator("#result .error-summary")).to_contain_text("No shipped device is called")
    expect(page.locator("#id_context")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_device")).to_be_focused()  # nobody is taken away while typing

    page.keyboard.press("Enter")
    expect(page.locator("#result .error-summary")).to_be_focused()
    tab_to(page, '.error-summary a[href="#id_device"]')
    page.keyboard.press("Enter")
    expect(page.locator("#id_device")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("GeForce RTX 4090")
    back_to(page, "#id_context")
    page.keyboard.press("Control+A")
    page.keyboard.type("16384")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("of 23.4 GiB")
    expect(page.locator("#id_context")).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile("context=16384"))

    tab_to(page, "#working > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#working table")).to_be_visible()
    tab_to(page, ".take button")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Added Qwen/Qwen3-8B.")
    assert Candidate.objects.get(name="Qwen/Qwen3-8B").sizing.context_tokens == 16384


def test_a_model_is_handed_in_by_keyboard(open_as: OpenAs, ada: User) -> None:
    page = open_as(ada)
    page.goto("/sizing/")
    write_over(page, "#id_device", "NVIDIA L4")
    tab_to(page, "#hand-in > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#id_source_text")
    page.keyboard.insert_text(CONFIG)
    tab_to(page, "#hand-in button")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("of 22.1 GiB")
    expect(page.locator("#id_device")).to_have_value("NVIDIA L4")
    tab_to(page, 'button[name="begin"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sizing/log/$"))
    tab_to(page, "#id_log_text")
    page.keyboard.insert_text(LOG.decode())
    tab_to(page, "form.panel button.primary")
    page.keyboard.press("Enter")
    expect(page.locator("main table.list").first).to_contain_text("cache of keys and values")


def sparse(path: Path, beginning: bytes) -> Path:
    """A file of six gigabytes, of which the disk holds the beginning alone."""
    path.write_bytes(beginning)
    with path.open("r+b") as file:
        file.truncate(FULL)
    assert path.stat().st_blocks * 512 < len(beginning) + MIB
    return path


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Where to and how many bytes came in with each form and each question, as the server counts them."""
    found: Sent = []

    def counted(_self: Beginning, _data: Any, meta: dict[str, Any], length: int, *_more: Any) -> None:
        found.append((meta["PATH_INFO"], length))

    monkeypatch.setattr(Beginning, "handle_raw_input", counted)
    return found


def hand_in(page: Page, file: Path) -> None:
    page.goto("/sizing/")
    page.locator("#hand-in > summary").click()
    page.locator("#id_source_file").set_input_files(file)
    page.get_by_role("button", name="Read it").click()


ASK, FILE = "/sizing/file/beginning/", "/sizing/file/"
WORDS = [f"word {number:030}" for number in range(150_000)]  # as long as the names and merges of a large one


@pytest.mark.parametrize(("words", "questions"), [(0, 1), (len(WORDS), 2)], ids=["small", "as usual"])
def test_of_a_file_of_gigabytes_only_the_beginning_travels(
    open_as: OpenAs, ada: User, tmp_path: Path, sent: Sent, words: int, questions: int
) -> None:
    listed = {"tokenizer.ggml.tokens": WORDS[:words]} if words else {}
    keys = KEYS | {"general.file_type": 15} | listed
    large = sparse(tmp_path / "large.gguf", header("llama", keys, TENSORS, Q4_K))
    page = open_as(ada)
    hand_in(page, large)
    expect(page.locator("#verdict-title")).to_have_text("Tiny")
    expect(page.locator("#result")).to_contain_text("as in the file")
    assert [where for where, _size in sent] == [ASK] * questions + [FILE]
    assert [size // MIB for _where, size in sent] == [*[1, 8][:questions], 0]
    assert sum(size for _where, size in sent) < (1.1 if questions == 1 else 9.1) * MIB
    page.locator("#id_quant").fill("Q8_0")
    expect(page.locator("#result .section-head").first).to_contain_text("Q8_0")


def test_of_a_safetensors_file_exactly_its_header_travels(
    open_as: OpenAs, ada: User, tmp_path: Path, sent: Sent
) -> None:
    entries = {
        f"model.layers.{at}.weight{'x' * 100}": {
            "dtype": "BF16",
            "shape": [8, 4],
            "data_offsets": [64 * at, 64 * at + 64],
        }
        for at in range(10_000)
    }
    text = json.dumps(entries).encode()
    large = sparse(tmp_path / "model.safetensors", len(text).to_bytes(8, "little") + text)
    page = open_as(ada)
    page.goto("/sizing/")
    page.locator("#hand-in > summary").click()
    page.locator("#id_source_shape").fill("Qwen/Qwen3-8B")
    page.locator("#id_source_file").set_input_files(large)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#verdict-title")).to_have_text("Qwen/Qwen3-8B")
    assert [where for where, _size in sent] == [ASK, ASK, FILE]
    assert abs(sent[1][1] - len(text)) < 4_000


def test_a_header_longer_than_anything_that_is_read_is_said_to_be(
    open_as: OpenAs, watch: Watch, ada: User, tmp_path: Path, sent: Sent
) -> None:
    watch.expect("status 422")
    keys = KEYS | {"tokenizer.ggml.tokens": ["x" * 100_000] * 350}
    page = open_as(ada)
    hand_in(page, sparse(tmp_path / "large.gguf", header("llama", keys, TENSORS, Q4_K)))
    expect(page.locator("#hand-in .error-summary")).to_contain_text("is longer than 32 MiB")
    assert [size // MIB for _where, size in sent] == [1, 8, 32, 1]


def test_a_file_that_is_none_is_told_after_its_first_part(
    open_as: OpenAs, watch: Watch, ada: User, tmp_path: Path, sent: Sent
) -> None:
    watch.expect("status 422")
    page = open_as(ada)
    hand_in(page, sparse(tmp_path / "large.gguf", b"nothing of the kind"))
    expect(page.locator("#hand-in .error-summary")).to_contain_text("no GGUF file")
    assert [size // MIB for _where, size in sent] == [1, 1]


def test_without_a_script(open_as: OpenAs, watch: Watch, ada: User) -> None:
    watch.expect("status 422")
    page = open_as(ada, java_script_enabled=False)
    page.goto("/sizing/?model=nobody/knows&device=abacus&context=4096")
    expect(page.locator(".error-summary a")).to_have_count(2)
    page.locator("#id_model").fill("Qwen/Qwen3-8B")
    page.locator("#id_device").fill("NVIDIA L4")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".verdict")).to_contain_text("of 22.1 GiB")
    page.locator("#hand-in > summary").click()
    page.locator("#id_source_text").fill(CONFIG)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".verdict")).to_contain_text("of 22.1 GiB")
    expect(page.locator("#id_context")).to_have_value("4096")
