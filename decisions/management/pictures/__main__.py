"""Write docs/pictures: each page in light and in dark, small enough for a README."""

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from decisions.management.pictures.server import ROOT, demo_server

FOLDER = ROOT / "docs" / "pictures"
OWNER = "owner@demo.example"
DECISION = "/projects/support-desk-assistant/decisions/the-model-that-answers-procedure-questions/"
SCHEMES = ("light", "dark")
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
TABLET: ViewportSize = {"width": 1000, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 800}
COLOURS = 96  # as many as keep the letters crisp
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]


def need(page: Page) -> None:
    """The need, with the route cards that follow it."""
    page.goto(f"{DECISION}need/")


def candidates(page: Page) -> None:
    """The candidates side by side, each with its five fits."""
    page.goto(f"{DECISION}candidates/")
    page.locator("#candidates-title").evaluate("each => each.scrollIntoView()")


def difference(page: Page) -> None:
    """What a version changed."""
    page.goto(f"{DECISION}versions/compare/?old=2&new=3")


def tour(page: Page) -> None:
    """The tour at its first step, on a phone."""
    page.goto("/tour/")
    page.get_by_role("button", name="Start the tour").click()
    page.locator("#guide").wait_for()


PICTURES: tuple[tuple[Callable[[Page], None], ViewportSize], ...] = (
    (need, LAPTOP),
    (candidates, TABLET),
    (difference, LAPTOP),
    (tour, PHONE),
)


def main() -> None:
    """Make all of them; a missing browser is told in one line."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("script/screenshots: Chromium is missing: run script/setup --test, or set CHROMIUM.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_server() as (address, passwords), sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS, chromium_sandbox=False)
        for size in (LAPTOP, TABLET, PHONE):
            _take(opened, address, passwords[OWNER], size)
        opened.close()


def _take(browser: Browser, address: str, password: str, size: ViewportSize) -> None:
    context = browser.new_context(base_url=address, viewport=size, locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(OWNER)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/tour/")
    for show in [show for show, wanted in PICTURES if wanted is size]:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            show(page)
            page.wait_for_load_state("networkidle")
            _store(page.screenshot(), FOLDER / f"{show.__name__}-{scheme}.png")
    context.close()


def _store(picture: bytes, path: Path) -> None:
    """Write the picture with few colours: a quarter of the size, the same to the eye."""
    with Image.open(io.BytesIO(picture)) as full:
        few = full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")  # noqa: T201


if __name__ == "__main__":
    main()
