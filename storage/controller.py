"""Who answers for the data of a project: admins edit it, everyone is told."""

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from conversations.entry.consent import Controller
from storage.tables.core import PROGRAM_STATE
from storage.upsert import upsert

NAME = "controller"  # of the value among what the program remembers
CONTROLLER: TypeAdapter[Controller] = TypeAdapter(Controller)


def controller(tx: Connection) -> Controller:
    """What was set; empty at first."""
    value = tx.scalar(select(PROGRAM_STATE.c.value).where(PROGRAM_STATE.c.name == NAME))
    return CONTROLLER.validate_json(value) if value else Controller()


def set_controller(tx: Connection, known: Controller) -> None:
    """Replace all of it."""
    row = {"name": NAME, "value": CONTROLLER.dump_json(known).decode()}
    tx.execute(upsert(tx, PROGRAM_STATE, "value"), row)
