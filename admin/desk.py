"""What every route works with: the context, the name index, the attempts, and the moment of the request."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from admin.attempts import Attempts
from admin.context import AdminContext
from admin.visits import Visits
from storage.database import Storage
from storage.names import NameIndex


@dataclass(frozen=True, slots=True)
class Desk:
    """One per program."""

    context: AdminContext
    names: NameIndex
    attempts: Attempts
    visits: Visits

    @property
    def storage(self) -> Storage:
        return self.context.storage

    def now(self) -> datetime:
        return self.context.clock()


def desk_of(request: Request) -> Desk:
    """The desk of the app that serves this request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - for the type checker; `create_admin` has put it there
    return desk
