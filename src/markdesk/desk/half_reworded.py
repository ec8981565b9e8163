"""A comment of the bank whose new words are half typed, or wait for how far they reach, as a text to be kept.

It belongs to no script, so that it is no draft of one: like a half-filled form it is a file, overwritten as it grows.
"""

import json
from dataclasses import dataclass

from markdesk.core.bank import BankComment, BankField
from markdesk.core.errors import MarkdeskError
from markdesk.desk.bank import CommentBank

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class HalfReworded:
    """What was typed, and what it is to replace."""

    comment: BankComment
    """Of one that was read back only id, words and field are known."""
    text: str

    def to_text(self) -> str:
        """As it is kept."""
        comment = self.comment
        kept = {"schema": SCHEMA, "id": comment.id, "before": comment.text, "field": comment.field, "text": self.text}
        return json.dumps(kept, ensure_ascii=False)

    def in_bank(self, bank: CommentBank) -> BankComment | None:
        """The comment as the bank has it now; None where nothing says that any more."""
        return bank.present(self.comment)


def half_reworded(text: str) -> HalfReworded | None:
    """What was kept; None for nothing. Raises MarkdeskError where it can't be understood."""
    if not text:
        return None
    try:
        kept = json.loads(text)
        if kept["schema"] == SCHEMA:
            comment = BankComment(str(kept["id"]), str(kept["before"]), field=BankField(kept["field"]))
            return HalfReworded(comment, str(kept["text"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        pass  # somebody changed it: told below
    raise MarkdeskError("The comment that you were writing can't be read any more: its file was changed.")
