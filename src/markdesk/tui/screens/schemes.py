"""The mark schemes: all of them in a list, the one under the cursor in full beside it."""

from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Status
from markdesk.desk.rubrics import Listed
from markdesk.desk.scheme_files import SchemeFiles, draft_in, edited_id
from markdesk.desk.scheme_list import fits, in_order
from markdesk.tui.at_home import markdesk, say
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.opening import Opening
from markdesk.tui.scheme_forms import form_from_file, name_to_edit
from markdesk.tui.scheme_text import SCROLL_BAR, scheme_text
from markdesk.tui.screens.room import Boxed
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines, Page
from markdesk.tui.widgets.painted import Across
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import FILTER_HINTS, Hint, clipped, hint_pieces, path_typed

if TYPE_CHECKING:
    from textual.widgets import Input

    from markdesk.tui.widgets.editor import LineBox

COLUMNS = (
    Column("", 10), Column("Mark scheme", 0), Column("Marks", 5, True), Column("Version", 7, needs=72),
    Column("State", 9),
)  # fmt: skip
STATES = {
    Status.DRAFT: ("✎ draft", "weak"),
    Status.RETIRED: ("⊘ retired", "weak"),
    Status.CHECKED: ("✓ checked", "good"),
}
BROKEN = ("✗ broken", "alert")
CLASH = ("✗ same id", "alert")
NARROW = 110
"""Below so many columns the scheme stands under the list."""
PROGRESS_SECONDS = 0.5
"""Reading that takes longer says how far it has come."""
HINTS = (
    (1, "{list.open}", "open"), (4, "{schemes.filter}", "filter"), (5, "{schemes.edit}", "edit"),
    (5, "{schemes.new}", "new from this"), (8, "{schemes.from_file}", "from a file"),
    (7, "{schemes.check}", "check again"), (6, "{schemes.scroll_up/schemes.scroll_down}", "scroll"),
    (3, "{desk.back}", "back"), (2, "{desk.help}", "help"),
)  # fmt: skip


PATH_HINTS: tuple[Hint, ...] = ((1, "{path.take}", "begin from that file"), (2, "{path.leave}", "leave it"))


def scheme_cells(listed: Listed, before: Listed | None) -> list[Cell]:
    """One scheme as a row; whose it is stands only where the row before is somebody else's."""
    whose = _whose(listed)
    group = whose if before is None or _whose(before) != whose else ""
    rubric = listed.rubric
    if rubric is None:
        return [(group, "heading"), (listed.path.name, "text"), ("", "text"), ("", "text"), BROKEN]
    title = rubric.title
    if not listed.is_own and not rubric.takes_any_tariff:
        # The board stands before it, and all are about history.
        title = title.removeprefix(f"{rubric.board} ").removeprefix("History, ").replace(" History", "", 1)
    marks = "any" if rubric.takes_any_tariff else str(rubric.max_mark)
    state = STATES.get(rubric.status, ("ready", "quiet"))
    if listed.wrong:
        state = CLASH if listed.is_clash else BROKEN
    apart = rubric.status in (Status.DRAFT, Status.RETIRED)
    return [
        (group, "heading"),
        (title, "quiet" if apart else "text"),
        (marks, "quiet" if apart else "text"),
        (rubric.version, "quiet"),
        state,
    ]


def _whose(listed: Listed) -> str:
    """Whose the scheme is, in a word: of a board's names the one that its ids begin with."""
    rubric = listed.rubric
    if listed.is_own or rubric is None:
        return "Yours" if listed.is_own else "To mend"
    if rubric.takes_any_tariff:
        return "Any board"
    short = rubric.id.partition("-")[0]
    return next((word for word in rubric.board.split() if fold(word) == short), rubric.board)


class SchemesScreen(Boxed[None]):
    """Find a scheme, read it, begin one's own from it."""

    CSS_PATH = "schemes.tcss"
    ROOM = "schemes"
    WHILE_TYPING = ("close_box", "move", "scroll")
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(self, thread: StoreThread, opening: Opening) -> None:
        super().__init__()
        self.thread = thread
        self.opening = opening
        self.schemes: list[Listed] = []
        self.shown: list[Listed] = []
        """Those that fit what was typed, as the list has them."""
        self.draft: tuple[str, str] | None = None
        """A form that was left half filled: the name that it is kept under, and its title."""
        self.typed = ""
        self._wanted = ""
        """The file, by its name without ending, that the cursor is to be on."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        with Across(id="shelf"):
            yield Rows(id="rows")
            yield Page(id="scheme")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.rows = self.query_one(Rows)
        self.page = self.query_one(Page)
        self.page.can_focus = False
        self._show_top("reading the files …")

    def on_screen_resume(self) -> None:
        self.read()

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < NARROW, "-narrow")
        self.call_after_refresh(self.show_scheme)

    # -- reading

    def read(self, wanted: str = "", told: str = "") -> None:
        """Read every file, away from the keys; then ``told`` is said, and the cursor is on ``wanted``."""
        self._wanted = wanted or self._wanted
        self._told = told or self._told
        self.read_again()

    _told = ""

    @work(group="read", exclusive=True)
    async def read_again(self) -> None:
        """What ``read`` sets off."""
        begun, leave = monotonic(), self.keys.told("{desk.back}")
        found: list[Listed] = []
        try:
            files = await self.thread.do(lambda: self.opening.shelf().listing())
            while (one := await self.thread.do(lambda: next(files, None))) is not None:
                found.append(one)
                if self.is_running and monotonic() - begun > PROGRESS_SECONDS:
                    self._show_top(f"{len(found)} files read so far; {leave} goes back")
            self.draft = await self.thread.do(lambda: _last_draft(self.opening.own_schemes()))
        except (MarkdeskError, OSError) as error:
            self._told = str(error)
        if not self.is_running:
            return  # she left meanwhile
        self.schemes = in_order(found)
        self.show_list()
        if self._told:
            self.tell(self._told)
            self._told = ""

    # -- showing

    def show_list(self) -> None:
        """The schemes that fit, the cursor on the one where it was."""
        here = self._wanted or (self.chosen.path.stem if self.chosen else "")
        if self._wanted and not any(one.path.stem == here and fits(one, self.typed) for one in self.schemes):
            self.typed = ""
            self._say_filter()
        self._wanted = ""
        self.shown = [one for one in self.schemes if fits(one, self.typed)]
        names = [one.path.stem for one in self.shown]
        cells = [scheme_cells(one, self.shown[at - 1] if at else None) for at, one in enumerate(self.shown)]
        lead: Line = ()
        if self.draft is not None and not self.typed:
            lead = (
                ("Go on  ", "accent"),
                (self.draft[1], "strong"),
                (f"   {_left(self.draft[0])}", "quiet"),
            )
        self.rows.show_rows(COLUMNS, [*cells], names.index(here) if here in names else 0, lead)
        # Of two files with one id the teacher's own is the one to mend.
        broken = sum(bool(one.wrong) and (one.is_own or not one.is_clash) for one in self.schemes)
        own = sum(one.is_own for one in self.schemes)
        count = f"{len(self.shown)} of {len(self.schemes)}" if self.typed else str(len(self.schemes))
        told = [f"{own} yours" if own else "", f"{broken} to mend" if broken else ""]
        self._show_top(" · ".join(part for part in (count, *told) if part))
        self.show_scheme()

    def _show_top(self, told: str) -> None:
        self.query_one("#top", Lines).set_line(((" Mark schemes", "strong"), (f"   {told}", "quiet")))

    @on(Rows.Moved)
    def show_scheme(self) -> None:
        """The scheme under the cursor, in full."""
        chosen = self.chosen
        self._show_foot()
        width = self.page.size.width - SCROLL_BAR
        if width < 1 or not self.schemes:
            return
        if chosen is not None:
            lines = scheme_text(chosen, width)
        elif self.draft is not None and self.rows.cursor < 0:
            lines = [((self.keys.told("{list.open} goes on with the form that you left."), "text"),)]
        else:
            lines = [
                ((f"No scheme has “{clipped(self.typed, width - 20)}”.", "text"),),
                ((self.keys.told("{desk.back} shows all again."), "quiet"),),
            ]
        self.page.scroll_to(y=0, animate=False, immediate=True)
        self.page.set_lines(lines)

    def _show_foot(self) -> None:
        """The keys as they are now: while a line is typed it has them."""
        from markdesk.tui.widgets.editor import FilterBox

        chosen = self.chosen
        hints = [hint for hint in HINTS if hint[2] != "edit" or (chosen and chosen.is_own)]
        if self.is_typing:
            hints = [*(FILTER_HINTS if self.query(FilterBox) else PATH_HINTS)]
        self.query_one("#foot", Lines).set_line(hint_pieces(hints, self.app.size.width, self.keys))

    @property
    def chosen(self) -> Listed | None:
        at = self.rows.cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def tell(self, text: str) -> None:
        """Say it between the heading and the list."""
        self._says = True
        self.said_now()
        said = self.query_one("#said", Lines)
        said.display = True  # also under a box in which something is typed
        say(said, text)

    @on(Rows.Moved)
    def forget_said(self) -> None:
        """What was told of another scheme would be false of this one; in its place the filter stands, if one is on."""
        if self._says and not self.stands_said:
            self._say_filter()

    # -- the keys

    async def action_open(self) -> None:
        """The whole scheme, or the form that was left."""
        chosen = self.chosen
        if chosen is None:
            if self.draft is not None and self.rows.cursor < 0:
                await markdesk(self).open_scheme_form(self.draft[0])
        elif chosen.rubric is None:
            told = "This file must be mended before it can be used; what is wrong stands beside it."
            self.tell(told + self.keys.told(" {schemes.check} checks it again."))
        else:
            self._wanted = chosen.path.stem
            await markdesk(self).open_scheme(chosen)

    async def choose(self, index: int) -> None:
        await self.action_open()

    async def action_new(self) -> None:
        chosen = self.chosen
        if chosen is None or chosen.rubric is None:
            self.tell("Choose a sound scheme to begin from: the school template, or the one that is nearest to yours.")
            return
        self._wanted = chosen.path.stem
        await markdesk(self).open_scheme_form(chosen.rubric.id)

    async def action_edit(self) -> None:
        """The form on a scheme of the teacher's own."""
        chosen = self.chosen
        if chosen is None:
            self.tell("Choose one of your own schemes to edit.")
            return
        try:
            name = name_to_edit(chosen)
        except MarkdeskError as error:
            self.tell(error.message)
            return
        self._wanted = chosen.path.stem
        await markdesk(self).open_scheme_form(name)

    def action_check(self) -> None:
        """Read every file again, as after mending one in an editor."""
        self.read(self.chosen.path.stem if self.chosen else "", "Every file was read and checked again.")

    def action_scroll(self, by: int) -> None:
        self.page.scroll_to(y=max(0, self.page.scroll_offset.y + by), animate=False, immediate=True)

    def action_back(self) -> None:
        """One step out: the filter, then the screen."""
        if self.typed:
            self.typed = ""
            self._say_filter()
            self.show_list()
        else:
            self.dismiss()

    # -- the box: a filter, or a file

    async def action_filter(self) -> None:
        """Open the box for words to look for."""
        from markdesk.tui.widgets.editor import FilterBox

        hint = "board, kind of question, title, marks, draft …"
        await self._open_box("{schemes.filter}", FilterBox(self.typed, placeholder=hint, select_on_focus=False))

    async def action_from_file(self) -> None:
        """Open the box for the file that a new scheme is to begin from."""
        from markdesk.tui.widgets.editor import PathBox

        await self._open_box(
            "{schemes.from_file}",
            PathBox(placeholder="a file with a table of levels: Word, web page, CSV, Moodle, Canvas …"),
        )

    async def _open_box(self, key: str, box: "LineBox") -> None:
        self.query_one("#said", Lines).display = False
        await self.open_line(self.keys.brief(f" {key} "), box, below="#top")
        self._show_foot()

    def on_input_changed(self, event: "Input.Changed") -> None:
        from markdesk.tui.widgets.editor import FilterBox

        if isinstance(event.input, FilterBox):
            self.typed = event.value.strip()
            self.show_list()

    async def action_close_box(self, keep: bool) -> None:
        """Back to the list: filtered as it was typed, or the file opened; or (``keep`` False) neither."""
        from markdesk.tui.widgets.editor import FilterBox

        if self.query(FilterBox):
            typed = (await self.close_line()).strip()
            self.typed = typed if keep else ""
        elif not keep:
            await self.close_line()
        elif not await self.take_line(self._begin_from):
            return
        self._say_filter()
        self.show_list()

    async def _begin_from(self, typed: str) -> bool:
        """Begin a scheme from the file that was typed; False, and why is told, where that can't be."""
        path, opening = path_typed(typed), self.opening
        if path:
            self.tell(f"Reading {path} …")
            try:
                found = await self.thread.do(lambda: form_from_file(opening, path))
            except MarkdeskError as error:
                self.tell(str(error))
                return False
            await markdesk(self).push_form(*found)
        return True

    _says = False
    """Whether something is told, and not the filter."""

    def _say_filter(self) -> None:
        self._says = False
        said = self.query_one("#said", Lines)
        said.display = True
        hint = self.keys.told("   {desk.back} shows all again")
        told = clipped(self.typed, max(8, self.app.size.width - len(hint) - 4))
        line = ((self.keys.brief(" {schemes.filter}"), "accent"), (f" {told}", "strong"), (hint, "quiet"))
        said.grow_to([line if self.typed else ()])

    async def action_move(self, by: int) -> None:
        """Along the list while words are typed."""
        from markdesk.tui.widgets.editor import arrived

        await arrived(self.focused)
        self.rows.action_move(by)


def _left(draft_name: str) -> str:
    """What a form that was left is about."""
    edited = edited_id(draft_name)
    return f"changes to {edited}, not written yet" if edited else f"half filled in, from {draft_name}"


def _last_draft(files: SchemeFiles) -> tuple[str, str] | None:
    """The name and the title of the form that was left last."""
    for name, text in files.drafts().items():
        try:
            return name, show_line(draft_in(text, files.check).title) or "A scheme without a title"
        except MarkdeskError:
            return name, "A form that was changed outside markdesk"
    return None
