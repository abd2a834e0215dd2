"""Any table as a sheet: checked, compiled, and walked as far as it goes without answers."""

from conversations.forms import FormError, Run, builtin_forms, compile_form
from conversations.forms.lint import UnreadableSheet, check_form
from tests.conversations.sheets import ENGLISH

MD, CSV = b"\0", b"\1"  # the first byte of an input
SMALL = """| survey |
| | type | name | label | relevant | constraint | calculation | choice_filter | required | repeat_count |
| | select_one l | a | A ${b}? | ${b} > 1 | . != 'x' | | area = ${b} | yes | |
| | begin_repeat | r | R | | | | | | ${b} |
| | integer | b | B? | | | | | | |
| | end_repeat | | | | | | | | |
| | calculate | c | | | | once(today()) | | | |
| choices |
| | list_name | name | label | area |
| | l | x | X | 1 |
| settings |
| | form_id | default_language |
| | f | English (en) |
"""


def _as_csv(table: str) -> bytes:
    rows = (line.strip().strip("|").split("|") for line in table.splitlines())
    return "\n".join(",".join(cell.strip() for cell in row) for row in rows).encode()


SEEDS = [MD + form.source for form in builtin_forms()] + [MD + SMALL.encode(), CSV + _as_csv(SMALL)]


def check(data: bytes) -> None:
    """Check and compile the sheet; one that compiles is begun, and skipped through."""
    file_type, sheet = "csv" if data[:1] == CSV else "md", data[1:]
    try:
        checked = check_form(sheet, file_type)
    except UnreadableSheet:
        pass
    else:
        assert checked.form is not None or any(finding.blocks for finding in checked.findings)
    try:
        run = Run.begin(compile_form(sheet, file_type, "v1"), ENGLISH)
        for _ in range(100):
            if run.question() is None or run.skip() is not None:
                break
        assert run.submission().instance_xml
    except FormError:
        return
