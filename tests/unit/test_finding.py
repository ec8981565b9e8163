"""Things are found by the names people use, and what fits several is never guessed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.core.annotation import LEGEND, Stamp, StampSet, Tone, legend, serves
from markdesk.core.changes import AssignmentChanged, ScriptChanged, StudentChanged
from markdesk.core.errors import Ambiguous, NotFound, RubricInvalid
from markdesk.core.ids import AssignmentId, ScriptId, StudentId
from markdesk.core.people import Student
from markdesk.core.rubric import Rubric, Status
from markdesk.desk.desk import find_assignment, find_script, find_student, marker_named
from markdesk.desk.rubrics import RubricShelf, warning
from markdesk.formats.rubric_toml import read_rubric
from markdesk.formats.stamps_toml import read_stamps
from tests.kit import RUBRICS, STAMPS, SmallDesk, shipped_rubric


@pytest.fixture
def busy(memory_desk: SmallDesk) -> SmallDesk:
    """A second assignment, a namesake, and a script of hers."""
    second = replace(memory_desk.assignment, id=AssignmentId("a2"), name="Henry VIII", set_on="2026-11-20")
    twin = Student(StudentId("student-amara2"), "Amara", "Okonkwo")
    script = replace(memory_desk.scripts[2], id=ScriptId("script-900001"), assignment_id=second.id, student_id=twin.id)
    changes = (AssignmentChanged(None, second), StudentChanged(None, twin), ScriptChanged(None, script))
    memory_desk.desk.commit("import", "more", changes)
    return memory_desk


@pytest.mark.parametrize(
    ("name", "found"),
    [("Henry VII", "Henry VII"), ("henry viii", "Henry VIII"), ("VIII", "Henry VIII"), ("a2", "Henry VIII")],
)
def test_assignments(busy: SmallDesk, name: str, found: str) -> None:
    assert find_assignment(busy.desk, name).name == found


def test_assignments_that_are_several_or_none(busy: SmallDesk) -> None:
    with pytest.raises(Ambiguous, match=r"Henry VII, Henry VIII|Henry VIII, Henry VII"):
        find_assignment(busy.desk, "henry")
    for name in ("Tudors", "", "\x1b[2J"):
        with pytest.raises(NotFound) as caught:
            find_assignment(busy.desk, name)
        assert "Henry VII" in caught.value.hint
        assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Amara Okafor", "Okafor"),
        ("okafor, amara", "Okafor"),
        ("7042", "Okafor"),
        ("student-swider", "Świderska"),
        ("swiderska", "Świderska"),
        ("lucja swid", "Świderska"),
        ("O'Connell", "O’Connell"),
        ("amara2", "Okonkwo"),
    ],
)
def test_students(busy: SmallDesk, name: str, family: str) -> None:
    assert find_student(busy.desk, name).family_name == family


def test_students_that_are_several_or_none(busy: SmallDesk) -> None:
    with pytest.raises(Ambiguous, match=r"Amara Okafor.*Amara Okonkwo"):
        find_student(busy.desk, "amara")
    for name in ("Nobody", "", " "):
        with pytest.raises(NotFound):
            find_student(busy.desk, name)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("script-000002", "script-000002"),
        ("000002", "script-000002"),
        ("Henry VII/Amara Okafor", "script-000001"),
        ("VIII/amara", "script-900001"),
        ("okonkwo", "script-900001"),
        ("VIII", "script-900001"),
    ],
)
def test_scripts(busy: SmallDesk, name: str, script: str) -> None:
    assert find_script(busy.desk, name).script.id == script


def test_scripts_that_are_several_or_none(busy: SmallDesk) -> None:
    with pytest.raises(Ambiguous, match=r"000001.*900001|900001.*000001"):
        find_script(busy.desk, "amara")
    for name in ("VII I/amara", "Henry VII/okonkwo", "nobody", "", "VIII/"):
        with pytest.raises(NotFound):
            find_script(busy.desk, name)


def test_a_marker_is_known_by_her_name(busy: SmallDesk) -> None:
    busy.open().give_mark("main", 3)
    assert marker_named(busy.store, "Ms Test", busy.ids) == busy.desk.marker
    assert marker_named(busy.store, "Somebody", busy.ids).id not in {m.id for m in busy.store.markers()}


# -- stamps


def test_a_stamp_serves_a_scheme_that_rewards_what_it_says() -> None:
    essay, nea = shipped_rubric(), shipped_rubric("aqa-7042-nea-40")
    by_ao = Stamp("s", "SRC", "uses a source", Tone.CREDIT, aos=frozenset({"AO2"}))
    assert (serves(by_ao, essay), serves(by_ao, nea)) == (False, True)
    focus = Stamp("f", "F", "focus", Tone.CREDIT, frozenset({"focus"}))
    assert (serves(focus, essay), serves(focus, nea)) == (True, False)
    assert serves(Stamp("x", "X", "unclear", Tone.WEAK), nea)
    assert STAMPS.for_key("k") is STAMPS.stamps[0]
    assert STAMPS.for_code("AN") is STAMPS.stamps[1]
    assert STAMPS.for_key("z") is None


def test_the_legend_holds_at_most_twelve() -> None:
    many = tuple(Stamp(chr(97 + n), f"C{n}", "", Tone.NEUTRAL) for n in range(20))
    assert LEGEND == 12
    assert legend(StampSet("x", "X", many), shipped_rubric()) == many[:12]


def test_the_shipped_stamps_serve_every_shipped_scheme() -> None:
    stamps = read_stamps(RUBRICS / "stamps" / "neutral.toml")
    assert len({stamp.key for stamp in stamps.stamps}) == len(stamps.stamps) == len({s.code for s in stamps.stamps})
    for path in RUBRICS.glob("*.toml"):
        assert len(legend(stamps, read_rubric(path))) >= 6, path.name


@pytest.mark.parametrize(
    "change",
    [
        ('schema = "markdesk.stamps/1"', 'schema = "markdesk.stamps/2"'),
        (
            "[[stamp]]",
            '[[stamp]]\nkey = "zz"\ncode = "Z"\nmeaning = ""\ntone = "weak"\nstrands = []\naos = []\n[[stamp]]',
        ),
        ("[[stamp]]", "[[stamp]]\n[[stamp]]"),
        (
            "[[stamp]]",
            '[[stamp]]\nkey = "z"\ncode = "Z"\nmeaning = ""\ntone = "loud"\nstrands = []\naos = []\n[[stamp]]',
        ),
    ],
)
def test_stamps_that_are_wrong_are_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    text = (RUBRICS / "stamps" / "neutral.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "mine.toml").write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(RubricInvalid, match=r"mine\.toml"):
        read_stamps(tmp_path / "mine.toml")


# -- the shelf of mark schemes


def test_the_shelf(tmp_path: Path) -> None:
    shelf = RubricShelf((RUBRICS, tmp_path), read_rubric)
    assert [rubric.id for rubric in shelf.all()] == sorted(path.stem for path in RUBRICS.glob("*.toml"))
    assert shelf.get("aqa-7042-nea-40").max_mark == 40
    with pytest.raises(NotFound) as caught:
        shelf.get("aqa-7042-nea-41")
    assert "'aqa-7042-nea-40'" in caught.value.hint
    source = (RUBRICS / "generic-essay-4strand.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(source, encoding="utf-8")
    with pytest.raises(RubricInvalid, match="generic-essay-4strand") as refused:
        shelf.get("mine")
    assert str(RUBRICS / "generic-essay-4strand.toml") in refused.value.message, "the file that has the id"


def test_two_files_of_one_id_are_refused_and_hide_no_other(tmp_path: Path) -> None:
    shelf = RubricShelf((RUBRICS, tmp_path), read_rubric)
    mine = tmp_path / "generic-essay-4strand.toml"
    mine.write_text((RUBRICS / mine.name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "broken.toml").write_bytes(b"\xff")
    (tmp_path / "folder.toml").mkdir()
    for name in ("generic-essay-4strand", "generic-essay-4strand:25"):
        with pytest.raises(RubricInvalid, match="Two mark schemes") as refused:
            shelf.get(name)
        assert all(str(path) in refused.value.message for path in (mine, RUBRICS / mine.name))
    assert shelf.get("aqa-7042-nea-40").max_mark == 40
    left = sorted(path.stem for path in RUBRICS.glob("*.toml") if path.name != mine.name)
    assert [rubric.id for rubric in shelf.sound()] == left
    listed = {one.path: one for one in shelf.listing()}
    assert len(listed) == len(left) + 4
    assert [path.name for path, one in listed.items() if one.wrong] == [
        mine.name, "broken.toml", "folder.toml", mine.name,
    ]  # fmt: skip
    assert [path for path, one in listed.items() if one.is_clash] == [RUBRICS / mine.name, mine]
    assert shelf.taken()["broken"] == tmp_path / "broken.toml"


def test_a_folder_that_can_not_be_read_is_told_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = RubricShelf((RUBRICS, tmp_path), read_rubric)
    walk = Path.iterdir

    def closed(path: Path) -> Iterator[Path]:
        if path == tmp_path:
            raise PermissionError(13, "Permission denied")
        return walk(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    assert shelf.get("aqa-7042-nea-40").max_mark == 40
    told = f"The folder {tmp_path} can't be read: Permission denied."
    assert [one.wrong for one in shelf.listing() if one.wrong] == [told]
    with pytest.raises(NotFound) as refused:
        shelf.get("mine")
    assert refused.value.hint == told


def test_a_scheme_that_can_not_be_relied_on_says_so() -> None:
    def with_status(status: Status) -> str:
        whole = {name: getattr(shipped_rubric(), name) for name in Rubric.__dataclass_fields__}
        return warning(Rubric(**{**whole, "status": status}))

    assert "draft" in with_status(Status.DRAFT)
    assert "retired" in with_status(Status.RETIRED)
    assert with_status(Status.READY) == with_status(Status.CHECKED) == ""
