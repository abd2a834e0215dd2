"""The command `python -m tests.fuzz TARGET SECONDS`: what breaks is kept in `.fuzz/TARGET`."""

import argparse
import hashlib
import sys
from importlib import import_module
from pathlib import Path

FOLDER = Path(".fuzz")
SLOWEST = 10  # seconds of one input, with the instruments on: about two without
TARGETS = ("expressions", "sheets", "answers", "xforms")


def main() -> None:
    """Fuzz one target for so many seconds; ends with 0 if nothing broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("seconds", type=int)
    asked = parser.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("Fuzzing needs atheris, which is not installed: pip install atheris")
    with atheris.instrument_imports(include=["conversations"]):
        target = import_module(f"tests.fuzz.{asked.target}")
    kept = FOLDER / asked.target
    kept.mkdir(parents=True, exist_ok=True)
    for seed in target.SEEDS:
        (kept / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={asked.seconds}",
        f"-timeout={SLOWEST}",
        "-max_len=20000",
        f"-artifact_prefix={kept}/",
        str(kept),
    ]
    atheris.Setup([sys.argv[0], *options], target.check, custom_mutator=getattr(target, "mutate", None))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
