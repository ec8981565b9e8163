"""Lenses on the marking screen: off until the asterisk asks for one, and then on until it is turned off.

A lens that was chosen stays for the essays that follow: whoever wants to see the dates wants them in all thirty. It is
worked out when an essay is shown, and only while it is on. What it shows is never kept, and never near a mark.
"""

from bisect import bisect_left
from typing import TYPE_CHECKING

from markdesk.core.essay import Essay, Span
from markdesk.core.target import Target, at_span
from markdesk.tui.screens.marking_base import MarkingBase
from markdesk.tui.widgets.highlights import Highlight
from markdesk.tui.words import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdesk.core.lenses import Asked, Lens

ON_PAPER = "A script on paper has no text to look in"

LENS_HINTS: tuple[Hint, ...] = (
    (1, "{marking.last_found/marking.next_found}", "found"),
    (2, "{marking.lenses}", "lenses"),
)


class Lensed(MarkingBase):
    """The asterisk, and the keys from one place to the next."""

    lens_on = ""
    """The lens that is looked through, by its id; empty for none."""
    _lens: "Lens | None" = None
    """What it found in the essay that is shown."""
    _by_paragraph: tuple[int, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether there is a text to look in; says so where there is none."""
        if self.opened.is_paper or not self.opened.essay.paragraphs:
            self.tell(ON_PAPER if self.opened.is_paper else "There is no text to look in")
            return False
        return True

    @property
    def text_shown(self) -> Essay:
        """The essay as it stands on the screen: a name that is hidden there is found by nobody."""
        return self.essay_view.essay

    async def action_lenses(self) -> None:
        """Every lens with what it finds here, to choose one or none."""
        if self.has_text:
            from markdesk.tui.screens.lenses import LensesScreen

            await self.app.push_screen(LensesScreen(self))

    def lens_question(self) -> "Asked":
        """What the essay answers, for a lens."""
        from markdesk.core.lenses import Asked

        assignment = self.opened.entry.assignment
        return Asked(assignment.question, self.opened.rubric, assignment.name)

    def look_through(self, lens: str) -> None:
        """Put a lens on; the empty one is none."""
        self.lens_on = lens
        self._look()
        self.show_head()
        if self._lens is None:
            self.tell("No lens")
            return
        if self._lens.found:
            ways = "{marking.last_found/marking.next_found} go from one to the next; {desk.back} takes it off"
        else:
            ways = "nothing here; it stays on for the essays that follow; {desk.back} takes it off"
        self.tell(f"{self._lens.title}: {self.keys.told(ways)}")

    def _look(self) -> None:
        """Look at the essay that is shown, if a lens is on."""
        if not self.lens_on or self.opened.is_paper:
            self._lens = None
        else:
            from markdesk.core.lenses import by_paragraph, through

            self._lens = through(self.lens_on, self.text_shown, self.lens_question())
            self._by_paragraph = by_paragraph(self.text_shown, self._lens.found)
        self.show_highlights()

    def show_highlights(self) -> None:
        """Let what the lens found stand out, or nothing."""
        found = self._lens.found if self._lens is not None else ()
        self.essay_view.highlight(
            Highlight(one.span.start, one.span.end, "apart" if one.is_apart else "found") for one in found
        )

    def show_text(self, target: Target) -> None:
        super().show_text(target)
        if self.lens_on:
            self._look()

    # -- what is told of it

    def head_of_lens(self) -> list[tuple[str, str]]:
        lens, index = self._lens, self.essay_view.target.paragraph
        if lens is None:
            return []
        apart = f" · {lens.count_apart} {lens.apart}" if lens.count_apart else ""
        here = self._by_paragraph[index] if index < len(self._by_paragraph) else 0
        return [(f" {lens.title}  ", "weigh"), (f"{lens.count:,}{apart} · reading ¶{index + 1}: {here}", "quiet")]

    def extra_hints(self) -> tuple[Hint, ...]:
        return LENS_HINTS if self._lens is not None else super().extra_hints()

    # -- from place to place

    def action_step_found(self, by: int) -> None:
        """The next (1) or previous (-1) place that the lens shows; without a lens, of the words last looked for."""
        if not self.has_text:
            return
        places = [one.span for one in self._lens.found] if self._lens is not None else self.places_of_words()
        if not places:
            self.tell(self._nothing_to_go_to())
            return
        at = self.beside_target(places, by)
        self.essay_view.aim(at_span(self.text_shown, places[at]))
        self.moved()
        self.tell(f"{self._name_of(at)} · {at + 1} of {len(places)}")

    def _nothing_to_go_to(self) -> str:
        if self._lens is not None:
            return f"{self._lens.title}: nothing here"
        return self.keys.told("Nothing to go to: {marking.find} finds words, {marking.lenses} chooses a lens")

    def _name_of(self, at: int) -> str:
        if self._lens is None:
            return self.name_of_words()
        one = self._lens.found[at]
        apart = self._lens.apart if one.is_apart else ""
        return " · ".join(filter(None, (self._lens.title, one.note, apart)))

    def places_of_words(self) -> list[Span]:
        """Where the words stand that were looked for last; ``FindingWords`` knows."""
        return []

    def name_of_words(self) -> str:
        return ""

    def beside_target(self, places: "Sequence[Span]", by: int) -> int:
        """The place after the target or before it; after the last the first, and before the first the last."""
        here = self.essay_view.target.span
        at = bisect_left(places, here.start, key=_start)
        if by < 0:
            return (at - 1) % len(places)
        is_here = at < len(places) and places[at] == here and self.essay_view.target.by_sentence
        return (at + is_here) % len(places)


def _start(place: Span) -> int:
    return place.start
