"""The mark schemes to choose from: those that ship, and the teacher's own."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path

from markdesk.core.errors import NotFound, RubricInvalid
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, Status


class RubricShelf:
    """Scheme files in some folders, read when asked for. Two files with one id are refused."""

    def __init__(self, folders: Iterable[Path], read: Callable[[Path], Rubric]) -> None:
        self.folders = tuple(folders)
        self._read = read

    def files(self) -> dict[str, Path]:
        """The files by id: a scheme's file carries its id as its name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
                if path.stem in found:
                    raise RubricInvalid(
                        f"Two mark schemes are called '{path.stem}': {found[path.stem]} and {path}.",
                        "Give your own another id and file name.",
                    )
                found[path.stem] = path
        return found

    def get(self, rubric_id: str) -> Rubric:
        """The scheme with this id. Raises NotFound that names the nearest."""
        files = self.files()
        if rubric_id not in files:
            near = get_close_matches(rubric_id, files, 1, 0.4)
            hint = f"Did you mean '{near[0]}'?" if near else "The schemes are: " + ", ".join(files) + "."
            raise NotFound(f"No mark scheme is called '{show_line(rubric_id)}'.", hint)
        return self._checked(files[rubric_id])

    def all(self) -> tuple[Rubric, ...]:
        """Every scheme, in the order of its id."""
        return tuple(self._checked(path) for _, path in sorted(self.files().items()))

    def _checked(self, path: Path) -> Rubric:
        rubric = self._read(path)
        if rubric.id != path.stem:
            raise RubricInvalid(f"{path.name}: its id is '{rubric.id}'.", "The file's name must be the id and '.toml'.")
        return rubric


def warning(rubric: Rubric) -> str:
    """What must be said whenever the scheme is used; empty for one that may be relied on."""
    if rubric.status is Status.DRAFT:
        return f"{rubric.id} is a draft: its mark ranges are not certain. Compare it with the board's document."
    if rubric.status is Status.RETIRED:
        return f"{rubric.id} is retired: the board no longer uses it."
    return ""
