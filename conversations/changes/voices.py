"""What is to be written down of voices: which track somebody listens to, what they answered by voice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackChosen:
    """The audio track that the person listens to; empty: they read."""

    track: str


@dataclass(frozen=True, slots=True)
class FileNamed:
    """The file that came with this event is kept under this id, so that an answer can refer to it."""

    file_id: str


@dataclass(frozen=True, slots=True)
class AnswerSpoken:
    """A question was answered by voice: the file waits to be written down by the team."""

    file_id: str
    version_id: str
    place: str  # of the question in its form


@dataclass(frozen=True, slots=True)
class AnswerUnspoken:
    """An answer by voice counts no more: another one was given, or the form was dropped."""

    file_id: str


VoiceChange = TrackChosen | FileNamed | AnswerSpoken | AnswerUnspoken
