"""Phrases that tell of distress, looked for in what was written."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from conversations.safety.causes import Cause
from conversations.safety.spelling import SPELL, Spelling

LONGEST_READ = 5000  # characters; more than any channel carries in one message
ARABIC = re.compile(r"[\u0621-\u064a]")
# What Arabic writes onto the word that follows: and, so; the, in, for, to, will.
ATTACHED = frozenset(
    map("".join, product(("", "و", "ف"), ("", "ال", "بال", "فال", "لل", "ب", "ل", "ف", "س")))
)
STEM, ENDING = 4, 3  # letters by which a word with an open end, an open beginning is looked up


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line: its words as a regular expression, and for each word that must be there how to look it up."""

    expression: str
    needed: tuple[frozenset[str], ...]  # see `ways_to_look_up`
    cause: Cause

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.expression)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """When it is first tried: most phrases never are, and thousands would delay the start by a second."""
    return re.compile(expression)


def ways_to_look_up(word: str) -> Iterator[str]:
    """Under what phrases that may hold this word are filed: the word, its first letters, its last.

    >>> list(ways_to_look_up("frappait")), list(ways_to_look_up("me"))
    (['frappait', 'frap*', '*ait'], ['me'])
    """
    yield word
    if len(word) >= STEM:
        yield word[:STEM] + "*"
    if len(word) >= ENDING:
        yield "*" + word[-ENDING:]


@dataclass(frozen=True, slots=True)
class Lines:
    """Many phrases, of which only those are tried whose rarest word stands in the text."""

    by_word: Mapping[str, tuple[Phrase, ...]]
    always: tuple[Phrase, ...]

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> "Lines":
        common = Counter(word for phrase in phrases for words in phrase.needed for word in words)
        by_word: defaultdict[str, list[Phrase]] = defaultdict(list)
        always = []
        for phrase in phrases:
            if not phrase.needed:
                always.append(phrase)
                continue
            for word in min(phrase.needed, key=lambda words: sum(common[word] for word in words)):
                by_word[word].append(phrase)
        return cls({word: tuple(known) for word, known in by_word.items()}, tuple(always))

    def worth_trying(self, words: frozenset[str]) -> Iterator[Phrase]:
        """The phrases that may stand in a text with these words, each once."""
        found = (phrase for word in words & self.by_word.keys() for phrase in self.by_word[word])
        yield from {id(phrase): phrase for phrase in found}.values()
        yield from self.always


@dataclass(frozen=True, slots=True)
class Phrases:
    """One list, ready to be looked for."""

    spelling: Spelling
    meant: Lines
    harmless: Lines

    def cause_in(self, text: str) -> Cause | None:
        """What the text tells of; None where no phrase stands in it, or something else is meant by all."""
        written = f" {SPELL[self.spelling](text[:LONGEST_READ])} "
        words = _to_look_up(written)
        found = [phrase for phrase in self.meant.worth_trying(words) if phrase.pattern.search(written)]
        if found:
            for phrase in self.harmless.worth_trying(words):
                written = phrase.pattern.sub("… ", written)
        causes = {phrase.cause for phrase in found if phrase.pattern.search(written)}
        return next((cause for cause in Cause if cause in causes), None)


def _to_look_up(written: str) -> frozenset[str]:
    """All by which the words of a text are looked up, also without what Arabic writes onto them."""
    words = set(written.split())
    if ARABIC.search(written):
        words |= {word[n:] for word in words for n in range(1, 5) if word[:n] in ATTACHED and word[n:]}
    return frozenset(way for word in words for way in ways_to_look_up(word))
