"""A desk's text folder as it is read: every file looked at before anything is made of it."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from markdesk.core.errors import MarkdeskError, RubricInvalid
from markdesk.core.essay import Essay
from markdesk.core.history import Step
from markdesk.core.ids import EssayHash, MarkingId, RubricHash
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.core.toml_reader import Problem
from markdesk.desk.scans import MOST_CLASS_BYTES
from markdesk.desk.whole_desk import Mentioned, News
from markdesk.formats.files import MAX_CHARACTERS
from markdesk.formats.text_folder import layout
from markdesk.formats.text_folder.finding import Found, look_over, need_folder
from markdesk.formats.text_folder.log_lines import Digests, from_line, place_of
from markdesk.formats.text_folder.values import Unfit, from_plain
from markdesk.formats.toml_file import TomlFile, key_lines, line_of, read_toml

MOST_TOML = 50_000_000
"""Bytes; a marking with 20,000 annotations has about 10,000,000."""
MOST_LINE = 100_000_000
"""Bytes of one act in the log; a class list of 1,000 students has about 1,000,000."""
MOST_TEXT = 4 * MAX_CHARACTERS
OPEN_AT_ONCE = 16
"""How many logs are kept open: whoever marks goes from one essay to the next."""

PUT_BACK = "Put the file back as it was exported: a copy can't be edited, and marks change on the desk alone."


class TextFolder:
    """A folder whose files were looked at: its steps in their order, and what they speak of, by hash."""

    def __init__(self, root: Path) -> None:
        """Look at every file. Raises MarkdeskError, naming the file and where in it, for the first that is wrong."""
        need_folder(root)
        self.root = root
        found = look_over(root)
        if layout.COVER not in found.ours:
            raise MarkdeskError(
                f"{show_line(str(root))} is no copy of a desk: it has no {layout.COVER}.",
                "Give the folder that 'markdesk data export' wrote.",
            )
        self.files = frozenset(found.ours)
        self.foreign = (*found.foreign, *found.litter)
        self.markings_in: dict[str, set[MarkingId | None]] = {}
        """Of which markings each log tells; known once ``steps`` has come to its end."""
        self._open: OrderedDict[str, BinaryIO] = OrderedDict()
        self._count = self._read_cover()
        self._texts = self._find_texts(found)
        self._schemes = self._find_schemes(found)
        self._sources = self._find_sources(found)
        self._digests = Digests[str]()
        self._lines = self._find_lines(found)
        self._read_through()
        self._check_logs()

    # -- what a desk is made of again

    def steps(self) -> Generator[Step]:
        """Every act, in the order in which they were done."""
        try:
            for number, (_, path, offset) in enumerate(self._lines, start=1):
                file = self._file(path)
                file.seek(offset)
                line = file.readline(MOST_LINE)
                try:
                    step = from_line(line)
                except Unfit as error:
                    raise self._unfit_line(path, number, error.path, error.message) from None
                self.markings_in.setdefault(path, set()).add(step.marking_id)
                yield step
        finally:
            while self._open:
                self._open.popitem()[1].close()

    def essay(self, essay_hash: EssayHash) -> Essay:
        """A text that the log speaks of."""
        essay = Essay(self.content(self._texts[essay_hash], MOST_TEXT).decode())
        if essay.hash != essay_hash:
            raise self.refusal(self._texts[essay_hash], "was changed while it was read")
        return essay

    def rubric(self, rubric_hash: RubricHash) -> Rubric:
        """A version of a mark scheme that the log speaks of."""
        return self._scheme(self._schemes[rubric_hash])

    def source(self, source_hash: str) -> bytes:
        """An original file that the log speaks of."""
        path = self._sources[source_hash]
        content = self.content(path, MOST_CLASS_BYTES)
        if hashlib.sha256(content).hexdigest() != source_hash.removeprefix("sha256:"):
            raise self.refusal(path, "was changed while it was read")
        return content

    # -- its files

    def content(self, path: str, most: int) -> bytes:
        """A file's bytes. Raises MarkdeskError for one that is larger than any of its kind."""
        try:
            with (self.root / path).open("rb") as file:
                content = file.read(most + 1)
        except OSError as error:
            raise self.refusal(path, f"can't be read: {error.strerror}") from error
        if len(content) > most:
            raise self.refusal(path, f"is larger than {most:,} bytes; no file of its kind is")
        return content

    def toml(self, path: str) -> TomlFile:
        """A TOML file. Raises MarkdeskError with the line that isn't TOML."""
        try:
            return read_toml(self.root / path, MOST_TOML, "file of a desk's copy")
        except RubricInvalid as error:
            raise MarkdeskError(f"{show_line(path)}: {error.message}", PUT_BACK) from error

    def refusal(self, path: str, told: str, hint: str = PUT_BACK) -> MarkdeskError:
        """That a file is wrong."""
        return MarkdeskError(f"{show_line(path)} {told}.", hint)

    def refusal_in(self, path: str, file: TomlFile, problem: Problem) -> MarkdeskError:
        """That a key of a TOML file is wrong, with its line."""
        line = line_of(key_lines(file.text), problem)
        key = f"{show_line(problem.key)} " if problem.path else ""
        return MarkdeskError(f"{show_line(path)}:{line}: {key}{show_line(problem.message)}.", PUT_BACK)

    def _file(self, path: str) -> BinaryIO:
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        if len(self._open) >= OPEN_AT_ONCE:
            self._open.popitem(last=False)[1].close()
        try:
            file = self._open[path] = (self.root / path).open("rb")
        except OSError as error:
            raise self.refusal(path, f"can't be read: {error.strerror}") from error
        return file

    # -- looking at it

    def _read_cover(self) -> int:
        """How many acts the log has."""
        file = self.toml(layout.COVER)
        if file.data.get("format") != layout.FORMAT:
            told = f"'{file.data.get('format')!s:.60}', and this markdesk reads {layout.FORMAT}"
            raise self.refusal_in(layout.COVER, file, Problem(("format",), f"is {told}"))
        with self._placed(layout.COVER, file):
            count = from_plain(int, file.data.get("steps"), ("steps",))
            has_sources = from_plain(bool, file.data.get("sources"), ("sources",))
        if not has_sources:
            raise MarkdeskError(
                "This copy was written without the original files, so that it can't become the same desk again.",
                "Export the desk without --no-sources, and import that.",
            )
        assert isinstance(count, int)
        return count

    @contextmanager
    def _placed(self, path: str, file: TomlFile) -> Iterator[None]:
        try:
            yield
        except Unfit as error:
            raise self.refusal_in(path, file, Problem(error.path, error.message)) from None

    def _find_texts(self, found: Found) -> dict[EssayHash, str]:
        """Where each text is. Its hash stands beside it in ``script.toml``; an earlier text has it as its name."""
        texts: dict[EssayHash, str] = {}
        for path in found.ours:
            folder, _, name = path.rpartition("/")
            if folder == "earlier-texts":
                self._take_text(texts, path, f"sha256:{name.removesuffix('.txt')}", "its name")
            elif name == "script.toml":
                file = self.toml(path)
                listed: Any = file.data.get("text", [])
                for at, one in enumerate(listed if isinstance(listed, list) else ()):
                    with self._placed(path, file):
                        name, said = (_text_at(one, key, at) for key in ("file", "hash"))
                    self._take_text(texts, f"{folder}/{name}", said, path)
        return texts

    def _take_text(self, texts: dict[EssayHash, str], path: str, said: str, by: str) -> None:
        if path not in self.files or not path.endswith(".txt"):
            raise self.refusal(path, f"is missing; {by} names it")
        content = self.content(path, MOST_TEXT)
        if "sha256:" + hashlib.sha256(content).hexdigest() != said:
            raise self.refusal(path, f"is not the text that was exported: its hash is another than {by} says")
        try:
            content.decode()
        except UnicodeDecodeError:
            raise self.refusal(path, "is not UTF-8 text") from None
        texts.setdefault(EssayHash(said), path)

    def _find_schemes(self, found: Found) -> dict[RubricHash, str]:
        schemes: dict[RubricHash, str] = {}
        for path in found.ours:
            if path.startswith("mark-schemes/"):
                schemes[self._scheme(path).hash] = path
        return schemes

    def _scheme(self, path: str) -> Rubric:
        file = self.toml(path)
        with self._placed(path, file):
            rubric: Rubric = from_plain(Rubric, file.data.get("mark_scheme"), ("mark_scheme",))
        if rubric.hash != file.data.get("hash"):
            told = "is not the hash of this mark scheme: one of the two was changed"
            raise self.refusal_in(path, file, Problem(("hash",), told))
        return rubric

    def _find_sources(self, found: Found) -> dict[str, str]:
        sources: dict[str, str] = {}
        for path in found.ours:
            if path.startswith("sources/"):
                said = path.removeprefix("sources/").partition(".")[0]
                try:
                    with (self.root / path).open("rb") as file:
                        if os.fstat(file.fileno()).st_size > MOST_CLASS_BYTES:
                            raise self.refusal(path, f"is larger than {MOST_CLASS_BYTES:,} bytes; no original is")
                        is_it = hashlib.file_digest(file, "sha256").hexdigest() == said
                except OSError as error:
                    raise self.refusal(path, f"can't be read: {error.strerror}") from error
                if not is_it:
                    raise self.refusal(path, "is not the file that was exported: its hash is another than its name")
                sources[f"sha256:{said}"] = path
        return sources

    def _find_lines(self, found: Found) -> list[tuple[int, str, int]]:
        """Every act's place in the log, and the file and the byte where it stands, in order."""
        lines: list[tuple[int, str, int]] = []
        for path in found.ours:
            if path.endswith(layout.LOG):
                lines += self._lines_in(path)
        lines.sort()
        for expected, (place, path, _) in enumerate(lines, start=1):
            if place != expected:
                told = f"holds act {place} a second time" if place < expected else f"comes to act {place}"
                raise self.refusal(path, f"{told}, where act {expected} is missing" if place > expected else told)
        if len(lines) != self._count:
            told = f"{layout.COVER} says that the log has {self._count} acts; {len(lines)} were found."
            raise MarkdeskError(told, "A log is missing, or was cut off.")
        return lines

    def _lines_in(self, path: str) -> Iterator[tuple[int, str, int]]:
        offset = 0
        try:
            with (self.root / path).open("rb") as file:
                while line := file.readline(MOST_LINE):
                    place = place_of(line)
                    if place is None or not line.endswith(b"\n"):
                        raise self.refusal(path, f"has what is no whole act, {offset:,} bytes from its beginning")
                    self._digests.add(path, line)
                    yield place, path, offset
                    offset += len(line)
        except OSError as error:
            raise self.refusal(path, f"can't be read: {error.strerror}") from error

    def _read_through(self) -> None:
        """Read every act, and see that all that it speaks of is there."""
        mentioned = Mentioned()
        with closing(self.steps()) as steps:
            for number, step in enumerate(steps, start=1):
                missing = self._missing(mentioned.take(step))
                if missing:
                    raise self._unfit_line(self._lines[number - 1][1], number, (), f"speaks of {missing}")

    def _check_logs(self) -> None:
        """See that each log is the one whose hash stands beside it."""
        found = self._digests.told()
        for path in sorted(self.files):
            folder, _, name = path.rpartition("/")
            if name in (layout.COVER, "script.toml"):
                log = f"{folder}/{layout.LOG}" if folder else layout.LOG
                said = self.toml(path).data.get("log")
                if said is not None and log not in found:
                    raise self.refusal(log, f"is missing; {path} names it")
                if said != found.get(log):
                    raise self.refusal(log, f"is not the log that was exported: its hash is another than {path} says")

    def logs(self) -> dict[str, str]:
        """The hash of each log, by its path."""
        return self._digests.told()

    def _missing(self, news: News) -> str:
        for hashes, there, what in (
            (news.texts, self._texts, "an essay"),
            (news.rubrics, self._schemes, "a mark scheme"),
            (news.sources, self._sources, "a file"),
        ):
            for one in hashes:
                if one not in there:
                    return f"{what} that is missing: {one[:19]}…"
        return ""

    def _unfit_line(self, path: str, number: int, at: tuple[str | int, ...], told: str) -> MarkdeskError:
        key = Problem(at, "").key
        return self.refusal(path, f"act {number}: {show_line(key)}{' ' if key else ''}{show_line(told)}")


def _text_at(table: Any, key: str, at: int) -> str:
    if not isinstance(table, dict):
        raise Unfit(("text", at), "must be a table")
    return str(from_plain(str, table.get(key), ("text", at, key)))
