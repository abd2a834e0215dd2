"""Answers by voice on a person's page: which question each answers, and writing it down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from admin.desk import desk_of
from admin.guard import PostedForm, RowId
from admin.pages import go_to
from admin.reader import Reader
from conversations.answers import clean
from conversations.form_names import name_of_form
from conversations.forms import Run, Surroundings
from conversations.forms.places import path_of
from storage.media.showing import KeptFile
from storage.transcripts import NothingWritten, VoiceAnswer, write_down

router = APIRouter(prefix="/participants/{participant_id}/voices")


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice that waits, as the page shows it."""

    file_id: str
    question: str
    spoken_at: datetime
    seconds: int | None
    file: KeptFile


def voices_of(waiting: Iterable[VoiceAnswer], reader: Reader, now: datetime) -> list[Voice]:
    """The voices with the questions they answer, in the reader's language."""
    return [
        Voice(each.file_id, _question(each, reader, now), each.spoken_at, each.seconds, each.file)
        for each in waiting
    ]


def _question(voice: VoiceAnswer, reader: Reader, now: datetime) -> str:
    """The question; what it would quote of earlier answers stays empty."""
    form = reader.project.forms[voice.form_version_id]
    field = form.field(path_of(voice.place))
    if field is None:
        return name_of_form(form, reader.language)
    run = Run.begin(form, Surroundings(now, reader.project.zone, reader.language))
    return run.instance.write(field.label, field.path) or field.name


@router.post("/{file_id}")
def write(request: Request, participant_id: RowId, file_id: RowId, posted: PostedForm) -> Response:
    """Put the words that were heard into the answer."""
    desk, back = desk_of(request), f"/participants/{participant_id}"
    text = clean(posted.text("text").replace("\r\n", "\n"))
    with desk.storage.write() as tx:
        try:
            write_down(tx, desk.storage, posted.perimeter, participant_id, file_id, text, desk.now())
        except NothingWritten:
            return go_to(back, "voice_empty")
    return go_to(back, "voice_written")
