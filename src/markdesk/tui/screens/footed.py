"""A screen whose foot says what was saved, what went wrong, and which keys there are, in as many lines as it takes."""

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.events import ScreenResume

from markdesk.tui.screens.room import Boxed, Room
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.widgets.rows import Rows
from markdesk.tui.words import Hint, foot_lines

R = TypeVar("R")


class Footed(Room[R]):
    """Tells in its foot."""

    _said: tuple[str, str, bool] = ("", "quiet", False)
    """What was told last: text, style, and whether it was saved."""

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What the foot teaches now."""
        raise NotImplementedError

    @property
    def standing(self) -> tuple[str, str]:
        """What the foot says while there is nothing newer to tell: text and style."""
        return "", "quiet"

    def tell(self, text: str, style: str = "text", saved: bool = False) -> None:
        """Say something in the foot: what was saved, why nothing happened, what went wrong and what to do."""
        self._said = text, style, saved
        self.said_now()
        self.set_foot(foot_lines(self._said, self.hints, self.app.size.width, self.keys, self.standing))

    def tell_again(self) -> None:
        """The same, in a window of another size or with other hints; nothing, where she has gone on since."""
        self.tell(*(self._said if self.stands_said else Footed._said))

    @on(Rows.Moved)
    @on(ScreenResume)
    def forget_said(self) -> None:
        """What was told of another row would be false of this one, and so would what was told before she went away."""
        if self._said[0] and not self.stands_said:
            self.tell_again()

    # By the names of their messages: neither widget is loaded for a screen that hasn't got it.
    def on_hits_moved(self) -> None:
        self.forget_said()

    def on_review_page_moved(self) -> None:
        self.forget_said()

    def set_foot(self, lines: list[Line]) -> None:
        """Put lines into the foot, which is as high as they are many."""
        self.query_one("#foot", Lines).grow_to(lines)


class Taking(Footed[R], Boxed[R]):
    """A line is typed now and then, and its box closes once what was typed is taken."""

    LEFT: ClassVar[str] = ""
    """What is said where it was left."""

    async def action_close_box(self, keep: bool) -> None:
        """Take what was typed, or leave it."""
        if not keep:
            await self.close_line()
            self.tell(self.LEFT)
        elif await self.take_line(self.take):
            self.tell_again()

    async def take(self, typed: str) -> bool:
        """Do what was typed; False, and why is told, where it isn't taken: then it stays, to be mended."""
        raise NotImplementedError


class Explaining(Footed[R]):
    """A list with what is said of all of it above, and below it what is under the cursor, in full."""

    def compose(self) -> ComposeResult:
        yield Lines(id="top")
        yield Lines(id="said")
        yield Rows(id="rows")
        yield Lines(id="explained")
        yield Lines(id="foot")

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)
