"""Keeping out of the logs what the libraries would write: secret addresses, answers that quote people."""

import logging


def silence_libraries() -> None:
    """httpx logs every URL at level INFO: Telegram's hold the bot's token, Twilio's the account.

    python-telegram-bot logs every answer that is no JSON, and half an answer still quotes the message. Its
    errors reach us as exceptions.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
