"""The whole loop as people meet it: a phone of 360 pixels, a trainer's laptop, French and Arabic."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language
from locales import translations
from tests.browser.conftest import PASSWORD, Running
from tests.browsing import assert_accessible, assert_fits

PHONE = ViewportSize(width=360, height=740)
LAPTOP = ViewportSize(width=1200, height=800)

PAGES = ("/", "/participants", "/broadcasts", "/broadcasts/new", "/cohorts", "/staff", "/staff/new")


@dataclass(frozen=True)
class Words:
    """What someone writes, and what comes back."""

    join: tuple[str, ...]
    name: str
    job: tuple[str, ...]
    occupation: str
    date: str
    reminder: str
    greeting: str


WORDS = {
    Language.FRENCH: Words(
        join=("1", "oui", "oui", "oui", "Awa", "1", "1994", "1", "1", "4", "1", "passer"),
        name="Awa",
        job=("1", "12/03/2026", "Couturière", "oui"),
        occupation="Couturière",
        date="12 mars 2026",
        reminder="L’atelier commence demain à 10 h.",
        greeting="Bravo pour ce travail !",
    ),
    Language.ARABIC: Words(
        join=("2", "نعم", "نعم", "نعم", "أمينة", "1", "١٩٩٠", "1", "1", "4", "1", "تخطي"),
        name="أمينة",
        job=("١", "١٢/٠٣/٢٠٢٦", "خياطة", "نعم"),
        occupation="خياطة",
        date="12 مارس 2026",
        reminder="تبدأ الورشة غدا على الساعة 10.",
        greeting="هنيئا على هذا العمل!",
    ),
}


def web(id: str, language: Language) -> str:
    """A text of the trainers' pages."""
    return translations(language, "web").gettext(id)


def write(phone: Page, *texts: str) -> None:
    for text in texts:
        said = phone.locator(".bubble").count()
        phone.fill("#text", text)
        phone.keyboard.press("Enter")
        expect(phone.locator(".bubble.person").last).to_contain_text(text)
        phone.locator(".bubble").nth(said + 1).wait_for()


def joined(browser: Browser, carnet: Running, language: Language) -> Page:
    """A phone whose owner has joined and recorded a job."""
    phone = browser.new_context(viewport=PHONE).new_page()
    phone.goto(f"{carnet.url}/phone?lang={language}")
    words = WORDS[language]
    write(phone, carnet.code, *words.join)
    expect(phone.locator(".bubble.carnet").last).to_contain_text(say(Say("home.menu"), language))
    phone.get_by_role("button", name=say(Say("menu.record"), language)).last.click()
    phone.get_by_role("button", name=say(Say("kind.job"), language), exact=True).last.click()
    expect(phone.locator(".bubble.carnet").last).to_contain_text(say(Say("milestone.intro"), language))
    write(phone, *words.job)
    return phone


def signed_in(context: BrowserContext, carnet: Running, language: Language) -> Page:
    """The trainers' view in a language, behind the first sign-in with its change of password."""
    page = context.new_page()
    page.goto(f"{carnet.url}/sign-in?language={language}")
    assert_accessible(page)
    page.fill("[name=login]", "admin")
    page.fill("[name=password]", carnet.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/password")
    assert_accessible(page)
    page.fill("[name=current]", carnet.password)
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{carnet.url}/?*")
    if page.locator("html").get_attribute("lang") != language:
        page.locator("details.me summary").click()
        page.locator(f".me-languages [value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


@pytest.mark.parametrize("language", WORDS)
def test_a_person_and_a_trainer_go_round_the_loop(
    chromium: Browser, carnet: Running, language: Language
) -> None:
    words = WORDS[language]
    phone = joined(chromium, carnet, language)
    phone.get_by_role("button", name=say(Say("menu.logbook"), language)).last.click()
    logbook = phone.locator(".bubble.carnet", has_text=words.date).last
    expect(logbook).to_contain_text(words.occupation)
    assert_accessible(phone)
    assert_fits(phone)

    desk = signed_in(chromium.new_context(viewport=LAPTOP), carnet, language)
    desk.goto(f"{carnet.url}/participants")
    desk.get_by_role("link", name=words.name).click()
    expect(desk.locator(".steps")).to_contain_text(words.occupation)
    assert_accessible(desk)
    assert words.name not in desk.url, "names never stand in addresses"

    desk.fill("#text", words.greeting)
    desk.get_by_role("button", name=web("write.button", language), exact=True).click()
    expect(phone.locator(".bubble.carnet").last).to_contain_text(words.greeting)

    desk.get_by_role("button", name=web("ask.button", language)).click()
    expect(phone.locator(".bubble.carnet").last).to_contain_text(say(Say("checkin.hello"), language))
    phone.get_by_role("button", name=say(Say("no"), language), exact=True).last.click()
    expect(phone.locator(".bubble.carnet").last).to_contain_text(say(Say("checkin.done"), language))
    desk.reload()
    expect(desk.locator("#timeline")).to_contain_text(web("contact.answered", language))

    desk.goto(f"{carnet.url}/broadcasts/new")
    assert_accessible(desk)
    desk.fill(f"#text_{language}", words.reminder)
    desk.get_by_role("button", name=web("compose.preview", language)).click()
    expect(desk.locator(".preview")).to_contain_text(words.reminder)
    assert_accessible(desk)
    desk.locator("form.send-row button.btn-primary").click()
    expect(phone.locator(".bubble.carnet").last).to_contain_text(words.reminder)
    expect(desk.locator("#states")).to_contain_text(words.name)
    expect(desk.locator("#states")).to_contain_text(web("delivery.sent", language))
    assert_accessible(desk)


@pytest.mark.parametrize("language", WORDS)
def test_every_page_is_accessible_and_fits_a_small_phone(
    chromium: Browser, carnet: Running, language: Language
) -> None:
    joined(chromium, carnet, language)
    faults: list[str] = []
    page = signed_in(chromium.new_context(viewport=PHONE), carnet, language)
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{carnet.url}/participants")
    person = page.get_by_role("link", name=WORDS[language].name).get_attribute("href")
    for path in (
        "/",
        "/participants",
        person,
        "/broadcasts",
        "/broadcasts/new",
        "/cohorts",
        "/staff",
        "/staff/new",
    ):
        page.goto(f"{carnet.url}{path}")
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language.right_to_left else "ltr")
        assert_accessible(page)
        assert_fits(page)
    assert faults == [], "no script, style or request is refused by the page's own policy"


def test_the_trainers_view_works_without_scripts_and_without_a_mouse(
    chromium: Browser, carnet: Running
) -> None:
    phone = joined(chromium, carnet, Language.FRENCH)
    context = chromium.new_context(viewport=LAPTOP, java_script_enabled=False)
    page = signed_in_without_scripts(context, carnet)
    page.goto(f"{carnet.url}/participants")
    page.fill("[name=name]", "awa")
    page.keyboard.press("Enter")
    person = page.get_by_role("link", name="Awa")
    person.focus()
    page.keyboard.press("Enter")
    page.locator("#text").focus()
    page.keyboard.type("Bonjour Awa")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(phone.locator(".bubble.carnet").last).to_contain_text("Bonjour Awa")
    expect(page.locator("#timeline")).to_contain_text("Bonjour Awa")


def signed_in_without_scripts(context: BrowserContext, carnet: Running) -> Page:
    page = context.new_page()
    page.goto(f"{carnet.url}/sign-in?language=fr")
    for field, value in (("login", "admin"), ("password", carnet.password)):
        page.locator(f"[name={field}]").focus()
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    for field, value in (("current", carnet.password), ("new", PASSWORD), ("again", PASSWORD)):
        page.locator(f"[name={field}]").focus()
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{carnet.url}/?*")
    return page
