"""Workshops in the chat.

texts      workshops as people read them
answering  coming or not, the code of the room, «my workshops»
"""
