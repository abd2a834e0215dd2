"""How often a page for an employer may be opened, and tokens be guessed, from one client address."""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

OPENED = parse("60 per minute")  # an office shares one address
MISSED = parse("20 per 15 minutes")  # a guess at 128 bits is hopeless; this keeps it quiet as well


class Visits:
    """The visits of the last minutes, in this process."""

    def __init__(self) -> None:
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, address: str) -> bool:
        """Count one visit; False if there were too many, or too many that led nowhere."""
        return self.limiter.test(MISSED, address) and self.limiter.hit(OPENED, address)

    def missed(self, address: str) -> None:
        """The visit led nowhere."""
        self.limiter.hit(MISSED, address)
