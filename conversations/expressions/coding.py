"""Functions of codes: `digest`, `base64-encode`, `base64-decode`."""

import base64
import binascii
import hashlib

from conversations.expressions.context import Context
from conversations.expressions.errors import ValueMismatch
from conversations.expressions.functions import eager
from conversations.expressions.values import Value, to_text

DIGESTS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _digest(context: Context, value: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    """The digest of a text, in base64 or hex. Forms choose the algorithm: it protects nothing."""
    name = DIGESTS.get(to_text(algorithm, context))
    if name is None:
        raise ValueMismatch("digest() does not know this algorithm")
    digest = hashlib.new(name, as_bytes(to_text(value, context)), usedforsecurity=False).digest()
    match to_text(encoding, context):
        case "base64":
            return base64.b64encode(digest).decode()
        case "hex":
            return digest.hex()
        case _:
            raise ValueMismatch("digest() writes base64 or hex")


def _decode(context: Context, value: Value) -> Value:
    """The text that base64 holds; empty where it is none."""
    try:
        return base64.b64decode(to_text(value, context), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _encode(context: Context, value: Value) -> Value:
    return base64.b64encode(as_bytes(to_text(value, context))).decode()


def as_bytes(text: str) -> bytes:
    """UTF-8."""
    return text.encode("utf-8", "replace")  # a lone surrogate has no bytes of its own


CODING = {
    "digest": eager(2, 3, _digest),
    "base64-decode": eager(1, 1, _decode),
    "base64-encode": eager(1, 1, _encode),
}
