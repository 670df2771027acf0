"""The sizing page without a mouse, without a script, and with a file of gigabytes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Candidate, User
from tests.browser.conftest import OpenAs
from tests.browser.things import started
from tests.browser.watch import Watch
from tests.factories import CONFIG, LOG, person
from tests.fit.hardware.ggufs import Q4_K, header
from tests.web.test_sizing_file import KEYS, TENSORS

SENT_AT_MOST = 33 << 20
FULL = 6 << 30


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A GGUF file of six gigabytes, of which the disk holds the header alone."""
    path = tmp_path / "large.gguf"
    path.write_bytes(header("llama", KEYS | {"general.file_type": 15}, TENSORS, Q4_K))
    with path.open("r+b") as file:
        file.truncate(FULL)
    return path


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


def test_of_a_file_of_gigabytes_only_the_beginning_travels(open_as: OpenAs, ada: User, large: Path) -> None:
    page = open_as(ada)
    page.goto("/sizing/")
    page.locator("#hand-in > summary").click()
    page.locator("#id_source_file").set_input_files(large)
    chosen = page.locator("#id_source_file")
    page.wait_for_function("document.getElementById('id_source_file').files[0].size < 2 ** 32")
    assert chosen.evaluate("each => each.files[0].size") <= SENT_AT_MOST
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#verdict-title")).to_have_text("Tiny")
    expect(page.locator("#result")).to_contain_text("as in the file")
    page.locator("#id_quant").fill("Q8_0")
    expect(page.locator("#result .section-head").first).to_contain_text("Q8_0")


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
