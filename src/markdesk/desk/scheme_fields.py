"""The fields of the form for a mark scheme: what each is called, what is proposed, and how it is read."""

import re
from dataclasses import dataclass

from markdesk.core.rubric import Cap, Level, Rubric, Scale, Status, Strand

MORE = "+"
"""In a key: the place for one strand or question more than there are."""
STATUSES = (str(Status.DRAFT), str(Status.READY))
"""What a new scheme may be."""
RULE, ADVICE = "rule", "advice"
SEVERITIES = {RULE: "hard", ADVICE: "advisory"}


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of the form."""

    key: str
    label: str
    proposed: str
    """What holds as long as nothing is typed."""
    about: str
    """What to type, in a few words."""
    heading: str = ""
    """Stands above the field, where it begins a part of the form."""
    choices: tuple[str, ...] = ()
    """The only things that may stand in it; empty where anything may be typed."""
    lines: bool = False
    """Whether it may have several lines."""

    @property
    def is_number(self) -> bool:
        """Whether it holds marks or a count: a few figures, which are typed anew rather than mended."""
        return self.key in ("max", "levels") or self.key.endswith((".range", ".max", ".limit"))


def head_fields(
    begun: Rubric, title: str, proposed_id: str | None, status: str, statuses: tuple[str, ...], levels: str | None
) -> list[FormField]:
    """What the scheme is called, how far it is done, and how large it is.

    ``proposed_id`` is None where the scheme is written already: its file is called by its id, and is never another's.
    ``levels`` is None where it has none to count.
    """
    fields = [
        FormField(
            "title", "Title", title, "its name on screens and sheets, such as: Year 12 essay, 25 marks", "The scheme"
        )
    ]
    if proposed_id is not None:
        fields.append(
            FormField("id", "Id", proposed_id, "its name on command lines and the file's: letters, digits and hyphens")
        )
    fields += [
        FormField("board", "Board or school", begun.board, "whose scheme it is"),
        FormField("max", "Out of", str(begun.max_mark), "how many marks in all; the levels' marks are proposed anew"),
    ]
    if levels is not None:
        fields.append(FormField("levels", "Levels", levels, "how many levels; their marks are proposed anew"))
    fields.append(FormField("status", "Status", status, _status_about(statuses), choices=statuses))
    if proposed_id is None:
        fields.append(version_field(begun.version))
    return fields


def version_field(proposed: str) -> FormField:
    """Which version a scheme that is edited becomes."""
    return FormField("version", "Version", proposed, "raised by itself: marks keep the version they were given under")


def _status_about(statuses: tuple[str, ...]) -> str:
    """What each status means; the others than these two are of schemes that were in use."""
    return ", ".join(f"{status} ({_STATUS_MEANS[status]})" for status in statuses)


_STATUS_MEANS = {
    str(Status.DRAFT): "used with a warning",
    str(Status.READY): "to mark with",
    str(Status.RETIRED): "no longer used",
    str(Status.CHECKED): "compared as it was",
}


def strand_fields(strands: tuple[Strand, ...], added: int, is_edit: bool = False) -> list[FormField]:
    """The strands' names; those of the scheme's own that were added have ``+1``, ``+2`` … as ids."""
    names = [*((strand.id, strand.name) for strand in strands), *((f"{MORE}{n}", "") for n in range(1, added + 2))]
    about = "what you look at in every answer; leave it empty to do without"
    kept = "a new name for '{}'; for something else, empty it and add another"
    return [
        FormField(
            f"strand.{key}",
            f"Strand {at}",
            name,
            kept.format(key) if is_edit and name else about,
            "Strands" if at == 1 else "",
        )
        for at, (key, name) in enumerate(names, start=1)
    ]


def level_fields(scale: Scale, level: Level, strands: list[tuple[str, str]], heading: str) -> list[FormField]:
    """One level: its marks, its sentence, and a text for each strand (by key and name)."""
    at = f"level.{scale.id}.{level.n}"
    marks = "the lowest and the highest mark, such as 11-15"
    return [
        FormField(f"{at}.range", "Marks", level.range.replace("–", "-"), marks, heading),
        FormField(
            f"{at}.summary", "In a sentence", level.summary, f"what an answer at {level.label} does, in a sentence"
        ),
        *(
            FormField(f"{at}.strand.{key}", name, level.strand.get(key, ""), f"what it looks like at {level.label}")
            for key, name in strands
        ),
    ]


def item_fields(scale: Scale, heading: str) -> list[FormField]:
    """What earns points on a scale of points."""
    fields: list[FormField] = []
    for at, item in enumerate(scale.items):
        key = f"item.{scale.id}.{item.id}"
        fields += [
            FormField(f"{key}.text", f"For {item.id}", item.text, "what earns the points", "" if at else heading),
            FormField(f"{key}.max", "Points", str(item.max), "the most that it can earn"),
        ]
    return fields


def cap_fields(rubric: Rubric, added: int) -> list[FormField]:
    """The questions that limit a mark."""
    caps = [*((cap.id, cap) for cap in rubric.caps), *((f"{MORE}{n}", None) for n in range(1, added + 2))]
    fields: list[FormField] = []
    for at, (key, cap) in enumerate(caps):
        heading = "Questions that limit the mark" if at == 0 else ""
        about = "a question to which yes limits the mark; leave it empty to do without"
        fields.append(FormField(f"cap.{key}.ask", "Question", cap.ask if cap else "", about, heading))
        if cap is not None or int(key.removeprefix(MORE)) <= added:
            limit = limit_text(cap) if cap else _usual_limit(rubric)
            kind = RULE if cap and cap.severity == "hard" else ADVICE
            fields += [
                FormField(
                    f"cap.{key}.limit", "If yes, at most", limit, "a level or a mark, such as: level 2, or 12 marks"
                ),
                FormField(
                    f"cap.{key}.kind", "It is", kind, "rule (always holds), advice (a reminder)", choices=(RULE, ADVICE)
                ),
            ]
    return fields


def last_field(basis: str) -> FormField:
    """Where it comes from."""
    return FormField("basis", "Basis", basis, "where the words and the numbers come from", "Where it comes from")


def _usual_limit(rubric: Rubric) -> str:
    """What a new question is proposed to limit: a low level, or half the points where there are no levels."""
    scale = rubric.scales[0]
    return f"{max(1, scale.max // 2)} marks" if scale.is_points else f"level {min(2, scale.top)}"


def limit_text(cap: Cap) -> str:
    """A cap's limit as the form has it."""
    effect = cap.effect
    return f"level {effect.max_level}" if effect.max_level is not None else f"{effect.max_mark} marks"


def read_range(text: str) -> tuple[int, int] | None:
    """``11-15``, ``11–15``, ``11 to 15`` or ``11``; None for anything else."""
    found = re.fullmatch(r"\s*([0-9]{1,4})\s*(?:(?:-|–|—|to)\s*([0-9]{1,4})\s*)?", text)
    return (int(found[1]), int(found[2] or found[1])) if found else None


def read_limit(text: str) -> tuple[int | None, int | None] | None:
    """The level or the mark that ``level 2``, ``L2``, ``2`` or ``12 marks`` means; None for anything else."""
    found = re.fullmatch(r"\s*(?:(?:level|l)\s*)?([0-9]{1,3})\s*", text, re.I)
    if found:
        return int(found[1]), None
    found = re.fullmatch(r"\s*([0-9]{1,4})\s*marks?\s*", text, re.I)
    return (None, int(found[1])) if found else None


def read_number(text: str) -> int | None:
    """A whole number from 1 to 9999; None for anything else."""
    return int(text) if re.fullmatch(r"\s*0*[1-9][0-9]{0,3}\s*", text) else None
