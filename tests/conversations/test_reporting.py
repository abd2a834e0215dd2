"""Reporting someone of the team: to the safeguarding contact only, and nothing of it where the team looks."""

from dataclasses import replace

import pytest

from conversations import changes as did
from conversations.events import Attachment, AttachmentKind, Edited, Event, Text
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.rights.codes import hashed
from conversations.safety.facts import HelpContact, Police, Safety
from conversations.session import IN_CONFIDENCE, Place
from conversations.snapshot import Sharer
from conversations.step import step
from conversations.vocabulary import Language, ReplyWay
from tests.conversations.talking import Talk, participant, project

LINE = HelpContact({Language.FRENCH: "Écoute Atlas"}, "+212600000009", "Français", {}, Police.NEVER)
WORDS = {Language.FRENCH: "signaler", Language.ARABIC: "تبليغ", Language.ENGLISH: "report"}
READ = Safety((LINE,), safeguarding=True)


def knowing(talk: Talk, safety: Safety = READ) -> Talk:
    talk.snapshot = replace(talk.snapshot, project=replace(project(), safety=safety))
    return talk


def confidential(talk: Talk, event: Event) -> bool:
    """Whether what follows from the event stays out of sight of the team; and it happens."""
    outcome = step(talk.snapshot, event, talk.now, talk.ids)
    talk.happens(event)
    return outcome.in_confidence


@pytest.mark.parametrize("language", list(Language))
def test_a_report_from_the_first_word_to_the_menu(language: Language) -> None:
    talk = knowing(participant(language))
    assert confidential(talk, Text(WORDS[language]))
    assert confidential(talk, Text("He shouts at us."))
    assert talk.where() is Place.REPORT_REPLY
    assert confidential(talk, Text("1"))
    assert confidential(talk, Text("2"))
    assert talk.where() is Place.REPORT
    assert confidential(talk, Text("Every day."))
    first, second = talk.did(did.ReportWritten)
    assert first.report_id == second.report_id
    assert [change.way for change in talk.changes if isinstance(change, did.ReportReplyChosen)] == [
        ReplyWay.CHAT
    ]
    assert len(talk.did(did.ReportNamed)) == 1
    talk.says("menu")
    assert talk.where() is Place.HOME
    assert talk.snapshot.session.report == ""  # nothing in the logbook leads to it any more


def test_talk_offers_it_beside_the_words_for_the_team() -> None:
    talk = knowing(participant())
    assert "Signaler" in talk.says("parler")
    assert "une seule personne" in talk.taps("report")
    talk = knowing(participant())
    talk.says("parler", "1")
    assert talk.where() is Place.REPORT


def test_words_for_the_team_stay_words_for_the_team() -> None:
    talk = knowing(participant())
    talk.says("parler", "je serai en retard")
    assert talk.where() is Place.TALK
    talk.says("1")  # the choice was beside the first words only
    assert talk.where() is Place.TALK
    assert len(talk.did(did.TeamAwaited)) == 2


def test_without_a_reader_it_says_so_and_takes_nothing() -> None:
    talk = knowing(participant(), Safety((LINE,)))
    assert confidential(talk, Text("signaler"))
    assert "il n’y a personne" in talk.heard
    assert LINE.reach in talk.heard
    assert talk.where() is Place.HOME


def test_without_a_name_and_without_an_answer_nothing_leads_back() -> None:
    talk = knowing(participant())
    talk.says("signaler", "Il nous demande de l'argent", "3", "1")
    assert talk.did(did.ReportNamed) == []
    assert [change.way for change in talk.changes if isinstance(change, did.ReportReplyChosen)] == [
        ReplyWay.NONE
    ]


def test_words_of_distress_in_a_report_reach_its_reader_and_not_the_team() -> None:
    talk = knowing(participant())
    talk.says("signaler")
    assert confidential(talk, Text("mon formateur m'a frappée"))
    assert LINE.reach in talk.heard
    assert talk.where() is Place.REPORT_REPLY
    [written] = [change for change in talk.changes if isinstance(change, did.ReportWritten)]
    assert written.urgent
    assert talk.did(did.UrgentRaised) == []


def test_distress_elsewhere_tells_of_this_way() -> None:
    talk = knowing(participant())
    assert "signaler" in talk.says("mon formateur m'a frappée")
    assert "signaler" not in knowing(participant(), Safety()).says("mon formateur m'a frappée")


@pytest.mark.parametrize(
    "event",
    [
        Attachment(AttachmentKind.VOICE, "file1"),
        Attachment(AttachmentKind.PHOTO, "file2", caption="la preuve"),
        Edited("Il crie sur nous."),
        Text("menus travaux imposés"),
        Text("BIENVENUE"),
    ],
)
def test_whatever_is_sent_is_part_of_it(event: Event) -> None:
    talk = knowing(participant())
    talk.says("signaler")
    assert confidential(talk, event)
    assert [change.content for change in talk.changes if isinstance(change, did.ReportWritten)] == [event]
    assert talk.did(did.TeamAwaited) == []


def test_more_words_instead_of_a_choice_are_taken_too() -> None:
    talk = knowing(participant())
    talk.says("signaler", "Il crie.", "Et il ment sur les heures de présence de tout le monde.")
    assert talk.where() is Place.REPORT_REPLY
    assert len(talk.did(did.ReportWritten)) == 2


def test_a_late_correction_does_not_land_where_the_team_reads() -> None:
    talk = knowing(participant())
    talk.snapshot = replace(talk.snapshot, edits_in_confidence=True)
    assert confidential(talk, Edited("Il crie sur nous."))
    talk.snapshot = replace(talk.snapshot, edits_in_confidence=False)
    assert not confidential(talk, Edited("Je suis en retard."))


@pytest.mark.parametrize("place", [Place.HOME, Place.LOGBOOK, Place.HIDDEN])
def test_no_correction_of_it_alarms_the_team(place: Place) -> None:
    """Neither words of distress, nor a code that is asked for, nor a quick exit bring it to their eyes."""
    talk = knowing(participant())
    person = talk.snapshot.participant
    assert person is not None
    guarded = replace(person, code=hashed("1234", person.id))
    talk.snapshot = replace(talk.snapshot, edits_in_confidence=True, participant=guarded)
    for words in ("Il crie sur nous.", "mon formateur me frappe, je veux mourir"):
        talk.snapshot = replace(talk.snapshot, session=replace(talk.snapshot.session, place=place))
        assert confidential(talk, Edited(words))
    assert LINE.reach in talk.heard
    assert talk.did(did.UrgentRaised) + talk.did(did.TeamAwaited) == []


def test_on_a_shared_phone_nobody_else_learns_of_it() -> None:
    talk = knowing(participant())
    both = (Sharer("me", "A.", "Awa"), Sharer("other", "B.", "Binta"))
    talk.snapshot = replace(talk.snapshot, edits_in_confidence=True, sharers=both)
    for words in ("Il crie sur nous.", "il me frappe, je veux mourir"):
        assert confidential(talk, Edited(words))
        assert say(Say("report.edited"), Language.FRENCH) not in talk.heard


def test_a_change_of_language_comes_back_to_the_report() -> None:
    talk = knowing(participant())
    talk.says("signaler", "Il crie.", "langue", "3")
    assert talk.where() is Place.REPORT_REPLY
    talk.says("more")
    reports = {change.report_id for change in talk.changes if isinstance(change, did.ReportWritten)}
    assert len(reports) == 1


@pytest.mark.parametrize("word", ["menu", "retour", "annuler", "0", "stop", "carnet", "parler", "xx"])
def test_every_way_out_forgets_the_report(word: str) -> None:
    talk = knowing(participant())
    talk.says("signaler", "Il crie.", word)
    assert talk.where() not in IN_CONFIDENCE
    assert talk.snapshot.session.report == ""


def test_a_check_in_does_not_break_into_a_report() -> None:
    talk = knowing(participant())
    talk.says("signaler")
    talk.is_due()
    assert talk.prompts == ()
    assert talk.where() is Place.REPORT
