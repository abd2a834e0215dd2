"""Incoming events: read all they need at once, write all that follows at once, within one transaction.

arrivals   one event on its way in, and the case it becomes
claim      take the events that are new; a repetition is dropped here
writers    who writes from a chat that several people share
people     whose events they are: aliases to addresses, participants, newcomers
invitations join codes in what people wrote
known      what is on file about the people of a batch
undelivered what of ours has not reached them yet
load       the snapshots, with one query per table
taps       what tapped buttons meant
sharers    who shares a chat, as a step may know them
entries    one-time codes of strangers, the association of newcomers
holdings   pauses and erasures; what is kept, in numbers, for who asks
save       the outcomes, with one statement per table; in the order of the next ones
enrol      the rows a new participant begins with
traces     what is kept of the people themselves: newcomers, participants, addresses, what they sent
linking    two addresses of one person: the proof, and what follows from it
numbers    a phone number that changed: the address follows, the old number ends
logbook    submissions, milestones, consents, planned contacts
sharing    pages for employers: read where they may be talked of, opened and closed
spoken     answers by voice
rights     pauses, and erasures planned, hastened, taken back
codes      the codes that guard logbooks: set, removed, mistyped
attendance  workshops a person is invited to, and what they answer
reports    what is for the safeguarding contact only
holds      who writes from a shared chat, what waits until that is clear
replies    sessions, buttons, chats to clear, the messages to send
failures   an event that we could not handle: kept, shown, apologised for
"""

from storage.inbox.arrivals import Arrival, Case, Settled
from storage.inbox.claim import claim
from storage.inbox.failures import save_failure
from storage.inbox.load import load
from storage.inbox.save import save

__all__ = ["Arrival", "Case", "Settled", "claim", "load", "save", "save_failure"]
