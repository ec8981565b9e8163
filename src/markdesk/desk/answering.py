"""Where the answers to the parts of a question begin: what the text says, or the marker."""

from dataclasses import replace
from functools import cached_property

from markdesk.core.changes import MarkingChanged
from markdesk.core.parts import Starts, begun, proposed, wanted_at, without
from markdesk.desk.marking_acts import MarkingActs, Outcome


class Answering(MarkingActs):
    """The parts of an answer."""

    @property
    def part_names(self) -> tuple[str, ...]:
        """The parts of the question, in the scheme's order; empty where it has none."""
        return tuple(part for part, _ in self.rubric.parts)

    @property
    def parts(self) -> Starts:
        """Where each part begins, as the marker said, else as the text does; empty where nobody says."""
        return self.marking.header.parts or self._proposed_parts

    @property
    def _proposed_parts(self) -> Starts:
        about = (self.essay.hash, self.part_names)
        if self._looked_at[0] != about:
            self._looked_at = (about, () if self.is_paper else proposed(self.essay, self.part_names))
        return self._looked_at[1]

    @cached_property
    def _looked_at(self) -> tuple[tuple[str, tuple[str, ...]], Starts]:
        return ("", ()), ()

    def begin_part(self, start: int) -> Outcome:
        """A part begins at the paragraph that starts at this place; said again, the next part does, or none."""
        names = self.part_names
        if len(names) < 2:
            return self._nothing("This scheme has no parts")
        if self.is_paper:
            return self._nothing("On paper the parts have no place")
        number = self.essay.paragraph_at(start).number
        part, is_taken_back = wanted_at(self.parts, names, start)
        after = without(self.parts, part) if is_taken_back else begun(self.parts, names, part, start)
        if is_taken_back and len(after) < 2 and (part, start) not in self._proposed_parts:
            after = ()  # what was said by hand is taken back: the text's own headings count again
        label = f"part {part} doesn't begin at ¶{number}" if is_taken_back else f"part {part} begins at ¶{number}"
        header = self.marking.header
        return self._do(f"part {part} at {number}", label, MarkingChanged(header, replace(header, parts=after)))
