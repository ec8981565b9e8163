"""Which word of an earlier text is which word of a newer one, as far as the two texts show it for certain.

Words are compared without their case, accents and punctuation, and a word that was merely respelt counts as the same.
A match stands only in company: a stray "the" that happens to be in line says nothing.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2

from markdesk.core.essay import Essay, Span
from markdesk.core.plain import fold
from markdesk.core.sentences import sentences

_WORD = re.compile(r"\w+(?:['’]\w+)*")
GAP = 3
"""So many words apart at most stand two runs of matches that bear each other out."""
COMPANY = 1.6
"""What such runs must weigh together, in words that stand in each text once, to count at all."""
LOOSE = 0.5
"""A run at the end of such a row that weighs less is left out: it says nothing by itself."""
SURE = 6
"""A run of so many words that stands once in each text is the same run, before all else."""
MOVED = 4
"""A shorter one is, where all around it have found their counterparts."""
RESPELT = 80.0
"""How like two words must be, in per cent, for one to be the other mended; both longer than three letters."""
COMPARABLE = 4_000_000
"""At most so many pairs of words are held against each other for their spelling: beyond, only the same is the same."""


class Words:
    """A text as a row of words."""

    def __init__(self, essay: Essay) -> None:
        self.essay = essay
        self.spans = [Span(match.start(), match.end()) for match in _WORD.finditer(essay.text)]
        self.keys = [fold(essay.text[span.start : span.end]).replace("’", "'") for span in self.spans]
        self._starts = [span.start for span in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    @cached_property
    def _breaks(self) -> tuple[frozenset[int], frozenset[int]]:
        """The words that sentences and paragraphs begin with."""
        begins: set[int] = set()
        opens: set[int] = set()
        for paragraph in self.essay.paragraphs:
            opens.add(self.at(paragraph.span.start))
            begins.update(self.at(sentence.start) for sentence in sentences(self.essay.text, paragraph.span))
        return frozenset(begins | opens), frozenset(opens)

    def at(self, offset: int) -> int:
        """The number of the first word that ends after a place of the text."""
        found = bisect_right(self._starts, offset) - 1
        return found if found >= 0 and self.spans[found].end > offset else found + 1

    def within(self, span: Span) -> tuple[int, int]:
        """The words that a passage touches, as a range."""
        first = self.at(span.start)
        return first, max(first, self.at(span.end - 1) + (1 if self._touches(span.end - 1) else 0))

    def _touches(self, offset: int) -> bool:
        at = self.at(offset)
        return at < len(self) and self.spans[at].start <= offset

    def begins_sentence(self, word: int) -> bool:
        return word >= len(self) or word in self._breaks[0]

    def begins_paragraph(self, word: int) -> bool:
        return word >= len(self) or word in self._breaks[1]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another in both texts."""

    old: int
    new: int
    size: int


def runs(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """The words that two rows have in common, in order, with as few changes as may be between them."""
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.editops(old, new).as_matching_blocks()
    return [Run(block.a, block.b, block.size) for block in blocks if block.size]


def chained(found: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that stand close together in both texts."""
    chain: list[Run] = []
    for run in found:
        if chain:
            last = chain[-1]
            if max(run.old - last.old - last.size, run.new - last.new - last.size) > GAP:
                yield chain
                chain = []
        chain.append(run)
    if chain:
        yield chain


class Alignment:
    """Two texts, word beside word. ``new_of`` and ``old_of`` are -1 where a word has no counterpart for certain."""

    def __init__(self, earlier: Essay, newer: Words) -> None:
        self.old, self.new = Words(earlier), newer
        numbers: dict[str, int] = {}
        respelt = _respelt(set(self.old.keys), set(self.new.keys))
        self.old_ids = [numbers.setdefault(key, len(numbers)) for key in self.old.keys]
        self.new_ids = [numbers.setdefault(key, len(numbers)) for key in (respelt.get(k, k) for k in self.new.keys)]
        counts = Counter(self.old_ids)
        counts.update(self.new_ids)
        self.weights = [1 / (1 + log2(max(2, counts[n]) / 2)) for n in range(len(numbers))]
        self.new_of = [-1] * len(self.old)
        self.old_of = [-1] * len(self.new)
        self._pair_alone(SURE)
        for chain in chained(runs(*self._with_pairs())):
            if self._weight(chain) >= COMPANY:
                for run in self._without_loose_ends(chain):
                    self._pair(run)
        self._pair_alone(MOVED)
        self._pair_beside()
        _slide(self.old, self.old_ids, self.old_of, self.new_of)
        _slide(self.new, self.new_ids, self.new_of, self.old_of)

    def weight_of(self, ids: Sequence[int]) -> float:
        return sum(self.weights[n] for n in ids)

    def _weight(self, chain: Sequence[Run]) -> float:
        return sum(self.weight_of(self.old_ids[run.old : run.old + run.size]) for run in chain)

    def _pair(self, run: Run) -> None:
        for step in range(run.size):
            self.new_of[run.old + step] = run.new + step
            self.old_of[run.new + step] = run.old + step

    def _without_loose_ends(self, chain: list[Run]) -> list[Run]:
        """The chain without what is neither next to the rest nor weighs anything."""
        first, end = 0, len(chain)
        while end - first > 1 and self._weight(chain[first : first + 1]) < LOOSE:
            first += 1
        while end - first > 1 and self._weight(chain[end - 1 : end]) < LOOSE:
            end -= 1
        return chain[first:end]

    def _pair_beside(self) -> None:
        """Pair what is the same and next to a pair in both texts."""
        for order in (1, -1):
            for at in range(len(self.new))[::order]:
                was, beside = self.old_of[at], at + order
                if was < 0 or not 0 <= beside < len(self.new) or not 0 <= was + order < len(self.old):
                    continue
                is_free = self.old_of[beside] < 0 and self.new_of[was + order] < 0
                if is_free and self.new_ids[beside] == self.old_ids[was + order]:
                    self._pair(Run(was + order, beside, 1))

    def _with_pairs(self) -> tuple[list[int], list[int]]:
        """Both rows of words, those that have their counterpart being like no other word."""
        old, new = list(self.old_ids), list(self.new_ids)
        for at, place in enumerate(self.new_of):
            if place >= 0:
                old[at] = new[place] = -1 - at
        return old, new

    def _pair_alone(self, least: int) -> None:
        """Pair runs of so many words that stand once among those without a counterpart, wherever they went."""
        old, new = _seeds(self.old_ids, self.new_of, least), _seeds(self.new_ids, self.old_of, least)
        found: list[Run] = []
        seen: set[tuple[int, int]] = set()
        for seed, places in old.items():
            others = new.get(seed, ())
            if len(places) != 1 or len(others) != 1 or (places[0], others[0]) in seen:
                continue
            run = self._grown(places[0], others[0], least)
            seen.update((run.old + step, run.new + step) for step in range(run.size))
            if self.weight_of(self.old_ids[run.old : run.old + run.size]) >= COMPANY:
                found.append(run)
        for run in sorted(found, key=lambda run: (-run.size, run.old)):
            whole = range(run.size)
            if all(self.new_of[run.old + n] < 0 and self.old_of[run.new + n] < 0 for n in whole):
                self._pair(run)

    def _grown(self, old: int, new: int, size: int) -> Run:
        """The run of so many words from here, with those around it that fit too."""

        def fits(a: int, b: int) -> bool:
            inside = 0 <= a < len(self.old) and 0 <= b < len(self.new)
            return inside and self.old_ids[a] == self.new_ids[b] and self.new_of[a] < 0 and self.old_of[b] < 0

        while fits(old - 1, new - 1):
            old, new, size = old - 1, new - 1, size + 1
        while fits(old + size, new + size):
            size += 1
        return Run(old, new, size)


def _slide(words: Words, ids: Sequence[int], whence: list[int], where: list[int]) -> None:
    """Let what was taken out of a text begin where a sentence does.

    Of ``The king fell. The king rose.`` the first sentence went, not ``king fell. The``: both leave the same.
    ``whence`` says of each word of the other text which of these words it is, ``where`` the reverse.
    """
    for at in range(1, len(whence)):
        last, following = whence[at - 1], whence[at]
        if not 0 <= last < following - 1 or words.begins_sentence(last + 1):
            continue
        size = 0
        while size < at and size < following - last - 1:
            mine, its = last - size, following - 1 - size
            if whence[at - 1 - size] != mine or where[its] >= 0 or ids[mine] != ids[its]:
                break
            size += 1
            if words.begins_sentence(mine):
                for step in range(size):
                    where[last - step] = -1
                for step in range(size):
                    whence[at - 1 - step] = following - 1 - step
                    where[following - 1 - step] = at - 1 - step
                break


def _seeds(ids: Sequence[int], paired: Sequence[int], size: int) -> dict[tuple[int, ...], list[int]]:
    """Where each short run of unpaired words stands."""
    found: dict[tuple[int, ...], list[int]] = {}
    free = 0
    for at in range(len(ids)):
        free = free + 1 if paired[at] < 0 else 0
        if free >= size:
            start = at - size + 1
            found.setdefault(tuple(ids[start : at + 1]), []).append(start)
    return found


def _respelt(old: set[str], new: set[str]) -> dict[str, str]:
    """Words of the newer text alone, each with the word of the earlier text alone that it mends."""
    gone = sorted(word for word in old - new if len(word) > 3)
    come = sorted(word for word in new - old if len(word) > 3)
    if not gone or len(gone) * len(come) > COMPARABLE:
        return {}
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found: dict[str, str] = {}
    for word in come:
        best = process.extractOne(
            word, gone, scorer=Indel.normalized_similarity, score_cutoff=RESPELT / 100, processor=None
        )
        if best is not None:
            found[word] = best[0]
    return found
