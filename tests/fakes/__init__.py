"""Providers as real HTTP servers on loopback, driven through the real client libraries.

server           runs an ASGI application on a free port, in a thread
answers          what a provider can be told to do instead of its work: errors, silence, nonsense
telegram_server  the Bot API: sending, getUpdates, webhooks
twilio_server    the messages API: sending, signed webhooks, status reports
twilio_account   what Twilio tells of an account and its numbers
twilio_account   what Twilio tells of an account and its numbers
contracts        the providers' own specifications, where they are at hand
fixtures         the servers as pytest fixtures
"""
