"""Before the yes people hear who answers for their data and under which numbers; else that it is a trial."""

import pytest

from conversations.entry.consent import Controller, told
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language

ATLAS = Controller("Association Atlas", "+212600000009", "D-W-1/2026", "T-AU-2/2026")
LONGEST = Controller("م" * 50, "0" * 30, "D" * 20, "T" * 20)


def texts(controller: Controller, language: Language) -> list[str]:
    return ["\n".join(say(line, language) for line in message) for message in told(controller)]


@pytest.mark.parametrize("language", Language)
def test_who_answers_for_the_data_and_both_numbers_are_told(language: Language) -> None:
    said = "\n".join(texts(ATLAS, language))
    for known in ("Association Atlas", "+212600000009", "D-W-1/2026", "T-AU-2/2026"):
        assert known in said
    assert say(Say("consent.trial"), language) not in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("lacking", ["name", "reach", "declaration", "transfer"])
def test_with_anything_missing_it_is_a_trial_and_says_so(language: Language, lacking: str) -> None:
    known = {"name": "Atlas", "reach": "05", "declaration": "D-1", "transfer": "T-1"} | {lacking: ""}
    said = texts(Controller(**known), language)
    assert said == texts(Controller(), language)
    assert any(word in said[0] for word in ("essai", "تجربة", "trial"))


@pytest.mark.parametrize("language", Language)
def test_every_message_stays_short_however_long_the_name(language: Language) -> None:
    assert max(map(len, texts(LONGEST, language))) <= 300
    assert len(texts(LONGEST, language)) == 5
