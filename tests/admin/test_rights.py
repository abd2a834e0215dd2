"""Who may open which page: one row per route, one column per sort of visitor."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from admin.app import ROUTERS
from conversations.forms import builtin_forms
from conversations.vocabulary import Language, Role, WorkshopKind
from storage.broadcasts import Draft, send_broadcast
from storage.forms import publish_builtin
from storage.tables.core import ADDRESSES
from storage.workshops import NewWorkshop, add_workshop
from tests.admin.conftest import Browser, Office

NOWHERE = "0" * 32


@dataclass(frozen=True)
class Row:
    """What each visitor gets. `inside` and `outside`: a trainer whose cohort it is, or is not."""

    method: str
    path: str
    anonymous: int
    inside: int
    outside: int
    admin: int
    fields: tuple[tuple[str, str], ...] = ()


WORKSHOP = (
    ("title", "Atelier CV"),
    ("kind", "course"),
    ("cohort", "{cohort}"),
    ("day", "2026-12-01"),
    ("hour", "10:00"),
    ("minutes", "120"),
    ("place", "Maison des associations"),
)

ROWS = [
    Row("GET", "/static/admin.css", 200, 200, 200, 200),
    Row("GET", "/p/unknown", 404, 404, 404, 404),  # an employer's link is a right of its own
    Row("GET", "/sign-in", 200, 303, 303, 303),
    Row("POST", "/sign-in", 403, 403, 403, 403),  # only with the token of the sign-in page
    Row("POST", "/sign-out", 303, 303, 303, 303),
    Row("POST", "/language", 303, 303, 303, 303, (("language", "ar"),)),
    Row("GET", "/password", 303, 200, 200, 200),
    Row("POST", "/password", 303, 422, 422, 422),
    Row("GET", "/", 303, 200, 200, 200),
    Row("GET", "/participants", 303, 200, 200, 200),
    Row("GET", "/participants?cohort={cohort}", 303, 200, 404, 200),
    Row("POST", "/participants/search", 303, 200, 200, 200, (("name", "Amina"),)),
    Row("GET", "/participants/new", 303, 200, 200, 200),
    Row("POST", "/participants/new", 303, 422, 422, 422),
    Row("GET", "/participants/{person}/form", 303, 303, 404, 303),
    Row("POST", "/participants/{person}/form", 303, 303, 404, 303),
    Row("POST", "/participants/{person}/form/profile", 303, 303, 404, 303),
    Row("POST", "/participants/{person}/phone-code", 303, 200, 404, 200),
    Row("POST", "/participants/{person}/contacts", 303, 303, 404, 303, (("day", "2026-01-02"),)),
    Row("GET", "/participants/{person}", 303, 200, 404, 200),
    Row("POST", "/participants/{person}/messages", 303, 303, 404, 303, (("text", "Bonjour"),)),
    Row("POST", "/participants/{person}/answered", 303, 303, 404, 303),
    Row("POST", "/participants/{person}/check-ins", 303, 303, 404, 303),
    Row("POST", f"/participants/{{person}}/voices/{NOWHERE}", 303, 404, 404, 404, (("text", "Couture"),)),
    Row("GET", "/participants/{person}/data", 303, 200, 404, 200),
    Row("POST", "/participants/{person}/data/file", 303, 200, 404, 200, (("reason", "au bureau"),)),
    Row("POST", "/participants/{person}/data/erasure", 303, 403, 403, 303, (("reason", "au bureau"),)),
    Row("POST", "/participants/{person}/data/keep", 303, 403, 403, 303),
    Row("GET", "/workshops", 303, 200, 200, 200),
    Row("POST", "/workshops", 303, 422, 422, 422),
    Row("POST", "/workshops", 303, 303, 404, 303, WORKSHOP),
    Row("GET", "/workshops/{workshop}", 303, 200, 404, 200),
    Row("GET", "/workshops/{workshop}/poster", 303, 200, 404, 200),
    Row("GET", "/workshops/{workshop}/code-{number}.svg", 303, 200, 404, 200),
    Row("POST", "/workshops/{workshop}/announcement", 303, 303, 404, 303),
    Row("POST", "/workshops/{workshop}/cancellation", 303, 303, 404, 303),
    Row("POST", "/workshops/{workshop}/closing", 303, 303, 404, 303),
    Row(
        "POST", "/workshops/{workshop}/attendance/{person}", 303, 303, 404, 303, (("attendance", "present"),)
    ),
    Row("POST", "/participants/{person}/data/code", 303, 303, 404, 303),
    Row("POST", "/participants/{person}/data/addresses/{address}/theirs", 303, 303, 404, 303),
    Row("POST", "/participants/{person}/data/addresses/{address}/not-theirs", 303, 303, 404, 303),
    Row("GET", "/broadcasts", 303, 200, 200, 200),
    Row("GET", "/broadcasts/new", 303, 200, 200, 200),
    Row("POST", "/broadcasts/new", 303, 200, 200, 200, (("id", NOWHERE),)),
    Row(
        "POST",
        "/broadcasts/preview",
        303,
        200,
        404,
        200,
        (("id", NOWHERE), ("cohort", "{cohort}"), ("text_fr", "Atelier")),
    ),
    Row(
        "POST",
        "/broadcasts",
        303,
        303,
        404,
        303,
        (("id", NOWHERE), ("cohort", "{cohort}"), ("text_fr", "Atelier")),
    ),
    Row("GET", "/broadcasts/{broadcast}", 303, 200, 404, 200),
    Row("GET", "/cohorts", 303, 200, 200, 200),
    Row("POST", "/organisations", 303, 403, 403, 303, (("name", "Association Atlas"),)),
    Row("POST", "/organisations/{organisation}/cohorts", 303, 403, 403, 303, (("name", "Rabat 1"),)),
    Row("POST", "/cohorts/{cohort}/code/close", 303, 403, 403, 303),
    Row("POST", "/cohorts/{cohort}/code/open", 303, 403, 403, 303),
    Row(
        "POST",
        "/organisations/{organisation}/contact",
        303,
        403,
        403,
        303,
        (("contact", "05 00 00 00 01"),),
    ),
    Row("GET", "/forms", 303, 200, 200, 200),
    Row("POST", "/forms", 303, 403, 403, 422),
    Row("GET", "/forms/check-in", 303, 200, 200, 200),
    Row("POST", "/forms/check-in/export", 303, 200, 200, 200, (("reason", "rapport"),)),
    Row("POST", "/forms/versions/{version}/publish", 303, 403, 403, 303),
    Row("GET", "/project", 303, 403, 403, 200),
    Row("POST", "/project", 303, 403, 403, 303),
    Row("GET", "/safety", 303, 403, 403, 200),
    Row("POST", "/safety", 303, 403, 403, 303),
    Row("GET", "/safeguarding", 303, 403, 403, 403),
    Row("GET", "/safeguarding/{report}", 303, 403, 403, 403),
    Row("POST", "/safeguarding/{report}/answers", 303, 403, 403, 403, (("text", "Merci"),)),
    Row("POST", "/safeguarding/{report}/state", 303, 403, 403, 403, (("state", "closed"),)),
    Row("GET", f"/participants/{{person}}/files/{NOWHERE}", 303, 404, 404, 404),
    Row("GET", f"/participants/{{person}}/files/{NOWHERE}/thumbnail", 303, 404, 404, 404),
    Row("GET", f"/safeguarding/{{report}}/files/{NOWHERE}", 303, 403, 403, 403),
    Row("GET", f"/safeguarding/{{report}}/files/{NOWHERE}/thumbnail", 303, 403, 403, 403),
    Row("POST", "/participants/{person}/channel", 303, 303, 404, 303),
    Row("GET", "/undelivered", 303, 200, 200, 200),
    Row("POST", "/undelivered/again", 303, 303, 303, 303, (("cause", "telegram:blocked"),)),
    Row("POST", "/undelivered/dismiss", 303, 303, 303, 303, (("cause", "telegram:blocked"),)),
    Row("GET", "/templates", 303, 403, 403, 200),
    Row("POST", "/templates/list", 303, 403, 403, 303),
    Row("POST", "/templates/missing", 303, 403, 403, 303),
    Row("GET", "/staff", 303, 403, 403, 200),
    Row("GET", "/staff/new", 303, 403, 403, 200),
    Row("POST", "/staff", 303, 403, 403, 200, (("name", "Hind"), ("login", "hind"))),
    Row("GET", "/staff/{trainer}", 303, 403, 403, 200),
    Row("POST", "/staff/{trainer}", 303, 403, 403, 303, (("role", "trainer"), ("active", "yes"))),
    Row("POST", "/staff/{trainer}/password", 303, 403, 403, 200),
]


def known(office: Office) -> dict[str, str]:
    """The ids that stand for the placeholders."""
    world = office.world
    admin = world.member("admin", Role.ADMIN)
    trainer = world.member("inside", cohorts=(world.north,))
    world.member("outside", cohorts=(world.south,))
    person = world.person("Amina", world.north)
    draft = Draft(world.storage.ids.row(), world.north, {Language.FRENCH: "Atelier"})
    send_broadcast(world.storage, admin, draft, Language.FRENCH, world.now)
    planned = NewWorkshop(
        "Atelier CV",
        WorkshopKind.COURSE,
        world.north,
        datetime.fromisoformat("2026-12-01T10:00"),
        "Africa/Casablanca",
        120,
        "Salé",
    )
    with world.storage.write() as tx:
        workshop = add_workshop(tx, world.storage, admin, planned, world.now)
    with world.storage.read() as look:
        address = look.execute(
            select(ADDRESSES.c.id).where(ADDRESSES.c.participant_id == person)
        ).scalar_one()
    publish_builtin(
        world.storage,
        [form for form in builtin_forms() if form.form_id in ("check-in", "profile")],
        world.now,
    )
    office.context.projects.refresh()
    return {
        "report": NOWHERE,
        "address": address,
        "version": office.context.project.current_forms["check-in"],
        "person": person,
        "workshop": workshop,
        "number": "0",
        "cohort": world.north,
        "broadcast": draft.id,
        "organisation": world.association,
        "trainer": trainer.staff_id,
    }


def visitors(office: Office) -> dict[str, Browser]:
    """A browser of each sort of visitor, signed in."""
    return {
        visitor: office.browser("" if visitor == "anonymous" else visitor)
        for visitor in ("anonymous", "inside", "outside", "admin")
    }


def answered(browsers: dict[str, Browser], row: Row, ids: dict[str, str]) -> dict[str, int]:
    """What each visitor gets."""
    path, fields = row.path.format(**ids), {name: value.format(**ids) for name, value in row.fields}
    return {
        visitor: (browser.get(path) if row.method == "GET" else browser.post(path, **fields)).status_code
        for visitor, browser in browsers.items()
    }


def due(row: Row) -> dict[str, int]:
    return {"anonymous": row.anonymous, "inside": row.inside, "outside": row.outside, "admin": row.admin}


def test_each_visitor_reads_what_their_rights_say(office: Office) -> None:
    ids = known(office)
    browsers = visitors(office)
    reading = [row for row in ROWS if row.method == "GET"]
    got = {row.path: answered(browsers, row, ids) for row in reading}
    assert got == {row.path: due(row) for row in reading}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=lambda row: row.path)
def test_each_visitor_does_what_their_rights_say(office: Office, row: Row) -> None:
    ids = known(office)
    assert answered(visitors(office), row, ids) == due(row)


def test_the_safeguarding_contact_has_one_page_and_their_own_account(office: Office) -> None:
    ids = known(office)
    office.world.member("reader", Role.SAFEGUARDING, cohorts=(office.world.north,))
    browser = office.browser("reader")
    for row in sorted(ROWS, key=lambda row: row.path == "/sign-out"):  # which ends it
        path = row.path.format(**ids)
        answer = browser.get(path) if row.method == "GET" else browser.post(path, **dict(row.fields))
        open_to_all = row.anonymous in (200, 403, 404)
        if open_to_all or row.path in ("/sign-out", "/language", "/password"):
            assert (path, answer.status_code) == (path, row.admin)
        elif row.path.startswith("/safeguarding"):
            assert (path, answer.status_code) == (path, 200 if row.path == "/safeguarding" else 404)
        elif row.method == "GET":
            assert (path, answer.status_code, answer.headers["location"]) == (path, 303, "/safeguarding")
        else:
            assert (path, answer.status_code) == (path, 403)


def test_every_route_has_its_row() -> None:
    names = {
        "person": "participant_id",
        "broadcast": "broadcast_id",
        "workshop": "workshop_id",
        "number": "number",
        "trainer": "staff_id",
        "organisation": "organisation_id",
        "cohort": "cohort_id",
        "version": "version_id",
        "report": "report_id",
        "address": "address_id",
    }
    shown = {
        (row.method, row.path.partition("?")[0].format(**{key: f"{{{name}}}" for key, name in names.items()}))
        for row in ROWS
    }
    shown = {
        (
            method,
            path.replace("/forms/check-in", "/forms/{form_id}").replace("/form/profile", "/form/{form_id}"),
        )
        for method, path in shown
    }
    shown = {(method, path.replace(NOWHERE, "{file_id}")) for method, path in shown}
    shown.remove(("GET", "/p/unknown"))
    shown.add(("GET", "/p/{token}"))
    shown.remove(("GET", "/static/admin.css"))
    shown.add(("GET", "/static/{name}"))
    routes = {
        (method, route.path)
        for module in ROUTERS
        for route in module.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert shown == routes
