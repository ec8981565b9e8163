"""What stands beside the essay, as lines: the scheme with its levels, the evidence, the feedback.

Pure functions from values to ``Lines``; the four shapes of scheme differ only here. A history teacher who
wants Level 4 shown differently wants ``level_lines``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len

from markdesk.core.annotation import Stamp, StampSet
from markdesk.core.award import Award, suggestion, total
from markdesk.core.coursework import Kind
from markdesk.core.feedback import ORDER, PRIVATE, Field, label_of
from markdesk.core.marking import Marking
from markdesk.core.plain import show
from markdesk.core.rubric import Level, Rubric, Scale, Scoring
from markdesk.tui.palette import TONE_INK
from markdesk.tui.text_layout import wrapped
from markdesk.tui.widgets.lines import Line, Touch, touched
from markdesk.tui.words import clipped

if TYPE_CHECKING:
    from markdesk.core.indicative import Content

WRITES = {
    Kind.CLASS_ESSAY: "WWW, EBI, target and task",
    Kind.MOCK: "WWW, EBI, target and task",
    Kind.NEA: "a comment for each objective",
    Kind.NEA_DRAFT: "questions",
}
"""What the feedback key writes, by the kind of task."""

FIELD_STYLES = {
    Field.WWW: "good",
    Field.EBI: "accent",
    Field.TARGET: "weigh",
    Field.TASK: "weigh",
    Field.AO: "weigh",
    Field.QUESTION: "accent",
}


BAR = ("▌", "bar")
"""The edge of the chosen level."""


class Words(Protocol):
    """Whose words the levels are told in: the scheme's own, or the board's where the teacher holds them."""

    @property
    def source(self) -> str: ...
    def summary(self, scale: Scale, level: Level) -> str: ...
    def strand(self, scale: Scale, level: Level, strand: str) -> str: ...


class OwnWords:
    """The scheme's own."""

    source = ""

    def summary(self, scale: Scale, level: Level) -> str:
        return level.summary

    def strand(self, scale: Scale, level: Level, strand: str) -> str:
        return level.strand.get(strand, "")


OWN_WORDS = OwnWords()


@dataclass(frozen=True, slots=True)
class Beside:
    """What the marker has chosen to see of the scheme."""

    scale: str
    strand: str = ""
    is_full: bool = False
    """The levels above and below in full too, and the rules."""
    item: str = ""
    """On a scale of points: the item that the next digit is for."""
    notes: tuple[Line, ...] | None = None
    """The teacher's notes on the question, in place of the levels."""


def hanging(label: str, label_style: str, text: str, style: str, indent: int, width: int) -> list[Line]:
    """A label, and text whose second line never returns under it."""
    lines: list[Line] = []
    for line in wrapped(show(text), max(8, width - indent)):
        lead = f"{label:<{indent}}" if not lines else " " * indent
        lines.append(((lead, label_style), (line, style)))
    return lines


def scheme_lines(rubric: Rubric, marking: Marking, beside: Beside, width: int, words: Words = OWN_WORDS) -> list[Line]:
    """The scheme as far as it is needed now: every scale's state, and the active one's levels."""
    lines: list[Line] = []
    if words.source:
        lines += [*hanging("  ", "quiet", f"the board's words in “ ”: {words.source}", "quiet", 2, width), ()]
    if len(rubric.scales) > 1:
        lines += scale_rows(rubric, marking, beside, width)
        lines.append(())
    scale = rubric.scale(beside.scale) or rubric.scales[0]
    award = marking.award(scale.id)
    if beside.notes is not None:
        return [*lines, *beside.notes, ()]
    if rubric.scoring is Scoring.PROFILE or award.strands:
        lines += profile_lines(rubric, scale, award, beside, width)
        lines.append(())
    if scale.is_points:
        lines += points_lines(scale, award, beside, width)
    else:
        lines += levels_lines(rubric, scale, award, beside, width, words)
    lines += answered_lines(rubric, scale, marking, width)
    if beside.is_full:
        lines += rules_lines(rubric, width)
    return lines


def points_lines(scale: Scale, award: Award, beside: Beside, width: int) -> list[Line]:
    """What earns points, what each item has earned, and what they come to."""
    lines: list[Line] = []
    for item in scale.items:
        is_active = item.id == beside.item
        earned = award.earned(item.id)
        label = f" {clipped(item.id, 13):<13} {'–' if earned is None else earned:>2} / {item.max:<2} "
        inner = hanging(label, "accent" if is_active else "quiet", item.text, "text", len(label), width - 1)
        lines += [(BAR if is_active else (" ", "bar"), *line) for line in inner]
    so_far = "   so far" if award.points and award.mark is None else ""
    shown = str(award.so_far) if so_far else mark_sign(award)
    lines += [(), (("   ", "text"), (shown, "accent"), (f" / {scale.max}{so_far}", "quiet"))]
    how = "a digit gives the item its points; : types the whole mark" if scale.items else "types the mark"
    lines += [*hanging("   " if scale.items else "   : ", "accent", how, "quiet", 5, width), ()]
    return lines


def answered_lines(rubric: Rubric, scale: Scale, marking: Marking, width: int) -> list[Line]:
    """The caps of this scale whose question was answered yes, and whether the mark stands above what they leave."""
    answers, mark = marking.header.answer_by_cap, marking.award(scale.id).mark or 0
    lines: list[Line] = []
    for cap in rubric.caps:
        if cap.effect.scale == scale.id and answers.get(cap.id):
            limit = rubric.limit(cap).mark
            over = f" It has {mark}." if mark > limit else ""
            told = f"{cap.ask} Yes: {limit} at the most.{over}"
            lines += hanging("  cap   ", "weak" if over else "quiet", told, "text" if over else "quiet", 8, width)
    return [*lines, ()] if lines else []


def rules_lines(rubric: Rubric, width: int) -> list[Line]:
    """The questions that limit a mark, what somebody else takes off, and what to bear in mind."""
    lines: list[Line] = [(("Rules", "heading"),)] if rubric.caps or rubric.penalties or rubric.flags else []
    for cap in rubric.caps:
        limit = rubric.limit(cap)
        lines += hanging(
            "  cap   ", "weak", f"{cap.ask} Then {limit.mark} at the most ({cap.severity}).", "quiet", 8, width
        )
    for penalty in rubric.penalties:
        told = f"{penalty.ask} Then {penalty.marks}, taken off by the {penalty.applied_by} and never here."
        lines += hanging("  less  ", "weak", told, "quiet", 8, width)
    for flag in rubric.flags:
        lines += hanging("  mind  ", "weigh", flag.text, "quiet", 8, width)
    return [*lines, ()] if lines else []


def notes_lines(contents: "Sequence[Content]", width: int) -> tuple[Line, ...]:
    """The teacher's own list for the question: a help to remember, and no part of the mark."""
    lines: list[Line] = [(("Your notes on this question", "heading"), ("  no part of the mark", "quiet")), ()]
    for content in contents:
        if content.note:
            lines += [*hanging("", "quiet", content.note, "quote", 0, width), ()]
        for listed in content.lists:
            if listed.heading:
                lines.append(((show(listed.heading), "strong"),))
            for point in listed.points:
                lines += hanging("  • ", "accent", point, "text", 4, width)
            lines.append(())
    return tuple(lines)


def scale_rows(rubric: Rubric, marking: Marking, beside: Beside, width: int) -> list[Line]:
    """One row a scale, the active one marked, and what they come to."""
    lines: list[Line] = []
    for scale in rubric.scales:
        award = marking.award(scale.id)
        is_active = scale.id == beside.scale
        name = scale.title if len(scale.title) <= width - 22 else scale.id.upper()
        row: Line = (
            ("▌ " if is_active else "  ", "bar"),
            (f"{name:<{max(10, width - 20)}}", "strong" if is_active else "text"),
            (f"{level_sign(award):>4}", "accent"),
            (f"{mark_sign(award):>6}", "accent" if award.is_marked else "quiet"),
            (f" / {scale.max}", "quiet"),
        )
        lines.append(touched(row, f"scale {scale.id}"))
    whole = total(rubric, marking.award_by_scale())
    lines.append(
        (
            (f"  {'Total':<{max(10, width - 20)}}", "quiet"),
            (f"{'':4}{whole!s:>6}", "accent"),
            (f" / {whole.max}", "quiet"),
        )
    )
    return lines


def level_sign(award: Award | None) -> str:
    return "" if award is None or award.level is None else f"L{award.level}"


def mark_sign(award: Award | None) -> str:
    if award is not None and award.no_response:
        return "NR"
    if award is None or award.mark is None:
        return "–"
    return f"({award.mark})" if award.tentative else str(award.mark)


def profile_lines(rubric: Rubric, scale: Scale, award: Award, beside: Beside, width: int) -> list[Line]:
    """Where each strand was placed, and the centre that they come to: a suggestion, with its arithmetic."""
    own = rubric.scoring is Scoring.PROFILE
    lines: list[Line] = [(("Profile" if own else "Our strands, not the board's", "heading"),)]
    for strand in rubric.strands_of(scale):
        placement = award.placement(strand.id)
        is_active = strand.id == beside.strand
        row: Line = (
            ("▌ " if is_active else "  ", "bar"),
            (f"{strand.id:<14}", "strong" if is_active else "text"),
            (str(placement) if placement else "–", "accent" if placement else "quiet"),
        )
        lines.append(touched(row, f"strand {strand.id}"))
    found = suggestion(rubric, scale, award)
    if found is not None:
        lines += hanging("  ", "quiet", f"profile centre {found.mark}:  {found.arithmetic}", "quiet", 2, width)
        if award.mark != found.mark:
            lines.append((("  \\", "accent"), (" takes it as the mark", "quiet")))
    return lines


def levels_lines(
    rubric: Rubric, scale: Scale, award: Award, beside: Beside, width: int, words: Words = OWN_WORDS
) -> list[Line]:
    """The levels, highest first: the chosen one in full, its neighbours in a sentence, the others not at all."""
    lines: list[Line] = []
    chosen = award.level or 0
    for level in reversed(scale.levels):
        if chosen and abs(level.n - chosen) > 1:
            continue
        is_chosen = level.n == chosen
        lines += level_lines(
            rubric, scale, level, award, is_chosen, is_chosen or (beside.is_full and bool(chosen)), width, words
        )
        lines.append(())
    if award.no_response:
        lines.append((("  NR  ", "accent"), ("no response", "text")))
    elif award.mark == 0:
        lines += hanging("  0", "accent", rubric.zero_label, "text", 6, width)
    return lines


def level_lines(
    rubric: Rubric,
    scale: Scale,
    level: Level,
    award: Award,
    is_chosen: bool,
    in_full: bool,
    width: int,
    words: Words = OWN_WORDS,
) -> list[Line]:
    """One level: its range and sentence; in full, what each strand does in it, and its row of marks."""
    style, name_style = ("strong", "accent") if is_chosen else ("quiet", "quiet")
    label = f" {level.label:<3} {level.range:<6} "
    inner = hanging(label, name_style, words.summary(scale, level), style, len(label), width - 1)
    if in_full:
        for strand in rubric.strands_of(scale):
            text = words.strand(scale, level, strand.id)
            inner += hanging(f"   {strand.id:<12} ", "quiet", text, "text" if is_chosen else "quiet", 16, width - 1)
    inner = [touched(line, f"level {level.n}") for line in inner]
    if is_chosen:
        inner += [(), mark_row(level, award, scale, width - 1)]
    edge = BAR if is_chosen else (" ", "bar")
    return [(edge, *line) for line in inner]


def mark_row(level: Level, award: Award, scale: Scale, width: int = 80) -> Line:
    """The marks of a level; the given one filled, a tentative one in brackets. Closer where there is little room."""
    each = 5 if scale.max > 9 else 4
    gap = " " if (level.max - level.min + 1) * each + 14 <= width else ""
    pieces = [("   " if gap else " ", "text")]
    for mark in range(level.min, level.max + 1):
        if mark == award.mark:
            pieces.append((f"[{mark}]" if award.tentative else f" {mark} ", "accent" if award.tentative else "chosen"))
        else:
            pieces.append((Touch(f" {mark} ", f"mark {mark}"), "text"))
        pieces.append((gap, "text"))
    pieces += [("   " if gap else " ", "text"), (str(award.mark), "accent"), (f" / {scale.max}", "quiet")]
    sub = level.sub_of(award.mark) if award.mark is not None else None
    if sub is not None:
        pieces.append((f"   {sub.label}", "quiet"))
    return tuple(pieces)


def evidence_lines(marking: Marking, legend: tuple[Stamp, ...], stamps: StampSet, width: int) -> list[Line]:
    """The stamps that serve the scheme, each with its key and how often it stands in the essay; then other codes.

    What has no number yet keeps its place, so that a stamp moves nothing.
    """
    counts = marking.code_counts
    listed = {stamp.code for stamp in legend}
    known = {stamp.code: TONE_INK[stamp.tone] for stamp in stamps.every if stamp.code not in listed}
    inks = {**known, **{code: "quiet" for code in sorted(counts) if code not in known and code not in listed}}
    others: list[Line] = [
        ((f"{code} ", ink), (f"{count}   ", "text")) for code, ink in inks.items() if (count := counts.get(code))
    ]
    heading: Line = (("Evidence", "heading"), ("" if counts else "   nothing stamped yet", "quiet"))
    rows = _stamp_rows([(stamp, counts.get(stamp.code) or 0) for stamp in legend], width)
    return [heading, *rows, *(flowed(others, width) if others else [])]


def legend_lines(legend: tuple[Stamp, ...], width: int) -> list[Line]:
    """The stamp keys that serve this scheme."""
    return [(("Stamps", "heading"),), *_stamp_rows([(stamp, 0) for stamp in legend], width)]


def _stamp_rows(counted: Sequence[tuple[Stamp, int]], width: int) -> list[Line]:
    """Key, code and number of each stamp (``k K 3``), in as many columns as fit; a number has room from the start."""
    room = [cell_len(f"{stamp.key} {stamp.code} 1  ") for stamp, _ in counted]
    fitting = [n for n in range(2, 7) if sum(max(room[at::n], default=0) for at in range(n)) <= width + 2]
    columns = min((1, *fitting), key=lambda n: (-(-len(counted) // n), n))  # the fewest rows, then as full
    rows: list[Line] = []
    for first in range(0, len(counted), columns):
        pieces: list[tuple[str, str]] = []
        for column, (stamp, count) in enumerate(counted[first : first + columns]):
            number = f" {count or ''}"
            gap = max(room[column::columns]) - cell_len(f"{stamp.key} {stamp.code}{number}")
            cells: Line = ((f"{stamp.key} ", TONE_INK[stamp.tone]), (stamp.code, "quiet"), (number + " " * gap, "text"))
            pieces += touched(cells, f"stamp {stamp.code}")
        rows.append(tuple(pieces))
    return rows


def flowed(cells: Sequence[Line], width: int) -> list[Line]:
    """Short pieces side by side, as many to a line as fit; none is broken."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for cell in cells:
        size = sum(cell_len(text) for text, _ in cell)
        if used + size > width and lines[-1]:
            lines.append([])
            used = 0
        lines[-1].extend(cell)
        used += size
    return [tuple(line) for line in lines]


def feedback_lines(marking: Marking, aos: Sequence[str], kind: Kind, width: int, key: str) -> list[Line]:
    """What the student or the moderator will be told, and the private note; or the ``key`` that begins it."""
    lines: list[Line] = [(("Feedback", "heading"),)]
    for field in ORDER:
        for line in marking.lines(field):
            label, style = label_of(field, line.place, aos), FIELD_STYLES.get(field, "quiet")
            lines += hanging(
                label, style, line.text, "quote" if field in PRIVATE else "text", max(9, len(label) + 2), width
            )
    if len(lines) == 1:
        lines.append(((key, "accent"), (f" writes {WRITES[kind]}", "quiet")))
    return lines


class SideColumn:
    """The whole right-hand column. What an act can't have changed is not made again: a stamp makes one line."""

    def __init__(self, feedback_key: str = ",") -> None:
        self._feedback_key = feedback_key
        self._made: dict[str, tuple[tuple[object, ...], list[Line]]] = {}

    def lines(
        self,
        rubric: Rubric,
        marking: Marking,
        beside: Beside,
        width: int,
        words: Words = OWN_WORDS,
    ) -> list[Line]:
        """The scheme."""
        scheme = self._kept(
            "scheme",
            (rubric, marking.awards, marking.header.answers, beside, width, words),
            lambda: scheme_lines(rubric, marking, beside, width, words),
        )
        return [(), *scheme]

    def given(
        self,
        marking: Marking,
        legend: tuple[Stamp, ...],
        stamps: StampSet,
        aos: tuple[str, ...],
        kind: Kind,
        width: int,
        most: int,
    ) -> list[Line]:
        """What stays in sight: the stamps with what has been given so far, and the feedback.

        Where that is more than ``most`` lines, it stands closer; feedback that isn't begun then is left to the foot.
        """
        evidence = self._kept(
            "evidence",
            (marking.code_counts, legend, stamps, width),
            lambda: evidence_lines(marking, legend, stamps, width),
        )
        feedback = self._kept(
            "feedback",
            (marking.feedback, kind, width),
            lambda: feedback_lines(marking, aos, kind, width, self._feedback_key),
        )
        whole = [(), *evidence, (), *feedback]
        if len(whole) <= most:
            return whole
        return [(), *evidence, *(feedback if len(marking.feedback) else ())]

    def _kept(self, name: str, of: tuple[object, ...], make: Callable[[], list[Line]]) -> list[Line]:
        """Made again only when what it is of is another object: a marking's parts are values, and are shared."""
        before = self._made.get(name)
        if before is None or not all(
            a is b or (isinstance(a, int | Beside) and a == b) for a, b in zip(before[0], of, strict=True)
        ):
            before = self._made[name] = (of, make())
        return before[1]
