"""What a scheme has that another system's format hasn't: a sentence for each thing."""

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Decision, Rubric, Scale, Scoring


def whole_factor(rubric: Rubric) -> int:
    """What marks are multiplied by in a system without a factor. Raises MarkdeskError where it isn't whole."""
    if rubric.scale_factor.denominator != 1:
        raise MarkdeskError(
            f"{rubric.id} multiplies its total by {rubric.scale_factor}, which other systems can't.",
            "Nothing was exported.",
        )
    return int(rubric.scale_factor)


def lost_in(rubric: Rubric, system: str) -> list[str]:
    """What both formats leave out. A test goes through the fields of a scheme: each is in the file or said here."""
    told: list[str] = []
    if rubric.strands:
        told.append(f"{system} has no strands: they follow the summary of their level, a line each.")
    if any(strand.derived for strand in rubric.strands):
        told.append("Which strands are ours and not the board's is left out.")
    if rubric.scoring is Scoring.PROFILE:
        told.append(f"{system} can't place each strand in a level: it takes one mark for them all.")
    if rubric.aos:
        told.append(
            f"{system} has no assessment objectives: their codes stand in the criterion's description; the marks of "
            "each, and which strand goes with which, are left out."
        )
    labels = [sub.label for scale in rubric.scales for level in scale.levels for sub in level.subs]
    if labels:
        told.append(f"{_count(len(labels), 'sub-band')} left out: {', '.join(dict.fromkeys(labels))}.")
    if rubric.caps:
        told.append(f"{_count(len(rubric.caps), 'cap')} left out.")
    if rubric.penalties:
        told.append(f"{_count(len(rubric.penalties), 'penalty', 'penalties')} left out.")
    if rubric.flags:
        told.append(f"{_count(len(rubric.flags), 'reminder')} left out.")
    if rubric.nea:
        told.append("The rules of coursework are left out.")
    if rubric.decision != Decision():
        told.append("How a level and a mark are found (the guidance, + and − within a level) is left out.")
    if rubric.scale_factor > 1:
        told.append(f"{system} can't multiply a total: every mark is {rubric.scale_factor} times as high there.")
    told.append(
        f"{system} doesn't tell no marks from no response ('{rubric.not_attempted_code}'), nor whose words these are: "
        "status and provenance are left out. Nor does it know that marks are whole."
    )
    told.append(f"What it is for is told by the title alone. Left out: {', '.join(_place(rubric))}.")
    return told


def _count(count: int, one: str, several: str = "") -> str:
    return f"{count} {one} is" if count == 1 else f"{count} {several or one + 's'} are"


def _place(rubric: Rubric) -> list[str]:
    """What a scheme says of itself that has no place of its own elsewhere, as far as this one says it."""
    printed = f"what is printed with the question ({rubric.stimulus_count or ''} {rubric.stimulus})".replace("( ", "(")
    there = {
        "board": rubric.board,
        "qualification": rubric.qualification,
        "specification": rubric.spec,
        "components": rubric.components,
        "section": rubric.section,
        "kind of question": rubric.question_type,
        "exam series": rubric.first_series or rubric.last_series,
        "advised time": rubric.time_minutes,
        printed: rubric.stimulus != "none",
        "the file of indicative content": rubric.indicative_file,
    }
    return ["id", "version", *(name for name, value in there.items() if value)]


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
