"""WhatsApp and SMS through Twilio.

signature  whether a webhook is really Twilio's
webhooks   messages and status reports as events
codes      what the error codes mean
transport  sending
media      files that people sent: only those of our own account
"""
