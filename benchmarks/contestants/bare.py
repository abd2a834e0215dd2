"""A route that checks the secret, reads the JSON and does nothing: what the web server alone can take."""

import sys
from typing import Any

import uvicorn

from benchmarks.contestants.serving import config, serve, webhook


async def _nothing(_update: Any) -> None:
    return


if __name__ == "__main__":
    serve(uvicorn.Server(config(webhook(_nothing), int(sys.argv[1]))).serve())
