"""Everything that is kept, and the only place that speaks SQL.

What everything stands on:

tables          the schema (a package)
migrations      how a database gets to it (alembic)
revisions       at which of them a database is
migrate         bring both databases to it
database        the engines, and the one way to write
ids             row ids, pseudonyms, button tokens
vault           sealing, the master key, blind indexes
keystore        each participant's key, and the only link to their coded rows
codec           what is stored sealed, to JSON and back
media           files that people sent: fetched, kept sealed, shown, deleted (a package)
among           a set of values as one parameter
upsert          INSERT … ON CONFLICT on both stores
errors          the exception tree

The way of a message:

accounts        our accounts with the channels
forms           versions of forms, drafts and published
reports         reports about staff, for the safeguarding contact
controller      who answers for the data of a project
safety          the contacts, hours and words a project has set for people in danger
projects        the project as conversations know it, read anew when a form was published
inbox           events in, outcomes written, one transaction (a package)
outgoing        the one way into the outbox
turns           whose turn it is among what shares one pace
templates       WhatsApp's templates, as the provider listed them last
clearings       chats to be cleared after a quick exit
outbox          claim, settle, status reports, sweeps (a package)
standing        how much waits, and how late
plans           a planned contact as a row
contacts        planned contacts that are due, missed, or computed anew
retention       what is forgotten by itself
erasures        erasing a person, in steps that can be resumed
provider_deletions  what is to be deleted at a provider
provider_copies  what Twilio has of everybody's messages, a day after it is of use there

For staff:

perimeter       whom a member of staff may see, applied in SQL
passwords       hashing, and what a password must be
staff           the accounts of the team
staff_sessions  signed-in browsers
audit           what was done, by whom, about whom
cohorts         organisations, cohorts, join codes
desk_forms      forms that staff fill in for someone
staff_contacts  calls and visits that staff write down
enrolment       logbooks that staff open with someone, codes for a phone later
transcripts     answers by voice, written down by the team
people          participants as rows of a list
names           the in-memory index of names
participants    the list, the search, one person
situations    what people do now, derived from their steps and answers
milestones      the steps of one person's working life
career          what a CV of one person is made of
pages           pages for employers: found by their link, counted, closed
happenings      what a timeline is made of
timeline        one person's messages, steps, answers and contacts
today           who needs someone today
writing         a trainer writes to someone
addresses       addresses after a long silence, confirmed or let go; which comes first
rights          the file, erasing and keeping, for someone who asks staff in person
check_ins       a trainer asks now
workshop_hours  when something is told about a workshop
workshops       workshops added, listed, announced, cancelled
workshop_notices  what is told about them when its hour has come
attendance      the sheet of a workshop
audience        who a broadcast would reach
broadcasts      composing and sending one
delivery        how it fares, person by person
dead_letters    messages that did not arrive
sending_again   the same, sent again by staff
dossier         everything about one person, as a file for them (a package)
exports         the answers to a form as a file (a package)
"""
