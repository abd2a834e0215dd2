"""Lists of words of distress: one phrase a line, edited by people, found in what was written.

# a note
je veux/voudrais mourir     one of several words
il/elle m'a .. frappé       up to three other words in between
suicid*                     any ending
je suis très? battue        a word that may be missing
- mourir de rire            something else is meant: these words do not count
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from conversations.safety.spelling import SPELL, Spelling

LONGEST_READ = 5000  # characters; more than any channel carries in one message
LONGEST_LINE = 400  # characters
ARABIC = re.compile(r"[\u0621-\u064a]")
AND_SO = "وف"  # which Arabic writes onto the word that follows
GAP = r"(?:\w+ ){0,3}"
LISTS = {  # what something else is meant by in one list holds for all that are compared alike
    Spelling.PLAIN: ("french", "english", "arabic", "darija"),
    Spelling.CHAT: ("darija_latin",),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line: its words as a regular expression, and for each word that must be there what it may be."""

    pattern: re.Pattern[str]
    needed: tuple[frozenset[str], ...]  # spelt; a word with any ending is not among them


@dataclass(frozen=True, slots=True)
class Lines:
    """Many phrases, of which only those are tried whose rarest word stands in the text."""

    by_word: Mapping[str, tuple[re.Pattern[str], ...]]
    always: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> "Lines":
        common = Counter(word for phrase in phrases for words in phrase.needed for word in words)
        by_word: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
        always = []
        for phrase in phrases:
            if not phrase.needed:
                always.append(phrase.pattern)
                continue
            for word in min(phrase.needed, key=lambda words: sum(common[word] for word in words)):
                by_word[word].append(phrase.pattern)
        return cls({word: tuple(patterns) for word, patterns in by_word.items()}, tuple(always))

    def worth_trying(self, written: str) -> Iterator[re.Pattern[str]]:
        """The phrases that may stand in it, each once."""
        words = set(written.split())
        words |= {word[1:] for word in words if word[0] in AND_SO}
        yield from dict.fromkeys(
            pattern for word in words & self.by_word.keys() for pattern in self.by_word[word]
        )
        yield from self.always


@dataclass(frozen=True, slots=True)
class Phrases:
    """One list, ready to be looked for."""

    spelling: Spelling
    meant: Lines
    harmless: Lines

    def found_in(self, text: str) -> bool:
        """Whether one of the phrases stands in the text, as whole words, with nothing else meant by them."""
        written = f" {SPELL[self.spelling](text[:LONGEST_READ])} "
        found = [pattern for pattern in self.meant.worth_trying(written) if pattern.search(written)]
        if found:
            for pattern in self.harmless.worth_trying(written):
                written = pattern.sub("… ", written)
        return any(pattern.search(written) for pattern in found)


def read_phrases(text: str, spelling: Spelling = Spelling.PLAIN) -> Phrases:
    """The list in a text; a line without any letter says nothing."""
    meant: list[Phrase] = []
    harmless: list[Phrase] = []
    for line in text.splitlines():
        line = line.partition("#")[0].strip()[:LONGEST_LINE]
        phrase = _phrase(line.removeprefix("-"), spelling)
        if phrase:
            (harmless if line.startswith("-") else meant).append(phrase)
    return Phrases(spelling, Lines.of(meant), Lines.of(harmless))


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


def _phrase(line: str, spelling: Spelling) -> Phrase | None:
    """A line as words with one space behind each; None for a line that says nothing."""
    parts: list[str] = []
    needed = []
    for written in line.split():
        if written in ("..", "…"):
            parts.append(GAP)
            continue
        word = written.removesuffix("?")
        spelt = [(SPELL[spelling](each.rstrip("*")), each.endswith("*")) for each in word.split("/")]
        spelt = [(choice, open_ended) for choice, open_ended in spelt if choice]
        if not spelt:
            continue
        choices = "|".join(_choice(choice, open_ended) for choice, open_ended in spelt)
        parts.append(f"(?:(?:{choices}) ){'?' if word != written else ''}")
        if word == written and not any(open_ended for _, open_ended in spelt):
            needed.append(frozenset(choice.partition(" ")[0] for choice, _ in spelt))
    if all(part == GAP for part in parts):
        return None
    return Phrase(re.compile("(?<= )" + "".join(parts)), tuple(needed))


def _choice(spelt: str, open_ended: bool) -> str:
    """One of the words that may stand in a place, as an expression."""
    words = re.escape(spelt).replace(r"\ ", " ")
    joined = f"[{AND_SO}]?" if ARABIC.match(spelt) else ""
    return joined + words + (r"\w*" if open_ended else "")
