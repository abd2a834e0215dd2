"""Lists of words of distress: one phrase a line, edited by people, found in what was written.

# a note
je veux/voudrais mourir     one of several words
il/elle m'a .. frappé       up to three other words in between
suicid*                     any ending
je suis très? battue        a word that may be missing
- mourir de rire            something else is meant: these words do not count
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from conversations.safety.spelling import SPELL, Spelling

LONGEST_READ = 5000  # characters; more than any channel carries in one message
LONGEST_LINE = 400  # characters
ARABIC = re.compile(r"[\u0621-\u064a]")
GAP = r"(?:\w+ ){0,3}"
NEVER = re.compile(r"(?!)")
LISTS = {  # what something else is meant by in one list holds for all that are compared alike
    Spelling.PLAIN: ("french", "english", "arabic", "darija"),
    Spelling.CHAT: ("darija_latin",),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """One list, ready to be looked for."""

    spelling: Spelling
    meant: re.Pattern[str]
    harmless: re.Pattern[str]

    def found_in(self, text: str) -> bool:
        """Whether one of the phrases stands in the text, as whole words, with nothing else meant by them."""
        written = f" {SPELL[self.spelling](text[:LONGEST_READ])} "
        return bool(self.meant.search(self.harmless.sub("… ", written)))


def read_phrases(text: str, spelling: Spelling = Spelling.PLAIN) -> Phrases:
    """The list in a text; a line without any letter says nothing."""
    meant: list[str] = []
    harmless: list[str] = []
    for line in text.splitlines():
        line = line.partition("#")[0].strip()[:LONGEST_LINE]
        pattern = _pattern(line.removeprefix("-"), spelling)
        if pattern:
            (harmless if line.startswith("-") else meant).append(pattern)
    return Phrases(spelling, _any_of(meant), _any_of(harmless))


@cache
def built_in() -> tuple[Phrases, ...]:
    """The lists that come with the program: French, English, Arabic, Darija in both scripts."""
    words = files("conversations.safety").joinpath("words")
    return tuple(
        read_phrases(
            "\n".join(words.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in names), spelling
        )
        for spelling, names in LISTS.items()
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    every = "|".join(patterns)
    return re.compile(f"(?<= )(?:{every})") if every else NEVER


def _pattern(line: str, spelling: Spelling) -> str:
    """A line as a regular expression over words, each with the space behind it; empty for an empty line."""
    parts: list[str] = []
    for written in line.split():
        if written in ("..", "…"):
            parts.append(GAP)
            continue
        word = written.removesuffix("?")
        choices = [choice for each in word.split("/") if (choice := _word(each, spelling))]
        if choices:
            parts.append(f"(?:(?:{'|'.join(choices)}) ){'?' if word != written else ''}")
    return "" if all(part == GAP for part in parts) else "".join(parts)


def _word(written: str, spelling: Spelling) -> str:
    """One word of a line; Arabic writes «and» and «so» onto the word that follows."""
    spelt = re.escape(SPELL[spelling](written.rstrip("*"))).replace(r"\ ", " ")
    if not spelt:
        return ""
    joined = "[وف]?" if ARABIC.match(spelt) else ""
    ending = r"\w*" if written.endswith("*") else ""
    return f"{joined}{spelt}{ending}"
