"""Taking essays in: whose they are, versions, class lists."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.alignment import Alignment, Words
from markdesk.core.essay import Essay
from markdesk.core.ids import StudentId
from markdesk.core.naming import name_in
from markdesk.core.people import Student
from markdesk.desk.naming import fitting
from tests.cli.conftest import ESSAY, HOSTILE, RUBRIC, Cli, Ran, assert_whole, rows

NEW = ("--assignment", "Henry VII", "--rubric", RUBRIC)


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("Okafor Amara.docx", ("Amara", "Okafor")),
        ("Okafor, Amara.docx", ("Amara", "Okafor")),
        ("okafor-amara.md", ("Amara", "Okafor")),
        ("Okafor_Amara.txt", ("Amara", "Okafor")),
        ("van der Berg Anna.docx", ("Anna", "van der Berg")),
        ("de la Cruz Maria José.docx", ("Maria José", "de la Cruz")),
        ("O'Connell Finn.docx", ("Finn", "O'Connell")),
        ("Świderska Chloe.docx", ("Chloe", "Świderska")),
        ("S\u0301widerska Chloe.docx", ("Chloe", "Świderska")),
        ("Amara OKAFOR.docx", ("Amara", "OKAFOR")),
        ("Smith-Jones Anna Mary.docx", ("Anna Mary", "Smith-Jones")),
        ("Tudor, Henry.docx", ("Henry", "Tudor")),
        ("essay final.docx", None),
        ("History Essay.docx", None),
        ("Okafor.docx", None),
        ("Okafor Amara draft.docx", None),
        ("Okafor Amara 2.docx", None),
        ("one two three four five.docx", None),
        (f"{HOSTILE} Amara.docx", None),
        (".docx", None),
        (",.docx", None),
    ],
)
def test_names_in_file_names(file_name: str, name: tuple[str, str] | None) -> None:
    assert name_in(file_name) == name


def test_a_new_text_moves_the_marking_and_finds_its_annotations_again(cli: Cli, imported: Path, db: Path) -> None:
    cli("award", "okafor", "--scale", "main=17", "--finish")
    cli("annotate", "okafor", "--quote", "took [eight] years", "--code", "E")
    cli("annotate", "okafor", "--quote", "to a large extent", "--comment", "How far?")
    newer = "A new opening.\n\n" + ESSAY.replace("to a large extent", "very much so")
    (imported / "Okafor Amara.txt").write_text(newer)
    done = cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII", "--json")
    assert done.code == 0
    (item,) = done.json["imported"]
    assert item["version"] == 2
    assert any("'to a large extent'" in note for note in item["notes"])
    start = newer.index("took [eight] years")
    assert rows(db, 'select start, "end", exact from annotation order by id') == [
        (start, start + len("took [eight] years"), "took [eight] years"),
        (None, None, "to a large extent"),
    ]
    assert rows(
        db, "select marking.essay_hash = script.essay_hash from marking join script on script.id = script_id"
    ) == [(1,)]
    assert rows(db, "select revision from marking") == [(5,)]
    assert_whole(db)
    # The marking goes on as if nothing had happened.
    assert cli("award", "okafor", "--scale", "main=18").code == 0
    notes = cli("export", "annotations", "-a", "Henry", "--to", db.parent / "a.jsonld")
    assert notes.code == 0


def test_two_texts_are_aligned_once_an_import(cli: Cli, imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for quote in ("took [eight] years", "to a large extent"):
        cli("annotate", "okafor", "--quote", quote, "--code", "E")
    (imported / "Okafor Amara.txt").write_text(f"A new opening of another kind.\n\n{ESSAY}")
    aligned = 0

    def counted(earlier: Essay, newer: Words) -> Alignment:
        nonlocal aligned
        aligned += 1
        return Alignment(earlier, newer)

    monkeypatch.setattr("markdesk.core.relocating.Alignment", counted)
    assert cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII").code == 0
    assert aligned == 1


def test_the_import_says_which_annotations_were_found_by_likeness(cli: Cli, imported: Path, db: Path) -> None:
    cli("annotate", "okafor", "--quote", "took [eight] years", "--code", "E")
    cli("annotate", "okafor", "--quote", "In conclusion, he was secure to a large extent.", "--code", "K")
    (imported / "Okafor Amara.txt").write_text(ESSAY.replace("to a large extent", "very much so"))
    before = rows(db, "select exact from annotation")
    for words in (("--dry-run", "--json"), ("--json",)):
        assert rows(db, "select exact from annotation") == before, "a dry run writes nothing"
        done = cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII", *words)
        (item,) = done.json["imported"]
        told = "2 of 2 annotations found their place in the new text, 1 by likeness: look at it."
        assert told in item["notes"]
    assert rows(db, "select exact from annotation where code = 'K'") == [
        ("In conclusion, he was secure very much so.",)
    ]
    assert_whole(db)


def test_a_returned_marking_is_not_moved(cli: Cli, imported: Path, db: Path) -> None:
    from dataclasses import replace

    from markdesk import bootstrap
    from markdesk.core.changes import MarkingChanged
    from markdesk.core.marking import MarkingStatus
    from markdesk.desk.desk import find_script
    from markdesk.desk.marking_desk import MarkingDesk

    cli("award", "okafor", "--scale", "main=17", "--finish")
    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    opened = MarkingDesk(desk, find_script(desk, "okafor"))
    header = opened.marking.header
    back = MarkingChanged(header, replace(header, status=MarkingStatus.RETURNED))
    step = replace(desk.step("return", "returned", (back,)), marking_id=header.id)
    store.commit(step, opened.marking.revision)
    store.close()
    before = rows(db, "select * from log")
    (imported / "Okafor Amara.txt").write_text("Quite another text.")
    done = cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII")
    assert done.code == 1
    assert "was returned" in done.err
    award = cli("award", "okafor", "--scale", "main=3")
    assert award.code == 1
    assert "was returned" in award.err
    assert rows(db, "select * from log") == before


def test_an_essay_open_in_another_window_is_left_alone(
    cli: Cli, imported: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markdesk import bootstrap
    from markdesk.desk import moving
    from markdesk.desk.desk import find_script

    monkeypatch.setattr(moving, "HOLD_PATIENCE", 0.1)
    cli("award", "okafor", "--scale", "main=17")
    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    hold = store.hold(find_script(desk, "okafor").script.id, desk.marker.id)
    assert not isinstance(hold, str)
    before = rows(db, "select * from log")
    (imported / "Okafor Amara.txt").write_text("Quite another text.")
    done = cli("import", imported / "Okafor Amara.txt", "-a", "Henry VII")
    award = cli("award", "okafor", "--scale", "main=3")
    hold.release()
    store.close()
    for ran in (done, award):
        assert ran.code == 3
        assert "open for marking in another window (Ms Lee, process" in ran.err
    assert rows(db, "select * from log") == before


def test_a_name_outside_the_class_list_waits(cli: Cli, imported: Path, tmp_path: Path, db: Path) -> None:
    stranger = tmp_path / "Raman Dev.txt"
    stranger.write_text("Dev writes.")
    first = cli("import", stranger, "-a", "Henry VII", "--json")
    assert first.code == 1
    assert first.json["imported"] == []
    assert "not in the class list of 13H" in first.json["unmatched"][0]["reason"]
    assert len(rows(db, "select * from student")) == 2
    second = cli("import", stranger, "-a", "Henry VII", "--create-students")
    assert second.code == 0
    assert len(rows(db, "select * from membership")) == 3
    assert_whole(db)


def test_the_names_in_a_download_from_moodle(cli: Cli, tmp_path: Path, db: Path) -> None:
    folder = tmp_path / "download"
    (folder / "Amara Okafor_1234567_assignsubmission_file").mkdir(parents=True)
    (folder / "Amara Okafor_1234567_assignsubmission_file" / "my essay.txt").write_text("Amara writes.")
    (folder / "Ben Hartley_1234568_assignsubmission_file_final2.txt").write_text("Ben writes.")
    assert cli("import", folder, *NEW).code == 0
    students = rows(db, "select given_name, family_name from student order by 2")
    assert students == [("Ben", "Hartley"), ("Amara", "Okafor")]


def test_an_id_that_nobody_has_makes_nobody(cli: Cli, imported: Path, db: Path) -> None:
    (imported / "x.txt").write_text("Whose?")
    done = cli("import", imported / "x.txt", "-a", "New", "--rubric", RUBRIC, "--student", "3f9a2c")
    assert done.code == 1
    assert "No student has the id '3f9a2c'" in done.err
    assert len(rows(db, "select * from assignment")) == 1


def test_two_who_fit_are_listed_with_their_ids(cli: Cli, tmp_path: Path, db: Path) -> None:
    for place, assignment in (("a", "One"), ("b", "Two")):
        folder = tmp_path / place
        folder.mkdir()
        (folder / "Jones Sam.txt").write_text(f"Sam of {place} writes.")
        group = ("--group", place)
        done = cli("import", folder, "-a", assignment, "--rubric", RUBRIC, *group)
        assert done.code == 0
    # The same name in a second class is the same student, so a second Sam is made by hand.
    from markdesk import bootstrap
    from markdesk.core.changes import StudentChanged
    from markdesk.core.ids import StudentId
    from markdesk.core.people import Student

    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    desk.commit("student", "added", (StudentChanged(None, Student(StudentId(desk.ids.new()), "Sam", "Jones")),))
    ids = [student.id for student in store.students()]
    store.close()
    before = rows(db, "select * from log")
    file = tmp_path / "Jones, Sam.txt"
    file.write_text("Another essay.")
    done = cli("import", file, "-a", "Three", "--rubric", RUBRIC, "--json")
    assert done.code == 1
    for student_id in ids:
        assert student_id[-6:] in done.json["refused"][0]["reason"]
    assert rows(db, "select * from log") == before
    ambiguous = cli("review", "student", "Sam Jones")
    assert ambiguous.code == 1
    assert ids[0][-6:] in ambiguous.err
    chosen = cli("import", file, "-a", "Three", "--rubric", RUBRIC, "--student", ids[1])
    assert chosen.code == 0
    assert rows(db, "select student_id from script where file_name = 'Jones, Sam.txt'") == [(ids[1],)]
    assert_whole(db)


def test_apostrophes_and_accents_that_a_file_name_lost(cli: Cli, tmp_path: Path, db: Path) -> None:
    (tmp_path / "a.txt").write_text("Finn writes.")
    assert cli("import", tmp_path / "a.txt", *NEW, "--student", "Finn O’Connell", "--group", "13H").code == 0
    (tmp_path / "oconnell-finn.md").write_text("Finn writes again.")
    done = cli("import", tmp_path / "oconnell-finn.md", "-a", "Henry VII", "--json")
    assert done.code == 0
    assert done.json["imported"][0]["student"] == "Finn O’Connell"
    assert len(rows(db, "select * from student")) == 1


def test_good_files_come_in_and_bad_ones_are_listed(cli: Cli, essays: Path, db: Path) -> None:
    (essays / "Raman Dev.txt").write_text("")
    (essays / "essay.txt").write_text("Whose is it?")
    (essays / "Lindqvist Grace.pdf").write_bytes(b"%PDF-1.7 nothing")
    (essays / "levels.toml").write_text("a = 1")
    (essays / ".DS_Store").write_text("x")
    done = cli("import", essays, *NEW, "--json")
    assert done.code == 1
    assert len(done.json["imported"]) == 2
    assert sorted(Path(item["file"]).name for item in done.json["refused"]) == ["Lindqvist Grace.pdf", "Raman Dev.txt"]
    assert [Path(item["file"]).name for item in done.json["unmatched"]] == ["essay.txt"]
    assert [Path(item["file"]).name for item in done.json["skipped"]] == ["levels.toml"]
    assert "--student" in done.err
    assert len(rows(db, "select * from script")) == 2
    assert_whole(db)


def test_two_files_of_one_student_are_both_refused(cli: Cli, tmp_path: Path, db: Path) -> None:
    for number in ("1", "2"):
        folder = tmp_path / "class" / number
        folder.mkdir(parents=True)
        (folder / "Okafor Amara.txt").write_text(f"Text {number}.")
    done = cli("import", tmp_path / "class", *NEW)
    assert done.code == 1
    assert "2 files are Amara Okafor's" in done.err
    assert not db.exists()


def test_hostile_names_are_kept_as_written_and_shown_as_signs(cli: Cli, tmp_path: Path, db: Path) -> None:
    file = tmp_path / f"{HOSTILE.replace('/', '')}.txt"
    file.write_text(f"An essay with {HOSTILE} in it.")
    named = ("--assignment", HOSTILE, "--group", HOSTILE, "--student", f"Amara {HOSTILE}", "--question", HOSTILE)
    done = cli("import", file, "--rubric", RUBRIC, *named)
    assert done.code == 0
    assert "[/b][@click=app.quit]x␛[31m" in done.err
    assert rows(db, "select name from teaching_group") == [(HOSTILE,)]
    assert rows(db, "select family_name from student") == [(HOSTILE,)]
    assert rows(db, "select file_name from script") == [(file.name,)]
    assert rows(db, "select text from essay") == [(f"An essay with {HOSTILE} in it.",)]
    assert cli("award", "Amara", "--scale", "main=1", "--comment", HOSTILE, "--www", HOSTILE, "--finish").code == 0
    assert cli("annotate", "Amara", "--quote", HOSTILE, "--comment", HOSTILE).code == 0
    for command in (
        ("student", "list"), ("student", "show", "Amara"), ("assignment", "list"), ("assignment", "show", HOSTILE),
        ("review", "student", "Amara"), ("export", "marks", "-a", HOSTILE),
    ):  # fmt: skip
        plain = cli(*command)
        assert plain.code == 0
        if command[0] != "export":
            assert cli(*command, "--json").code == 0
    assert cli("review", "student", "Amara", "--json").json["markings"][0]["comment"] == HOSTILE
    for kind in ("md", "txt"):
        sheet = cli("export", "sheets", "-a", HOSTILE, "--to", tmp_path / "s", "--format", kind)
        written = Path(sheet.out.strip()).read_text()
        assert "\x1b" not in written
        assert "\u202e" not in written
    assert_whole(db)


def test_names_from_files_and_standard_input(
    cli: Cli, essays: Path, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    cli("import", essays, *NEW)
    name = tmp_path / "name.txt"
    name.write_text("Okafor\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Sehr gut: é".encode())))
    assert cli("award", f"@{name}", "--comment", "-", "--target", "@@home").code == 0
    assert rows(db, "select field, text from feedback order by 1") == [("comment", "Sehr gut: é"), ("target", "@home")]
    missing = cli("review", "student", "@nowhere.txt")
    assert missing.code == 2
    assert "@nowhere.txt" in missing.err


def test_an_import_that_was_cut_short_is_made_good_by_the_next(cli: Cli, imported: Path, db: Path) -> None:
    from markdesk import bootstrap
    from markdesk.desk.course import Order
    from markdesk.desk.drafts import EssayDraft
    from markdesk.desk.handed_in import Handed
    from markdesk.desk.intake import plan_import
    from markdesk.desk.originals import in_hand

    cli("award", "okafor", "--scale", "main=17")
    cli("annotate", "okafor", "--quote", "took [eight] years", "--code", "E")
    newer = f"Before it.\n\n{ESSAY}"
    draft = EssayDraft(None, tuple(newer.split("\n\n")))
    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    file = Handed("x", "Okafor Amara.txt", draft, in_hand(newer.encode(), "Okafor Amara.txt"))
    plan = plan_import(desk, bootstrap.rubric_shelf(), Order("Henry VII"), [file])
    desk.commit("import", "the first step alone", plan.changes, plan.keep)
    store.close()
    assert_whole(db)
    (imported / "Okafor Amara.txt").write_text(newer)
    assert cli("import", imported, "-a", "Henry VII").code == 0
    assert rows(db, "select start from annotation") == [(newer.index("took [eight] years"),)]
    assert_whole(db)


@given(st.text(max_size=30), st.text("abc ÉŁ,-_.'’0", max_size=20))
def test_no_file_name_upsets_the_reading_of_names(anything: str, likely: str) -> None:
    for text in (anything, likely, f"{likely}.docx"):
        found = name_in(text)
        if found is not None:
            student = Student(StudentId("x"), *found)
            assert fitting([student], f"{found[1]}, {found[0]}", by_id=False) == [student]
            assert fitting([student], student.name, by_id=False) == [student]
        fitting([Student(StudentId("y"), text, "")], text, by_id=True)


def test_coursework_is_told_how_many_of_its_words_count(cli: Cli, tmp_path: Path) -> None:
    essay = tmp_path / "Okafor Amara.txt"
    body = ("He had beaten the pretenders and had married Elizabeth of York. " * 30).strip()
    essay.write_text(
        f"How secure was Henry?\n\n{body}\n\n[1] A note of seven words is left out.\n\nBibliography\n\nGuy, Tudors"
    )
    done = cli("import", essay, "-a", "Coursework", "--rubric", "aqa-7042-nea-40", "--kind", "nea", "--json")
    assert done.code == 0, done.err
    assert "330 words count by the scheme's rule; it expects at most" in " ".join(done.json["imported"][0]["notes"])
    shown = cli("assignment", "show", "Coursework", "--json")
    assert shown.json["assignment"]["kind"] == "NEA"
    again = cli("import", essay, "-a", "Coursework", "--kind", "mock")
    assert (again.code, "is set as a NEA, not as a mock" in again.err) == (1, True)
    assert cli("import", essay, "-a", "X", "--rubric", "aqa-7042-nea-40", "--kind", "play").code == 2


def test_a_confirmed_name_teaches_the_students_id(cli: Cli, tmp_path: Path, db: Path) -> None:
    for number, name in ((1, "okaforamara"), (2, "marriedname")):
        folder = tmp_path / f"download-{number}"
        folder.mkdir()
        (folder / f"{name}_4821_9912{number}_essay.txt").write_text(f"{ESSAY} {number}")
        (folder / f"rayzoe_4822_9922{number}_essay.txt").write_text(f"{ESSAY} {number} again")
    for name in ("Okafor Amara", "Ray Zoe"):
        (tmp_path / f"{name}.txt").write_text(ESSAY)
    first = (tmp_path / "Okafor Amara.txt", tmp_path / "Ray Zoe.txt")
    assert cli("import", *first, "-a", "First", "--rubric", RUBRIC, "--group", "13H").code == 0
    second = cli("import", tmp_path / "download-1", "-a", "Second", "--rubric", RUBRIC, "--group", "13H", "--json")
    assert second.code == 0, second.err
    assert {(one["student"], one["badge"]) for one in second.json["imported"]} == {
        ("Amara Okafor", "check"), ("Zoe Ray", "check"),
    }  # fmt: skip
    assert rows(db, "select ids from student order by family_name") == [
        ('[["canvas", "4821"]]',), ('[["canvas", "4822"]]',),
    ]  # fmt: skip
    third = cli("import", tmp_path / "download-2", "-a", "Third", "--rubric", RUBRIC, "--group", "13H", "--json")
    by_badge = {one["badge"]: one["student"] for one in third.json["imported"]}
    assert by_badge == {"import": "Zoe Ray"}, "an id decides"
    assert "Canvas 4821 is Amara Okafor, and the file says marriedname" in third.json["unmatched"][0]["reason"]


def test_an_id_with_another_name_is_asked_about_until_the_teacher_has_said_so(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "Okafor Amara.txt").write_text(ESSAY)
    assert cli("import", tmp_path / "Okafor Amara.txt", "-a", "1", "--rubric", RUBRIC, "--group", "13H").code == 0
    for at, name in enumerate(("okaforamara", "marriedname", "marriedname", "rayzoe"), start=2):
        (tmp_path / f"{name}_4821_9912{at}_essay.txt").write_text(f"{ESSAY} {at}")

    def handed_in(at: int, name: str, *said: str) -> Ran:
        file = tmp_path / f"{name}_4821_9912{at}_essay.txt"
        return cli("import", file, "-a", str(at), "--rubric", RUBRIC, "--group", "13H", "--json", *said)

    assert handed_in(2, "okaforamara").json["imported"][0]["badge"] == "check"
    assert "the file says marriedname" in handed_in(3, "marriedname").json["unmatched"][0]["reason"]
    assert handed_in(3, "marriedname", "--student", "Amara Okafor").code == 0
    (taken,) = handed_in(4, "marriedname").json["imported"]
    assert (taken["student"], taken["badge"]) == ("Amara Okafor", "import"), "the teacher has said so"
    assert "the file says rayzoe" in handed_in(5, "rayzoe").json["unmatched"][0]["reason"], "not of this name"


def test_the_list_has_the_signs_of_the_screen_and_what_is_left_over_is_counted(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "Okafor Amara.txt").write_text(ESSAY)
    assert cli("import", tmp_path / "a", "-a", "X", "--rubric", RUBRIC, "--group", "13H").code == 0
    for name, text in (("Zhou, Ying", ESSAY), ("essay", ESSAY), ("Ray Zoe", "")):
        (tmp_path / "a" / f"{name}.txt").write_text(text)
    (tmp_path / "a" / "Amara Okafor.txt").write_text(f"{ESSAY} again")
    (tmp_path / "a" / "Okafor Amara.txt").unlink()
    tried = cli("import", tmp_path / "a", "-a", "Y", "--rubric", RUBRIC, "--group", "13H", "--dry-run")
    signs = {line.split("  ")[-1].strip() for line in tried.out.splitlines()[1:]}
    assert signs == {"≈ check", "? ask", "✗ no"}
    assert "Left over: 2 to say whose, 1 refused. Each is named above, with why." in tried.err
    (tmp_path / "a" / "Amara Okafor.txt").write_text(ESSAY)
    again = cli("import", tmp_path / "a", "-a", "X", "--create-students")
    assert "= there, unchanged" in again.out
    assert "✓ in, new student" in again.out


def test_a_count_of_words_that_was_left_out_is_told_as_no_web_sites_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "Okafor Amara.txt").write_text(f"{ESSAY}\n\n{ESSAY} And more.\n\nWord count: 212\n")
    done = cli("import", tmp_path / "Okafor Amara.txt", *NEW)
    assert "1 line left out of the essay:\n  | Word count: 212" in done.err
    assert "candidate" not in done.err
    assert "site" not in done.err


HEADED = """# Was Henry secure by 1499?

Henry VII came to power in 1485 after the battle of Bosworth and he changed a number of things in the way the country
was ruled, not all of them for good and not all of them for long, as his son was to find.

In trade he was more successful, because the treaties with Burgundy and with Spain brought wool to market again.
"""
ASKED = "Was Henry secure by 1499?"


def notes_of(db: Path) -> list[str]:
    return [str(notes) for (notes,) in rows(db, "select notes from script")]


@pytest.mark.parametrize("said", [(), ("--question", "How strong was he? [25 marks]")])
def test_a_heading_that_was_read_as_the_question_is_always_told(
    cli: Cli, tmp_path: Path, db: Path, said: tuple[str, ...]
) -> None:
    file = tmp_path / "Okafor Amara.md"
    file.write_text(HEADED, encoding="utf-8")
    done = cli("import", file, *NEW, "--create-students", *said)
    assert done.code == 0, done.err
    if said:
        assert f"The file asks another question: {ASKED}" in done.err
        assert ASKED in notes_of(db)[0], "and stays with the script"
    else:
        assert f"Its question, as it stands above the essays: {ASKED}" in done.err
        assert rows(db, "select question from assignment") == [(ASKED,)]
    file.write_text(HEADED.replace(ASKED, "Was Henry ever secure?").replace("wool", "cloth"), encoding="utf-8")
    again = cli("import", file, "--assignment", "Henry VII")
    assert again.code == 0, again.err
    assert "The file asks another question: Was Henry ever secure?" in again.err, "of a later version too"
    assert "Was Henry ever secure?" in notes_of(db)[0]


def test_the_question_of_the_assignment_is_no_remark(cli: Cli, tmp_path: Path, db: Path) -> None:
    file = tmp_path / "Okafor Amara.md"
    file.write_text(HEADED, encoding="utf-8")
    done = cli("import", file, *NEW, "--create-students", "--question", ASKED)
    assert (done.code, ASKED in done.err) == (0, False)
    assert notes_of(db) == ["[]"]


def test_what_is_to_be_said_of_a_whole_class_is_said_once(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("Abel Ann", "Bell Ben", "Cole Cai", "Dunn Dee", "East Eve"):
        (folder / f"{name}.md").write_text(HEADED.replace("1485", f"1485, says {name},"))
    done = cli("import", folder, *NEW, "--question", "How strong was he? [25 marks]")
    assert done.code == 0, done.err
    assert done.err.count("The file asks another question") == 1
    assert f"5 essays: The file asks another question: {ASKED}" in done.err


def test_a_question_that_only_says_its_marks_too_is_the_same(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "Okafor Amara.md"
    file.write_text(HEADED, encoding="utf-8")
    done = cli("import", file, *NEW, "--question", "Was Henry secure, by 1499 [25 marks]")
    assert (done.code, "another question" in done.err) == (0, False), done.err


def test_what_is_refused_says_whose_or_which_it_is(cli: Cli, tmp_path: Path) -> None:
    for name, content in (
        ("Amara Okafor_1_assignsubmission_file", b"PK\x03\x04 no more"),
        ("Jo Ray_2_assignsubmission_file", b"x"),
    ):
        (tmp_path / "dl" / name).mkdir(parents=True)
        (tmp_path / "dl" / name / ("essay.docx" if content != b"x" else "photo.png")).write_bytes(content)
    done = cli("import", tmp_path / "dl", *NEW)
    assert done.code == 1
    assert "Amara Okafor: essay.docx" in done.err
    assert "Jo Ray: photo.png is no kind of file" in done.err
