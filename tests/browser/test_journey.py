"""The way of an author: sign in, need, route, candidates, notes. The rest is in test_journey_on.py."""

import re

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Decision, User
from tests.browser.conftest import OpenAs
from tests.browser.steps import (
    card,
    choose,
    control,
    field,
    fit,
    is_card,
    is_same_document,
    is_saved,
    mark_document,
    picture,
    says,
    sign_in,
    start_quickly,
    tab,
    tick,
    write,
)
from tests.browser.things import GOAL, MODEL, at, started
from tests.browser.watch import Watch
from tests.factories import person, route


@pytest.fixture
def ada(transactional_db: None) -> User:
    return person("Ada Author")


@pytest.fixture
def decision(ada: User) -> Decision:
    return started(ada)


@pytest.fixture
def page(open_as: OpenAs, ada: User) -> Page:
    return open_as(ada)


def test_sign_in_and_start(open_as: OpenAs, ada: User) -> None:
    page = open_as(None)
    page.goto("/")
    picture(page, "00-sign-in")
    sign_in(page, ada)
    expect(page.get_by_role("heading", name="Which model is enough?")).to_be_visible()
    start_quickly(
        page, goal=GOAL, must_have="Stable JSON", model=MODEL, runtime="Transformers", route="Local CPU"
    )
    tab(page, "Need")
    expect(control(page, "need.project_goal")).to_have_value(GOAL)
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Projects").click()
    expect(page.get_by_role("row").filter(has_text=GOAL)).to_contain_text("version 1")
    picture(page, "04-projects")


def test_the_need_redraws_the_cards_in_place(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    picture(page, "10-need")
    mark_document(page)
    is_card(page, "free_colab", "unknown")
    choose(page, "need.privacy", "Private documents")
    is_card(page, "free_colab", "closed")
    expect(card(page, "free_colab")).to_contain_text("Would open if")
    choose(page, "need.privacy", "Public text only")
    is_card(page, "free_colab", "open")
    choose(page, "need.needs_service", "yes")
    is_card(page, "free_colab", "closed")
    assert is_same_document(page)
    page.reload()
    expect(control(page, "need.privacy")).to_have_value("public")
    is_card(page, "free_colab", "closed")


def test_every_kind_of_need_field_saves_itself(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    write(page, "need.must_have", "Stable JSON\nPrivate documents stay inside")
    tick(page, "need.task_kinds", "Chat", "Extraction")
    write(page, "need.context_tokens", "8 192")
    write(page, "need.concurrent_requests", "4")
    write(page, "need.budget_amount", "120.50")
    choose(page, "need.licence_use", "Inside our organisation")
    expect(page.locator("#draft-status")).to_have_text("Draft saved")
    picture(page, "11-need-filled")
    page.reload()
    expect(control(page, "need.must_have")).to_have_value("Stable JSON\nPrivate documents stay inside")
    expect(field(page, "need.task_kinds").get_by_label("Chat")).to_be_checked()
    expect(control(page, "need.context_tokens")).to_have_value("8192")
    expect(control(page, "need.concurrent_requests")).to_have_value("4")


def test_a_wrong_value_is_said_at_the_field(page: Page, decision: Decision, watch: Watch) -> None:
    page.goto(at("decision-need", decision))
    control(page, "need.context_tokens").fill("many")
    control(page, "need.context_tokens").blur()
    box = field(page, "need.context_tokens")
    expect(box).to_have_attribute("data-state", "failed")
    expect(box.locator(".errors")).to_have_text(re.compile("whole number"))
    expect(page.locator("#draft-status")).to_have_text("Not saved")
    watch.expect("status 422")
    picture(page, "12-need-error")
    write(page, "need.context_tokens", "4096")
    expect(box.locator(".errors")).to_have_count(0)


def test_typing_the_same_again_leaves_nothing_unsaved(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    control(page, "need.project_goal").fill(GOAL)
    control(page, "need.project_goal").blur()
    expect(page.locator("#draft-status")).to_have_text("Draft saved")
    page.reload()
    expect(control(page, "need.project_goal")).to_have_value(GOAL)


def test_hardware_opens_the_rented_gpu(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    picture(page, "20-routes-and-candidates")
    is_card(page, "rented_gpu", "closed")
    mark_document(page)
    card(page, "rented_gpu").get_by_role("button", name="Choose").click()
    expect(card(page, "rented_gpu")).to_contain_text("chosen")
    page.locator("#hardware > summary").click()
    write(page, "route-rented_gpu.device", "NVIDIA L4")
    expect(control(page, "route-rented_gpu.vram_gib")).to_have_value("24")
    is_card(page, "rented_gpu", "open")
    write(page, "route-rented_gpu.vram_gib", "12")
    is_card(page, "rented_gpu", "closed")
    write(page, "route-rented_gpu.vram_gib", "24")
    write(page, "route-rented_gpu.price_amount", "0.80")
    write(page, "route-rented_gpu.planned_hours", "3")
    expect(card(page, "rented_gpu")).to_contain_text("24 GiB")
    expect(card(page, "rented_gpu")).to_contain_text("2.40")
    picture(page, "21-hardware")
    assert is_same_document(page)


def test_a_stop_time_in_the_past_is_refused(page: Page, decision: Decision, watch: Watch) -> None:
    gpu = route(decision.project, "rented_gpu")
    page.goto(at("route-edit", decision, code=gpu.code))
    control(page, "route-rented_gpu.expected_stop_at").fill("2020-01-01T10:00")
    control(page, "route-rented_gpu.expected_stop_at").blur()
    expect(field(page, "route-rented_gpu.expected_stop_at")).to_have_attribute("data-state", "failed")
    expect(field(page, "route-rented_gpu.expected_stop_at").locator(".errors")).to_contain_text("has passed")
    watch.expect("status 422")
    picture(page, "22-route")


def test_a_route_of_our_own(page: Page, decision: Decision) -> None:
    page.goto(at("decision-candidates", decision))
    page.get_by_role("link", name="Add a route of our own").click()
    picture(page, "23-own-route")
    page.get_by_label("Name").fill("The box under the desk")
    page.get_by_label("It has a GPU").check()
    page.get_by_label("It can keep a service running").check()
    page.get_by_role("button", name="Add the route").click()
    expect(page.get_by_role("heading", name="The box under the desk").first).to_be_visible()
    tab(page, "Routes and candidates")
    expect(page.get_by_role("article", name="The box under the desk")).to_be_visible()


def _add(page: Page, name: str, runtime: str) -> None:
    """Add a candidate with the type-ahead's help."""
    new = page.locator("#new-candidate")
    new.get_by_label("Model").press_sequentially(name)
    expect(page.locator(f"#suggested-models option[value='{name}']")).to_be_attached()
    new.get_by_label("Runtime").press_sequentially(runtime)
    expect(page.locator(f"#suggested-runtimes option[value='{runtime}']")).to_be_attached()
    new.get_by_role("button", name="Add").click()
    expect(page.locator("#candidates .notice")).to_contain_text(f"Added {name}.")


def _names(page: Page, *names: str) -> None:
    """The candidates stand in this order."""
    expect(page.locator("#compare thead th a")).to_have_text(list(names))


def test_candidates_are_added_moved_copied_and_removed(page: Page, decision: Decision) -> None:
    second, third = "Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-1.5B-Instruct"
    page.goto(at("decision-candidates", decision))
    mark_document(page)
    _add(page, second, "vLLM")
    _add(page, third, "llama.cpp")
    _names(page, MODEL, second, third)
    picture(page, "30-three-candidates")
    page.get_by_role("button", name=f"Move {third} to the left").click()
    _names(page, MODEL, third, second)
    page.get_by_role("button", name=f"Duplicate {second}").click()
    _names(page, MODEL, third, second, f"{second} (2)")
    page.get_by_role("button", name=f"Remove {third}").click()
    expect(page.locator("#compare thead th a")).to_have_count(3)
    expect(page.locator("#undo-remove")).to_be_focused()
    picture(page, "31-removed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#compare thead th a")).to_have_count(4)
    assert is_same_document(page)


def test_exactly_one_candidate_comes_first(page: Page, decision: Decision) -> None:
    second = "Qwen/Qwen2.5-7B-Instruct"
    page.goto(at("decision-candidates", decision))
    _add(page, second, "vLLM")
    mark_document(page)
    page.get_by_label(f"Role of {second}").select_option(label="first choice")
    expect(page.locator("#compare th.is-first")).to_contain_text(second)
    expect(page.locator("#compare th.is-first")).to_have_count(1)
    expect(page.get_by_label(f"Role of {MODEL}")).to_have_value("considered")
    page.get_by_label(f"Role of {MODEL}").select_option(label="fallback")
    expect(page.get_by_role("columnheader", name=MODEL)).to_contain_text("fallback")
    assert is_same_document(page)


def test_notes_change_the_fits(page: Page, decision: Decision) -> None:
    page.goto(at("decision-need", decision))
    tick(page, "need.task_kinds", "Chat")
    choose(page, "need.licence_use", "Inside our organisation")
    tab(page, "Routes and candidates")
    page.get_by_role("link", name=MODEL, exact=True).click()
    picture(page, "40-candidate")
    says(page, "licence", "not read")
    expect(control(page, "candidate.licence-licence_id")).to_have_value("apache-2.0")
    write(page, "candidate.licence-source", "LICENSE in the repository")
    choose(page, "candidate.licence-commercial_use", "yes")
    choose(page, "candidate.licence-data_use", "yes")
    write(page, "candidate.licence-read_on", "2026-05-02")
    expect(fit(page, "licence")).to_have_class(re.compile("is-good"))
    tick(page, "candidate.model_card-task_kinds", "Chat")
    write(page, "candidate.model_card-source", "the model's page")
    write(page, "candidate.model_card-read_on", "2026-05-02")
    expect(fit(page, "task")).to_have_class(re.compile("is-good"))
    picture(page, "41-candidate-notes")


def test_evidence_is_counted(page: Page, decision: Decision) -> None:
    page.goto(at("candidate", decision, key=decision.candidates.get().key))
    says(page, "evidence", "0 of 5")
    key = decision.candidates.get().key
    write(page, f"evidence.evidence-{key}-command", "python first_run.py")
    says(page, "evidence", "1 of 5")
    write(page, f"evidence.evidence-{key}-stop_procedure", "Close the terminal")
    says(page, "evidence", "2 of 5")
    is_saved(page, f"evidence.evidence-{key}-stop_procedure")


def test_read_today_notes_who_and_when(page: Page, decision: Decision, ada: User) -> None:
    page.goto(at("candidate", decision, key=decision.candidates.get().key))
    note = page.locator("#note-model_card")
    note.locator("summary").click()
    note.get_by_role("button", name="I read it today").click()
    expect(control(page, "candidate.model_card-reader")).to_have_value(ada.full_name)
    expect(control(page, "candidate.model_card-read_on")).not_to_have_value("")
