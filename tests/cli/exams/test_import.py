"""One script of several answers: divided, kept whole or not at all, and the same again."""

from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Cli, assert_whole, rows
from tests.cli.exams.conftest import SCRIPT
from tests.cli.test_shapes import TAKEN, TEXT, YES_NO, differences


def test_each_answer_becomes_the_script_of_its_question(cli: Cli, script: Path, db: Path) -> None:
    dry = cli("import", script, "--paper", "Mock", "--student", "Okafor, Amara", "--dry-run", "--json")
    assert (dry.code, [item["script"] for item in dry.json["imported"]]) == (0, [None, None, None])
    assert rows(db, "select count(*) from script") == [(2,)]
    done = cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor", "--json")
    assert done.code == 0, done.err
    shape = {
        "schema": TEXT, "dry_run": YES_NO, "exam": {"id": TEXT, "name": TEXT}, "imported": [{"number": TEXT, **TAKEN}],
        "unchanged": [{"number": TEXT, **TAKEN}], "refused": [], "unmatched": [], "skipped": [], "notes": [TEXT],
    }  # fmt: skip
    assert differences(done.json, shape) == []
    assert [(item["number"], item["paragraphs"]) for item in done.json["imported"]] == [
        ("01", ["Extract A is right about the bonds. [sic]"]),
        ("02", ["He was mostly secure by 1499."]),
        ("04", ["Trade grew. He signed treaties with Burgundy."]),
    ]
    assert done.json["imported"][1]["removed"][-2:] == ["Question 2", "How far was Henry secure? [25 marks]"]
    assert rows(
        db,
        "select assignment.name, essay.text, version from script join essay on essay_hash = hash join assignment on"
        " assignment_id = assignment.id where kind = 'mock' order by 1",
    ) == [
        ("Mock C1 01", "Extract A is right about the bonds. [sic]", 1),
        ("Mock C1 02", "He was mostly secure by 1499.", 1),
        ("Mock C1 04", "Trade grew. He signed treaties with Burgundy.", 1),
    ]
    assert rows(db, "select label from log order by seq desc limit 1") == [("3 essays taken in",)]
    assert rows(db, "select count(*) from source") == [(3,)], "the file is kept once"
    assert_whole(db)


@pytest.mark.parametrize("kind", ["txt", "md", "docx", "html"])
@pytest.mark.parametrize("more", ["", " It was so because the king read the accounts himself, page by page." * 5])
def test_no_answer_is_taken_for_a_label_however_short(
    cli: Cli, script: Path, tmp_path: Path, kind: str, more: str
) -> None:
    """A reader of one essay may leave out what stands above its prose; here that is an answer."""
    lines = SCRIPT.replace("bonds.", f"bonds.{more}").split("\n\n")
    path = tmp_path / f"script.{kind}"
    if kind == "docx":
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    elif kind == "html":
        path.write_text("<html><body><p>" + "</p><p>".join(lines) + "</p></body></html>")
    else:
        path.write_text("\n\n".join(lines))
    done = cli("import", path, "--paper", "Mock C1", "--student", "Amara Okafor", "--json")
    assert done.code == 0, done.err
    assert [(item["number"], item["paragraphs"]) for item in done.json["imported"]] == [
        ("01", [f"Extract A is right about the bonds.{more} [sic]"]),
        ("02", ["He was mostly secure by 1499."]),
        ("04", ["Trade grew. He signed treaties with Burgundy."]),
    ]


def test_an_importer_that_hides_where_a_number_stood_is_not_trusted() -> None:
    from markdesk.core.errors import EssayUnreadable
    from markdesk.desk.course import Order
    from markdesk.desk.drafts import EssayDraft
    from markdesk.desk.exam_intake import plan_answers
    from markdesk.desk.handed_in import Handed
    from markdesk.desk.originals import in_hand
    from markdesk.desk.rubrics import RubricShelf
    from markdesk.store.memory.store import MemoryStore
    from tests.kit import fill
    from tests.papers import an_exam

    small = fill(MemoryStore())
    exam, changes = an_exam(small.store, small.assignment)
    small.desk.commit("exam", "set", changes)
    shelf = RubricShelf((), lambda path: small.rubric)
    order = Order(exam.name, student="Amara Okafor")
    plain = Handed("x.abc", "x.abc", EssayDraft(None, ("02", "He was.")), in_hand(b"x", "x.abc"))
    assert len(plan_answers(small.desk, shelf, exam, order, plain).taken) == 1
    hidden = Handed("x.abc", "x.abc", EssayDraft(None, ("02", "He was."), ("01", "An answer.")), in_hand(b"x", "x.abc"))
    with pytest.raises(EssayUnreadable, match="was taken for the edge of the page"):
        plan_answers(small.desk, shelf, exam, order, hidden)


def test_a_printed_question_becomes_the_words_of_its_assignment(cli: Cli, script: Path, db: Path) -> None:
    """As with any import; where the words are known, others are only told."""
    asked = "‘Trade mattered most to Henry VII.’ Assess the validity of this view. [25 marks]"
    script.write_text(SCRIPT.replace("04.", f"04 {asked}").replace("How far was", "How [very] far was"))
    done = cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor", "--json")
    assert done.code == 0, done.err
    assert rows(db, "select question from assignment where name in ('Mock C1 02', 'Mock C1 04') order by name") == [
        ("How far was Henry secure?",),
        (asked,),
    ]
    told = "The file asks another question: How [very] far was Henry secure? [25 marks]"
    assert told in done.err
    script.write_text(SCRIPT)
    again = cli("import", script, "--paper", "Mock C1", "--student", "Ben Hartley")
    assert (again.code, "another question" in again.err) == (0, False), "the marks in brackets don't make another"
    assert_whole(db)


def test_the_same_script_again_changes_nothing(cli: Cli, script: Path, db: Path) -> None:
    whose = ("--paper", "Mock C1", "--student", "Amara Okafor")
    cli("import", script, *whose)
    before = rows(db, "select * from log")
    again = cli("import", script, *whose, "--json")
    assert (again.code, again.json["imported"], len(again.json["unchanged"])) == (0, [], 3)
    assert "3 answers there already: nothing changed." in again.err
    assert rows(db, "select * from log") == before


def test_a_newer_script_is_a_new_version_of_what_changed(cli: Cli, marked: Path, db: Path) -> None:
    marked.write_text(SCRIPT.replace("He was mostly", "He was quite").replace("04.\n\nTrade", "03.\n\nWar"))
    done = cli("import", marked, "--paper", "Mock C1", "--student", "Amara Okafor", "--json")
    assert done.code == 0, done.err
    assert [(item["number"], item["version"]) for item in done.json["imported"]] == [("02", 2), ("03", 1)]
    assert [item["number"] for item in done.json["unchanged"]] == ["01"]
    assert "The answer to 04 that was handed in before isn't in this script; it stays." in done.err
    assert rows(db, "select mark from award order by mark") == [(17,), (19,), (22,)], "marks go on with the new text"
    assert_whole(db)


def test_a_whole_script_that_stood_under_one_question_is_divided_after_all(cli: Cli, script: Path, db: Path) -> None:
    """The same file is another text now: it must not pass for unchanged."""
    whose = ("--student", "Amara Okafor")
    assert cli("import", script, "-a", "Mock C1 01", *whose).code == 0
    done = cli("import", script, "--paper", "Mock C1", *whose, "--json")
    assert [(item["number"], item["version"]) for item in done.json["imported"]] == [("01", 2), ("02", 1), ("04", 1)]
    assert_whole(db)


def test_a_new_student_is_made_once(cli: Cli, script: Path, db: Path) -> None:
    whose = ("--paper", "Mock C1", "--student", "Zoe Ray")
    waits = cli("import", script, *whose)
    assert (waits.code, "not in the class list of 13H" in waits.err) == (1, True)
    assert rows(db, "select count(*) from student") == [(2,)]
    assert cli("import", script, *whose, "--create-students").code == 0
    assert rows(db, "select count(*) from student") == [(3,)]
    assert rows(db, "select count(*) from membership") == [(3,)]
    assert rows(db, "select count(distinct student_id) from script where assignment_id in (select id from assignment"
                    " where kind = 'mock')") == [(1,)]  # fmt: skip
    assert_whole(db)


def test_whose_it_is_may_stand_in_the_files_name(cli: Cli, script: Path) -> None:
    named = script.rename(script.with_name("Okafor Amara.txt"))
    assert cli("import", named, "--paper", "Mock C1").code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("An answer without a number.", "no line says which question it answers"),
        ("My answers\n\n01\n\nText one.", "before 01 stands 'My answers'"),
        ("01\n\nText one.\n\nQuestion 9\n\nText two.", "an answer to 9, which the paper doesn't have"),
        ("02\n\nText one.\n\n01\n\nText two.", "01 stands below 02"),
        ("01\n\nText one.\n\n2. The navy grew.", "may begin the answer to 02"),
        ("01\n\n02", "nothing stands under any of its numbers"),
        ("", "is empty"),
    ],
)
def test_a_script_that_cannot_be_divided_is_refused_whole(
    cli: Cli, script: Path, db: Path, text: str, says: str
) -> None:
    before = rows(db, "select * from log")
    script.write_text(text)
    done = cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor", "--json")
    assert done.code == 1
    assert says in done.err
    assert done.json["refused"][0]["reason"] == done.err.strip()
    assert rows(db, "select * from log") == before


def test_a_returned_answer_refuses_the_whole_script(cli: Cli, marked: Path, db: Path) -> None:
    from dataclasses import replace

    from markdesk import bootstrap
    from markdesk.core.changes import MarkingChanged
    from markdesk.core.marking import MarkingStatus
    from markdesk.desk.desk import find_script
    from markdesk.desk.marking_desk import MarkingDesk

    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    opened = MarkingDesk(desk, find_script(desk, "Mock C1 02/okafor"))
    header = opened.marking.header
    back = MarkingChanged(header, replace(header, status=MarkingStatus.RETURNED))
    step = replace(desk.step("return", "returned", (back,)), marking_id=header.id)
    store.commit(step, opened.marking.revision)
    store.close()
    before = rows(db, "select * from log")
    marked.write_text(SCRIPT.replace("right about", "wrong about").replace("mostly", "quite"))
    done = cli("import", marked, "--paper", "Mock C1", "--student", "Amara Okafor")
    assert (done.code, "was returned" in done.err) == (1, True)
    assert rows(db, "select * from log") == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "one of --assignment NAME and --paper NAME"),
        (("--paper", " "), "--paper needs the name of an exam"),
        (("-a", "x", "--paper", "Mock C1"), "one of --assignment NAME and --paper NAME"),
        (
            ("--paper", "Mock C1", "--rubric", "generic-essay-4strand"),
            "--question, --rubric and --kind don't go with it",
        ),
        (("--paper", "Mock C1", "--question", "Why?"), "--question, --rubric and --kind don't go with it"),
        (("--paper", "Mock C1", "more.txt"), "--paper divides one script"),
    ],
)
def test_options_that_make_no_sense(cli: Cli, script: Path, options: tuple[str, ...], says: str) -> None:
    done = cli("import", script, *options)
    assert (done.code, says in done.err) == (2, True)


def test_too_many_answers_are_taken_in_and_told(cli: Cli, script: Path, db: Path) -> None:
    script.write_text(SCRIPT + "\n\n" + "03".join(("", "\n\nWar was dear.")))
    assert cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor").code == 1, "03 stands below 04"
    script.write_text(SCRIPT.replace("04.", "03\n\nWar was dear.\n\n04."))
    done = cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor")
    assert done.code == 0
    assert "3 of 02, 03, 04 are answered, and 2 asked for: mark them all; the best count." in done.err
    for number, mark in (("01", 22), ("02", 11), ("03", 19), ("04", 17)):
        assert cli("award", f"Mock C1 {number}/okafor", "--scale", f"main={mark}", "--finish").code == 0
    amara = cli("exam", "totals", "Mock C1", "--json").json["students"][1]
    assert (amara["total"], amara["beyond"], amara["sections"]["B"]["counted"]) == (58, ["02"], ["03", "04"])
    assert "(11)" in cli("exam", "show", "Mock C1").out
