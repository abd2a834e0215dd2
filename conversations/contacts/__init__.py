"""When we write first, and what follows when nobody answers.

followups    when we write on our own
insertion    what follows a new job, business or cooperative
checkins     a check-in or follow-up whose time has come
by_sms       the yes to «you have a message» by SMS
help_wanted  whether an answer asks for help
coming_back  to who waits for the team in vain
"""
