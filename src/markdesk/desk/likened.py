"""What became of annotations when a newer text came in: those that were found by likeness are told from the log alone.

A passage that was found by likeness is no silent guess. The import says how many there are, the list of annotations
marks each, and it stays marked until the annotation is put elsewhere or the essay is finished with the new text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import Annotation
from markdesk.core.changes import AnnotationChanged
from markdesk.core.history import History
from markdesk.core.plain import show_line
from markdesk.core.relocating import How
from markdesk.desk.looking_again import FINISHED

NEW_TEXT = "new text"
"""The action of the step that took a marking to a newer text."""


@dataclass(frozen=True, slots=True)
class Likened:
    """An annotation found by likeness: the words that it stood on, and where it was put."""

    words: str
    put: Anchor


def likened(history: History) -> Mapping[str, Likened]:
    """The annotations that were found by likeness since the marking was last finished, by their id."""
    found: dict[str, Likened] = {}
    for group in history.done:
        if group.action == FINISHED:
            found.clear()
        elif group.action == NEW_TEXT:
            for change in group.changes:
                if isinstance(change, AnnotationChanged) and change.before and change.after:
                    before, after = change.before.anchor, change.after.anchor
                    if after.span is not None and after.exact != before.exact:
                        found[change.after.id] = Likened(before.exact, after)
    return found


def told_of_places(found: Sequence[tuple[Annotation, How]]) -> list[str]:
    """What an import says of the annotations of one marking."""
    lost = [note for note, how in found if how is How.LOST]
    alike = sum(how is How.ALIKE for _, how in found)
    told = f"{len(found) - len(lost)} of {len(found)} annotations found their place in the new text"
    if alike:
        told += f", {alike} by likeness: look at {'it' if alike == 1 else 'them'}"
    nowhere = [f"No place in the new text: {n.code or 'comment'} on '{show_line(n.anchor.exact)}'" for n in lost]
    return [f"{told}.", *nowhere]
