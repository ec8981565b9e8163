"""What a folder of the computer holds, as an import shows it; the port that looks into it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from markdesk.desk.handed_in import Gathered, Listing


class PlaceKind(StrEnum):
    """What can be chosen for an import."""

    FOLDER = "folder"
    DOWNLOAD = "download"
    """A zip archive."""
    ESSAY = "essay"
    OTHER = "other"
    """A file that no importer reads."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What lies in a folder itself that can be taken in, and not in those within it."""

    essays: int = 0
    downloads: int = 0

    @classmethod
    def of(cls, kinds: Iterable[PlaceKind]) -> "Holds":
        """Counted, in the one way there is."""
        found = Counter(kinds)
        return cls(found[PlaceKind.ESSAY], found[PlaceKind.DOWNLOAD])

    @property
    def all(self) -> int:
        return self.essays + self.downloads


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a folder."""

    name: str
    path: str
    kind: PlaceKind
    changed_on: str = ""
    """The day, ISO; empty where it can't be told."""
    size: int = 0
    """Bytes; of a folder 0."""
    holds: Holds | None = None
    """What lies in a folder; None where there is too much to count."""
    is_closed: bool = False
    """Whether a folder, or a file, can't be looked at."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder and what lies in it: folders first, then downloads and essays, the newest on top, then the rest."""

    path: str
    parent: str
    """The folder that it lies in; its own path at the top."""
    places: tuple[Place, ...] = ()
    told: str = ""
    """Why it can't be looked into; empty where it can."""

    @property
    def holds(self) -> Holds:
        return Holds.of(place.kind for place in self.places)


class EssaySource(Protocol):
    """The file system, as far as an import looks at it. None of it writes."""

    def start(self) -> str:
        """The folder to begin in: the one for downloads where there is one."""
        ...

    def folder(self, path: str) -> Folder:
        """What lies in a folder; never raises."""
        ...

    def look(self, paths: Iterable[str]) -> Listing:
        """The files at these places that may be essays."""
        ...

    def read_all(
        self, listing: Listing, progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]
    ) -> Gathered:
        """The essays in them. Raises MarkdeskError where it was cancelled."""
        ...
