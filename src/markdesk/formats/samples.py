"""Reading the sample class that travels with the program."""

import tomllib
from pathlib import Path
from typing import Any

from markdesk.core.feedback import Field
from markdesk.core.marking import Met
from markdesk.desk.demo import SampleEssay, SampleMark, SampleSet

GROUP = "13H"
RUBRIC = "aqa-7042-b-essay-25"


def sample_sets(folder: Path) -> tuple[SampleSet, ...]:
    """The two assignments of the sample class: one marked three weeks ago, one waiting."""
    past = tomllib.loads((folder / "past-marks.toml").read_text(encoding="utf-8"))["marking"]
    waiting = tomllib.loads((folder / "khrushchev" / "levels.toml").read_text(encoding="utf-8"))["essay"]
    return (
        SampleSet(
            "Henry VII",
            "To what extent had Henry VII secured the English throne by 1499? [25 marks]",
            "2026-10-30",
            tuple(_essay(folder / raw["essay"], raw["student"], _mark(raw)) for raw in past),
        ),
        SampleSet(
            "Khrushchev",
            "‘Khrushchev’s policy of de-Stalinisation changed the style of Soviet rule far more than its substance.’ "
            "Assess the validity of this view of the years 1953 to 1964. [25 marks]",
            "2026-11-20",
            tuple(_essay(folder / "khrushchev" / raw["file"], raw["student"], None) for raw in waiting),
        ),
    )


def _essay(path: Path, student: str, mark: SampleMark | None) -> SampleEssay:
    return SampleEssay(student, path.name, path.read_text(encoding="utf-8"), mark)


def _mark(raw: dict[str, Any]) -> SampleMark:
    lines: list[tuple[Field, int, str]] = []
    for field in (Field.WWW, Field.EBI):
        lines += [(field, place, text) for place, text in enumerate(raw[field.value], start=1)]
    lines += [(field, 1, raw[field.value]) for field in (Field.TARGET, Field.TASK, Field.NOTE) if raw[field.value]]
    notes = tuple((note["quote"], note["code"], note["comment"]) for note in raw["annotation"])
    at = raw["completed_at"].replace("Z", ".000+00:00")
    return SampleMark(at, raw["mark"], tuple(lines), notes, Met(raw["met"]))
