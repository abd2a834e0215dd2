"""Who answers in each place: the move that an answer to its question makes."""

from collections.abc import Callable, Mapping

from conversations import dialogues, home
from conversations.asking import asking, understood
from conversations.changes import AddressFreed, TeamAwaited
from conversations.contacts.by_sms import answer_notices
from conversations.entry import joining
from conversations.entry.linking import link
from conversations.entry.who import answer_for_whom
from conversations.logbook import showing
from conversations.logbook.pages import PAGES, answer_pages
from conversations.rights import code_setting, erasing, my_data
from conversations.rights.pausing import answer_pause
from conversations.rights.permissions import answer_permissions
from conversations.rights.reaching import answer_channel
from conversations.session import Place
from conversations.steering.resuming import answer_resume
from conversations.steering.side_questions import LATER
from conversations.steering.snoozing import answer_later, snooze
from conversations.steps import proof, recognising, recording, updating
from conversations.turn import Move, Turn, lines
from conversations.voice import listening
from conversations.workshops.answering import answer_workshop, answer_workshops


def answer(turn: Turn) -> Move:
    """The move that the message makes where the conversation stands."""
    return ANSWERS.get(turn.session.place, home.answer_home)(turn)


def _answer_form(turn: Turn) -> Move:
    """An answer to the open question, unless a question of ours is put off at its beginning."""
    form = turn.session.form
    if form is not None and form.contact_id and not form.filling.trail:
        question = asking(turn, turn.session, turn.language)
        if question is not None and understood(turn, question) == LATER.value:
            return snooze(turn)
    return dialogues.answer_form(turn)


def _answer_prompting(turn: Turn) -> Move:
    question = asking(turn, turn.session, turn.language)
    choice = understood(turn, question) if question else None
    return joining.answer_prompting(turn, choice) if choice else Move(turn.session, lines("choice.unclear"))


def _answer_not_mine(turn: Turn) -> Move:
    """Really somebody else's: the address leads here no more. The team sees it in what was written last."""
    question = asking(turn, turn.session, turn.language)
    match understood(turn, question) if question else None:
        case "yes":
            freed = (AddressFreed(), TeamAwaited())
            return Move(turn.session.at_home(), lines("unsure.freed"), changes=freed, asks=False)
        case "no":
            return Move(turn.session.at_home())
        case _:
            return Move(turn.session, lines("choice.unclear"))


ANSWERS: Mapping[Place, Callable[[Turn], Move]] = {
    Place.FORM: _answer_form,
    Place.CONFIRM: dialogues.answer_confirm,
    Place.CHANGE: dialogues.answer_change,
    Place.KIND: recording.answer_kind,
    Place.LOGBOOK: showing.answer_logbook,
    Place.PDF: showing.answer_pdf,
    Place.STEP: updating.answer_step,
    Place.UPDATE: updating.answer_update,
    Place.WITHDRAW: updating.answer_withdraw,
    Place.PROPOSE: recognising.answer_proposal,
    Place.PROOF: proof.answer_proof,
    Place.FILE: proof.answer_file,
    Place.MEDIA: proof.answer_media,
    Place.WORKSHOPS: answer_workshops,
    Place.WORKSHOP: answer_workshop,
    Place.RESUME: answer_resume,
    Place.LATER: answer_later,
    Place.LINK: link,
    Place.LINK_CODE: link,
    Place.LANGUAGE: home.answer_language,
    Place.VOICE: listening.answer_track,
    Place.TALK: home.answer_talk,
    Place.PROMPTING: _answer_prompting,
    Place.NOT_MINE: _answer_not_mine,
    Place.NOTICES: answer_notices,
    Place.JOIN_FOR: answer_for_whom,
    Place.DATA: my_data.answer_data,
    Place.CODE_KEEP: code_setting.answer_keep,
    Place.CODE_NEW: code_setting.answer_new,
    Place.CODE_AGAIN: code_setting.answer_again,
    Place.PAUSE: answer_pause,
    Place.REACH: answer_channel,
    Place.PERMISSIONS: answer_permissions,
    Place.ERASE: erasing.answer_erase,
    Place.ERASE_SURE: erasing.answer_sure,
    **dict.fromkeys(PAGES, answer_pages),
}
