"""The bank that writes itself: comments that were typed on scripts, folded into comments to offer again.

Nothing of this is stored. The scripts have the words; equal words, whatever their case, spaces and final stop, are one
comment, and words that a comment of the bank already says count as uses of that one. So do words that it said before it
was edited: else the old ones would be offered again, and sooner than the new.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from markdesk.core.bank import (
    LONGEST,
    BankComment,
    BankField,
    Origin,
    Use,
    blanks,
    captured,
    text_key,
)
from markdesk.core.changes import BankChanged
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import StepId

TYPED = "typed-"
"""What the ids of typed comments begin with; the rest follows from the words, so every window has the same."""


@dataclass
class Folded:
    """The bank with what was typed, and the uses of each comment."""

    comments: tuple[BankComment, ...]
    """Those of the bank in their order, then the typed ones."""
    uses: dict[str, tuple[Use, ...]]
    """By the comment's id, oldest first. A comment that was never used has no entry."""
    _by_words: dict[tuple[BankField, str], str] = field(default_factory=dict, repr=False)
    _templates: Sequence[BankComment] = field(default=(), repr=False)

    def find(self, field_of: BankField, text: str) -> str:
        """The id of the comment that these words are a use of; empty for none."""
        found = self._by_words.get((field_of, text_key(text)))
        return found if found is not None else _template_of(self._templates, field_of, text)

    def learn(self, use: Use) -> BankComment | None:
        """The comment that words become which ``find`` doesn't know; None where they aren't to be offered again."""
        words = use.field, text_key(use.text)
        if not _is_worth_offering(use.text, words[1]):
            return None
        new = _typed(words, [use])
        self._by_words[words] = new.id
        return new


def earlier_words(steps: Iterable[Step], bank: Iterable[BankComment]) -> tuple[BankComment, ...]:
    """What the comments of a bank said before they were edited, each under the id that it still has, the latest first.

    ``steps`` are those that changed the bank, oldest first; an edit that was undone said nothing.
    """
    told: dict[StepId, list[BankComment]] = {}
    undone: dict[StepId, list[BankComment]] = {}
    for step in steps:
        if step.kind is StepKind.UNDO:
            undone[step.group] = told.pop(step.group, [])
        elif step.kind is StepKind.REDO:
            told[step.group] = undone.pop(step.group, [])
        else:
            told[step.group] = [
                change.before
                for change in step.changes
                if isinstance(change, BankChanged) and change.before and change.after
            ]
    present = {comment.id: comment for comment in bank}
    kept: dict[tuple[str, str], BankComment] = {}
    for before in reversed([comment for same in told.values() for comment in same]):
        now = present.get(before.id)
        if now is not None and text_key(before.text) != text_key(now.text):
            kept.setdefault((now.id, text_key(before.text)), replace(now, text=before.text))
    return tuple(kept.values())


def fold_uses(bank: Iterable[BankComment], uses: Iterable[Use], earlier: Iterable[BankComment] = ()) -> Folded:
    """The bank (see ``bank.merged``) with everything that was typed; ``earlier`` is as ``earlier_words`` has it.

    What is empty, a lone letter or digit, or longer than a comment of the bank may be stays on its script, not offered.
    """
    kept = tuple(bank)
    wordings = (*kept, *earlier)  # what a comment says counts for more than what another said once
    by_words: dict[tuple[BankField, str], str] = {}
    for comment in wordings:
        if not blanks(comment.text):
            by_words.setdefault((comment.field, text_key(comment.text)), comment.id)
    templates = [comment for comment in wordings if blanks(comment.text)]
    by_text: dict[tuple[BankField, str], list[Use]] = defaultdict(list)
    for use in uses:
        by_text[use.field, use.text].append(use)
    found: dict[str, list[Use]] = defaultdict(list)
    typed: dict[tuple[BankField, str], list[Use]] = defaultdict(list)
    for (of, text), same in by_text.items():
        if len(text) > 2 * LONGEST:  # before it is compared with anything
            continue
        words = of, text_key(text)
        known = by_words.get(words) or _template_of(templates, of, text)
        if known:
            found[known] += same
        elif _is_worth_offering(text, words[1]):
            typed[words] += same
    new: list[BankComment] = []
    for words in sorted(typed):
        ordered = _in_order(typed[words])
        comment = _typed(words, ordered)
        by_words[words] = comment.id
        found[comment.id] = ordered
        new.append(comment)
    return Folded((*kept, *new), {i: tuple(_in_order(same)) for i, same in found.items()}, by_words, templates)


def _is_worth_offering(text: str, key: str) -> bool:
    # A lone letter or digit is no comment: most likely a key that was meant to take something.
    return len(text) <= LONGEST and len(key) > 1 and any(map(str.isalnum, key))


def _in_order(uses: Iterable[Use]) -> list[Use]:
    return sorted(uses, key=lambda use: (use.at, use.script, use.key))


def _typed(words: tuple[BankField, str], uses: Sequence[Use]) -> BankComment:
    """The comment in its latest spelling, meant for the stamps and strands that every use of it has named."""
    digest = hashlib.sha256(f"{words[0]}\n{words[1]}".encode("utf-8", "surrogatepass")).hexdigest()
    return BankComment(
        TYPED + digest[:16],
        uses[-1].text.strip(),
        field=words[0],
        stamps=_named(use.stamp for use in uses),
        strands=_named(use.strand for use in uses),
        origin=Origin.TYPED,
    )


def _named(values: Iterable[str]) -> tuple[str, ...]:
    """What was named, in order; nothing where one use named nothing, for then it suits any."""
    named = set(values)
    return () if "" in named else tuple(sorted(named))


def _template_of(templates: Sequence[BankComment], of: BankField, text: str) -> str:
    """The comment with blanks that the words came from; where several could be, the one with most words of its own."""
    fitting = [c for c in templates if c.field == of and captured(c.text, text) is not None]
    return max(fitting, key=lambda c: (len(c.text), c.id)).id if fitting else ""
