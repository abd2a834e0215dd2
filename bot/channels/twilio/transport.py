"""Sending WhatsApp messages and SMS through Twilio."""

import asyncio
import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from bot.channels.accounts import TwilioAccount
from bot.channels.sending import MediaFile, SendResult, Shapes
from bot.channels.twilio.client import TimedHttpClient
from bot.channels.twilio.codes import number, result_of
from conversations.messages import Document, Pin, Say
from conversations.render.capabilities import CAPABILITIES, Capabilities
from conversations.render.catalogue import say
from conversations.render.interactive import Interactive
from conversations.render.parts import Part
from conversations.vocabulary import Channel, SendOutcome

if TYPE_CHECKING:
    from twilio.rest import Client

SID = re.compile("[SM]M[0-9a-f]{32}")
TAKEN_DOCUMENT = ".pdf"  # of the documents that we make
MOST_MEDIA = 20  # files of one message; Twilio takes ten
THREADS = 16  # the library blocks: so many sends at once per channel
STATUS_PATH = "/channels/twilio/status"
RETRIES = "#rc=5&rp=all"  # Twilio's connection overrides: five repeats after any failure, not one


class TwilioTransport:
    """Sends parts as messages of one channel, WhatsApp or SMS."""

    def __init__(self, account: TwilioAccount, channel: Channel) -> None:
        self.channel = channel
        self.capabilities: Capabilities = CAPABILITIES[channel]
        self.account = account
        self.shapes: Shapes | None = None  # without them every choice is a number
        self.http = TimedHttpClient(account)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix=f"twilio-{channel}")

    @cached_property
    def twilio(self) -> "Client":
        """The library's client: 12 MB and a seventh of a second, from the first call on, in its thread."""
        from twilio.rest import Client

        return Client(self.account.account_sid, self.account.auth_token, http_client=self.http)

    async def send(self, address: str, part: Part, outbox_id: str) -> SendResult:
        """Send one part. `outbox_id` comes back with every status report: so an unknown send is settled."""
        if part.pin:
            return await self._send(
                address, outbox_id, body=part.pin.place, persistent_action=[_action(part.pin)]
            )
        if part.interactive and (sent := await self._with_buttons(address, part.interactive, outbox_id)):
            return sent
        return await self._send(address, outbox_id, body=part.text)

    async def _with_buttons(self, address: str, shown: Interactive, outbox_id: str) -> SendResult | None:
        """The same with buttons or a list; None where that cannot be had, so that its text is sent."""
        if self.shapes is None:
            return None
        sid = await asyncio.to_thread(self.shapes.sid_of, shown.shape)
        if sid is None:
            return None
        result = await self.send_content(address, sid, shown.values, outbox_id)
        if result.outcome is SendOutcome.DEFECT:  # not taken, so nobody has seen it
            await asyncio.to_thread(self.shapes.refuse, sid, result.code)
            return None
        return result

    async def send_media(self, address: str, file: MediaFile, caption: str, outbox_id: str) -> SendResult:
        """Send a file that Twilio fetches from our public URL; WhatsApp takes no archive, but its address."""
        url = f"{self._public_url()}{file.path}"
        if isinstance(file.media, Document) and not file.name.endswith(TAKEN_DOCUMENT):
            told = say(Say("data.fetch", {"address": url}), file.media.language)
            return await self._send(address, outbox_id, body=told)
        words = {"body": caption} if caption else {}
        return await self._send(address, outbox_id, media_url=[url], **words)

    async def send_content(
        self, address: str, sid: str, values: Mapping[str, str], outbox_id: str
    ) -> SendResult:
        """Send a stored content with these values in its places: a template, or buttons within the window."""
        variables = {"content_variables": json.dumps(dict(values), ensure_ascii=False)} if values else {}
        return await self._send(address, outbox_id, content_sid=sid, **variables)

    def delete(self, provider_message_id: str) -> bool:
        """Delete a message and its files at Twilio. False if that did not work yet: one on its way stays."""
        from twilio.base.exceptions import TwilioException

        if not SID.fullmatch(provider_message_id):
            return True  # no id of Twilio's, so nothing is there
        message = self.twilio.messages(provider_message_id)
        try:
            for media in message.media.list(limit=MOST_MEDIA):
                media.delete()
            return bool(message.delete())
        except TwilioException as error:
            return number(getattr(error, "status", 0)) == HTTPStatus.NOT_FOUND
        except (httpx.HTTPError, ValueError):  # the network, or a success without JSON
            return False

    async def close(self) -> None:
        await asyncio.to_thread(self.threads.shutdown)
        self.http.client.close()

    async def _send(self, address: str, outbox_id: str, **content: object) -> SendResult:
        create = partial(self._create, address, outbox_id, content)
        return await asyncio.get_running_loop().run_in_executor(self.threads, create)

    def _create(self, address: str, outbox_id: str, content: Mapping[str, Any]) -> SendResult:
        from twilio.base.exceptions import TwilioException

        try:
            message = self.twilio.messages.create(
                to=address,
                status_callback=self._status_callback(outbox_id),
                **self._sender(),
                **content,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return SendResult(SendOutcome.RETRY_LATER, code=type(error).__name__)
        except httpx.HTTPError as error:
            return SendResult(SendOutcome.UNKNOWN, code=type(error).__name__)
        except TwilioException as error:
            result = result_of(number(error.status), number(error.code))
            patient = result.outcome is SendOutcome.RETRY_LATER and result.retry_after is None
            return replace(result, retry_after=self.http.wait) if patient else result
        except ValueError:  # a success without JSON: something between us and Twilio answered
            return SendResult(SendOutcome.UNKNOWN, code="not JSON")
        except Exception as error:  # whatever the library makes of JSON that is no message: the request left
            return SendResult(SendOutcome.UNKNOWN, code=type(error).__name__)
        if message.error_code:
            code = number(message.error_code)
            return result_of(400, code) if code else SendResult(SendOutcome.UNKNOWN, code="no number")
        if not isinstance(message.sid, str) or not message.sid:
            return SendResult(SendOutcome.UNKNOWN, code="no sid")
        return SendResult(SendOutcome.SENT, provider_message_id=message.sid)

    def _status_callback(self, outbox_id: str) -> str:
        return f"{self._public_url()}{STATUS_PATH}?outbox={quote(outbox_id, safe='')}{RETRIES}"

    def _public_url(self) -> str:
        return self.account.public_url.rstrip("/")

    def _sender(self) -> dict[str, str]:
        if self.channel is Channel.WHATSAPP:
            return {"from_": self.account.whatsapp_from}
        if self.account.messaging_service_sid:
            return {"messaging_service_sid": self.account.messaging_service_sid}
        return {"from_": self.account.sms_from}


def _action(pin: Pin) -> str:
    """A place as Twilio takes it for WhatsApp, within the 24-hour window only.

    >>> _action(Pin(34.02, -6.83, "Faire son CV", "Salle 2 | Salé"))
    'geo:34.020000,-6.830000|Salle 2 / Salé'
    """
    return f"geo:{pin.latitude:.6f},{pin.longitude:.6f}|{pin.place.replace('|', '/')}"
