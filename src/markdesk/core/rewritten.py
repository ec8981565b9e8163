"""What a newer text of an essay changed, word by word: what went, and what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdesk.core.alignment import Alignment, Words
from markdesk.core.essay import Essay, Span


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The passages that differ. What is in neither stands in both texts, as it was or elsewhere."""

    gone: tuple[Span, ...]
    """Passages of the earlier text that the newer one doesn't have."""
    added: tuple[Span, ...]
    """Passages of the newer text that weren't in the earlier one."""
    words_gone: int
    words_added: int


def rewritten(earlier: Essay, essay: Essay) -> Rewritten:
    """Hold two texts against each other. A word that was only respelt, or moved with others, is the same word."""
    aligned = Alignment(earlier, Words(essay))
    gone, added = list(_passages(aligned.old, aligned.new_of)), list(_passages(aligned.new, aligned.old_of))
    return Rewritten(tuple(gone), tuple(added), aligned.new_of.count(-1), aligned.old_of.count(-1))


def _passages(words: Words, counterparts: Sequence[int]) -> Iterator[Span]:
    """The runs of words without a counterpart, none of them across paragraphs."""
    start = end = -1
    for at, other in enumerate(counterparts):
        span = words.spans[at]
        if start >= 0 and (other >= 0 or words.begins_paragraph(at)):
            yield Span(start, end)
            start = -1
        if other < 0:
            start = span.start if start < 0 else start
            end = span.end
    if start >= 0:
        yield Span(start, end)
