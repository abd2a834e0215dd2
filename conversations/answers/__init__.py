"""Answers: what a person typed, understood as a typed value or refused with a hint. Never a guess.

In the order data flows:

- `clean`: what people send, without what nobody sees
- `fold`: the form in which two writings of one word are the same
- `refusal`: why an answer was not taken, and what to say
- `words`: the words for yes and no, months and days in French, Arabic, Darija and English
- `numbers`: whole and decimal numbers in digits of any script
- `dates`: days in figures, in words and relative to today
- `periods`: a month or a year alone
- `times`: hours of the day, alone or with their day
- `places`: typed coordinates
- `yes_no`: a yes or a no
- `choose`: one choice or several, by number, label or near-match
"""

from conversations.answers.choose import Chosen, Labelled, choose, choose_several
from conversations.answers.clean import clean
from conversations.answers.dates import read_date
from conversations.answers.fold import fold
from conversations.answers.numbers import read_decimal, read_integer
from conversations.answers.periods import read_known, read_month, read_year
from conversations.answers.places import Spot, read_place
from conversations.answers.refusal import Refusal
from conversations.answers.times import read_day_and_time, read_time
from conversations.answers.yes_no import yes_no

__all__ = [
    "Chosen",
    "Labelled",
    "Refusal",
    "Spot",
    "choose",
    "choose_several",
    "clean",
    "fold",
    "read_date",
    "read_day_and_time",
    "read_decimal",
    "read_integer",
    "read_known",
    "read_month",
    "read_place",
    "read_time",
    "read_year",
    "yes_no",
]
