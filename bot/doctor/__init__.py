"""`carnet doctor`: is everything there that the program needs, and what is to be done where it is not.

findings  what a check finds
here      this computer: settings, folder, database, master key, time zone rules
recorded  the recordings for people who listen
asking    one question to a server, with little patience
telegram  the bot: its token, where Telegram delivers
twilio    the account: its token, where Twilio delivers
outside   whether our own address is reached, whether our clock is right
examine   all checks, one after the other
"""

from bot.doctor.examine import examine
from bot.doctor.findings import Finding, Health

__all__ = ["Finding", "Health", "examine"]
