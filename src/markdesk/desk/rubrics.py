"""The mark schemes to choose from: those that ship, and the teacher's own; and what the teacher keeps beside them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markdesk.core.errors import Ambiguous, NotFound, RubricInvalid
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, Status, split_tariff
from markdesk.desk.shelves import Shelf

if TYPE_CHECKING:
    from markdesk.core.official import Official, Wording
    from markdesk.desk.store import Store


@dataclass(frozen=True, slots=True)
class Listed:
    """A scheme's file as a list of all shows it, sound or not."""

    path: Path
    is_own: bool
    """Whether it is the teacher's, not one that ships."""
    rubric: Rubric | None = None
    wording: "Wording | None" = None
    """The words to show for it; None for a broken one."""
    wrong: str = ""
    """All that is wrong with the file, or with the board's wording beside it: a line each, with file, line and key."""
    is_clash: bool = False
    """Whether what is wrong is that another file has the same id: the scheme can be read, and not used."""


class RubricShelf(Shelf[Rubric]):
    """Scheme files in some folders, read when asked for. A file that is broken, or has another's id, hides no other.

    ``official`` is the folder with the boards' own wording, which is shown and never kept: see ``wording``.
    """

    def __init__(
        self,
        folders: Iterable[Path],
        read: Callable[[Path], Rubric],
        official: Path | None = None,
        read_official: "Callable[[Path, Rubric], Official] | None" = None,
    ) -> None:
        super().__init__("mark scheme", folders, read)
        self._official = official
        self._read_official = read_official

    def get(self, rubric_id: str) -> Rubric:
        """The scheme with this id; ``ID:25`` is one of no board, scaled to 25 marks.

        Raises NotFound that names the nearest, and MarkOutOfRange where the scheme doesn't take that tariff.
        """
        name, tariff = split_tariff(rubric_id)
        rubric = super().get(name)
        if tariff is None:
            return rubric
        from markdesk.core.rubric_scaling import for_tariff  # here, since most schemes are used as they are

        return for_tariff(rubric, tariff)

    def is_own(self, rubric_id: str) -> bool:
        """Whether the scheme is the teacher's, not one that ships."""
        path = self.files().get(split_tariff(rubric_id)[0])
        return path is not None and path.parent != self.folders[0]

    def all(self) -> tuple[Rubric, ...]:
        """Every scheme, in the order of its id. Raises RubricInvalid for the first that can't be used."""
        return tuple(self.get(name) for name in sorted(self.files()))

    def sound(self) -> tuple[Rubric, ...]:
        """Every scheme that can be used, for proposals: a broken file of the teacher's hides no other."""
        found: list[Rubric] = []
        for name in sorted(self.files()):
            try:
                found.append(self.get(name))
            except RubricInvalid:
                continue  # told by `rubric list` and `rubric check`
        return tuple(found)

    def named(self) -> Iterator[tuple[Path, str, str]]:
        """Each file with the id and the title that it states; a broken one has its name as its id and no title."""
        for path in self.paths():
            try:
                rubric = self._read(path)
            except RubricInvalid:
                yield path, path.stem, ""
            else:
                yield path, rubric.id, rubric.title

    def taken(self) -> dict[str, Path]:
        """Every id that a file is called by, or states, with that file."""
        found = self.files()
        for path, name, _ in self.named():
            found.setdefault(name, path)
        return found

    def listing(self) -> Iterator[Listed]:
        """Every file in turn, the shipped ones first. One that is broken, or has another's id, says so in its place."""
        from markdesk.core.official import Wording

        for folder, told in self.closed():
            yield Listed(folder, folder != self.folders[0], wrong=told)
        alike = self.alike()
        for path in self.paths():
            is_own = path.parent != self.folders[0]
            try:
                rubric = self.read(path)
            except RubricInvalid as error:
                yield Listed(path, is_own, wrong=_lines(error))
                continue
            if path.stem in alike:
                told = _lines(self.clash(path.stem, alike[path.stem]))
                yield Listed(path, is_own, rubric, Wording(), told, is_clash=True)
                continue
            try:
                yield Listed(path, is_own, rubric, self.wording(rubric))
            except RubricInvalid as error:
                yield Listed(path, is_own, rubric, Wording(), _lines(error))

    def wording(self, rubric: Rubric) -> "Wording":
        """The words to show for a scheme: the board's own where the teacher holds them.

        For screens and ``rubric show`` alone. Raises RubricInvalid where the teacher's file is wrong.
        """
        from markdesk.core.file_keys import ID  # both here, since a start of the program needs neither
        from markdesk.core.official import Wording

        name, _ = split_tariff(rubric.id)
        # The id of a scheme that a desk holds is text from outside: only a plain one may name a file.
        if self._official is None or self._read_official is None or not re.fullmatch(ID.regex, name):
            return Wording()
        path = self._official / f"{name}.toml"
        if not path.is_file():
            return Wording()
        return Wording(self._read_official(path, rubric))

    def plain_id(self, rubric_id: str) -> str:
        """The id under which a desk keeps the scheme: one for its own tariff is the scheme itself."""
        name, tariff = split_tariff(rubric_id)
        return self.get(rubric_id).id if tariff is not None and name in self.files() else rubric_id


def _lines(error: RubricInvalid) -> str:
    return f"{error.message}\n{error.hint}".strip()


def kept_versions(store: "Store") -> tuple[Rubric, ...]:
    """Every version of a scheme that an assignment or a marking on the desk was given under, by id and version."""
    hashes = {assignment.rubric_hash for assignment in store.assignments()}
    hashes |= {entry.header.rubric_hash for entry in store.entries(None) if entry.header is not None}
    return tuple(sorted(map(store.rubric, hashes), key=lambda rubric: (rubric.id, rubric.version, rubric.hash)))


def find_version(store: "Store", name: str) -> Rubric:
    """The kept version called ``id@version``, or ``id@`` and the beginning of its hash. Raises NotFound, Ambiguous."""
    rubric_id, _, version = name.partition("@")
    kept = kept_versions(store)
    fits = [
        rubric
        for rubric in kept
        if rubric.id == rubric_id
        and (
            rubric.version == version or (len(version) > 5 and rubric.hash.removeprefix("sha256:").startswith(version))
        )
    ]
    if len(fits) == 1:
        return fits[0]
    if fits:
        hashes = ", ".join(f"{rubric_id}@{rubric.hash.removeprefix('sha256:')[:12]}" for rubric in fits)
        raise Ambiguous(f"The desk has {len(fits)} that say they are {show_line(name)}.", f"Name one: {hashes}.")
    there = ", ".join(f"{rubric.id}@{rubric.version}" for rubric in kept)
    raise NotFound(f"The desk has no mark scheme {show_line(name)}.", f"It has: {there or 'none yet'}.")


def warning(rubric: Rubric) -> str:
    """What must be said whenever the scheme is used; empty for one that may be relied on."""
    if rubric.status is Status.DRAFT:
        uncertain = "unfinished, or its mark ranges are not certain"
        return f"{rubric.id} is a draft: {uncertain}. Compare it with the board's document."
    if rubric.status is Status.RETIRED:
        return f"{rubric.id} is retired: the board no longer uses it."
    return ""
