"""Scans on every kind of store: kept with a handwritten script, taken off, a class's divided; nothing half done."""

from dataclasses import replace

import pytest

from markdesk.core.changes import AbsenceChanged, AnyChange, AssignmentChanged, ScriptChanged
from markdesk.core.coursework import Scan, Script
from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.core.queue_notes import Absence, Why
from markdesk.core.scans import Listed, Pages
from markdesk.desk.ports import Entry
from markdesk.desk.returning import return_essays
from markdesk.desk.scans import (
    BY_NAME,
    ScanFile,
    Split,
    SplitOrder,
    add_scans,
    kept_scans,
    plan_split,
    remove_scan,
    split,
)
from tests.conftest import Reopen
from tests.kit import SmallDesk
from tests.scanned import JPEG, a_pdf

CLASS = ScanFile("class [sic].pdf", a_pdf(6), "pdf", 6)
PHOTO = ScanFile("okafor.jpg", JPEG, "jpg", 0)


@pytest.fixture
def pile(small_desk: SmallDesk) -> SmallDesk:
    """The small desk with a second assignment, of handwritten scripts alone: Świderska, Okafor, O’Connell."""
    desk, mock = small_desk.desk, replace(small_desk.assignment, id=AssignmentId("mock"), name="Mock")
    students = [small_desk.students[at] for at in (1, 0, 2)]
    scripts = [
        Script(ScriptId(f"paper-{at}"), mock.id, student.id, None, "", desk.clock.now())
        for at, student in enumerate(students)
    ]
    changes: tuple[AnyChange, ...] = (
        AssignmentChanged(None, mock),
        *(ScriptChanged(None, script) for script in scripts),
    )
    desk.commit("paper", "three paper scripts", changes)
    return small_desk


def paper(pile: SmallDesk, place: int) -> Entry:
    (entry,) = pile.store.entries(pile.desk.marker.id, script_id=ScriptId(f"paper-{place}"))
    return entry


def scans_of(pile: SmallDesk, place: int) -> tuple[Scan, ...]:
    return paper(pile, place).script.scans


def divide(pile: SmallDesk, order: SplitOrder, file: ScanFile = CLASS) -> Split:
    mock = paper(pile, 0).assignment
    return split(pile.desk, lambda: mock, file, order)


def pages(pile: SmallDesk) -> list[str]:
    return [" ".join(f"{one.first_page}-{one.last_page}" for one in scans_of(pile, place)) for place in range(3)]


def test_files_are_kept_with_a_script_as_one_step(pile: SmallDesk, reopen: Reopen) -> None:
    before = pile.store.verify().changes
    added = add_scans(pile.desk, paper(pile, 0), [CLASS, PHOTO])
    wanted = (Scan(CLASS.hash, "class [sic].pdf", 1, 6), Scan(PHOTO.hash, "okafor.jpg"))
    assert (added.new, added.there, added.entry.script.scans) == (wanted, (), wanted)
    again = reopen(pile.store)
    assert again.verify().changes == before + 1
    (entry,) = again.entries(pile.desk.marker.id, script_id=ScriptId("paper-0"))
    assert entry.script.scans == wanted
    assert again.source(CLASS.hash) == CLASS.content
    assert again.source(PHOTO.hash) == JPEG
    assert again.verify().problems == ()


def test_the_same_file_again_changes_nothing(pile: SmallDesk) -> None:
    add_scans(pile.desk, paper(pile, 0), [PHOTO])
    before = pile.store.verify().changes
    added = add_scans(pile.desk, paper(pile, 0), [replace(PHOTO), PHOTO])
    assert (added.new, len(added.there), pile.store.verify().changes) == ((), 1, before)
    other = add_scans(pile.desk, paper(pile, 0), [PHOTO, CLASS])
    assert (len(other.new), len(other.there)) == (1, 1)


def test_a_page_is_one_student_s(pile: SmallDesk) -> None:
    add_scans(pile.desk, paper(pile, 0), [PHOTO])
    before = pile.store.verify().changes
    with pytest.raises(MarkdeskError, match=r"okafor\.jpg is kept with another student's script: Łucja Świderska's"):
        add_scans(pile.desk, paper(pile, 1), [CLASS, PHOTO])
    assert (pile.store.verify().changes, scans_of(pile, 1)) == (before, ())
    divide(pile, SplitOrder())
    with pytest.raises(MarkdeskError, match="another student's script"):
        add_scans(pile.desk, paper(pile, 1), [CLASS])
    mock = paper(pile, 0).assignment
    second = replace(mock, id=AssignmentId("second"), name="Mock 2")
    scripts = [
        replace(paper(pile, at).script, id=ScriptId(f"second-{at}"), assignment_id=second.id, scans=())
        for at in range(3)
    ]
    changes: tuple[AnyChange, ...] = (AssignmentChanged(None, second), *(ScriptChanged(None, one) for one in scripts))
    pile.desk.commit("paper", "a second question", changes)
    assert len(split(pile.desk, lambda: second, CLASS, SplitOrder()).changes) == 3, "a booklet may answer two questions"
    with pytest.raises(MarkdeskError, match="another student's script"):
        split(pile.desk, lambda: second, CLASS, SplitOrder(by=BY_NAME))


def test_a_typed_script_and_too_many_pages_are_refused(pile: SmallDesk) -> None:
    with pytest.raises(MarkdeskError, match="has its text on the desk"):
        add_scans(pile.desk, pile.entry(0), [PHOTO])
    with pytest.raises(MarkdeskError, match="would have 100 pages; a script has at most 99") as refused:
        add_scans(pile.desk, paper(pile, 0), [ScanFile("big.pdf", b"%PDF-", "pdf", 100)])
    assert "scan split" in refused.value.hint
    assert scans_of(pile, 0) == ()


def test_a_returned_marking_s_script_may_still_get_its_scan(pile: SmallDesk) -> None:
    opened = pile.open(2)
    opened.give_mark("main", 17)
    opened.finish()
    assert len(return_essays(pile.desk, [pile.entry(2)], 0.0).done) == 1
    marking = pile.store.marking(pile.scripts[2].id, pile.desk.marker.id)
    added = add_scans(pile.desk, pile.entry(2), [PHOTO])
    assert len(added.new) == 1
    assert pile.store.marking(pile.scripts[2].id, pile.desk.marker.id) == marking
    assert pile.store.verify().problems == ()


def test_one_is_taken_off_and_its_file_stays_for_the_log(pile: SmallDesk) -> None:
    with pytest.raises(NotFound, match="has no scan"):
        remove_scan(pile.desk, paper(pile, 0), None)
    add_scans(pile.desk, paper(pile, 0), [CLASS, PHOTO])
    with pytest.raises(MarkdeskError, match="has 2 scans"):
        remove_scan(pile.desk, paper(pile, 0), None)
    for wrong in (0, 3, -1):
        with pytest.raises(NotFound, match="counted from 1"):
            remove_scan(pile.desk, paper(pile, 0), wrong)
    _, gone = remove_scan(pile.desk, paper(pile, 0), 1)
    assert (gone.source_hash, [one.source_hash for one in scans_of(pile, 0)]) == (CLASS.hash, [PHOTO.hash])
    remove_scan(pile.desk, paper(pile, 0), None)
    assert scans_of(pile, 0) == ()
    assert pile.store.source(CLASS.hash) == CLASS.content
    assert pile.store.verify().problems == ()


def test_a_step_of_scans_is_taken_back(pile: SmallDesk) -> None:
    script = paper(pile, 0).script
    step = pile.desk.commit("scan", "a scan", (ScriptChanged(script, replace(script, scans=(Scan("h", "x.pdf"),))),))
    pile.desk.take_back(step)
    assert scans_of(pile, 0) == ()


def test_a_class_is_divided_in_the_order_of_the_pile_or_by_name(pile: SmallDesk) -> None:
    plan = divide(pile, SplitOrder())
    assert [part.entry.student.family_name for part in plan.parts] == ["Świderska", "Okafor", "O’Connell"]
    assert pages(pile) == ["1-2", "3-4", "5-6"]
    assert (plan.lost, plan.left_out, plan.unused, plan.without_script) == ((), (), (), ())
    assert divide(pile, SplitOrder(each=2)).changes == ()
    again = divide(pile, SplitOrder(by=BY_NAME))
    assert pages(pile) == ["5-6", "3-4", "1-2"], "divided anew"
    assert [str(part.had[0]) for part in again.parts] == ["5–6", "3–4", "1–2"]
    assert pile.store.verify().problems == ()


def test_other_scans_of_a_script_stay_when_a_class_is_divided(pile: SmallDesk) -> None:
    divide(pile, SplitOrder())
    add_scans(pile.desk, paper(pile, 1), [PHOTO])
    assert divide(pile, SplitOrder()).changes == ()
    divide(pile, SplitOrder(by=BY_NAME))
    assert {one.source_hash for one in scans_of(pile, 1)} == {CLASS.hash, PHOTO.hash}


def test_who_was_away_has_no_pages(pile: SmallDesk) -> None:
    mock, finn = paper(pile, 0).assignment, paper(pile, 2).student
    divide(pile, SplitOrder())
    pile.desk.commit("absence", "away", (AbsenceChanged(None, Absence(mock.id, finn.id, Why.ABSENT)),))
    plan = divide(pile, SplitOrder())
    assert pages(pile) == ["1-3", "4-6", ""]
    assert [entry.student.id for entry in plan.left_out] == [finn.id]
    assert [(str(part.had[0]), part.pages) for part in plan.lost] == [("5–6", ())]
    divide(pile, SplitOrder(each=6, without=("okafor",)))
    assert pages(pile) == ["1-6", "", ""]
    with pytest.raises(NotFound):
        divide(pile, SplitOrder(without=("nobody",)))
    with pytest.raises(MarkdeskError, match="Nobody is left"):
        divide(pile, SplitOrder(without=("okafor", "Łucja", "finn")))


def test_a_list_says_whose_pages_are_which(pile: SmallDesk) -> None:
    listed = (Listed(1, "Finn", Pages(1, 1)), Listed(2, "7042", Pages(2, 4)), Listed(3, "Finn", Pages(6, 6)))
    plan = divide(pile, SplitOrder(listed=listed))
    assert pages(pile) == ["", "2-4", "1-1 6-6"]
    assert ([str(one) for one in plan.unused], [e.student.given_name for e in plan.left_out]) == (["5"], ["Łucja"])
    with pytest.raises(NotFound, match="Line 4 of the list: No script goes by 'Nobody'"):
        divide(pile, SplitOrder(listed=(Listed(4, "Nobody", Pages(1, 1)),)))
    assert pages(pile) == ["", "2-4", "1-1 6-6"]


def test_what_cannot_be_divided_is_refused_and_nothing_is_written(pile: SmallDesk) -> None:
    before = pile.store.verify().changes
    mock = paper(pile, 0).assignment
    for file, order, told in (
        (PHOTO, SplitOrder(), "is a picture; a class's scan is a PDF"),
        (CLASS, SplitOrder(each=3), "has 6 pages; 3 scripts of 3 pages would be 9"),
        (replace(CLASS, pages=7), SplitOrder(), "has 7 pages, which 3 scripts don't divide evenly: at 2 pages each 1"),
        (replace(CLASS, pages=2), SplitOrder(), "has 2 pages, which 3 scripts don't divide evenly"),
    ):
        with pytest.raises(MarkdeskError, match=told):
            split(pile.desk, lambda: mock, file, order)
    with pytest.raises(MarkdeskError, match="has no paper scripts"):
        plan_split(pile.desk, replace(mock, id=AssignmentId("none")), CLASS, SplitOrder())
    assert (pile.store.verify().changes, pages(pile)) == (before, ["", "", ""])
    plan_split(pile.desk, mock, CLASS, SplitOrder())
    assert pile.store.verify().changes == before, "a plan writes nothing"


def test_a_typed_script_gets_no_pages_and_who_has_none_is_told(pile: SmallDesk) -> None:
    (entry,) = (e for e in pile.store.entries(pile.desk.marker.id, pile.assignment.id) if e.script.essay_hash is None)
    plan = split(pile.desk, lambda: pile.assignment, CLASS, SplitOrder())
    assert [part.entry.script.id for part in plan.parts] == [entry.script.id]
    with pytest.raises(MarkdeskError, match=r"Line 1 of the list: .* has its text on the desk"):
        split(pile.desk, lambda: pile.assignment, CLASS, SplitOrder(listed=(Listed(1, "Okafor", Pages(1, 2)),)))
    script = paper(pile, 2).script
    pile.desk.commit("test", "one script fewer", (ScriptChanged(script, None),))
    mock = paper(pile, 0).assignment
    assert [one.given_name for one in split(pile.desk, lambda: mock, a_second(), SplitOrder()).without_script] == [
        "Finn"
    ]


def a_second() -> ScanFile:
    return ScanFile("second.pdf", a_pdf(6, "second"), "pdf", 6)


def test_what_is_looked_at_has_no_name_while_names_are_hidden(pile: SmallDesk) -> None:
    with pytest.raises(NotFound, match="has no scan"):
        kept_scans(pile.desk, ScriptId("paper-1"))
    divide(pile, SplitOrder())
    add_scans(pile.desk, paper(pile, 1), [PHOTO])
    _, (first, second) = kept_scans(pile.desk, ScriptId("paper-1"))
    assert (first.content, first.pages, first.called) == (CLASS.content, Pages(3, 4), "Amara Okafor")
    assert (second.content, second.pages, second.short_id) == (JPEG, None, paper(pile, 1).script.short_id)
    _, (only,) = kept_scans(pile.desk, ScriptId("paper-1"), 2)
    assert only.content == JPEG
    with pytest.raises(NotFound, match="no scan 3"):
        kept_scans(pile.desk, ScriptId("paper-1"), 3)
    mock = paper(pile, 1).assignment
    pile.desk.commit("hide names", "hidden", (AssignmentChanged(mock, replace(mock, is_anonymous=True)),))
    entry, (first, _) = kept_scans(pile.desk, ScriptId("paper-1"))
    assert (first.called, entry.assignment.is_anonymous) == ("", True)
    with pytest.raises(MarkdeskError) as refused:
        add_scans(pile.desk, paper(pile, 0), [PHOTO])
    assert "Okafor" not in str(refused.value).replace("okafor.jpg", "")
