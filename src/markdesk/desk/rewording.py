"""A comment of the bank changed: its words as far as the teacher says, its short code, or taken out; and the way back.

What a student has been given never changes. Each act is one transaction: a step of the desk for the bank, and a step of
its own for each marking whose words change, so that each essay's undo takes its part back.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.bank import (
    BankComment,
    BankField,
    Filling,
    Origin,
    Use,
    blanks,
    captured,
    code_key,
    expanded,
    text_key,
)
from markdesk.core.bank_check import CODE, text_problem
from markdesk.core.changes import (
    AnnotationChanged,
    AnyChange,
    BankChanged,
    FeedbackChanged,
    apply_all,
    invert,
    with_stale_verdict,
)
from markdesk.core.errors import MarkdeskError, NotFound, StaleChange, StaleRevision
from markdesk.core.history import Group, Step, StepKind
from markdesk.core.ids import ScriptId, StepId
from markdesk.core.marking import Marking
from markdesk.core.plain import show_line
from markdesk.desk.bank import CommentBank, begun, line_name
from markdesk.desk.desk import Desk, whose
from markdesk.desk.marking_acts import tidy
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.desk.ports import Entry
from markdesk.desk.returning import open_again, refuse_if_open

PATIENCE = 0.5
"""For how many seconds an essay is waited for that another window has open."""


class Reach(StrEnum):
    """How far an edit of a comment goes."""

    THIS = "this"
    """One use alone; the bank goes on with the words that it has."""
    UNRETURNED = "unreturned"
    """The bank, and every use that no student has been given."""
    FROM_NOW_ON = "now"
    """The bank alone."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """What an edit of a comment does: the uses whose words change, each with its new ones, and those that stay."""

    changed: tuple[tuple[Use, str], ...]
    returned: tuple[Use, ...] = ()
    """They keep their words, since the student has them."""
    unclear: tuple[Use, ...] = ()
    """They keep their words, since the new ones have a blank that can't be filled from the old."""


def reword(
    before: BankComment,
    text: str,
    uses: Sequence[Use],
    reach: Reach,
    this: Use | None = None,
    earlier: Sequence[str] = (),
) -> Rewording:
    """What becomes of the uses of a comment when its words become ``text``.

    ``this`` is the use that is being edited, for the reach of that name; ``earlier`` is what the comment said before,
    which some uses still say. Blanks keep what they were filled with.
    """
    if reach is Reach.FROM_NOW_ON:
        return Rewording(())
    wanted = [use for use in uses if reach is Reach.UNRETURNED or use == this]
    returned = tuple(use for use in wanted if use.is_returned)
    changed: list[tuple[Use, str]] = []
    unclear: list[Use] = []
    for use in wanted:
        if use.is_returned:
            continue
        filling = _filled_in((before.text, *earlier), use.text)
        new = text if filling is None else expanded(text, filling)
        if filling is None or set(blanks(new)) - set(blanks(use.text)):
            unclear.append(use)
        elif new != use.text:
            changed.append((use, new))
    return Rewording(tuple(changed), returned, tuple(unclear))


def reached(bank: CommentBank, comment: BankComment) -> list[Use]:
    """The uses that an edit of all of them is about: its own, and where its words were taken into another kind of line.

    The bank keeps a comment for each kind of line, so that a target isn't offered for a passage; a comment on a passage
    that became the WWW is two. Changed in one and left in the other, the student would read both. A line that has a
    comment of its own in the bank goes by that, and a question on a draft by nothing that isn't one.
    """
    found = list(bank.uses(comment.id))
    if comment.field is BankField.DRAFT:
        return found
    wordings = (comment.text, *bank.earlier(comment.id))
    for other in bank.comments:
        is_typed = other.origin is Origin.TYPED and other.field not in (comment.field, BankField.DRAFT)
        if is_typed and _filled_in(wordings, other.text) is not None:
            found += bank.uses(other.id)
    return found


def _filled_in(wordings: Iterable[str], text: str) -> Filling | None:
    """What went into the blanks of whichever of these wordings gave the text; None where that can't be told."""
    for words in wordings:
        if not blanks(words):
            if text_key(words) == text_key(text):
                return Filling()
        elif (found := captured(words, text)) is not None:
            return found
    return None


def kept_as_own(comment: BankComment, comment_id: str) -> BankComment:
    """A shipped or typed comment as one of the teacher's own, to be changed and kept.

    A shipped one keeps its id, so that hers stands in its place; a typed one takes ``comment_id``.
    """
    return replace(comment, id=comment_id if comment.origin is Origin.TYPED else comment.id, origin=Origin.OWN)


def refuse_words(bank: CommentBank, comment: BankComment, text: str, reach: Reach) -> None:
    """Raises MarkdeskError where a comment may not say this: too long, nothing, or what another says already."""
    wanted = replace(comment, text=text)
    if not text:
        raise MarkdeskError("An empty comment says nothing.", "To have it no longer, take it out of the bank.")
    if wrong := text_problem(wanted):
        raise MarkdeskError(f"The comment stays as it was: {wrong}.")
    other = bank.like(wanted) if reach is not Reach.THIS else None
    if other is not None:
        code = f" (;{show_line(other.code)})" if other.code else ""
        raise MarkdeskError(
            f"'{begun(other)}'{code} says that already.",
            "Two comments with the same words would be one: change something in it, or use that one.",
        )


# -- the acts


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: what to say of it, and under which id the comment goes by now."""

    label: str
    comment_id: str = ""
    is_saved: bool = True


@dataclass(frozen=True, slots=True)
class _Act:
    """What was done, for the way back."""

    label: str
    before_id: str
    after_id: str
    bank: tuple[BankChanged, ...]
    group: StepId
    """Of the step that changed the bank."""
    markings: tuple[tuple[ScriptId, StepId], ...] = ()
    """The scripts whose markings were changed, each with the group of its history that holds that."""


class BankActs:
    """What a teacher does to the comments of her bank. All of it runs on the store's thread.

    ``read`` reads the bank as it is: an act is worked out again when nobody else can write.
    """

    def __init__(self, desk: Desk, read: Callable[[Desk], CommentBank]) -> None:
        self.desk = desk
        self._read = read
        self._done: list[_Act] = []
        self._undone: list[_Act] = []

    def reword(self, comment: BankComment, text: str, reach: Reach, this: Use | None = None) -> Done:
        """Give a comment other words, as far as ``reach`` says; all of it, or a MarkdeskError and none.

        Raises StoreUnavailable where an essay that it reaches is open for marking in another window.
        """
        desk, text = self.desk, tidy(text)
        with desk.store.together():
            bank, comment = self._fresh(comment)
            refuse_words(bank, comment, text, reach)
            uses = bank.uses(comment.id)
            if reach is Reach.THIS and this not in uses:
                raise StaleChange("That use has changed since.", "Look at it again, then repeat what you did.")
            every = reached(bank, comment) if reach is Reach.UNRETURNED else uses
            plan = reword(comment, text, every, reach, this, bank.earlier(comment.id))
            changed, own = (
                self._in_bank(comment, replace(comment, text=text)) if reach is not Reach.THIS else ((), comment)
            )
            if not changed and not plan.changed:
                return Done(told_of(plan, reach, len(uses)), comment.id, is_saved=False)
            label = told_of(plan, reach, len(uses))
            self._commit(label, comment, own, changed, plan.changed)
        return Done(label, own.id)

    def give_code(self, comment: BankComment, code: str) -> Done:
        """Give a comment a short code, another, or (empty) none. Raises MarkdeskError where another has it."""
        code = code.strip().removeprefix(";")
        if not re.fullmatch(CODE.regex, code):
            raise MarkdeskError(f"'{show_line(code)[:20]}' can't be a short code.", f"It has {CODE.says}.")
        with self.desk.store.together():
            bank, comment = self._fresh(comment)
            others = (one for one in bank.comments if one.id != comment.id and code and one.code)
            other = next((one for one in others if code_key(one.code) == code_key(code)), None)
            if other is not None:
                raise MarkdeskError(f";{code} is the short code of '{begun(other)}'.", "Give that one another first.")
            changed, own = self._in_bank(comment, replace(comment, code=code))
            if not changed:
                return Done("No change to its short code", comment.id, is_saved=False)
            label = f";{code} writes it from now on" if code else "it has no short code any longer"
            self._commit(label, comment, own, changed)
        return Done(label, own.id)

    def remove(self, comment: BankComment) -> Done:
        """Take one of the teacher's own out of the bank. What stands on scripts stays there."""
        if comment.origin is not Origin.OWN:
            ships = "It ships with markdesk; change it, and yours stands in its place."
            typed = "It isn't kept in the bank: it stands on scripts, and goes when none has it any longer."
            raise MarkdeskError(ships if comment.origin is Origin.SHIPPED else typed)
        with self.desk.store.together():
            bank, comment = self._fresh(comment)
            uses = len(bank.uses(comment.id))
            label = "taken out of the bank"
            if uses:
                label += f"; it still stands where it was used ({uses})"
            self._commit(label, comment, comment, (BankChanged(comment, None),))
        return Done(label)

    def _fresh(self, comment: BankComment) -> tuple[CommentBank, BankComment]:
        """The bank and the comment as they are. Raises StaleChange where that isn't what the teacher saw any longer.

        One that was typed may have another spelling by now, or suit other stamps: its id follows from its words.
        """
        self.desk.make_known()
        bank = self._read(self.desk)
        try:
            now = bank.get(comment.id)
        except NotFound:
            now = None
        if now is None or (now.origin is not Origin.TYPED and now != comment):
            raise StaleChange("That comment has changed since.", "Look at it again, then repeat what you did.")
        return bank, now

    def _in_bank(self, comment: BankComment, wanted: BankComment) -> tuple[tuple[BankChanged, ...], BankComment]:
        """What makes a comment another: a shipped or typed one becomes her own first.

        As it was, in a change of its own: so that the log knows the words that its uses had (``earlier_words``).
        """
        if wanted == comment:
            return (), comment
        own = kept_as_own(comment, f"own-{self.desk.ids.new()}")
        after = replace(wanted, id=own.id, origin=Origin.OWN)
        if comment.origin is Origin.OWN:
            return (BankChanged(comment, after),), after
        return (BankChanged(None, own), BankChanged(own, after)), after

    def _commit(
        self,
        label: str,
        before: BankComment,
        after: BankComment,
        bank: tuple[BankChanged, ...],
        reworded: Iterable[tuple[Use, str]] = (),
    ) -> None:
        desk = self.desk
        by_script: dict[ScriptId, list[tuple[Use, str]]] = {}
        for use, text in reworded:
            by_script.setdefault(ScriptId(use.script), []).append((use, text))
        group = StepId("")
        if bank:
            step = desk.step("bank", label, bank)
            group = step.group
            desk.store.commit(step)
        done: list[tuple[ScriptId, StepId]] = []
        for script_id, uses in by_script.items():
            refuse_if_open(desk, self._entry(script_id), PATIENCE)
            marking = desk.store.marking(script_id, desk.marker.id)
            assert marking is not None  # a use was read from it, and nobody else writes meanwhile
            changes = with_stale_verdict(marking, tuple(_reworded(marking, use, text) for use, text in uses))
            apply_all(marking, changes)  # raises where the student has it
            step = replace(desk.step("reword", _label(uses), changes), marking_id=marking.id)
            desk.store.commit(step, marking.revision)
            done.append((script_id, step.group))
        self._undone.clear()
        self._done.append(_Act(label, before.id, after.id, bank, group, tuple(done)))

    def _entry(self, script_id: ScriptId) -> Entry:
        return self.desk.store.entries(self.desk.marker.id, script_id=script_id)[0]

    # -- back and forth

    def undo(self) -> Done:
        """Take back the last act, all of it. Raises StaleChange where something that it was about changed since."""
        if not self._done:
            return Done("Nothing to undo here", is_saved=False)
        self._again(self._done, StepKind.UNDO)
        act = self._undone[-1]
        return Done(f"Undo: {act.label}", act.before_id)

    def redo(self) -> Done:
        """Do again what was undone here last."""
        if not self._undone:
            return Done("Nothing to redo here", is_saved=False)
        self._again(self._undone, StepKind.REDO)
        act = self._done[-1]
        return Done(f"Redo: {act.label}", act.after_id)

    def _again(self, acts: list[_Act], kind: StepKind) -> None:
        act, desk, back = acts[-1], self.desk, kind is StepKind.UNDO
        try:
            with desk.store.together():
                for script_id, group in act.markings:
                    self._in_essay(script_id, group, back)
                changes = tuple(map(invert, reversed(act.bank))) if back else act.bank
                if changes:
                    step = desk.step("bank", f"{kind.capitalize()}: {act.label}", changes)
                    self._commit_again(replace(step, kind=kind, group=act.group))
        except (StaleChange, StaleRevision):
            acts.pop()  # no longer ours to take back
            raise
        (self._undone if back else self._done).append(acts.pop())

    def _in_essay(self, script_id: ScriptId, group: StepId, back: bool) -> None:
        entry = self._entry(script_id)
        refuse_if_open(self.desk, entry, PATIENCE)
        opened = open_again(self.desk, entry)
        groups: Mapping[bool, list[Group]] = {True: opened.history.done, False: opened.history.undone}
        if not groups[back] or groups[back][-1].id != group:
            raise StaleChange(
                f"{whose(entry)} has been marked further since, so nothing was taken back.",
                "Open it: undo there takes back what was done to it.",
            )
        how: Callable[[MarkingDesk], Outcome] = MarkingDesk.undo if back else MarkingDesk.redo
        how(opened)

    def _commit_again(self, step: Step) -> None:
        try:
            self.desk.store.commit(step)
        except StaleChange as error:
            raise StaleChange("The bank has changed since, so nothing was taken back.", "Look at it again.") from error


def _reworded(marking: Marking, use: Use, text: str) -> AnyChange:
    """The change that gives a use its new words."""
    note = marking.annotations.get(use.key)
    if note is not None:
        return AnnotationChanged(note, replace(note, comment=text))
    line = marking.feedback.get(use.key)
    if line is None:
        raise StaleChange("That use is no longer there.", "Look at it again, then repeat what you did.")
    return FeedbackChanged(line, replace(line, text=text))


def _label(uses: Sequence[tuple[Use, str]]) -> str:
    """How the essay's own undo names it."""
    if len(uses) > 1:
        return f"{len(uses)} comments, as changed in the bank"
    return f"{line_name(uses[0][0].key) or 'comment'}, as changed in the bank"


def told_of(plan: Rewording, reach: Reach, uses: int) -> str:
    """What an edit came to, in a line."""
    if reach is Reach.FROM_NOW_ON:
        stays = f"; where it was used it stays as it is ({uses})" if uses else ""
        return f"changed from now on{stays}"
    if reach is Reach.THIS and plan.changed:
        return "changed there alone; the bank has it as before"
    told = [f"{len(plan.changed)} changed"]
    told += [f"{len(plan.returned)} returned, unchanged"] if plan.returned else []
    told += [f"{len(plan.unclear)} left: its blanks can't be filled from what stands there"] if plan.unclear else []
    return "; ".join(told)
