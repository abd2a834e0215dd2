"""The Twilio account: whether its token works, and whether messages come to the address we listen at."""

from collections.abc import Iterator

from bot.channels.accounts import TwilioAccount
from bot.channels.twilio.transport import RETRIES
from bot.doctor.asking import ask
from bot.doctor.findings import Finding, Health
from bot.settings import Settings

REFUSED = (401, 403, 404)


def twilio(settings: Settings, _track: str) -> Iterator[Finding]:
    """Nothing is asked where no sender of Twilio's is connected."""
    account = settings.twilio
    if account is None:
        return
    secret = (account.account_sid, account.auth_token)
    api = f"{account.api_url.rstrip('/')}/2010-04-01/Accounts/{account.account_sid}"
    said = ask(f"{api}.json", secret)
    if said.status in REFUSED:
        told = (
            "the account is refused: copy CARNET_TWILIO_ACCOUNT_SID and CARNET_TWILIO_AUTH_TOKEN again from"
            " Twilio's console."
        )
        yield Finding(Health.WRONG, told)
        return
    if not said.went_well or not said.body:
        told = f"it does not answer ({said.told}): check the network and CARNET_TWILIO_API_URL."
        yield Finding(Health.WRONG, told)
        return
    status = said.body.get("status")
    if status not in ("active", None):
        yield Finding(Health.WRONG, "the account is suspended or closed: see Twilio's console.")
        return
    yield Finding(Health.WELL, "the account works.")
    if said.body.get("type") == "Trial":
        yield Finding(Health.NOTE, "it is a trial account: it writes to verified numbers only.")
    yield from _senders(account, api, secret)


def _senders(account: TwilioAccount, api: str, secret: tuple[str, str]) -> Iterator[Finding]:
    public = account.public_url.rstrip("/")
    if account.whatsapp_from:
        told = "WhatsApp's sender cannot be looked up: «a message comes in» must be POST"
        yield Finding(Health.NOTE, f"{told} {public}/channels/whatsapp{RETRIES}")
    ours = f"{public}/channels/sms"
    if account.messaging_service_sid:
        told = "the messaging service cannot be looked up: its incoming messages must go by POST to"
        yield Finding(Health.NOTE, f"{told} {ours}{RETRIES}")
    elif account.sms_from:
        yield from _number(f"{api}/IncomingPhoneNumbers.json", secret, account.sms_from, ours)


def _number(url: str, secret: tuple[str, str], number: str, ours: str) -> Iterator[Finding]:
    said = ask(url, secret, {"PhoneNumber": number})
    listed = said.body.get("incoming_phone_numbers")
    found = listed[0] if isinstance(listed, list) and listed else None
    if not said.went_well or not isinstance(listed, list):
        yield Finding(Health.NOTE, f"the SMS number cannot be looked up ({said.told}): look again later.")
    elif not isinstance(found, dict):
        told = "the number of CARNET_TWILIO_SMS_FROM is none of this account: check it in the console."
        yield Finding(Health.WRONG, told)
    elif str(found.get("sms_url") or "").partition("#")[0] != ours or found.get("sms_method") != "POST":
        told = "SMS do not come here: at the number, «a message comes in», enter POST"
        yield Finding(Health.WRONG, f"{told} {ours}{RETRIES}")
    elif RETRIES not in str(found.get("sms_url")):
        told = f"SMS come here, but a delivery that failed is repeated only once: enter {ours}{RETRIES}"
        yield Finding(Health.NOTE, told)
    else:
        yield Finding(Health.WELL, "SMS come here.")
