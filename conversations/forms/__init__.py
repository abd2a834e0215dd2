"""Forms: an XLSForm, compiled to an XForm, run one question at a time.

In the order data flows:

- `errors`: the one exception tree of this package
- `library`: the forms that come with the program, as markdown XLSForms
- `compile`: spreadsheet to form, by way of pyxform (imported only when a form is made)
- `xform`: XForm XML to form; its texts in `xform_texts`, its questions in `xform_questions`, the order of
  its rules in `order`
- `form`: a form as it runs; `wording`: its texts in the languages of its sheet
- `filling`: the state of one form being answered, and what the outside tells it
- `instance`: the instance tree as the answers make it
- `asking`: the question to ask now
- `understand`: what a person typed, as a typed answer
- `checking`: whether a typed answer fits its question
- `run`: begin, answer, skip, back, revisit
- `summary`: the answers as a person reads them
- `submission`: what remains of a complete form
"""

from conversations.answers.choose import Chosen
from conversations.answers.refusal import Refusal
from conversations.forms.asking import Option, Question, closing_notes, question
from conversations.forms.compile import compile_form
from conversations.forms.errors import BrokenForm, FormError, NothingToAsk, UnknownQuestion, UnsupportedForm
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.form import Form, QuestionType
from conversations.forms.library import BuiltinForm, builtin_forms
from conversations.forms.run import answer, answer_option, answer_text, back, begin, revisit, skip
from conversations.forms.submission import Submission, submission
from conversations.forms.summary import summary
from conversations.forms.understand import Answer
from conversations.forms.xform import read_xform

__all__ = [
    "Answer",
    "BrokenForm",
    "BuiltinForm",
    "Chosen",
    "Filling",
    "Form",
    "FormError",
    "NothingToAsk",
    "Option",
    "Question",
    "QuestionType",
    "Refusal",
    "Submission",
    "Surroundings",
    "UnknownQuestion",
    "UnsupportedForm",
    "answer",
    "answer_option",
    "answer_text",
    "back",
    "begin",
    "builtin_forms",
    "closing_notes",
    "compile_form",
    "question",
    "read_xform",
    "revisit",
    "skip",
    "submission",
    "summary",
]
