"""The marking screen. Arrows move, letters stamp, digits score, punctuation commands, Enter goes on."""

from typing import TYPE_CHECKING

from markdesk.tui.at_home import markdesk
from markdesk.tui.bindings import MARKING_ACTIONS, marking_bindings
from markdesk.tui.screens.marking_besides import Besides
from markdesk.tui.screens.marking_closing import STAYS_ASKED
from markdesk.tui.screens.marking_codes import Coded
from markdesk.tui.screens.marking_detour import Detouring
from markdesk.tui.screens.marking_finding import FindingWords
from markdesk.tui.screens.marking_pace import Paced
from markdesk.tui.screens.marking_parts import Parted
from markdesk.tui.screens.marking_placing import STAYS_PLACING, Placing
from markdesk.tui.screens.marking_scan import Scanned
from markdesk.tui.screens.marking_touch import Touching
from markdesk.tui.side_lines import hanging

if TYPE_CHECKING:
    from markdesk.tui.screens.search import Over


class MarkingScreen(Besides, Detouring, Coded, Paced, Parted, FindingWords, Placing, Scanned, Touching):
    """One essay beside its scheme."""

    ROOM = "marking"
    BINDINGS = marking_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every key comes by here first. While words or a mark are typed, all but the editor's own go to the editor."""
        if action not in MARKING_ACTIONS:
            return super().check_action(action, parameters)
        self.begin_act(action)
        return not self.is_typing

    def begin_act(self, action: str) -> None:
        """What another act had begun ends here: the digits of a mark, a question in the foot, an essay in the way."""
        if action not in ("digit", "zero"):
            self.forget_digit()
            self.forget_evident()
        if self.asked is not None and action not in STAYS_ASKED:
            self.stop_asking()
        if self.placing and action not in STAYS_PLACING:
            self.stop_placing()
        if not self.is_typing:
            self.make_way_for(action)

    async def action_digit(self, n: int) -> None:
        if self.is_evident_next:
            await self.stamp_evident(n)
        else:
            await super().action_digit(n)

    async def leave_for_search(self) -> "Over | None":
        self.begin_act("search")
        await self.action_close_find()
        if self.query("#mark-box"):
            await self.action_leave_mark()
        return await super().leave_for_search()

    async def action_undo(self) -> None:
        opened = self.opened
        outcome = await self.act(opened.undo)
        self.go_to_what_changed(outcome)
        if outcome is not None and not outcome.is_saved and self.finished_before:
            back = self.keys.told("{marking.last_essay}")
            self.tell(f"{outcome.label}; {back} goes back to {self.finished_before}'s, which undo then takes back")

    async def action_help(self) -> None:
        """The question, every stamp with its meaning, every key."""
        from markdesk.tui.screens.pages import PageScreen, help_lines, stamp_lines

        in_use = self.opened.stamps
        stamps = self.keys.stamps(in_use.serving(self.opened.rubric))
        width = self.app.size.width - 6
        question = hanging("", "quiet", self.opened.entry.assignment.question, "quote", 0, min(100, width))
        keys = [(("Keys", "heading"),), (), *help_lines("marking", self.keys, width)]
        await self.app.push_screen(
            PageScreen("Help: marking", [*question, (), *stamp_lines(in_use.title, stamps, width), (), *keys])
        )

    async def action_redo(self) -> None:
        opened = self.opened
        self.go_to_what_changed(await self.act(opened.redo))

    async def action_back(self) -> None:
        """One step out: the drawer, the annotation, the sentence, the lens, then the list."""
        if self.asked is not None:
            self.stop_asking()
        elif self.placing:
            self.stop_placing()
        elif self.other is not None:
            self.put_scheme_back()
        elif self.has_class("-drawer"):
            self.remove_class("-drawer")
        elif self.chosen:
            self.chosen = ""
            self.show_note()
        elif self.essay_view.target.by_sentence:
            from markdesk.core.target import paragraph_target

            self.essay_view.aim(paragraph_target(self.opened.essay, self.essay_view.target.paragraph))
            self.moved()
        elif self.lens_on:
            self.look_through("")
        else:
            await self.leave()

    async def leave(self) -> None:
        """Back to the list, the place kept and the script let go."""
        await self.keep_drafts()
        await self.keep_place()
        await self.thread.do(self.sitting.close)
        if self.app.screen_stack[0] is self:  # the program was opened with this essay
            await markdesk(self).leave_first_essay(self.sitting)
        else:
            self.dismiss()

    async def on_unmount(self) -> None:
        """However the screen came to go, the script is free again."""
        await self.thread.do(self.sitting.close)

    async def on_screen_resume(self) -> None:
        self.call_after_refresh(self.read_words)
        self.call_after_refresh(self.read_pace)
        if not self.query("#editor"):
            await self.reopen_drafts()
