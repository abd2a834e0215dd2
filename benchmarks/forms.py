"""The command `python -m benchmarks.forms`: each part prints its own lines."""

from benchmarks import expressions, running

PARTS = (expressions.run, running.run)

if __name__ == "__main__":
    for part in PARTS:
        part()
