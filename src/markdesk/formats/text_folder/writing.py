"""Writing a desk's text folder: made whole beside its place, read back, and only then put there."""

import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from markdesk.core.errors import MarkdeskError, StoreRefused, StoreUnavailable
from markdesk.core.ids import ScriptId
from markdesk.core.plain import show_line
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.store import Store
from markdesk.desk.whole_desk import AT_ONCE, Mentioned, steps_of
from markdesk.formats.safe_write import make_folder, sync_folder, write_fresh
from markdesk.formats.text_folder import layout
from markdesk.formats.text_folder.finding import Found, look_over, need_folder
from markdesk.formats.text_folder.log_lines import Digests, to_line
from markdesk.formats.text_folder.pages import Pages, Progress


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what became of an earlier copy in its place."""

    folder: Path
    steps: int
    files: int
    is_over: bool = False
    """Whether an earlier copy was there."""
    new: int = 0
    changed: int = 0
    gone: int = 0
    kept: tuple[str, ...] = ()
    """What somebody else had put beside the earlier copy; it is still there."""
    left: Path | None = None
    """The earlier copy, where it could be put aside but not be taken away."""


def export_desk(
    store: Store,
    target: Path,
    stamp_sets: StampSets,
    with_sources: bool = True,
    progress: Progress = lambda done, total: None,
) -> Exported:
    """Write the whole desk as text. Raises MarkdeskError, with nothing replaced, where it can't be done.

    Only an empty folder or an earlier copy gives way; what else lies at the top of an earlier copy stays.
    """
    target = Path(os.path.abspath(target))
    earlier = _earlier(target)
    make_folder(target.parent)
    tail = f"{os.getpid()}-{os.urandom(4).hex()}"
    fresh, aside = (target.with_name(f".{target.name[:80]}.{what}-{tail}") for what in ("new", "old"))
    with _told(target), _taken_away(fresh):
        fresh.mkdir(mode=0o700)
        mentioned, files = _write(
            fresh, Pages(store, Mentioned(), stamp_sets, has_sources=with_sources, progress=progress)
        )
        compared = _compared(target, fresh, earlier) if earlier is not None else (0, 0, 0)
        _put(fresh, target, aside, earlier)
    is_over = earlier is not None and bool(earlier.ours)
    kept = earlier.foreign if earlier is not None else ()
    left = aside if os.path.lexists(aside) else None
    return Exported(target, mentioned.steps, files, is_over, *compared, kept, left)


def _earlier(target: Path) -> Found | None:
    """What is there already. Raises MarkdeskError where that may not give way."""
    if not os.path.lexists(target):
        return None
    need_folder(target)
    shown = show_line(str(target))
    found = look_over(target)
    if layout.COVER not in found.ours:
        if found.ours or found.foreign:
            raise MarkdeskError(
                f"{shown} is not empty, and no earlier copy of a desk.", "It was left as it is: name a new folder."
            )
        return found
    inside = [path for path in found.foreign if "/" in path.removesuffix("/")]
    if inside:
        raise MarkdeskError(
            f"{shown} has what is no part of a copy, and would go with it: {show_line(layout.shown_first(inside))}.",
            "Move that out of it first; what lies at the top, beside markdesk.toml, may stay.",
        )
    return found


def _write(root: Path, pages: Pages) -> tuple[Mentioned, int]:
    store, mentioned, logs = pages.store, pages.mentioned, Digests[ScriptId | None]()
    for place, step in enumerate(steps_of(store), start=1):
        mentioned.take(step)
        logs.add(mentioned.script_for(step), to_line(place, step))
    pages.logs = logs.told()
    writer = _Writer(root)
    for page in pages.all():
        writer.write(page.path, page.content)
    for source_hash, name in mentioned.sources.items() if pages.has_sources else ():
        writer.write(layout.source_name(source_hash, name), store.source(source_hash))
    for place, step in enumerate(steps_of(store, mentioned.steps), start=1):
        writer.add(pages.log_path(mentioned.script_for(step)), to_line(place, step))
    written = writer.finish()
    if store.steps_after(mentioned.steps, 1):
        raise StoreUnavailable("The desk was changed while it was copied.", "Nothing was replaced; try again.")
    if written != {pages.log_path(script_id): told for script_id, told in pages.logs.items()}:
        raise StoreRefused("The log doesn't fit what is on the desk.", "'markdesk data verify' says what is wrong.")
    return mentioned, writer.files


@dataclass
class _Writer:
    """Puts files into a new folder that nobody looks at yet."""

    root: Path
    files: int = 0
    _folders: set[str] = field(default_factory=set)
    _waiting: dict[str, list[bytes]] = field(default_factory=dict)
    _lines: int = 0
    _logs: Digests[str] = field(default_factory=Digests)

    def write(self, path: str, content: bytes) -> None:
        write_fresh(self._at(path), content)
        self.files += 1

    def _at(self, path: str) -> Path:
        if not layout.is_ours(path):
            told = f"The desk has a name that makes no file name: {show_line(path)}."
            raise MarkdeskError(told, "Nothing was written.")
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            for end in [at for at, c in enumerate(folder) if c == "/"] + [len(folder)]:
                with suppress(FileExistsError):
                    (self.root / folder[:end]).mkdir(mode=0o700)
                self._folders.add(folder[:end])
        return self.root / path

    def add(self, path: str, line: bytes) -> None:
        """A line at the end of a log; some are held back, since each is another file's."""
        self._waiting.setdefault(path, []).append(line)
        self._lines += 1
        if self._lines >= AT_ONCE:
            self._send_out()

    def _send_out(self) -> None:
        for path, lines in self._waiting.items():
            content = b"".join(lines)
            self._logs.add(path, content)
            flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(self._at(path), flags, 0o600), "ab") as file:
                file.write(content)
        self._waiting.clear()
        self._lines = 0

    def finish(self) -> dict[str, str]:
        """Read the logs back, and make everything durable. Gives each log's hash."""
        self._send_out()
        logs = self._logs.told()
        for path, told in logs.items():
            with (self.root / path).open("rb+") as file:
                os.fsync(file.fileno())
                if f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}" != told:
                    raise OSError(0, "the disk gave back something else than was written")
        self.files += len(logs)
        for folder in ("", *self._folders):
            sync_folder(self.root / folder)
        return logs


def _compared(target: Path, fresh: Path, earlier: Found) -> tuple[int, int, int]:
    """How many files are new, changed and gone."""
    before, after = set(earlier.ours), set(look_over(fresh).ours)
    both = before & after
    # An original's name is its hash.
    changed = sum(
        not path.startswith("sources/") and not filecmp.cmp(target / path, fresh / path, shallow=False) for path in both
    )
    return len(after - before), changed, len(before - after)


def _put(fresh: Path, target: Path, aside: Path, earlier: Found | None) -> None:
    """The new folder into its place, and what was somebody else's back into it."""
    if earlier is None:
        fresh.rename(target)
        sync_folder(target.parent)
        return
    target.rename(aside)
    try:
        fresh.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    for path in earlier.foreign:
        name = path.removesuffix("/")
        (aside / name).rename(target / name)
    sync_folder(target)
    sync_folder(target.parent)
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or "the disk reported an error"
        where = show_line(str(getattr(error, "filename", None) or target))
        raise MarkdeskError(f"{show_line(str(target))} can't be written: {reason} ({where}).") from error


@contextmanager
def _taken_away(fresh: Path) -> Iterator[None]:
    """What was begun and didn't come to its end is taken away."""
    try:
        yield
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
