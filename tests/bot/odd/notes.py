"""Telegram's own notes, and updates that are not for us: nobody waits for an answer to them."""

from collections.abc import Mapping

from tests.bot.odd.telegram import (
    BOT,
    CHANNEL,
    CHAT,
    GROUP,
    PERSON,
    PICTURE,
    POLL,
    SENT_AT,
    SUPERGROUP,
    Json,
    a_message,
    edited,
    membership,
    message,
    tap,
)

CONNECTION: Json = {
    "id": "b",
    "user": PERSON,
    "user_chat_id": 5000000007,
    "date": SENT_AT,
    "is_enabled": True,
}
OTHER: Json = {"id": 777, "is_bot": False, "first_name": "Ali"}


def update(**kind: object) -> Json:
    return {"update_id": 950, **kind}


def _of_somebody_else() -> Json:
    change = membership("member", GROUP)["my_chat_member"]
    return update(chat_member=change)


KINDS: Mapping[str, Json] = {
    "membership that says nothing": membership("left"),
    "correction in a group": edited(text="Bonsoir", chat=GROUP),
    "button tapped in a group": tap(message={"chat": GROUP, "message_id": 5, "date": 0}),
    "thrown out of a group": membership("kicked", GROUP, until_date=0),
    "group that moved to a supergroup": message(chat=GROUP, migrate_to_chat_id=-1001000),
    "note in a group": message(chat=SUPERGROUP, new_chat_members=[OTHER]),
    "taken into a channel": membership("left", CHANNEL),
    "post in a channel": update(channel_post=a_message(text="Avis", chat=CHANNEL, sender_chat=CHANNEL)),
    "message of another bot": message(text="Bip", **{"from": {"id": 9, "is_bot": True, "first_name": "B"}}),
    "note: pinned": message(pinned_message={"chat": CHAT, "message_id": 5, "date": 0}),
    "note: messages delete themselves": message(
        message_auto_delete_timer_changed={"message_auto_delete_time": 60}
    ),
    "note: users shared": message(users_shared={"request_id": 1, "users": [{"user_id": 777}]}),
    "note: chat shared": message(chat_shared={"request_id": 1, "chat_id": -1001}),
    "note: data of a web app": message(web_app_data={"data": "{}", "button_text": "x"}),
    "note: paid": message(
        successful_payment={
            "currency": "XTR",
            "total_amount": 1,
            "invoice_payload": "x",
            "telegram_payment_charge_id": "c",
            "provider_payment_charge_id": "c",
        }
    ),
    "note: passport data": message(
        passport_data={"data": [], "credentials": {"data": "x", "hash": "x", "secret": "x"}}
    ),
    "note: may write": message(write_access_allowed={"from_request": True}),
    "note: background of the chat": message(
        chat_background_set={"type": {"type": "chat_theme", "theme_name": "🌊"}}
    ),
    "reaction": update(
        message_reaction={
            "chat": CHAT,
            "message_id": 5,
            "user": PERSON,
            "date": SENT_AT,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    ),
    "counts of reactions": update(
        message_reaction_count={"chat": CHANNEL, "message_id": 5, "date": SENT_AT, "reactions": []}
    ),
    "answer to a poll": update(
        poll_answer={"poll_id": "1", "user": PERSON, "option_ids": [0], "option_persistent_ids": ["o1"]}
    ),
    "poll that ended": update(poll=POLL | {"is_closed": True}),
    "inline query": update(inline_query={"id": "1", "from": PERSON, "query": "x", "offset": ""}),
    "chosen inline result": update(chosen_inline_result={"result_id": "1", "from": PERSON, "query": "x"}),
    "message of a business account": update(
        business_message=a_message(text="Bonjour", business_connection_id="b")
    ),
    "connection of a business account": update(business_connection=CONNECTION),
    "deleted business messages": update(
        deleted_business_messages={"business_connection_id": "b", "chat": CHAT, "message_ids": [5]}
    ),
    "checkout": update(
        pre_checkout_query={
            "id": "1",
            "from": PERSON,
            "currency": "XTR",
            "total_amount": 1,
            "invoice_payload": "x",
        }
    ),
    "shipping": update(
        shipping_query={
            "id": "1",
            "from": PERSON,
            "invoice_payload": "x",
            "shipping_address": {
                "country_code": "MA",
                "state": "",
                "city": "Salé",
                "street_line1": "x",
                "street_line2": "",
                "post_code": "11000",
            },
        }
    ),
    "paid media bought": update(purchased_paid_media={"from": PERSON, "paid_media_payload": "x"}),
    "membership of somebody else": _of_somebody_else(),
    "request to join": update(
        chat_join_request={"chat": GROUP, "from": PERSON, "user_chat_id": 5000000007, "date": SENT_AT}
    ),
    "boost": update(
        removed_chat_boost={
            "chat": CHANNEL,
            "boost_id": "1",
            "remove_date": SENT_AT,
            "source": {"source": "premium", "user": PERSON},
        }
    ),
    "update of a kind not known yet": update(hologram={"x": PICTURE}),
    "update that is none": {"hello": BOT},
}
