"""Before an essay is finished: what the scheme asks, what is missing, and what became of the last target.

Enter finishes, always: it answers no to what was asked, and lets the rest be. A digit answers yes, or goes to what is
missing. Any other key goes back to the essay and does what it always does.
"""

from dataclasses import dataclass
from functools import partial

from markdesk.core.checks import Check, CheckKind, caps_broken
from markdesk.core.ids import ScriptId
from markdesk.core.marking import Met
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_editors import Editors
from markdesk.tui.screens.marking_scoring import Marks
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line
from markdesk.tui.words import clipped

VERDICTS = (Met.MET, Met.PARTLY, Met.NOT_YET)
"""What the digits 1, 2 and 3 say of the last target."""

STAYS_ASKED = frozenset({"digit", "zero", "finish", "accept", "help", "back", "scroll_scheme", "full"})
"""The actions that don't end the asking."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the foot and waits for a key."""

    checks: tuple[Check, ...] = ()
    about_target: bool = False


class Closing(Marks, Editors):
    """Enter."""

    asked: Asked | None = None
    _told: frozenset[ScriptId] = frozenset()
    """The essays whose missing stamps and strands apart were told: once an essay."""

    async def action_finish(self) -> None:
        """Ask what is to be asked, then finish this essay and open the next one that isn't done."""
        asked, self.asked = self.asked, None
        if asked is None:
            await self._ask_checks()
        elif not asked.about_target:
            await self._ask_target(tuple(check.cap for check in asked.checks if check.kind is CheckKind.CAP))
        else:
            await self.finish_and_go_on(Met.NOT_JUDGED, self._no_to)

    _no_to: tuple[str, ...] = ()
    """The caps whose question was passed by."""

    async def _ask_checks(self) -> None:
        opened, setting = self.opened, markdesk(self).opening.checks
        if setting == "off" or opened.unmarked or opened.held_by or opened.marking.is_locked:
            await self.finish_and_go_on()
            return
        found = opened.checks(True if setting == "all" else None)
        script_id = opened.entry.script.id
        if script_id in self._told or opened.is_done:
            found = tuple(check for check in found if check.kind is CheckKind.CAP)
        self._told |= {script_id}
        if any(check.has_key or check.kind is CheckKind.WORDS for check in found):
            self.asked = Asked(found)
            self.show_asked()
        else:
            await self._ask_target(())

    async def _ask_target(self, no_to: tuple[str, ...]) -> None:
        """What became of the student's last target, once an essay."""
        opened = self.opened
        self._no_to = no_to
        asks = markdesk(self).opening.checks != "off" and opened.marking.header.last_target is None
        if opened.last_target is None or not asks or opened.is_done:
            await self.finish_and_go_on(no_to=no_to)
            return
        self.asked = Asked(about_target=True)
        self.show_asked()

    def stop_asking(self) -> None:
        """Back to the essay: nothing was finished."""
        if self.asked is not None:
            self.asked = None
            again = self.keys.told("Not finished yet: {marking.finish} asks again")
            self.tell(again if self.opened.last_target else "Not finished yet")

    # -- the keys while something is asked

    async def action_digit(self, n: int) -> None:
        if self.asked is None:
            await super().action_digit(n)
        elif self.asked.about_target:
            if n <= len(VERDICTS):
                self.asked = None
                await self.finish_and_go_on(VERDICTS[n - 1], self._no_to)
        else:
            keyed = [check for check in self.asked.checks if check.has_key]
            if n <= len(keyed):
                await self._answer(keyed[n - 1])

    async def action_zero(self) -> None:
        if self.asked is None:
            await super().action_zero()

    async def _answer(self, check: Check) -> None:
        """Yes to a cap; to the scale that lacks a stamp; a line of reason."""
        opened, asked = self.opened, self.asked
        if check.kind is CheckKind.CAP:
            yes = not opened.marking.header.answer_by_cap.get(check.cap, False)
            self.asked = asked if await self.act(lambda: opened.answer_cap(check.cap, yes)) else None
            self.show_asked()
            return
        self.asked = None
        self.beside = self.beside_of(opened.scale(check.scale))
        self.show_side()
        if check.kind is CheckKind.APART:
            await self.open_reason(check.scale)
        else:
            self.tell(check.text + self.keys.told(" {marking.finish} finishes all the same"))

    async def action_accept(self) -> None:
        """While caps are asked: bring the marks down to what those answered yes leave."""
        if self.asked is None or self.asked.about_target:
            await super().action_accept()
            return
        opened, asked = self.opened, self.asked
        for cap in caps_broken(opened.rubric, opened.marking):
            limit = opened.rubric.limit(cap).mark
            if (opened.marking.award(cap.effect.scale).mark or 0) > limit:
                await self.act(partial(opened.give_mark, cap.effect.scale, limit))
        self.asked = asked
        self.show_asked()

    # -- showing it

    def show_asked(self) -> None:
        """Put what is asked into the foot."""
        if self.asked is None:
            return
        width = self.app.size.width - 2
        lines = self._target_lines(width) if self.asked.about_target else self._check_lines(self.asked.checks, width)
        self._set_foot(lines)

    def _check_lines(self, checks: tuple[Check, ...], width: int) -> list[Line]:
        opened, n = self.opened, 0
        answers = opened.marking.header.answer_by_cap
        lines: list[Line] = []
        has_open = any(check.kind is CheckKind.CAP and not answers.get(check.cap) for check in checks)
        for check in checks:
            label, text, style = " · ", check.text, "quiet"
            if check.has_key:
                n += 1
                label, style = f" {n} ", "text"
            if answers.get(check.cap):
                text, style = f"yes   {check.text}", "strong"
            lines += hanging(label, "accent", text, style, 3, width)
        broken = caps_broken(opened.rubric, opened.marking)
        does = "no, and finish" if has_open else "finish"
        if any(cap.severity == "hard" for cap in broken):
            does = "leave it open: above what the board allows"
        ends: list[tuple[str, str]] = [(self.keys.brief(" {marking.finish} "), "accent"), (does, "quiet")]
        if n:
            ends += [(f"   1–{n} " if n > 1 else "   1 ", "accent"), ("yes, or go there", "quiet")]
        if broken:
            least = min(opened.rubric.limit(cap).mark for cap in broken)
            ends += [(self.keys.brief("   {marking.accept} "), "accent"), (f"take {least}", "quiet")]
        return [*lines, (*ends, (self.keys.told("   {desk.back} "), "accent"), ("back to the essay", "quiet"))]

    def _target_lines(self, width: int) -> list[Line]:
        target = self.opened.last_target
        assert target is not None, "nothing is asked of a target that wasn't set"
        said: Line = ((" Last target  ", "quiet"), (f"“{clipped(target.text, width - 18)}”", "quote"))
        keys: list[tuple[str, str]] = []
        for n, verdict in enumerate(VERDICTS, start=1):
            keys += [(f"{' ' if n == 1 else '   '}{n} ", "accent"), (str(verdict), "text")]
        return [said, (*keys, (self.keys.brief("   {marking.finish} "), "accent"), ("not judged", "text"))]

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_asked)
