"""What every screen has: its name in the table of keys, its help, the next theme, and a list whose rows open once."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable

from rich.cells import cell_len
from textual import events, on
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from markdesk.core.errors import MarkdeskError
from markdesk.tui.at_home import markdesk
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Lines
from markdesk.tui.widgets.painted import Across
from markdesk.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from markdesk.tui.widgets.editor import LineBox

DRAFT_SECONDS = 0.3
"""How long after a key words are kept; half a second is the most that may ever be lost."""

R = TypeVar("R")
S = TypeVar("S", bound="Room[Any]")
T = TypeVar("T")


@runtime_checkable
class TypedOn(Protocol):
    """A screen on which words are typed: on the way out they are kept, finished or not."""

    async def let_keys_arrive(self) -> None:
        """Wait until the open editor has taken in what was typed."""
        ...

    def keeper(self) -> Callable[[], None]:
        """What keeps all that isn't kept yet, as it is now: for the store thread."""
        ...


async def push_kept(app: App[Any], kind: "type[S]", make: Callable[[], S], begin: Callable[[S], None]) -> None:
    """Put a screen in front that is kept once it was made, and told to begin anew whenever it is needed again.

    To put a screen together, style it and lay it out takes Textual longer than most questions to the store take. One
    that stands in the stack already is in use: then another is made.
    """
    if not app.is_screen_installed(kind.ROOM):
        app.install_screen(make(), kind.ROOM)
        with app.batch_update():
            await app.push_screen(kind.ROOM)
        return
    kept = app.get_screen(kind.ROOM, kind)
    if kept in app.screen_stack:
        await app.push_screen(make())
    else:
        begin(kept)
        await app.push_screen(kind.ROOM)


def is_presented(screen: Screen[Any]) -> bool:
    """Whether somebody else than the teacher looks at a screen."""
    return getattr(screen, "is_presenting", False)


class Room(Screen[R]):
    """A screen with keys of its own."""

    ROOM: ClassVar[str]
    """What the table of keys (``bindings.py``) calls it, and help."""

    @property
    def keys(self) -> KeysInUse:
        """The keys in use, for what the screen says of them."""
        return markdesk(self).keys

    is_typing = False
    """Whether words are typed, in a box or an editor."""
    _typed_in: Widget | None = None
    """What had the keyboard last while words were typed."""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click beside what is typed leaves it the keyboard: else no key would lead out of it."""
        if not self.is_typing:
            return
        from textual.widgets import Input, TextArea

        before = self._typed_in
        if isinstance(event.widget, Input | TextArea):
            self._typed_in = event.widget
        elif before is not None and before.is_attached:
            if isinstance(before, Input):
                before.select_on_focus = False  # else the next letter would take the place of all of it
            self.set_focus(before)

    _said_after: int | None = None

    def said_now(self) -> None:
        """Something was told, after so many keys and clicks."""
        self._said_after = markdesk(self).inputs

    @property
    def stands_said(self) -> bool:
        """Whether what was told stands: until something else is done, a key or a click later.

        The cursor that an act moves on is no other key: what the act saved is still read beside the next row.
        """
        return self._said_after is None or markdesk(self).inputs <= self._said_after

    async def action_theme(self) -> None:
        await self.app.run_action("switch_theme")

    async def action_help(self) -> None:
        await self.app.run_action(f"show_help('{self.ROOM}')")

    @on(Rows.Chosen)
    async def _open_once(self, event: Rows.Chosen) -> None:
        # A second Enter may come while what the first one opens is on its way.
        if self.app.screen is self:
            index = self.row_chosen(event)
            if index is not None:
                await self.choose(index)

    def row_chosen(self, event: Rows.Chosen) -> int | None:
        """Where the row stands by now that was chosen; None where it is gone."""
        return event.index

    async def choose(self, index: int) -> None:
        """Open a row of the screen's list; -1 is the line above it."""


class Boxed(Room[R]):
    """A list on which a line is typed now and then, in a box beside a prompt."""

    WHILE_TYPING: ClassVar[tuple[str, ...]] = ("close_box", "move")
    """What keys still do while words are typed: the others are letters then."""

    AT_REST: ClassVar[str] = "#rows"
    """What has the keyboard while nothing is typed."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed, keys are letters."""
        return action in self.WHILE_TYPING if self.is_typing else super().check_action(action, parameters)

    async def open_line(self, prompt: str, box: "LineBox", above: str = "", below: str = "") -> None:
        """Open the box above or below a widget, given by its selector; it has the keyboard until it is closed."""
        head = Lines(id="prompt")
        head.styles.width = cell_len(prompt)
        self.is_typing = True
        await self.mount(Across(head, box, id="box"), before=above or None, after=below or None)
        head.set_line(((prompt, "accent"),))
        self.set_focus(box)

    async def take_line(self, act: Callable[[str], Awaitable[bool]]) -> bool:
        """Do something with what was typed, and close the box once that is done. Where it isn't taken, which ``act``
        says after it has told why, the box stays open with the words in it."""
        from markdesk.tui.widgets.editor import LineBox, arrived

        box = self.query_one(LineBox)
        await arrived(box)
        is_taken = await act(box.value)
        if is_taken:
            await self.close_line()
        return is_taken

    async def close_line(self) -> str:
        """Close it, back to the list; what was typed."""
        from markdesk.tui.widgets.editor import LineBox, arrived

        box = self.query_one(LineBox)
        await arrived(box)
        self.is_typing = False
        self.set_focus(self.query_one(self.AT_REST))
        await self.query("#box").remove()
        return box.value


class Asking(Room[R]):
    """A screen that asks the desk for something, and tells where it is busy or refuses."""

    thread: StoreThread

    def tell(self, text: str) -> None:
        """Say it where the screen says things."""
        raise NotImplementedError

    async def asked(self, question: Callable[[], T]) -> T | None:
        """The desk's answer; None, and why is told, where there is none."""
        try:
            return await self.thread.do(question)
        except MarkdeskError as error:
            self.tell(str(error))
            return None
