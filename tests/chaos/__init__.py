"""What nobody wishes for: providers, databases, processes and clocks at their worst.

`make chaos` has all of it at once for a minute, on SQLite and PostgreSQL; CHAOS_SEED draws the same chances.

wire         HTTP as it comes off the wire: answers in every manner, also those that no framework would give
faults       what a provider does instead of its work, drawn by chance and counted
simulators   the providers' side of sending
delivering   the providers' side of receiving: deliveries repeated until they are acknowledged
reporting    Twilio's status reports: late, twice, out of order, of unknown messages
people       the people in the chats
team         the team in the trainers' view
joining      everybody joins before anything goes wrong
databases    a database that is locked, or at the end of a road that is cut
program      the real program, with a clock that others move
dying        places where the program dies between one step and the next
killing      the program as a process of its own: started, killed, started again
scene        the program, the providers, the people, the team, the database between them
storm        everything at once, and the calm after it
order        whether what arrived in a chat is what was made for it, in that order
verdict      what is left when the storm is over
"""
