"""Hardware facts of a route chosen before are fetched when opened, and nothing typed there is lost."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from decisions.actions.routes import choose_route
from tests.browser.conftest import OpenAs
from tests.browser.steps import sign_in, write
from tests.browser.things import at, started
from tests.factories import person, route


def test_they_are_opened_saved_and_kept_over_a_sign_in(transactional_db: None, open_as: OpenAs) -> None:
    ada = person("Ada Author")
    made = started(ada)
    choose_route(by=ada, decision=made, route=route(made.project, "rented_gpu"))
    page = open_as(ada)
    page.goto(at("decision-candidates", made))
    page.locator("#hardware > summary").click()
    write(page, "route-rented_gpu.vram_gib", "24")
    Session.objects.all().delete()
    page.locator("#id_device_count").fill("2")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, ada)
    expect(page.get_by_text("Restored what you had typed.")).to_be_visible()
    expect(page.locator("#id_device_count")).to_have_value("2")
    expect(page.locator('[data-draft="route-rented_gpu.device_count"]')).to_have_attribute(
        "data-state", "saved"
    )
    expect(page.locator("#id_vram_gib")).to_have_value("24")
