"""The channels only parse and transport; nothing here knows what a conversation is.

cleaning            what people write, without what no store takes
places              a place as told by a provider, if it is one on Earth
bodies              reading a request without being flooded
counters            what /metrics tells of deliveries
receiving           where events are handed over: returns after the commit, or raises Unavailable
accounts            our accounts with the providers
sending             what a transport does and what can come of a send
http_logs           keeping URLs with secrets out of the logs
telegram_updates    Telegram's updates as events
telegram_polling    our own getUpdates loop
telegram_setup      webhook and menu of commands, told to Telegram at start
telegram_transport  sending through the Bot API
twilio_signature    whether a webhook is really Twilio's
twilio_webhooks     Twilio's messages and status reports as events
twilio_codes        what Twilio's error codes mean
twilio_transport    sending WhatsApp messages and SMS
webhooks            the routes the providers deliver to
phone               the simulated phone's transcripts and transport
phone_files         what people send from it: files in memory, places
phone_page          its page
phone_routes        its routes
"""
