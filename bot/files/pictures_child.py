"""The child process that draws a photo anew: limits itself, reads one picture, writes two.

`python -m bot.files.pictures_child jpeg` answers the length of the first, the first, then the small one.
Whatever is wrong with the picture ends it with an exit code.
"""

import resource
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

CPU = 15  # seconds
MEMORY = 1024 * 2**20  # bytes of address space
MOST_PIXELS = 50_000_000  # the largest that common phones take by themselves; four bytes each while drawn
LONGEST = 4096  # pixels of the longer side: a page of small print can be read
THUMBNAIL = 360  # pixels of its longer side
SAVED_AS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG"}


def main(sort: str) -> None:
    """Answer the picture on standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    whole, small = draw(sys.stdin.buffer.read(), sort.upper())
    sys.stdout.buffer.write(len(whole).to_bytes(4, "big") + whole + small)


def draw(content: bytes, sort: str) -> tuple[bytes, bytes]:
    """The picture with nothing but its pixels, upright; and a small one, as JPEG."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # the upper half of a photo is better than none
    picture = _upright(content, sort)
    picture.info.clear()
    picture.thumbnail((LONGEST, LONGEST))
    whole = BytesIO()
    picture.save(whole, SAVED_AS[sort], quality=90)
    return whole.getvalue(), _small(picture)


def _upright(content: bytes, sort: str) -> Image.Image:
    with Image.open(BytesIO(content), formats=[sort]) as opened:
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        return opened.convert("RGBA" if opened.has_transparency_data else "RGB")


def _small(picture: Image.Image) -> bytes:
    picture.thumbnail((THUMBNAIL, THUMBNAIL))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    small = BytesIO()
    paper.save(small, "JPEG", quality=78)
    return small.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
