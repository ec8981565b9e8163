"""One mark scheme as lines for a terminal: levels down, strands across where there is room, else listed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markdesk.cli.output import cells
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from markdesk.core.official import Wording
    from markdesk.core.rubric import Cap, Level, Rubric, Scale, Strand

WIDTH = 80
"""Columns where nobody says how wide the terminal is."""
NARROWEST, WIDEST = 60, 140
_LABEL = 9
"""Columns for a level's name and its marks."""
_STRAND = 15
"""The fewest columns in which a strand's line can be read; with less, strands are listed."""


def scheme_lines(rubric: "Rubric", wording: "Wording", width: int = WIDTH) -> Iterator[str]:
    """Everything that a marker may want to read of it, no line wider than ``width``."""
    width = max(NARROWEST, min(WIDEST, width))
    yield from _wrapped(rubric.title, width)
    yield from _wrapped(
        f"{rubric.id} · version {rubric.version} · {rubric.max_mark} marks · {_SCORING[rubric.scoring]}", width
    )
    yield ""
    for name, text in _about(rubric, wording):
        yield from _hanging(name, text, width)
    for scale in rubric.scales:
        yield ""
        yield from _scale(rubric, scale, wording, width)
    yield ""
    for name, text in _rules(rubric):
        yield from _hanging(name, text, width)


_SCORING = {
    "holistic": "one level and mark for the answer",
    "per_scale": "a level and mark for each scale, added up",
    "profile": "one mark, from where each strand sits",
    "points": "points",
}


def _about(rubric: "Rubric", wording: "Wording") -> Iterator[tuple[str, str]]:
    place = [rubric.board, rubric.qualification, rubric.spec]
    if rubric.components:
        place.append(f"components {', '.join(rubric.components)}")
    place.append(f"section {rubric.section}" if rubric.section else "")
    if rubric.first_series or rubric.last_series:
        place.append(f"series {rubric.first_series or '…'} to {rubric.last_series or 'now'}")
    yield "For", ", ".join(part for part in place if part) or "any question"
    yield "Status", status_sentence(rubric)
    if wording.source:
        yield "Wording", f"the board's own, from {wording.source}; held on this computer only"
    else:
        yield "Wording", "ours: a paraphrase, not the board's words"
    yield "Basis", rubric.provenance.basis
    if rubric.stimulus != "none":
        yield "Printed", f"{rubric.stimulus_count or ''} {rubric.stimulus}".strip()
    if rubric.aos:
        yield "Assesses", ", ".join(f"{ao.code} {ao.marks}" for ao in rubric.aos)
    if rubric.parts:
        yield "Parts", ", ".join(f"({part}) {most}" for part, most in rubric.parts)
    if rubric.time_minutes:
        yield "Time", f"{rubric.time_minutes} minutes"
    if rubric.decision.guidance:
        yield "Deciding", rubric.decision.guidance


def status_sentence(rubric: "Rubric") -> str:
    """How far the scheme may be trusted, and who says so."""
    checked = rubric.provenance
    match rubric.status:
        case "draft":
            return "draft: unfinished, or its mark ranges are not certain; compare it with the board's document first"
        case "checked":
            return f"checked by {checked.checked_by} on {checked.checked_on} against {checked.checked_against}"
        case "retired":
            return "retired: no longer in use, kept so that old marks can be read"
        case _ if rubric.takes_any_tariff:
            return "ready; it follows no board's document"
        case _:
            return "ready, but nobody has compared it with the board's document yet"


def _scale(rubric: "Rubric", scale: "Scale", wording: "Wording", width: int) -> Iterator[str]:
    part = f"({scale.part})"
    title = scale.title if not scale.part or part in scale.title else f"{part} {scale.title}"
    facts = [title, f"scale {scale.id}", ", ".join(scale.aos), f"out of {scale.max}"]
    yield from _wrapped(" · ".join(fact for fact in facts if fact), width)
    if scale.is_points:
        for item in scale.items:
            points = "1 point" if item.max == 1 else f"up to {item.max}"
            yield from _hanging(f"  {points}", f"{item.text} ({item.id})", width, _LABEL + 2)
        return
    strands = rubric.strands_of(scale)
    column = (width - _LABEL) // len(strands) - 2 if strands else 0
    is_across = len(strands) > 1 and column >= _STRAND
    if is_across:
        yield from _row("", [strand.name for strand in strands], column)
    for level in reversed(scale.levels):
        yield ""
        yield from _level(level, scale, strands, wording, width, column if is_across else 0)
    yield ""
    yield from _hanging("0", rubric.zero_label, width, _LABEL)
    yield from _hanging(
        rubric.not_attempted_code or "NR", "no response, which is no attempt that earned 0", width, _LABEL
    )


def _level(
    level: "Level", scale: "Scale", strands: Sequence["Strand"], wording: "Wording", width: int, column: int
) -> Iterator[str]:
    """One level: its marks and sentence, then its strands side by side (``column`` wide) or under one another."""
    yield from _hanging(f"{level.label} {level.range}", wording.summary(scale, level), width, _LABEL)
    if level.subs:
        named = ", ".join(f"{sub.label} {sub.min}–{sub.max}" for sub in reversed(level.subs))
        yield from _hanging("", f"Within it: {named}", width, _LABEL)
    texts = [wording.strand(scale, level, strand.id) for strand in strands]
    if column:
        yield from _row("", texts, column)
    else:
        for strand, text in zip(strands, texts, strict=True):
            yield from _hanging("", f"{strand.name}: {text}", width, _LABEL)


def _rules(rubric: "Rubric") -> Iterator[tuple[str, str]]:
    for cap in rubric.caps:
        rule = "the board's rule" if cap.severity == "hard" else "advice"
        basis = f" ({cap.basis})" if cap.basis else ""
        yield "Cap", f"{cap.ask} If so, at most {_limit(rubric, cap)}: {rule}{basis}."
    for penalty in rubric.penalties:
        who = "the centre" if penalty.applied_by == "centre" else "the moderator"
        yield "Penalty", f"{penalty.ask} If so, {who} takes off {abs(penalty.marks)}; shown here, never subtracted."
    if rubric.nea is not None:
        yield "Words", _words(rubric)
        if rubric.nea.draft_feedback_locked:
            yield "Drafts", "ask questions only: the board forbids suggestions for improvement"
        if rubric.nea.form:
            yield "Form", rubric.nea.form
    if rubric.scale_factor != 1:
        rounding = {"none": "", "half_up": ", halves rounded up", "down": ", rounded down", "up": ", rounded up"}
        yield "Total", f"the sum of the scales times {rubric.scale_factor}{rounding[rubric.rounding]}"
    for flag in rubric.flags:
        yield "Remember", flag.text


def _limit(rubric: "Rubric", cap: "Cap") -> str:
    limit = rubric.limit(cap)
    scale = rubric.scale(cap.effect.scale)
    if scale is None or scale.is_points or cap.effect.max_level is None:
        return f"{limit.mark} marks"
    return f"level {limit.level} ({limit.mark} marks)"


def _words(rubric: "Rubric") -> str:
    nea = rubric.nea
    assert nea is not None
    if nea.words_min and nea.words_max:
        told = f"{nea.words_min:,} to {nea.words_max:,}"
    elif nea.words_max or nea.words_min:
        told = f"at most {nea.words_max:,}" if nea.words_max else f"at least {nea.words_min:,}"
    else:
        told = "no limit"
    told += f"; counted: {', '.join(nea.counts)}" if nea.counts else ""
    return told + (f"; not counted: {', '.join(nea.excludes)}" if nea.excludes else "")


def _row(label: str, texts: Sequence[str], column: int) -> Iterator[str]:
    """Texts side by side, each in its own column."""
    columns = [list(_wrapped(text, column)) for text in texts]
    for line in range(max(map(len, columns))):
        row = _padded(label if line == 0 else "", _LABEL)
        row += "".join(_padded(texts[line] if line < len(texts) else "", column + 2) for texts in columns)
        yield row.rstrip()


def _hanging(name: str, text: str, width: int, indent: int = 10) -> Iterator[str]:
    """A name, and a text whose later lines stay clear of it; a name that leaves it no room stands above it."""
    if cells(show_line(name)) >= indent:
        yield from _wrapped(name, width)
        name = ""
    for line, words in enumerate(_wrapped(text, width - indent)):
        yield (_padded(show_line(name) if line == 0 else "", indent) + words).rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines no wider than ``width``; a word that is wider is divided."""
    line = ""
    for word in show_line(text).split():
        while cells(word) > width:
            room = next(n for n in range(len(word), 0, -1) if cells(word[:n]) <= width)
            if line:
                yield line
                line = ""
            yield word[:room]
            word = word[room:]
        if line and cells(line) + 1 + cells(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
