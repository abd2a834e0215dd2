"""Keeping out of the logs what the libraries would write: secret addresses, what they send and read."""

import logging

# At level INFO httpx writes every address: Telegram's hold the bot's token, Twilio's the account.
# At DEBUG python-telegram-bot writes every message it sends; an answer that is no JSON it writes at any
# level, and half an answer still quotes the message. SQLAlchemy writes the rows it reads.
WARNINGS = ("httpx", "httpcore", "twilio.http_client", "sqlalchemy.engine.Engine", "sqlalchemy.pool")
NOTHING = ("telegram", "telegram.Bot", "telegram.request.BaseRequest", "telegram.request.HTTPXRequest")


class _AtLeast(logging.Filter):
    """Lets nothing pass below a level, whatever level somebody gives the logger later."""

    def __init__(self, level: int) -> None:
        super().__init__(f"at least {level}")
        self.level = level

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= self.level


def silence_libraries() -> None:
    """Let only warnings of these libraries through; of Telegram's nothing, its errors come as exceptions."""
    for names, least in ((WARNINGS, logging.WARNING), (NOTHING, logging.CRITICAL + 1)):
        for name in names:
            logger = logging.getLogger(name)
            logger.setLevel(least)
            if not any(isinstance(one, _AtLeast) for one in logger.filters):
                logger.addFilter(_AtLeast(least))
