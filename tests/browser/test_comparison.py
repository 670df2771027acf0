"""The comparison by hand: dragged, moved by keyboard, pinned, folded, copied; on a laptop and on a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import PHONE, is_same_document, mark_document, picture
from tests.browser.things import at
from tests.factories import candidate, decision, loaded, person, project

NAMES = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"]


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def six(ada: User) -> Decision:
    made = decision(project(ada))
    for name in NAMES:
        candidate(made, name, runtime="vLLM", risk=f"the risk of {name}")
    return loaded(made)


@pytest.fixture
def page(open_as: OpenAs, ada: User, six: Decision) -> Page:
    page = open_as(ada)
    page.goto(at("decision-candidates", six))
    mark_document(page)
    return page


def _heads(page: Page) -> Locator:
    return page.locator("#compare thead th a")


def _drag(page: Page, name: str, onto: str, *, drop: bool = True) -> None:
    grip = (
        page.locator("thead th").filter(has=page.get_by_role("link", name=name, exact=True)).locator(".grip")
    )
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    end = page.get_by_role("link", name=onto, exact=True).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 4, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, start["y"] + 4, steps=8)
    if drop:
        page.mouse.up()


def test_a_column_is_dragged_to_the_left_and_to_the_right(page: Page) -> None:
    _drag(page, "Fourth", "Second")
    expect(_heads(page)).to_have_text(["First", "Fourth", "Second", "Third", "Fifth", "Sixth"])
    expect(page.locator("#announce")).to_have_text("Fourth is now candidate 2 of 6.")
    _drag(page, "First", "Third")
    expect(_heads(page)).to_have_text(["Fourth", "Second", "Third", "First", "Fifth", "Sixth"])
    page.reload()
    expect(_heads(page)).to_have_text(["Fourth", "Second", "Third", "First", "Fifth", "Sixth"])


def test_escape_ends_a_drag(page: Page) -> None:
    _drag(page, "Fourth", "Second", drop=False)
    expect(page.locator("th.drop-left")).to_contain_text("Second")
    picture(page, "210-dragged")
    page.keyboard.press("Escape")
    expect(page.locator(".drop-left, .is-dragged")).to_have_count(0)
    page.mouse.up()
    expect(_heads(page)).to_have_text(NAMES)


def test_a_column_is_moved_by_keyboard_and_keeps_the_focus(page: Page) -> None:
    right = page.get_by_role("button", name="Move First to the right")
    right.focus()
    for place in (2, 3):
        page.keyboard.press("Enter")
        expect(page.locator("#announce")).to_have_text(f"First is now candidate {place} of 6.")
        expect(right).to_be_focused()
    expect(_heads(page)).to_have_text(["Second", "Third", "First", "Fourth", "Fifth", "Sixth"])
    assert is_same_document(page)


def test_a_pinned_column_stays_beside_the_names_of_the_rows(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 700})
    page.get_by_role("button", name="Pin Fifth").press("Enter")
    expect(_heads(page)).to_have_text(["Fifth", "First", "Second", "Third", "Fourth", "Sixth"])
    expect(page.get_by_role("button", name="Pin Fifth")).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Fifth stays beside the names of the rows.")
    page.locator(".compare-box").evaluate("box => box.scrollTo(10_000, 0)")
    pinned, box = page.locator("th.is-pinned").bounding_box(), page.locator(".compare-box").bounding_box()
    assert pinned
    assert box
    assert 100 < pinned["x"] - box["x"] < 120
    picture(page, "211-pinned")
    page.get_by_role("button", name="Pin Fifth").click()
    expect(_heads(page)).to_have_text(NAMES)
    assert is_same_document(page)


def test_a_drag_passes_the_pinned_column(page: Page) -> None:
    page.get_by_role("button", name="Pin Third").click()
    expect(_heads(page)).to_have_text(["Third", "First", "Second", "Fourth", "Fifth", "Sixth"])
    _drag(page, "Fifth", "First")
    expect(_heads(page)).to_have_text(["Third", "Fifth", "First", "Second", "Fourth", "Sixth"])


def test_what_is_folded_and_opened_stays_so_over_a_change(page: Page) -> None:
    fold = page.get_by_role("button", name="the same for all")
    expect(page.get_by_role("rowheader", name="Quantization")).to_have_count(0)
    fold.click()
    expect(fold).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name="More Evidence").click()
    expect(page.get_by_text("How it was judged:").locator("visible=true")).to_have_count(6)
    page.get_by_role("button", name="Duplicate First").click()
    expect(_heads(page)).to_have_count(7)
    expect(page.get_by_role("rowheader", name="Quantization")).to_be_visible()
    expect(page.get_by_text("How it was judged:").locator("visible=true")).to_have_count(7)
    picture(page, "212-unfolded")


def test_marks_are_switched_off_and_on(page: Page) -> None:
    switch = page.get_by_role("button", name="Mark what differs")
    expect(page.locator("#compare mark")).to_have_count(5)
    switch.click()
    expect(page.locator("#compare mark")).to_have_count(0)
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(page.locator("#compare mark").first).to_have_text("≠ differs")


def test_the_table_is_copied_for_a_sheet_and_for_a_document(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Copy as table").click()
    expect(page.locator("#announce")).to_have_text("Copied as a table.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.splitlines()[0] == "\t".join(["Candidate", *NAMES])
    html = page.evaluate(
        "async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()"
    )
    assert "<td>the risk of Sixth</td>" in html
    assert is_same_document(page)


def test_in_japanese_it_is_dragged_moved_and_copied(open_as: OpenAs, ada: User, six: Decision) -> None:
    candidate(six, "日本語のモデル", risk="返答が遅い\n第二の行")
    page = open_as(ada, locale="ja-JP", permissions=["clipboard-read", "clipboard-write"])
    page.goto(at("decision-candidates", six))
    _drag(page, "日本語のモデル", "Second")
    expect(page.locator("#announce")).to_have_text("日本語のモデル は 7 件中 2 番目の候補になりました。")
    page.get_by_role("button", name="日本語のモデル を左へ移動").press("Enter")
    expect(_heads(page).first).to_have_text("日本語のモデル")
    page.get_by_role("link", name="表としてコピー").press("Enter")
    expect(page.locator("#announce")).to_have_text("表としてコピーしました。")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].startswith("候補\t日本語のモデル\tFirst\tSecond")
    assert next(line for line in lines if line.startswith("リスク\t返答が遅い 第二の行\tthe risk of First"))
    assert next(line for line in lines if line.startswith("ランタイム適合\t") and "：" in line)


def test_where_copying_is_not_allowed_the_text_is_a_page(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new DOMException('no')); }")
    page.get_by_role("link", name="Copy as table").click()
    page.wait_for_url("**/candidates/?as=text")
    expect(page.locator("body")).to_contain_text("the risk of Sixth")


def test_head_and_first_column_stay_in_sight_in_the_box(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 420})
    page.get_by_role("button", name="the same for all").click()
    expect(page.get_by_role("rowheader", name="Quantization")).to_be_attached()
    page.locator(".compare-box").evaluate("box => box.scrollTo(300, 500)")
    box = page.locator(".compare-box").bounding_box()
    head = page.locator("#compare thead th").nth(3).bounding_box()
    name = page.get_by_role("rowheader", name="Quantization").bounding_box()
    assert box
    assert head
    assert name
    assert abs(head["y"] - box["y"]) < 3
    assert abs(name["x"] - box["x"]) < 3


def test_on_a_phone_columns_are_swiped_and_nothing_hangs_over(
    open_as: OpenAs, ada: User, six: Decision
) -> None:
    page = open_as(ada, viewport=PHONE, has_touch=True)
    page.goto(at("decision-candidates", six) + "?pin=c2&same=shown")
    expect(_heads(page)).to_have_text(["Second", "First", "Third", "Fourth", "Fifth", "Sixth"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Move Sixth to the left").tap()
    expect(_heads(page)).to_have_text(["Second", "First", "Third", "Fourth", "Sixth", "Fifth"])
    expect(page.get_by_role("link", name="Sixth", exact=True)).to_be_in_viewport()
    picture(page, "213-phone")


def test_without_a_script_it_is_arranged_and_changed(open_as: OpenAs, ada: User, six: Decision) -> None:
    page = open_as(ada, java_script_enabled=False)
    page.goto(at("decision-candidates", six))
    page.get_by_role("button", name="Pin Fifth").click()
    page.get_by_role("button", name="the same for all").click()
    page.get_by_role("button", name="Move Sixth to the left").click()
    expect(_heads(page)).to_have_text(["Fifth", "First", "Second", "Third", "Sixth", "Fourth"])
    expect(page.get_by_role("rowheader", name="Quantization")).to_be_visible()
    page.get_by_role("link", name="Copy as table").click()
    expect(page.locator("body")).to_contain_text("the risk of Sixth")
