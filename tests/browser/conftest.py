"""The program itself, started as a user starts it."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "an invented passphrase"


@dataclass(frozen=True)
class Running:
    """A running Carnet with an empty database."""

    url: str
    password: str  # the admin's, for once
    code: str  # to join with


@pytest.fixture
def carnet(tmp_path: Path) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"CARNET_DATA_DIR": str(tmp_path / "data"), "CARNET_PORT": str(port), "COLUMNS": "200"}
    command = [str(Path(sys.executable).with_name("carnet")), "run"]
    with subprocess.Popen(
        command, env=os.environ | settings, stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as process:
        assert process.stdout is not None
        told = ""
        while "Not for real use" not in told:
            line = process.stdout.readline()
            assert line, f"the program ended: {told}"
            told += line
        password = re.findall(r"one-time password (\S+)", told)[0]
        yield Running(f"http://127.0.0.1:{port}", password, re.findall(r"with the code (\S+)", told)[0])
        process.terminate()
        process.wait(20)
