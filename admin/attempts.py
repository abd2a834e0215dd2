"""How often a sign-in may be tried, per login and per client address."""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_LOGIN = parse("10 per 15 minutes")
PER_ADDRESS = parse("40 per 15 minutes")  # an association's trainers share one address
WAIT = 15  # minutes, as the page says


class Attempts:
    """The attempts of the last quarter of an hour, in this process."""

    def __init__(self) -> None:
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, login: str, address: str) -> bool:
        """Count one attempt; False if there were too many. `login` is its blind index, never its text."""
        by_login = self.limiter.hit(PER_LOGIN, "login", login)
        by_address = self.limiter.hit(PER_ADDRESS, "address", address)
        return by_login and by_address

    def forgive(self, login: str) -> None:
        """The right password was given: earlier slips do not count."""
        self.limiter.clear(PER_LOGIN, "login", login)
