"""The child process that compiles: limits itself, reads one request, writes one answer.

It reads and writes JSON on its standard streams; files are in base64. Nothing of the upload is printed
elsewhere.
"""

import json
import os
import resource
import sys
from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO
from typing import Any

CPU = 10  # seconds
MEMORY = 512 * 2**20  # bytes of address space
OPEN_FILES = 64  # its own modules and streams
FILE_SIZE = 64 * 2**20  # bytes of a temporary file
MOST_QUESTIONS = 2_000
MOST_ROWS = 20_000  # of all sheets, with their choices; XLSForms of the field have some thousands


def main() -> None:
    """Answer the request on standard input."""
    limit()
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not stand in the answer
    request = json.load(sys.stdin.buffer)
    answer = json.dumps(_answer(request)).encode()
    with os.fdopen(answers, "wb") as out:
        out.write(answer)


def limit() -> None:
    """Give up what compiling does not need; a process cannot take it back."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    from admin.uploads import Reason, RefusedUpload
    from conversations.forms.lint import UnreadableSheet

    attachments = {name: b64decode(content) for name, content in request["attachments"].items()}
    try:
        return _compiled(b64decode(request["source"]), request["file_name"], attachments)
    except RefusedUpload as refused:
        return {"refused": refused.reason.value, "details": dict(refused.details)}
    except UnreadableSheet:
        return {"refused": Reason.DAMAGED.value, "details": {}}
    except MemoryError:
        return {"refused": Reason.TOO_HEAVY.value, "details": {}}


def _compiled(source: bytes, file_name: str, attachments: Mapping[str, bytes]) -> dict[str, Any]:
    from admin.uploads import Reason, RefusedUpload, file_type, refuse_entities
    from conversations.forms.lint import check_workbook, read_workbook

    kind = file_type(source, file_name)
    for name, content in attachments.items():
        if name.lower().endswith(".xml"):
            refuse_entities(BytesIO(content))
    book = read_workbook(source, kind)
    survey = book.sheet("survey")
    if survey and len(survey.rows) > MOST_QUESTIONS:
        raise RefusedUpload(Reason.TOO_MANY_QUESTIONS, limit=MOST_QUESTIONS)
    if sum(len(sheet.rows) for sheet in book.sheets) > MOST_ROWS:
        raise RefusedUpload(Reason.TOO_HEAVY)
    checked = check_workbook(book, source, kind, attachments)
    form = checked.form
    return {
        "xform": form.xml if form else None,
        "form_id": form.form_id if form else "",
        "title": form.title if form else "",
        "languages": form.languages if form else (),
        "questions": len(form.fields) if form else 0,
        "findings": [
            [one.severity, one.code, one.sheet, one.row, one.column, dict(one.args)]
            for one in checked.findings
        ],
    }


if __name__ == "__main__":
    main()
