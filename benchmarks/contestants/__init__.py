"""Who is compared on the way in, each a program of its own on a port, and what they are all given.

- `walk`: the conversation of everyone, as updates of Telegram
- `replies`: what the Bot API answers to a message that was sent
- `serving`: the web server, the same for all
- `bare`: a route that reads the request, and does nothing
- `bots`: the other bots' questions, answers and SQLite file
- `instant`: python-telegram-bot without a network
- `ptb`: python-telegram-bot's ConversationHandler, in memory or kept in SQLite
- `fsm`: aiogram's finite state machine, kept in SQLite (needs aiogram, in an environment of its own)
- `carnet`: Carnet as it runs, on SQLite or PostgreSQL
- `people`: a database of people who have joined; `stores`: on SQLite and PostgreSQL, copied for each turn
- `checks`: whether every message was handled
- `provider`: a Bot API that takes everything at once
- `load`: the requests, on many connections
- `processes`: starting them, and what they use
- `stage`: one turn of one contestant
"""
