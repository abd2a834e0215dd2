"""The ground floor: what is said and understood. Pure: no clock, no network, no database.

vocabulary      the words of the field, as codes
messages        what is said: message ids with arguments, never finished text
events          what can happen to a conversation
forms           XLSForms, run one question at a time (a package)
expressions     XPath with ODK's functions, for the rules in forms (a package)
answers         what people type, understood (a package)
session         where a conversation stands
safety          distress, the quick exit: what comes before every other answer (a package)
snapshot        what a step may know of a person
changes         what a step asks to be written down, and its outcome (a package)
turn            one turn: what came, what it may know, the move it makes
menu            what can be done now
asked           a question as it stands
form_names      what people call a form, in their language
form_questions  what is asked of an open form
asking          the question of each place, and which choice a message means
entry           coming into a logbook: a new one, or one that is there (a package)
steps           the steps of a working life (a package)
voice           listening instead of reading, speaking instead of writing (a package)
contacts        when we write first (a package)
workshops       workshops in the chat (a package)
logbook         the logbook as its owner reads it, and as an employer may (a package)
rights          what is kept of a person, and what they can do about it (a package)
unusable        what cannot be used here, and where nobody can be answered
steering        words that steer instead of answering (a package)
ways_on         where a question is not answered: what is said, and the ways on
dialogues       forms in the chat
home            the menu and what it offers
unsure          ninety silent days: who writes then may be somebody else
guarding        the code, or the team, comes before what is guarded
afterwards      the person as a move leaves them
answering       who answers in each place
at_the_desk     the same forms, filled in by staff
step            one event in, one outcome out
templates       WhatsApp's approved messages, for outside its 24 hours (a package)
render          from prompts to what a person reads on their channel (a package)
"""
