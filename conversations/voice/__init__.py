"""Listening instead of reading, and speaking instead of writing.

tracks     audio tracks: what is recorded of what we say
listening  read, or listen to which recordings
spoken     answers by voice
"""
