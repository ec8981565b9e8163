"""Finishing an essay: what is asked first, what stands in the way, and opening it again."""

from collections.abc import Iterable
from dataclasses import replace

from markdesk.core.changes import AnyChange, AwardChanged, MarkingChanged
from markdesk.core.checks import Check, checks, hard_caps_broken, is_quiet, open_caps
from markdesk.core.errors import NotFound
from markdesk.core.history import FOLLOW_UP
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus, Met, TaskDone
from markdesk.core.rubric import Cap
from markdesk.desk.marking_acts import MarkingActs, Outcome
from markdesk.desk.redrafts import redraft_in


class Finishing(MarkingActs):
    """How a marking is completed."""

    @property
    def is_marked(self) -> bool:
        """Whether every scale has a mark or no response."""
        return all(self.marking.award(scale.id).is_marked for scale in self.rubric.scales)

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The titles of the scales that have neither."""
        return tuple(s.title for s in self.rubric.scales if not self.marking.award(s.id).is_marked)

    @property
    def is_done(self) -> bool:
        """Whether it was finished, and still is."""
        return self.marking.header.status is not MarkingStatus.IN_PROGRESS

    def checks(self, evidence: bool | None = None) -> tuple[Check, ...]:
        """What to ask or say before finishing. ``evidence``: None leaves it to the scheme, see ``core.checks``."""
        asked = not is_quiet(self.rubric) if evidence is None else evidence
        return checks(self.rubric, self.marking, self.stamps, self.entry.words, asked)

    def cap(self, cap_id: str) -> Cap:
        """The scheme's cap. Raises NotFound that names those there are."""
        cap = next((cap for cap in self.rubric.caps if cap.id == cap_id), None)
        if cap is None:
            known = ", ".join(cap.id for cap in self.rubric.caps) or "none"
            raise NotFound(f"{self.rubric.id} has no cap '{cap_id}'.", f"Its caps: {known}.")
        return cap

    def answer_cap(self, cap_id: str, yes: bool) -> Outcome:
        """Answer the question of a cap. The mark stays: it is the marker who brings it down."""
        cap, header = self.cap(cap_id), self.marking.header
        answered = self._answered({cap_id: yes}, header)
        if answered == header:
            return self._nothing(f"{cap.id}: {_yes_no(yes)} already")
        limit = f", at most {self.rubric.limit(cap).mark}" if yes else ""
        return self._do(f"cap {cap_id}", f"{cap.id}: {_yes_no(yes)}{limit}", MarkingChanged(header, answered))

    def _answered(self, answers: dict[str, bool], header: MarkingHeader) -> MarkingHeader:
        found = {**header.answer_by_cap, **answers}
        # Answers to a question that the scheme no longer asks stay, after the others: nobody takes them back for her.
        order = [cap.id for cap in self.rubric.caps]
        kept = sorted(found, key=lambda cap_id: order.index(cap_id) if cap_id in order else len(order))
        return replace(header, answers=tuple((cap_id, found[cap_id]) for cap_id in kept))

    def finish(self, met: Met | None = None, no_to: Iterable[str] = ()) -> Outcome:
        """Complete the marking; tentative marks become firm.

        ``met`` is what became of the last target, ``no_to`` the caps whose question was seen and passed by: the answer
        is no. A missing mark, or one above what a hard cap leaves, keeps it in progress.
        """
        in_the_way = self.in_the_way
        if in_the_way:
            return self._nothing(f"Left in progress: {in_the_way}")
        changes = self._made_firm()
        header = self.marking.header
        passed = {cap.id for cap in open_caps(self.rubric, self.marking)} & set(no_to)
        done = self._answered(dict.fromkeys(passed, False), header)
        if met is not None and self.last_target is not None:
            done = replace(done, last_target=met, target_of=self.last_target.marking_id)
        label = "finished"
        if header.status is MarkingStatus.IN_PROGRESS:
            done = replace(done, status=MarkingStatus.COMPLETE, completed_at=self.desk.clock.now())
        elif not changes and self._is_newer_text():
            # She read the newer text and lets the mark stand: only the log can tell that from nobody having looked.
            done = replace(done, completed_at=self.desk.clock.now())
            label = "finished: the mark stands for the newer text"
        if done != header:
            changes.append(MarkingChanged(header if self.marking.is_kept else None, done))
        if not changes:
            return self._nothing("Finished already")
        return self._do("finish", label, *changes)

    def _is_newer_text(self) -> bool:
        """Whether the essay was handed in again, and nothing was given to the newer text yet."""
        if self.entry.script.version == 1 or self.marking.is_locked:
            return False
        found = redraft_in(self.desk.store.steps(self.marking.id), self.desk.store.rubric)
        return found is not None and not found.is_judged

    @property
    def in_the_way(self) -> str:
        """Why the marks can't stand as they are: a missing one, or one above a hard cap; empty where they can."""
        if self.unmarked:
            return f"no mark yet for {', '.join(self.unmarked)}"
        broken = hard_caps_broken(self.rubric, self.marking)
        return "; ".join(f"'{cap.ask}' is answered yes: at most {self.rubric.limit(cap).mark}" for cap in broken)

    def _made_firm(self) -> list[AnyChange]:
        """The marks that are a level's middle, as marks."""
        given = (self.marking.awards.get(scale.id) for scale in self.rubric.scales)
        return [AwardChanged(award, replace(award, tentative=False)) for award in given if award and award.tentative]

    def return_to_student(self) -> Outcome:
        """Give a finished marking back: tentative marks become firm, and all of it is locked until it is reopened."""
        header = self.marking.header
        if header.status is MarkingStatus.RETURNED:
            return self._nothing("Returned already")
        if not self.is_done:
            return self._nothing("Not finished yet")
        if self.in_the_way:
            return self._nothing(self.in_the_way)
        returned = MarkingChanged(header, replace(header, status=MarkingStatus.RETURNED))
        return self._do("return", "returned to the student", *self._made_firm(), returned)

    def reopen(self) -> Outcome:
        """Open a returned marking again; logged like everything else."""
        header = self.marking.header
        if header.status is MarkingStatus.IN_PROGRESS:
            return self._nothing("It is open")
        opened = replace(header, status=MarkingStatus.IN_PROGRESS, completed_at=None)
        return self._do("reopen", "reopened", MarkingChanged(header, opened))

    def record_task(self, done: TaskDone | None) -> Outcome:
        """Record what became of the task that was set on a returned essay; None takes it back. Nothing else moves."""
        header = self.marking.header
        if header.status is not MarkingStatus.RETURNED:
            return self._nothing("Not returned, so its task isn't looked at yet")
        if not has_task(self.marking):
            return self._nothing("It was given neither a task nor a target")
        label = TASK_LABELS[done]
        if header.task_done is done:
            return self._nothing(f"{label} already")
        recorded = replace(header, task_done=done, task_done_at=self.desk.clock.now() if done else None)
        # By its label, so that a second verdict within a minute is a step of its own to undo.
        return self._do(f"{FOLLOW_UP}{done or 'cleared'}", label, MarkingChanged(header, recorded))


TASK_LABELS = {
    TaskDone.RESPONDED: "responded",
    TaskDone.WELL: "task done well",
    TaskDone.DONE: "task done",
    TaskDone.NOT_DONE: "task not done",
    None: "task not looked at",
}
"""What is said of a task, after the return."""
CHECKED = frozenset({TaskDone.WELL, TaskDone.DONE, TaskDone.NOT_DONE})
"""The verdicts: somebody has looked at what became of it."""


def has_task(marking: Marking) -> bool:
    """Whether the student was told to do something: a task, or a target without one."""
    return bool(marking.set_task)


def _yes_no(yes: bool) -> str:
    return "yes" if yes else "no"
