"""The essay: paragraphs with their numbers and stamps, drawn line by line.

It knows a text, the annotations on it and where the cursor is, and nothing of marks or stores. What a key
costs does not grow with the essay: two paragraphs are repainted, whatever stands around them.
"""

import itertools
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from markdesk.core.annotation import Annotation, evident
from markdesk.core.essay import Essay, Span
from markdesk.core.plain import show
from markdesk.core.target import Target, between, paragraph_target, sentence_at
from markdesk.tui.widgets.essay_layout import GUTTER, LEAD, MEASURE, EssayLayout
from markdesk.tui.widgets.highlights import Highlight, Highlights
from markdesk.tui.widgets.painted import on_line

__all__ = ["GUTTER", "MEASURE", "EssayView"]

_BOLD, _UNDERLINED = Style(bold=True), Style(underline=True)
LONGEST_CODE = 6
"""Cells of a stamp's code in the gutter: as long as a set may have one, and a space must stand before the text."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An annotation as the view keeps it, in reading order."""

    start: int
    end: int
    id: str
    code: str
    tone: str
    comment: str


class EssayView(EssayLayout, can_focus=True):
    """Shows an essay and its annotations; keeps the target."""

    DEFAULT_CSS = """
    EssayView { background: $background; scrollbar-size: 0 0; }
    """

    class Clicked(Message):
        """The mouse made another passage the target; ``annotation`` is the id of the one that is there, if any."""

        def __init__(self, annotation: str = "") -> None:
            super().__init__()
            self.annotation = annotation

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.tones: Mapping[str, str] = {}
        self.target = Target(0, Span(0, 0))
        self.is_pad = False
        self._placed: list[list[_Placed]] = []
        self._parts: Mapping[int, str] = {}
        self._highlights = Highlights()
        self._strips: dict[int, Strip] = {}
        self._codes: tuple[int, list[tuple[str, str]]] = (-1, [])
        """The stamps beside the paragraph that was drawn last: its lines are drawn one after another."""

    # -- what is shown

    def show_essay(
        self,
        essay: Essay,
        annotations: Iterable[Annotation],
        tones: Mapping[str, str],
        target: Target,
        is_pad: bool = False,
    ) -> None:
        """Show another essay, or the same one anew. On a pad the places stand with what was said of them."""
        self.is_pad = is_pad
        if essay is not self.essay:
            self.essay = essay
            self._laid_out_for = 0
            self._highlights = Highlights()
        self.tones = tones
        self.target = target
        self._placed = [[] for _ in essay.paragraphs]
        for annotation in annotations:
            for index, placed in self._places(annotation):
                self._placed[index].append(placed)
        for found in self._placed:
            found.sort(key=_by_place)
        self._strips.clear()
        self._codes = (-1, [])
        self.lay_out()
        self.refresh()
        self.keep_in_view()

    def put(self, annotation: Annotation) -> None:
        """Show one more annotation, or one that was altered."""
        self.take(annotation)
        for index, placed in self._places(annotation):
            insort(self._placed[index], placed, key=_by_place)
            self._redraw(index)

    def take(self, annotation: Annotation) -> None:
        """Show it no longer."""
        for index, placed in self._places(annotation):
            kept = [other for other in self._placed[index] if other.id != placed.id]
            if len(kept) != len(self._placed[index]):
                self._placed[index] = kept
                self._redraw(index)

    def highlight(self, passages: Iterable[Highlight] = ()) -> None:
        """Make these passages stand out in place of those before: in order, none inside another."""
        before, self._highlights = self._highlights, Highlights(passages)
        if before or self._highlights:
            self._strips.clear()
            self.refresh()

    def _places(self, annotation: Annotation) -> Iterable[tuple[int, _Placed]]:
        span = annotation.anchor.span
        if span is None or not self.essay.paragraphs:
            return
        tone = self.tones.get(annotation.code, "weighing" if not annotation.code else "neutral")
        placed = _Placed(span.start, span.end, annotation.id, _sign(annotation), tone, annotation.comment)
        index = self.essay.paragraph_at(span.start).number - 1
        while index < len(self._placed) and self.essay.paragraphs[index].span.start < span.end:
            yield index, placed
            index += 1

    def show_parts(self, parts: Mapping[int, str]) -> None:
        """Say above these paragraphs, by index, which part of the question begins there."""
        if parts != self._parts:
            self._parts = parts
            self._strips.clear()
            self.refresh()

    # -- where the cursor is

    def aim(self, target: Target) -> None:
        """Make another passage the target; two paragraphs are drawn anew."""
        before, self.target = self.target, target
        if before == target:
            return
        self._redraw(before.paragraph)
        if target.paragraph != before.paragraph:
            self._redraw(target.paragraph)
        # A target that reaches over paragraphs is bold in each of them.
        for span in (before.span, target.span):
            self._redraw_over(span)
        self.keep_in_view()

    def _redraw_over(self, span: Span) -> None:
        if not self.essay.paragraphs:
            return
        first = self.essay.paragraph_at(span.start).number - 1
        last = self.essay.paragraph_at(max(span.start, span.end - 1)).number - 1
        if last > first:
            for index in range(first, last + 1):
                self._redraw(index)

    def keep_in_view(self) -> None:
        """Scroll as little as shows the target's paragraph; where that is taller than the screen its head, or the
        passage chosen in it."""
        if not self._tops or not self.size.height:
            return
        top, height = self._tops[self.target.paragraph], len(self._lines[self.target.paragraph])
        view, shown = self.scroll_offset.y, self.size.height
        if self.target.by_sentence and height > shown:
            top = self.line_of(self.target.span.start)
            height = min(shown - 1, self.line_of(max(self.target.span.start, self.target.span.end - 1)) + 1 - top)
        if top - LEAD < view:
            self.scroll_to(y=max(0, top - LEAD), animate=False, immediate=True)
        elif top + height > view + shown:
            self.scroll_to(y=min(top - LEAD, top + height + 1 - shown), animate=False, immediate=True)

    def step_paragraph(self, by: int) -> None:
        """The next or previous paragraph. One that runs out of the screen is scrolled through first."""
        if not self._tops:
            return
        index, view, shown = self.target.paragraph, self.scroll_offset.y, self.size.height
        top = self._tops[index]
        bottom = top + len(self._lines[index])
        if by > 0 and bottom > view + shown:
            self.scroll_to(y=min(view + shown - 2, bottom + 1 - shown), animate=False, immediate=True)
        elif by < 0 and top < view:
            self.scroll_to(y=max(view - shown + 2, top - LEAD, 0), animate=False, immediate=True)
        else:
            self.aim(paragraph_target(self.essay, index + by))

    def step_page(self, by: int) -> None:
        """A screenful on or back, the cursor with it."""
        if not self._tops:
            return
        shown = max(1, self.size.height - 2)
        furthest = max(0, self.virtual_size.height - self.size.height)
        view = max(0, min(furthest, self.scroll_offset.y + by * shown))
        if view == self.scroll_offset.y:
            self.aim(paragraph_target(self.essay, len(self._tops) - 1 if by > 0 else 0))
            return
        self.scroll_to(y=view, animate=False, immediate=True)
        index = bisect_right(self._tops, view + LEAD)
        if index > 0 and self._tops[index - 1] >= view:
            index -= 1
        index = min(index, len(self._tops) - 1)
        if self._tops[index] >= view + self.size.height:
            index -= 1
        self.aim(paragraph_target(self.essay, index))

    # -- drawing

    def tone_on(self, lines: Span) -> str:
        """The tone of the first stamp that begins on these lines; empty where none does."""
        if not self._tops:
            return ""
        first = max(0, bisect_right(self._tops, lines.start) - 1)
        for index in range(first, len(self._tops)):
            top = self._tops[index]
            if top >= lines.end:
                return ""
            low, high = max(0, lines.start - top), min(len(self._lines[index]), lines.end - top)
            if low >= high or not self._placed[index]:
                continue
            passage = Span(self._lines[index][low].start, self._lines[index][high - 1].end)
            at = bisect_left(self._placed[index], passage.start, key=_start)
            if at < len(self._placed[index]) and self._placed[index][at].start < passage.end:
                return self._placed[index][at].tone
        return ""

    def go_to_line(self, line: int) -> None:
        """Make the paragraph nearest a line of the whole essay the target."""
        if self._tops:
            self.aim(paragraph_target(self.essay, max(0, bisect_right(self._tops, line) - 1)))

    def forget_drawn(self) -> None:
        self._strips.clear()
        self._codes = (-1, [])

    def on_resize(self) -> None:
        before = self._laid_out_for
        self.lay_out()
        if before != self._laid_out_for:
            self.refresh()
        self.keep_in_view()

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def _redraw(self, index: int) -> None:
        self._codes = (-1, [])
        if index < len(self._tops):
            extent = self.extent(index)
            for y in range(extent.start, extent.end):
                self._strips.pop(y, None)
            self.refresh_lines(extent.start, len(extent))

    def render_lines(self, crop: Region) -> list[Strip]:
        # A frame may come before the news of a size: the essay is in the very first one all the same.
        self.lay_out()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        strip = self._strips.get(y)
        if strip is None or strip.cell_length != self.size.width:
            if len(self._strips) > 4000:
                self._strips.clear()
            strip = self._strips[y] = self._draw(y)
        return strip

    def _draw(self, y: int) -> Strip:
        ground = self.style_named("text")
        index = self.paragraph_on(y) if self._tops else None
        if index is None:
            return self._draw_between(y, ground)
        if self.is_pad:
            return self._draw_place(index, ground)
        row = y - self._tops[index]
        is_current = index == self.target.paragraph
        number = f"¶{index + 1}" if row == 0 else ""
        code, tone = self._codes_of(index)[row]
        sign, ink = self._highlights.sign(self._lines[index][row]) if self._highlights else ("", "")
        if sign:
            number = number if len(number) < 4 else number[1:]
            numbered = [Segment(f"{number:<3}", self.style_named("quiet")), Segment(sign, self.style_named(ink))]
        else:
            numbered = [Segment(f"{number:<4}", self.style_named("quiet"))]
        segments = [
            Segment("▌" if is_current else " ", self.style_named("bar")),
            *numbered,
            Segment(f"{code:<{LONGEST_CODE + 1}}", self.style_named(f"code-{tone}") if code else ground),
            *self._text(index, self._lines[index][row]),
        ]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _draw_between(self, y: int, ground: Style) -> Strip:
        """An empty line; above the paragraph at which a part of the question begins it says so."""
        below = self.paragraph_on(y + 1) if self._parts else None
        part = self._parts.get(below, "") if below is not None else ""
        if not part:
            return Strip.blank(self.size.width, ground)
        rule = "─" * max(0, min(self.measure, self.size.width - GUTTER) - len(part) - 1)
        look = self.style_named("quiet")
        segments = [Segment(" " * GUTTER, ground), Segment(f"{part} ", self.style_named("accent")), Segment(rule, look)]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _draw_place(self, index: int, ground: Style) -> Strip:
        """A place on paper, and everything that was said of it on its one line."""
        is_current = index == self.target.paragraph
        span = self.essay.paragraphs[index].span
        name = self._text(index, span) if self._placed[index] else [Segment(self.essay.quote(span), ground)]
        room = 10 - len(self.essay.quote(span))
        segments = [Segment("▌ " if is_current else "  ", self.style_named("bar")), *name, Segment(" " * room, ground)]
        for placed in self._placed[index]:
            segments.append(Segment(f"{placed.code} ", self.style_named(f"code-{placed.tone}")))
            words = " ".join(placed.comment.split())
            segments.append(Segment(f"{show(words)}  " if words else " ", ground))
        return on_line(segments, self.size.width, ground)

    def _codes_of(self, index: int) -> list[tuple[str, str]]:
        """The stamp to show on each line of a paragraph: where it begins, or on the next free line."""
        if self._codes[0] != index:
            self._codes = (index, self._find_codes(index))
        return self._codes[1]

    def _find_codes(self, index: int) -> list[tuple[str, str]]:
        rows = len(self._lines[index])
        codes: list[list[tuple[str, str]]] = [[] for _ in range(rows)]
        starts = [line.start for line in self._lines[index]]
        row = -1
        for placed in self._placed[index]:
            own = max(0, bisect_right(starts, placed.start) - 1)
            row = min(max(own, row + 1), rows - 1)
            codes[row].append((placed.code, placed.tone))
        shown: list[tuple[str, str]] = []
        for found in codes:
            if len(found) > 1:
                shown.append((f"{found[0][0][: LONGEST_CODE - 2]}+{len(found) - 1}", found[0][1]))
            else:
                shown.append(found[0] if found else ("", "neutral"))
        return shown

    def _text(self, index: int, line: Span) -> list[Segment]:
        """The line's text, cut wherever a stamp or the target begins or ends."""
        text = self.essay.text
        stop = line.end
        while stop > line.start and text[stop - 1] in " \n":
            stop -= 1
        here = [p for p in self._placed[index] if p.start < stop and line.start < p.end]
        bold = self.target.span if self.target.by_sentence else Span(0, 0)
        lit = self._highlights.on(Span(line.start, stop)) if self._highlights else ()
        cuts = {line.start, stop}
        lights = [edge for light in lit for edge in (light.start, light.end)]
        for edge in (*(p.start for p in here), *(p.end for p in here), *lights, bold.start, bold.end):
            if line.start < edge < stop:
                cuts.add(edge)
        edges = sorted(cuts)
        segments: list[Segment] = []
        for low, high in itertools.pairwise(edges):
            over = [p for p in here if p.start <= low and high <= p.end]
            inner = min(over, key=lambda p: p.end - p.start) if over else None
            style = self.style_named(f"{'deep' if len(over) > 1 else 'mark'}-{inner.tone}" if inner else "text")
            light_here = next((light for light in lit if light.start <= low and high <= light.end), None)
            if light_here is not None:  # a stamp under it keeps its line
                style = self.style_named(light_here.style) + (_UNDERLINED if inner else Style.null())
            if bold.start <= low and high <= bold.end:
                style += _BOLD
            segments.append(Segment(show(text[low:high]), style))
        return segments

    # -- the mouse

    ALLOW_SELECT = False
    """Drawing over text chooses the passage; a terminal's own selection is not in the way."""
    _pressed: int | None = None
    _was_drawn = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed, self._was_drawn = self.offset_at(event.x, event.y), False
        if self._pressed is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        there = self.offset_at(event.x, event.y) if self._pressed is not None else None
        if self._pressed is not None and there is not None and (self._was_drawn or there != self._pressed):
            self._was_drawn = True
            self.aim(between(self.essay, self._pressed, there))

    def on_mouse_up(self) -> None:
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()
            if self._was_drawn:
                self.post_message(self.Clicked())

    def on_click(self, event: events.Click) -> None:
        """One click: the paragraph, and the annotation that is there. Two: the sentence."""
        index = self.paragraph_on(event.y + self.scroll_offset.y) if self._tops else None
        if index is None or self._was_drawn:
            return
        at = self.offset_at(event.x, event.y)
        if event.chain > 1 and at is not None:
            self.aim(sentence_at(self.essay, at))
        else:
            self.aim(paragraph_target(self.essay, index))
        over = [p for p in self._placed[index] if at is not None and event.x >= GUTTER and p.start <= at < p.end]
        self.post_message(self.Clicked(min(over, key=lambda p: p.end - p.start).id if over else ""))


def _sign(annotation: Annotation) -> str:
    """What stands in the gutter for an annotation, in six cells at the most."""
    if not annotation.code:
        return "&" if annotation.for_class else "✎"
    code = annotation.code.replace(" ", "") if evident(annotation.code) else annotation.code
    return code if len(code) <= LONGEST_CODE else f"{code[: LONGEST_CODE - 1]}…"


def _by_place(placed: _Placed) -> tuple[int, int, str]:
    return placed.start, placed.end, placed.id


def _start(placed: _Placed) -> int:
    return placed.start
