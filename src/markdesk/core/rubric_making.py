"""A scheme of the teacher's own: begun from one that is there, and brought to another size."""

from collections.abc import Sequence
from dataclasses import replace

from markdesk.core.errors import MarkOutOfRange
from markdesk.core.rubric import ANY, Cap, Level, Provenance, Rubric, Scale, Status
from markdesk.core.rubric_scaling import scaled_to

SCHOOL = "School"
"""Whose a new scheme is, until its maker says which school or department."""

TO_DO = 'Make the words and this line your own, then set the status to "ready".'
"""Ends the basis of a scheme that was just begun."""

MOST_LEVELS = 10
"""A scheme with more could not be marked by digits, and no board has more than six."""

TO_BE_WRITTEN = "To be written:"
"""Begins the text of a level for which the template has no words."""


def begun_from(
    template: Rubric, rubric_id: str, title: str = "", most: int | None = None, levels: int | None = None
) -> Rubric:
    """A draft with the template's shape and words, of another size where that is asked for.

    It is the school's: a board's specification, papers, section and series stay behind, since a scheme that others
    changed is not the board's. What it was begun from is said in its provenance. ``most`` is the tariff, ``levels``
    how many each scale has. Raises MarkOutOfRange where they don't fit together.
    """
    begun = replace(
        template,
        id=rubric_id,
        version="0.1.0",
        title=title or rubric_id.replace("-", " ").replace("_", " ").capitalize(),
        board=SCHOOL,
        spec=ANY if template.takes_any_tariff else "",
        components=(),
        section="",
        first_series="",
        last_series="",
        status=Status.DRAFT,
        provenance=Provenance(
            "paraphrase",
            f"{_origin('Begun', template)} {TO_DO}",
        ),
    )
    return resized(begun, most, levels)


def own_basis(template: Rubric) -> str:
    """What a finished scheme says of where it came from, until its maker says it better."""
    return _origin("Our own, begun", template)


def _origin(how: str, template: Rubric) -> str:
    origin = f"{how} from {template.id}, version {template.version}"
    # Of a board's scheme it must be said whose it no longer is; a title names the board and the question.
    return f"{origin} ({template.title}); it is not the board's." if template.spec not in ("", ANY) else f"{origin}."


def resized(rubric: Rubric, most: int | None = None, levels: int | None = None) -> Rubric:
    """The same scheme out of ``most`` marks, each scale with so many ``levels``; None leaves it as it is.

    Raises MarkOutOfRange where they don't fit together.
    """
    if levels is not None:
        return _with_levels(rubric, levels, most or rubric.max_mark)
    if most is not None and most != rubric.max_mark:
        return replace(scaled_to(rubric, most), title=rubric.title)
    return rubric


def _with_levels(rubric: Rubric, count: int, most: int) -> Rubric:
    if not 1 <= count <= MOST_LEVELS:
        raise MarkOutOfRange(f"A scheme has 1 to {MOST_LEVELS} levels, not {count}.")
    if any(scale.is_points for scale in rubric.scales):
        raise MarkOutOfRange("The template has scales of points, which have no levels: leave --levels out.")
    if most < count * len(rubric.scales):
        raise MarkOutOfRange(f"{most} marks are too few for {count} levels: each needs one mark at least.")
    shaped = replace(
        rubric,
        scales=tuple(_scale(scale, count) for scale in rubric.scales),
        caps=tuple(_cap(cap, rubric, count) for cap in rubric.caps),
    )
    return replace(scaled_to(shaped, most), title=rubric.title)


def _scale(scale: Scale, count: int) -> Scale:
    """The scale with so many equal levels, each as many marks as it had in all: to be scaled, and rounded once."""
    width = scale.max
    levels = tuple(
        Level(n, f"L{n}", (n - 1) * width + 1, n * width, summary, strands)
        for n, (summary, strands) in enumerate(_spread(scale.levels, count), start=1)
    )
    return replace(scale, max=count * width, levels=levels)


def _spread(levels: Sequence[Level], count: int) -> list[tuple[str, dict[str, str]]]:
    """The words of each new level: the bottom's and top's, those between as near as they come, none twice."""
    found: list[tuple[str, dict[str, str]]] = []
    used: set[int] = set()
    for n in range(count):
        place = (2 * n * (len(levels) - 1) + count - 1) // (2 * (count - 1)) if count > 1 else len(levels) - 1
        level = levels[place]
        if place in used:
            blank = f"{TO_BE_WRITTEN} what an answer at level {n + 1} does."
            found.append((blank, dict.fromkeys(level.strand, blank)))
        else:
            found.append((level.summary, dict(level.strand)))
        used.add(place)
    return found


def _cap(cap: Cap, rubric: Rubric, count: int) -> Cap:
    """The cap on the scale that ``_scale`` made."""
    level, mark = cap.effect.max_level, cap.effect.max_mark
    scale = rubric.scale(cap.effect.scale)
    assert scale is not None, "rubric_check refuses a cap without its scale"
    if level is not None:
        # Both could not go on agreeing; the level is what the rule is about.
        level, mark = (2 * level * count + scale.top) // (2 * scale.top), None
    return replace(cap, effect=replace(cap.effect, max_level=level, max_mark=None if mark is None else mark * count))
