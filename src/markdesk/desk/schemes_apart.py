"""Which mark schemes marks were given under: one rule for the screen, the charts and the record.

A scheme is its id. A later version of it is another one only where marks mean another thing: other maxima, or scales.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markdesk.core.rubric import Rubric

Kind = tuple[str, int, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Schemes:
    """The schemes of some marks, in the order in which they came."""

    kinds: tuple[Kind, ...]
    names: tuple[str, ...]
    """Short titles; with id and version where another one has that title too."""

    def place(self, rubric: Rubric) -> int | None:
        """Which of them it is; None for none."""
        kind = _kind(rubric)
        return self.kinds.index(kind) if kind in self.kinds else None


def schemes_of(rubrics: Iterable[Rubric]) -> Schemes:
    """The schemes among these, each once."""
    first: dict[Kind, Rubric] = {}
    for rubric in rubrics:
        first.setdefault(_kind(rubric), rubric)
    titles = [rubric.short_title for rubric in first.values()]
    names = (
        title if titles.count(title) == 1 else f"{title} ({one.id} {one.version})"
        for title, one in zip(titles, first.values(), strict=True)
    )
    return Schemes(tuple(first), tuple(names))


def _kind(rubric: Rubric) -> Kind:
    return rubric.id, rubric.max_mark, tuple((scale.id, scale.max) for scale in rubric.scales)
