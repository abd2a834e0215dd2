"""The trainers' web view: thin pages over storage, each within the perimeter of who is signed in.

In the order a request flows:

- `context`: what the program gives: data, project, clock, whom to wake
- `app`: the routes together, the error pages
- `headers`: strict headers on every answer, the limit of a body
- `desk`: what every route works with
- `guard`: the session of a request, its rights, whether a form is ours
- `attempts`: how often a sign-in may be tried
- `errors`: the exception tree
- `sign_in`: signing in and out, the password, the language
- `today`, `participants`, `participant`, `broadcasts`, `forms`, `staff`, `cohorts`: pages
- `undelivered`: messages that did not arrive, sent again or put away
- `workshops`: planned, announced, the sheet, the code of the room
- `project`: who answers for the data, and under which numbers
- `message_templates`: WhatsApp's templates and what is lacking; `tariff`: what sending costs
- `safety`, `safeguarding`: pages for people in danger, and for reports about staff
- `enrolment`: opening a logbook with someone who is here, a code for their phone, calls and visits
- `desk_forms`: the forms of the chat as pages, for someone who is here
- `rights`: the page of one person's data: the file for them, erasing
- `awaiting`: which entries of a timeline the team has to answer
- `step_cards`: a step as the person's page shows it; `step_words`: in words
- `reader`: for whom a page is written
- `entries`: timeline entries as a page shows them; `answers`: a form's answers
- `files`: photos, recordings and documents that people sent; `byte_range`: a part of one
- `voices`: answers by voice, and writing them down
- `preview`: a broadcast as people will read it
- `uploads`: what an uploaded file is, and why it is refused
- `compiling`: an uploaded sheet as a form, by way of a child process, `compiling_child`
- `findings`: what was found in a sheet, in words
- `employer`: the page an employer reads; `visits`: how often it may be opened
- `language`: which language a page speaks; `texts` and `dates` in it
- `pages`: templates to answers
- `pdf`: the logbook as a file (a package)
- `static_files`: style sheets, htmx and the Arabic font
"""
