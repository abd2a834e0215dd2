"""What the program tells of itself: one line per event, codes and ids only, nothing of people."""

import logging
import sys

import structlog

from bot.channels.http_logs import silence_libraries


def set_up_logs(level: str = "info") -> None:
    """Structured lines on standard error: readable on a terminal, JSON elsewhere. Of libraries, warnings."""
    terminal = sys.stderr.isatty()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    silence_libraries()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # frames only: locals may hold what people wrote
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
