"""Zips of essays, read member by member in memory: nothing is ever unpacked to a disk, and no name in one is a path.

A zip says of itself how much is in it. Whatever it says is checked before a byte is unpacked, and counted again on
what really comes out.
"""

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO

from markdesk.core.errors import EssayUnreadable
from markdesk.core.plain import show_line
from markdesk.desk.handed_in import Turned
from markdesk.formats.downloads.members import PEEK, Member, litter
from markdesk.formats.files import MAX_FILE_BYTES, decode
from markdesk.formats.packed import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, SMALL

_LONGEST_NAME = 1_000
MAX_LISTING = MAX_MEMBERS * (46 + _LONGEST_NAME)
"""Bytes of the list at a zip's end, which the library reads whole, however long it is."""
_CHUNK = 64 * 1024
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, NotImplementedError, RuntimeError, struct.error,
    OSError,
)  # fmt: skip
"""What the zip reader is known to raise on damaged files."""
_AGAIN = "Download it again; or unpack it on your computer and import the folder."
_SMALLER = "Unpack it on your computer and import the folder, or import the essays in smaller lots."
_UTF8 = 0x800
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a member lies: in the zip itself, or in a zip that is a member of it."""

    info: zipfile.ZipInfo
    inside: zipfile.ZipInfo | None = None


@dataclass
class EssayZip:
    """An open zip whose list was found harmless. Close it, or use it in a ``with``."""

    file_name: str
    _zip: zipfile.ZipFile
    _file: IO[bytes]
    members: tuple[Member, ...] = ()
    turned: tuple[Turned, ...] = ()
    """Members that can't be read, with the reason and the way out."""
    notes: tuple[str, ...] = ()
    _held: dict[str, _Held] = field(default_factory=dict)
    _came_out: dict[str, int] = field(default_factory=dict)
    """Bytes that really came out of each member; what is read twice counts once."""
    _inner: tuple[zipfile.ZipInfo, zipfile.ZipFile] | None = None
    """The zip within that was read last; only one is kept, since each may be as large as an essay may be."""

    def __enter__(self) -> "EssayZip":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._inner = None
        self._zip.close()
        self._file.close()

    def read(self, member: Member) -> bytes:
        """A member's bytes. Raises EssayUnreadable where it is damaged or more comes out of it than may."""
        return b"".join(self._stream(member.path, MAX_FILE_BYTES))

    def peek(self, path: str) -> str:
        """The beginning of a member as text. Raises EssayUnreadable as ``read`` does."""
        data = b""
        for chunk in self._stream(path, MAX_FILE_BYTES):
            data += chunk
            if len(data) >= PEEK:
                break
        return decode(data[:PEEK], whole=False).text

    def _stream(self, path: str, most: int) -> Iterator[bytes]:
        held = self._held.get(path)
        if held is None:
            raise EssayUnreadable(f"{show_line(path)} isn't in {show_line(self.file_name)}.")
        try:
            container = self._zip if held.inside is None else self._opened(held.inside)
            yield from self._counted(container, held.info, path, most)
        except _DAMAGE as error:
            raise EssayUnreadable(f"{show_line(path)} is damaged in the zip and can't be read.", _AGAIN) from error

    def _counted(self, container: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, most: int) -> Iterator[bytes]:
        size = 0
        with container.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._came_out[path] = max(self._came_out.get(path, 0), size)
                if size > most:
                    raise EssayUnreadable(_too_large(path, size), "Ask for the file again, saved as a new .docx.")
                if sum(self._came_out.values()) > MAX_UNPACKED:
                    raise EssayUnreadable(_unpacks_to(self.file_name, MAX_UNPACKED, "more than "), _SMALLER)
                yield chunk

    def _opened(self, info: zipfile.ZipInfo) -> zipfile.ZipFile:
        if self._inner is None or self._inner[0] is not info:
            self._inner = info, zipfile.ZipFile(io.BytesIO(self.packed(info)))
        return self._inner[1]

    def packed(self, info: zipfile.ZipInfo) -> bytes:
        """A zip that is a member of this one, as it lies in it."""
        return b"".join(self._counted(self._zip, info, f"{info.header_offset}:{info.filename}", MAX_FILE_BYTES))


def open_zip(source: Path | bytes, file_name: str) -> EssayZip:
    """A zip with its members, once its list was found harmless. Raises EssayUnreadable, with the way out, where not."""
    told = show_line(file_name)
    try:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    except OSError as error:
        raise EssayUnreadable(
            f"{told} can't be opened: {error.strerror}.", "See where it is, and try again."
        ) from error
    try:
        container = _listed(stream, told)
        infos = _harmless(container, _size(stream), told)
        return _Gatherer(EssayZip(file_name, container, stream), _sum(infos), len(infos)).gather(infos)
    except BaseException as error:
        stream.close()
        if isinstance(error, _DAMAGE):
            raise EssayUnreadable(f"{told} is damaged and can't be read as a zip.", _AGAIN) from error
        raise


def _listed(stream: IO[bytes], told: str) -> zipfile.ZipFile:
    """The zip, opened only where its list is short enough: the library makes an object of each entry at once."""
    if _size(stream) == 0:
        raise EssayUnreadable(f"{told} is empty.", "Download it again.")
    count, length = _announced(stream)
    if count > MAX_MEMBERS:
        raise _too_many(told, count)
    if length > MAX_LISTING:
        raise EssayUnreadable(f"{told} lists more than a zip of essays does.", _SMALLER)
    stream.seek(0)
    return zipfile.ZipFile(stream)


def _announced(stream: IO[bytes]) -> tuple[int, int]:
    """How many entries the end of the zip announces, and how long their list is; the larger where two places differ."""
    size = _size(stream)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("no end")
    count, length = struct.unpack("<H", tail[at + 10 : at + 12])[0], struct.unpack("<I", tail[at + 12 : at + 16])[0]
    big = tail.rfind(b"PK\x06\x06", 0, at)
    if big >= 0 and at - big >= 56 and b"PK\x06\x07" in tail[big:at]:
        count, length = struct.unpack("<QQ", tail[big + 32 : big + 48])
    return count, length


def _size(stream: IO[bytes]) -> int:
    return stream.seek(0, os.SEEK_END)


def _sum(infos: Sequence[zipfile.ZipInfo]) -> int:
    return sum(info.file_size for info in infos)


def _harmless(container: zipfile.ZipFile, packed: int, told: str) -> list[zipfile.ZipInfo]:
    """The files in a zip. Raises EssayUnreadable for too many, for too much, and for entries that share their bytes."""
    infos = [info for info in container.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise _too_many(told, len(infos))
    unpacked = _sum(infos)
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > packed * MAX_RATIO):
        raise EssayUnreadable(_unpacks_to(told, unpacked), _SMALLER)
    end = container.start_dir
    for info in sorted(container.infolist(), key=lambda info: -info.header_offset):
        if info.header_offset + 30 + len(info.orig_filename) + info.compress_size > end:
            raise EssayUnreadable(f"{told} has entries that lie over each other; no school system writes that.", _AGAIN)
        end = info.header_offset
    if infos and all(info.flag_bits & _ENCRYPTED for info in infos):
        raise EssayUnreadable(
            f"{told} is protected by a password.",
            "Unpack it on your computer with the password, and import the folder.",
        )
    return infos


@dataclass
class _Gatherer:
    """Goes through the files of a zip and of the zips in it, and sorts out what can't be read."""

    made: EssayZip
    unpacked: int
    count: int
    members: list[Member] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    unsaid: int = 0
    outside: int = 0

    def gather(self, infos: Sequence[zipfile.ZipInfo]) -> EssayZip:
        """The zip with everything that it holds."""
        for info in infos:
            label = self._label(info)
            if self._can_be_read(label, info):
                is_zip = label.lower().endswith(".zip") and not litter(Member(label, 0))
                if is_zip:
                    self._within(label, info)
                else:
                    self._add(label, _Held(info))
        if not self.members and not self.turned:
            raise EssayUnreadable(f"{show_line(self.made.file_name)} has no files in it.", "Download it again.")
        self.made.members, self.made.turned = tuple(self.members), tuple(self.turned)
        self.made.notes = tuple(self._notes())
        return self.made

    def _add(self, label: str, held: _Held) -> None:
        self.labels.append(label)
        # Two members of one name are two files: the second is told apart, before its ending.
        path, n = label, 1
        while path in self.made._held:
            n += 1
            pure = PurePosixPath(label)
            path = str(pure.with_name(f"{pure.stem} ({n}){pure.suffix}"))
        self.made._held[path] = held
        self.members.append(Member(path, held.info.file_size))

    def _within(self, label: str, info: zipfile.ZipInfo) -> None:
        """The members of a zip in the zip; a zip in that one is turned away."""
        told = show_line(label)
        try:
            inner = _listed(io.BytesIO(self.made.packed(info)), told)
            infos = _harmless(inner, info.file_size, told)
        except EssayUnreadable as error:
            self.turned.append(Turned(label, str(error)))
            return
        except _DAMAGE:
            self.turned.append(Turned(label, f"{told} is damaged and can't be read as a zip. {_AGAIN}"))
            return
        unpacked, count = self.unpacked + _sum(infos), self.count + len(infos)
        if count > MAX_MEMBERS or unpacked > MAX_UNPACKED:
            self.turned.append(Turned(label, f"With {told} the whole is too large. {_SMALLER}"))
            return
        self.unpacked, self.count = unpacked, count
        for each in infos:
            name = f"{label}/{self._label(each)}"
            if not self._can_be_read(name, each):
                continue
            if name.lower().endswith(".zip"):
                self.turned.append(
                    Turned(name, f"{show_line(name)} is a zip in a zip in a zip. Unpack it on your computer.")
                )
            else:
                self._add(name, _Held(each, info))

    def _can_be_read(self, label: str, info: zipfile.ZipInfo) -> bool:
        mode = info.external_attr >> 16
        told, reason = show_line(label), ""
        if info.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            reason = f"{told} is a link or a device, not a file. Ask for the file itself."
        elif info.flag_bits & _ENCRYPTED:
            reason = f"{told} is protected by a password. Unpack the zip with the password, and import the folder."
        elif info.compress_type not in _METHODS:
            reason = f"{told} is packed in a way that markdesk doesn't read. Unpack the zip, and import the folder."
        elif info.file_size > MAX_FILE_BYTES:
            reason = _too_large(label, info.file_size)
        if reason:
            self.turned.append(Turned(label, reason))
        return not reason

    def _label(self, info: zipfile.ZipInfo) -> str:
        """The member's name as it may be shown and sorted by, with ``/`` and nothing that leads anywhere."""
        name = info.filename
        if not info.flag_bits & _UTF8 and not name.isascii():
            self.unsaid += 1
            name = _mended(name)
        parts = name.replace("\\", "/").split("/")
        safe = [part for part in parts if part not in ("", ".", "..") and not _is_drive(part)]
        self.outside += ".." in parts or parts[0] == "" or _is_drive(parts[0])
        return "/".join(safe) or "without a name"

    def _notes(self) -> Iterator[str]:
        folded = Counter(unicodedata.normalize("NFC", label).casefold() for label in self.labels)
        twice = sum(count > 1 for count in folded.values())
        if twice:
            told = "1 name stands" if twice == 1 else f"{twice} names stand"
            yield f"{told} more than once in the zip, but for capitals perhaps; each file is listed."
        if self.outside:
            told = "1 file has" if self.outside == 1 else f"{self.outside} files have"
            yield f"{told} a name that leads out of the zip; it is only a label here."
        if self.unsaid:
            told = "The letters of 1 name" if self.unsaid == 1 else f"The letters of {self.unsaid} names"
            yield f"{told} had to be guessed; look at the accents."


def _mended(name: str) -> str:
    """A name that was written in UTF-8 without saying so, and read as the letters of old PCs: ``├⌐`` is ``é``."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _is_drive(part: str) -> bool:
    return len(part) == 2 and part[0].isascii() and part[0].isalpha() and part[1] == ":"


def _too_many(told: str, count: int) -> EssayUnreadable:
    return EssayUnreadable(f"{told} holds {count:,} files; the most that markdesk takes is {MAX_MEMBERS:,}.", _SMALLER)


def _too_large(told: str, size: int) -> str:
    return f"{show_line(told)} unpacks to {size / 1e6:,.0f} MB; an essay has at most {MAX_FILE_BYTES / 1e6:,.0f} MB."


def _unpacks_to(told: str, size: int, more: str = "") -> str:
    return f"{show_line(told)} unpacks to {more}{size / 1e6:,.0f} MB; that is no zip of essays."
