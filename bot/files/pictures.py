"""A photo as it is kept: without what a camera writes beside it, such as its place; and a small one."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0  # seconds by the clock; the child has 15 of CPU
PROGRAM = Path(__file__).parent.parent.parent  # where the packages are
LENGTH_BYTES = 4  # before each of the two pictures in the answer
TYPES = {"image/gif": "image/png"}  # of a moving picture its first is kept; others stay what they are


class NoPicture(Exception):
    """It is not the picture it begins as, or too large to be drawn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo to keep."""

    content: bytes
    thumbnail: bytes  # JPEG
    media_type: str


async def prepare(content: bytes, media_type: str) -> Picture:
    """Draw it anew, in a child process with limits: decoding pictures of strangers is left to nothing else.

    Raises NoPicture.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "bot.files.pictures_child",
        media_type.partition("/")[2],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": str(PROGRAM), "PYTHONUTF8": "1"},
    )
    try:
        async with asyncio.timeout(PATIENCE):
            answer, _ = await child.communicate(content)
    except TimeoutError:
        raise NoPicture("too slow") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode or len(answer) < LENGTH_BYTES:
        raise NoPicture(str(child.returncode))
    length = int.from_bytes(answer[:LENGTH_BYTES], "big")
    whole, small = answer[LENGTH_BYTES:][:length], answer[LENGTH_BYTES + length :]
    return Picture(whole, small, TYPES.get(media_type, media_type))
