"""The comment bank of a desk: what ships, what the teacher added, and what she typed, offered where it fits.

Made once a sitting (``CommentBank``), away from the key path: with fifty thousand uses it takes some tenths of a
second. After that a key costs what it narrows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.annotation import Annotation, Stamp
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
    merged,
    text_key,
)
from markdesk.core.bank_rank import BankIndex, BankSearch, Scope
from markdesk.core.bank_typed import fold_uses
from markdesk.core.changes import AnyChange, BankChanged
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.ids import AssignmentId
from markdesk.core.indicative import bare_question
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, split_tariff
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
        self, own: Iterable[BankComment], shipped: Iterable[BankComment], uses: Iterable[Use], now: str
    ) -> None:
        self._folded = fold_uses(merged(own, shipped), uses)
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


_LINES = {
    Field.WWW: BankField.WWW, Field.EBI: BankField.EBI, Field.TARGET: BankField.TARGET, Field.TASK: BankField.TASK,
    Field.QUESTION: BankField.DRAFT,
}  # fmt: skip


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
        elif isinstance(after, FeedbackLine) and after.field in _LINES:
            field = BankField.DRAFT if is_draft else _LINES[after.field]
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
    return CommentBank(store.bank_comments(), shipped, uses, desk.clock.now())


# -- changing a comment


class Reach(StrEnum):
    """How far an edit of a comment goes. What a student has been given never changes."""

    THIS = "this one"
    UNRETURNED = "all that aren't returned"
    FROM_NOW_ON = "from now on"


@dataclass(frozen=True, slots=True)
class Rewording:
    """What an edit of a comment does: the uses whose words change, each with its new ones, and those that stay."""

    changed: tuple[tuple[Use, str], ...]
    returned: tuple[Use, ...] = ()
    """They keep their words, since the student has them."""
    unclear: tuple[Use, ...] = ()
    """They keep their words, since the new ones have a blank that can't be filled from the old."""


def reword(before: BankComment, text: str, uses: Sequence[Use], reach: Reach, this: Use | None = None) -> Rewording:
    """What becomes of the uses of a comment when its words become ``text``.

    ``this`` is the use that is being edited, for the reach of that name. Blanks keep what they were filled with.
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
        filling = captured(before.text, use.text) if blanks(before.text) else Filling()
        new = text if filling is None else expanded(text, filling)
        if filling is None or set(blanks(new)) - set(blanks(use.text)):
            unclear.append(use)
        elif new != use.text:
            changed.append((use, new))
    return Rewording(tuple(changed), returned, tuple(unclear))


def kept_as_own(comment: BankComment, comment_id: str) -> BankComment:
    """A shipped or typed comment as one of the teacher's own, to be changed and kept.

    A shipped one keeps its id, so that hers stands in its place; a typed one takes ``comment_id``.
    """
    return replace(comment, id=comment_id if comment.origin is Origin.TYPED else comment.id, origin=Origin.OWN)


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
                f"The short code '{show_line(comment.code)}' belongs to '{_begun(other)}' already.",
                f"Give '{_begun(comment)}' another code in the file. Nothing was imported.",
            )
        if (same := said.setdefault((comment.field, text_key(comment.text)), comment)) is not comment:
            raise MarkdeskError(
                f"'{_begun(comment)}' is in your bank already, under the id {show_line(same.id)}.",
                "Give it that id in the file to replace it, or leave it out. Nothing was imported.",
            )


def _begun(comment: BankComment) -> str:
    words = show_line(comment.text)
    return words if len(words) <= 40 else words[:39] + "…"
