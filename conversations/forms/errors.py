"""What can be wrong with a form, or with how it is used. Messages name questions, never answers."""


class FormError(Exception):
    """The base of this package's errors."""


class BrokenForm(FormError):
    """The file is not a form, or its parts do not fit together."""


class UnsupportedForm(FormError):
    """The form is sound, but holds something a chat cannot ask."""


class UnknownQuestion(FormError):
    """There is no such question in the form."""


class NothingToAsk(FormError):
    """The form is complete: an answer fits nowhere."""


class FailedRule(FormError):
    """An expression of the form cannot be worked out on the answers as they are. Names the node only."""
