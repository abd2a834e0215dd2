"""The channels only parse and transport; nothing here knows what a conversation is.

cleaning    what people write, without what no store takes
places      a place as told by a provider, if it is one on Earth
bodies      reading a request without being flooded
counters    what /metrics tells of deliveries
receiving   where events are handed over: returns after the commit, or raises Unavailable
accounts    our accounts with the providers
contents    templates and shapes that a provider keeps
sending     what a transport does and what can come of a send
downloads   fetching a file that somebody sent, with limits, from where we may ask
http_logs   keeping what the libraries would log out of the logs
telegram    the Bot API: updates, polling, set-up, sending (a package)
twilio      WhatsApp and SMS: signatures, webhooks, error codes, sending (a package)
webhooks    the routes the providers deliver to
phone       the simulated phone (a package)
"""
