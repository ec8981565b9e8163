"""The skim: each essay for less than a minute, and onto one of four heaps. It touches no mark."""

from textual.app import ComposeResult

from markdesk.core.changes import QueueNoteChanged
from markdesk.core.essay import Essay
from markdesk.core.queue_notes import Heap
from markdesk.desk.anonymous import as_shown
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Entry
from markdesk.desk.queueing import Noted, QueueActs
from markdesk.desk.sitting import Sitting
from markdesk.tui.bindings import priority_bindings_of
from markdesk.tui.screens.queue_acts import QueueActing
from markdesk.tui.screens.room import Asking
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.reading_view import ReadingView
from markdesk.tui.words import Hint, clipped, hint_pieces, spread

HEAPS = (Heap.GOOD, Heap.MIDDLING, Heap.WEAK, Heap.WORRIED)
"""What the digits 1 to 4 say."""
HINTS: tuple[Hint, ...] = (
    (1, " {skim.good}", "good"), (1, "{skim.middling}", "middling"), (1, "{skim.weak}", "weak"),
    (1, "{skim.worried}", "worried"), (4, "{skim.none}", "on no heap"), (3, "{skim.next}", "next"),
    (5, "{skim.page_down}", "page"), (2, "{desk.back}", "back"), (6, "{desk.help}", "help"),
)  # fmt: skip


async def open_skim(queue: QueueActing, entry: Entry) -> None:
    """Skim the pile of the queue from a script on; the queue is read again afterwards."""
    sitting = queue.sitting
    text = await queue.asked(lambda: text_of(sitting, entry))
    if text is None:
        return
    at = sitting.position(entry.script.id) - 1
    await queue.app.push_screen(SkimScreen(queue.thread, sitting, at, text))


def text_of(sitting: Sitting, entry: Entry) -> Essay:
    """What is read: the essay as it is shown while it is marked."""
    return as_shown(MarkingDesk(sitting.desk, entry, rubric=sitting.rubric_of(entry)))


class SkimScreen(Asking[None]):
    """One essay to look over, and its heap."""

    CSS_PATH = "lists.tcss"
    ROOM = "skim"
    BINDINGS = priority_bindings_of(ROOM)

    def __init__(self, thread: StoreThread, sitting: Sitting, at: int, text: Essay) -> None:
        super().__init__()
        self.thread, self.sitting = thread, sitting
        self.acts = QueueActs(sitting.desk)
        self._at, self._text = at, text
        self._line = 0
        self._said = ""
        self.view = ReadingView(id="skimmed")

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield self.view
        yield Lines(id="foot")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_lines)

    @property
    def entry(self) -> Entry:
        return self.sitting.entries[self._at]

    def _show(self) -> None:
        self._line = 0
        self.view.read(self._text, (), {}, self._text.text == "" or self.entry.script.essay_hash is None)
        self.view.scroll_to_line(0)
        self._show_lines()

    def _show_lines(self) -> None:
        entry, sitting, width = self.entry, self.sitting, self.app.size.width
        heap = entry.note.heap if entry.note else None
        left = [(f" {sitting.called(entry)}   ", "strong"), (str(heap) if heap else "on no heap yet", "accent")]
        sorted_count = sum(e.note is not None and e.note.heap is not None for e in sitting.entries)
        right = [(f"skim {self._at + 1} of {len(sitting.entries)}", "strong"), (f" · {sorted_count} sorted ", "quiet")]
        question = clipped(sitting.assignment.question, max(2, width - 60))
        self.query_one("#top", Lines).set_line(spread([*left, (f"   {question}", "quiet")], right, width))
        said = [(f" {self._said} ", "text")] if self._said else []
        room = width - sum(len(text) for text, _ in said)
        self.query_one("#foot", Lines).set_line([*said, *hint_pieces(HINTS, room, self.keys)[1:]])

    async def action_heap(self, n: int) -> None:
        """Put the essay on a heap, 0 on none, and go on."""
        entry, heap = self.entry, HEAPS[n - 1] if n else None
        noted = await self.asked(lambda: self.acts.sort(entry, heap))
        if noted is not None:
            self._take(noted)
            self._said = f"✓ {self.sitting.called(entry)}: {heap or 'on no heap'}"
            await self.action_go(1, self._said)

    async def action_go(self, by: int, done: str = "") -> None:
        """To the essay before or after; after the last there is none, and it is said behind what was ``done``."""
        at = self._at + by
        if not 0 <= at < len(self.sitting.entries):
            end = "That was the last of the pile" if by > 0 else "That is the first of the pile"
            self.tell(f"{done} · {end}" if done else end)
            return
        entry = self.sitting.entries[at]
        text = await self.asked(lambda: text_of(self.sitting, entry))
        if text is not None:
            self._at, self._text = at, text
            self._show()
            self._said = ""

    async def action_undo(self) -> None:
        """Take back the heap that was given last."""
        noted = await self.asked(self.acts.undo)
        if noted is not None:
            self._take(noted)
            self.tell(noted.label or "Nothing to undo here")

    def _take(self, noted: Noted) -> None:
        for change in noted.changes:
            if isinstance(change, QueueNoteChanged):
                self.sitting.keep_note(change)

    def tell(self, text: str) -> None:
        """Say it in the foot, before the keys."""
        self._said = text
        self._show_lines()

    def action_scroll(self, by: int) -> None:
        self._line = max(0, min(self._line + by, self.view.furthest))
        self.view.scroll_to_line(self._line)

    def action_page(self, by: int) -> None:
        self.action_scroll(by * max(1, self.view.size.height - 2))

    def action_back(self) -> None:
        self.sitting.last_opened = self.entry.script.id
        self.dismiss()
