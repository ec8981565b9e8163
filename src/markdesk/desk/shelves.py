"""Files of one kind that travel with the program, and the teacher's own of that kind, by id."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from markdesk.core.errors import NotFound, RubricInvalid
from markdesk.core.plain import show_line


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


class Shelf(Generic[T]):
    """The ``.toml`` files in some folders, read when asked for.

    Where two files are called by one id, neither is taken for the other: that id is refused when it is used, and
    everything else on the shelf goes on.
    """

    def __init__(self, what: str, folders: Iterable[Path], read: Callable[[Path], T]) -> None:
        self.what = what
        self.folders = tuple(folders)
        self._read = read

    def paths(self) -> list[Path]:
        """Every file, folder by folder, in the order of the names. A folder that can't be read has none: ``closed``."""
        found: list[Path] = []
        for folder in self.folders:
            with suppress(OSError):
                found += _files_in(folder)
        return found

    def closed(self) -> Iterator[tuple[Path, str]]:
        """The folders that are there and can't be read, each with what to say of it."""
        for folder in self.folders:
            try:
                _files_in(folder)
            except OSError as error:
                yield folder, f"The folder {show_line(str(folder))} can't be read: {error.strerror or 'unknown why'}."

    def files(self) -> dict[str, Path]:
        """The files by id, which is their name; of several with one id the first (``alike`` has them all)."""
        return {name: paths[0] for name, paths in self._named().items()}

    def alike(self) -> dict[str, tuple[Path, ...]]:
        """The ids by which several files are called, each with all of its files."""
        return {name: paths for name, paths in self._named().items() if len(paths) > 1}

    def _named(self) -> dict[str, tuple[Path, ...]]:
        found: dict[str, tuple[Path, ...]] = {}
        for path in self.paths():
            found[path.stem] = (*found.get(path.stem, ()), path)
        return found

    def get(self, wanted: str) -> T:
        """The one with this id. Raises NotFound that names the nearest, RubricInvalid where two files have the id."""
        found = self._named()
        if wanted not in found:
            near = get_close_matches(wanted, found, 1, 0.4)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(found) or 'none'}."
            closed = " ".join(told for _, told in self.closed())
            raise NotFound(f"No {self.what} is called '{show_line(wanted)}'.", closed or hint)
        if len(found[wanted]) > 1:
            raise self.clash(wanted, found[wanted])
        return self.read(found[wanted][0])

    def clash(self, name: str, paths: Iterable[Path]) -> RubricInvalid:
        """What is said of files with one id: which they are, and what to do."""
        named = " and ".join(show_line(str(path)) for path in paths)
        return RubricInvalid(
            f"Two {self.what}s are called '{show_line(name)}': {named}.",
            "Neither is used until your own has another id, and its file the same name.",
        )

    def read(self, path: Path) -> T:
        """The one in a file of the shelf. Raises RubricInvalid where its id isn't the file's name."""
        found = self._read(path)
        if found.id == path.stem:
            return found
        name, stated = show_line(path.name), show_line(found.id)
        other = self.files().get(found.id)
        if other is not None:
            raise RubricInvalid(
                f"{name}: its id is '{stated}', which is that of {show_line(str(other))}.",
                f"Give {show_line(str(path))} an id of its own, and the file the same name.",
            )
        raise RubricInvalid(f"{name}: its id is '{stated}'.", "The file's name must be the id and '.toml'.")


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder; none where there is no such folder. Raises OSError where it can't be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return []
