"""Pages for employers: one link each, for thirty days, with the steps the person chose."""

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from conversations.answers import Ambiguous, Refusal, choose_several, clean
from conversations.asking import Named, asking, understood
from conversations.changes import PageClosed, PageMade
from conversations.entry.joining import consent_said
from conversations.events import Tap, Text
from conversations.logbook.page_choices import MOST_PAGES, showable
from conversations.messages import Day, Document, DocumentKind, Say, Verbatim
from conversations.render.catalogue import say
from conversations.session import PageDraft, Place
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentPurpose, ConsentState, Language

OPEN_FOR = timedelta(days=30)
LONGEST_LABEL = 40  # characters; it stands on a button
PAGES = frozenset(
    {
        Place.PAGES,
        Place.PAGE_CONSENT,
        Place.PAGE_STEPS,
        Place.PAGE_LABEL,
        Place.PAGE_LANGUAGE,
        Place.PAGE_MADE,
    }
)
FIGURES = re.compile(r"\d+")
EXPLAINED = ("pages.what", "pages.rules")  # said before the yes is asked for


def show_pages(turn: Turn) -> Move:
    """The pages there are, or the way to the first one; a kind word where there can be none."""
    person = turn.snapshot.participant
    if person is not None and person.minor:
        return _at(turn, Place.LOGBOOK, "pages.minor")
    if not turn.snapshot.project.public_url:
        return _at(turn, Place.LOGBOOK, "pages.not_here")
    return _at(turn, Place.PAGES) if turn.snapshot.sharing.pages else _begin(turn)


def answer_pages(turn: Turn) -> Move:
    """The answer to a question about pages, in whichever of their places the conversation is."""
    match turn.session.place:
        case Place.PAGE_CONSENT:
            return _answer_consent(turn)
        case Place.PAGE_STEPS:
            return _answer_steps(turn)
        case Place.PAGE_LABEL:
            return _answer_label(turn)
        case Place.PAGE_LANGUAGE:
            return _answer_language(turn)
        case Place.PAGE_MADE:
            return _answer_made(turn)
        case _:
            return _answer_list(turn)


def _begin(turn: Turn) -> Move:
    if not showable(turn.snapshot):
        return _at(turn, Place.LOGBOOK, "pages.no_steps")
    if turn.snapshot.sharing.allowed:
        return _at(turn, Place.PAGE_STEPS)
    told = tuple((Say(id),) for id in EXPLAINED)
    return replace(_at(turn, Place.PAGE_CONSENT), before=told)


def _answer_consent(turn: Turn) -> Move:
    match _choice(turn):
        case "yes":
            given = consent_said(turn, ConsentPurpose.SHARING, ConsentState.GIVEN)
            return replace(_at(turn, Place.PAGE_STEPS), changes=(given,))
        case "no":
            refused = consent_said(turn, ConsentPurpose.SHARING, ConsentState.REFUSED)
            return replace(_at(turn, Place.LOGBOOK, "pages.refused"), changes=(refused,))
        case _:
            return Move(turn.session, lines("choice.unclear"))


def _answer_steps(turn: Turn) -> Move:
    question = asking(turn, turn.session, turn.language)
    if tapped := _choice(turn) if isinstance(turn.event, Tap) else None:
        return _for_whom(turn, (tapped,))
    if question is None or not isinstance(turn.event, Text):
        return Move(turn.session, lines("choice.unclear"))
    # A figure is a place in our list, also where a step is called «niveau 2».
    labels = ((choice.value, say(choice.label, turn.language)) for choice in question.choices)
    options = [Named(value, FIGURES.sub("", label)) for value, label in labels]
    chosen = choose_several(turn.event.text, options, turn.language)
    if isinstance(chosen, Refusal):
        return Move(turn.session, (chosen.line,))
    if isinstance(chosen, Ambiguous):
        return Move(turn.session, (Say("answer.not_choices", {"n": len(options)}),))
    known = tuple(step.id for step in showable(turn.snapshot))
    return _for_whom(turn, known if "all" in chosen.names else chosen.names)


def _for_whom(turn: Turn, wanted: tuple[str, ...]) -> Move:
    return Move(replace(turn.session, place=Place.PAGE_LABEL, page=PageDraft(steps=wanted)))


def _answer_label(turn: Turn) -> Move:
    label = clean(turn.event.text).strip() if isinstance(turn.event, Text) else ""
    if not label or len(label) > LONGEST_LABEL:
        return Move(turn.session, (Say("pages.label_length", {"most": LONGEST_LABEL}),))
    draft = replace(_draft(turn), label=" ".join(label.split()))
    return Move(replace(turn.session, place=Place.PAGE_LANGUAGE, page=draft))


def _answer_language(turn: Turn) -> Move:
    choice = _choice(turn)
    if choice is None:
        return Move(turn.session, lines("choice.unclear"))
    draft, still = _draft(turn), {step.id for step in showable(turn.snapshot)}
    steps = tuple(step for step in draft.steps if step in still)
    if not turn.snapshot.sharing.allowed or not steps or len(turn.snapshot.sharing.pages) >= MOST_PAGES:
        return show_pages(turn)  # taken back meanwhile, in another chat
    token = turn.ids.secret()
    link = f"{turn.snapshot.project.public_url}/p/{token}"
    expires_at = turn.now + OPEN_FOR
    made = PageMade(turn.ids.row(), token, draft.label, steps, Language(choice), expires_at)
    until = expires_at.astimezone(ZoneInfo(turn.zone)).date().isoformat()
    ready = replace(draft, language=Language(choice), link=link)
    return Move(
        replace(turn.session, place=Place.PAGE_MADE, page=ready),
        before=((Say("pages.made", {"until": Day(until)}),), (Verbatim(link),)),
        changes=(made,),
    )


def _answer_made(turn: Turn) -> Move:
    draft = _draft(turn)
    match _choice(turn):
        case "pdf":
            document = Document(DocumentKind.LOGBOOK, draft.language, turn.today, draft.link)
            return Move(turn.session, before=(lines("pages.pdf_here"),), documents=(document,))
        case "pages":
            return _at(turn, Place.PAGES)
        case "menu":
            return _at(turn, Place.HOME)
        case _:
            return Move(turn.session, lines("choice.unclear"))


def _answer_list(turn: Turn) -> Move:
    choice = _choice(turn) or ""
    kind, _, page_id = choice.partition(":")
    match kind:
        case "close":
            return replace(_at(turn, Place.PAGES, "pages.closed"), changes=(PageClosed(page_id),))
        case "new":
            return _begin(turn)
        case "menu":
            return _at(turn, Place.HOME)
        case _:
            return Move(turn.session, lines("choice.unclear"))


def _choice(turn: Turn) -> str | None:
    question = asking(turn, turn.session, turn.language)
    return understood(turn, question) if question else None


def _draft(turn: Turn) -> PageDraft:
    """The page under way; LookupError where there is none, which the places of a page rule out."""
    if turn.session.page is None:
        raise LookupError("no page is under way")
    return turn.session.page


def _at(turn: Turn, place: Place, *said: str) -> Move:
    """Elsewhere, with nothing of a page under way left."""
    return Move(replace(turn.session, place=place, page=None), lines(*said))
