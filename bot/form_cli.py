"""`carnet form`: checking a sheet, without settings and without a database.

What checks it is loaded by the command alone: `carnet run` does not need it.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from conversations.vocabulary import Language

if TYPE_CHECKING:
    from admin.compiling import Compiled

form = typer.Typer(no_args_is_help=True, help="The questionnaires.")

FOUND_ERRORS, UNREADABLE = 1, 2  # exit codes
WIDE = 200  # characters of a line where the output is no terminal
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which they count


@form.callback()
def forms() -> None:
    """The questionnaires."""


@form.command()
def check(
    file: Annotated[Path, typer.Argument(help="An XLSForm: .xlsx, .xls, .csv or .md.")],
    language: Annotated[Language | None, typer.Option(help="Of what is said; else that of LANG.")] = None,
    media: Annotated[
        Path | None,
        typer.Option(help="Folder of the attached files; else FILE-media beside it, if it is there."),
    ] = None,
) -> None:
    """Say what would break a conversation, with sheet, row and column."""
    from admin.findings import refusal, verdict
    from admin.texts import text
    from admin.uploads import RefusedUpload

    speaks = language or language_of_locale()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    try:
        compiled = _compile(file, media or file.with_name(f"{file.stem}-media"))
    except RefusedUpload as refused:
        console.print(f"{file.name}: {refusal(speaks, refused)}", markup=False)
        raise typer.Exit(UNREADABLE) from None
    except OSError as error:
        console.print(f"{file.name}: {text(speaks, 'lint.no_file')} ({error.strerror})", markup=False)
        raise typer.Exit(UNREADABLE) from None
    if compiled.findings:
        console.print(_table(speaks, compiled))
    console.print(verdict(speaks, file.name, compiled), markup=False)
    if not compiled.publishable:
        raise typer.Exit(FOUND_ERRORS)


def language_of_locale() -> Language:
    """The language of the terminal, or the settings' default where the program does not speak it."""
    from bot.settings import Settings

    locale = next((os.environ[name] for name in LOCALE if os.environ.get(name)), "")
    spoken = {language.value: language for language in Language}
    default: Language = Settings.model_fields["default_language"].default
    return spoken.get(locale[:2].lower(), default)


def _compile(file: Path, media: Path) -> "Compiled":
    from admin.compiling import compile_upload
    from admin.uploads import MOST_BYTES, Reason, RefusedUpload

    if file.stat().st_size > MOST_BYTES:
        raise RefusedUpload(Reason.TOO_BIG, limit=MOST_BYTES // 2**20)
    attached = sorted(path for path in media.iterdir() if path.is_file()) if media.is_dir() else []
    return compile_upload(file.read_bytes(), file.name, {path.name: path.read_bytes() for path in attached})


def _table(language: Language, compiled: "Compiled") -> Table:
    from admin.findings import cells, heads

    table = Table(*heads(language), show_lines=False)
    for finding in compiled.findings:
        style = "red" if finding.blocks else "yellow"
        severity, *rest = cells(language, finding)
        table.add_row(Text(severity, style), *map(Text, rest))  # what a sheet holds is no markup
    return table
