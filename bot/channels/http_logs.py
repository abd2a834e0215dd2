"""Keeping addresses that hold secrets out of the logs."""

import logging


def silence_urls() -> None:
    """httpx logs every URL at level INFO: Telegram's hold the bot's token, Twilio's the account."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
