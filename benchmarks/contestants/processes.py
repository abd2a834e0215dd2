"""Programs in processes of their own: started, looked at, ended."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
START = 60.0  # seconds a program may take to listen
END = 30.0  # seconds it may take to end


class DidNotStart(Exception):
    """A program ended, or did not listen in time; the text says which, and its last words."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def program(
    module: str, port: int, *arguments: str, python: Path | str = sys.executable, log: Path
) -> Iterator[psutil.Process]:
    """`python -m module PORT arguments…`, from when it listens to the end of the block."""
    command = [str(python), "-m", module, str(port), *arguments]
    with started(command, port, log) as process:
        yield process


@contextmanager
def started(
    command: Sequence[str], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[psutil.Process]:
    """The command, from when it listens on the port until the block is left."""
    given = {**os.environ, "PYTHONPATH": str(ROOT)} if environment is None else dict(environment)
    with log.open("ab") as output:
        running = subprocess.Popen(command, cwd=log.parent, env=given, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + START
        while not _listens(port):
            if running.poll() is not None or time.monotonic() > deadline:
                raise DidNotStart(f"{' '.join(command)}\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.01)
        yield psutil.Process(running.pid)
    finally:
        running.terminate()
        try:
            running.wait(END)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def cpu_seconds(process: psutil.Process) -> float:
    """What the process has used so far, in the kernel and outside of it."""
    used = process.cpu_times()
    return float(used.user + used.system)


def rss(process: psutil.Process) -> float:
    """Resident memory, in MB of 10^6 bytes."""
    return float(process.memory_info().rss) / 1e6


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
