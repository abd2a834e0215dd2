"""Files that people sent by Telegram: named by `getFile`, then fetched by their path."""

import re
from collections.abc import AsyncGenerator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from bot.channels.accounts import TelegramAccount
from bot.channels.downloads import MOST_BYTES, FileGone, FileTooLarge, TryLater, download

PATH = re.compile(r"[\w./ ()@+=,-]{1,500}")  # `photos/file_12.jpg`; no address, nothing to be read otherwise


class TelegramMedia:
    """The files that one bot was sent. Its addresses hold the token: they are never logged."""

    def __init__(self, account: TelegramAccount) -> None:
        base = account.api_url.rstrip("/")
        self.method = f"{base}/bot{account.token}/getFile"
        self.files = f"{base}/file/bot{account.token}"

    async def read(self, client: httpx.AsyncClient, reference: str) -> AsyncGenerator[bytes, None]:
        """The bytes of the file with this id."""
        path = await self._path(client, reference)
        async for piece in download(client, f"{self.files}/{quote(path)}", None, most_hops=0):
            yield piece

    async def _path(self, client: httpx.AsyncClient, file_id: str) -> str:
        try:
            answer = await client.post(self.method, data={"file_id": file_id})
            told = answer.json()
        except httpx.HTTPError as error:
            raise TryLater(type(error).__name__) from None
        except ValueError:
            raise TryLater("not JSON") from None
        if not isinstance(told, dict) or told.get("ok") is not True:
            raise _refusal(answer.status_code, told if isinstance(told, dict) else {})
        match told.get("result"):
            case {"file_size": int(size)} if size > MOST_BYTES:
                raise FileTooLarge
            case {"file_path": str(path)} if PATH.fullmatch(path) and ".." not in path:
                return path.lstrip("/")
            case {"file_path": str()}:
                raise FileGone("an odd path")
            case _:
                raise TryLater("no path")


def _refusal(status: int, told: Mapping[str, Any]) -> TryLater | FileTooLarge:
    """What Telegram's refusal means: over 20 MB it gives no file; everything else may pass."""
    too_big = "too big" in str(told.get("description", "")).lower()
    if status == HTTPStatus.BAD_REQUEST and too_big:
        return FileTooLarge()
    return TryLater(str(status))
