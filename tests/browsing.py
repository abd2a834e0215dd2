"""A real browser for the tests, and the accessibility check."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Chromium. Without one the test is left out and says so; in continuous integration it fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium on this computer, and in continuous integration there must be one")
        pytest.skip("no chromium on this computer: the browser tests are left out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def assert_accessible(page: Page) -> None:
    """No violation of the axe rules on the page as it stands."""
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
