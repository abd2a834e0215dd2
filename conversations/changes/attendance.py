"""What a step asks to be written down: coming to a workshop, or there."""

from dataclasses import dataclass

from conversations.vocabulary import Attendance


@dataclass(frozen=True, slots=True)
class AttendanceSaid:
    """The person answered an invitation, or wrote the code of the room; the latter is provisional."""

    workshop_id: str
    attendance: Attendance
