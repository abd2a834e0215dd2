"""Files that people sent by WhatsApp: at Twilio, behind the credentials of our account."""

import re
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import httpx

from bot.channels.accounts import TwilioAccount
from bot.channels.downloads import LOOPBACK, FileGone, download

# Twilio's own hosts: `api.twilio.com`, or by edge and region, `api.dublin.ie1.twilio.com`.
TWILIO_HOSTS = r"https://api(?:\.[a-z0-9-]{1,20}){0,2}\.twilio\.com"
MEDIA = r"/2010-04-01/Accounts/{account}/Messages/(?P<message>\w{{1,64}})/Media/(?P<media>\w{{1,64}})"


class TwilioMedia:
    """The files of one account."""

    def __init__(self, account: TwilioAccount) -> None:
        self.account = account
        hosts = "|".join((TWILIO_HOSTS, *map(re.escape, _names(account.api_url.rstrip("/")))))
        path = MEDIA.format(account=re.escape(account.account_sid))
        self.ours = re.compile(f"(?:{hosts}){path}", re.ASCII)

    async def read(self, client: httpx.AsyncClient, reference: str) -> AsyncGenerator[bytes, None]:
        """The bytes of a file. What is no file of our account is FileGone, and nobody is asked."""
        address = self.address(reference)
        if address is None:
            raise FileGone("not of our account")
        credentials = self.account.account_sid, self.account.auth_token
        async for piece in download(client, address, credentials):
            yield piece

    def address(self, reference: str) -> str | None:
        """Where to ask for it: made anew from our settings and two ids; None for what is not ours.

        `reference` is what a webhook said, which is trusted for nothing else.
        """
        found = self.ours.fullmatch(reference)
        if found is None:
            return None
        path = f"/2010-04-01/Accounts/{self.account.account_sid}/Messages/{found['message']}"
        return f"{self.account.api_url.rstrip('/')}{path}/Media/{found['media']}"


def _names(api_url: str) -> tuple[str, ...]:
    """The address from the settings; one on this computer by each of its names, as a simulator may tell it.

    >>> _names("https://api.twilio.com"), _names("http://localhost:81")[-1]
    (('https://api.twilio.com',), 'http://localhost:81')
    """
    host = urlsplit(api_url).hostname or ""
    if host not in LOOPBACK:
        return (api_url,)
    shown = ("127.0.0.1", "[::1]", "localhost")
    mine = f"[{host}]" if ":" in host else host
    return tuple(api_url.replace(f"//{mine}", f"//{name}", 1) for name in shown)
