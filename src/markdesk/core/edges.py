"""Who stands next to a boundary, and what another boundary would do: of grades that were entered, or of levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdesk.core.boundaries import Boundaries
from markdesk.core.rubric import Scale

STEPS = 2
"""A boundary is tried so many marks lower and higher."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The lowest mark of a grade or a level."""

    name: str
    lowest: int


@dataclass(frozen=True, slots=True)
class AtEdge:
    """How many marks reach a boundary, and how many would if it stood elsewhere and the others stayed."""

    edge: Edge
    reached: int
    """Those at the boundary or above it."""
    lower: tuple[int, ...]
    """How many more would reach it if it were 1, 2 marks lower; fewer steps where it would pass the one below."""
    higher: tuple[int, ...]
    """How many fewer would reach it if it were 1, 2 marks higher; fewer steps where it would pass the one above."""


def edges_of_grades(boundaries: Boundaries) -> tuple[Edge, ...]:
    """The boundaries that are entered, the highest first."""
    return tuple(Edge(grade, lowest) for grade, lowest in boundaries.grades if lowest)


def edges_of_levels(scale: Scale) -> tuple[Edge, ...]:
    """Where the levels of a scale begin, the highest first; below the lowest nothing is credited, so it has none."""
    return tuple(Edge(level.label, level.min) for level in reversed(scale.levels) if level.n > 1)


def at_edges(edges: Sequence[Edge], marks: Sequence[int]) -> tuple[AtEdge, ...]:
    """What each boundary, the highest first, does to these marks, and what it would do a mark or two away."""
    found: list[AtEdge] = []
    for at, edge in enumerate(edges):
        below = edges[at + 1].lowest if at + 1 < len(edges) else 0
        above = edges[at - 1].lowest if at else None
        reached = _reaching(edge.lowest, marks)
        down = [edge.lowest - by for by in range(1, STEPS + 1) if edge.lowest - by > below]
        up = [edge.lowest + by for by in range(1, STEPS + 1) if above is None or edge.lowest + by < above]
        lower = tuple(_reaching(lowest, marks) - reached for lowest in down)
        higher = tuple(reached - _reaching(lowest, marks) for lowest in up)
        found.append(AtEdge(edge, reached, lower, higher))
    return tuple(found)


def under(edges: Sequence[Edge], mark: int) -> tuple[Edge, int] | None:
    """The boundary that a mark falls short of by at most two, and by how many; None where there is none so near."""
    short = [(edge.lowest - mark, edge) for edge in edges if 1 <= edge.lowest - mark <= STEPS]
    return min(((edge, by) for by, edge in short), key=lambda one: one[1], default=None)


def _reaching(lowest: int, marks: Sequence[int]) -> int:
    return sum(mark >= lowest for mark in marks)
