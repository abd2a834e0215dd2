"""The Telegram bot: whether its token works, and whether updates come the way the settings say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.channels.telegram.setup import WEBHOOK_PATH
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.doctor.asking import ask
from bot.doctor.findings import Finding, Health
from bot.settings import Settings, TelegramMode

RECENT = timedelta(hours=1)  # a failed delivery of which is worth telling
REFUSED = (401, 404)


def telegram(settings: Settings, _track: str) -> Iterator[Finding]:
    """Nothing is asked where no bot is connected."""
    account = settings.telegram
    if account is None:
        return
    api = f"{account.api_url.rstrip('/')}/bot{account.token}"
    met = ask(f"{api}/getMe")
    if met.status in REFUSED:
        told = "the token is refused: copy it again from @BotFather into CARNET_TELEGRAM_TOKEN."
        yield Finding(Health.WRONG, told)
        return
    bot = met.body.get("result")
    if not met.went_well or not isinstance(bot, dict):
        told = f"it does not answer ({met.told}): check the network and CARNET_TELEGRAM_API_URL."
        yield Finding(Health.WRONG, told)
        return
    yield Finding(Health.WELL, f"the token works; the bot is @{bot.get('username', '')}.")
    said = ask(f"{api}/getWebhookInfo")
    info = said.body.get("result")
    if not said.went_well or not isinstance(info, dict):
        yield Finding(Health.NOTE, f"it does not say where it delivers ({said.told}): look again later.")
    elif settings.telegram_mode is TelegramMode.POLLING:
        yield from _polling(info)
    else:
        yield from _webhook(info, settings.public_url.rstrip("/") + WEBHOOK_PATH)


def _polling(info: dict[str, object]) -> Iterator[Finding]:
    if info.get("url"):
        told = (
            "a webhook is set, so polling gets nothing: `carnet run` takes it away at its start. If it comes"
            " back, another program uses this token: stop that one, or get a new token."
        )
        yield Finding(Health.WRONG, told)
    else:
        yield Finding(Health.WELL, "no webhook is set: messages are fetched.")


def _webhook(info: dict[str, object], ours: str) -> Iterator[Finding]:
    url = info.get("url")
    if not url:
        told = "no webhook is set: `carnet run` sets it at its start; if it runs, its log says why not."
        yield Finding(Health.WRONG, told)
        return
    if url != ours:
        told = f"it delivers to another address than {ours}: restart `carnet run`, which sets it."
        yield Finding(Health.WRONG, told)
        return
    yield Finding(Health.WELL, f"it delivers to {ours}.")
    allowed = info.get("allowed_updates")
    if isinstance(allowed, list) and not set(ALLOWED_UPDATES) <= set(map(str, allowed)):
        yield Finding(Health.NOTE, "it does not deliver every kind we need: restart `carnet run`.")
    waiting, failed_at = info.get("pending_update_count"), info.get("last_error_date")
    if isinstance(failed_at, int) and datetime.now(UTC).timestamp() - failed_at < RECENT.total_seconds():
        why = str(info.get("last_error_message", ""))[:100]
        told = f"its last delivery failed («{why}»): is the address reached from outside, by HTTPS?"
        yield Finding(Health.WRONG, told)
    if isinstance(waiting, int) and waiting:
        yield Finding(Health.NOTE, f"{waiting} deliveries wait there; they come once we answer.")
