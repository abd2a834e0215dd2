"""The command: it starts and stops cleanly, and says in one line what it cannot do."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

CARNET = str(Path(sys.executable).with_name("carnet"))
START = 60.0  # seconds


def environment(folder: Path, **settings: str) -> dict[str, str]:
    given = {f"CARNET_{name}": value for name, value in settings.items()}
    return {"PATH": os.environ["PATH"], "CARNET_DATA_DIR": str(folder)} | given


def carnet(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CARNET, *arguments],
        env=environment(folder, **settings),
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=START,
        check=False,
    )


def test_migrate_can_be_repeated_and_staff_are_added_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert carnet(data, "staff", "add", "salma").returncode == 2
    for _ in range(2):
        assert carnet(data, "migrate").returncode == 0
    added = carnet(data, "staff", "add", "salma", "--name", "Salma", "--role", "trainer")
    assert (added.returncode, added.stderr) == (0, "")
    assert "One-time password: " in added.stdout
    again = carnet(data, "staff", "add", "Salma ")
    assert (again.returncode, again.stderr) == (2, "carnet: This login is taken: choose another.\n")
    assert (data / "master.key").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_lost_password_is_replaced_by_a_one_time_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    carnet(data, "migrate")
    first = carnet(data, "staff", "add", "salma").stdout
    again = carnet(data, "staff", "password", "salma")
    assert again.returncode == 0
    assert again.stdout.split()[-1] not in first
    assert carnet(data, "staff", "password", "nobody").stderr == "carnet: Nobody has this login.\n"


def test_a_taken_port_is_said_before_anything_is_promised(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = carnet(tmp_path / "data", "run", PORT=str(other.getsockname()[1]))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "CARNET_PORT" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "settings", "said"),
    [
        ("run", {"PORT": "wrong-value"}, "CARNET_PORT"),
        ("migrate", {"TIMEZONE": "wrong-value"}, "CARNET_TIMEZONE"),
        ("migrate", {"DATABASE_URL": "postgresql://nobody:wrong-value@127.0.0.1:1/x"}, "CARNET_DATABASE_URL"),
        ("migrate", {"TELEGRAM_TOKEN": "wrong-value"}, "CARNET_TELEGRAM_TOKEN"),
        ("run", {"DATA_DIR": "/dev/null/wrong-value"}, "CARNET_DATA_DIR"),
    ],
)
def test_what_stops_the_start_is_said_in_one_line(
    tmp_path: Path, command: str, settings: dict[str, str], said: str
) -> None:
    ended = carnet(tmp_path / "data", command, **settings)
    assert ended.returncode == 2
    assert ended.stderr.startswith("carnet: ")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "wrong-value" not in ended.stderr + ended.stdout


def test_data_of_another_master_key_stops_the_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert carnet(data, "migrate").returncode == 0
    assert carnet(data, "staff", "add", "salma").returncode == 0
    (data / "master.key").unlink()
    ended = carnet(data, "staff", "add", "karim")
    assert ended.returncode == 2
    assert "MasterKeyMissing" in ended.stderr


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_run_tells_where_to_go_and_ends_cleanly_when_it_is_told(
    tmp_path: Path, how: signal.Signals, code: int
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = tmp_path / "told"
    with told.open("w") as out:
        program = subprocess.Popen(
            [CARNET, "run"],
            env=environment(tmp_path / "data", PORT=str(port)),
            cwd=tmp_path,
            stdout=out,
            stderr=out,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", program)
        assert "/phone" in told.read_text()
        assert "one-time password" in told.read_text()
        assert "BIENVENUE" in told.read_text()
        page = httpx.get(f"http://127.0.0.1:{port}/phone")
        assert page.status_code == 200
        program.send_signal(how)
        assert program.wait(START) == code
    finally:
        program.kill()
        program.wait()
    assert "Traceback" not in told.read_text()
    # SQLite takes its log away when the last connection is closed properly.
    assert not list((tmp_path / "data").glob("*-wal"))


def wait_for(url: str, program: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and program.poll() is None:
        try:
            if httpx.get(url, timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the program did not start")
