"""Reading the sample class's two years that travel with the program."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markdesk.core.coursework import Kind
from markdesk.core.grades import GradeKind
from markdesk.core.queue_notes import Why
from markdesk.core.rubric import Rubric
from markdesk.desk.demo_course import Course, Learner, Piece, StampWords, Words
from markdesk.desk.demo_essays import Lines, Part, Point, Tier, Topic


def sample_years(folder: Path, rubric: Callable[[str], Rubric]) -> Course:
    """The course that stands in a folder; ``rubric`` finds a scheme by its id."""
    raw = _read(folder / "course.toml")
    year = raw["year"]
    strong, weak = tuple(year["strong"]), tuple(year["weak"])
    others = tuple(Learner(name, share, share, strong, weak) for name, share in year["students"])
    pieces = tuple(_piece(folder, one, rubric) for one in raw["assignment"])
    learners = tuple(_learner(one) for one in raw["student"])
    grades = tuple((one["day"], GradeKind(one["kind"])) for one in raw["grades"])
    return Course(raw["seed"], raw["begins"], raw["ends"], learners, year["name"], others, pieces, grades, _words(raw))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _learner(raw: Mapping[str, Any]) -> Learner:
    first, last = raw["share"]
    return Learner(
        raw["name"],
        first,
        last,
        tuple(raw["strong"]),
        tuple(raw["weak"]),
        raw["habit"],
        raw["habit_says"],
        tuple(raw["targets"]),
        raw["diligence"],
        raw.get("joins", ""),
        raw.get("leaves", ""),
        raw["grades"]["target"],
        tuple(raw["grades"]["predicted"]),
    )


def _piece(folder: Path, raw: Mapping[str, Any], rubric: Callable[[str], Rubric]) -> Piece:
    again = raw.get("again", {})
    return Piece(
        raw["name"],
        raw["question"],
        rubric(raw["scheme"]),
        raw["set_on"],
        tuple(raw["marked"]),
        raw["returned"],
        _topic(folder, raw["topic"]) if "topic" in raw else None,
        raw.get("words", "essay"),
        Kind(raw.get("kind", Kind.CLASS_ESSAY)),
        raw.get("is_year", False),
        raw.get("harder", 0.0),
        raw.get("drift", 0.0),
        {name: Why(why) for name, why in raw.get("missing", {}).items()},
        tuple(raw.get("no_response", ())),
        tuple(raw.get("zero", ())),
        raw.get("notes", {}),
        again.get("at", ""),
        again.get("marks", {}),
    )


def _topic(folder: Path, name: str) -> Topic:
    raw = _read(folder / f"{name}.toml")
    points = tuple(
        Point(one["about"], tuple(one["facts"]), _lines(one), _lines(one, "_why"), _lines(one, "_weigh"))
        for one in raw["point"]
    )
    return Topic(name, _lines(raw["open"]), _lines(raw["close"]), points)


def _lines(raw: Mapping[str, Any], end: str = "") -> Lines:
    return {tier: tuple(raw[f"{tier}{end}"]) for tier in Tier if f"{tier}{end}" in raw}


def _words(raw: Mapping[str, Any]) -> Words:
    stamps = {
        name: StampWords(
            {part: {Tier(tier): code for tier, code in one[part].items()} for part in Part}, tuple(one["habits"])
        )
        for name, one in raw["stamps"].items()
    }
    return Words(
        stamps,
        _by_name(raw["comments"]),
        _by_name(raw["www"]),
        _by_name(raw["ebi"]),
        _by_name(raw["task"]),
        tuple(raw["targets"]["any"]),
        tuple(raw["plain"]["why"]),
    )


def _by_name(raw: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(lines) for name, lines in raw.items()}
