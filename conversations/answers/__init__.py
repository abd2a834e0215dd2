"""Answers: what a person typed, understood as a typed value or refused with a hint. Never a guess.

In the order data flows:

- `clean`: what people send, without what nobody sees
- `fold`: the form in which two writings of one word are the same
- `refusal`: why an answer was not taken, what to say, and between which readings to ask
- `number_words`: the words for numbers; `spelled`: numbers in words
- `framing`: words around an answer that change nothing in it, and those that do
- `calendar_words`: the words of the calendar; `months`: a month among words, also a misspelt one
- `fractions`: halves, quarters and decimals in words
- `none_counted`: none of what is counted; `magnitudes`: thousands and millions behind figures
- `numbers`: whole and decimal numbers in digits of any script, or in words
- `relative`: days, months and years told from today
- `dates`: days in figures and in words; `near_days`: beside a month, a week or a year; `days`: any day
- `periods`: a day, a month or a year, as exactly as it is known
- `hour_words`: the words of the clock; `times`: hours of the day, alone or with their day
- `phones`: phone numbers, and figures alone
- `places`: typed coordinates, links of maps
- `agreement_words`: the words for yes and no; `yes_no`: a yes or a no
- `choice_words`: the words around a choice; `positions`: choices by their place in the list
- `likeness`: choices by what they are called, nearly; `synonyms`: by another word for the same
- `other_names`: by another name, of a country, a people or a school level
- `all_but`: all choices but some
- `choose`: one choice or several
- `second_words`: the words of a second thought; `second_thoughts`: answers corrected, wavering or about
"""

from conversations.answers.choose import Chosen, Labelled, choose, choose_several
from conversations.answers.clean import clean
from conversations.answers.days import read_date
from conversations.answers.fold import fold
from conversations.answers.likeness import is_called
from conversations.answers.numbers import read_decimal, read_integer
from conversations.answers.periods import read_known, read_month, read_year
from conversations.answers.phones import digits, read_phone
from conversations.answers.places import Spot, read_place
from conversations.answers.refusal import Ambiguous, Refusal
from conversations.answers.relative import Tense
from conversations.answers.times import read_day_and_time, read_time
from conversations.answers.yes_no import yes_no

__all__ = [
    "Ambiguous",
    "Chosen",
    "Labelled",
    "Refusal",
    "Spot",
    "Tense",
    "choose",
    "choose_several",
    "clean",
    "digits",
    "fold",
    "is_called",
    "read_date",
    "read_day_and_time",
    "read_decimal",
    "read_integer",
    "read_known",
    "read_month",
    "read_phone",
    "read_place",
    "read_time",
    "read_year",
    "yes_no",
]
