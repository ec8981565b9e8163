"""Finding the boundaries that a department entered for one series and option. There are no others."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markdesk.core.boundaries import Boundaries, Level
from markdesk.core.errors import Ambiguous, MarkdeskError, NotFound
from markdesk.core.plain import show_line


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which boundaries. ``component`` is empty for the whole subject."""

    board: str
    spec: str
    series: str
    option: str
    component: str
    max: int
    """What the total that is to be graded is out of."""

    @property
    def level(self) -> Level:
        return Level.NOTIONAL_COMPONENT if self.component else Level.SUBJECT


class BoundaryFiles:
    """The teacher's folder of boundaries. ``template`` is the empty file to copy."""

    def __init__(self, folder: Path, template: Path, read: Callable[[Path], tuple[Boundaries, ...]]) -> None:
        self.folder = folder
        self.template = template
        self._read = read

    def find(self, wanted: Wanted) -> Boundaries:
        """The set that was asked for. Raises NotFound that says which there are, and Ambiguous where two files have it.

        Raises MarkdeskError where it is of another maximum than the marks that are to be graded.
        """
        sets = [(path, found) for path in self._files() for found in self._read(path)]
        of_spec = [(path, b) for path, b in sets if (b.board, b.spec) == (wanted.board, wanted.spec)]
        fits = [
            (path, b)
            for path, b in of_spec
            if (b.series, b.option, b.level, b.component)
            == (wanted.series, wanted.option, wanted.level, wanted.component)
        ]
        if not fits:
            raise self._not_found(wanted, [b for _, b in of_spec])
        if len(fits) > 1:
            files = " and ".join(str(path) for path, _ in fits)
            raise Ambiguous(f"The boundaries of {fits[0][1].name} stand in two files: {files}.", "Keep one of them.")
        path, found = fits[0]
        if found.max != wanted.max:
            raise MarkdeskError(
                f"{path.name}: the boundaries of {found.name} are out of {found.max}, and these marks are out of"
                f" {wanted.max}.",
                "A grade can't be told from boundaries of another total.",
            )
        return found

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.toml")) if self.folder.is_dir() else []

    def _not_found(self, wanted: Wanted, others: list[Boundaries]) -> NotFound:
        what = f"component {show_line(wanted.component)}" if wanted.component else "the whole subject"
        asked = f"{show_line(wanted.series)}, {show_line(wanted.option)}, {what}"
        there = "; ".join(b.name for b in others[:8])
        return NotFound(
            f"No boundaries are entered for {wanted.board} {wanted.spec}, {asked}.",
            (f"Entered are: {there}. " if there else "")
            + f"markdesk has none of its own: copy {self.template} into {self.folder} and fill it in from the board's"
            " published document.",
        )
