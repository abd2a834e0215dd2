"""What comes in, kind by kind, as docs/channels.md lists it.

listed    the tables of the document
telegram  an update of each kind
notes     Telegram's own notes, and updates that are not for us
twilio    a form of each kind
"""
