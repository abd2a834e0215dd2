"""The ground floor: what is said and understood. Pure: no clock, no network, no database.

vocabulary    the words of the field, as codes
messages      what is said: message ids with arguments, never finished text
events        what can happen to a conversation
forms         XLSForms, run one question at a time (a package)
expressions   XPath with ODK's functions, for the rules in forms (a package)
answers       what people type, understood (a package)
session       where a conversation stands
safety        distress, the quick exit: what comes before every other answer (a package)
snapshot      what a step may know of a person
code_changes  the same, about the code of a logbook
voice_changes  the same, about what is listened to and answered by voice
changes       what a step asks to be written down, and its outcome
tracks        audio tracks: what is recorded of what we say
turn          one turn: what came, what it may know, the move it makes
invitations   join codes
kinds         the kinds of steps, their forms and names
commands      the words that steer instead of answering
step_words    small tables of words that tell of a step
step_questions  what is asked about recorded steps
side_questions  which of two was meant, and when it suits better
menu          what can be done now
asked         a question as it stands
form_questions  what is asked of an open form
codes         the optional four-digit code: what is one, how it is kept
asking        the question of each place, and which choice a message means
workshop_texts  workshops as people read them
workshops     coming or not, the code of the room, «my workshops»
first_names   the name in how someone introduces themselves
followups     when we write on our own
situation     what a person does now
insertion     what follows a new job, business or cooperative
listening     read, or listen to which recordings
link_changes  what is written down when two addresses are one person's
linking       «I already have a logbook»: the proof
joining       code, language, 18 or over, consent
milestones    a completed form as a step
dialogues     forms in the chat
spoken        answers by voice
recording     which kind of step to record
updating      what became of a recorded step
proof         files that prove a step, and the yes to keep them
recognising   free words that tell of a step
data_choices  what my data offers to do
code_setting  setting, changing and removing the code
my_data       what is kept of a person, and what they can do about it
exporting     everything kept of a person, sent to them
pausing       no message of our own for a while
permissions   taking back one yes, or giving it again
erasing       erasing everything: asked twice, a week to take it back
logbook       the steps as a person reads them
page_choices  what the places around pages for employers offer
pages         pages for employers: made, shown, closed
my_logbook    «my logbook» and what can be done with it: a PDF, a page
home          the menu and what it offers
guarding      the code comes before what it guards
coming_back   to who waits for the team in vain
entering      coming into a logbook that staff opened
checkins      when we write first
afterwards    the person as a move leaves them
snoozing      «later»: put off, and asked again as it was left
answering     who answers in each place
helping       what can be done here
doubting      a word that steers and may be the answer
steering      what a word that steers does
bursts        several messages at once: pieces of one answer
silences      where we were, after a long silence
at_the_desk   the same forms, filled in by staff
step          one event in, one outcome out
render        from prompts to what a person reads on their channel (a package)
"""
