"""Files that people sent by WhatsApp: at Twilio, behind the credentials of our account."""

import re
from collections.abc import AsyncGenerator

import httpx

from bot.channels.accounts import TwilioAccount
from bot.channels.downloads import FileGone, download

# Twilio's own hosts: `api.twilio.com`, or by edge and region, `api.dublin.ie1.twilio.com`.
TWILIO_HOSTS = r"https://api(?:\.[a-z0-9-]{1,20}){0,2}\.twilio\.com"
MEDIA = r"/2010-04-01/Accounts/{account}/Messages/(?P<message>\w{{1,64}})/Media/(?P<media>\w{{1,64}})"


class TwilioMedia:
    """The files of one account."""

    def __init__(self, account: TwilioAccount) -> None:
        self.account = account
        hosts = f"(?:{TWILIO_HOSTS}|{re.escape(account.api_url.rstrip('/'))})"
        path = MEDIA.format(account=re.escape(account.account_sid))
        self.ours = re.compile(hosts + path, re.ASCII)

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
