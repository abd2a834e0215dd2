"""Files made for one person at the moment they are sent, and the route providers fetch them from."""

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from admin.pdf.make import make_pdf
from bot.channels.sending import MediaFile
from conversations.messages import Document, DocumentKind, Prompt
from conversations.vocabulary import DeliveryState
from storage.career import read_career
from storage.database import Storage
from storage.dossier import ARCHIVE_NAME, pack
from storage.errors import KeyMissing
from storage.outbox import FAILED, LATER, Claimed, Settlement, decided
from storage.tables.vocabulary import FailureReason
from storage.vault import Vault

if TYPE_CHECKING:
    from fastapi import APIRouter  # the pages alone need it

log = structlog.get_logger()

ATTEMPTS = 5  # to make a file; then it has failed
FETCHED_WITHIN = {
    DocumentKind.LOGBOOK: timedelta(hours=1),  # providers fetch at once; the phone page while it is open
    DocumentKind.DATA: timedelta(hours=24),  # WhatsApp carries no zip: the person opens a link
}
NAMES = {DocumentKind.LOGBOOK: "carnet.pdf", DocumentKind.DATA: ARCHIVE_NAME}  # say nothing of the person
TYPES = {DocumentKind.LOGBOOK: "application/pdf", DocumentKind.DATA: "application/zip"}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


class DocumentNotMade(Exception):
    """A file could not be made; the text is the class of what was in the way, never what it said."""


def document_file(
    tx: Connection, storage: Storage, message: Claimed, document: Document, now: datetime
) -> MediaFile | None:
    """The file to send; None if the person is not there any more. DocumentNotMade if it cannot be made."""
    content = _make(tx, storage, message.participant_id or "", document, now)
    if content is None:
        return None
    path = _path(storage.vault, message.outbox_id, document.made_of, now)
    return MediaFile(document, content, path, NAMES[document.made_of])


def without_document(message: Claimed, code: str) -> Settlement:
    """Its file could not be made: it waits for another try, out of the way of what is said meanwhile."""
    log.error("document.not_made", outbox_id=message.outbox_id, error=code)
    again = message.attempts < ATTEMPTS
    state = DeliveryState.WAITING if again else DeliveryState.FAILED
    return Settlement(message, state, reason=FailureReason.NOT_MADE, code=code)


def troubles(batch: Sequence[Settlement]) -> list[tuple[Claimed, Prompt]]:
    """What is to be said of files that did not go out: once that it takes longer, once that it failed."""
    said = []
    for each in batch:
        match each.state, each.reason:
            case DeliveryState.WAITING, FailureReason.NOT_MADE if each.claimed.attempts == 1:
                said.append((each.claimed, LATER))
            case DeliveryState.FAILED, FailureReason.NOT_MADE | FailureReason.REJECTED if _carries(each):
                said.append((each.claimed, FAILED))
    return said


def _carries(settlement: Settlement) -> bool:
    return any(isinstance(each, Document) for each in settlement.claimed.prompt.media)


def document_routes(storage: Storage, clock: Callable[[], datetime]) -> "APIRouter":
    """`GET /documents/{message}/{until}/{token}/…`: signed and short-lived. The file is made anew."""
    from fastapi import APIRouter

    router = APIRouter()

    @router.get("/documents/{outbox_id}/{until}/{token}/{name}")
    def fetch(outbox_id: str, until: str, token: str, name: str) -> Response:
        expected = _token(storage.vault, outbox_id, until)
        if not hmac.compare_digest(token.encode(), expected.encode()) or int(until) < clock().timestamp():
            raise HTTPException(404)
        content, made_of = None, DocumentKind.LOGBOOK
        with storage.read() as tx:
            if message := decided(tx, storage, outbox_id):
                wanted = [each for each in message.prompt.media if isinstance(each, Document)]
                for each in wanted[:1]:
                    made_of = each.made_of
                    content = _make(tx, storage, message.participant_id, each, clock())
        if content is None:
            raise HTTPException(404)
        attached = {"Content-Disposition": f'attachment; filename="{NAMES[made_of]}"'}
        return Response(content, media_type=TYPES[made_of], headers=HEADERS | attached)

    return router


def _make(
    tx: Connection, storage: Storage, participant_id: str, document: Document, now: datetime
) -> bytes | None:
    try:
        match document.made_of:
            case DocumentKind.DATA:
                return pack(tx, storage, participant_id, document.zone, now)
            case DocumentKind.LOGBOOK:
                career = read_career(tx, storage, participant_id)
                if career is None:
                    return None
                return make_pdf(career, document.language, document.made_on, document.link)
    except KeyMissing:
        return None
    except Exception as error:
        raise DocumentNotMade(type(error).__name__) from None


def _path(vault: Vault, outbox_id: str, made_of: DocumentKind, now: datetime) -> str:
    until = str(int((now + FETCHED_WITHIN[made_of]).timestamp()))
    return f"/documents/{outbox_id}/{until}/{_token(vault, outbox_id, until)}/{NAMES[made_of]}"


def _token(vault: Vault, outbox_id: str, until: str) -> str:
    return vault.blind("document", f"{outbox_id}/{until}")
