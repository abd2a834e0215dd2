"""The command `carnet`. Each command loads what it needs; `run` does so before Python looks for garbage."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from bot import garbage
from bot.form_cli import form
from bot.listening import CannotListen
from bot.single import AlreadyRunning, alone_with
from bot.zones import OldZoneRules, force_zone_rules
from conversations.vocabulary import Language, Role

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
staff = typer.Typer(no_args_is_help=True, help="The people who may sign in.")
app.add_typer(staff, name="staff")
app.add_typer(form, name="form")

console = Console(highlight=False, soft_wrap=True)


@app.callback()
def carnet() -> None:
    """A career logbook that lives in a chat."""


@app.command()
def run() -> None:
    """Start everything in one process: channels, schedule, trainers' view."""
    garbage.hold_off()
    with _plain_errors():
        settings = _start()
        with alone_with(settings.data_dir) if settings.embedded else nullcontext():
            _migrate(settings)
            from bot.serve import serve

            serve(settings, console)


@app.command()
def migrate() -> None:
    """Bring the database to this program's schema."""
    with _plain_errors():
        _migrate(_start())
        console.print("The database is up to date.")


@app.command()
def doctor(
    language: Annotated[
        str, typer.Option(help="Tell every recording that is missing in this track, such as ary or wo.")
    ] = "",
) -> None:
    """Look whether everything is there, and tell what to do where it is not."""
    from bot.settings import WrongSetting, read_settings

    try:
        force_zone_rules()
        settings = read_settings()
    except (WrongSetting, OldZoneRules) as error:
        console.print(f"[red]✗[/red] Settings: {escape(str(error))}")
        raise typer.Exit(1) from None
    from bot.doctor import Health, examine

    marks = {Health.WELL: "[green]✓[/green]", Health.NOTE: "[yellow]·[/yellow]", Health.WRONG: "[red]✗[/red]"}
    findings = list(examine(settings, language))
    for check, finding in findings:
        console.print(f"{marks[finding.health]} {check}: {escape(finding.text)}")
    if any(finding.health is Health.WRONG for _, finding in findings):
        raise typer.Exit(1)


@staff.command("add")
def staff_add(
    login: Annotated[str, typer.Argument(help="What they sign in with.")],
    name: Annotated[str, typer.Option(help="How colleagues see them.")] = "",
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.TRAINER,
    language: Annotated[Language, typer.Option(help="Of their pages.")] = Language.FRENCH,
) -> None:
    """Add a member of staff; prints a one-time password."""
    with _plain_errors():
        settings = _start()
        from bot.service import open_storage, system_clock
        from storage.passwords import hash_password, one_time_password
        from storage.staff import LoginTaken, NewStaff, add

        storage = open_storage(settings)
        password = one_time_password()
        try:
            with storage.write() as tx:
                member = NewStaff(login, name or login, role, language)
                add(tx, storage, member, hash_password(password), system_clock())
        except LoginTaken:
            _fail("This login is taken: choose another.")
        finally:
            storage.close()
        console.print(f"Added. One-time password: {password}")


@staff.command("password")
def staff_password(login: Annotated[str, typer.Argument(help="Whose password is lost.")]) -> None:
    """Give a member of staff a new one-time password, and sign them out everywhere."""
    with _plain_errors():
        settings = _start()
        from bot.service import open_storage, system_clock
        from storage.audit import note
        from storage.passwords import hash_password, one_time_password
        from storage.staff import find_login, reset_password
        from storage.staff_sessions import end_all_sessions
        from storage.tables.vocabulary import AuditAction

        storage = open_storage(settings)
        password = one_time_password()
        try:
            with storage.write() as tx:
                found = find_login(tx, storage, login)
                if found is None:
                    _fail("Nobody has this login.")
                staff_id, _ = found
                reset_password(tx, staff_id, hash_password(password))
                end_all_sessions(tx, staff_id)
                note(tx, storage, system_clock(), AuditAction.PASSWORD_CHANGED, staff_id)
        finally:
            storage.close()
        console.print(f"New one-time password: {password}")


def _start() -> "Settings":
    from bot.logs import set_up_logs
    from bot.settings import read_settings, require_data_dir

    os.umask(0o077)  # what we write is for its owner alone
    set_up_logs()
    force_zone_rules()
    settings = read_settings()
    set_up_logs(settings.log_level)
    require_data_dir(settings)
    return settings


def _migrate(settings: "Settings") -> None:
    from storage.migrate import migrate as bring_up

    bring_up(settings.database)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """What stops the start is said in one line."""
    from sqlalchemy.exc import DBAPIError

    from bot.settings import WrongSetting
    from storage.errors import StorageError

    try:
        yield
    except (WrongSetting, OldZoneRules, AlreadyRunning, CannotListen) as error:
        _fail(str(error))
    except StorageError as error:
        _fail(f"{type(error).__name__}: {error}")
    except DBAPIError as error:
        _fail(f"The database cannot be used ({type(error.orig).__name__}): check CARNET_DATABASE_URL.")


def _fail(reason: str) -> NoReturn:
    print(f"carnet: {reason}", file=sys.stderr)  # noqa: T201 - the program's own last words
    raise typer.Exit(2)
