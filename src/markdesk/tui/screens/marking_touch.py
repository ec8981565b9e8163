"""The mouse in the scheme's column: a click does what the keys of that level, mark, scale, strand or stamp do."""

from dataclasses import replace

from textual import on

from markdesk.tui.screens.marking_notes import Notes
from markdesk.tui.screens.marking_scoring import Marks
from markdesk.tui.widgets.lines import Lines


class Touching(Marks, Notes):
    """Clicks on what is told beside the essay."""

    @on(Lines.Touched)
    async def _touched(self, event: Lines.Touched) -> None:
        kind, _, what = event.act.partition(" ")
        if self.is_typing:
            return  # the words first: an editor is closed by its own keys
        self.begin_act("touch")
        opened, scale = self.opened, self.scale
        if kind == "level":
            await self._touch_level(int(what))
        elif kind == "mark":
            await self.act(lambda: opened.give_mark(scale.id, int(what)))
        elif kind == "scale":
            self.beside = self.beside_of(opened.scale(what))
            self.show_side()
            self.tell(f"Now {opened.scale(what).title}")
        elif kind == "strand":
            self.beside = replace(self.beside, strand=what)
            self.show_side()
        elif kind == "stamp" and (stamp := opened.stamps.for_code(what)) is not None:
            await self.put_stamp(stamp)

    def begin_act(self, action: str) -> None:
        """Whatever another act had begun ends here. The screen knows what that may be."""

    async def _touch_level(self, level: int) -> None:
        """The level of the strand in hand where strands are placed, else of the scale."""
        opened, scale = self.opened, self.scale
        if self.places_strands:
            await self.place_strand_in_hand(level)
        else:
            await self.act(lambda: opened.choose_level(scale.id, level))
