"""Taking back one yes, or giving it again: each purpose by itself."""

from conversations.asking import asking, understood
from conversations.changes import Change, PlannedContactsCancelled
from conversations.entry.joining import allow_prompting, consent_said, stop_prompting
from conversations.rights.erasing import begin_erasing
from conversations.turn import Move, Turn, lines
from conversations.vocabulary import ConsentPurpose, ConsentState


def answer_permissions(turn: Turn) -> Move:
    """Which yes to take back or to give. Without the one for the logbook nothing may be kept at all."""
    question = asking(turn, turn.session, turn.language)
    match understood(turn, question) if question else None:
        case "prompting_no":
            return _done(turn, "permissions.prompting_off", stop_prompting(turn), PlannedContactsCancelled())
        case "prompting_yes":
            return _done(turn, "start.done", *allow_prompting(turn))
        case "sms_no":
            return _done(turn, "sms.no", _said(turn, ConsentPurpose.SMS, "withdrawn"))
        case "sms_yes":
            return _done(turn, "sms.yes", _said(turn, ConsentPurpose.SMS, "given"))
        case "media_no":
            return _done(turn, "permissions.media_off", _said(turn, ConsentPurpose.MEDIA, "withdrawn"))
        case "media_yes":
            return _done(turn, "permissions.media_on", _said(turn, ConsentPurpose.MEDIA, "given"))
        case "sharing_no":
            return _done(turn, "permissions.sharing_off", _said(turn, ConsentPurpose.SHARING, "withdrawn"))
        case "logbook_no":
            return begin_erasing(turn, lines("permissions.logbook_means"))
        case "menu":
            return Move(turn.session.at_home())
        case _:
            return Move(turn.session, lines("choice.unclear"))


def _said(turn: Turn, purpose: ConsentPurpose, state: str) -> Change:
    return consent_said(turn, purpose, ConsentState(state))


def _done(turn: Turn, text: str, *changes: Change) -> Move:
    return Move(turn.session.at_home(), lines(text), changes=changes)
