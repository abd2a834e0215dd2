"""Files that were sent from the simulated phone: in memory, so gone with a restart."""

from collections.abc import AsyncGenerator

import httpx

from bot.channels.downloads import FileGone
from bot.channels.phone.files import SentFiles


class PhoneMedia:
    """The files of all phones."""

    def __init__(self, files: SentFiles) -> None:
        self.files = files

    async def read(self, _client: httpx.AsyncClient, reference: str) -> AsyncGenerator[bytes, None]:
        """The bytes of a file, at once."""
        content = self.files.content(reference)
        if content is None:
            raise FileGone("forgotten")
        yield content
