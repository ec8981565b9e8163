"""The comment bank of a desk: what ships, what the teacher added, and what she typed, offered where it fits.

Made once a sitting (``CommentBank``), away from the key path: with fifty thousand uses it takes some tenths of a
second. After that a key costs what it narrows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markdesk.core.annotation import Annotation, Stamp
from markdesk.core.bank import (
    BANK_FIELDS,
    BankComment,
    BankField,
    Origin,
    Use,
    code_key,
    merged,
    text_key,
)
from markdesk.core.bank_rank import BankIndex, BankSearch, Scope
from markdesk.core.bank_typed import earlier_words, fold_uses
from markdesk.core.changes import AnyChange, BankChanged
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.core.feedback import LABELS, FeedbackLine
from markdesk.core.ids import AssignmentId, ScriptId, StudentId
from markdesk.core.indicative import bare_question
from markdesk.core.marking import Marking
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, split_tariff
from markdesk.desk.anonymous import numbered, numbers_of, quoted
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry

# -- where a comment is wanted


def scope_at(
    rubric: Rubric,
    assignment: Assignment,
    field: BankField,
    stamp: Stamp | None = None,
    judged: str = "",
    level: int = 0,
) -> Scope:
    """The place that a comment is wanted for.

    ``judged`` is the strand or scale that is being judged, by its id; a stamp's own strands go before it. Where only
    questions are allowed, those are all that is offered.
    """
    strands = {(str(strand.id), strand.ao) for strand in rubric.strands}
    for scale in rubric.scales:
        strands |= {(str(scale.id), ao) for ao in scale.aos or ("",)}
    ids = {strand for strand, _ in strands}
    focus = stamp.strands & ids if stamp else frozenset[str]()
    if not focus and judged:
        scale_judged = rubric.scale(judged)
        within = {str(strand.id) for strand in rubric.strands_of(scale_judged)} if scale_judged else set()
        focus = frozenset({judged, *within}) & ids
    return Scope(
        field=BankField.DRAFT if assignment.kind is Kind.NEA_DRAFT else field,
        stamp=stamp.code if stamp else "",
        alike=stamp.like if stamp else frozenset(),
        focus=frozenset(focus),
        strands=frozenset(strands),
        rubric=split_tariff(rubric.id)[0],
        assignment=assignment.id,
        questions=frozenset(bare_question(name) for name in (assignment.question, assignment.name, assignment.id)),
        level=level,
        levels=max((scale.top for scale in rubric.scales), default=0),
    )


def with_strand(use: Use, stamp: Stamp | None, rubric: Rubric) -> Use:
    """The use with the strand that its stamp serves under this scheme, where it names none and there is only one."""
    if use.strand or stamp is None:
        return use
    served = stamp.strands & {str(strand.id) for strand in rubric.strands}
    return replace(use, strand=next(iter(served))) if len(served) == 1 else use


# -- the bank


class CommentBank:
    """All comments that can be offered, with their uses. Immutable but for ``note``."""

    def __init__(
        self,
        own: Iterable[BankComment],
        shipped: Iterable[BankComment],
        uses: Iterable[Use],
        now: str,
        earlier: Iterable[BankComment] = (),
    ) -> None:
        earlier = tuple(earlier)
        self._folded = fold_uses(merged(own, shipped), uses, earlier)
        self._earlier = earlier
        self._index = BankIndex(self._folded.comments, self._folded.uses, now, bare_question)
        self._by_id = {comment.id: comment for comment in self._folded.comments}
        self._uses = {comment_id: list(same) for comment_id, same in self._folded.uses.items()}

    @property
    def comments(self) -> tuple[BankComment, ...]:
        """The teacher's own, those that ship, those that were typed."""
        return tuple(self._index.comments)

    def get(self, comment_id: str) -> BankComment:
        """The comment of that id. Raises NotFound."""
        found = self._by_id.get(comment_id)
        if found is None:
            raise NotFound(
                f"No comment of the bank has the id '{show_line(comment_id)}'.", "'markdesk bank list' has all."
            )
        return found

    def by_code(self, code: str, field: BankField = BankField.ANNOTATION) -> BankComment | None:
        """The comment that ``;code`` stands for in a field. On a draft, whose field is ``draft``, only a question."""
        at = self._index.coded(code, field)
        return None if at is None else self._index.comments[at]

    def uses(self, comment_id: str) -> Sequence[Use]:
        """Where a comment was used, oldest first: each is a way back to its script."""
        return self._uses.get(comment_id, ())

    def earlier(self, comment_id: str) -> tuple[str, ...]:
        """What a comment said before it was edited, the latest first."""
        return tuple(comment.text for comment in self._earlier if comment.id == comment_id)

    def present(self, comment: BankComment) -> BankComment | None:
        """A comment that was seen before as the bank has it now; None where nothing says that any more."""
        # A typed comment's id follows from its words: it may be her own by now.
        return self._by_id.get(comment.id) or self.like(comment)

    def like(self, comment: BankComment) -> BankComment | None:
        """Another comment that says the same for the same field."""
        said = comment.field, text_key(comment.text)
        others = (other for other in self.comments if other.id != comment.id)
        return next((other for other in others if (other.field, text_key(other.text)) == said), None)

    def at(self, scope: Scope) -> BankSearch:
        """The bank as it is offered in a place; kept for as long as the box is open."""
        return self._index.at(scope)

    def note(self, use: Use) -> None:
        """Take in a comment that was just written: from the next ``at`` on it is offered, and offered sooner."""
        comment_id = self._folded.find(use.field, use.text)
        if not comment_id:
            new = self._folded.learn(use)
            if new is None:
                return
            self._index.add(new)
            self._by_id[new.id] = new
            comment_id = new.id
        self._uses.setdefault(comment_id, []).append(use)
        self._index.note(comment_id, use)


def uses_in(changes: Iterable[AnyChange], entry: Entry, at: str) -> tuple[Use, ...]:
    """The comments that these changes of a script's marking wrote, as ``Store.comment_uses`` would tell of them."""
    is_draft = entry.assignment.kind is Kind.NEA_DRAFT
    about = (entry.assignment.id, entry.script.id)
    found: list[Use] = []
    for change in changes:
        after = change.after
        if isinstance(after, Annotation) and after.comment:
            before = change.before
            if not isinstance(before, Annotation) or before.comment != after.comment:
                field = BankField.DRAFT if is_draft else BankField.ANNOTATION
                found.append(Use(after.comment, at, field, after.code, "", *about, after.id))
        elif isinstance(after, FeedbackLine) and after.field in BANK_FIELDS:
            field = BankField.DRAFT if is_draft else BANK_FIELDS[after.field]
            found.append(Use(after.text, at, field, "", "", *about, after.key))
    return tuple(found)


def bank_of(desk: Desk, shipped: Iterable[BankComment]) -> CommentBank:
    """The bank of a desk as its marker has it. Raises what reading the desk raises."""
    store = desk.store
    hashes = {assignment.id: assignment.rubric_hash for assignment in store.assignments()}

    def told(use: Use) -> Use:
        wanted = hashes.get(AssignmentId(use.assignment))
        if not use.stamp or wanted is None:
            return use
        rubric = store.rubric(wanted)
        return with_strand(use, desk.stamps_for(rubric).for_code(use.stamp), rubric)

    uses = [told(use) for use in store.comment_uses(desk.marker.id)]
    own = store.bank_comments()
    return CommentBank(own, shipped, uses, desk.clock.now(), earlier_words(store.bank_steps(), own))


# -- where a comment was used


@dataclass(frozen=True, slots=True)
class UsedAt:
    """A use of a comment with the script that it stands on."""

    use: Use
    entry: Entry
    student: str
    """What the student is called: by name, or a number while names are hidden."""
    passage: str
    """The words that it is about; of a line of feedback its name."""


def used_at(desk: Desk, uses: Iterable[Use]) -> tuple[UsedAt, ...]:
    """Where these uses stand, the newest first. One whose script has gone is left out."""
    found: list[UsedAt] = []
    marker, store = desk.marker.id, desk.store
    markings: dict[ScriptId, tuple[Entry, Marking] | None] = {}
    numbers: dict[AssignmentId, dict[StudentId, int]] = {}
    for use in sorted(uses, key=lambda use: use.at, reverse=True):
        script_id = ScriptId(use.script)
        if script_id not in markings:
            marking, entries = store.marking(script_id, marker), store.entries(marker, script_id=script_id)
            markings[script_id] = (entries[0], marking) if entries and marking else None
        known = markings[script_id]
        if known is None:
            continue
        entry, marking = known
        assignment = entry.assignment
        if assignment.is_anonymous and assignment.id not in numbers:
            numbers[assignment.id] = numbers_of(desk, assignment, store.entries(marker, assignment.id))
        called = numbered(numbers.get(assignment.id, {}).get(entry.student.id), entry.student)
        note, line = marking.annotations.get(use.key), marking.feedback.get(use.key)
        if note is not None or line is not None:
            passage = quoted(entry, note.anchor.exact) if note else line_name(use.key)
            found.append(UsedAt(use, entry, called, passage))
    return tuple(found)


def line_name(key: str) -> str:
    """What a line of feedback is called, by its key; empty for what is none."""
    name = key.partition(".")[0]
    return next((label for field, label in LABELS.items() if field == name), "")


# -- taking in a file


def import_changes(own: Iterable[BankComment], incoming: Iterable[BankComment]) -> tuple[BankChanged, ...]:
    """What taking in a file of comments changes in the teacher's own: new ones come, those of a known id are replaced.

    The same file again changes nothing. Raises MarkdeskError where a short code or the same words belong to another
    comment of hers already.
    """
    present = {comment.id: comment for comment in own}
    after = dict(present)
    changes: list[BankChanged] = []
    for comment in incoming:
        mine = replace(comment, origin=Origin.OWN)
        before = present.get(mine.id)
        after[mine.id] = mine
        if before != mine:
            changes.append(BankChanged(before, mine))
    _refuse_clashes(after.values())
    return tuple(changes)


def _refuse_clashes(comments: Iterable[BankComment]) -> None:
    codes: dict[str, BankComment] = {}
    said: dict[tuple[BankField, str], BankComment] = {}
    for comment in comments:
        if comment.code and (other := codes.setdefault(code_key(comment.code), comment)) is not comment:
            raise MarkdeskError(
                f"The short code '{show_line(comment.code)}' belongs to '{begun(other)}' already.",
                f"Give '{begun(comment)}' another code in the file. Nothing was imported.",
            )
        if (same := said.setdefault((comment.field, text_key(comment.text)), comment)) is not comment:
            raise MarkdeskError(
                f"'{begun(comment)}' is in your bank already, under the id {show_line(same.id)}.",
                "Give it that id in the file to replace it, or leave it out. Nothing was imported.",
            )


def begun(comment: BankComment) -> str:
    """A comment by its first words, to name it in a sentence."""
    words = show_line(comment.text)
    return words if len(words) <= 40 else words[:39] + "…"
