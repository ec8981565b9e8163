"""Where one paragraph ends and the next begins: by the gap above a line, its indent, and how far the last line went."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise

from markdesk.formats.pdf.shapes import Line

_WIDER = 1.25
"""A gap of so many usual ones divides paragraphs."""
_INDENT = 0.8
"""Ems by which a paragraph's first line stands in."""
_OTHER_SIZE = 0.07
_CLEARLY_SHORT = 0.25
"""A line that leaves so much of its column free ended because somebody ended it."""
_ENDS = re.compile(r"[.!?…:][\"'”’)\]*]{0,4}(?:\[\d{1,3}\])*$")
_BULLET = re.compile(r"[•▪●○◦‣■➢➤✓]")
_MARK = re.compile(r"[–—*·\-o][ \t]|\(?(?:(\d{1,2})|[a-z]|[ivx]{1,4})[.)][ \t]")
_STOPS_SHORT = re.compile(r"(?:\b[A-Z]|\bpp?|\b[Vv]ols?|\b[Nn]os?|\b[Ee]ds?|\bch|\bcf|\b[Ss]t|\b[DM]rs?|\bibid)\.$")
"""A full stop that ends a word and no sentence."""
_MARGIN_OF_A_TITLE = 1.5
_MANY_LINES = 6
_RUNNING_ON = 0.34
"""The share of lines that begin with a small letter where text runs on from line to line."""
_EVEN = 0.1
_JUSTIFIED = 0.7
_WIDEST_SPACING = 3.0
_RAGGED = 3.0
"""Ems by which the lines of one quotation may end apart."""
_SAME_EDGE = 0.5
_FAR_IN = 7.0
"""Ems: no paragraph's first line stands so far in, but a date does, or a line in the middle."""
_BLANK_LINE = 1.6
_LEAST_FILLED = 0.75
"""How much of a page's height is filled at least before a program goes on to the next."""
_FAR_UP = 4
"""So many lines free at the foot of a page mean that the page was ended on purpose."""


class Gap(Enum):
    """What stands between a line and the one above."""

    NONE = "the same paragraph goes on"
    LINE = "a line of its own in the same paragraph"
    PARAGRAPH = "a new paragraph"


@dataclass(frozen=True, slots=True)
class _Measure:
    """A column as its lines were set: where they begin and may end, and how far they stand from each other."""

    left: float
    right: float


class Setting:
    """How a file is set: its columns, its usual distances, and whether gaps divide its paragraphs."""

    def __init__(self, lines: Sequence[Line], height: float) -> None:
        self.body_size = body_size(lines)
        self._pitches = _pitches(lines)
        self._columns = {column: _measure(list(group)) for column, group in groupby(lines, lambda line: line.column)}
        self._wide = [(column.left, column.right) for column in _long_columns(lines)]
        self._measured: dict[int, _Measure] = {}
        self.foot = max([height * _LEAST_FILLED, *(line.y for line in lines)])
        self._quoted: dict[int, float] = {}
        self._quoted = self._set_in(lines)
        self.justified = self._is_justified(lines)
        self.by_gaps = self._divided_by_gaps(lines)

    def pitch(self, line: Line) -> float:
        """The usual distance to the line above, for letters of this size."""
        return min(self._pitches.get(round(line.size), line.size * 1.2), line.size * _WIDEST_SPACING)

    def measure(self, line: Line) -> _Measure:
        """The column of a line; one of few lines is as wide as the narrowest of the others that it fits into."""
        if line.column not in self._measured:
            own = self._columns[line.column]
            wider = [right for left, right in self._wide if abs(left - own.left) < 4 and right > own.right - 1]
            self._measured[line.column] = _Measure(own.left, max(own.right, min(wider, default=own.right)))
        measure = self._measured[line.column]
        quoted = self._quoted.get(id(line))
        return _Measure(measure.left, quoted) if quoted else measure

    def _set_in(self, lines: Sequence[Line]) -> dict[int, float]:
        """Where the lines of quotations end that are set in on both sides, by line."""
        found: dict[int, float] = {}
        for inside, group in groupby(lines, lambda line: (line.column, self.indent(line) > _INDENT)):
            every = list(group)
            edge = self.measure(every[0]).right
            quoted = [line for line in every if edge - line.x1 > line.size * _INDENT]
            end = max((line.x1 for line in quoted), default=edge)
            near = sum(end - line.x1 < line.size * _RAGGED for line in quoted)
            if inside[1] and near >= 2 and len(quoted) * 2 > len(every) and _run_on(quoted[1:]):
                found.update((id(line), end) for line in quoted)
        return found

    def indent(self, line: Line) -> float:
        """By how many ems a line begins further in than its column."""
        return (line.x0 - self.measure(line).left) / line.size

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle of its column with room on both sides, as a title does."""
        measure = self.measure(line)
        left, right = line.x0 - measure.left, measure.right - line.x1
        return abs(left - right) < line.size and left > line.size * _MARGIN_OF_A_TITLE

    def is_short(self, line: Line, after: Line) -> bool:
        """Whether the next line's first word would have fitted on this line."""
        free = self.measure(line).right - line.x1
        return free > after.first_word_width + line.size * 0.6

    def is_clearly_short(self, line: Line) -> bool:
        """Whether a line ends far from the edge, or anywhere else than at it where all others end there."""
        if self.justified and (self.indent(line) <= _INDENT or id(line) in self._quoted):
            return True
        measure = self.measure(line)
        return measure.right - line.x1 > (measure.right - measure.left) * _CLEARLY_SHORT

    def _is_justified(self, lines: Sequence[Line]) -> bool:
        free = [self.measure(line).right - line.x1 for line in lines if abs(line.size - self.body_size) < 0.5]
        return sum(space < self.body_size * 0.3 for space in free) >= len(free) * _JUSTIFIED

    def _divided_by_gaps(self, lines: Sequence[Line]) -> bool:
        ends = [
            line.y - before.y > self.pitch(line) * _WIDER
            for before, line in pairwise(lines)
            if _same_flow(before, line) and ends_sentence(before.text) and self.is_short(before, line)
        ]
        return sum(ends) * 3 > len(ends) * 2


def body_size(lines: Sequence[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 4) / 4] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _same_flow(before: Line, line: Line) -> bool:
    return before.column == line.column and line.y > before.y and abs(before.size - line.size) < line.size * _OTHER_SIZE


def _pitches(lines: Sequence[Line]) -> dict[int, float]:
    """For each size of letters the usual distance of two lines: the smallest of those that are common."""
    found: dict[int, Counter[float]] = {}
    for before, line in pairwise(lines):
        if _same_flow(before, line):
            found.setdefault(round(line.size), Counter())[round((line.y - before.y) * 2) / 2] += 1
    pitches: dict[int, float] = {}
    for size, distances in found.items():
        near = {d: sum(count for other, count in distances.items() if abs(other - d) <= 1.0) for d in distances}
        pitches[size] = min(d for d, count in near.items() if count * 2 >= max(near.values()))
    return pitches


def _measure(lines: Sequence[Line]) -> _Measure:
    lefts = Counter(round(line.x0) for line in lines)
    often = {x: lefts[x - 1] + lefts[x] + lefts[x + 1] for x in lefts}
    most = max(often.values())
    left = min(x for x, count in often.items() if count * 3 >= most)
    return _Measure(
        min(left, *(line.x0 for line in lines if abs(line.x0 - left) <= 1.0)), max(line.x1 for line in lines)
    )


def _long_columns(lines: Sequence[Line]) -> Iterator[_Measure]:
    for _, group in groupby(lines, lambda line: line.column):
        column = list(group)
        if len(column) >= _MANY_LINES:
            yield _measure(column)


def gaps(lines: Sequence[Line], setting: Setting) -> list[Gap]:
    """For every line what stands above it. The first begins a paragraph."""
    found: list[Gap] = []
    begun = 0
    for n in range(len(lines)):
        gap = _between(lines, n, begun, setting) if n else Gap.PARAGRAPH
        found.append(gap)
        begun = n if gap is Gap.PARAGRAPH else begun
    return found


def _between(lines: Sequence[Line], n: int, begun: int, setting: Setting) -> Gap:
    """What stands above line ``n``, where the paragraph that goes on or ends there began with line ``begun``."""
    before, line, first = lines[n - 1], lines[n], begun == n - 1
    if (before.cell or line.cell) and not (before.tag == line.tag != 0):
        return Gap.NONE if before.cell == line.cell else Gap.PARAGRAPH
    if before.tag and line.tag:
        return _between_tagged(before, line, setting)
    other = abs(before.size - line.size) > max(before.size, line.size) * _OTHER_SIZE
    if other or before.bold != line.bold:
        return Gap.PARAGRAPH
    short = setting.is_short(before, line)
    ended = ends_sentence(before.text)
    if _begins_item(line.text, lines[begun].text, free=short or ended):
        return Gap.PARAGRAPH
    if not _same_flow(before, line):
        return _between_columns(before, line, setting, first=first, ended=ended, short=short)
    if line.y - before.y > setting.pitch(line) * _WIDER and (short or not _are_even(lines, n)):
        return Gap.PARAGRAPH
    if short and setting.is_centred(before) and not setting.is_centred(line):
        return Gap.PARAGRAPH
    step = (line.x0 - before.x0) / line.size
    if step > _SAME_EDGE:
        return _at_indent(before, line, setting, ended=ended, short=short)
    if step < (-_FAR_IN if first else -_SAME_EDGE):
        return Gap.PARAGRAPH
    return _after_short(before, setting, ended=ended) if short else Gap.NONE


def _begins_item(text: str, begun: str, *, free: bool) -> bool:
    """Whether a line is the next item of a list: a bullet, or a number that counts on or stands where one may begin."""
    if _BULLET.match(text):
        return True
    mark = _MARK.match(text)
    before = _MARK.match(begun)
    counts_on = mark and mark[1] and before and before[1] and int(mark[1]) == int(before[1]) + 1
    return bool(mark) and (free or bool(counts_on))


def _are_even(lines: Sequence[Line], n: int) -> bool:
    """Whether a line is in a stretch of text that is set wide as a whole: its lines stand evenly and run on."""
    gap = lines[n].y - lines[n - 1].y
    start, end = n - 1, n
    while start > 0 and _stands(lines[start - 1], lines[start], gap):
        start -= 1
    while end + 1 < len(lines) and _stands(lines[end], lines[end + 1], gap):
        end += 1
    return end - start > 1 and _run_on(lines[start + 1 : end + 1])


def _stands(before: Line, line: Line, gap: float) -> bool:
    return _same_flow(before, line) and abs(line.y - before.y - gap) < gap * _EVEN


def _run_on(lines: Sequence[Line]) -> bool:
    return sum(line.text[:1].islower() for line in lines) >= len(lines) * _RUNNING_ON


def _between_tagged(before: Line, line: Line, setting: Setting) -> Gap:
    if before.tag != line.tag:
        return Gap.PARAGRAPH
    if _same_flow(before, line) and line.y - before.y > setting.pitch(line) * _BLANK_LINE:
        return Gap.PARAGRAPH  # two line breaks where the program knows no paragraphs
    broken = setting.is_short(before, line) and (ends_sentence(before.text) or setting.is_clearly_short(before))
    return Gap.LINE if broken and before.column == line.column else Gap.NONE


def _between_columns(before: Line, line: Line, setting: Setting, *, first: bool, ended: bool, short: bool) -> Gap:
    if line.text[:1].islower():
        return Gap.NONE
    below = before.page == line.page and line.y > before.y
    if below and line.y - before.y > setting.pitch(line) * _WIDER:
        return Gap.PARAGRAPH
    if short and (ended or setting.is_clearly_short(before)):
        return Gap.PARAGRAPH
    indented = setting.indent(line) > _INDENT
    if not first and setting.indent(before) > _INDENT and not indented:
        return Gap.PARAGRAPH  # the end of a quotation, or of a source in a bibliography
    left_free = before.page != line.page and before.y + setting.pitch(before) * _FAR_UP < setting.foot
    return Gap.PARAGRAPH if ended and (indented or left_free) else Gap.NONE


def _at_indent(before: Line, line: Line, setting: Setting, *, ended: bool, short: bool) -> Gap:
    """A line that begins further right: a new paragraph, or the second line of a source in a bibliography."""
    if short and _is_centred(before, line):
        return _after_short(before, setting, ended=ended)
    return Gap.PARAGRAPH if short or ended else Gap.NONE


def _after_short(before: Line, setting: Setting, *, ended: bool) -> Gap:
    """Somebody ended the line before: with its paragraph, unless this file puts gaps between those."""
    if not ended and not setting.is_clearly_short(before):
        return Gap.NONE
    return Gap.LINE if setting.by_gaps else Gap.PARAGRAPH


def _is_centred(before: Line, line: Line) -> bool:
    return abs(before.x0 + before.x1 - line.x0 - line.x1) < line.size


def ends_sentence(text: str) -> bool:
    """Whether a line's end may be a paragraph's."""
    return bool(_ENDS.search(text)) and not _STOPS_SHORT.search(text)
