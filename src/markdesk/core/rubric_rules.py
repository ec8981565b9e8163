"""The rules that hold between the tables of a scheme: sums, strands at every level, caps that point at something."""

from datetime import date
from fractions import Fraction
from typing import Any

from markdesk.core.ids import ScaleId
from markdesk.core.rubric import AssessmentObjective, Cap, Effect, Flag, Nea, Penalty, Rounding, Scoring, Status, Strand
from markdesk.core.rubric_scales import PlacedScale
from markdesk.core.toml_reader import Path, Reader, as_factor


def check_sums(
    reader: Reader, top: dict[str, Any], aos: tuple[AssessmentObjective, ...], scales: list[PlacedScale]
) -> None:
    """The scales come to the tariff, and so do the objectives' marks."""
    combine = reader.table(top.get("combine", {}), "combine", ("combine",))
    factor = as_factor(combine.get("scale_factor", 1))
    rounding = Rounding(combine.get("round", Rounding.NONE))
    if factor is None:
        reader.wrong(("combine", "scale_factor"), "'scale_factor' must be 1 or more, or a fraction such as \"4/5\"")
        return
    if not isinstance(factor, int) and rounding is Rounding.NONE:
        reader.wrong(("combine",), f"a factor of {factor} makes parts of marks: 'round' must say half_up, down or up")
    tariff = top.get("max_mark")
    if tariff is None:
        return
    # A scale whose own maximum can't be read would only be told a second time here.
    if scales and len(scales) == len(top["scale"]) and all(placed.scale.max for placed in scales):
        summed = rounding.apply(Fraction(sum(placed.scale.max for placed in scales)) * factor)
        if summed != tariff:
            reader.wrong(("max_mark",), f"the scales add up to {summed}, but 'max_mark' is {tariff}")
    if aos and sum(ao.marks for ao in aos) != tariff:
        summed = sum(ao.marks for ao in aos)
        reader.wrong(("ao", 0), f"the objectives' marks add up to {summed}, but 'max_mark' is {tariff}")


def check_scoring(reader: Reader, top: dict[str, Any], scales: list[PlacedScale]) -> None:
    """Holistic and profile schemes have one scale of levels, a points scheme nothing but points."""
    scoring = top.get("scoring")
    if scoring in (Scoring.HOLISTIC, Scoring.PROFILE):
        if len(scales) > 1:
            reader.wrong(("scoring",), f"'{scoring}' has one scale, but there are {len(scales)}; use 'per_scale'")
        elif scales and scales[0].scale.is_points:
            reader.wrong(
                ("scoring",), f"'{scoring}' has a scale of levels, but its scale is one of points; use 'points'"
            )
    for path, scale, _ in scales:
        if scoring == Scoring.POINTS and not scale.is_points:
            reader.wrong((*path, "kind"), "'points' has scales of points only; beside levels, 'scoring' is 'per_scale'")


def check_strands(
    reader: Reader, aos: tuple[AssessmentObjective, ...], strands: tuple[Strand, ...], scales: list[PlacedScale]
) -> None:
    """Every strand has a text at every level of the scales it judges, and judges one at least."""
    known_aos = [ao.code for ao in aos]
    known_strands: list[str] = [strand.id for strand in strands]
    used: set[str] = set()
    for index, strand in enumerate(strands):
        if strand.ao:
            reader.one_of(("strand", index, "ao"), strand.ao, known_aos, "objective")
    for path, scale, levels in scales:
        for ao in scale.aos:
            reader.one_of((*path, "aos"), ao, known_aos, "objective")
        for name in scale.strands:
            reader.one_of((*path, "strands"), name, known_strands, "strand")
        wanted: list[str] = (
            []
            if scale.is_points
            else [name for name in known_strands if name in scale.strands]
            if scale.strands
            else [strand.id for strand in strands if strand.ao in scale.aos]
        )
        used.update(wanted)
        for level in scale.levels:
            where = (*levels[level.n], "strand")
            for name in wanted:
                if not level.strand.get(name, "").strip():
                    reader.wrong(where, f"strand '{name}' has no text at {level.label} of '{scale.id}'")
            for name in level.strand:
                if name in known_strands and name not in wanted:
                    reader.wrong((*where, name), f"strand '{name}' doesn't judge '{scale.id}'")
                elif name not in wanted:
                    reader.one_of((*where, name), name, wanted, "strand")
    for index, strand in enumerate(strands):
        if scales and strand.id not in used and (not strand.ao or strand.ao in known_aos):
            reader.wrong(("strand", index, "ao"), f"no scale is judged by strand '{strand.id}'")


def read_caps(reader: Reader, top: dict[str, Any], scales: list[PlacedScale]) -> tuple[Cap, ...]:
    """The caps, each with an effect on a scale that is there."""
    items = reader.tables(top, "cap")
    reader.unique(items)
    found: list[Cap] = []
    for path, cap in items:
        effect = reader.table(cap["effect"], "effect", (*path, "effect")) if "effect" in cap else {}
        _check_effect(reader, (*path, "effect"), effect, "effect" in cap, scales)
        limits = Effect(ScaleId(effect.get("scale", "")), effect.get("max_level"), effect.get("max_mark"))
        found.append(
            Cap(cap.get("id", ""), cap.get("ask", ""), cap.get("severity", "hard"), limits, cap.get("basis", ""))
        )
    return tuple(found)


def _check_effect(
    reader: Reader, path: Path, effect: dict[str, Any], is_there: bool, scales: list[PlacedScale]
) -> None:
    by_id: dict[str, PlacedScale] = {placed.scale.id: placed for placed in scales}
    name, level, mark = effect.get("scale"), effect.get("max_level"), effect.get("max_mark")
    if is_there and level is None and mark is None:
        reader.wrong(path, "a cap needs 'max_level' or 'max_mark'")
    if name is None:
        return
    if name not in by_id:
        reader.one_of((*path, "scale"), name, by_id, "scale")
        return
    scale = by_id[name].scale
    if level and scale.is_points:
        reader.wrong((*path, "max_level"), f"'{name}' has points and no levels; use 'max_mark'")
    elif level and scale.level(level) is None:
        reader.wrong((*path, "max_level"), f"'{name}' has levels 1 to {scale.top}")
    if mark is not None and mark > scale.max:
        reader.wrong((*path, "max_mark"), f"'{name}' has marks 0 to {scale.max}")
    elif mark is not None and level is not None and not scale.is_points and scale.level_of(mark) != level:
        reader.wrong(
            (*path, "max_mark"), f"{mark} is a mark of level {scale.level_of(mark)}, but 'max_level' is {level}"
        )


def read_penalties(reader: Reader, top: dict[str, Any]) -> tuple[Penalty, ...]:
    """The penalties, which are shown and never subtracted."""
    items = reader.tables(top, "penalty")
    reader.unique(items)
    for path, penalty in items:
        if penalty.get("show_only", True) is not True:
            reader.wrong((*path, "show_only"), "a penalty is shown and never subtracted: 'show_only' must be true")
    return tuple(
        Penalty(p.get("id", ""), p.get("ask", ""), p.get("marks", 0), p.get("applied_by", "")) for _, p in items
    )


def read_flags(reader: Reader, top: dict[str, Any]) -> tuple[Flag, ...]:
    """The reminders."""
    items = reader.tables(top, "flag")
    reader.unique(items)
    return tuple(Flag(flag.get("id", ""), flag.get("text", "")) for _, flag in items)


def read_nea(reader: Reader, top: dict[str, Any]) -> Nea | None:
    """The rules of coursework, where the scheme is for any."""
    if "nea" not in top:
        return None
    nea = reader.table(top["nea"], "nea", ("nea",))
    least, most = nea.get("words_min", 0), nea.get("words_max", 0)
    if most and least > most:
        reader.wrong(("nea", "words_min"), f"the fewest words, {least}, are more than the most, {most}")
    locked, form = nea.get("draft_feedback_locked", False), nea.get("form", "")
    return Nea(least, most, tuple(nea.get("counts", ())), tuple(nea.get("excludes", ())), locked, form)


def check_provenance(reader: Reader, top: dict[str, Any], provenance: dict[str, Any]) -> None:
    """A scheme that says it was checked says by whom, when and against what; a date is one of the calendar."""
    if top.get("status") == Status.CHECKED:
        for name in ("checked_by", "checked_on", "checked_against"):
            if not provenance.get(name):
                reader.wrong(("provenance", name), f"the status is 'checked': '{name}' must say so")
    if provenance.get("checked_on"):
        try:
            date.fromisoformat(provenance["checked_on"])
        except ValueError:
            reader.wrong(("provenance", "checked_on"), f"'{provenance['checked_on']}' is no day of the calendar")
    first, last = top.get("first_series", ""), top.get("last_series", "")
    if first and last and last < first:
        reader.wrong(("last_series",), f"the last series, {last}, is before the first, {first}")
