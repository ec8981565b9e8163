"""Zips of essays: what is in them is read in memory, within limits; whatever a hostile one does is refused by name."""

import io
import os
import random
import socket
import stat
import struct
import subprocess
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from markdesk.core.errors import EssayUnreadable
from markdesk.formats import zips
from markdesk.formats.downloads.detect import understand
from markdesk.formats.downloads.members import Member, Use
from markdesk.formats.packed import MAX_MEMBERS
from markdesk.formats.zips import EssayZip, open_zip

ESSAY = b"Henry VII was secure by 1499. " * 30


def made(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as container:
        for name, data in members:
            container.writestr(name, data)
    return packed.getvalue()


def labels(zipped: EssayZip) -> list[str]:
    return [member.path for member in zipped.members]


def refused(data: bytes | Path) -> str:
    with pytest.raises(EssayUnreadable) as caught:
        open_zip(data, "pile.zip")
    assert caught.value.hint
    return caught.value.message


def test_members_are_listed_and_read_from_a_file_and_from_bytes(tmp_path: Path) -> None:
    data = made(("13H/", b""), ("13H/Okafor Amara.txt", ESSAY), ("13H/Lee Ben.txt", b"Short."))
    (tmp_path / "pile.zip").write_bytes(data)
    for source in (data, tmp_path / "pile.zip"):
        with open_zip(source, "pile.zip") as zipped:
            assert zipped.members == (Member("13H/Okafor Amara.txt", len(ESSAY)), Member("13H/Lee Ben.txt", 6))
            assert zipped.turned == ()
            assert zipped.notes == ()
            assert zipped.read(zipped.members[0]) == ESSAY
            assert zipped.peek("13H/Lee Ben.txt") == "Short."
            assert understand(zipped.members, zipped.peek).members[0].use is Use.ESSAY
    assert [path.name for path in tmp_path.iterdir()] == ["pile.zip"]


def test_a_member_that_is_not_there_is_refused() -> None:
    with open_zip(made(("a.txt", b"A")), "pile.zip") as zipped, pytest.raises(EssayUnreadable, match="isn't in"):
        zipped.read(Member("../a.txt", 1))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../evil.txt", "evil.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\evil.txt", "evil.txt"),
        ("C:\\Windows\\evil.txt", "Windows/evil.txt"),
        ("a/../../b/./c.txt", "a/b/c.txt"),
    ],
)
def test_a_name_is_a_label_and_leads_nowhere(
    name: str, label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_zip(made((name, ESSAY)), "pile.zip") as zipped:
        assert labels(zipped) == [label]
        assert "leads out of the zip; it is only a label" in zipped.notes[0]
        assert zipped.read(zipped.members[0]) == ESSAY
    assert list(tmp_path.iterdir()) == []


def test_a_name_of_nothing_but_dots_has_a_label() -> None:
    with open_zip(made(("..", ESSAY)), "pile.zip") as zipped:
        assert labels(zipped) == ["without a name"]


def _special(kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("Okafor Amara.txt")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_turned_away(kind: int) -> None:
    with open_zip(made((_special(kind), b"/etc/passwd"), ("b.txt", b"B")), "pile.zip") as zipped:
        assert labels(zipped) == ["b.txt"]
        (turned,) = zipped.turned
        assert turned.path == "Okafor Amara.txt"
        assert "link or a device" in turned.reason


def test_names_that_differ_in_capitals_and_letters_are_told() -> None:
    nfd = unicodedata.normalize("NFD", "Zoë.txt")
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = made(
            ("Dup.txt", b"1"), ("dup.txt", b"2"), ("Zoë.txt", b"3"), (nfd, b"4"), ("a.txt", b"5"), ("a.txt", b"6")
        )
    with open_zip(data, "pile.zip") as zipped:
        assert labels(zipped) == ["Dup.txt", "dup.txt", "Zoë.txt", nfd, "a.txt", "a (2).txt"]
        assert [zipped.read(member) for member in zipped.members] == [b"1", b"2", b"3", b"4", b"5", b"6"]
        assert zipped.notes == (
            "3 names stand more than once in the zip, but for capitals perhaps; each file is listed.",
        )


def _without_flag(name: str, encoding: str) -> bytes:
    """A zip whose one name isn't said to be UTF-8, as older tools write it."""
    raw = name.encode(encoding)
    data = made(("x" * len(raw), ESSAY))
    return data.replace(b"x" * len(raw), raw)


@pytest.mark.parametrize("name", ["Świętochowska Zoë.txt", "Niño José.txt", "王 伟.txt"])
def test_names_written_in_utf8_without_saying_so_are_mended(name: str) -> None:
    with open_zip(_without_flag(name, "utf-8"), "pile.zip") as zipped:
        assert labels(zipped) == [name]
        assert zipped.read(zipped.members[0]) == ESSAY
        assert zipped.notes == ("The letters of 1 name had to be guessed; look at the accents.",)


def test_names_of_old_pcs_stay() -> None:
    with open_zip(_without_flag("Zoë Müller.txt", "cp437"), "pile.zip") as zipped:
        assert labels(zipped) == ["Zoë Müller.txt"]


def test_a_zip_in_a_zip_is_read_and_a_third_is_not() -> None:
    inmost = made(("c.txt", b"C"))
    inner = made(("b.txt", b"B"), ("inmost.zip", inmost), ("../d.txt", b"D"))
    other = made(("e.txt", b"E"))
    with open_zip(made(("a.txt", b"A"), ("work.zip", inner), ("other.zip", other)), "pile.zip") as zipped:
        assert labels(zipped) == ["a.txt", "work.zip/b.txt", "work.zip/d.txt", "other.zip/e.txt"]
        assert [zipped.read(member) for member in (*zipped.members, zipped.members[1])] == [
            b"A",
            b"B",
            b"D",
            b"E",
            b"B",
        ]
        (turned,) = zipped.turned
        assert turned.path == "work.zip/inmost.zip"
        assert "zip in a zip in a zip" in turned.reason


def test_a_damaged_or_too_large_zip_within_is_turned_away_and_the_others_stay() -> None:
    bomb = made(*((f"{n}.txt", bytes(20_000_000)) for n in range(6)))
    locked = made(("x.txt", b"X")).replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    locked = locked.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    data = made(
        ("a.txt", b"A"),
        ("bad.zip", b"PK\x03\x04 not really"),
        ("bomb.zip", bomb),
        ("none.zip", b""),
        ("lock.zip", locked),
    )
    with open_zip(data, "pile.zip") as zipped:
        assert labels(zipped) == ["a.txt"]
        assert [turned.path for turned in zipped.turned] == ["bad.zip", "bomb.zip", "none.zip", "lock.zip"]
        reasons = [turned.reason for turned in zipped.turned]
        for said, reason in zip(("damaged", "120 MB", "empty", "password"), reasons, strict=True):
            assert said in reason


def test_zips_within_share_the_limits_of_the_whole() -> None:
    half = made(*((f"{n}.txt", os.urandom(9)) for n in range(MAX_MEMBERS // 2)))
    with open_zip(made(("1.zip", half), ("2.zip", half), ("3.zip", half), ("a.txt", b"A")), "pile.zip") as zipped:
        assert [turned.path for turned in zipped.turned] == ["2.zip", "3.zip"]
        assert len(zipped.members) == MAX_MEMBERS // 2 + 1


def test_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    data = made(*((f"{n}.txt", bytes(24_000_000)) for n in range(10)))
    assert len(data) < 300_000
    assert refused(data) == "pile.zip unpacks to 240 MB; that is no zip of essays."
    assert "unpacks to 24 MB" in refused(made(("a.txt", bytes(24_000_000))))


def test_one_member_that_is_too_large_is_turned_away() -> None:
    with open_zip(made(("a.txt", b"A"), ("film.mov", os.urandom(26_000_000))), "pile.zip") as zipped:
        assert labels(zipped) == ["a.txt"]
        assert "26 MB; an essay has at most 25 MB" in zipped.turned[0].reason


def _lie(data: bytes, size: int) -> bytes:
    """The same zip, whose list and entry both give another size for its one member."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    struct.pack_into("<I", changed, local + 22, size)
    struct.pack_into("<I", changed, central + 24, size)
    return bytes(changed)


@pytest.mark.parametrize("size", [0, 10, 900])
def test_a_size_that_is_too_small_gives_no_half_essay(size: int) -> None:
    data = _lie(made(("a.txt", bytes(24_000_000))), size)
    with open_zip(data, "pile.zip") as zipped:
        assert zipped.members == (Member("a.txt", size),)
        with pytest.raises(EssayUnreadable, match="damaged in the zip"):
            zipped.read(zipped.members[0])


def test_the_limits_count_what_really_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(*((f"{n}.txt", os.urandom(60_000)) for n in range(5)))
    with open_zip(data, "pile.zip") as zipped:
        monkeypatch.setattr(zips, "MAX_UNPACKED", 150_000)
        assert len(zipped.read(zipped.members[0])) == 60_000
        zipped.read(zipped.members[0])  # the same bytes again count once
        zipped.read(zipped.members[1])
        with pytest.raises(EssayUnreadable, match="unpacks to more than"):
            zipped.read(zipped.members[2])
    monkeypatch.undo()
    with open_zip(data, "pile.zip") as zipped:
        monkeypatch.setattr(zips, "MAX_FILE_BYTES", 50_000)
        with pytest.raises(EssayUnreadable, match="an essay has at most"):
            zipped.read(zipped.members[0])


def test_a_look_at_the_beginning_takes_no_more_than_that() -> None:
    with open_zip(made(("a.txt", b"x\n" * 4_000_000)), "pile.zip") as zipped:
        assert len(zipped.peek("a.txt")) == 64 * 1024
        assert sum(zipped._came_out.values()) == 64 * 1024


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = bytearray(made(("a.txt", ESSAY), ("b.txt", ESSAY)))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)  # both entries begin at the first byte
    assert "lie over each other" in refused(bytes(data))


def _many(count: int, announced: int | None = None) -> bytes:
    """A zip of empty members, written by hand: the library takes seconds for 100,000."""
    local = b"PK\x03\x04\x14\0\0\0\0\0\0\0!\0" + bytes(12) + struct.pack("<HH", 6, 0)
    entry = b"PK\x01\x02\x14\x03\x14\0\0\0\0\0\0\0!\0" + bytes(12) + struct.pack("<HHHHHII", 6, 0, 0, 0, 0, 0, 0)[:-4]
    body = b"".join(local + b"%06d" % n for n in range(count))
    central = b"".join(entry + struct.pack("<I", n * (len(local) + 6)) + b"%06d" % n for n in range(count))
    said = min(announced if announced is not None else count, 0xFFFF)
    return body + central + b"PK\x05\x06\0\0\0\0" + struct.pack("<HHIIH", said, said, len(central), len(body), 0)


def test_very_many_members_are_refused_at_once() -> None:
    assert len(zipfile.ZipFile(io.BytesIO(_many(10))).infolist()) == 10
    start = time.process_time()
    assert "65,535 files" in refused(_many(100_000))
    assert time.process_time() - start < 2
    assert refused(_many(MAX_MEMBERS + 1)).startswith(f"pile.zip holds {MAX_MEMBERS + 1:,} files")


def test_a_list_longer_than_was_announced_is_refused() -> None:
    assert "lists more than" in refused(_many(100_000, announced=3))
    assert f"{MAX_MEMBERS + 5:,} files" in refused(_many(MAX_MEMBERS + 5, announced=3))


def test_many_members_of_the_large_kind_of_zip_are_refused_at_once() -> None:
    data = bytearray(_many(3))
    end = data.index(b"PK\x05\x06")
    central, body = struct.unpack("<II", data[end + 12 : end + 20])
    big = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, central, body)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    assert "1,000,000 files" in refused(bytes(data[:end] + big + locator + data[end:]))


def test_protected_zips_are_refused_with_the_way_out() -> None:
    data = bytearray(made(("a.txt", ESSAY), ("b.txt", ESSAY)))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[first + 8] |= 1
    with open_zip(bytes(data), "pile.zip") as zipped:
        assert labels(zipped) == ["b.txt"]
        assert "protected by a password" in zipped.turned[0].reason
    data[second + 8] |= 1
    with pytest.raises(EssayUnreadable) as caught:
        open_zip(bytes(data), "pile.zip")
    assert caught.value.message == "pile.zip is protected by a password."
    assert "with the password" in caught.value.hint


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_turned_away(method: int) -> None:
    with open_zip(made(("a.txt", ESSAY), method=method), "pile.zip") as zipped:
        assert zipped.members == ()
        assert "packed in a way" in zipped.turned[0].reason


def test_empty_and_broken_zips_are_refused_by_name(tmp_path: Path) -> None:
    whole = made(("a.txt", ESSAY), ("b.txt", ESSAY))
    assert refused(b"") == "pile.zip is empty."
    assert refused(made()) == "pile.zip has no files in it."
    assert refused(made(("folder/", b""))) == "pile.zip has no files in it."
    for broken in (whole[:-30], whole[: len(whole) // 2], b"PK\x05\x06", b"not a zip at all", whole[200:]):
        assert refused(broken) == "pile.zip is damaged and can't be read as a zip."
    assert refused(tmp_path / "gone.zip") == "pile.zip can't be opened: No such file or directory."


def test_a_name_that_could_act_is_shown_safely_in_what_is_said() -> None:
    info = zipfile.ZipInfo("a\x1b[2J.zip")
    with open_zip(made((info, b"junk"), ("b.txt", b"B")), "pi\x1ble.zip") as zipped:
        assert "\x1b" not in zipped.turned[0].reason
        with pytest.raises(EssayUnreadable) as caught:
            zipped.read(Member("\x1b", 1))
        assert "\x1b" not in str(caught.value)


def _flip(data: bytearray, rng: random.Random) -> None:
    data[rng.randrange(len(data))] = rng.randrange(256)


def _cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _drop(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.randrange(1, 40)]


def _double(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    data[at:at] = data[at : at + rng.randrange(1, 200)]


def test_mutated_zips_are_read_or_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def forbidden(*args: object, **more: object) -> None:
        raise AssertionError("a zip opened a socket or a process")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(subprocess, "Popen", forbidden)
    monkeypatch.chdir(tmp_path)
    rng = random.Random(5)
    inner = made(("x.txt", ESSAY))
    seed = made(("Okafor Amara.txt", ESSAY), ("Lee Ben/é.txt", b"B" * 50), ("work.zip", inner), ("../c.txt", b"C"))
    ways: list[Callable[[bytearray, random.Random], None]] = [_flip, _flip, _flip, _flip, _cut, _drop, _double]
    outcomes = {"read": 0, "refused": 0}
    for _ in range(2_000):
        data = bytearray(seed)
        for _ in range(rng.randrange(1, 4)):
            if data:
                rng.choice(ways)(data, rng)
        try:
            with open_zip(bytes(data), "pile.zip") as zipped:
                for member in zipped.members:
                    zipped.read(member)
                understand(zipped.members, zipped.peek)
            outcomes["read"] += 1
        except EssayUnreadable:
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 200
    assert list(tmp_path.iterdir()) == []
