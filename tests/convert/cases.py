"""What a converted file must be, written by hand, and what a broken one must be refused for."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """A scale as it must come out: its title, its ranges from the lowest up, and what its levels are called.

    ``ranges`` is written ``1-5 6-10``; empty for a scale of points, whose maximum is then in ``max``.
    """

    title: str
    ranges: str
    labels: str = ""
    max: int = 0


@dataclass(frozen=True)
class Good:
    """A file and the scheme, or the schemes, that it holds."""

    name: str
    file_name: str
    data: bytes
    kind: str
    total: int
    scales: tuple[Wanted, ...]
    said: tuple[str, ...] = ()
    strands: str = ""
    zero: str = "Nothing creditable"
    texts: dict[str, str] = field(default_factory=dict)
    """Keys such as ``scale[0].level[0].summary`` of the plain data, and what must be there."""
    which: int = 0
    """Which scheme of the file this is about."""


@dataclass(frozen=True)
class Broken:
    """A file that must be refused, and what the sentence must say: the place, and what is wrong there."""

    name: str
    file_name: str
    data: bytes
    place: str
    says: str
    kind: str = ""
    """What ``--from`` says, for a file that nothing else could tell."""


def shape(data: dict[str, Any]) -> tuple[Wanted, ...]:
    """The scales of converted data in the words of an expectation."""
    found = []
    for scale in data["scale"]:
        levels = scale.get("level", [])[::-1]
        ranges = " ".join(f"{level['min']}-{level['max']}" for level in levels)
        labels = "|".join(level["label"] for level in levels)
        found.append(Wanted(scale["title"], ranges, labels, 0 if levels else scale["max"]))
    return tuple(found)


def at(data: Any, path: str) -> Any:
    """The value at ``scale[0].level[1].summary``."""
    for part in path.replace("[", ".").replace("]", "").split("."):
        data = data[int(part)] if part.isdigit() else data[part]
    return data
