"""The registry of WhatsApp's templates: listed by the provider, read by whoever sends."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels.contents import Contents, ContentTrouble, Draft
from conversations.render.interactive import Shape
from conversations.templates.proposals import Coverage, missing
from conversations.templates.template import Template
from conversations.vocabulary import Language
from storage import templates as registry
from storage.database import Storage
from storage.outbox.knocks import choose_again

log = structlog.get_logger()

TEXT = "twilio/text"
HOUR = timedelta(hours=1)
PATIENCE = 600.0  # seconds until the Content API is asked again after trouble


class TemplateBook:
    """The templates as they are known. Its methods block; without `contents` nothing is asked or made."""

    def __init__(self, storage: Storage, contents: Contents | None, clock: Callable[[], datetime]) -> None:
        self.storage, self.contents, self.clock = storage, contents, clock
        self._shapes: dict[str, str] = {}
        self._making = threading.Lock()  # a shape is made once, however many messages want it
        self._ask_again_at = float("-inf")  # on the monotonic clock

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
            before = {each.sid for each in registry.templates(tx) if each.usable}
            registry.take_list(tx, listed, self.clock())
            if any(each.usable and each.named and each.sid not in before for each in listed):
                choose_again(tx, self.clock())
        self._shapes.clear()
        return len(listed)

    def read_list_hourly(self) -> int:
        """The same, unless it was read within the hour: so that after trouble it is tried again soon."""
        with self.storage.read() as look:
            listed = registry.listed_at(look)
        if listed is not None and self.clock() - listed < HOUR:
            return 0
        return self.read_list()

    def list_now(self) -> str:
        """The same for someone who asks; the code of the trouble, empty if there was none."""
        try:
            self.read_list()
        except ContentTrouble as trouble:
            return str(trouble)
        return "" if self.contents else "off"

    def propose_missing(self) -> str:
        """Make and hand in what is missing, in our wording; the code of the trouble, empty if none."""
        if self.contents is None:
            return "off"
        try:
            self.read_list()  # somebody may have made them meanwhile
            for lacking in missing(self.known()):
                self._propose(self.contents, lacking)
        except ContentTrouble as trouble:
            log.error("template.not_proposed", code=str(trouble))
            return str(trouble)
        return ""

    def _propose(self, contents: Contents, lacking: Coverage) -> None:
        wanted = lacking.proposal
        draft = Draft(wanted.name, wanted.language, {TEXT: {"body": wanted.body}}, wanted.samples)
        made = lacking.newest or contents.create(draft)
        with self.storage.write() as tx:  # kept at once: if the next step fails it is not made twice
            registry.add_template(tx, made, self.clock())
        asked = contents.submit(made)
        with self.storage.write() as tx:
            registry.add_template(tx, replace(made, approval=asked, word=asked), self.clock())

    def sid_of(self, shape: Shape) -> str | None:
        """The content for a shape, made now if there is none; None while it cannot be had."""
        with self._making:
            if sid := self._shapes.get(shape.name):
                return sid
            if self.contents is None or time.monotonic() < self._ask_again_at:
                return None
            try:
                sid = self._found(shape) or self._made(shape)
            except ContentTrouble as trouble:
                log.error("shape.missing", shape=shape.name, code=str(trouble))
                self._ask_again_at = time.monotonic() + PATIENCE
                return None
            self._shapes[shape.name] = sid
            return sid

    def _found(self, shape: Shape) -> str | None:
        """The content that is there already, perhaps made by a program with another database."""
        with self.storage.read() as look:
            listed = registry.listed_at(look)
        if listed is None:
            self.read_list()
        of_this_name = [each for each in self.known() if each.name == shape.name]
        if any(each.refused for each in of_this_name):
            raise ContentTrouble("refused")
        return next((each.sid for each in of_this_name), None)

    def _made(self, shape: Shape) -> str:
        if self.contents is None:
            raise ContentTrouble("off")
        made = self.contents.create(Draft(shape.name, Language.FRENCH, shape.types, shape.samples))
        with self.storage.write() as tx:
            registry.add_template(tx, made, self.clock())
        return made.sid

    def refuse(self, sid: str, code: str) -> None:
        """A message by this template was not taken: it is left alone until the list is read again."""
        log.error("template.refused", sid=sid, code=code)
        self._shapes = {name: each for name, each in self._shapes.items() if each != sid}
        with self.storage.write() as tx:
            registry.refuse(tx, sid, code)
