"""What can go wrong in the web view, as one tree."""


class AdminError(Exception):
    """The base of every error of this package."""


class SignInNeeded(AdminError):
    """Nobody is signed in, or the session is over."""


class PasswordChangeNeeded(AdminError):
    """The password was handed over: it must be changed before anything else."""


class NotAllowed(AdminError):
    """Signed in, but not for this."""


class FormNotOurs(AdminError):
    """A form came without our token, or from another site."""


class OnlyReports(AdminError):
    """The safeguarding contact has one page, and this is another."""
