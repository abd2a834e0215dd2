"""Help: what can be done here, and how to leave quickly."""

from conversations.messages import Say
from conversations.session import IN_A_FORM, Place, Session


def help_lines(session: Session) -> tuple[Say, ...]:
    """What can be done from this place."""
    return (*_here(session), Say("help.exit"))


def _here(session: Session) -> tuple[Say, ...]:
    match session.place:
        case place if place in IN_A_FORM:
            later = (Say("help.later"),) if session.form and session.form.contact_id else ()
            return (Say("help.form"), *later)
        case Place.TALK:
            return (Say("help.talk"),)
        case Place.HOME | Place.LOGBOOK:
            return (Say("help.home"),)
        case _:
            return (Say("help.choice"),)
