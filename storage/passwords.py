"""Passwords of staff: argon2id, and random ones to hand over once."""

from functools import cache
from secrets import choice

from pwdlib import PasswordHash

from storage.errors import StorageError

MIN_LENGTH = 12  # characters; length is what counts (NIST SP 800-63B section 5.1.1)
MAX_LENGTH = 200  # characters; a longer one would only be work for the hash
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter or digit that looks like another
ONE_TIME_GROUPS = 4  # of four characters: 79 bits


class PasswordUnfit(StorageError):
    """A new password is too short, too long, or the same as the login."""


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Slow on purpose: call it outside of a transaction."""
    return _hasher().hash(password)


def matches(password: str, password_hash: str) -> bool:
    """Whether this is the password; an empty hash (an unknown login) takes as long."""
    return _hasher().verify(password[:MAX_LENGTH], password_hash or _nobody())


@cache
def _nobody() -> str:
    """The hash that an unknown login is compared with: time tells no more than the page."""
    return hash_password(one_time_password())


def require_fit(password: str, login: str) -> None:
    """PasswordUnfit unless the password may be chosen."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH or password.casefold() == login.casefold():
        raise PasswordUnfit


def one_time_password() -> str:
    """A random password that can be read out and typed, such as `hk4m-9qzt-xw2c-p7ra`."""
    groups = ("".join(choice(READABLE) for _ in range(4)) for _ in range(ONE_TIME_GROUPS))
    return "-".join(groups)
