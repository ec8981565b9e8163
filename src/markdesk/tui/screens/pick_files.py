"""Choosing what to import: a folder, a download, or some files."""

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult

from markdesk.core.coursework import Assignment
from markdesk.core.errors import EssayUnreadable, MarkdeskError
from markdesk.core.plain import show_line
from markdesk.desk.folders import EssaySource, Folder, Holds, Place, PlaceKind
from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.refusals import refusals_are_told
from markdesk.tui.screens.footed import Taking
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Cell, Column, Rows
from markdesk.tui.words import Hint, dated, path_typed, spread

if TYPE_CHECKING:
    from markdesk.tui.app import MarkdeskApp

COLUMNS = (Column("", 1), Column("Name", 0), Column("What", 22), Column("Changed", 9, needs=70))
HINTS: tuple[Hint, ...] = (
    (1, "{list.open}", "open, or take"), (4, "{picking.mark}", "mark several"), (5, "{picking.up}", "folder above"),
    (6, "{picking.path}", "type where"), (2, "{desk.back}", "back"), (3, "{desk.help}", "help"),
)  # fmt: skip


@refusals_are_told
async def open_import(app: "MarkdeskApp", assignment: Assignment, came: Callable[[str], None] | None = None) -> None:
    """Choose files for an assignment, which are then read and shown.

    ``came`` is told what came in, when the screen under this one is on its way back; None opens the list of the pile.
    """
    source = app.opening.essays

    async def closed(told: str | None) -> None:
        if told and came is None:
            await app.action_open_queue(assignment.id, told)

    folder = await app.thread.do(lambda: source.folder(source.start()))
    await app.push_screen(PickScreen(app.thread, assignment, folder, came), closed)


def what(place: Place) -> str:
    """What something in a folder is, in a few words."""
    match place.kind:
        case PlaceKind.FOLDER:
            if place.is_closed:
                return "can't be looked into"
            return held(place.holds) if place.holds and place.holds.all else "folder"
        case PlaceKind.DOWNLOAD:
            return f"download, {_size(place.size)}"
        case PlaceKind.ESSAY:
            return f"{place.name.rpartition('.')[2].lower()}, {_size(place.size)}"
        case PlaceKind.OTHER:
            return "can't be opened" if place.is_closed else "no essay"


def held(holds: Holds) -> str:
    """What a folder holds that can be taken: ``2 essays, 1 download``."""
    counts = ((holds.essays, "essay"), (holds.downloads, "download"))
    return ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count)


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{max(1, count // 1000)} kB"


class PickScreen(Taking[str]):
    """Go through folders; what is taken is read and shown next."""

    CSS_PATH = "import.tcss"
    ROOM = "picking"
    BINDINGS = priority_bindings_of(ROOM)
    AUTO_FOCUS = "Rows"

    def __init__(
        self, thread: StoreThread, assignment: Assignment, folder: Folder, came: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self.came = came
        self.thread, self.assignment, self.folder = thread, assignment, folder
        self.marked: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self.show_folder(self._first)
        self.tell(self.folder.told, "alert" if self.folder.told else "text")

    def on_resize(self) -> None:
        self.show_folder()
        self.tell_again()

    @property
    def source(self) -> EssaySource:
        return markdesk(self).opening.essays

    @property
    def hints(self) -> tuple[Hint, ...]:
        if self.is_typing:
            return ((0, "{path.take}", "go there, or take it"), (1, "{path.leave}", "leave it"))
        return HINTS

    @property
    def standing(self) -> tuple[str, str]:
        """What is so where there is nothing to take: folders may still lead on."""
        places = self.folder.places
        if self.folder.told or self.folder.holds.all or self._has(PlaceKind.FOLDER):
            return "", "quiet"
        if not places:
            return "This folder is empty", "text"
        files = "The only file here is" if len(places) == 1 else f"None of the {len(places):,} files here is"
        return f"{files} {'no' if len(places) == 1 else 'an'} essay or download", "text"

    def _has(self, kind: PlaceKind) -> bool:
        return any(place.kind is kind for place in self.folder.places)

    @property
    def whole(self) -> bool:
        """Whether the folder itself can be taken: then the line above the list takes it."""
        return self.folder.holds.essays > 0

    @property
    def _first(self) -> int:
        """Where the cursor begins: on the folder itself, else on what lies in it."""
        return -1 if self.whole else min(1, len(self.folder.places))

    def show_folder(self, cursor: int | None = None) -> None:
        """The folder as it is, with what is marked."""
        head = [(" Import", "accent"), ("   for ", "quiet"), (show_line(self.assignment.name), "strong")]
        count = len(self.marked)
        marked = f"{count} marked " if count else ""
        self.query_one("#top", Lines).set_line(spread(head, [(marked, "accent")], self.app.size.width))
        self.query_one("#said", Lines).set_line(((f" {show_line(self.folder.path)}", "quiet"),))
        desk = markdesk(self).desk
        now = desk.clock.now() if desk is not None else ""
        rows: list[list[Cell]] = [[("", "quiet"), ("..", "quiet"), ("the folder above", "quiet"), ("", "quiet")]]
        for place in self.folder.places:
            is_dim = place.kind is PlaceKind.OTHER
            rows.append(
                [
                    ("✓" if place.path in self.marked else "", "good"),
                    (place.name + ("/" if place.kind is PlaceKind.FOLDER else ""), "quiet" if is_dim else "text"),
                    (what(place), "quiet"),
                    (dated(place.changed_on, now) if place.changed_on else "", "quiet"),
                ]
            )
        lead: Line = ()
        if self.whole:
            holds = self.folder.holds
            essays = "the essay" if holds.essays == 1 else f"all {holds.essays:,} essays"
            folders = "   and those in its folders" if self._has(PlaceKind.FOLDER) else ""
            alone = "   a download is taken by itself" if holds.downloads else ""
            told = (f"{essays} of this folder", "strong")
            lead = (("Take ", "accent"), told, (f"{folders}{alone}", "quiet"))
        self.query_one(Rows).show_rows(COLUMNS, list(rows), cursor, lead)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.tell("")

    @property
    def here(self) -> Place | None:
        """What the cursor is on; None for the folder above, or this one."""
        at = self.query_one(Rows).cursor
        return self.folder.places[at - 1] if 0 < at <= len(self.folder.places) else None

    async def choose(self, index: int) -> None:
        """Go into a folder, or take what is chosen: what is marked, where something is."""
        if index < 0:
            await self._take([self.folder.path])
        elif index == 0:
            await self.action_up()
        else:
            place = self.folder.places[index - 1]
            if place.kind is PlaceKind.FOLDER and not self.marked:
                await self._go(place.path)
            else:
                await self._take(sorted(self.marked) or [place.path])

    async def action_up(self) -> None:
        await self._go(self.folder.parent, came_from=self.folder.path)

    def action_mark(self) -> None:
        """Mark what the cursor is on, or no longer, and go on to the next."""
        place = self.here
        if place is None:
            return
        self.marked ^= {place.path}
        self.show_folder()
        rows = self.query_one(Rows)
        rows.go_to(rows.cursor + 1)

    async def action_path(self) -> None:
        """Type or paste where it is."""
        from markdesk.tui.widgets.editor import PathBox

        box = PathBox(placeholder="a folder, a download or a file", select_on_focus=False)
        await self.open_line(self.keys.brief(" {picking.path} "), box, above="#foot")
        self.tell("")

    async def take(self, typed: str) -> bool:
        """Go where it was typed; a file is taken."""
        path, source = path_typed(typed), self.source
        if not path:
            return True
        found = await self.thread.do(lambda: source.folder(path))
        if found.told:
            return await self._reach_and_take([path])
        await self._show(found)
        return True

    async def _reach_and_take(self, paths: list[str]) -> bool:
        """Take files; False, and why is told, where one of them can't be."""
        source = self.source
        try:
            await self.thread.do(lambda: _reach(source, paths))
        except MarkdeskError as error:
            self.tell(str(error), "alert")
            return False
        await self._take(paths)
        return True

    async def on_paste(self, event: events.Paste) -> None:
        """Files that are dropped on the window: a terminal pastes where they are."""
        event.stop()
        paths = dropped(event.text)
        if paths:
            await self._reach_and_take(paths)

    async def _go(self, path: str, came_from: str = "") -> None:
        source = self.source
        found = await self.thread.do(lambda: source.folder(path))
        await self._show(found, came_from)

    async def _show(self, folder: Folder, came_from: str = "") -> None:
        if folder.told:
            self.tell(folder.told, "alert")
            return
        self.folder, self.marked = folder, set()
        places = [place.path for place in folder.places]
        at = places.index(came_from) + 1 if came_from in places else self._first
        self.show_folder(at)
        self.tell("")

    async def _take(self, paths: list[str]) -> None:
        from markdesk.tui.screens.import_preview import ImportScreen

        await self.app.push_screen(ImportScreen(self.thread, self.assignment, paths), self._taken)

    def _taken(self, told: str | None) -> None:
        """Back from the preview: where the essays came in, out of here too."""
        if told:
            if self.came is not None:
                self.came(told)
            self.dismiss(told)

    def action_back(self) -> None:
        self.dismiss("")


def dropped(text: str) -> list[str]:
    """The paths in what a terminal pastes where files are dropped on it: quoted or escaped as for a shell."""
    try:
        paths = shlex.split(text)
    except ValueError:  # an apostrophe in a name that wasn't quoted
        paths = [text.strip()]
    return [path.removeprefix("file://") for path in paths if path]


def _reach(source: EssaySource, paths: list[str]) -> None:
    """Raises MarkdeskError where one of them isn't there, or can't be opened."""
    listing = source.look(paths)
    try:
        for turned in listing.refused:
            raise EssayUnreadable(turned.reason)
        for one in listing.waiting[: len(paths)]:
            one.load()
    finally:
        listing.release()
