"""What stands below an essay's last long paragraph: its short last words and its sources, and then the site's tail."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdesk.formats.furniture import addresses_visitors, is_advert, is_promotion
from markdesk.formats.seen import SENTENCE_END, SURE_OF_A_PAGE, Seen, ends_a_sentence

_MOSTLY = 0.6
_NEARLY_ALL = 0.7
"""The share of the site's lines from which on the rest of a page is the site's, for odd lines and for mere labels."""


class Tail:
    """The blocks after ``last``. Every question is answered from sums made once: a page may have 100,000 blocks."""

    def __init__(self, seen: Sequence[Seen], last: int) -> None:
        self.seen = seen
        self.last = last
        self.sure = sum(each.strong for each in seen) >= SURE_OF_A_PAGE
        self.in_sources = list(self._in_sources())
        self.site = [each.odd or each.label or each.asks >= 2 or addresses_visitors(each.plain) for each in seen]
        free = [not listed for listed in self.in_sources]
        self.odd_from = self._sums(each.odd for each in seen)
        self.free_from = self._sums(free)
        self.site_from = self._sums(site and open_ for site, open_ in zip(self.site, free, strict=True))

    def taken_out(self) -> set[int]:
        """The places of the blocks that belong to the site."""
        found: set[int] = set()
        begin = self._first(self.last + 1)
        while begin + 1 < len(self.seen) and self._is_interruption(begin) and self._is_students_sentence(begin + 1):
            found.add(begin)
            begin = self._first(begin + 2)
        if begin < len(self.seen):
            begin = self._with_lines_above(begin)
            found.update(range(begin, len(self.seen)))
            found.difference_update(self._sources_below(begin))
        return found

    def _sums(self, counted: Iterator[bool] | Sequence[bool]) -> list[int]:
        """For every place how many are counted from there to the end."""
        return [*reversed(list(accumulate(reversed(list(counted)), initial=0)))]

    def _in_sources(self) -> Iterator[bool]:
        """Whether a block stands under a heading of sources, with nothing of the site's in between."""
        inside = False
        for i, each in enumerate(self.seen):
            inside = i > self.last and not each.odd and (inside or each.heads_sources)
            yield inside

    def _first(self, start: int) -> int:
        return next((i for i in range(start, len(self.seen)) if self._begins(i)), len(self.seen))

    def _begins(self, i: int) -> bool:
        each = self.seen[i]
        if each.strong:
            return not each.running
        if not each.odd:
            return self._only_labels_follow(i)
        rest = len(self.seen) - i
        return any(other.strong for other in self.seen[i + 1 : i + 4]) or (
            rest > 1 and self.odd_from[i] >= rest * _MOSTLY
        )

    def _only_labels_follow(self, i: int) -> bool:
        """A label with labels below it, and no sentence of the student's next: a heading has its text below it."""
        each, rest = self.seen[i], self.free_from[i]
        if not each.label or each.asks >= 2 or self.in_sources[i] or rest < SURE_OF_A_PAGE:
            return False
        announced = not ends_a_sentence(self.seen[i - 1]) and not self.site[i - 1]
        return not announced and self.site[i + 1] and self.site_from[i] >= rest * _NEARLY_ALL

    def _is_interruption(self, i: int) -> bool:
        """A gap for an advert, or a line that stood inside the essay already: the essay's last words may follow."""
        line = self.seen[i].plain.casefold()
        return is_advert(line) or any(line == each.plain.casefold() for each in self.seen[: self.last])

    def _is_students_sentence(self, i: int) -> bool:
        each = self.seen[i]
        return not self.site[i] and bool(SENTENCE_END.search(each.plain)) and not is_promotion(each.plain)

    def _with_lines_above(self, begin: int) -> int:
        """Names, dates and other people's questions that stand just above the first sure line of the site."""
        while begin - 1 > self.last and self.seen[begin - 1].odd:
            begin -= 1
        start = begin
        while start - 1 > self.last and self.seen[start - 1].asks >= 2 and self.seen[start - 1].words < 60:
            start -= 1
        begin = start if begin - start >= 2 else begin
        while self.sure and begin - 1 > self.last and (self.seen[begin - 1].odd or self._is_stray(begin - 1)):
            begin -= 1
        return begin

    def _is_stray(self, i: int) -> bool:
        """A label of the site or a word to its visitors, and no list of the student's sources."""
        each = self.seen[i]
        return not self.in_sources[i] and ((each.label and each.words < 8) or addresses_visitors(each.plain))

    def _sources_below(self, begin: int) -> Iterator[int]:
        """A bibliography below the site's first line is the student's still."""
        i = begin
        while i < len(self.seen):
            if not self.seen[i].heads_sources or self.seen[i].block.marked:
                i += 1
                continue
            end = i + 1
            while end < len(self.seen) and not self.seen[end].odd and not self.seen[end].asks:
                end += 1
            if any(self.seen[n].source for n in range(i + 1, end)):
                yield from range(i, end)
            i = end
