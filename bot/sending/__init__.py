"""Sending: what is due leaves at its account's pace, one message per chat at a time, and is settled.

loop          claim what is due, hand each message over, write what came of it
account       one of our accounts: its transport and its pace
gcra          how many pass in a time: evenly, and never more than so many within any span
pace          messages per second of one account and to one chat
attempt       one attempt: the way it takes, its parts, each handed to the transport
outside       outside of WhatsApp's 24 hours: by template, by a knock, or waiting
tier          with how many people WhatsApp lets us begin in 24 hours
files         files that go with a message: which can be sent, and a few at a time in memory
resting       accounts whose every send is refused, and whether they are mended
consequences  what follows from an answer to a send
"""
