"""What a scheme has that another system's format hasn't: a sentence for each thing."""

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric, Scale


def whole_factor(rubric: Rubric) -> int:
    """What marks are multiplied by in a system without a factor. Raises MarkdeskError where it isn't whole."""
    if rubric.scale_factor.denominator != 1:
        raise MarkdeskError(
            f"{rubric.id} multiplies its total by {rubric.scale_factor}, which other systems can't.",
            "Nothing was exported.",
        )
    return int(rubric.scale_factor)


def lost_in(rubric: Rubric, system: str) -> list[str]:
    """What both formats leave out."""
    told: list[str] = []
    if rubric.strands:
        told.append(f"{system} has no strands: they follow the summary of their level, a line each.")
    if rubric.aos:
        told.append(f"{system} has no assessment objectives: their codes stand in the criterion's description.")
    if rubric.caps:
        told.append(f"{len(rubric.caps)} cap{'s are' if len(rubric.caps) > 1 else ' is'} left out.")
    if rubric.penalties:
        count = len(rubric.penalties)
        told.append(f"{count} penalt{'ies are' if count > 1 else 'y is'} left out.")
    if rubric.flags:
        told.append(f"{len(rubric.flags)} reminder{'s are' if len(rubric.flags) > 1 else ' is'} left out.")
    if rubric.nea:
        told.append("The rules of coursework are left out.")
    if rubric.decision.guidance:
        told.append("The guidance on how to find a mark is left out.")
    if rubric.scale_factor > 1:
        told.append(f"{system} can't multiply a total: every mark is {rubric.scale_factor} times as high there.")
    told.append(
        f"{system} doesn't tell no marks from no response ('{rubric.not_attempted_code}'), nor whose words these are: "
        "status and provenance are left out."
    )
    return told


def points_text(scale: Scale) -> str:
    """What earns the points of a scale, a line each; nothing where that is only its title."""
    if len(scale.items) == 1 and scale.items[0].text == scale.title:
        return ""
    return "\n".join(f"{item.text}, up to {item.max}" for item in scale.items)


def level_text(rubric: Rubric, scale_id: str, n: int) -> str:
    """A level's summary, then each strand on a line of its own."""
    scale = rubric.scale(scale_id)
    level = scale.level(n) if scale else None
    assert scale is not None
    assert level is not None
    strands = [f"{strand.name}: {level.strand[strand.id]}" for strand in rubric.strands_of(scale)]
    return "\n".join(part for part in (level.summary, *strands) if part)
