"""What a script offers for its own feedback: see ``core.offers``."""

from collections.abc import Collection, Sequence

from markdesk.core.bank import text_key
from markdesk.core.feedback import Field
from markdesk.core.offers import Note, Offer, last_again, next_level, note_of, task_for, wanted
from markdesk.desk.finishing import Finishing


class Offering(Finishing):
    """Reads what was given; writes nothing."""

    def told_notes(self) -> tuple[Note, ...]:
        """The annotations in reading order. Takes time with their number: once, when the feedback is opened."""
        found: list[Note] = []
        for annotation in self.marking.annotations_in_order():
            span = annotation.anchor.span
            where = f"¶{self.essay.paragraph_at(span.start).number}" if span else ""
            if self.is_paper:
                where = annotation.anchor.exact
            found.append(note_of(annotation, where, self.stamps))
        return tuple(found)

    @property
    def last_target_is_hidden(self) -> bool:
        """Whether the last target must wait: it may tell whose essay this is, and the mark isn't set."""
        return self.entry.assignment.is_anonymous and not self.is_marked

    def offers(self, field: Field, notes: Sequence[Note], target: str, said: Collection[str] = ()) -> tuple[Offer, ...]:
        """What is offered for a line, but for what other lines say already.

        ``target`` is this essay's, as far as it is written; ``said`` are the other lines, as ``text_key`` has them.
        """
        line = next_level(self.rubric, self.marking)
        ahead = [line] if line is not None else []
        if self.last_target is not None and not self.last_target_is_hidden:
            ahead.append(last_again(self.last_target.text))
        found = wanted(field, notes, ahead, task_for(target, notes, line) if field is Field.TASK else None)
        return tuple(offer for offer in found if text_key(offer.text) not in said)
