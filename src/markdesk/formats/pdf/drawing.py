"""Following a page's drawing commands to the letters that they draw, each at its place.

pypdf reads the file, unpacks the commands and knows the fonts; its own text has no widths, so that neither columns nor
the gaps between words could be told by it. Hence the commands that move and show text are followed here.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject

from markdesk.formats.pdf.letters import PLAIN_LETTERS, Fonts, Letters
from markdesk.formats.pdf.objects import inside, numbers, value
from markdesk.formats.pdf.shapes import NO_TAG, Run

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 12
_MOST_FORMS = 2_000
_INVISIBLE = 3
_TOUCHING = 0.12
"""Ems between two pieces of a word at most: more may be a space, and is looked at when lines are made."""
_SAME_PLACE = 0.06


@dataclass(slots=True)
class Drawn:
    """What was drawn: letters in the page's own measure, and the sizes of pictures."""

    runs: list[tuple[Run, Matrix]] = field(default_factory=list)
    """Each with the direction in which it runs; its places are those of its first and last letter's baseline."""
    pictures: list[float] = field(default_factory=list)
    """Areas in square points."""
    unreadable: int = 0
    invisible: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """What ``q`` keeps and ``Q`` brings back."""

    place: Matrix = PLAIN
    font: Letters | None = None
    size: float = 12.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


def times(first: Matrix, then: Matrix) -> Matrix:
    """One move after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class Drawing:
    """Follows the commands of one page and of the forms that it shows."""

    def __init__(self, fonts: Fonts, marks: Mapping[int, int]) -> None:
        self._fonts = fonts
        self._marks = marks
        self._forms = 0
        self._places: dict[str, set[tuple[int, int]]] = {}
        self.drawn = Drawn()

    def follow(self, commands: ContentStream, resources: Any, place: Matrix = PLAIN, depth: int = 0) -> None:
        """Draw what these commands say."""
        _Sheet(self, resources, place, depth).draw(commands)

    def font(self, resources: Any, name: str) -> Letters | None:
        """A font by the name it has on this page, read once for the file."""
        found = inside(inside(resources, "/Font"), name)
        if not isinstance(found, DictionaryObject):
            return None
        if id(found) not in self._fonts:
            self._fonts[id(found)] = Letters(found)
        return self._fonts[id(found)]

    def tag(self, mark: int) -> int:
        """The number of the paragraph that a marked stretch of the page belongs to."""
        return self._marks.get(mark, NO_TAG)

    def is_again(self, text: str, x: float, y: float, size: float) -> bool:
        """Whether the same letters were drawn in the same place already, as is done to make them bold."""
        if not text.strip():
            return False
        step = size * _SAME_PLACE
        column, row = round(x / step), round(y / step)
        known = self._places.setdefault(text, set())
        if known and any((column + right, row + down) in known for right in (0, -1, 1) for down in (0, -1, 1)):
            return True
        known.add((column, row))
        return False

    def form(self, sheet: "_Sheet", name: str) -> None:
        """Draw a picture or a form; a form that shows itself ends somewhere."""
        shown = inside(inside(sheet.resources, "/XObject"), name)
        if not isinstance(shown, DictionaryObject):
            return
        if shown.get("/Subtype") == "/Image":
            self.picture(sheet.state.place)
        elif shown.get("/Subtype") == "/Form" and sheet.depth < _DEEPEST and self._forms < _MOST_FORMS:
            self._forms += 1
            place = times(_matrix(shown.get("/Matrix")) or PLAIN, sheet.state.place)
            resources = inside(shown, "/Resources") or sheet.resources
            inner = _Sheet(self, resources, place, sheet.depth + 1)
            inner.marked = list(sheet.marked)
            inner.draw(ContentStream(shown, None, "bytes"))

    def picture(self, place: Matrix) -> None:
        """Count a picture, which always fills a square of one by one before it is put in its place."""
        a, b, c, d, _, _ = place
        self.drawn.pictures.append(abs(a * d - b * c))


class _Sheet:
    """One stream of commands, with the state that they change."""

    def __init__(self, drawing: Drawing, resources: Any, place: Matrix, depth: int) -> None:
        self.drawing = drawing
        self.resources = resources
        self.depth = depth
        self.state = _State(place)
        self.kept: list[_State] = []
        self.text: Matrix = PLAIN
        self.line: Matrix = PLAIN
        self.marked: list[tuple[int, bool, str | None]] = []
        """For each open mark its paragraph, whether it is a page's margin, and what its letters stand for."""

    def draw(self, commands: ContentStream) -> None:
        """Follow the commands one by one."""
        for operands, operator in commands.operations:
            self._do(operator, operands)

    def _do(self, operator: bytes, operands: Any) -> None:
        match operator:
            case b"Tj" | b"TJ" | b"'" | b'"':
                self._show_after_moving(operator, operands)
            case b"Td" | b"TD" | b"Tm" | b"T*" | b"BT":
                self._move(operator, numbers(operands))
            case b"Tf" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr":
                self._set(operator, operands)
            case b"q":
                self.kept.append(self.state)
            case b"Q":
                self.state = self.kept.pop() if self.kept else self.state
            case b"cm":
                place = _matrix(operands)
                self.state = replace(self.state, place=times(place, self.state.place)) if place else self.state
            case b"BDC" | b"BMC":
                self.marked.append(self._mark(operands))
            case b"EMC":
                self._unmark()
            case b"Do" if operands and isinstance(operands[0], NameObject):
                self.drawing.form(self, operands[0])
            case b"INLINE IMAGE":
                self.drawing.picture(self.state.place)

    # Marks

    def _mark(self, operands: Any) -> tuple[int, bool, str | None]:
        tag, margin, _ = self.marked[-1] if self.marked else (NO_TAG, False, None)
        kind = operands[0] if operands else ""
        details = operands[1] if len(operands) > 1 else None
        if isinstance(details, NameObject):
            details = inside(inside(self.resources, "/Properties"), details)
        if not isinstance(details, DictionaryObject):
            return tag, margin, None
        mark = value(details.get("/MCID"))
        if isinstance(mark, int):
            tag = self.drawing.tag(mark)
        margin = margin or (kind == "/Artifact" and details.get("/Type") == "/Pagination")
        meant = value(details.get("/ActualText"))
        return tag, margin, _as_text(meant) if meant is not None else None

    def _unmark(self) -> None:
        if self.marked:
            self.marked.pop()

    # The state

    def _set(self, operator: bytes, operands: Any) -> None:
        if operator == b"Tf":
            if len(operands) >= 2 and isinstance(operands[0], NameObject):
                font = self.drawing.font(self.resources, operands[0])
                self.state = replace(self.state, font=font, size=_number(operands[1], self.state.size))
            return
        number = _number(operands[0], math.nan) if operands else math.nan
        if math.isnan(number):
            return
        match operator:
            case b"Tc":
                self.state = replace(self.state, letter_gap=number)
            case b"Tw":
                self.state = replace(self.state, word_gap=number)
            case b"Tz":
                self.state = replace(self.state, stretch=number / 100)
            case b"TL":
                self.state = replace(self.state, leading=number)
            case b"Ts":
                self.state = replace(self.state, rise=number)
            case _:
                self.state = replace(self.state, mode=int(number))

    def _move(self, operator: bytes, moved: list[float]) -> None:
        if operator == b"BT":
            self.line = self.text = PLAIN
            return
        if operator == b"Tm":
            self.line = self.text = _matrix(moved) or self.line
            return
        if operator == b"T*":
            moved = [0.0, -self.state.leading]
        if len(moved) < 2:
            return
        if operator == b"TD":
            self.state = replace(self.state, leading=-moved[1])
        self.line = self.text = times((1.0, 0.0, 0.0, 1.0, moved[0], moved[1]), self.line)

    # Letters

    def _show_after_moving(self, operator: bytes, operands: Any) -> None:
        if operator == b'"' and len(operands) >= 3:
            self._set(b"Tw", operands[:1])
            self._set(b"Tc", operands[1:2])
        if operator in (b"'", b'"'):
            self._move(b"T*", [])
        if not operands:
            return
        shown = operands[-1]
        if isinstance(shown, bytes):
            self._show([shown])
            return
        together: list[bytes | float] = []
        for piece in shown if isinstance(shown, ArrayObject) else ():
            if isinstance(piece, bytes):
                together.append(piece)
            elif isinstance(piece, (int, float)):
                if abs(piece) > _TOUCHING * 1000:
                    self._show(together)
                    together = []
                together.append(float(piece))
        self._show(together)

    def _show(self, pieces: Sequence[bytes | float]) -> None:
        """Show strings that touch; the numbers between them move the next one back by thousandths of an em."""
        state, drawn = self.state, self.drawing.drawn
        if state.font is None:
            drawn.unreadable += sum(len(piece) for piece in pieces if isinstance(piece, bytes))
            return
        texts: list[str] = []
        along = begin = 0.0
        for piece in pieces:
            if not isinstance(piece, bytes):
                along -= piece / 1000 * state.size
                begin = begin if texts else along
                continue
            read = state.font.read(piece)
            texts.append(read.text)
            along += read.width / 1000 * state.size + state.letter_gap * read.codes + state.word_gap * read.spaces
        begin, along = begin * state.stretch, along * state.stretch
        text = "".join(texts)
        start = times((1.0, 0.0, 0.0, 1.0, begin, state.rise), times(self.text, state.place))
        self.text = times((1.0, 0.0, 0.0, 1.0, along, 0.0), self.text)
        if not texts:
            return
        drawn.unreadable += text.count("\ufffd")
        drawn.invisible += len(text) if state.mode == _INVISIBLE else 0
        tag, margin, meant = self.marked[-1] if self.marked else (NO_TAG, False, None)
        if meant is not None:
            # The letters are drawn for what they stand for: a ligature, a hyphen that the printer put in.
            text = meant.translate(PLAIN_LETTERS)
            self.marked[-1] = (tag, margin, "")
        self._put(text, start, along - begin, tag, margin)

    def _put(self, text: str, start: Matrix, along: float, tag: int, margin: bool) -> None:
        a, b, c, d, x, y = start
        reach, size = math.hypot(a, b), math.hypot(c, d) * abs(self.state.size)
        if not size or not math.isfinite(x + y + size + along) or self.drawing.is_again(text, x, y, size):
            return
        end = along * reach * (-1 if self.state.size < 0 else 1)
        bold = self.state.font is not None and self.state.font.bold
        run = Run(text, x, x + end, y, size, bold, tag, margin)
        runs = self.drawing.drawn.runs
        if runs and (joined := _joined(*runs[-1], run, start)):
            runs[-1] = (joined, runs[-1][1])
        elif text:
            runs.append((run, start))


def _joined(before: Run, start: Matrix, run: Run, matrix: Matrix) -> Run | None:
    """One run of two that touch; None where they don't. Only upright ones, which nearly all are."""
    if before.y != run.y or abs(run.x0 - before.x1) > _TOUCHING * run.size or before.size != run.size:
        return None
    if before.bold != run.bold or before.tag != run.tag or before.margin != run.margin:
        return None
    if start[1] or matrix[1] or start[0] <= 0 or matrix[0] <= 0:
        return None
    text = before.text + run.text
    return Run(text, before.x0, run.x1, run.y, run.size, run.bold, run.tag, run.margin)


def _number(thing: Any, otherwise: float) -> float:
    return float(thing) if isinstance(thing, (int, float)) else otherwise


def _matrix(operands: Any) -> Matrix | None:
    values = value(operands)
    found = numbers(map(value, values)) if isinstance(values, (list, tuple)) else []
    if len(found) < 6:
        return None
    a, b, c, d, e, f = found[:6]
    return a, b, c, d, e, f


def _as_text(meant: Any) -> str:
    if isinstance(meant, bytes):
        return meant.decode("utf-16" if meant.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1", "replace")
    return str(meant)
