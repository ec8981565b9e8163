"""What a hostile case is: a file made on the spot, and whether it is read (and as what) or refused (and why)."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

ESSAY = "Wolsey fell because he could not give the king his divorce, and not because the nobles hated him."
"""One paragraph that every readable case holds, unharmed."""


@dataclass(frozen=True, slots=True)
class Reads:
    """The file is read. ``paragraphs`` is the whole essay; ``told`` stands in one of the notes."""

    paragraphs: tuple[str, ...]
    told: str = ""


@dataclass(frozen=True, slots=True)
class Begins:
    """The file is read, and is too long to write down: how it begins, and how many words it has."""

    start: str
    words: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The file is refused, with these words in the sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """Nobody can tell what the bytes mean: something is read, and ``told`` warns of it."""

    told: str


Answer = Reads | Begins | Doubted | Refused


@dataclass(frozen=True, slots=True)
class Case:
    """One file. ``file`` is its name as handed in."""

    name: str
    file: str
    make: Callable[[], bytes]
    answer: Answer


def reads(*paragraphs: str, told: str = "") -> Reads:
    return Reads(paragraphs or (ESSAY,), told)


def packed(
    members: Iterable[tuple[str | zipfile.ZipInfo, bytes | str]],
    method: int = zipfile.ZIP_DEFLATED,
    comment: bytes = b"",
) -> bytes:
    """A zip of these members, as they come, doubles too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as container:
        container.comment = comment
        for name, content in members:
            container.writestr(name, content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a zipped document by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A zipped document with some parts exchanged or added."""
    return packed({**members(data), **changes}.items())
