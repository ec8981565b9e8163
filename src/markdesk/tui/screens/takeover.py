"""A class taken over to the new version of its mark scheme: what would become of each mark, and Enter to do it."""

from collections.abc import Callable

from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_compare import Weight
from markdesk.desk.carrying import Takeover, Way, counted, find_target, plan_takeover, take_over
from markdesk.desk.desk import Desk
from markdesk.tui.app import MarkdeskApp
from markdesk.tui.at_home import say
from markdesk.tui.bindings import bindings_of
from markdesk.tui.refusals import refusals_are_told, tell_on
from markdesk.tui.screens.pages import PageScreen
from markdesk.tui.side_lines import hanging
from markdesk.tui.store_thread import StoreThread
from markdesk.tui.widgets.lines import Line, Lines
from markdesk.tui.words import Hint, clipped, hint_pieces

MOST_DIFFERENCES = 8
"""How many differences between the versions are listed; ``markdesk rubric diff`` lists all."""
WIDEST = 96
"""Columns beyond which no line of the page goes."""
PATIENCE = 0.5
"""For how many seconds an essay that another window has open is waited for."""
STYLES = {Way.KEPT: "good", Way.LOOK_AGAIN: "weigh"}
HINTS: tuple[Hint, ...] = (
    (1, " {takeover.do}", "take the class over"), (2, "{desk.back}", "leave it as it is"),
    (3, "{page.up/page.down}", "scroll"), (4, "{desk.help}", "help"),
)  # fmt: skip


@refusals_are_told
async def open_takeover(app: MarkdeskApp, assignment_id: str, took_over: Callable[[str], None]) -> None:
    """Show what taking an assignment over would come to; ``took_over`` is told what was done, when it was.

    Where there is nothing to take over, that is said on the present screen.
    """
    desk, opening = app.desk, app.opening
    if desk is None:
        return

    def plan() -> Takeover:
        assignment = next(a for a in desk.store.assignments() if a.id == assignment_id)
        return plan_takeover(desk, assignment, find_target(desk, opening.shelf(), assignment))

    found = await app.thread.do(plan)
    if found.does_something:
        await app.push_screen(TakeoverScreen(app.thread, desk, found, took_over))
    else:
        tell_on(app, "The mark scheme is as it was: there is nothing to take over")


class TakeoverScreen(PageScreen):
    """What would become of each mark. Nothing is written before Enter."""

    ROOM = "new version"
    BINDINGS = bindings_of(ROOM)

    def __init__(self, thread: StoreThread, desk: Desk, plan: Takeover, took_over: Callable[[str], None]) -> None:
        super().__init__(f"{plan.assignment.name}: the new mark scheme", [])
        self.thread, self.desk, self.plan, self.took_over = thread, desk, plan, took_over

    def on_mount(self) -> None:
        super().on_mount()
        self.show_plan()

    def on_resize(self) -> None:
        self.show_plan()

    def show_plan(self) -> None:
        """The page, as wide as the window has it."""
        width = self.app.size.width
        undo = self.keys.told("{marking.undo}")
        self.query_one("#page-lines", Lines).set_lines(takeover_lines(self.plan, min(WIDEST, width - 6), undo))
        self.query_one("#foot", Lines).set_line(hint_pieces(HINTS, width, self.keys)[1:])

    async def action_take_over(self) -> None:
        """Do what was shown; a script that changed meanwhile goes as it is now."""
        desk, plan = self.desk, self.plan
        try:
            done = await self.thread.do(lambda: take_over(desk, AssignmentId(plan.assignment.id), plan.new, PATIENCE))
        except MarkdeskError as error:
            say(self.query_one("#foot", Lines), str(error), "alert")
            return
        self.took_over(done_line(done))
        self.dismiss()


def done_line(done: Takeover) -> str:
    """What was done, for the line under a list's heading."""
    again = len(done.those(Way.LOOK_AGAIN))
    left = f"{again} to look at again" if again else "every mark is as it was"
    return f"{clipped(done.assignment.name, 30)} is under version {done.new.version} now: {left}"


def takeover_lines(plan: Takeover, width: int, undo: str) -> list[Line]:
    """What becomes of the marks, each script that is to be looked at again, and what changed in the scheme."""
    lines = [*hanging("", "text", plan.new.title, "strong", 0, width)]
    lines += [*hanging("", "text", _versions(plan.old, plan.new), "quiet", 0, width), ()]
    lines.append((("What becomes of your marks", "heading"),))
    for way, count, sentence in counted(plan):
        lines += hanging(f"  {count:>3}  ", STYLES.get(way, "text"), sentence, "text", 7, width)
        for title, why, times in plan.reasons if way is Way.LOOK_AGAIN else ():
            times_told = f" ({times})" if len(plan.reasons) > 1 else ""
            lines += hanging("", "quiet", f"{_about(plan, title)}{why}{times_told}", "quiet", 7, width)
    for name, count in plan.others:
        sentence = f"marked by {name}: under their version until {name} takes them over"
        lines += hanging(f"  {count:>3}  ", "text", sentence, "quiet", 7, width)
    lines += [(), *hanging("", "quiet", _stays(plan, undo), "quiet", 0, width)]
    return [*lines, *_scripts(plan, width), *_differences(plan, width)]


def _stays(plan: Takeover, undo: str) -> str:
    told = f"Comments, stamps and feedback stay. In an essay, {undo} takes its marks back to the earlier version."
    if not plan.idle_stamps:
        return told
    stamps = "1 stamp names" if plan.idle_stamps == 1 else f"{plan.idle_stamps} stamps name"
    return f"{told} {stamps} what the new version doesn't reward."


def _scripts(plan: Takeover, width: int) -> list[Line]:
    again = plan.those(Way.LOOK_AGAIN)
    lines: list[Line] = [(), (("To look at again", "heading"),)] if again else []
    for script in again:
        told = [f"{_about(plan, item.title) if item.title else ''}{item.told}" for item in script.carried.on_marks]
        name = f"  {clipped(script.entry.student.name, 22)}"
        lines += hanging(name, "strong", "; ".join(told), "text", 26, width)
    return lines


def _differences(plan: Takeover, width: int) -> list[Line]:
    """The major ones in full, the others a line each: what they say is to be read in the scheme."""
    differences = [one for one in plan.comparison.differences if not str(one).startswith("version was")]
    lines: list[Line] = [(), (("What changed in the scheme", "heading"),)] if differences else []
    for one in differences[:MOST_DIFFERENCES]:
        if one.weight is Weight.MAJOR:
            lines += hanging("  · ", "quiet", str(one), "text", 4, width)
        else:
            lines.append((("  · ", "quiet"), (clipped(str(one), width - 4), "quiet")))
    if len(differences) > MOST_DIFFERENCES:
        more = f"  · and {len(differences) - MOST_DIFFERENCES} more; 'markdesk rubric diff' lists them all"
        lines.append(((more, "quiet"),))
    return lines


def _versions(old: Rubric, new: Rubric) -> str:
    if old.id != new.id:
        return f"{old.id}, version {old.version}  →  {new.id}, version {new.version}"
    if old.hash == new.hash:
        return f"{new.id}, version {new.version}, which the assignment is under already"
    if old.version == new.version:
        return f"{new.id}, version {new.version}, whose file changed under the same number"
    return f"{new.id}, version {old.version}  →  version {new.version}"


def _about(plan: Takeover, title: str) -> str:
    if not title:
        return "the mark as a whole: "
    return f"{title}: " if len(plan.new.scales) > 1 or len(plan.old.scales) > 1 else ""
