"""Quick start: five fields and three clicks from the list of projects to a saved version 1."""

from playwright.sync_api import Page, expect

from decisions.models import Version
from tests.browser.conftest import OpenAs
from tests.browser.steps import picture
from tests.browser.watch import Watch
from tests.factories import person

FIELDS, CLICKS = 5, 3
ASKED = """() => [...document.querySelectorAll("main form[method=post] :is(input, select, textarea)")]
    .filter((control) => control.name && control.type !== "hidden")
    .map((control) => control.name).filter((name, at, names) => names.indexOf(name) === at)"""
COUNT_CLICKS = """addEventListener("pointerdown", (event) => {
    if (event.isTrusted) sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks")) + 1);
}, true);"""


def _typed(page: Page, *texts: str) -> None:
    """One text per field, the tabulator key between them."""
    for number, text in enumerate(texts):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(text)


def test_five_fields_and_three_clicks_to_version_1(open_as: OpenAs) -> None:
    page = open_as(person("Ada Author"))
    page.add_init_script(COUNT_CLICKS)
    page.goto("/")
    picture(page, "01-no-projects")
    page.get_by_role("link", name="Quick start").first.click()
    asked = page.evaluate(ASKED)
    page.get_by_label("Goal").click()
    _typed(
        page,
        "Answer questions about our procedures",
        "Stable JSON",
        "Qwen/Qwen2.5-0.5B-Instruct",
        "Transformers",
    )
    picture(page, "02-quick-start")
    page.get_by_role("button", name="Save version 1").click()
    expect(page.get_by_text("Version 1 is saved.")).to_be_visible()
    clicks = int(page.evaluate("sessionStorage.getItem('clicks')"))
    said = f"quick start asks {len(asked)} fields ({', '.join(asked)}) and takes {clicks} clicks"
    assert (len(asked), clicks) == (FIELDS, CLICKS), said
    print(said)
    assert Version.objects.get().number == 1
    picture(page, "03-version-1")


def test_models_are_suggested_while_one_types(open_as: OpenAs) -> None:
    page = open_as(person())
    page.goto("/start/")
    page.get_by_label("Model").press_sequentially("0.5B")
    expect(page.locator("#suggested-models option[value*='0.5B']").first).to_be_attached()
    page.get_by_label("Model").fill("no such model anywhere")
    expect(page.locator("#suggested-models option")).to_have_count(0)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(open_as: OpenAs, watch: Watch) -> None:
    page = open_as(person())
    page.goto("/start/")
    page.get_by_label("Goal").fill("Answer questions")
    page.get_by_role("button", name="Save version 1").click()
    watch.expect("status 422")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(page.get_by_label("Goal")).to_have_value("Answer questions")
    picture(page, "02-quick-start-errors")


def test_a_second_click_makes_no_second_project(open_as: OpenAs) -> None:
    page = open_as(person())
    page.goto("/start/")
    for label in ("Goal", "One must-have", "Model", "Runtime"):
        page.get_by_label(label).fill("something")
    page.get_by_role("button", name="Save version 1").dblclick()
    expect(page.get_by_role("heading", name="Version 1").first).to_be_visible()
    assert Version.objects.count() == 1
