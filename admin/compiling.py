"""Compiling an uploaded sheet, safely: in a child process with limits, since a thread cannot be stopped."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from admin.uploads import Reason, RefusedUpload, check_sizes
from conversations.forms.lint import Code, Finding, Severity

PATIENCE = 30.0  # seconds by the clock; the child has 10 s of CPU
PROGRAM = Path(__file__).parent.parent  # where the packages are
NO_FILES: Mapping[str, bytes] = {}
CPU_IS_OVER = (-24, -9)  # SIGXCPU at the soft limit, SIGKILL at the hard one


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an upload gives: the form, if it could be compiled, and what was found."""

    xform: str | None  # the XForm; None where errors stood in its way
    form_id: str
    title: str
    languages: tuple[str, ...]  # as the sheet names them
    questions: int
    findings: tuple[Finding, ...]  # in reading order

    @property
    def publishable(self) -> bool:
        return self.xform is not None and not any(finding.blocks for finding in self.findings)


def compile_upload(source: bytes, file_name: str, attachments: Mapping[str, bytes] = NO_FILES) -> Compiled:
    """Check and compile a sheet. Raises RefusedUpload for a file that is hostile, hopeless or too big."""
    check_sizes(source, attachments)
    request = {
        "file_name": file_name,
        "source": b64encode(source).decode(),
        "attachments": {name: b64encode(content).decode() for name, content in attachments.items()},
    }
    answer = _ask(json.dumps(request).encode())
    if "refused" in answer:
        raise RefusedUpload(Reason(answer["refused"]), **answer["details"])
    return Compiled(
        xform=answer["xform"],
        form_id=answer["form_id"],
        title=answer["title"],
        languages=tuple(answer["languages"]),
        questions=answer["questions"],
        findings=tuple(
            Finding(Severity(severity), Code(code), sheet, row, column, args)
            for severity, code, sheet, row, column, args in answer["findings"]
        ),
    )


def _ask(request: bytes) -> dict[str, Any]:
    """The child's answer. It knows nothing of our settings: its environment holds two paths only.

    pyxform writes the XForm into a temporary file; so the child gets a folder that goes when it ends.
    """
    with TemporaryDirectory(prefix="carnet-") as folder:
        try:
            child = subprocess.run(
                [sys.executable, "-P", "-m", "admin.compiling_child"],
                input=request,
                capture_output=True,
                env={"PYTHONPATH": str(PROGRAM), "PYTHONUTF8": "1", "TMPDIR": folder},
                cwd=folder,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RefusedUpload(Reason.TOO_SLOW) from None
    if child.returncode in CPU_IS_OVER:
        raise RefusedUpload(Reason.TOO_SLOW)
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError:
        raise RefusedUpload(Reason.STOPPED) from None
    return answer
