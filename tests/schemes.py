"""Small mark schemes as parsed data, for tests that build the shape they are about."""

from collections.abc import Sequence
from typing import Any

from markdesk.core import checks
from markdesk.core.award import Award
from markdesk.core.ids import MarkerId, MarkingId, ScriptId
from markdesk.core.keyed import Keyed
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.rubric import Cap, Rubric

FIVE_OF_FOUR = ((1, 4), (5, 8), (9, 12), (13, 16), (17, 20))
Ranges = Sequence[tuple[int, int]]


def levels(ranges: Ranges, strands: Sequence[str] = (), sub: dict[int, list[dict[str, Any]]] | None = None) -> Any:
    """Levels with a text for every strand."""
    return [
        {
            "n": n,
            "min": low,
            "max": high,
            "summary": f"What an answer at level {n} does.",
            "strand": {strand: f"{strand} at level {n}" for strand in strands},
            **({"sub": sub[n]} if sub and n in sub else {}),
        }
        for n, (low, high) in enumerate(ranges, start=1)
    ]


def banded(
    scale_id: str, ranges: Ranges, aos: Sequence[str] = ("AO1",), judged_by: Sequence[str] = ("analysis",), **more: Any
) -> dict[str, Any]:
    """A scale of levels."""
    return {
        "id": scale_id, "title": f"Scale {scale_id}", "aos": list(aos), "max": ranges[-1][1],
        "level": levels(ranges, judged_by), **more,
    }  # fmt: skip


def pointed(scale_id: str, items: dict[str, int], aos: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    """A scale of points."""
    listed = [{"id": name, "text": f"What earns {name}.", "max": most} for name, most in items.items()]
    return {
        "id": scale_id, "title": f"Scale {scale_id}", "aos": list(aos), "max": sum(items.values()), "kind": "points",
        "item": listed, **more,
    }  # fmt: skip


def whole(
    scales: list[dict[str, Any]], aos: dict[str, int], scoring: str, strands: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """A scheme from its scales, the marks of its objectives and its strands (each with its objective)."""
    return {
        "schema": "markdesk.rubric/1",
        "id": "made-up",
        "version": "1",
        "title": "Made up",
        "status": "ready",
        "max_mark": sum(scale["max"] for scale in scales),
        "scoring": scoring,
        "provenance": {"wording": "paraphrase", "basis": "made up for a test"},
        "ao": [{"code": code, "marks": marks} for code, marks in aos.items()],
        "strand": [
            {"id": name, "name": name.title(), "ao": ao} for name, ao in (strands or {"analysis": "AO1"}).items()
        ],
        "scale": scales,
        **more,
    }


def scheme(ranges: Ranges = FIVE_OF_FOUR, sub: dict[int, list[dict[str, Any]]] | None = None, **more: Any) -> Any:
    """One holistic scale with one strand."""
    scale = banded("main", ranges)
    scale["level"] = levels(ranges, ("analysis",), sub)
    return whole([scale], {"AO1": more.get("max_mark", ranges[-1][1])}, "holistic", **more)


def points_and_levels() -> dict[str, Any]:
    """The shape of IB Paper 1: points for the first questions, bands for the last two."""
    return whole(
        [
            pointed("q1a", {"first": 1, "second": 1, "third": 1}, part="1a"),
            pointed("q1b", {"message": 2}, part="1b"),
            pointed("q2", {"value": 2, "limitation": 2}, part="2"),
            banded("q3", ((1, 2), (3, 4), (5, 6)), (), ("comparison",), part="3", strands=["comparison"]),
            banded("q4", ((1, 3), (4, 6), (7, 9)), (), ("synthesis",), part="4", strands=["synthesis"]),
        ],
        {},
        "per_scale",
        {"comparison": "", "synthesis": ""},
    )


def caps_broken(rubric: Rubric, awards: dict[str, Award], answers: dict[str, bool]) -> tuple[Cap, ...]:
    """``checks.caps_broken`` of a marking with these awards and answers."""
    return checks.caps_broken(rubric, _marking(rubric, awards, answers))


def hard_caps_broken(rubric: Rubric, awards: dict[str, Award], answers: dict[str, bool]) -> tuple[str, ...]:
    """The questions of ``checks.hard_caps_broken``, likewise."""
    return tuple(cap.ask for cap in checks.hard_caps_broken(rubric, _marking(rubric, awards, answers)))


def _marking(rubric: Rubric, awards: dict[str, Award], answers: dict[str, bool]) -> Marking:
    header = MarkingHeader(
        MarkingId("m"), ScriptId("s"), MarkerId("t"), None, rubric.hash, MarkingStatus.IN_PROGRESS, "2026-11-25",
        answers=tuple(answers.items()),
    )  # fmt: skip
    return Marking(header, awards=Keyed(dict(awards)))
