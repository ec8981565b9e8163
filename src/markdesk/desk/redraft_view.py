"""A redraft beside the text before it: what changed, and what the last comments came to."""

from collections.abc import Mapping
from dataclasses import dataclass

from markdesk.core.annotation import ActedOn, Annotation
from markdesk.core.anonymity import without_name
from markdesk.core.changes import AnnotationChanged, MarkingChanged
from markdesk.core.essay import Essay
from markdesk.core.history import History
from markdesk.core.ids import EssayHash
from markdesk.core.rewritten import Rewritten, rewritten
from markdesk.desk.anonymous import as_shown
from markdesk.desk.marking_desk import MarkingDesk


@dataclass(frozen=True, slots=True)
class LastComment:
    """What was put on the text before."""

    then: Annotation
    """As it stood there."""
    now: Annotation | None
    """As it stands on the present text; None where it was taken off since."""

    @property
    def acted_on(self) -> ActedOn | None:
        return self.now.acted_on if self.now is not None else None


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """Two texts of one script, held against each other."""

    earlier: Essay
    essay: Essay
    comments: tuple[LastComment, ...]
    """In the order of the earlier text."""
    changed: Rewritten


def text_before(history: History) -> tuple[EssayHash, Mapping[str, Annotation]] | None:
    """The text that the marking was of before the present one, and what stood on it; None for a first text."""
    found: tuple[EssayHash, Mapping[str, Annotation]] | None = None
    notes: dict[str, Annotation] = {}
    for group in history.done:
        before = dict(notes)
        for change in group.changes:
            if isinstance(change, AnnotationChanged):
                notes.pop(change.subject.key, None)
                if change.after is not None:
                    notes[change.after.key] = change.after
            elif isinstance(change, MarkingChanged) and change.before is not None and change.after is not None:
                was = change.before.essay_hash
                if was is not None and was != change.after.essay_hash:
                    found = was, before
    return found


def two_texts(opened: MarkingDesk) -> TwoTexts | None:
    """The open essay and the text before it, without a name that is hidden; None where there is none."""
    found = text_before(opened.history)
    if found is None or opened.is_paper:
        return None
    essay_hash, notes = found
    earlier, entry = opened.desk.store.essay(essay_hash), opened.entry
    changed = rewritten(earlier, opened.essay)
    if entry.assignment.is_anonymous:
        earlier = without_name(earlier, entry.student)  # places in it are the same
    comments = sorted(notes.values(), key=lambda note: note.anchor.span.start if note.anchor.span else -1)
    present = opened.marking.annotations
    return TwoTexts(
        earlier,
        as_shown(opened),
        tuple(LastComment(note, present.get(note.key)) for note in comments),
        changed,
    )
