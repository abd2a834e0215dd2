"""The simulated phone: a channel without a provider.

screens  its transcripts and transport
files    what people send from it: files in memory, places
media    those files, as they are fetched
page     its page
routes   its routes
"""
