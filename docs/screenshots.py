"""Make the pictures of the README from the running program: `make screenshots`.

Starts Carnet with an empty database, lets two invented people join on the simulated phone, and photographs
what they and a trainer see. Needs a Chromium; CARNET_CHROMIUM says where, if it is not on the PATH.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
PICTURES = Path(__file__).parent / "pictures"
PHONE = ViewportSize(width=360, height=740)
LAPTOP = ViewportSize(width=1200, height=800)
PASSPHRASE = "an invented one"

FRENCH = ("BIENVENUE", "1", "oui", "oui", "oui", "Awa", "1", "1994", "1", "1", "4", "1", "couture, français")
FRENCH_JOB = ("Noter une étape", "1", "1", "12/03/2026", "Couturière, Atelier Noor", "oui")
ARABIC = ("BIENVENUE", "2", "نعم", "نعم", "نعم", "أمينة", "1", "١٩٩٠", "1", "1", "4", "3", "تخطي")


@contextmanager
def running() -> Iterator[str]:
    """Carnet with an empty database; the admin's one-time password."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"CARNET_DATA_DIR": data, "CARNET_PORT": str(PORT), "COLUMNS": "200"}
        command = [str(Path(sys.executable).with_name("carnet")), "run"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            told = ""
            for line in process.stdout or ():
                told += line
                if "Not for real use" in line:
                    break
            yield re.findall(r"one-time password (\S+)", told)[0]
        finally:
            process.terminate()
            process.wait()


def join(browser: Browser, language: str, words: tuple[str, ...]) -> Page:
    """A phone on which someone has written all this."""
    page = browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()
    page.goto(f"{BASE}/phone?lang={language}")
    for number, text in enumerate(words):
        count = page.locator(".bubble").count()
        page.locator("form [name=text]").fill(text)
        page.keyboard.press("Enter")
        page.locator(".bubble").nth(count + 1).wait_for()
        if number == 3:
            page.screenshot(path=PICTURES / f"consent-{language}.png")
    return page


def sign_in(browser: Browser, password: str) -> Page:
    page = browser.new_context(viewport=LAPTOP, locale="fr-MA").new_page()
    page.goto(BASE)
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/password")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSPHRASE if field.get_attribute("name") != "current" else password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{BASE}/?*")
    return page


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    chromium = os.environ.get("CARNET_CHROMIUM") or shutil.which("chromium")
    with running() as password, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        french = join(browser, "fr", (*FRENCH, *FRENCH_JOB, "carnet"))
        french.screenshot(path=PICTURES / "logbook-fr.png")
        arabic = join(browser, "ar", ARABIC)
        arabic.screenshot(path=PICTURES / "menu-ar.png")
        page = sign_in(browser, password)
        page.screenshot(path=PICTURES / "today-fr.png")
        page.goto(f"{BASE}/participants")
        page.screenshot(path=PICTURES / "participants-fr.png")
        page.get_by_role("link", name="Awa").first.click()
        page.screenshot(path=PICTURES / "participant-fr.png")
        browser.close()


if __name__ == "__main__":
    main()
