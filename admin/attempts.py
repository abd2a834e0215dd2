"""How often a sign-in may be tried: per login from one client address, per address, and per login at all."""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_PAIR = parse("10 per 15 minutes")  # one login from one address
PER_ADDRESS = parse("40 per 15 minutes")  # an association's trainers share one address
PER_LOGIN = parse("100 per 15 minutes")  # from everywhere: a stranger's guesses must not lock the owner out
WAIT = 15  # minutes, as the page says


class Attempts:
    """The attempts of the last quarter of an hour, in this process."""

    def __init__(self) -> None:
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, login: str, address: str) -> bool:
        """Count one attempt; False if there were too many. `login` is its blind index, never its text.

        What one limit refuses does not count towards the next: else one address alone would use up them all.
        """
        return (
            self.limiter.hit(PER_PAIR, "pair", login, address)
            and self.limiter.hit(PER_ADDRESS, "address", address)
            and self.limiter.hit(PER_LOGIN, "login", login)
        )

    def forgive(self, login: str, address: str) -> None:
        """The right password was given: earlier slips from there do not count."""
        self.limiter.clear(PER_PAIR, "pair", login, address)
