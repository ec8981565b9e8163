"""What there is to know of a scheme beside its levels, as names and sentences: for the terminal and for the screens."""

from collections.abc import Iterator

from markdesk.core.rubric import ANY, Cap, Item, Rubric, Scale

SCORING = {
    "holistic": "one level and mark for the answer",
    "per_scale": "a level and mark for each scale, added up",
    "profile": "one mark, from where each strand sits",
    "points": "points",
}
"""How the mark comes about, in words."""


def about(rubric: Rubric, wording: str = "", is_own: bool = False) -> Iterator[tuple[str, str]]:
    """What it is for, how far it may be trusted, and how a mark is found: a name and a text each.

    ``wording`` tells whose words are shown, where any are the board's own; ``is_own``: the file is the teacher's, so
    that its words are not ours.
    """
    place = [rubric.board, rubric.qualification, rubric.spec]
    if rubric.components:
        place.append(f"components {', '.join(rubric.components)}")
    place.append(f"section {rubric.section}" if rubric.section else "")
    if rubric.first_series or rubric.last_series:
        place.append(f"series {rubric.first_series or '…'} to {rubric.last_series or 'now'}")
    yield "For", ", ".join(part for part in place if part) or "any question"
    yield "Status", status_sentence(rubric, is_own)
    if wording:
        yield "Wording", wording
    elif not is_own:
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


def status_sentence(rubric: Rubric, is_own: bool = False) -> str:
    """How far the scheme may be trusted, and who says so."""
    checked = rubric.provenance
    match rubric.status:
        case "draft" if is_own:
            return "draft: your own file; it is used with a warning until you set it to ready"
        case "draft":
            return "draft: unfinished, or its mark ranges are not certain; compare it with the board's document first"
        case "checked":
            return f"checked by {checked.checked_by} on {checked.checked_on} against {checked.checked_against}"
        case "retired":
            return "retired: no longer in use, kept so that old marks can be read"
        case _ if is_own:
            return "ready: your own file, which nobody else has compared with anything"
        case _ if rubric.takes_any_tariff:
            return "ready; it follows no board's document"
        case _:
            return (
                "ready: ranges believed right (see Basis), wording ours; "
                "nobody has compared it with the board's document yet"
            )


def scale_title(scale: Scale) -> str:
    """A scale's title, with the part of the question where the title doesn't name it."""
    part = f"({scale.part})"
    return scale.title if not scale.part or part in scale.title else f"{part} {scale.title}"


def item_points(item: Item) -> str:
    """How many points an item can earn."""
    return "1 point" if item.max == 1 else f"up to {item.max}"


def rules(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """The questions that limit a mark, what somebody else takes off, coursework, and what to bear in mind."""
    for cap in rubric.caps:
        whose = "a rule" if rubric.spec in ("", ANY) else "the board's rule"
        rule = whose if cap.severity == "hard" else "advice"
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


def _limit(rubric: Rubric, cap: Cap) -> str:
    limit = rubric.limit(cap)
    scale = rubric.scale(cap.effect.scale)
    if scale is None or scale.is_points or cap.effect.max_level is None:
        return f"{limit.mark} marks"
    return f"level {limit.level} ({limit.mark} marks)"


def _words(rubric: Rubric) -> str:
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
