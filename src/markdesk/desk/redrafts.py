"""What a script was given before it was handed in again, as the log of its marking tells it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markdesk.core.award import Award, Total, total
from markdesk.core.changes import AwardChanged, MarkingChanged
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import EssayHash, MarkingId, RubricHash, ScriptId
from markdesk.core.marking import DONE, MarkingHeader
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry

NOT_JUDGED = "?"
"""Stands for the mark of a text to which nothing was given since it came in: the mark is still the earlier one's."""


@dataclass(frozen=True, slots=True)
class Redraft:
    """What the earlier texts came to, oldest first, and whether the newest has been judged since it came in."""

    earlier: tuple[Total, ...]
    is_judged: bool

    @property
    def first(self) -> Total:
        """What the first text was finished with: what an average takes, unless the teacher says otherwise."""
        return self.earlier[0]

    def told(self, now: Total) -> str:
        """``15 → 18``: every text's mark, up to the present one."""
        return " → ".join([*map(str, self.earlier), str(now) if self.is_judged else NOT_JUDGED])


def redrafts(desk: Desk, entries: Iterable[Entry]) -> dict[ScriptId, Redraft]:
    """The scripts among these that were finished on an earlier text. Only those handed in again are looked into."""
    entries = list(entries)
    found = redrafts_by_marking(desk, entries)
    return {e.script.id: found[e.header.id] for e in entries if e.header is not None and e.header.id in found}


def redrafts_by_marking(desk: Desk, entries: Iterable[Entry]) -> dict[MarkingId, Redraft]:
    """The same by marking, where several markers may have judged one script."""
    found: dict[MarkingId, Redraft] = {}
    for entry in entries:
        if entry.script.version > 1 and entry.header is not None and entry.header.id not in found:
            redraft = redraft_in(desk.store.steps(entry.header.id), desk.store.rubric)
            if redraft is not None:
                found[entry.header.id] = redraft
    return found


def redraft_in(steps: Iterable[Step], rubric: Callable[[RubricHash], Rubric]) -> Redraft | None:
    """The marks of each text when it was left, from a marking's log; None where no earlier text was finished.

    A marking moves to a newer text with all that was given, and stays finished. So the newest text counts as judged
    only once a mark was touched after the move, or the marking finished again: see ``Finishing.finish``.
    """
    header: MarkingHeader | None = None
    awards: dict[str, Award] = {}
    texts: list[EssayHash | None] = []
    finished: dict[EssayHash | None, Total] = {}
    judged: set[EssayHash | None] = set()
    for step in steps:
        for change in step.changes:
            if isinstance(change, AwardChanged):
                awards.pop(change.subject.scale, None)
                if change.after is not None:
                    awards[change.after.scale] = change.after
                if header is not None:
                    judged.add(header.essay_hash)
            elif isinstance(change, MarkingChanged) and change.after is not None:
                before, header = header, change.after
                if header.essay_hash not in texts:
                    texts.append(header.essay_hash)
                if before is None or before.essay_hash != header.essay_hash:
                    continue
                if before.status != header.status:
                    judged.add(header.essay_hash)
                elif before.completed_at != header.completed_at:  # the mark was let stand, or that was taken back
                    (judged.discard if step.kind is StepKind.UNDO else judged.add)(header.essay_hash)
        if header is None or header.essay_hash not in judged:
            continue
        if header.status in DONE:
            finished[header.essay_hash] = total(rubric(header.rubric_hash), awards)
        elif step.kind is StepKind.UNDO:
            finished.pop(header.essay_hash, None)  # it was finished by mistake
    if header is None:
        return None
    earlier = tuple(finished[text] for text in texts[: texts.index(header.essay_hash)] if text in finished)
    return Redraft(earlier, header.essay_hash in judged) if earlier else None
