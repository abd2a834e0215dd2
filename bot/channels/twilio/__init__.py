"""WhatsApp and SMS through Twilio.

signature  whether a webhook is really Twilio's
webhooks   messages and status reports as events
codes      what the error codes mean
transport  sending
"""
