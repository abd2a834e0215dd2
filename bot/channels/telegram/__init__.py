"""Telegram's Bot API.

fields     the fields of a message, by what they say of who wrote it
contents   what the person did with one message
updates    Telegram's updates as events
polling    our own getUpdates loop
setup      webhook and menu of commands, told to Telegram at start
request    the library's way to the network
transport  sending
media      files that people sent
service    keeping the bot connected
"""
