"""What the Bot API answers to a message, and when the bot asks who it is. Standard library only."""

import json
from itertools import count

ME = json.dumps(
    {
        "ok": True,
        "result": {"id": 123456, "is_bot": True, "first_name": "Carnet", "username": "carnet_bot"},
    }
).encode()
DONE = b'{"ok":true,"result":true}'

_ids = count(1_000)


def sent(chat: int, text: str) -> bytes:
    """The message as Telegram gives it back."""
    message = {
        "message_id": next(_ids),
        "date": 1_795_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "Amina"},
        "from": {"id": 123456, "is_bot": True, "first_name": "Carnet", "username": "carnet_bot"},
        "text": text,
    }
    return json.dumps({"ok": True, "result": message}, ensure_ascii=False).encode()
