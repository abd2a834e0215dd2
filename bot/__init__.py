"""The program: the only place that knows all the others.

cli               the command `carnet`
form_cli          `carnet form`: checking a sheet
doctor            `carnet doctor`: what is there, and what to do where something is not
settings          environment variables and `.env`
room              whether the disk is full
zones             the pinned time zone rules
single            one program per embedded database
logs              what the program tells of itself
listening         our place on the network
serve             the event loop, the web server, what is told at start
service           everything that runs, put together
connections       the channels that the settings connect
app               the face on the network: webhooks, phone, health, trainers' view
channels          parsing and transporting (a package)
receive           one writer thread, group commit
handle            a batch of arrivals in one transaction
send              the send loop
media             recordings and pictures of forms: which are sent, and the routes they are fetched from
recordings        the folder of recordings, and the routes they are fetched from
recordable        what can be recorded, and what of it is not yet
byte_range        the part of a file that a player asks for
documents         files made for one person when they are sent, and the route they are fetched from
clear             the loop that clears chats after a quick exit
pace              messages per second of one account
schedule          jobs by time, run by APScheduler
telegram_service  keeping the Telegram bot connected
"""
