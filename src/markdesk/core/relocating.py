"""Where annotations stand in a corrected text: at the same words, at words like them, or nowhere that can be told.

What identifies a passage is its own words, what stood before and after it, and that no other passage has a better
right to the place. All three make one score. A place needs a least score, and it must be ahead of every other place;
else the annotation has lost its place, and a person puts it back. Nothing is found by likeness in silence: ``how``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from markdesk.core.alignment import MOVED, SURE, Alignment, Run, Words, chained, runs
from markdesk.core.anchors import Anchor, anchor, occurrences
from markdesk.core.essay import Essay, Span

AROUND = 18
"""So many words before a passage, and after it, are its neighbours."""
NEAR = 4
"""A neighbour so many words off counts for half of the next one."""
REACH = 10
"""So many words nearer or farther than they were, the neighbours still stand beside it."""
SLACK = 8
"""So many words beyond its own length a place is looked at on each side."""
ASUNDER = 32
"""Farther than so many words from one another its words stand in two places, not in one with something between."""
PLACES = 6
"""At most so many places that have words of the passage are weighed."""
OFTEN = 8
"""A word that comes more often in one passage says no more of where it begins."""
MANY = 500
"""Words that stand oftener than this in a text are no quotation by which a place is known."""
FLOOR = 0.45
"""The least score of a place."""
OWN_FLOOR = 0.26
"""The least of it that the passage's own words must bring."""
MARGIN = 0.15
"""By so much the best place must be ahead of the next."""
BESIDE = 0.5
"""The least of their neighbours that passages of hardly any weight need; less and less of it, up to ``SHORT``."""
CERTAIN = 0.6
"""So much of their neighbours makes the same words the same passage, where nothing else does."""
ASKEW = 2
"""So many words taken out or put in between leave two words together."""
STRAY = 1.0
"""Words that weigh less than this, apart from all others, are no end of the passage."""
SHORT = 1.5
"""Passages whose words weigh less than this need their neighbours too."""


class How(StrEnum):
    """How an annotation found its place."""

    SAME = "same"
    """The same words stand there."""
    ALIKE = "alike"
    """Other words, like enough: to be looked at."""
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of an anchor."""

    anchor: Anchor
    how: How


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the newer text, words ``first`` to ``end`` (not included), and what speaks for it."""

    first: int
    end: int
    own: float
    beside: float
    is_once: bool = False
    """Whether the very words stand there, and once in each text."""

    @property
    def score(self) -> float:
        return 0.7 * self.own + 0.3 * self.beside


@dataclass(frozen=True, slots=True)
class _Passage:
    """The passage as words ``first`` to ``end`` (not included) of the earlier text."""

    span: Span
    first: int
    end: int
    weight: float
    ids: tuple[int, ...]


def _overlap(one: _Place, other: _Place) -> bool:
    return one.first < other.end and other.first < one.end


class Relocator:
    """Finds the passages of one text in another. ``earlier`` None: nothing is known of it but what anchors keep."""

    def __init__(self, earlier: Essay | None, essay: Essay) -> None:
        self.earlier, self.essay = earlier, essay

    @cached_property
    def _new(self) -> Words:
        return Words(self.essay)

    def find(self, old: Anchor) -> Found:
        """The anchor in the newer text."""
        earlier = self.earlier
        if earlier is not None and old.span is not None and earlier.quote(old.span) == old.exact:
            span = self._among_all.find(old, old.span)
        else:  # it had lost its place before: what it keeps of its text is all there is
            kept = Alignment(Essay(old.prefix + old.exact + old.suffix), self._new)
            span = _Search(kept).find(old, Span(len(old.prefix), len(old.prefix) + len(old.exact)))
        if span is None:
            return Found(Anchor(None, old.exact, old.prefix, old.suffix), How.LOST)
        placed = anchor(self.essay, span)
        return Found(placed, How.SAME if placed.exact == old.exact else How.ALIKE)

    @cached_property
    def _among_all(self) -> "_Search":
        """The search in which each passage is held against all the others."""
        assert self.earlier is not None, "there is an earlier text to hold it against"
        return _Search(Alignment(self.earlier, self._new))


class _Search:
    """The search for one passage."""

    def __init__(self, aligned: Alignment) -> None:
        self._aligned = aligned
        self._old, self._new = aligned.old, aligned.new

    def find(self, old: Anchor, span: Span) -> Span | None:
        """Where the passage stands now; None where that can't be told."""
        first, end = self._old.within(span)
        ids = tuple(self._aligned.old_ids[first:end])
        if not ids:  # no word in it: a dash, a dagger
            places = occurrences(self._new.essay.text, old.exact, 2)
            return places[0] if len(places) == 1 else None
        passage = _Passage(span, first, end, self._aligned.weight_of(ids), ids)
        exact = list(self._exact(old, passage))
        if len(exact) > 1 and self._was_copied(old):
            return None
        known = next((at for place, at in exact if self._is_known(passage, place)), None)
        if known is not None:
            return known
        place = self._best(passage, [*(place for place, _ in exact), *self._alike(passage)])
        if place is None:
            return None
        # The words themselves come before words like them, where they stand there. But nobody looks again at what
        # reads as it did, so that they must be the same passage for certain.
        same = next(((found, at) for found, at in exact if _overlap(found, place)), None)
        if same is None:
            return self._span(passage, place)
        return same[1] if same[0].beside >= CERTAIN or same[0].is_once else None

    def _was_copied(self, old: Anchor) -> bool:
        """Whether the words stand with the same neighbours in more places than they did: which is it, then?"""

        def copies(text: str) -> int:
            places = [anchor(Essay(text), span) for span in occurrences(text, old.exact, MANY)]
            return sum(at.prefix.endswith(old.prefix) and at.suffix.startswith(old.suffix) for at in places)

        return copies(self._new.essay.text) > max(1, copies(self._old.essay.text))

    def _is_known(self, passage: _Passage, place: _Place) -> bool:
        """Whether the words there are those of the passage one by one, and in the company that they had."""
        was, first, end = self._aligned.old_of, place.first, place.end
        if was[first:end] != list(range(passage.first, passage.end)):
            return False
        around = [*range(max(0, first - SLACK), first), *range(end, min(len(was), end + SLACK))]
        company = sum(1 for n in around if was[n] >= 0 and abs(was[n] - passage.first - n + first) <= ASKEW)
        return place.beside >= CERTAIN or end - first + company >= SURE

    def _stands_once(self, passage: _Passage, at: Span) -> bool:
        """Whether the words stand once in each text, and are enough to be known by: a few of them, or a sentence."""
        old, new = self._old, self._new
        first, end = new.within(at)
        enough = len(passage.ids) >= MOVED or all(
            text.begins_sentence(one) and text.begins_sentence(other)
            for text, one, other in ((old, passage.first, passage.end), (new, first, end))
        )
        quote = new.essay.quote(at)
        return enough and all(len(occurrences(text.essay.text, quote, 2)) == 1 for text in (old, new))

    def _best(self, passage: _Passage, places: Sequence[_Place]) -> _Place | None:
        """The place that is good enough, and ahead of all others."""
        best = max(places, key=lambda place: (place.score, place.is_once, -place.first), default=None)
        if best is None:
            return None
        next_best = max((place.score for place in places if not _overlap(place, best)), default=0.0)
        beside = 0.0 if best.is_once else BESIDE * max(0.0, 1 - passage.weight / SHORT)
        enough = best.own >= OWN_FLOOR and best.beside >= beside and best.score >= FLOOR
        return best if enough and best.score - next_best >= MARGIN else None

    # -- the same words

    def _exact(self, old: Anchor, passage: _Passage) -> Iterator[tuple[_Place, Span]]:
        """Where the same characters stand, but for those that another passage has a right to."""
        aligned = self._aligned
        places = occurrences(self._new.essay.text, old.exact, MANY + 1)
        is_once = len(places) == 1 and self._stands_once(passage, places[0])
        for span in places if len(places) <= MANY else ():
            first, end = self._new.within(span)
            taken = [aligned.new_ids[n] for n in range(first, end) if self._taken(passage, n)]
            own = 1 - aligned.weight_of(taken) / passage.weight if taken and not is_once else 1.0
            yield _Place(first, end, max(0.0, own), self._beside(passage, first, end), is_once), span

    def _taken(self, passage: _Passage, new: int) -> bool:
        """Whether a word of the newer text is known to be one from outside the passage."""
        was = self._aligned.old_of[new]
        return was >= 0 and not passage.first <= was < passage.end

    # -- words like them

    def _alike(self, passage: _Passage) -> Iterator[_Place]:
        seen: set[tuple[int, int]] = set()
        for place in (*self._known(passage), *(self._fitted(passage, start) for start in self._starts(passage))):
            if place is not None and (place.first, place.end) not in seen:
                seen.add((place.first, place.end))
                yield place

    def _known(self, passage: _Passage) -> Iterator[_Place]:
        """Where the words of the passage are known to have gone: also with other words between, or in another order."""
        went = [(self._aligned.new_of[n], n - passage.first) for n in range(passage.first, passage.end)]
        went = sorted((new, at) for new, at in went if new >= 0)
        near = min(max(SLACK, len(passage.ids)), ASUNDER)
        group: list[Run] = []
        for new, at in went:
            if group and new - group[-1].new > near:
                yield self._placed(passage, group)
                group = []
            group.append(Run(at, new, 1))
        if group:
            yield self._placed(passage, group)

    def _starts(self, passage: _Passage) -> Iterator[int]:
        """Where the passage may begin: by the words that are known, then by those that both texts have."""
        aligned = self._aligned
        votes: dict[int, float] = {}
        width = SLACK
        wanted: dict[int, list[int]] = {}
        for at, number in enumerate(passage.ids):
            wanted.setdefault(number, []).append(at)
        for new, number in enumerate(aligned.new_ids):
            if number in wanted and not self._taken(passage, new):
                was = aligned.old_of[new]
                offsets = [was - passage.first] if was >= 0 else wanted[number][:OFTEN]
                weight = aligned.weights[number] * (2 if was >= 0 else 1) / len(offsets)
                for offset in offsets:
                    slot = (new - offset) // width
                    votes[slot] = votes.get(slot, 0.0) + weight
                    votes[slot + 1] = votes.get(slot + 1, 0.0) + weight
        for slot in sorted(votes, key=lambda slot: (-votes[slot], slot))[:PLACES]:
            yield (slot - 1) * width

    def _fitted(self, passage: _Passage, start: int) -> _Place | None:
        """The best fit of the passage near a word of the newer text."""
        aligned, length = self._aligned, len(passage.ids)
        low = max(0, start - SLACK)
        high = min(len(self._new), start + length + length // 2 + 2 * SLACK)
        window = [-1 if self._taken(passage, n) else aligned.new_ids[n] for n in range(low, high)]
        found = self._trimmed([Run(r.old, r.new + low, r.size) for r in runs(passage.ids, window)], passage)
        return self._placed(passage, found) if found else None

    def _placed(self, passage: _Passage, found: list[Run]) -> _Place:
        """The place that such matches make. What is known to be of another passage isn't held against it."""
        aligned = self._aligned
        first, end = self._filled(passage, found)
        shared = sum(aligned.weight_of(passage.ids[r.old : r.old + r.size]) for r in found)
        there = aligned.weight_of([aligned.new_ids[n] for n in range(first, end) if not self._taken(passage, n)])
        return _Place(first, end, 2 * shared / (passage.weight + there), self._beside(passage, first, end))

    def _trimmed(self, found: list[Run], passage: _Passage) -> list[Run]:
        """Without the matches at either end that stand too far off for what they weigh."""
        chains = list(chained(found))

        def strays(chain: list[Run]) -> bool:
            return sum(self._aligned.weight_of(passage.ids[r.old : r.old + r.size]) for r in chain) < STRAY

        while len(chains) > 1 and strays(chains[0]):
            chains = chains[1:]
        while len(chains) > 1 and strays(chains[-1]):
            chains = chains[:-1]
        return self._tightened([run for chain in chains for run in chain], passage)

    def _tightened(self, found: list[Run], passage: _Passage) -> list[Run]:
        """Each run as near to the longest as the same words stand: a phrase may come twice in a row."""
        middle = max(range(len(found)), key=lambda n: found[n].size, default=0)

        def beside(run: Run, held: Run) -> Run:
            there = held.new - held.old + run.old
            words = passage.ids[run.old : run.old + run.size]
            same = there >= 0 and tuple(self._aligned.new_ids[there : there + run.size]) == words
            return Run(run.old, there, run.size) if same else run

        for n in range(middle - 1, -1, -1):
            found[n] = beside(found[n], found[n + 1])
        for n in range(middle + 1, len(found)):
            found[n] = beside(found[n], found[n - 1])
        return found

    def _filled(self, passage: _Passage, found: list[Run]) -> tuple[int, int]:
        """The whole place: with the changed words at its ends, as far as they are nobody else's."""
        first, end = found[0].new, found[-1].new + found[-1].size
        lead, tail = found[0].old, len(passage.ids) - found[-1].old - found[-1].size
        free = first
        while free > 0 and not self._taken(passage, free - 1) and not self._new.begins_paragraph(free):
            free -= 1
        if self._old.begins_sentence(passage.first):
            starts = [n for n in range(free, first + 1) if self._new.begins_sentence(n)]
            near = [n for n in starts if first - n <= lead + SLACK]
            first = near[-1] if near else max(free, first - lead)
        else:
            first = max(free, first - lead)
        free = end
        while free < len(self._new) and not self._taken(passage, free) and not self._new.begins_paragraph(free):
            free += 1
        if self._old.begins_sentence(passage.end):
            ends = [n for n in range(end, free + 1) if self._new.begins_sentence(n)]
            near = [n for n in ends if n - end <= tail + SLACK]
            end = near[0] if near else min(free, end + tail)
        else:
            end = min(free, end + tail)
        return first, end

    # -- what stands around it

    def _beside(self, passage: _Passage, first: int, end: int) -> float:
        """How much of what stood on either side still stands there, from 0 to 1."""
        aligned = self._aligned
        before = [passage.first - far for far in range(1, AROUND + 1) if far <= passage.first]
        after = [passage.end + far for far in range(AROUND) if passage.end + far < len(self._old)]
        sides: list[float] = []
        for was, low, high in ((before, first - AROUND - REACH, first), (after, end, end + AROUND + REACH)):
            weights = [aligned.weights[aligned.old_ids[n]] / (1 + far / NEAR) for far, n in enumerate(was)]
            if weights:
                there = [w for w, n in zip(weights, was, strict=True) if low <= aligned.new_of[n] < high]
                sides.append(sum(there) / sum(weights))
        return sum(sides) / len(sides) if sides else 1.0

    # -- from words to characters

    def _span(self, passage: _Passage, place: _Place) -> Span:
        """The place as characters, with the punctuation that the passage had at its ends."""
        old, new = self._old.essay.text, self._new.essay.text
        start, end = self._new.spans[place.first].start, self._new.spans[place.end - 1].end
        lead = old[passage.span.start : self._old.spans[passage.first].start]
        tail = old[self._old.spans[passage.end - 1].end : passage.span.end]
        if lead:
            while start > 0 and not new[start - 1].isspace() and not new[start - 1].isalnum():
                start -= 1
        if tail:
            while end < len(new) and not new[end].isspace() and not new[end].isalnum():
                end += 1
        return Span(start, end)
