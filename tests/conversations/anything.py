"""What people may send, of every sort: for walks at random."""

from hypothesis import strategies as st

from conversations.events import (
    Attachment,
    AttachmentKind,
    ContactCard,
    Edited,
    Event,
    Location,
    Tap,
    Unblocked,
    Unsupported,
)
from conversations.steering.commands import WORDS
from tests.conversations.talking import CODE

STEERING = [word.replace("_", " ") for words in WORDS.values() for word in words.split()]
SAID = [
    *("oui", "non", "wakha", "نعم", "لا", "yes", "ok", "1", "2", "3", "9", "0", "٠", "٣", "1 et 3", "-1"),
    *("12/03/2025", "hier", "mars 2025", "2024", "31/02", "demain", "أمس", "début ramadan"),
    *(
        "bonjour",
        "merci",
        "السلام عليكم",
        "👋",
        "😀😀",
        "",
        " ",
        "\u200f",
        "?",
        "؟",
        "...",
        "/start",
        "/stop",
    ),
    *("j’ai trouvé un travail", "j’ai fini mon stage", "لقيت خدمة", "travail", "formation", "Couturière"),
    *("je veux mourir", "on me frappe", "x" * 5000, "ا" * 1700, "plus tard", "<b>&amp;</b>", "{name}", "%s"),
    *(
        CODE,
        f"/start {CODE}",
        "BIENVENU",
        "RABAT99",
        "stop the music",
        "22 22",
        "123456",
        "AT23456",
        "+212600000001",
    ),
]
ANSWERS = ["1", "12/03/2025", "Couturière", "passer", "2", "oui", "1990"]
WORDS_OF_ANY_SORT = st.sampled_from(SAID) | st.sampled_from(STEERING) | st.text(max_size=40)
FILES = [Attachment(kind, "file1", "image/jpeg", 1000) for kind in AttachmentKind]
OTHERS: list[Event] = [
    *FILES,
    Attachment(AttachmentKind.PHOTO, "file2", caption="menu"),
    Location(34.02, -6.83),
    ContactCard("+212600000001", own=True),
    ContactCard("+212600000002", own=False),
    Edited("autre chose"),
    Edited("stop"),
    Edited(""),
    Unsupported("sticker"),
    Unblocked(),
    Tap("gone:0"),
    Tap(""),
]
