"""WhatsApp and SMS through Twilio.

signature  whether a webhook is really Twilio's
webhooks   messages and status reports as events
numbers    phone numbers that are written in two ways
codes      what the error codes mean
client     the library's way to the network
contents   templates and shapes: listed, made, handed in
transport  sending
media      files that people sent: only those of our own account
"""
