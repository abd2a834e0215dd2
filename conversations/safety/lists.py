"""Lists of words of distress: one phrase a line, edited by people.

# a note
== self                     what the lines below it tell of: self, harm or need (`causes`)
je veux/voudrais mourir     one of several words
ce_soir/demain              the same, of words that belong together
il/elle m'a .. frappé       up to three other words in between
passeport & confisqué       both, whichever comes first, with up to six words in between
suicid*                     any ending;  *ضربني  up to three letters before it
je suis très? battue        a word that may be missing
@kin = mari/frère/oncle     a name for many words, used as one:  @kin me frappe
- mourir de rire            something else is meant: these words do not count
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import chain

from conversations.safety.causes import Cause
from conversations.safety.phrases import ARABIC, ATTACHED, ENDING, STEM, Lines, Phrase, Phrases
from conversations.safety.spelling import SPELL, Spelling

LONGEST_LINE = 400  # characters
NAMED = re.compile(r"@(\w+) *= *(.+)")
GAP = r"(?:\w+ ){0,3}"
WIDE_GAP = r"(?:\w+ ){0,6}"
ONTO_ARABIC = f"(?:{'|'.join(sorted(ATTACHED - {''}, key=len, reverse=True))})?"
BEFORE_VERBS = {  # the letters of persons and times, as they are spelt
    Spelling.PLAIN: r"(?:\w{0,2}[كتغيسنافو])?",
    Spelling.CHAT: r"(?:kt|kn|k|tk|t|gh|ght|ghn|n|a|an|at)?",
}
LISTS = {  # what something else is meant by in one list holds for all that are compared alike
    Spelling.PLAIN: ("french", "english", "arabic", "darija"),
    Spelling.CHAT: ("darija_latin",),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that may stand in a place, spelt."""

    spelt: str
    open_before: bool
    open_behind: bool

    @property
    def pattern(self) -> str:
        return re.escape(self.spelt).replace(r"\ ", " ") + (r"\w*" if self.open_behind else "")

    @property
    def looked_up(self) -> str | None:
        """Under what the phrase can be filed by this word; None where an open end leaves too little."""
        first, _, others = self.spelt.partition(" ")
        open_behind = self.open_behind and not others
        if self.open_before:
            return "*" + first[-ENDING:] if len(first) >= ENDING and not open_behind else None
        if open_behind:
            return first[:STEM] + "*" if len(first) >= STEM else None
        return first


@dataclass(slots=True)
class Reading:
    """One list while it is read: the names given so far, and what the lines tell of."""

    spelling: Spelling
    names: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    cause: Cause = Cause.UNTOLD
    meant: list[Phrase] = field(default_factory=list)
    harmless: list[Phrase] = field(default_factory=list)

    def line(self, line: str) -> None:
        """One line; one without any letter, or with a name that nothing was given, says nothing."""
        line = line.partition("#")[0].strip()[:LONGEST_LINE]
        if line.startswith("=="):
            heading = line.strip("= ").lower()
            self.cause = Cause(heading) if heading in set(Cause) else Cause.UNTOLD
        elif named := NAMED.fullmatch(line):
            self.names[named[1]] = self.names.get(named[1], ()) + self._choices(named[2])
        elif line.startswith("-"):
            self.harmless += self._phrases(line.removeprefix("-"))
        else:
            self.meant += self._phrases(line)

    def _phrases(self, line: str) -> Iterator[Phrase]:
        one, both, other = line.partition(" & ")
        first, then = self._parts(one), self._parts(other)
        if first is None or then is None or not (first[0] or then[0]):
            return
        gap = WIDE_GAP if both and first[0] and then[0] else ""
        for words in dict.fromkeys((first[0] + gap + then[0], then[0] + gap + first[0])):
            yield Phrase("(?<= )" + words, first[1] + then[1], self.cause)

    def _parts(self, words: str) -> tuple[str, tuple[frozenset[str], ...]] | None:
        """Words as an expression with one space behind each, and how to look them up; None if unreadable."""
        parts, needed = [], []
        for written in words.split():
            if written in ("..", "…"):
                parts.append(GAP)
                continue
            word = written.removesuffix("?")
            choices = self._choices(word)
            if not choices:
                if "@" in word:
                    return None
                continue
            either = _either(choices, self.spelling)
            parts.append(f"(?:(?:{either}) ){'?' if word != written else ''}")
            looked_up = {choice.looked_up for choice in choices}
            if word == written and None not in looked_up:
                needed.append(frozenset(filter(None, looked_up)))
        if all(part == GAP for part in parts):
            return "", ()
        return "".join(parts), tuple(needed)

    def _choices(self, words: str) -> tuple[Choice, ...]:
        return tuple(chain.from_iterable(self._choice(word.strip()) for word in words.split("/")))

    def _choice(self, word: str) -> tuple[Choice, ...]:
        if word.startswith("@"):
            return self.names.get(word[1:], ())
        spelt = SPELL[self.spelling](word)
        return (Choice(spelt, word.startswith("*"), word.endswith("*")),) if spelt else ()


def _either(choices: tuple[Choice, ...], spelling: Spelling) -> str:
    """One of them as an expression; what may stand before is looked at once for all."""
    verbs = [each for each in choices if each.open_before]
    arabic = [
        each for each in choices if not each.open_before and ARABIC.match(each.spelt) and each.spelt[2:]
    ]
    other = [each for each in choices if each not in verbs and each not in arabic]
    groups = ((BEFORE_VERBS[spelling], verbs), (ONTO_ARABIC, arabic), ("", other))
    return "|".join(
        f"{before}(?:{'|'.join(dict.fromkeys(each.pattern for each in group))})"
        for before, group in groups
        if group
    )


def read_phrases(text: str, spelling: Spelling = Spelling.PLAIN) -> Phrases:
    """The list in a text."""
    return _as_one([_read(text, spelling)])


@cache
def built_in() -> tuple[Phrases, ...]:
    """The lists that come with the program: French, English, Arabic, Darija in both scripts."""
    return with_own("")


def with_own(text: str) -> tuple[Phrases, ...]:
    """The same, and one of a project: its phrases are heard too, what it calls harmless holds for all."""
    return tuple(_as_one([*_built_in(spelling), _own(text, spelling)]) for spelling in LISTS)


def _own(text: str, spelling: Spelling) -> Reading:
    """Nobody writes a list by its consonants: in that spelling only what is harmless is read."""
    reading = _read(text, spelling)
    return reading if spelling is Spelling.PLAIN else replace(reading, meant=[])


@cache
def _built_in(spelling: Spelling) -> tuple[Reading, ...]:
    words = files("conversations.safety").joinpath("words")
    texts = (words.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in LISTS[spelling])
    return tuple(_read(text, spelling) for text in texts)


def _read(text: str, spelling: Spelling) -> Reading:
    reading = Reading(spelling)
    for line in text.splitlines():
        reading.line(line)
    return reading


def _as_one(readings: Sequence[Reading]) -> Phrases:
    return Phrases(
        readings[0].spelling,
        Lines.of([phrase for reading in readings for phrase in reading.meant]),
        Lines.of([phrase for reading in readings for phrase in reading.harmless]),
    )
