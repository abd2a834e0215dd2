"""What sending costs, as the settings say, and with how many people WhatsApp lets us begin a day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tariff:
    """Rates per message: of a template by its category (`utility`, `marketing` …), `free_form`, `sms`."""

    tier: int = 0  # people in 24 hours; 0: no limit
    currency: str = ""
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def estimate(self, sends: Counter[str]) -> str:
        """What so many sends of each sort cost; empty where a rate is not known.

        >>> Tariff(0, "MAD", {"utility": Decimal("0.12")}).estimate(Counter(utility=10))
        '1.20 MAD'
        >>> Tariff().estimate(Counter(utility=10))
        ''
        """
        sorts = [sort for sort, count in sends.items() if count]
        if not sorts or any(sort not in self.rates for sort in sorts):
            return ""
        total = sum((self.rates[sort] * sends[sort] for sort in sorts), Decimal(0))
        return f"{total:.2f} {self.currency}".strip()

    def days(self, people: int) -> tuple[int, int]:
        """How many of these people fit into today's tier, and how many wait for another day."""
        today = min(people, self.tier) if self.tier else people
        return today, people - today


NO_TARIFF = Tariff()
