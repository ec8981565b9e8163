"""From files, folders and downloads to the essays in them: what is read, what is told, and what is asked."""

import os
import zipfile
from pathlib import Path

import pytest

from markdesk.core.canonical import file_hash
from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import Essay
from markdesk.desk.handed_in import Gathered
from markdesk.formats.gathering import Cancelled, look, read_all

ESSAY = "Henry VII was secure by 1499. He had beaten the pretenders and had married Elizabeth of York."


def gathered(*paths: Path) -> Gathered:
    found = read_all(look(map(str, paths)), lambda done, total: None)
    found.release()
    return found


def folder(place: Path, **files: str) -> Path:
    """A folder with these files; two underscores stand for a slash."""
    for name, text in files.items():
        path = place / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return place


def packed(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as container:
        for name, text in files.items():
            container.writestr(name, text)
    return path


def whose(found: Gathered) -> dict[str, str]:
    """Each essay's file with whose it is taken for, and the id."""
    return {
        one.file_name: f"{one.whose.name} {one.whose.system} {one.whose.id}".strip() if one.whose else "?"
        for one in found.handed
    }


def test_a_folder_of_plain_files(tmp_path: Path) -> None:
    place = tmp_path / "Homework"
    folder(place, **{"Okafor Amara.txt": ESSAY, "Raman Dev.md": ESSAY, "essay.txt": ESSAY, "marks.xls": "x"})
    found = gathered(place)
    assert whose(found) == {"Okafor Amara.txt": "Amara Okafor", "Raman Dev.md": "Dev Raman", "essay.txt": "?"}
    assert [turned.path for turned in found.skipped] == [str(place / "marks.xls")]
    assert found.refused == ()


@pytest.mark.parametrize("is_zip", [False, True])
def test_a_download_from_moodle(tmp_path: Path, is_zip: bool) -> None:
    files = {
        "Amara Okafor_10442_assignsubmission_file/my essay.txt": ESSAY,
        "Dev Raman_10443_assignsubmission_onlinetext/onlinetext.html": f"<p>{ESSAY}</p>",
        "Jo Smith_10444_assignsubmission_file/photo.jpg": "not an essay",
    }
    if is_zip:
        place = packed(tmp_path / "13H-Homework-7.zip", files)
    else:
        place = tmp_path / "13H-Homework-7"
        for name, text in files.items():
            (place / name).parent.mkdir(parents=True)
            (place / name).write_text(text)
    found = gathered(place)
    assert whose(found) == {
        "my essay.txt": "Amara Okafor moodle 10442", "onlinetext.html": "Dev Raman moodle 10443",
    }  # fmt: skip
    assert {Essay.from_paragraphs(one.draft.paragraphs).text for one in found.handed} == {ESSAY}
    (photo,) = found.refused
    assert (photo.path.endswith("photo.jpg"), photo.student) == (True, "Jo Smith")
    assert "scan add" in photo.reason
    assert found.skipped == ()


@pytest.mark.parametrize("is_zip", [False, True])
def test_where_only_photographs_lie_the_way_to_keep_them_is_told(tmp_path: Path, is_zip: bool) -> None:
    files = {"IMG_1.jpg": "x", "IMG_2.HEIC": "x"}
    place = packed(tmp_path / "pile.zip", files) if is_zip else folder(tmp_path / "pile", **files)
    (turned,) = gathered(place).refused
    assert "holds no essays. Photographs are kept as scans" in turned.reason
    assert "'markdesk scan add SCRIPT FILE...'" in turned.reason
    other = packed(tmp_path / "p.zip", {"m.xls": "x"}) if is_zip else folder(tmp_path / "p")
    if not is_zip:
        other.mkdir()
    assert [
        one.reason.endswith("holds no essays. See where they lie, and name that folder.")
        for one in gathered(other).refused
    ] == [True]


def test_one_folder_of_a_download_still_says_whose_it_is(tmp_path: Path) -> None:
    place = tmp_path / "Amara Okafor_10442_assignsubmission_file"
    folder(place, **{"my essay.txt": ESSAY})
    assert whose(gathered(place)) == {"my essay.txt": "Amara Okafor moodle 10442"}
    assert whose(gathered(place / "my essay.txt")) == {"my essay.txt": "Amara Okafor moodle 10442"}


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    place = folder(tmp_path / "h", **{"Okafor Amara.txt": ESSAY})
    os.symlink(place / "Okafor Amara.txt", tmp_path / "link.txt")
    found = gathered(place, place, place / "Okafor Amara.txt", tmp_path / "link.txt")
    assert list(whose(found)) == ["Okafor Amara.txt"]


def test_files_come_in_the_order_in_which_they_were_named(tmp_path: Path) -> None:
    folder(tmp_path, **{"Zed Ann.txt": ESSAY, "Abel Bea.txt": ESSAY})
    assert list(whose(gathered(tmp_path / "Zed Ann.txt", tmp_path / "Abel Bea.txt"))) == ["Zed Ann.txt", "Abel Bea.txt"]


def test_what_holds_no_essays_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    packed(tmp_path / "none.zip", {"__MACOSX/._x": "x"})
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    found = gathered(tmp_path / "empty", tmp_path / "none.zip", tmp_path / "broken.zip", tmp_path / "gone.txt")
    assert found.handed == ()
    told = [turned.reason for turned in found.refused]
    assert len(told) == 4
    for name, reason in zip(("empty", "none.zip", "broken.zip", "gone.txt"), told, strict=True):
        assert name in reason


def test_a_file_that_cant_be_read_stops_no_other(tmp_path: Path) -> None:
    place = packed(tmp_path / "h.zip", {"Okafor Amara.docx": "PK\x03\x04 and no more", "Raman Dev.txt": ESSAY})
    found = gathered(place)
    assert list(whose(found)) == ["Raman Dev.txt"]
    assert [turned.path for turned in found.refused] == [f"{place}/Okafor Amara.docx"]


def test_it_can_be_stopped_and_lets_go_of_its_zips(tmp_path: Path) -> None:
    place = packed(tmp_path / "h.zip", {f"Okafor A{n}.txt": ESSAY for n in range(5)})
    told: list[int] = []
    listing = look([str(place)])
    with pytest.raises(Cancelled):
        read_all(listing, lambda done, total: told.append(done), lambda: len(told) > 2)
    assert told == [0, 1, 2]
    with pytest.raises(EssayUnreadable):
        listing.waiting[3].load()


@pytest.mark.parametrize("is_zip", [True, False])
def test_a_file_is_read_again_when_it_is_kept_and_not_held(tmp_path: Path, is_zip: bool) -> None:
    text = f"{ESSAY}\n"
    place = (
        packed(tmp_path / "h.zip", {"Okafor Amara.txt": text})
        if is_zip
        else folder(tmp_path, **{"Okafor Amara.txt": text})
    )
    found = read_all(look([str(place)]), lambda done, total: None)
    (one,) = found.handed
    assert one.original.hash == file_hash(text.encode())
    assert one.original.content() == text.encode()
    found.release()
    if is_zip:
        with pytest.raises(EssayUnreadable):  # nothing is left open, and nothing was put aside
            one.original.content()


def test_a_file_that_changed_meanwhile_or_went_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path, **{"Okafor Amara.txt": f"{ESSAY}\n"})
    (one,) = gathered(place).handed
    file = place / "Okafor Amara.txt"
    file.write_text("something else")
    with pytest.raises(EssayUnreadable, match=r"Okafor Amara\.txt was changed while it was being imported"):
        one.original.content()
    file.unlink()
    with pytest.raises(EssayUnreadable, match="no file"):
        one.original.content()


def test_a_folder_that_is_closed_says_one_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: str) -> object:
        raise PermissionError(13, "Permission denied", str(path))  # modes mean nothing to root, who may run this

    monkeypatch.setattr("os.scandir", closed)
    (turned,) = gathered(folder(tmp_path / "h", **{"Okafor Amara.txt": ESSAY})).refused
    assert turned.reason == (
        f"The folder {tmp_path / 'h'} can't be looked into: permission is denied. Ask who owns it, or copy it into a"
        " folder of your own."
    )
