"""Checking translations: every text in every language of the sheet."""

from collections.abc import Iterator

from conversations.forms.lint.finding import Code, Finding, Severity
from conversations.forms.lint.headers import TRANSLATED
from conversations.forms.lint.questionnaire import Questionnaire
from conversations.forms.lint.workbook import Header, Row, Sheet, at_header

ROWS_NAMED = 12  # of those where a translation is missing; the others are counted


def check_translations(form: Questionnaire) -> Iterator[Finding]:
    """One finding for each column that is not complete, not for each cell."""
    if not form.languages:
        return
    yield from _default_language(form)
    yield from _languages_twice(form)
    default = form.setting("default_language")
    for sheet in (form.survey, form.choices):
        if sheet is not None:
            for base in TRANSLATED:
                yield from _incomplete(sheet, base, form.languages, default)


def _default_language(form: Questionnaire) -> Iterator[Finding]:
    default = form.settings.get("default_language")
    if default is None or default.text in form.languages or form.settings_sheet is None:
        return
    # A column without language is in the default one: then that language need not be named.
    if any(h.base == "label" and not h.language for h in form.survey.headers):
        return
    yield at_header(
        Severity.WARNING,
        Code.UNKNOWN_DEFAULT_LANGUAGE,
        form.settings_sheet,
        default.header,
        language=default.text,
    )


def _languages_twice(form: Questionnaire) -> Iterator[Finding]:
    """«French(fr)» and «French (fr)» are two languages to every program."""
    seen: dict[str, str] = {}
    for language in form.languages:
        folded = "".join(language.casefold().split())
        if folded in seen:
            for sheet in (form.survey, form.choices):
                for header in sheet.headers if sheet else ():
                    if sheet and header.language == language:
                        yield at_header(
                            Severity.WARNING,
                            Code.LANGUAGE_TWICE,
                            sheet,
                            header,
                            language=language,
                            other=seen[folded],
                        )
        seen.setdefault(folded, language)


def _incomplete(sheet: Sheet, base: str, languages: tuple[str, ...], default: str) -> Iterator[Finding]:
    columns = [header for header in sheet.headers if header.base == base]
    filled = [row for row in sheet.rows if any(header.column in row.cells for header in columns)]
    if not filled:
        return
    for language in languages:
        own = [h for h in columns if (h.language or default) == language]
        missing = [row for row in filled if not any(header.column in row.cells for header in own)]
        if missing:
            place = own[0] if own else columns[0]
            yield _missing(sheet, place, base, language, missing)


def _missing(sheet: Sheet, place: Header, base: str, language: str, missing: list[Row]) -> Finding:
    rows = ", ".join(str(row.number) for row in missing[:ROWS_NAMED])
    if len(missing) > ROWS_NAMED:
        rows += ", …"
    return at_header(
        Severity.WARNING,
        Code.MISSING_TRANSLATION,
        sheet,
        place,
        column=base,
        language=language,
        rows=rows,
        count=len(missing),
    )
