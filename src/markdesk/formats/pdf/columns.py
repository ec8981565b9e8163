"""The order in which a page is read: its columns one after the other, full-width lines where they stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise, repeat
from operator import itemgetter
from statistics import median

from markdesk.formats.pdf.rows import put_together
from markdesk.formats.pdf.shapes import Line
from markdesk.formats.pdf.tables import aligned_cells, cells_of, is_rest_of_row

_LEAST_LINES = 4
"""So many lines beside each other make columns of a page; fewer are a table or a date."""
_SHORTEST, _AS_WIDE = 2, 0.8
"""A second column has two lines at least; one of so few is as wide as the first."""
_FILLED = 0.5
"""How much of a column's width its lines fill: the cells of a table and the numbers of a list fill less."""
_AT_EDGE = 4.0
_FEWEST_LETTERS = 15
"""Letters in most lines of a column at least: figures stand below one another in a table."""
_TAB = 2.2
"""Ems between two pieces of a row that are no words of one sentence."""
_DEEPEST = 3


def second_columns(pages: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """Where second columns begin in a file: the last page may have only a line or two of one."""
    found: Counter[float] = Counter()
    for pieces in pages:
        ordered = sorted(pieces, key=lambda piece: (piece.y, piece.x0))
        for edge in _edges(ordered):
            found[edge] += any(split is not None for split, _ in _divided(ordered, edge, known=False))
    return tuple(edge for edge, often in found.most_common() if often)


def in_order(pieces: Sequence[Line], page: int, first: int, known: Sequence[float] = ()) -> list[Line]:
    """The lines of a page in the order of reading. Columns and cells are numbered from ``first``.

    ``known`` are the places where second columns begin elsewhere in the file.
    """
    lines: list[Line] = []
    for number, region in enumerate(_regions(pieces, known, 0), start=first):
        found = _lines(region, first + len(lines) + 1)
        lines.extend(replace(line, page=page, column=number) for line in found)
    return _together(lines)


def _together(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of one tagged paragraph or cell next to each other, where its first one stands."""
    by_tag: dict[int, list[Line]] = {}
    for n, line in enumerate(lines):
        by_tag.setdefault(line.tag or -n - 1, []).append(line)
    return [line for group in by_tag.values() for line in group]


def _regions(pieces: Sequence[Line], known: Sequence[float], depth: int) -> Iterator[list[Line]]:
    """The pieces divided into what is read by itself, in order."""
    pieces = sorted(pieces, key=lambda piece: (piece.y, piece.x0))
    bands = _bands(pieces, known) if depth < _DEEPEST else None
    if bands is None:
        yield list(pieces)
        return
    for edge, band in bands:
        if edge is None:
            yield from _regions(band, known, depth + 1)
        else:
            yield from _regions([piece for piece in band if piece.x0 < edge], known, depth + 1)
            yield from _regions([piece for piece in band if piece.x0 >= edge], known, depth + 1)


def _bands(pieces: Sequence[Line], known: Sequence[float]) -> list[tuple[float | None, list[Line]]] | None:
    """Stretches of the page from top to bottom, each with the left edge of its second column; None without columns."""
    for edge, is_known in chain(((edge, True) for edge in known), ((edge, False) for edge in _edges(pieces))):
        found = _divided(pieces, edge, known=is_known)
        if any(split is not None for split, _ in found):
            return found
    return None


def _divided(pieces: Sequence[Line], edge: float, *, known: bool) -> list[tuple[float | None, list[Line]]]:
    found: list[tuple[float | None, list[Line]]] = []
    for crossing, group in groupby(zip(map(_crosses, pieces, repeat(edge)), pieces, strict=False), itemgetter(0)):
        band = [piece for _, piece in group]
        split = not crossing and _are_columns(band, edge, known=known)
        if split or not found or found[-1][0] is not None:
            found.append((edge if split else None, band))
        else:
            found[-1][1].extend(band)
    return found


def _edges(pieces: Sequence[Line]) -> list[float]:
    """Where second columns may begin: places at which several lines begin, away from the page's left edge."""
    if len(pieces) < _LEAST_LINES + _SHORTEST:
        return []
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    begins = Counter(round(piece.x0) for piece in pieces)
    often = {x: begins[x - 1] + begins[x] + begins[x + 1] for x in begins}
    inside = [x for x in often if often[x] >= _SHORTEST and left + (right - left) * 0.2 < x < right]
    return [x - 2.0 for x in sorted(inside, key=lambda x: (-often[x], x))[:8]]


def _crosses(piece: Line, edge: float) -> bool:
    return piece.x0 < edge and piece.x1 > edge + 1.0


def _are_columns(band: Sequence[Line], edge: float, *, known: bool) -> bool:
    left = [piece for piece in band if piece.x0 < edge]
    right = [piece for piece in band if piece.x0 >= edge]
    if known:
        return bool(left) and any(abs(piece.x0 - edge) < _AT_EDGE for piece in right)
    if len(left) < _LEAST_LINES or len(right) < _SHORTEST:
        return False
    if len(right) < _LEAST_LINES and max(_widths(right)) < max(_widths(left)) * _AS_WIDE:
        return False
    start, end = min(piece.x0 for piece in left), max(piece.x1 for piece in right)
    gutter = edge - max(piece.x1 for piece in left)
    filled = (
        median(_widths(left)) >= (edge - start) * _FILLED and median(_widths(right)) >= (end - edge) * _FILLED
    )  # a single word at the end of a paragraph is no measure
    words = min(median(len(piece.text) for piece in side) for side in (left, right)) >= _FEWEST_LETTERS
    return filled and words and gutter > -1.0


def _widths(pieces: Sequence[Line]) -> list[float]:
    """The width of each row of text: the pieces of a justified row count together, those of a table's by themselves."""
    ordered = sorted(pieces, key=lambda piece: (piece.y, piece.x0))
    return [max(cell.width for cell in cells_in(list(row))) for _, row in groupby(ordered, lambda piece: piece.y)]


def _lines(region: Sequence[Line], first_cell: int) -> Iterator[Line]:
    """The rows of a region as lines. Rows below one another that are cut in the same places are a table's."""
    rows = [sorted(group, key=lambda piece: piece.x0) for _, group in groupby(region, lambda piece: piece.y)]
    parts = [cells_in(row) for row in rows]
    aligned = [n for n, (above, below) in enumerate(pairwise(parts)) if aligned_cells(above, below)]
    table = {*aligned, *(n + 1 for n in aligned), *(n for n, cells in enumerate(parts) if len(cells) > 2)}
    n = 0
    while n < len(rows):
        if n not in table:
            yield from (put_together(list(piece), _TAB) for _, piece in groupby(rows[n], lambda piece: piece.tag))
            n += 1
            continue
        end, row = n + 1, parts[n]
        while end < len(rows) and (end in table or is_rest_of_row(row, parts[end - 1], parts[end])):
            row = parts[end] if end in table else row
            end += 1
        cells = cells_of(parts[n:end])
        for number, cell in enumerate(cells, start=first_cell):
            yield from (replace(line, cell=number) for line in cell)
        first_cell += len(cells)
        n = end


def cells_in(row: Sequence[Line]) -> list[Line]:
    """The pieces of a row, those put together that stand no further apart than words may."""
    cells: list[list[Line]] = [[row[0]]]
    for before, piece in pairwise(row):
        if piece.x0 - before.x1 > _TAB * piece.size or (piece.tag != before.tag and piece.tag and before.tag):
            cells.append([])
        cells[-1].append(piece)
    return [put_together(cell, _TAB) for cell in cells]
