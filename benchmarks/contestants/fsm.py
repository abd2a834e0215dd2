"""aiogram's finite state machine: `python -m benchmarks.contestants.fsm PORT FILE [PROVIDER]`.

aiogram pins libraries that Carnet has in a newer version, so it has an environment of its own. Without a
provider every message it sends is answered at once, within the process.
"""

import json
import sqlite3
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup, Update

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
from benchmarks.contestants.replies import ME, sent
from benchmarks.contestants.serving import config, serve, webhook
from benchmarks.contestants.walk import CITIES, GENDERS, TOKEN


def _keyboard(codes: tuple[str, ...]) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text=code)] for code in codes])


CHOICES = {ASK_GENDER: _keyboard(GENDERS), ASK_CITY: _keyboard(CITIES)}


class Walk(StatesGroup):
    """The questions."""

    gender = State()
    year = State()
    city = State()


class Instant(BaseSession):
    """Answers every call within the process."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], *_timeout: Any, **_named: Any) -> Any:
        body = sent(int(method.chat_id), method.text) if isinstance(method, SendMessage) else ME
        return self.check_response(bot, method, 200, body.decode()).result

    async def stream_content(self, *_given: Any, **_named: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        return


class Kept(BaseStorage):
    """States and answers in SQLite; whoever feeds the updates commits."""

    def __init__(self, path: Path) -> None:
        self.connection: sqlite3.Connection = open_file(path)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        self.connection.execute("INSERT OR REPLACE INTO states VALUES (?, ?)", (str(key.user_id), name))

    async def get_state(self, key: StorageKey) -> str | None:
        return self._one("SELECT state FROM states WHERE key = ?", key)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        row = (str(key.user_id), json.dumps(data))
        self.connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", row)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found = self._one("SELECT answers FROM answers WHERE key = ?", key)
        return json.loads(found) if found else {}

    async def close(self) -> None:
        self.connection.close()

    def _one(self, query: str, key: StorageKey) -> str | None:
        row = self.connection.execute(query, (str(key.user_id),)).fetchone()
        return row[0] if row else None


async def _begin(message: Message, state: FSMContext) -> None:
    await _ask(message, state, ASK_GENDER, Walk.gender)


async def _ask(message: Message, state: FSMContext, text: str, there: State | None) -> None:
    await message.answer(text, reply_markup=CHOICES.get(text))
    await state.set_state(there)


def _answer(
    name: str, read: Callable[[str], str | None], following: str, there: State | None
) -> Callable[[Message, FSMContext], Awaitable[None]]:
    """Take one answer: kept, and the next thing said."""

    async def take(message: Message, state: FSMContext) -> None:
        answer = read(message.text or "")
        if answer is None:
            await message.answer(AGAIN)
            return
        await state.update_data({name: answer})
        await _ask(message, state, following, there)

    return take


async def run(port: int, path: Path, provider: str) -> None:
    kept = Kept(path)
    session = AiohttpSession(api=TelegramAPIServer.from_base(provider)) if provider else Instant()
    bot = Bot(TOKEN, session=session)
    dispatcher = Dispatcher(storage=kept)
    dispatcher.message.register(_answer("gender", read_gender, ASK_YEAR, Walk.year), Walk.gender)
    dispatcher.message.register(_answer("year", read_year, ASK_CITY, Walk.city), Walk.year)
    dispatcher.message.register(_answer("city", read_city, THANKS, None), Walk.city)
    dispatcher.message.register(_begin, F.text == "1")

    async def handle(update: Any) -> None:
        await dispatcher.feed_update(bot, Update.model_validate(update, context={"bot": bot}))
        kept.connection.commit()

    await uvicorn.Server(config(webhook(handle), port)).serve()
    await bot.session.close()


if __name__ == "__main__":
    port, file, provider = (*sys.argv[1:], "")[:3]
    serve(run(int(port), Path(file), provider))
