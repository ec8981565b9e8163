"""Search everything: a line to type in, and below it what is found, as it is typed. Enter opens it at that place."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.core.search_query import Kind, read_query
from markdesk.desk.desk import Desk
from markdesk.desk.searching import Found, Results, search
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.screens.footed import Footed
from markdesk.tui.screens.room import Room
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.hits import Hits
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.painted import Across
from markdesk.tui.withheld import SHUT, is_withheld
from markdesk.tui.words import Hint, dated, spread

if TYPE_CHECKING:
    from textual.widgets import Input

    from markdesk.tui.app import MarkdeskApp

PATIENCE = 10.0
"""The longest that Enter waits for what is being looked for."""
HINTS: tuple[Hint, ...] = (
    (1, "{search.open}", "open"), (3, "{search.up/search.down}", "choose"), (2, "{desk.back}", "back"),
    (4, "{search.help}", "what can be typed"),
)  # fmt: skip
SYNTAX = (
    ("enabling act", "both words, anywhere in one text"),
    ('"enabling act"', "side by side"),
    ("weig*", "weigh, weight, weighing …"),
    ("fear NEAR law", "ten words between at most; fear ~5 law: five"),
    ("student:okafor", "that student's, and what you wrote on it"),
    ("group:13H", "what was set to that class"),
    ("year:2025-26", "what was set in that school year; year:2026"),
    ("in:comments", "or essays, feedback, questions, students"),
    ("stamp:K", "your comments beside that stamp"),
)
"""What can be typed, and what it finds."""
AGAIN = "To use a comment again, press {marking.bank} in the essay: the same words find it there"

AGAIN_IN_SHORT = "{marking.bank} in an essay uses it again"


@dataclass(frozen=True, slots=True)
class Over:
    """The essay that is open for marking where the search is opened."""

    script_id: str
    take_up: Callable[[Found | None], Awaitable[None]]
    """Back to it; at what was chosen, where that is of this essay."""


async def open_search(app: "MarkdeskApp") -> None:
    """The search over the present screen. An essay that is being marked is let go meanwhile: others may be opened."""
    from markdesk.tui.screens.marking import MarkingScreen

    if app.desk is None or not isinstance(app.screen, Room) or isinstance(app.screen, SearchScreen):
        return
    over = None
    if isinstance(app.screen, MarkingScreen):
        over = await app.screen.leave_for_search()
        if over is None:
            return  # what went wrong is in the foot
    screen = SearchScreen(app.thread, app.desk, over.script_id if over else "")
    await app.push_screen(screen, over.take_up if over else None)


class SearchScreen(Footed[Found | None]):
    """Closed with what was found in the essay under it, where that was chosen."""

    CSS_PATH = "search.tcss"
    ROOM = "search"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "LineBox"

    def __init__(self, thread: StoreThread, desk: Desk, over: str = "") -> None:
        super().__init__()
        self.thread, self.desk, self.over = thread, desk, over
        self.typed = ""
        self.results: Results | None = None
        self.found: list[Found] = []
        self._shown_for: tuple[str, int] | None = None
        """What was typed, and the room there was, when what is shown was looked for; None to look anew."""
        self._typed_then = ""
        self._is_still = asyncio.Event()
        """Set while nothing is being looked for."""
        self._is_still.set()
        self._is_reading_on = False

    def compose(self) -> ComposeResult:
        from markdesk.tui.widgets.editor import LineBox

        yield Lines(id="top")
        with Across(id="box"):
            yield Lines(id="prompt")
            box = LineBox(placeholder="words of essays, comments, feedback, questions, names")
            box.cursor_blink = False
            yield box
        yield Hits(id="hits")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.hits = self.query_one(Hits)
        self.query_one("#prompt", Lines).set_line(((" ⌕ ", "accent"),))
        self.tell("")
        self._show()
        self.call_after_refresh(self._look)

    def on_resize(self) -> None:
        self.call_after_refresh(self._look)
        self.call_after_refresh(self.tell_again)

    def on_screen_resume(self) -> None:
        self._shown_for = None  # what is opened from here may have been changed
        self.call_after_refresh(self._look)

    @property
    def hints(self) -> tuple[Hint, ...]:
        return HINTS

    @property
    def standing(self) -> tuple[str, str]:
        """Of a comment, where it can be used again."""
        at = self.hits.cursor
        is_comment = 0 <= at < len(self.found) and self.found[at].kind is Kind.COMMENT
        return (self.keys.told(AGAIN_IN_SHORT) if is_comment else ""), "quiet"

    # -- looking

    def on_input_changed(self, event: "Input.Changed") -> None:
        self.typed = event.value
        self._look()

    @property
    def _wanted(self) -> tuple[str, int]:
        return self.typed, self.app.size.width

    def _look(self) -> None:
        """Look for what is typed, unless that is under way: then the newest is looked for when it comes back."""
        if self._wanted != self._shown_for and self._is_still.is_set():
            self._is_still.clear()
            self._look_on()

    @work(group="read")
    async def _look_on(self) -> None:
        try:
            while self._wanted != self._shown_for:
                typed, _ = wanted = self._wanted
                is_again = typed == self._typed_then  # in another window, or after an essay was looked at
                results = await self._asked(wanted, len(self.found) if is_again else 0)
                self._shown_for, self._typed_then = wanted, typed
                if results is not None and not is_again:
                    self.tell("")  # what was told was of other words
                if wanted == self._wanted:
                    self.results, self.found = results, list(results.found) if results else []
                    self._show(self.hits.cursor if is_again else 0)
        finally:
            self._is_still.set()

    async def _asked(self, wanted: tuple[str, int], count: int = 0, offset: int = 0) -> Results | None:
        """A page of what the desk has, or as many as that; None, and why is told, where it refuses."""
        typed, width = wanted
        desk, page = self.desk, max(self.hits.fitting + 1, count)
        try:
            query = read_query(typed, is_typed=True)
            return await self.thread.do(lambda: search(desk, query, page, offset, max(30, width - 8)))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return None

    @on(Hits.Moved)
    def _look_further(self) -> None:
        self.tell_again()
        if self.results is not None and self.hits.cursor + self.hits.fitting > len(self.found) < self.results.count:
            self._read_on()

    @work(group="read")
    async def _read_on(self) -> None:
        """The next page, under those that are shown."""
        if self._is_reading_on:
            return
        self._is_reading_on, wanted, have = True, self._wanted, len(self.found)
        more = await self._asked(wanted, offset=have)
        self._is_reading_on = False
        if more is not None and wanted == self._wanted == self._shown_for and have == len(self.found):
            self.found += more.found
            self._show(self.hits.cursor)

    # -- showing

    def _show(self, cursor: int = 0) -> None:
        """What was found; else what can be typed."""
        results, width = self.results, self.app.size.width
        told: list[tuple[str, str]] = [(" Search everything", "strong")]
        is_asked = results is not None and not results.query.is_empty
        if results is not None and is_asked:
            told.append((f"   {results.count:,} found", "quiet"))
        right = [("the first words alone, there are too many ", "alert")] if results and results.query.is_cut else []
        self.query_one("#top", Lines).set_line(spread(told, right, width))
        if self.found:
            now = self.desk.clock.now()
            shown = [self._as_shown(found) for found in self.found]
            self.hits.show_hits([hit_lines(found, width - 2, now) for found in shown], cursor)
        else:
            nothing: list[Line] = []
            if results is not None and is_asked:
                for why in results.why_nothing or ("Nothing has all of that.",):
                    nothing += hanging("   ", "text", why, "text", 3, width)
                nothing.append(())
            self.hits.show_words([*nothing, *syntax_lines(self.keys, width - 2)])
        self.tell_again()

    def _as_shown(self, found: Found) -> Found:
        """Without its words where it is of a student who may be the one that is being marked."""
        student, its = found.hit.student, found.assignment
        if student is None or its is None or not is_withheld(markdesk(self), student.id, its.id):
            return found
        return replace(found, words=SHUT, spans=())

    # -- the keys

    def action_move(self, by: int) -> None:
        self.hits.move(by)

    def action_page(self, by: int) -> None:
        self.hits.move(by * self.hits.fitting)

    async def action_open(self) -> None:
        """What has the bar, of what was typed before Enter came."""
        from markdesk.tui.widgets.editor import LineBox, arrived

        await arrived(self.query_one(LineBox))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_still.wait(), PATIENCE)
        await self._open_chosen()

    @on(Hits.Chosen)
    async def _open_chosen(self) -> None:
        at = self.hits.cursor
        if self.app.screen is self and 0 <= at < len(self.found):
            await self._open(self.found[at])

    async def _open(self, found: Found) -> None:
        from markdesk.tui.screens.marking import MarkingScreen

        app, hit = markdesk(self), found.hit
        if hit.script_id is not None and hit.assignment is not None:
            if hit.script_id == self.over:
                self.dismiss(found)
            elif any(getattr(under, "script_open", None) == hit.script_id for under in app.screen_stack):
                self.tell(self.keys.told("That essay is open under this: {desk.back} leads to it"))
            else:
                await app.action_open_script(hit.assignment.id, hit.script_id)
                if isinstance(app.screen, MarkingScreen):
                    app.screen.call_after_refresh(app.screen.go_to_found, found)
        elif hit.assignment is not None:
            await app.action_open_queue(hit.assignment.id)
        elif hit.student is not None:
            await app.run_action(f"open_student('{hit.student.id}')")

    def action_back(self) -> None:
        self.dismiss(None)

    async def action_help(self) -> None:
        """What can be typed, then the keys."""
        from markdesk.tui.screens.pages import PageScreen, help_lines

        width = self.app.size.width - 6
        keys = help_lines(self.ROOM, self.keys, width)
        await self.app.push_screen(PageScreen("Help: search", [*syntax_lines(self.keys, width), (), *keys]))


def syntax_lines(keys: KeysInUse, width: int) -> list[Line]:
    """What can be typed; and where a comment that was found is used again."""
    lines: list[Line] = [((f"   {typed:<16}", "accent"), (finds, "quiet")) for typed, finds in SYNTAX]
    return [*lines, (), *hanging("   ", "text", keys.told(AGAIN), "quiet", 3, width)]


def hit_lines(found: Found, width: int, now: str) -> tuple[Line, Line]:
    """What it is, whose and of what; then the words in place."""
    its = found.assignment
    pieces: list[tuple[str, str]] = [(f"  {found.what:<10}", "weigh")]
    words = in_place(found)
    if found.kind is Kind.STUDENT and found.hit.student is not None:
        number = found.hit.student.candidate_number
        about = f"candidate {number} · past marks" if number else "past marks"
        return spread([*pieces, *words], [], width), (("    ", "text"), (about, "quiet"))
    if found.whose:
        pieces.append((f"{show_line(found.whose)}   ", "strong"))
    if its is not None:
        pieces.append((show_line(its.name), "strong" if found.kind is Kind.QUESTION else "quiet"))
    if found.paragraph is not None:
        pieces.append((f"   ¶{found.paragraph}", "quiet"))
    right = [(dated(its.set_on, now), "quiet")] if its is not None else []
    return spread(pieces, right, width), (("    ", "text"), *words)


def in_place(found: Found) -> list[tuple[str, str]]:
    """The words, and those that were looked for among them."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for span in found.spans:
        if span.start >= at:
            pieces += [(found.words[at : span.start], "text"), (found.words[span.start : span.end], "hit")]
            at = span.end
    return [*pieces, (found.words[at:], "text")]
