"""What was found in a sheet, in words: for the page of an upload and for the command line."""

from admin.compiling import Compiled
from admin.texts import text
from admin.uploads import RefusedUpload
from conversations.forms.lint import Finding
from conversations.vocabulary import Language

HEADS = ("lint.severity", "lint.sheet", "lint.row", "lint.cell_column", "lint.text")


def heads(language: Language) -> tuple[str, ...]:
    """Of the columns that `cells` fills."""
    return tuple(text(language, text_id) for text_id in HEADS)


def cells(language: Language, finding: Finding) -> tuple[str, ...]:
    """One finding as a line of a table.

    >>> from conversations.forms.lint import Code, Severity
    >>> cells(Language.ENGLISH, Finding(Severity.ERROR, Code.NO_TYPE, "survey", 3))[:4]
    ('Error', 'survey', '3', '')
    """
    return (
        text(language, f"lint.severity.{finding.severity}"),
        finding.sheet,
        str(finding.row or ""),
        finding.column,
        text(language, finding.text_id, **finding.args),
    )


def refusal(language: Language, refused: RefusedUpload) -> str:
    """Why a file is not taken, and what to do."""
    return text(language, refused.text_id, **refused.details)


def verdict(language: Language, name: str, compiled: Compiled) -> str:
    """The whole in one line: how much there is to correct, and whether the form may be published."""
    errors = sum(finding.blocks for finding in compiled.findings)
    warnings = len(compiled.findings) - errors
    if compiled.publishable:
        return text(language, "lint.ready", name=name, questions=compiled.questions, warnings=warnings)
    return text(language, "lint.not_ready", name=name, errors=errors, warnings=warnings)
