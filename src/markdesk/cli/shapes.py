"""The shapes that several ``--json`` answers share. Part of the contract: see docs/reference/commands.md."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdesk.core.award import Award
    from markdesk.core.people import Student
    from markdesk.core.rubric import Rubric
    from markdesk.desk.review import PastMarking


def awards(rubric: "Rubric", given: dict[str, "Award"]) -> list[dict[str, Any]]:
    """A row for each scale; level and mark are null until given, and "NR" is no response."""
    rows: list[dict[str, Any]] = []
    for scale in rubric.scales:
        award = given.get(scale.id)
        strands = {name: {"level": p.level, "security": p.security} for name, p in award.strands} if award else {}
        rows.append(
            {
                "scale": scale.id,
                "level": award.level if award else None,
                "mark": ("NR" if award.no_response else award.mark) if award else None,
                "max": scale.max,
                "tentative": award.tentative if award else False,
                "strands": strands,
                "points": dict(award.points) if award else {},
            }
        )
    return rows


def student(person: "Student", groups: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "candidate_number": person.candidate_number,
        "groups": list(groups),
    }


def person(one: "Student", groups: tuple[str, ...] = ()) -> dict[str, Any]:
    """A student with all that is kept of her: for the class list's own commands, not for marks that are passed on:
    those say of it what a class mark sheet has."""
    return {
        **student(one, groups),
        "tutor_group": one.tutor_group,
        "has_access_arrangements": one.has_access_arrangements,
        "ids": dict(one.ids),
    }


def script_ids(script_id: str, is_nameless: bool = False) -> dict[str, str | None]:
    """What a script is called in every answer. Without names by its short id alone: the whole id tells when it came in,
    among others, and files come in by the order of their names. Both are null for an empty id.
    """
    return {"script": (script_id or None) if not is_nameless else None, "short_id": script_id[-6:] or None}


def marking(past: "PastMarking") -> dict[str, Any]:
    """One marking as a review tells it. The private note is left out here too: reviews are read with students."""
    from collections import Counter

    from markdesk.core.feedback import Field, label_of

    codes = Counter(note.code for note in past.notes if note.code)
    return {
        **script_ids(past.entry.script.id, past.entry.assignment.is_anonymous),
        "assignment": past.entry.assignment.name,
        "assignment_id": past.entry.assignment.id,
        "question": past.entry.assignment.question,
        "set_on": past.entry.assignment.set_on,
        "rubric": past.rubric.id,
        "rubric_version": past.rubric.version,
        "marker": past.marker,
        "status": str(past.header.status),
        "total": past.total.value,
        "max": past.total.max,
        "awards": awards(past.rubric, past.entry.award_by_scale()),
        "caps": past.header.answer_by_cap,
        "last_target": str(past.header.last_target) if past.header.last_target else None,
        "annotations": len(past.notes),
        "codes": dict(sorted(codes.items())),
        "words": past.entry.words,
        "started_at": past.header.started_at,
        "completed_at": past.header.completed_at,
        "www": [line.text for line in past.lines(Field.WWW)],
        "ebi": past.line(Field.EBI),
        "target": past.line(Field.TARGET),
        "task": past.line(Field.TASK),
        "task_done": str(past.header.task_done) if past.header.task_done else None,
        "task_done_at": past.header.task_done_at,
        "comment": past.line(Field.COMMENT),
        "comments": {
            label_of(Field.AO, line.place, [ao.code for ao in past.rubric.aos]): line.text
            for line in past.lines(Field.AO)
        },
        "questions": [line.text for line in past.lines(Field.QUESTION)],
    }


def given_to(rubric: "Rubric", award: "Award") -> str:
    """``Essay: Level 4, 17 of 25``: one scale on one line."""
    scale = rubric.scale(award.scale)
    title = scale.named if scale else award.scale
    if award.no_response:
        return f"{title}: NR"
    if award.mark is None:
        return f"{title}: not marked"
    level = f"Level {award.level}, " if award.level else ""
    return f"{title}: {level}{award.mark} of {scale.max if scale else '?'}{' (pencil)' if award.tentative else ''}"
