"""Files that go with messages, and the routes they are fetched from.

form_media  recordings and pictures of forms: which are sent
recordings  the folder of recordings
recordable  what can be recorded, and what of it is not yet
documents   files made for one person when they are sent
byte_range  the part of a file that a player asks for
"""
