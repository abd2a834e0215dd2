"""How the program is doing, for whoever looks after it: counted, asked, told; nothing of people.

causes     one random name per delivery, in every line of the log that is about it
counters   what /metrics counts as it happens
troubles   what hinders a channel, since when, and what to do
standing   what /metrics and /readyz look up: how much waits, how late
health     what /readyz says
routes     /healthz, /readyz, /metrics
"""
