"""Forms: an XLSForm, compiled to an XForm, run one question at a time.

In the order data flows:

- `errors`: the one exception tree of this package
- `library`: the forms that come with the program, as markdown XLSForms
- `commas`: CSV whatever its separator
- `compile`: spreadsheet to form, by way of pyxform (imported only when a form is made)
- `xform`: XForm XML to form; the names in it in `xform_names`, its texts in `xform_texts`, its questions in
  `xform_questions`, its lists and attached files in `xform_lists`; what is known while reading in `source`
- `order`: the order of its rules
- `form`: a form as it runs; `wording`: its texts in the languages of its sheet
- `adapting`: the form as a chat runs it, without what only an app can show
- `filling`: the state of one form being answered, and what the outside tells it
- `places`: where in the instance something stands, with the turns of repeats
- `instance`: the instance tree as the answers make it
- `preloads`: what the program fills in by itself
- `walk`: what applies, in order, and what comes next
- `turns`: how many turns the repeats have
- `choices`: which can be made now, and what they are called
- `asking`: a question in words
- `understand`: what a person typed, as a typed answer
- `checking`: whether a typed answer fits its question
- `doubt`: where a message can mean several things; `years`: a year that is asked, and an age that
  is answered; `naming`: a choice that stands in a sentence
- `fitting`: whether passed answers still fit
- `reading`: an answer in words; `recap`: those of a group that has ended
- `running`: one filling within one step
- `run`: begin, answer, skip, back, revisit
- `summary`: the answers as a person reads them
- `submission`: what remains of a complete form; `reopening`: from there back to a filling
- `lint`: what is wrong with a sheet, told before it is published (a package)
"""

from conversations.answers.choose import Chosen
from conversations.answers.refusal import Refusal
from conversations.forms.adapting import for_chat
from conversations.forms.asking import Question
from conversations.forms.choices import Option
from conversations.forms.compile import compile_form
from conversations.forms.errors import (
    BrokenForm,
    FailedRule,
    FormError,
    NothingToAsk,
    UnknownQuestion,
    UnsupportedForm,
)
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Form, QuestionType
from conversations.forms.library import BuiltinForm, builtin_forms
from conversations.forms.reopening import refilled, reopened
from conversations.forms.run import (
    answer,
    answer_attachment,
    answer_location,
    answer_option,
    answer_text,
    back,
    begin,
    closing_notes,
    question,
    revisit,
    skip,
    submission,
    summary,
)
from conversations.forms.running import Run
from conversations.forms.submission import Submission
from conversations.forms.understand import Answer
from conversations.forms.wording import Media
from conversations.forms.xform import read_xform

__all__ = [
    "Answer",
    "BrokenForm",
    "BuiltinForm",
    "Chosen",
    "FailedRule",
    "Filling",
    "Form",
    "FormError",
    "Media",
    "NothingToAsk",
    "Option",
    "Question",
    "QuestionType",
    "Refusal",
    "Run",
    "Submission",
    "Surroundings",
    "UnknownQuestion",
    "UnsupportedForm",
    "answer",
    "answer_attachment",
    "answer_location",
    "answer_option",
    "answer_text",
    "back",
    "begin",
    "builtin_forms",
    "closing_notes",
    "compile_form",
    "for_chat",
    "question",
    "read_xform",
    "refilled",
    "reopened",
    "revisit",
    "skip",
    "submission",
    "summary",
]
