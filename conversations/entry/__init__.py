"""Coming into a logbook: a new one, one that staff opened, one that was there before.

invitations  join codes
consent      what people are told before they say yes, and who answers for their data
first_names  the name in how someone introduces themselves
linking      «I already have a logbook»: the proof
joining      code, language, 18 or over, consent
who          several logbooks on one phone: who is writing
entering     coming into a logbook that staff opened
"""
