"""Files of one kind that travel with the program, and the teacher's own of that kind, by id."""

from collections.abc import Callable, Iterable
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
    """The ``.toml`` files in some folders, read when asked for. Two files with one id are refused."""

    def __init__(self, what: str, folders: Iterable[Path], read: Callable[[Path], T]) -> None:
        self.what = what
        self.folders = tuple(folders)
        self._read = read

    def files(self) -> dict[str, Path]:
        """The files by id, which is their name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
                if path.stem in found:
                    raise RubricInvalid(
                        f"Two {self.what}s are called '{path.stem}': {found[path.stem]} and {path}.",
                        "Give your own another id and file name.",
                    )
                found[path.stem] = path
        return found

    def get(self, wanted: str) -> T:
        """The one with this id. Raises NotFound that names the nearest."""
        files = self.files()
        if wanted not in files:
            near = get_close_matches(wanted, files, 1, 0.4)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(files) or 'none'}."
            raise NotFound(f"No {self.what} is called '{show_line(wanted)}'.", hint)
        return self.read(files[wanted])

    def read(self, path: Path) -> T:
        """The one in a file of the shelf. Raises RubricInvalid where its id isn't the file's name."""
        found = self._read(path)
        if found.id != path.stem:
            raise RubricInvalid(f"{path.name}: its id is '{found.id}'.", "The file's name must be the id and '.toml'.")
        return found
