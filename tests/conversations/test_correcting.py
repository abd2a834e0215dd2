"""A message that is changed after it was sent changes the answer it gave, where that can still be."""

from dataclasses import replace

from conversations import changes as did
from conversations.events import Edited, Event, Text
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.session import Place
from conversations.snapshot import Invitation
from conversations.vocabulary import Language
from tests.conversations.talking import CODE, Talk, newcomer, participant


def sends(talk: Talk, message_id: str, event: Event, invited: str = "") -> str:
    """Something of a channel where messages have ids that stay when they are changed."""
    invitation = Invitation(invited) if invited else None
    talk.happens(event, replace(talk.snapshot, message_id=message_id, invitation=invitation))
    return talk.heard


def noting_a_job() -> Talk:
    """Someone who has said, in messages 1 to 3: a job, begun, in March 2025; asked what they do there."""
    talk = participant()
    talk.says("1")
    for number, text in enumerate(("1", "1", "12/03/2025"), 1):
        sends(talk, str(number), Text(text))
    return talk


def held(talk: Talk) -> dict[str, str]:
    answers = talk.snapshot.session.front.filling.answers
    return {place.rpartition("/")[2]: value for place, value in answers.items()}


def text(id: str, **args: str) -> str:
    return say(Say(id, args), Language.FRENCH)


def test_the_last_answer_is_corrected_and_the_form_goes_on_where_it_was() -> None:
    talk = noting_a_job()
    asked = talk.heard
    heard = sends(talk, "3", Edited("15/04/2025"))
    assert heard == f"{text('edited.taken', answer='15/04/2025')}\n{asked}"
    assert held(talk)["started_on"] == "2025-04-15"
    sends(talk, "4", Text("Couturière"))
    talk.taps("confirm")
    [step] = talk.did(did.MilestoneRecorded)
    assert (step.started_on, step.details) == ("2025-04-15", {"occupation": "Couturière"})


def test_an_answer_of_two_questions_ago_is_corrected_too() -> None:
    talk = noting_a_job()
    sends(talk, "4", Text("Couturière"))
    assert talk.where() is Place.CONFIRM
    heard = sends(talk, "3", Edited("avril 2025"))
    assert "avril 2025" in heard
    assert talk.where() is Place.CONFIRM
    assert (held(talk)["started_on"], held(talk)["occupation"]) == ("2025-04", "Couturière")


def test_the_same_answer_can_be_corrected_again() -> None:
    talk = noting_a_job()
    for said, kept in (("avril 2025", "2025-04"), ("mai 2025", "2025-05")):
        sends(talk, "3", Edited(said))
        assert held(talk)["started_on"] == kept


def test_a_correction_that_cannot_be_read_leaves_the_first_answer() -> None:
    talk = noting_a_job()
    assert text("edited.not_taken") in sends(talk, "3", Edited("quand il pleuvait"))
    assert held(talk)["started_on"] == "2025-03-12"


def test_a_change_that_changes_nothing_is_not_spoken_of() -> None:
    talk = noting_a_job()
    token = talk.snapshot.session.token
    sends(talk, "3", Edited("12/03/2025"))
    assert (talk.prompts, talk.snapshot.session.token) == ((), token)


def test_what_was_not_understood_counts_anew_once_it_is_changed() -> None:
    talk = participant()
    talk.says("1")
    sends(talk, "1", Text("1"))
    sends(talk, "2", Text("1"))
    sends(talk, "3", Text("32/13/2025"))
    assert not held(talk).get("started_on")
    sends(talk, "3", Edited("12/03/2025"))
    assert held(talk)["started_on"] == "2025-03-12"
    sends(talk, "3", Edited("13/03/2025"))
    assert held(talk)["started_on"] == "2025-03-13"


def test_a_question_that_was_left_out_can_be_answered_by_changing_the_word() -> None:
    talk = noting_a_job()
    sends(talk, "4", Text("passer"))
    sends(talk, "4", Edited("Couturière"))
    assert held(talk).get("occupation") == "Couturière"


def test_the_way_back_does_not_make_a_message_answer_something_else() -> None:
    talk = noting_a_job()
    sends(talk, "4", Text("retour"))
    sends(talk, "4", Edited("avril 2025"))
    assert held(talk)["started_on"] == "2025-03-12"


def test_when_the_form_is_closed_it_is_said_how_a_step_is_changed() -> None:
    talk = noting_a_job()
    sends(talk, "4", Text("Couturière"))
    talk.taps("confirm")
    assert text("edited.kept") in sends(talk, "3", Edited("avril 2025"))
    [step] = talk.did(did.MilestoneRecorded)
    assert step.started_on == "2025-03-12"


def test_a_command_is_one_also_as_a_correction() -> None:
    talk = noting_a_job()
    sends(talk, "3", Edited("menu"))
    assert talk.where() is Place.HOME
    sends(talk, "5", Edited("stop"))
    assert [said.state for said in talk.did(did.ConsentRecorded)][-1] == "withdrawn"


def test_a_correction_for_the_team_goes_to_the_team() -> None:
    talk = participant()
    talk.says("parler")
    sends(talk, "1", Text("J'ai besoin d'un raport"))
    before = len(talk.did(did.TeamAwaited))
    sends(talk, "1", Edited("J'ai besoin d'un rapport"))
    assert len(talk.did(did.TeamAwaited)) == before + 1
    assert talk.where() is Place.TALK


def test_while_joining_a_correction_counts_as_a_message() -> None:
    stranger = Talk()
    sends(stranger, "1", Text("BIENVENU"))
    sends(stranger, "1", Edited(CODE), invited="cohort1")
    assert stranger.where() is Place.LANGUAGE_FIRST
    joining = newcomer()
    sends(joining, "1", Text("peut-être"))
    sends(joining, "1", Edited("oui"))
    assert joining.did(did.Enrolled)
