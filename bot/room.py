"""Whether the data folder has room: on a full disk nothing can be kept, and every delivery is turned away."""

import shutil
from pathlib import Path

LEAST = 50 * 2**20  # bytes


def is_nearly_full(folder: Path) -> bool:
    """Whether less than LEAST is free there; a folder that is not there is not full."""
    return folder.is_dir() and shutil.disk_usage(folder).free < LEAST
