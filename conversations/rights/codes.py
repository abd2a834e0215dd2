"""The optional four-digit code of a logbook: what counts as one, how it is kept, what hides it.

Ten thousand codes are tried in a moment, however slow the hash. What protects a code is that its hash is
sealed with the person's own key, and that five wrong ones lock the logbook; so the hash may be a quick one.
"""

import unicodedata
from dataclasses import replace
from hashlib import blake2b
from hmac import compare_digest

from conversations.answers import clean
from conversations.events import ContactCard, Content, Edited, Text
from conversations.messages import Choice, Line, Say
from conversations.rights.choices import MENU
from conversations.session import IN_CONFIDENCE, Place
from conversations.snapshot import Participant, Snapshot

LENGTH = 4  # digits
MOST_WRONG = 5  # wrong codes, then only a trainer opens the logbook again
TYPED_AT = frozenset({Place.CODE, Place.CODE_NEW, Place.CODE_AGAIN})  # a code may be typed here
HIDDEN_SIGN = "•"

Asked = tuple[tuple[Line, ...], tuple[Choice, ...]]


def digits_in(text: str) -> str | None:
    """The four digits that a message is, of any script, with spaces or without; None if it is anything else.

    >>> digits_in(" 12 34 "), digits_in("٠١٢٣"), digits_in("12345"), digits_in("le 1234")
    ('1234', '0123', None, None)
    """
    signs = "".join(clean(text).split())
    if len(signs) != LENGTH or not signs.isdecimal():
        return None
    return "".join(str(unicodedata.decimal(sign)) for sign in signs)


def hashed(digits: str, person_id: str) -> str:
    """What is kept of a code, different for each person."""
    return blake2b(digits.encode(), key=person_id.encode()[:64], digest_size=16).hexdigest()


def fits(digits: str, person: Participant) -> bool:
    """Whether this is the person's code."""
    return compare_digest(hashed(digits, person.id), person.code)


def is_locked(person: Participant) -> bool:
    """Whether too many wrong codes came: nothing opens the logbook but a trainer."""
    return bool(person.code) and person.code_failures >= MOST_WRONG


def masked(content: Content, snapshot: Snapshot) -> Content:
    """What is kept of a message: without the digits where a code was asked for, or where it is one.

    Somebody else's number is kept only where it is for the team.
    """
    if isinstance(content, ContactCard) and snapshot.session.place not in (Place.TALK, *IN_CONFIDENCE):
        return replace(content, phone="")
    person = snapshot.participant
    digits = digits_in(content.text) if isinstance(content, Text | Edited) else None
    is_the_code = person is not None and bool(person.code) and digits is not None and fits(digits, person)
    return without_code(content) if is_the_code or snapshot.session.place in TYPED_AT else content


def without_code(content: Content) -> Content:
    """The message with a sign in place of each digit.

    >>> without_code(Text("12 ٣٤ ok")).text
    '•• •• ok'
    """
    if not isinstance(content, Text | Edited):
        return content
    return replace(content, text="".join(HIDDEN_SIGN if sign.isdecimal() else sign for sign in content.text))


def code_question(place: Place) -> Asked:
    """What is asked about the code."""
    match place:
        case Place.CODE_NEW:
            return (Say("code.new"),), (MENU,)
        case Place.CODE_AGAIN:
            return (Say("code.again"),), (MENU,)
        case Place.CODE_KEEP:
            change, remove = Choice("change", Say("code.change")), Choice("remove", Say("code.remove"))
            return (Say("code.keep_ask"),), (change, remove, MENU)
        case _:
            return (Say("code.ask"),), (Choice("forgotten", Say("code.forgotten")), MENU)
