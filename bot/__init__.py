"""The program: the only place that knows all the others.

cli               the command `carnet`
form_cli          `carnet form`: checking a sheet
doctor            `carnet doctor`: what is there, and what to do where something is not (a package)
settings          environment variables and `.env`
room              whether the disk is full
zones             the pinned time zone rules
single            one program per embedded database
logs              what the program tells of itself
listening         our place on the network
garbage           when Python looks for garbage
serve             the event loop, the web server, what is told at start
service           everything that runs, put together
connections       the channels that the settings connect
app               the face on the network: webhooks, health; the pages once they are asked for
pages             what people and providers fetch, the phone, the trainers' view
channels          parsing and transporting (a package)
receive           one writer thread, group commit
handle            a batch of arrivals in one transaction
templates         WhatsApp's templates, as the provider lists them
sending           the send loop, the pace of each account, what follows from a send (a package)
files             files that go out or come in, and the routes they are fetched from (a package)
watching          how the program is doing: counters, health (a package)
clear             the loop that clears chats after a quick exit
clock_jumps       noticing that somebody has set the clock
schedule          jobs by time, run by APScheduler
"""
