"""Fetching a file that somebody sent: in pieces, with limits, and only from where we may ask.

Every address that is asked first is one of ours: a channel makes it from the account's own settings. Where a
provider leads elsewhere, the credentials stay behind, and nobody is led to a machine of our own network.
"""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx

from bot.channels.http_logs import silence_libraries

MOST_BYTES = 16 * 2**20  # of one file: what WhatsApp carries; Telegram gives up to 20 MB
MOST_SECONDS = 60.0  # for one file, whatever it waits for; kept by who reads
MOST_HOPS = 3  # redirects
TIMEOUT = httpx.Timeout(10, connect=5)  # seconds of silence
NEVER = (HTTPStatus.GONE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class DownloadFailed(Exception):
    """The base of what keeps a file from being fetched; the text is a code, never an address."""


class TryLater(DownloadFailed):
    """It may work another time: not there yet, the network, the provider's trouble."""


class FileTooLarge(DownloadFailed):
    """Larger than what is kept, whatever its length was said to be."""


class FileGone(DownloadFailed):
    """The provider does not have it, or it is no file of our account."""


class MediaSource(Protocol):
    """Where the files of one account are."""

    def read(self, client: httpx.AsyncClient, reference: str) -> AsyncGenerator[bytes, None]:
        """The bytes of a file, piece by piece. Raises DownloadFailed."""
        ...


@dataclass(frozen=True, slots=True)
class Hop:
    """The next address to ask, and how it is named to who answers there."""

    url: str
    headers: Mapping[str, str]
    server_name: str = ""  # whose certificate is expected, where the address is a number


def make_client() -> httpx.AsyncClient:
    """A client for some downloads. Nothing comes packed, so that nothing unpacks to more than was read."""
    silence_libraries()
    return httpx.AsyncClient(timeout=TIMEOUT, headers={"Accept-Encoding": "identity"})


async def download(
    client: httpx.AsyncClient, url: str, auth: tuple[str, str] | None, most_hops: int = MOST_HOPS
) -> AsyncGenerator[bytes, None]:
    """The bytes behind an address of ours; the credentials go there only, not on to where it leads."""
    at_home = urlsplit(url).hostname in LOOPBACK
    hop = Hop(url, {})
    try:
        for hops_left in range(most_hops, -1, -1):
            named = {"sni_hostname": hop.server_name} if hop.server_name else {}
            request = client.build_request("GET", hop.url, headers=hop.headers, extensions=named)
            answer = await client.send(request, auth=auth, stream=True, follow_redirects=False)
            try:
                if not answer.has_redirect_location:
                    async for piece in _body(answer):
                        yield piece
                    return
                target = urljoin(hop_address(hop), answer.headers["Location"])
            finally:
                await answer.aclose()
            if not hops_left:
                raise FileGone("led on too often")
            hop, auth = await next_hop(target, at_home=at_home), None
    except httpx.HTTPError as error:  # also a body shorter than it was said to be
        raise TryLater(type(error).__name__) from None
    except (httpx.InvalidURL, ValueError):
        raise FileGone("led to no address") from None


def hop_address(hop: Hop) -> str:
    """The address of a hop by its name, as what it says is relative to."""
    if not hop.server_name:
        return hop.url
    return urlsplit(hop.url)._replace(netloc=hop.headers["Host"]).geturl()


async def next_hop(url: str, *, at_home: bool) -> Hop:
    """Where a redirect may lead: https, and no address of a private network. FileGone otherwise.

    The name is looked up here and asked by its number: one that changes in between gains nothing. Where our
    provider itself is on this computer, as in tests, others on it may be asked too.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FileGone("led to no address") from None
    if parts.scheme == "http" and at_home and parts.hostname in LOOPBACK:
        return Hop(url, {})
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise FileGone("led to what is not asked")
    number = await _public_number(parts.hostname, port or 443)
    shown = f"[{number}]" if ":" in number else number
    named = parts.hostname if port is None else f"{parts.hostname}:{port}"
    pinned = parts._replace(netloc=shown if port is None else f"{shown}:{port}", fragment="")
    return Hop(pinned.geturl(), {"Host": named}, parts.hostname)


async def _public_number(host: str, port: int) -> str:
    """The number of a host. FileGone where any of its numbers is of a private network."""
    try:
        known = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise TryLater("no such host") from None
    found = {str(info[4][0]) for info in known}
    if not found or not all(_is_public(number) for number in found):
        raise FileGone("led to a private address")
    return sorted(found)[0]


def _is_public(number: str) -> bool:
    """Whether anybody on the internet has this number, also where it wraps an older one.

    >>> _is_public("93.184.216.34"), _is_public("169.254.169.254"), _is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    address = ipaddress.ip_address(number.partition("%")[0])
    wrapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    checked = wrapped or address
    return checked.is_global and not checked.is_multicast


async def _body(answer: httpx.Response) -> AsyncGenerator[bytes, None]:
    """The body of an answer that is one, as long as it is not too much."""
    if answer.status_code in NEVER:
        raise FileGone(str(answer.status_code))
    if answer.status_code != HTTPStatus.OK:
        raise TryLater(str(answer.status_code))
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise TryLater("packed")
    said = answer.headers.get("Content-Length", "")
    if said.isdecimal() and int(said[:12]) > MOST_BYTES:
        raise FileTooLarge
    read = 0
    async for piece in answer.aiter_raw():
        read += len(piece)
        if read > MOST_BYTES:
            raise FileTooLarge
        yield piece
    if not read:
        raise TryLater("empty")
