"""What my data offers to do, as far as it fits the person: what can be paused, taken back, erased."""

from conversations.messages import Choice, Say
from conversations.snapshot import Participant
from conversations.vocabulary import Channel, ConsentPurpose, ConsentState

MENU = Choice("menu", Say("data.menu"))
PAUSES = (
    Choice("week", Say("pause.week")),
    Choice("month", Say("pause.month")),
    Choice("quarter", Say("pause.quarter")),
    Choice("none", Say("pause.none")),
)
ERASE_SURE = (Choice("no", Say("erase.keep")), Choice("erase", Say("erase.yes")))
WHILE_PLANNED = (
    Choice("keep", Say("erasing.keep")),
    Choice("talk", Say("menu.talk")),
    Choice("export", Say("data.export")),
    Choice("now", Say("erasing.now")),
)


WHERE_LAST = "last"
CHANNEL_NAMES = {
    Channel.TELEGRAM: Say("reach.telegram"),
    Channel.WHATSAPP: Say("reach.whatsapp"),
    Channel.SMS: Say("reach.sms"),
    Channel.PHONE: Say("reach.phone"),
}


def reachable(person: Participant) -> tuple[Channel, ...]:
    """The channels that may be chosen for what we begin: SMS only with its own yes."""
    held = person.held.channels if person.held else ()
    return tuple(each for each in held if each is not Channel.SMS or person.sms is ConsentState.GIVEN)


def channel_choices(person: Participant) -> tuple[Choice, ...]:
    """One choice per channel, and where they wrote last."""
    channels = (Choice(each.value, CHANNEL_NAMES[each]) for each in reachable(person))
    return (*channels, Choice(WHERE_LAST, Say("reach.last")), MENU)


def data_choices(person: Participant) -> tuple[Choice, ...]:
    """The choices of my data. A pause is offered to who gets messages of ours."""
    export = Choice("export", Say("data.export"))
    code = Choice("code", Say("data.code_change" if person.code else "data.code"))
    link = Choice("link", Say("join.link"))
    several = len(reachable(person)) > 1
    choices = [
        Choice("permissions", Say("data.permissions")),
        code,
        link,
        *([Choice("reach", Say("data.reach"))] if several else []),
        Choice("erase", Say("data.erase")),
        MENU,
    ]
    if person.paused_until:
        return (export, Choice("resume", Say("data.unpause")), *choices)
    if person.prompting is ConsentState.GIVEN:
        return (export, Choice("pause", Say("data.pause")), *choices)
    return (export, *choices)


def permission_choices(person: Participant) -> tuple[Choice, ...]:
    """One choice per purpose: take the yes back, or give it; sharing begins elsewhere, with its own texts."""
    given = ConsentState.GIVEN
    said = person.held.said if person.held else lambda purpose: None
    choices = [
        Choice("prompting_no", Say("permissions.prompting_no"))
        if person.prompting is given
        else Choice("prompting_yes", Say("permissions.prompting_yes"))
    ]
    if person.sms is given:
        choices.append(Choice("sms_no", Say("permissions.sms_no")))
    elif person.held and Channel.SMS in person.held.channels:
        choices.append(Choice("sms_yes", Say("permissions.sms_yes")))
    if said(ConsentPurpose.MEDIA) is given:
        choices.append(Choice("media_no", Say("permissions.media_no")))
    else:
        choices.append(Choice("media_yes", Say("permissions.media_yes")))
    if said(ConsentPurpose.SHARING) is given:
        choices.append(Choice("sharing_no", Say("permissions.sharing_no")))
    return (*choices, Choice("logbook_no", Say("permissions.logbook_no")), MENU)
