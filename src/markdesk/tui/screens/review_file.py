"""What is looked back at, written into a file: its name is typed, its ending says which kind."""

from pathlib import PurePath

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.desk.desk import Desk
from markdesk.desk.looking_back import LookBack
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.footed import Taking
from markdesk.tui.screens.room import Asking


class ReviewFile(Taking[None], Asking[None]):
    """The half of the review's screen that writes."""

    desk: Desk
    look: LookBack

    def begin_files(self) -> None:
        """Nothing is written yet."""
        self._path = ""
        """The file that was named last for this view."""
        self._folder: PurePath | None = None
        """The folder that it lay in, for the views after it too."""
        self.written = ""
        """The file that was written last."""
        self._asked = ""
        """The file of which it was said that it lies there already."""

    def forget_file(self) -> None:
        """Another view has a file of its own."""
        self._path = self._asked = ""

    async def stands_as_shown(self) -> bool:
        """Whether what is shown is what stands on the desk: only that is written. If not, it is read again."""
        raise NotImplementedError

    def set_others_aside(self) -> None:
        """Stop what is being read that isn't shown."""
        raise NotImplementedError

    async def action_write_review(self) -> None:
        """Type the file that what is shown is written into."""
        from markdesk.tui.widgets.editor import ValueBox

        self.set_others_aside()
        try:
            usual = PurePath(markdesk(self).opening.giving_out().review_path(self.look))
        except MarkdeskError as error:
            self.tell(str(error))
            return
        path = self._path or str(self._folder / usual.name if self._folder else usual)
        await self.open_line(" Into  ", ValueBox(value=path, select_on_focus=False), above="#foot")
        self.tell("")

    async def take(self, typed: str) -> bool:
        """Write it; over another file at a second key alone, and not at an Enter that bounces."""
        path = typed.strip().strip("'\"")
        if not path:
            self.tell("")
            return True
        if not await self.stands_as_shown():
            return False
        look, desk, files = self.look, self.desk, markdesk(self).opening.giving_out()
        file = await self.asked(lambda: files.review(desk, look, path))
        if file is None:
            return False
        replaces, self._asked = self._asked == path, ""
        self._path, self._folder = path, PurePath(file.path).parent
        if file.is_there and not replaces:
            self._asked = path
            again = self.keys.told("{review.write} and {value.take} replace it")
            self.tell(f"{show_line(file.path)} is there already: {again}")
            return True
        if await self.asked(lambda: files.put(file, replaces)) is None:
            return False
        self.written = file.path
        self.tell(f"It is in {show_line(file.path)}", saved=True)
        return True

    async def action_show_file(self) -> None:
        """Open what was written."""
        files, path = markdesk(self).opening.giving_out(), self.written
        if not path:
            self.tell(self.keys.told("Nothing is written yet: {review.write} writes what is shown"))
            return
        fault = await self.asked(lambda: files.show(path))
        self.tell(f"It can't be opened: {fault}. It is {show_line(path)}" if fault else f"Opened {show_line(path)}")
