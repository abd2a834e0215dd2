"""What Telegram is told about the bot at start: where to deliver, and the menu of commands per language."""

from typing import TYPE_CHECKING

from bot.channels.accounts import TelegramAccount
from bot.channels.telegram.updates import ALLOWED_UPDATES
from conversations.messages import Say
from conversations.render.catalogue import say
from conversations.vocabulary import Language

if TYPE_CHECKING:
    import telegram

WEBHOOK_PATH = "/channels/telegram"
PARALLEL_DELIVERIES = 40  # Telegram's own default, said so that a change there changes nothing here
COMMANDS = (
    "menu",
    "help",
    "language",
    "stop",
)  # each has its words in the catalogue: `telegram.command.<name>`


async def set_webhook(bot: "telegram.Bot", account: TelegramAccount, public_url: str) -> None:
    """Have updates delivered to `public_url`, signed with the account's secret.

    Raises telegram.error.TelegramError, which the start of the program reports.
    """
    await bot.set_webhook(
        url=public_url.rstrip("/") + WEBHOOK_PATH,
        secret_token=account.webhook_secret,
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=PARALLEL_DELIVERIES,
    )


async def set_commands(bot: "telegram.Bot", default: Language) -> None:
    """Show the commands in each language, and in the default one to everybody else.

    Raises telegram.error.TelegramError.
    """
    import telegram

    for language in (None, *Language):
        spoken = language or default
        commands = [
            telegram.BotCommand(name, say(Say(f"telegram.command.{name}"), spoken)) for name in COMMANDS
        ]
        await bot.set_my_commands(commands, language_code=language.value if language else None)
