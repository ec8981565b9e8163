"""Every refusal that markdesk can give, as one family.

A refusal has a message that says what happened, to which file, row or key, and a hint that says what to do.
Anything that is not a ``MarkdeskError`` is a bug and is never shown as if it were the teacher's mistake.
"""


class MarkdeskError(Exception):
    """Something was refused; nothing was changed."""

    exit_code = 1
    """What the command line exits with: 1 refused, 2 usage, 3 store busy or unavailable."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageProblem(MarkdeskError):
    """The command or the configuration makes no sense as given."""

    exit_code = 2


class NotFound(MarkdeskError):
    """Nothing on the desk goes by that name."""


class Ambiguous(MarkdeskError):
    """A name fits several things; the message lists them."""


class EssayUnreadable(MarkdeskError):
    """A file can't be taken in as an essay."""


class ListUnreadable(MarkdeskError):
    """A file can't be read as a class list."""


class WorksheetUnreadable(MarkdeskError):
    """A file can't be read as a school system's list of marks."""


class RubricInvalid(MarkdeskError):
    """A mark scheme breaks the rules of ``markdesk.rubric/1``; the message names file, line and key."""


class MarkOutOfRange(MarkdeskError):
    """A mark or level that the scheme doesn't have."""


class MarkingLocked(MarkdeskError):
    """The marking was returned to the student and is closed until it is reopened."""


class StaleChange(MarkdeskError):
    """A change whose ``before`` is no longer the truth; applying it would lose somebody's work."""


class StaleRevision(MarkdeskError):
    """Another window wrote to this marking first."""


class StoreRefused(MarkdeskError):
    """The file is not a desk, is newer than this program, or is damaged."""


class StoreUnavailable(MarkdeskError):
    """The desk is locked, read-only, full or out of reach; the same act may succeed later."""

    exit_code = 3
