"""What Twilio's error codes mean for a message; they come in answers to a send and in status reports."""

from bot.channels.sending import SendResult
from conversations.vocabulary import SendOutcome

OUTCOMES: dict[int, SendOutcome] = {
    20429: SendOutcome.RETRY_LATER,  # too many requests of the account
    30001: SendOutcome.RETRY_LATER,  # its queue is full
    63018: SendOutcome.RETRY_LATER,  # too many messages of the sender
    63049: SendOutcome.CAPPED,  # WhatsApp's cap on unasked messages
    63016: SendOutcome.WINDOW_CLOSED,  # 24 h since the person wrote
    21610: SendOutcome.OPTED_OUT,  # said STOP to Twilio
    63014: SendOutcome.OPTED_OUT,
    63033: SendOutcome.OPTED_OUT,  # blocked us
    63003: SendOutcome.UNREACHABLE,  # not on WhatsApp
    63015: SendOutcome.UNREACHABLE,  # has not joined the sandbox
    63024: SendOutcome.UNREACHABLE,  # cannot receive
    63032: SendOutcome.UNREACHABLE,
    21211: SendOutcome.UNREACHABLE,  # not a number
    21612: SendOutcome.UNREACHABLE,  # no way from our number to theirs
    21614: SendOutcome.UNREACHABLE,  # not a mobile
    21635: SendOutcome.UNREACHABLE,  # a landline
    30003: SendOutcome.UNREACHABLE,  # switched off
    30004: SendOutcome.UNREACHABLE,  # blocked by the operator
    30005: SendOutcome.UNREACHABLE,  # unknown number
    30006: SendOutcome.UNREACHABLE,  # a landline
    63019: SendOutcome.ASK_AGAIN_LATER,  # the media could not be fetched
    63012: SendOutcome.ASK_AGAIN_LATER,  # WhatsApp itself failed
    30008: SendOutcome.ASK_AGAIN_LATER,  # unknown error of the operator
    20003: SendOutcome.ACCOUNT_TROUBLE,  # wrong credentials
    21408: SendOutcome.ACCOUNT_TROUBLE,  # the country is not enabled
    21606: SendOutcome.ACCOUNT_TROUBLE,  # our number cannot send
    21659: SendOutcome.ACCOUNT_TROUBLE,  # our number is not Twilio's
    30002: SendOutcome.ACCOUNT_TROUBLE,  # suspended
    63001: SendOutcome.ACCOUNT_TROUBLE,  # the sender is not authorised
    63002: SendOutcome.ACCOUNT_TROUBLE,  # the sender is not known
    63007: SendOutcome.ACCOUNT_TROUBLE,  # the sender is not set up
    21655: SendOutcome.DEFECT,  # content template not found
    21656: SendOutcome.DEFECT,  # its variables are wrong
    63005: SendOutcome.DEFECT,
    63013: SendOutcome.DEFECT,
    63021: SendOutcome.DEFECT,
    63027: SendOutcome.DEFECT,
    63028: SendOutcome.DEFECT,
}

# 63018 slows the sender and 20429 the account; both are one account with one sender per channel here.
WHOLE_ACCOUNT = frozenset({20429, 30001, 63018, 20003, 21606, 21659, 30002, 63001, 63002, 63007})


LONGEST_CODE = 9  # digits; Twilio's have five


def result_of(status: int, code: int) -> SendResult:
    """What an answer of Twilio that is not a success means; either number is 0 where it gave none."""
    if status >= 500 or not status:
        return SendResult(SendOutcome.UNKNOWN, code=str(code or status))
    if code in OUTCOMES:
        return SendResult(OUTCOMES[code], code=str(code), whole_account=code in WHOLE_ACCOUNT)
    match status:
        case 429:
            return SendResult(SendOutcome.RETRY_LATER, code="429", whole_account=True)
        case 408 | 425:  # the request did not get there in full, or too early
            return SendResult(SendOutcome.RETRY_LATER, code=str(code or status))
        case _ if status < 400:  # the address leads elsewhere: nothing was done
            return SendResult(SendOutcome.ACCOUNT_TROUBLE, code=str(code or status), whole_account=True)
        case 401 | 403 | 404:
            return SendResult(SendOutcome.ACCOUNT_TROUBLE, code=str(code or status), whole_account=True)
        case _:
            return SendResult(SendOutcome.DEFECT, code=str(code or status))


def outcome_of_report(code: int) -> SendOutcome | None:
    """What a report of failure with this code means; None without one. What we do not know is a defect.

    >>> outcome_of_report(63016), outcome_of_report(99999), outcome_of_report(0)
    (<SendOutcome.WINDOW_CLOSED: 'window_closed'>, <SendOutcome.DEFECT: 'defect'>, None)
    """
    return OUTCOMES.get(code, SendOutcome.DEFECT) if code else None


def number(value: object) -> int:
    """A status or error code; 0 for what is none.

    >>> number("63016"), number(None), number("soon")
    (63016, 0, 0)
    """
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_CODE else 0
