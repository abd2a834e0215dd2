"""python-telegram-bot's ConversationHandler: `python -m benchmarks.contestants.ptb PORT [FILE] [PROVIDER]`.

Without a file the conversations are in memory. Without a provider every message it sends is answered at
once, within the process. Its own defaults everywhere else (a conversation is per chat and user).
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import ReplyKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BasePersistence,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PersistenceInput,
    filters,
)

from benchmarks.contestants.bots import (
    AGAIN,
    ASK_CITY,
    ASK_GENDER,
    ASK_YEAR,
    THANKS,
    open_file,
    read_city,
    read_gender,
    read_year,
)
from benchmarks.contestants.instant import Instant
from benchmarks.contestants.serving import config, serve, webhook
from benchmarks.contestants.walk import CITIES, GENDERS, TOKEN

GENDER, YEAR, CITY = range(3)
CHOICES = {
    ASK_GENDER: ReplyKeyboardMarkup([[code] for code in GENDERS]),
    ASK_CITY: ReplyKeyboardMarkup([[code] for code in CITIES]),
}
Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, int]]
App = Application[Any, Any, Any, Any, Any, Any]


class Kept(BasePersistence[dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """Conversations and answers in SQLite; whoever drives the application commits."""

    def __init__(self, path: Path) -> None:
        wanted = PersistenceInput(bot_data=False, chat_data=False, callback_data=False)
        super().__init__(store_data=wanted, update_interval=3600)
        self.connection: sqlite3.Connection = open_file(path)

    async def get_conversations(self, name: str) -> dict[Any, Any]:
        rows = self.connection.execute("SELECT key, state FROM states WHERE state IS NOT NULL")
        return {tuple(json.loads(key)): int(state) for key, state in rows}

    async def update_conversation(self, name: str, key: Any, new_state: object | None) -> None:
        row = (json.dumps(key), None if new_state is None else str(new_state))
        self.connection.execute("INSERT OR REPLACE INTO states VALUES (?, ?)", row)

    async def get_user_data(self) -> dict[int, dict[Any, Any]]:
        rows = self.connection.execute("SELECT key, answers FROM answers")
        return {int(key): json.loads(answers) for key, answers in rows}

    async def update_user_data(self, user_id: int, data: dict[Any, Any]) -> None:
        row = (str(user_id), json.dumps(data))
        self.connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", row)

    async def get_chat_data(self) -> dict[int, dict[Any, Any]]:
        return {}

    async def get_bot_data(self) -> dict[Any, Any]:
        return {}

    async def get_callback_data(self) -> None:
        return

    async def update_chat_data(self, chat_id: int, data: dict[Any, Any]) -> None:
        return

    async def update_bot_data(self, data: dict[Any, Any]) -> None:
        return

    async def update_callback_data(self, data: Any) -> None:
        return

    async def drop_chat_data(self, chat_id: int) -> None:
        return

    async def drop_user_data(self, user_id: int) -> None:
        return

    async def refresh_user_data(self, user_id: int, user_data: dict[Any, Any]) -> None:
        return

    async def refresh_chat_data(self, chat_id: int, chat_data: dict[Any, Any]) -> None:
        return

    async def refresh_bot_data(self, bot_data: dict[Any, Any]) -> None:
        return

    async def flush(self) -> None:
        self.connection.commit()


async def _begin(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    return await _ask(update, ASK_GENDER, GENDER)


async def _ask(update: Update, text: str, state: int) -> int:
    assert update.message is not None
    await update.message.reply_text(text, reply_markup=CHOICES.get(text))
    return state


def _answer(name: str, read: Callable[[str], str | None], here: int, following: str, there: int) -> Handler:
    """Take one answer: kept, and the next thing said."""

    async def take(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        assert context.user_data is not None
        answer = read(update.message.text or "")
        if answer is None:
            return await _ask(update, AGAIN, here)
        context.user_data[name] = answer
        return await _ask(update, following, there)

    return take


def make(path: Path | None, provider: str) -> App:
    """The application with its one conversation."""
    words = filters.TEXT & ~filters.COMMAND
    conversation: ConversationHandler[Any] = ConversationHandler(
        entry_points=[MessageHandler(filters.Regex("^1$"), _begin)],
        states={
            GENDER: [MessageHandler(words, _answer("gender", read_gender, GENDER, ASK_YEAR, YEAR))],
            YEAR: [MessageHandler(words, _answer("year", read_year, YEAR, ASK_CITY, CITY))],
            CITY: [MessageHandler(words, _answer("city", read_city, CITY, THANKS, ConversationHandler.END))],
        },
        fallbacks=[],
        name="walk",
        persistent=path is not None,
    )
    builder = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None)
    builder = builder.base_url(f"{provider}/bot") if provider else builder.request(Instant())
    if path is not None:
        builder = builder.persistence(Kept(path))
    application = builder.build()
    application.add_handler(conversation)
    return application


async def run(port: int, path: Path | None, provider: str) -> None:
    application = make(path, provider)

    async def handle(update: Any) -> None:
        await application.process_update(Update.de_json(update, application.bot))
        if application.persistence is not None:
            await application.update_persistence()
            await application.persistence.flush()

    async def answers(_request: Request) -> Response:
        """What it holds, for the check."""
        return JSONResponse({chat: dict(kept) for chat, kept in application.user_data.items()})

    server = webhook(handle)
    server.routes.append(Route("/answers", answers))
    async with application:
        await application.start()
        await uvicorn.Server(config(server, port)).serve()
        await application.stop()


if __name__ == "__main__":
    port, file, provider = (*sys.argv[1:], "", "")[:3]
    serve(run(int(port), Path(file) if file else None, provider))
