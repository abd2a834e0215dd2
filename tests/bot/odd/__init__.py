"""What comes in, kind by kind, as docs/channels.md lists it.

listed    the tables of the document
telegram  an update of each kind
notes     Telegram's own notes, and updates that are not for us
shapes    any update of the shape that the specification gives it
twilio    a form of each kind
"""
