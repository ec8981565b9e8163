"""What a lens is: passages of an essay that a reader may want to go to, and a few plain words about where they are.

A lens shows the way. It has no opinion of what it finds, suggests no mark and compares with no other essay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdesk.core.essay import Essay, Span
from markdesk.core.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Found:
    """One passage. ``is_apart`` sets it off from the others, in the sense that its lens names."""

    span: Span
    note: str = ""
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """What one lens found in an essay: passages in order, none inside another."""

    id: str
    title: str
    found: tuple[Found, ...] = ()
    apart: str = ""
    """What those set apart have in common: ``outside 1529–1547``."""
    told: tuple[str, ...] = ()
    """What there is to say of the whole essay: which paragraphs have none, what is never mentioned."""
    sum: int | None = None
    """What is counted, where that isn't the number of passages."""

    @property
    def count(self) -> int:
        """The number that stands for it in a list."""
        return len(self.found) if self.sum is None else self.sum

    @property
    def count_apart(self) -> int:
        return sum(1 for found in self.found if found.is_apart)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the essay answers, as far as a lens needs to know it."""

    question: str
    rubric: Rubric | None = None
    name: str = ""
    """What the teacher calls the assignment; asked for a period where the question names none."""


def by_paragraph(essay: Essay, found: Sequence[Found]) -> tuple[int, ...]:
    """How many passages begin in each paragraph."""
    counts = [0] * len(essay.paragraphs)
    at = 0
    for one in found:
        while at + 1 < len(counts) and essay.paragraphs[at + 1].span.start <= one.span.start:
            at += 1
        counts[at] += 1
    return tuple(counts)


def paragraphs_without(essay: Essay, found: Sequence[Found]) -> tuple[int, ...]:
    """The numbers of the paragraphs in which nothing was found."""
    return tuple(n for n, count in enumerate(by_paragraph(essay, found), start=1) if not count)


def numbered(numbers: Iterable[int]) -> str:
    """Numbers of paragraphs as a reader has them: ``¶1, ¶3–¶5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join(f"¶{run[0]}" if len(run) == 1 else f"¶{run[0]}–¶{run[-1]}" for run in runs)


def word_set(words: str) -> frozenset[str]:
    """A closed list of words, written as they are read."""
    return frozenset(words.split())


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """Passages as they stand in the text, without those that begin inside another."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return tuple(kept)
