"""What Twilio's error codes mean for a message; they come in answers to a send and in status reports."""

from bot.channels.sending import SendOutcome, SendResult

DAY = 86_400.0  # seconds

OUTCOMES: dict[int, SendOutcome] = {
    20429: SendOutcome.RETRY_LATER,  # too many requests of the account
    63018: SendOutcome.RETRY_LATER,  # too many messages of the sender
    63049: SendOutcome.RETRY_LATER,  # WhatsApp's cap on unasked messages: not before a day
    63016: SendOutcome.WINDOW_CLOSED,  # 24 h since the person wrote
    21610: SendOutcome.OPTED_OUT,  # said STOP to Twilio
    63014: SendOutcome.OPTED_OUT,
    63033: SendOutcome.OPTED_OUT,  # blocked us
    63003: SendOutcome.UNREACHABLE,  # not on WhatsApp
    63024: SendOutcome.UNREACHABLE,  # cannot receive
    63032: SendOutcome.UNREACHABLE,
    21211: SendOutcome.UNREACHABLE,  # not a number
    21614: SendOutcome.UNREACHABLE,  # not a mobile
    30003: SendOutcome.UNREACHABLE,  # switched off
    30004: SendOutcome.UNREACHABLE,  # blocked by the operator
    30005: SendOutcome.UNREACHABLE,  # unknown number
    30006: SendOutcome.UNREACHABLE,  # a landline
    63019: SendOutcome.ASK_AGAIN_LATER,  # the media could not be fetched
    30008: SendOutcome.ASK_AGAIN_LATER,  # unknown error of the operator
    20003: SendOutcome.ACCOUNT_TROUBLE,  # wrong credentials
    21408: SendOutcome.ACCOUNT_TROUBLE,  # the country is not enabled
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
WHOLE_ACCOUNT = frozenset({20429, 63018, 20003, 63007})


def result_of(status: int, code: int) -> SendResult:
    """What an answer of Twilio that is not a success means; either number is 0 where it gave none."""
    if status >= 500 or not status:
        return SendResult(SendOutcome.UNKNOWN, code=str(code or status))
    if code in OUTCOMES:
        return SendResult(
            OUTCOMES[code],
            code=str(code),
            retry_after=DAY if code == 63049 else None,
            whole_account=code in WHOLE_ACCOUNT,
        )
    match status:
        case 429:
            return SendResult(SendOutcome.RETRY_LATER, code="429", whole_account=True)
        case 401 | 403 | 404:
            return SendResult(SendOutcome.ACCOUNT_TROUBLE, code=str(code or status), whole_account=True)
        case _:
            return SendResult(SendOutcome.DEFECT, code=str(code or status))
