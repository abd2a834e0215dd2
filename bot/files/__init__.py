"""Files that go with messages, and the routes they are fetched from.

form_media  recordings and pictures of forms: which are sent
recordings  the folder of recordings
recordable  what can be recorded, and what of it is not yet
documents   files made for one person when they are sent
fetching    files that people sent, into the folder
sniffing    what a file is, by its first bytes
pictures    a photo as it is kept, drawn anew in a child process, pictures_child
"""
