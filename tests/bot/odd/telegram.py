"""An update of each kind that Telegram delivers about people, as the specification has it."""

from collections.abc import Mapping

Json = dict[str, object]

SENT_AT = 1795000000  # 2026-11-18 11:06:40 UTC
PERSON: Json = {"id": 5000000007, "is_bot": False, "first_name": "Amina", "language_code": "fr"}
CHAT: Json = {"id": 5000000007, "type": "private", "first_name": "Amina"}
GROUP: Json = {"id": -1001, "type": "group", "title": "Ensemble"}
SUPERGROUP: Json = {"id": -1001000, "type": "supergroup", "title": "Ensemble"}
CHANNEL: Json = {"id": -1002000, "type": "channel", "title": "Avis"}
BOT: Json = {"id": 123456, "is_bot": True, "first_name": "Carnet", "username": "carnet_bot"}
FILE: Json = {"file_id": "F1", "file_unique_id": "U1"}
PICTURE = FILE | {"width": 1280, "height": 960}
SMALL = {"file_id": "F0", "file_unique_id": "U0", "width": 90, "height": 67}
FILM = PICTURE | {"duration": 3}
SPOT: Json = {"latitude": 34.02, "longitude": -6.83}
USER_ORIGIN: Json = {"type": "user", "date": SENT_AT - 60, "sender_user": PERSON}
STICKER = PICTURE | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
POLL: Json = {
    "id": "1",
    "question": "Ça va ?",
    "options": [{"persistent_id": "o1", "text": "oui", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}


def a_message(**fields: object) -> Json:
    base: Json = {"message_id": 7, "date": SENT_AT, "chat": CHAT, "from": PERSON}
    return base | fields


def message(**fields: object) -> Json:
    return {"update_id": 900, "message": a_message(**fields)}


def edited(**fields: object) -> Json:
    return {"update_id": 901, "edited_message": a_message(edit_date=SENT_AT + 60, **fields)}


def tap(**fields: object) -> Json:
    query: Json = {"id": "77", "from": PERSON, "chat_instance": "1", "data": "tok:1"}
    return {"update_id": 902, "callback_query": query | fields}


def membership(status: str, chat: Json = CHAT, **member: object) -> Json:
    change: Json = {
        "chat": chat,
        "from": PERSON,
        "date": SENT_AT,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": status} | member,
    }
    return {"update_id": 903, "my_chat_member": change}


def _without_data(update: Json) -> Json:
    query = update["callback_query"]
    assert isinstance(query, dict)
    return {**update, "callback_query": {name: value for name, value in query.items() if name != "data"}}


SHOWN = a_message(text="?", reply_markup={"inline_keyboard": [[{"text": "Oui", "callback_data": "tok:1"}]]})

KINDS: Mapping[str, Json] = {
    "text": message(text="Salam"),
    "text, forwarded": message(text="Salam", forward_origin=USER_ORIGIN),
    "text, by way of an inline bot": message(text="Salam", via_bot=BOT),
    "text with formatting of its own (rich)": message(
        rich_message={
            "blocks": [
                {"type": "paragraph", "text": ["Je suis ", {"type": "bold", "text": "à Salé"}]},
                {"type": "list", "items": [{"label": "1.", "blocks": [{"type": "footer", "text": "oui"}]}]},
            ]
        }
    ),
    "text without a sign, or of blanks": message(text=" \n "),
    "text with a date that cannot be read": message(text="Salam", date=10**17),
    "command with our name": message(text="/menu@carnet_bot"),
    "command with another bot's name": message(text="/menu@other_bot"),
    "button tapped": tap(message=SHOWN),
    "button on a vanished message": tap(message={"chat": CHAT, "message_id": 5, "date": 0}),
    "button without any message": tap(),
    "button of a message sent through an inline bot": tap(inline_message_id="AAE"),
    "button that carries nothing (a game)": _without_data(tap(message=SHOWN, game_short_name="chess")),
    "correction of a text": edited(text="Rabat"),
    "correction of a caption": edited(photo=[SMALL], caption="Diplôme"),
    "photo": message(photo=[SMALL, PICTURE], caption="Diplôme"),
    "photo that moves (live photo)": message(photo=[PICTURE], live_photo=FILM | {"file_id": "F2"}),
    "album": message(photo=[PICTURE], media_group_id="13950000000000001"),
    "voice": message(voice=FILE | {"duration": 12, "mime_type": "audio/ogg", "file_size": 48213}),
    "audio": message(audio=FILE | {"duration": 12, "mime_type": "audio/mpeg"}),
    "video": message(video=FILM | {"mime_type": "video/mp4"}),
    "video note": message(video_note=FILE | {"length": 240, "duration": 3}),
    "document": message(document=FILE | {"mime_type": "application/pdf"}),
    "place": message(location=SPOT),
    "live place": message(location=SPOT | {"live_period": 900, "heading": 90}),
    "live place that moves": edited(location=SPOT | {"live_period": 900}),
    "venue": message(
        location=SPOT, venue={"location": SPOT, "title": "Gare", "address": "Avenue Mohammed V"}
    ),
    "place that is none on Earth": message(location={"latitude": 134.02, "longitude": -6.83}),
    "contact, their own": message(
        contact={"phone_number": "212600000001", "first_name": "Amina", "user_id": 5000000007}
    ),
    "contact, somebody else's": message(
        contact={"phone_number": "+212600000002", "first_name": "Ali", "user_id": 777}
    ),
    "contact, handed on from another chat": message(
        contact={"phone_number": "212600000001", "first_name": "Amina", "user_id": 5000000007},
        forward_origin=USER_ORIGIN,
    ),
    "sticker": message(sticker=STICKER),
    "sticker that moves": message(sticker=STICKER | {"is_animated": True}),
    "animation": message(animation=FILM, document=FILE),
    "animation with words": message(animation=FILM, document=FILE, caption="Bravo"),
    "poll": message(poll=POLL),
    "dice": message(dice={"emoji": "🎲", "value": 3}),
    "game": message(game={"title": "Dames", "description": "Un jeu", "photo": [SMALL]}),
    "story": message(story={"chat": CHAT, "id": 3}),
    "paid media": message(paid_media={"star_count": 1, "paid_media": [{"type": "photo", "photo": [SMALL]}]}),
    "checklist": message(checklist={"title": "À faire", "tasks": [{"id": 1, "text": "CV"}]}),
    "invoice": message(
        invoice={
            "title": "x",
            "description": "x",
            "start_parameter": "",
            "currency": "XTR",
            "total_amount": 1,
        }
    ),
    "gift": message(
        gift={"gift": {"id": "1", "sticker": STICKER, "star_count": 15}},
    ),
    "giveaway, forwarded": message(
        giveaway={"chats": [CHANNEL], "winners_selection_date": SENT_AT, "winner_count": 1},
        forward_origin={"type": "channel", "date": SENT_AT, "chat": CHANNEL, "message_id": 1},
    ),
    "we are blocked": membership("kicked", until_date=0),
    "we are unblocked": membership("member"),
    "taken into a group": membership("member", GROUP),
    "message in a group": message(text="/start@carnet_bot", chat=GROUP),
    "message in a supergroup": message(text="Bonjour", chat=SUPERGROUP, message_thread_id=4),
    "content of a kind not known yet": message(hologram={"x": 1}),
}
