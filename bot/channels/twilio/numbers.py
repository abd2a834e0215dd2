"""Phone numbers that are written in two ways: the old forms of Mexico, Brazil and Argentina."""

import re

FORMS = (  # each spelling of a mobile number, and how the other one is made of it
    (re.compile(r"\+521(\d{10})"), r"+52\1"),
    (re.compile(r"\+52([2-9]\d{9})"), r"+521\1"),
    (re.compile(r"\+549(\d{10})"), r"+54\1"),
    (re.compile(r"\+54([1-8]\d{9})"), r"+549\1"),
    (re.compile(r"\+55(\d{2})9([6-9]\d{7})"), r"+55\1\2"),
    (re.compile(r"\+55(\d{2})([6-9]\d{7})"), r"+55\g<1>9\2"),
)


def other_form(number: str) -> str | None:
    """The same number as others write it, to be recognised by; what it is sent to stays as it came.

    >>> other_form("+5215512345678"), other_form("+525512345678")
    ('+525512345678', '+5215512345678')
    >>> other_form("+5511987654321"), other_form("+551187654321"), other_form("+212600000001")
    ('+551187654321', '+5511987654321', None)
    """
    return next((known.sub(made, number) for known, made in FORMS if known.fullmatch(number)), None)
