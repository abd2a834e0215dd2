"""What a line of the log is about: one random name per delivery, or per run of a job.

It goes with the event through the writer into the row of each message that follows (`outbox.cause`), and so
into what is logged when that is sent. It is drawn, never derived from anybody.
"""

import secrets

LENGTH = 6  # bytes


def new_cause() -> str:
    """A name for a delivery, or for a run of a job; twelve hexadecimal digits."""
    return secrets.token_hex(LENGTH)
