"""The project as conversations know it, read anew when a form was published or a setting changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from conversations.forms import for_chat, read_xform
from conversations.snapshot import Project
from conversations.vocabulary import Language
from storage.controller import controller
from storage.database import Storage
from storage.forms import files_of, published
from storage.safety import read_safety

Recordings = Callable[[], Mapping[str, Mapping[str, str]]]  # what can be listened to, as `Project` has it


class Projects:
    """Calling it gives the newest project. Forms already read are kept: a published one never changes."""

    def __init__(
        self,
        storage: Storage,
        zone: str,
        default_language: Language,
        public_url: str = "",
        recordings: Recordings = dict,
    ) -> None:
        self._storage, self._lock, self._recordings = storage, Lock(), recordings
        self._project = Project(zone, default_language, {}, {}, public_url=public_url)
        self.refresh()

    def __call__(self) -> Project:
        return self._project

    def refresh(self) -> int:
        """Read what was published since the last time, by whichever process, and what is recorded.

        How many versions are new.
        """
        with self._lock:
            known = replace(self._project, recordings=self._recordings())
            with self._storage.read() as tx:
                rows = published(tx, except_for=known.forms.keys())
                files = files_of(tx, [row.id for row in rows])
                known = replace(known, safety=read_safety(tx), controller=controller(tx))
            self._project = known
            if rows:
                forms = {
                    row.id: for_chat(read_xform(row.xform, row.id, files.get(row.id, {}))) for row in rows
                }
                current = {row.form_id: row.id for row in rows}
                self._project = replace(
                    known,
                    forms={**known.forms, **forms},
                    current_forms={**known.current_forms, **current},
                )
            return len(rows)


def lacking(project: Project) -> Sequence[str]:
    """By name, what should be set before real use: told at start and on the page of the day."""
    safety = project.safety
    missing = {
        "controller": not project.controller.complete,
        "contacts": not safety.contacts,
        "hours": not safety.hours.days,
        "safeguarding": not safety.safeguarding,
    }
    return [name for name, is_missing in missing.items() if is_missing]
