"""One script open for marking: every act of the marker, as an intent that ends in a committed step.

The screen and the command line say what is wanted ("one mark more"); what was there before is read here, at
the moment of acting. What is done to the essay is in ``annotating``, to the marks in ``awarding``, at the end in
``finishing``, the parts of an answer in ``answering``, what is offered for the feedback in ``offering``; the one way
to change anything is in ``marking_acts``.
"""

from markdesk.core.changes import FeedbackChanged, with_stale_verdict
from markdesk.core.errors import NotFound
from markdesk.core.feedback import LABELS, PLACES, FeedbackLine, Field, asked_for, label_of
from markdesk.desk.annotating import Annotating
from markdesk.desk.answering import Answering
from markdesk.desk.awarding import Awarding, award_label
from markdesk.desk.marking_acts import Outcome, tidy
from markdesk.desk.offering import Offering

__all__ = ["COMMENT_EDITOR", "MarkingDesk", "Outcome", "award_label"]

COMMENT_EDITOR = "comment"
"""The draft key of the comment editor; a feedback line's editor has the line's own key."""


class MarkingDesk(Annotating, Answering, Awarding, Offering):
    """Opens a script and marks it."""

    @property
    def aos(self) -> tuple[str, ...]:
        """The codes of the scheme's assessment objectives, in its order."""
        return tuple(ao.code for ao in self.rubric.aos)

    def feedback_asked(self) -> tuple[tuple[Field, int], ...]:
        """The lines that this task has, and any others that were written all the same."""
        asked = asked_for(self.entry.assignment.kind, self.aos)
        others = {(line.field, line.place) for line in self.marking.feedback.values()} - set(asked)
        return (*asked, *sorted(others))

    def write_feedback(self, field: Field, place: int, text: str, closes: tuple[str, ...] = ()) -> Outcome:
        """Write, rewrite or (with empty text) remove one line of feedback."""
        aos = self.aos
        most = min(len(aos), PLACES[field]) if field is Field.AO else PLACES[field]
        if not 1 <= place <= most:
            raise NotFound(f"{LABELS[field]} has {most} lines; there is no line {place}.")
        present = self.marking.line(field, place)
        text = tidy(text)
        after = FeedbackLine(self.marking.id, field, place, text) if text else None
        if after == present:
            return self._nothing("No change to the feedback", closes)
        name = label_of(field, place, aos)
        label = f"{name} {'written' if text else 'removed'}"
        changes = with_stale_verdict(self.marking, (FeedbackChanged(present, after),))
        if len(changes) > 1:
            label = f"{label}; what became of the earlier one is cleared"
        # Lines that are told apart by their name are undone apart.
        action = f"feedback {name}" if field in (Field.AO, Field.QUESTION) else f"feedback {field}"
        return self._do(action, label, *changes, closes=closes)
