"""The registry of WhatsApp's templates: listed by the provider, read by whoever sends."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from conversations.templates.template import Template
from storage import templates as registry
from storage.database import Storage

if TYPE_CHECKING:
    from bot.channels.twilio.contents import Contents

log = structlog.get_logger()


class TemplateBook:
    """The templates as they are known. Its methods block; without `contents` nothing is asked or made."""

    def __init__(self, storage: Storage, contents: "Contents | None", clock: Callable[[], datetime]) -> None:
        self.storage, self.contents, self.clock = storage, contents, clock

    def known(self) -> Sequence[Template]:
        """The templates as they stand: one that was refused a moment ago must not be tried again."""
        with self.storage.read() as look:
            return registry.templates(look)

    def read_list(self) -> int:
        """Ask the provider for its list. How many contents it has; ContentTrouble if it does not answer."""
        if self.contents is None:
            return 0
        listed = self.contents.everything()
        with self.storage.write() as tx:
            registry.take_list(tx, listed, self.clock())
        return len(listed)

    def refuse(self, sid: str, code: str) -> None:
        """A message by this template was not taken: it is left alone until the list is read again."""
        log.error("template.refused", sid=sid, code=code)
        with self.storage.write() as tx:
            registry.refuse(tx, sid, code)
