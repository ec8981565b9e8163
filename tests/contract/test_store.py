"""One suite for every kind of store: the same answers, the same refusals, nothing half done."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.anchors import Anchor, anchor
from markdesk.core.annotation import ActedOn, Annotation
from markdesk.core.award import Award, Placement
from markdesk.core.canonical import file_hash
from markdesk.core.changes import (
    AnnotationChanged,
    AnyChange,
    AssignmentChanged,
    AwardChanged,
    FeedbackChanged,
    GroupChanged,
    MarkerChanged,
    MarkingChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
    apply_all,
)
from markdesk.core.coursework import Assignment, Kind, Scan, Script
from markdesk.core.errors import MarkdeskError, NotFound, StaleChange, StaleRevision, StoreRefused
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import (
    AnnotationId,
    AssignmentId,
    EssayHash,
    GroupId,
    MarkerId,
    MarkingId,
    RubricHash,
    ScaleId,
    ScriptId,
    StepId,
    StudentId,
)
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus
from markdesk.core.people import Marker, Membership, Student, TeachingGroup
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Draft, Keep, Place
from markdesk.desk.store import Store
from tests.conftest import Reopen
from tests.kit import HARD_ESSAY, SECOND_ESSAY, SmallDesk, shipped_rubric

M = MarkingId("marking-1")


def header(small: SmallDesk, place: int = 0, marking: MarkingId = M) -> MarkingHeader:
    script = small.scripts[place]
    return MarkingHeader(
        marking,
        script.id,
        small.desk.marker.id,
        script.essay_hash,
        small.rubric.hash,
        MarkingStatus.IN_PROGRESS,
        "2026-11-23T09:30:00.000+00:00",
    )


def step(small: SmallDesk, *changes: AnyChange, marking: MarkingId | None = M) -> Step:
    new = StepId(small.ids.new())
    marker = small.desk.marker.id
    return Step(new, new, StepKind.DO, "test", "a test's act", changes, small.clock.now(), marker, marking)


def begin(small: SmallDesk) -> MarkingHeader:
    small.desk.know_marker()
    begun = header(small)
    small.store.commit(step(small, MarkingChanged(None, begun)), 0)
    return begun


def note(n: int, comment: str = "") -> Annotation:
    return Annotation(M, AnnotationId(f"note-{n}"), anchor(HARD_ESSAY, Span(n, n + 3)), "K", comment)


def everything(store: Store, small: SmallDesk) -> tuple[Any, ...]:
    """All that a store can say, for telling whether anything changed."""
    marker = small.desk.marker.id
    return (
        set(store.students()),
        set(store.groups()),
        set(store.memberships(small.group.id)),
        set(store.markers()),
        store.assignments(),
        store.overview(marker),
        store.entries(marker),
        [store.marking(script.id, marker) for script in small.scripts],
        store.steps(M),
        [store.drafts(script.id, marker) for script in small.scripts],
        [store.place(marker, script.id) for script in small.scripts],
        store.verify(),
    )


# -- round trips


def test_an_empty_desk(store: Store) -> None:
    nobody = MarkerId("nobody")
    assert (store.students(), store.groups(), store.markers(), store.assignments()) == ((), (), (), ())
    assert (store.overview(nobody), store.entries(nobody), store.entries(None)) == ((), (), ())
    assert store.marking(ScriptId("x"), nobody) is None
    assert store.steps(M) == ()
    assert store.drafts(ScriptId("x"), nobody) == ()
    assert store.place(nobody) is None
    assert store.memberships(GroupId("x")) == ()
    assert (store.verify().changes, store.verify().problems) == (0, ())
    assert not store.read_only
    with pytest.raises(NotFound):
        store.essay(EssayHash("sha256:" + "0" * 64))
    with pytest.raises(NotFound):
        store.rubric(RubricHash("sha256:" + "0" * 64))


def test_what_was_imported_comes_back(small_desk: SmallDesk, reopen: Reopen) -> None:
    store = reopen(small_desk.store)
    assert set(store.students()) == set(small_desk.students)
    assert store.groups() == (small_desk.group,)
    assert {m.student_id for m in store.memberships(small_desk.group.id)} == {s.id for s in small_desk.students}
    assert store.assignments() == (small_desk.assignment,)
    assert store.essay(EssayHash(HARD_ESSAY.hash)).text == HARD_ESSAY.text
    assert store.rubric(small_desk.rubric.hash) == small_desk.rubric
    assert [entry.script for entry in store.entries(None)] == list(small_desk.scripts)
    assert store.entries(None)[0].script.removed == ("Skip to content [x]",)


HARD_TEXTS = [
    "",
    "[sic] [/b] 'quote\" ; --",
    "毛泽东 \U0001f468\u200d\U0001f469 e\u0301",
    "a\x00b\x1b[2J\u202e",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HARD_TEXTS, ids=["empty", "marks", "letters", "controls", "long"])
def test_any_text_comes_back_as_it_was(small_desk: SmallDesk, reopen: Reopen, text: str) -> None:
    begun = begin(small_desk)
    hidden = Anchor(Span(0, 1), text, text, text)
    made: tuple[AnyChange, ...] = (
        AnnotationChanged(None, Annotation(M, AnnotationId("a"), hidden, "K", text)),
        AnnotationChanged(None, Annotation(M, AnnotationId("b"), Anchor(None, text), "", text)),
        AwardChanged(None, Award(M, ScaleId("main"), 18, 4, False, True, (("focus", Placement(4, -1)),), text)),
        FeedbackChanged(None, FeedbackLine(M, Field.TARGET, 1, text)),
    )
    small_desk.store.commit(step(small_desk, *made), 1)
    keep = Keep((Essay(text),), (), {"source": text.encode()})
    student = Student(StudentId("s"), text, text, text)
    small_desk.store.commit(step(small_desk, StudentChanged(None, student), marking=None), keep=keep)
    store = reopen(small_desk.store)
    found = store.marking(begun.script_id, begun.marker_id)
    assert found is not None
    expected = [change.after for change in made]
    assert [found.annotations.get("a"), found.annotations.get("b"), found.award("main"), found.line(Field.TARGET)] == (
        expected
    )
    assert store.steps(M)[-1].changes == made
    assert student in store.students()
    assert store.essay(EssayHash(Essay(text).hash)).text == text
    entry = store.entries(begun.marker_id, script_id=begun.script_id)[0]
    assert (entry.target, entry.awards, entry.annotations) == (text, (expected[2],), 2)
    if text:  # one source was kept under a name that isn't its hash
        assert [p for p in store.verify().problems if "source" not in p] == []


@pytest.mark.parametrize("status", list(MarkingStatus))
def test_every_status_comes_back_and_stays(small_desk: SmallDesk, reopen: Reopen, status: MarkingStatus) -> None:
    begun = begin(small_desk)
    small_desk.store.commit(step(small_desk, AnnotationChanged(None, note(3))), 1)
    now = replace(begun, status=status, completed_at="later" if status is not MarkingStatus.IN_PROGRESS else None)
    if now != begun:
        small_desk.store.commit(step(small_desk, MarkingChanged(begun, now)), 2)
    found = reopen(small_desk.store).marking(begun.script_id, begun.marker_id)
    assert found is not None
    assert found.header == now
    assert (found.is_kept, found.is_locked) == (True, status is MarkingStatus.RETURNED)
    assert found.annotations.get("note-3") == note(3)
    assert found.code_counts.get("K") == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_task_comes_back(small_desk: SmallDesk, reopen: Reopen, kind: Kind) -> None:
    task = replace(small_desk.assignment, id=AssignmentId("b"), name="B", kind=kind, group_id=None, order_seed=2**62)
    small_desk.store.commit(step(small_desk, AssignmentChanged(None, task), marking=None))
    assert task in reopen(small_desk.store).assignments()


def test_states_of_an_award_are_kept_apart(small_desk: SmallDesk, reopen: Reopen) -> None:
    begin(small_desk)
    states = {
        "zero": Award(M, ScaleId("zero"), 0, 0),
        "none": Award(M, ScaleId("none"), no_response=True),
        "placed": Award(M, ScaleId("placed"), strands=(("a", Placement(0)), ("b", Placement(5, 1)))),
    }
    small_desk.store.commit(step(small_desk, *(AwardChanged(None, award) for award in states.values())), 1)
    found = reopen(small_desk.store).marking(small_desk.scripts[0].id, small_desk.desk.marker.id)
    assert found is not None
    assert {award.scale: award for award in found.awards.values()} == states


# -- reading


def test_the_newest_assignment_is_first(small_desk: SmallDesk) -> None:
    days = {"older": "2026-09-01", "newest": "2026-11-30", "same day": "2026-11-16"}
    for name, day in days.items():
        task = replace(small_desk.assignment, id=AssignmentId(f"zz-{name}"), name=name, set_on=day)
        small_desk.store.commit(step(small_desk, AssignmentChanged(None, task), marking=None))
    expected = ["newest", "same day", "Henry VII", "older"]
    assert [task.name for task in small_desk.store.assignments()] == expected
    assert [row.assignment.name for row in small_desk.store.overview(MarkerId("x"))] == expected


def test_the_overview_counts(small_desk: SmallDesk) -> None:
    marker = small_desk.desk.marker.id
    small_desk.open(0).give_mark("main", 12)
    two = small_desk.open(1)
    two.give_mark("main", 12)
    two.finish()
    two.keep_draft("comment", "half")
    small_desk.open(2).keep_draft("www.1", "half")
    (row,) = small_desk.store.overview(marker)
    assert (row.assignment, row.group) == (small_desk.assignment, small_desk.group)
    assert (row.scripts, row.complete, row.begun, row.drafts) == (3, 1, 1, 2)
    (other,) = small_desk.store.overview(MarkerId("another"))
    assert (other.scripts, other.complete, other.begun, other.drafts) == (3, 0, 0, 0)


def test_entries_are_those_asked_for(small_desk: SmallDesk) -> None:
    store, marker = small_desk.store, small_desk.desk.marker.id
    older = replace(small_desk.assignment, id=AssignmentId("older"), name="Older", set_on="2026-01-01")
    script = replace(small_desk.scripts[0], id=ScriptId("script-000000"), assignment_id=older.id)
    store.commit(step(small_desk, AssignmentChanged(None, older), ScriptChanged(None, script), marking=None))
    ids = [s.id for s in small_desk.scripts]
    assert [e.script.id for e in store.entries(marker)] == [*ids, script.id], "newest task first, then in order of id"
    assert [e.script.id for e in store.entries(marker, small_desk.assignment.id)] == ids
    amara = small_desk.students[0].id
    assert [e.script.id for e in store.entries(marker, student_id=amara)] == [ids[0], script.id]
    assert [e.script.id for e in store.entries(marker, older.id, amara)] == [script.id]
    assert [e.script.id for e in store.entries(marker, script_id=ids[1])] == [ids[1]]
    assert store.entries(marker, older.id, small_desk.students[1].id) == ()
    first = store.entries(marker, script_id=ids[0])[0]
    assert (first.student, first.assignment, first.header) == (small_desk.students[0], small_desk.assignment, None)
    assert (first.awards, first.annotations, first.target) == ((), 0, None)
    assert [e.words for e in store.entries(marker)][1:3] == [12, None]


def test_entries_tell_markers_apart(small_desk: SmallDesk) -> None:
    store, script = small_desk.store, small_desk.scripts[0].id
    small_desk.open().give_mark("main", 12)
    second = small_desk.other_marker()
    third = small_desk.other_marker("Mx Third")
    theirs = MarkingDesk(second, store.entries(second.marker.id, script_id=script)[0])
    theirs.give_mark("main", 17)
    theirs.write_feedback(Field.TARGET, 1, "Dates.")

    def told(marker: MarkerId | None) -> list[tuple[str | None, list[int | None], str | None]]:
        return [
            (e.header.marker_id if e.header else None, [a.mark for a in e.awards], e.target)
            for e in store.entries(marker, script_id=script)
        ]

    assert told(small_desk.desk.marker.id) == [("marker-Ms Test", [12], None)]
    assert told(second.marker.id) == [("marker-Mr Second", [17], "Dates.")]
    assert told(third.marker.id) == [(None, [], None)]
    both = [("marker-Mr Second", [17], "Dates."), ("marker-Ms Test", [12], None)]
    assert sorted(told(None), key=str) == both
    assert small_desk.open().marking.award("main").mark == 12


def test_awards_are_in_order_of_their_scale(small_desk: SmallDesk) -> None:
    begin(small_desk)
    for revision, scale in enumerate(("b", "c", "a"), start=1):
        small_desk.store.commit(step(small_desk, AwardChanged(None, Award(M, ScaleId(scale), 1, 1))), revision)
    assert [award.scale for award in small_desk.entry().awards] == ["a", "b", "c"]


def test_steps_are_the_log_of_one_marking_in_order(small_desk: SmallDesk, reopen: Reopen) -> None:
    begin(small_desk)
    made = [step(small_desk, AnnotationChanged(None, note(n))) for n in range(3)]
    for revision, one in enumerate(made, start=1):
        small_desk.store.commit(one, revision)
    undo = replace(step(small_desk, AnnotationChanged(note(2), None)), group=made[2].id, kind=StepKind.UNDO)
    small_desk.store.commit(undo, 4)
    small_desk.open(1).give_mark("main", 3)
    assert reopen(small_desk.store).steps(M)[1:] == (*made, undo)


# -- drafts and places


def draft(small: SmallDesk, editor: str, text: str, place: int = 0) -> Draft:
    return Draft(small.scripts[place].id, small.desk.marker.id, editor, text, small.clock.now(), Span(1, 4), "note-1")


def test_the_whole_log_is_read_piece_by_piece(small_desk: SmallDesk, reopen: Reopen) -> None:
    for place in (0, 1):
        desk = small_desk.open(place)
        for mark in (3, 7, 9):
            desk.give_mark(small_desk.rubric.scales[0].id, mark)
    store = reopen(small_desk.store)
    every = store.steps_after(0, 100)
    assert [step.marking_id is None for step in every].count(True) >= 1
    assert len({step.marking_id for step in every}) == 3
    assert every == store.first_steps(100)
    assert len(every) == store.verify().changes
    for most in (1, 3, 100):
        pieces: list[Step] = []
        while found := store.steps_after(len(pieces), most):
            assert len(found) <= most
            pieces += found
        assert tuple(pieces) == every
    assert store.steps_after(len(every), 1) == ()
    assert store.steps_so_far() == len(every)


def test_a_draft_is_overwritten_and_dropped(small_desk: SmallDesk, reopen: Reopen) -> None:
    store, script, marker = small_desk.store, small_desk.scripts[0].id, small_desk.desk.marker.id
    before = store.verify().changes
    store.save_draft(draft(small_desk, "comment", "h"))
    small_desk.clock.wait(1)
    last = draft(small_desk, "comment", "ha [sic] \U0001f451")
    store.save_draft(last)
    small_desk.clock.wait(1)
    bare = replace(draft(small_desk, "ebi.1", ""), target=None, annotation_id="")
    store.save_draft(bare)
    elsewhere = replace(draft(small_desk, "comment", "other", place=1), target=Span(5, 5))
    store.save_draft(elsewhere)
    store = reopen(store)
    assert store.drafts(script, marker) == (last, bare), "oldest first"
    assert store.drafts(script, MarkerId("other")) == ()
    assert store.verify().changes == before, "drafts stand in no log"
    store.drop_draft(script, marker, "comment")
    store.drop_draft(script, marker, "never was")
    assert store.drafts(script, marker) == (bare,)
    assert store.drafts(small_desk.scripts[1].id, marker) == (elsewhere,)


def test_a_step_closes_only_the_drafts_it_names(small_desk: SmallDesk) -> None:
    begin(small_desk)
    store, marker = small_desk.store, small_desk.desk.marker.id
    for editor in ("comment", "www.1", "www.2"):
        store.save_draft(draft(small_desk, editor, "x"))
    store.save_draft(draft(small_desk, "comment", "x", place=1))
    store.commit(step(small_desk, AnnotationChanged(None, note(1))), 1, closes=("comment", "www.2"))
    assert [d.editor for d in store.drafts(small_desk.scripts[0].id, marker)] == ["www.1"]
    assert len(store.drafts(small_desk.scripts[1].id, marker)) == 1


def test_a_refused_step_closes_nothing(small_desk: SmallDesk) -> None:
    begin(small_desk)
    small_desk.store.save_draft(draft(small_desk, "comment", "x"))
    with pytest.raises(StaleRevision):
        small_desk.store.commit(step(small_desk, AnnotationChanged(None, note(1))), 0, closes=("comment",))
    assert len(small_desk.store.drafts(small_desk.scripts[0].id, small_desk.desk.marker.id)) == 1


def test_places(small_desk: SmallDesk, reopen: Reopen) -> None:
    store, marker, task = small_desk.store, small_desk.desk.marker.id, small_desk.assignment.id
    one, two = small_desk.scripts[0].id, small_desk.scripts[1].id
    first = Place(marker, one, task, 3, 9, "2026-11-23T09:00:00.000+00:00", True)
    later = Place(marker, two, task, 0, 4, "2026-11-23T09:01:00.000+00:00")
    for place in (first, later):
        store.save_place(place)
    store = reopen(store)
    assert (store.place(marker), store.place(marker, one), store.place(marker, two)) == (later, first, later)
    assert store.place(MarkerId("other")) is None
    back = replace(first, start=5, end=6, at="2026-11-23T09:02:00.000+00:00", by_sentence=False)
    store.save_place(back)
    assert store.place(marker) == back
    assert store.place(marker, one) == back


# -- refusals: nothing is written


def refused(small: SmallDesk, error: type[MarkdeskError], one: Step, revision: int | None = None) -> None:
    keep = Keep((Essay("kept by nobody"),), (shipped_rubric("generic-essay-4strand"),), {})
    before = everything(small.store, small)
    with pytest.raises(error):
        small.store.commit(one, revision, keep)
    assert everything(small.store, small) == before
    with pytest.raises(NotFound):
        small.store.essay(EssayHash(Essay("kept by nobody").hash))
    with pytest.raises(NotFound):
        small.store.rubric(shipped_rubric("generic-essay-4strand").hash)


@pytest.mark.parametrize("revision", [0, 2, 99, -1])
def test_a_stale_revision_is_refused_whole(small_desk: SmallDesk, revision: int) -> None:
    begin(small_desk)
    refused(small_desk, StaleRevision, step(small_desk, AnnotationChanged(None, note(1))), revision)


def test_the_revision_goes_up_with_each_step(small_desk: SmallDesk, reopen: Reopen) -> None:
    begin(small_desk)
    for revision in (1, 2, 3):
        small_desk.store.commit(step(small_desk, AnnotationChanged(None, note(revision))), revision)
    found = reopen(small_desk.store).marking(small_desk.scripts[0].id, small_desk.desk.marker.id)
    assert found is not None
    assert found.revision == 4


def test_a_second_marking_of_one_script_is_refused(small_desk: SmallDesk) -> None:
    begin(small_desk)
    other = MarkingId("marking-2")
    second = header(small_desk, marking=other)
    refused(small_desk, StaleRevision, step(small_desk, MarkingChanged(None, second), marking=other), 0)
    again = step(small_desk, MarkingChanged(None, header(small_desk)))
    refused(small_desk, StaleRevision, again, 0)


def stale(small: SmallDesk) -> list[tuple[AnyChange, ...]]:
    amara = small.students[0]
    new = Student(StudentId("new"), "New", "Student")
    renamed = replace(amara, family_name="Renamed")
    joined = Membership(small.group.id, amara.id)
    return [
        (StudentChanged(renamed, replace(amara, family_name="Lost update")),),
        (StudentChanged(new, replace(new, given_name="X")),),
        (StudentChanged(new, None),),
        (StudentChanged(None, amara),),
        (StudentChanged(None, renamed),),
        (StudentChanged(None, new), StudentChanged(None, new)),
        (StudentChanged(None, new), StudentChanged(renamed, amara)),
        (MembershipChanged(None, joined),),
        (MembershipChanged(Membership(small.group.id, StudentId("new")), None),),
        (GroupChanged(None, small.group),),
        (AssignmentChanged(replace(small.assignment, name="other"), small.assignment),),
        (ScriptChanged(replace(small.scripts[0], version=2), replace(small.scripts[0], version=3)),),
    ]


@pytest.mark.parametrize("case", range(12))
def test_a_stale_roster_change_is_refused_whole(small_desk: SmallDesk, case: int) -> None:
    refused(small_desk, StaleChange, step(small_desk, *stale(small_desk)[case], marking=None))


@pytest.mark.parametrize("case", range(6))
def test_what_must_be_one_of_its_name_is(small_desk: SmallDesk, case: int) -> None:
    small_desk.desk.know_marker()
    group, task, script = small_desk.group, small_desk.assignment, small_desk.scripts[0]
    other = TeachingGroup(GroupId("g2"), "13X")
    if case == 5:
        small_desk.desk.commit("group", "x", (GroupChanged(None, other),))
    twin: AnyChange = (
        GroupChanged(None, TeachingGroup(GroupId("g3"), group.name)),
        AssignmentChanged(None, replace(task, id=AssignmentId("t2"))),
        ScriptChanged(None, replace(script, id=ScriptId("s2"))),
        MarkerChanged(None, Marker(MarkerId("m2"), small_desk.desk.marker.name)),
        ScriptChanged(None, replace(script, id=ScriptId("s2"), essay_hash=None)),
        GroupChanged(other, replace(other, name=group.name)),
    )[case]
    refused(small_desk, StaleChange, step(small_desk, twin, marking=None))


def test_a_change_in_a_marking_that_is_there_already_is_refused(small_desk: SmallDesk) -> None:
    begin(small_desk)
    small_desk.store.commit(step(small_desk, AnnotationChanged(None, note(1))), 1)
    refused(small_desk, StaleChange, step(small_desk, AnnotationChanged(None, note(1))), 2)
    refused(small_desk, StaleChange, step(small_desk, AnnotationChanged(note(2), note(2, "x"))), 2)
    refused(small_desk, StaleChange, step(small_desk, AnnotationChanged(note(2), None)), 2)
    line = FeedbackLine(M, Field.EBI, 1, "x")
    refused(small_desk, StaleChange, step(small_desk, FeedbackChanged(line, replace(line, text="y"))), 2)


def test_a_change_made_for_another_value_is_refused(small_desk: SmallDesk) -> None:
    """The revision fits, the value doesn't: a fault of the program must not wipe out what is there."""
    begin(small_desk)
    small_desk.store.commit(step(small_desk, AnnotationChanged(None, note(1, "mine"))), 1)
    lost = step(small_desk, AnnotationChanged(note(1, "not mine"), note(1, "over it")))
    refused(small_desk, StaleChange, lost, 2)


def test_roster_changes_are_made_and_unmade(small_desk: SmallDesk, reopen: Reopen) -> None:
    amara, group = small_desk.students[0], small_desk.group
    joined = Membership(group.id, amara.id)
    new = Student(StudentId("new"), "New", "Student")
    renamed = replace(amara, family_name="Okafor-Ward")
    for changes in (
        (StudentChanged(None, new), MembershipChanged(None, Membership(group.id, new.id))),
        (StudentChanged(amara, renamed), MembershipChanged(joined, None)),
        (MembershipChanged(Membership(group.id, new.id), None), StudentChanged(new, None)),
        (GroupChanged(group, replace(group, name="13J")),),
    ):
        small_desk.store.commit(step(small_desk, *changes, marking=None))
    store = reopen(small_desk.store)
    assert renamed in store.students()
    assert new not in store.students()
    assert len(store.memberships(group.id)) == 2
    assert store.groups()[0].name == "13J"
    assert store.verify().problems == ()


def test_the_same_essay_and_scheme_are_kept_once(small_desk: SmallDesk) -> None:
    again = Keep((HARD_ESSAY, SECOND_ESSAY, HARD_ESSAY), (small_desk.rubric,), {"sha256:x": b"1"})
    for name in ("a", "b"):
        student = Student(StudentId(name), name, name)
        small_desk.store.commit(step(small_desk, StudentChanged(None, student), marking=None), keep=again)
    assert small_desk.store.essay(EssayHash(HARD_ESSAY.hash)) == HARD_ESSAY


# -- holding, checking, copying


def test_a_script_is_held_by_one_window(small_desk: SmallDesk) -> None:
    store, marker = small_desk.store, small_desk.desk.marker.id
    one, two = small_desk.scripts[0].id, small_desk.scripts[1].id
    held = store.hold(one, marker)
    assert not isinstance(held, str)
    assert isinstance(store.hold(one, marker), str)
    other = store.hold(two, marker)
    someone = store.hold(one, MarkerId("other"))
    assert not isinstance(other, str)
    assert not isinstance(someone, str)
    held.release()
    again = store.hold(one, marker)
    assert not isinstance(again, str)
    assert isinstance(store.hold(two, marker), str)
    for hold in (again, other, someone):
        hold.release()


def test_verify_is_clean_and_the_log_gives_the_tables(small_desk: SmallDesk, reopen: Reopen) -> None:
    one = small_desk.open()
    one.annotate(Span(3, 9), "K", "x")
    one.give_mark("main", 12)
    one.undo()
    one.redo()
    one.finish()
    store = reopen(small_desk.store)
    found = store.verify()
    # the import, the marker, and five steps
    assert (found.changes, found.problems) == (7, ())
    replayed: Marking | None = None
    for logged in store.steps(one.marking.id):
        begun = logged.changes[0]
        if replayed is None:
            assert isinstance(begun, MarkingChanged)
            assert begun.after is not None
            replayed = Marking(begun.after)
        replayed = replace(apply_all(replayed, logged.changes), revision=replayed.revision + 1)
    assert replayed == store.marking(one.entry.script.id, small_desk.desk.marker.id) == one.marking


def test_info_counts(small_desk: SmallDesk) -> None:
    small_desk.open().annotate(Span(3, 9), "K")
    info = small_desk.store.info()
    expected = {"student": 3, "teaching_group": 1, "membership": 3, "assignment": 1, "script": 3, "marking": 1,
                "annotation": 1, "award": 0, "feedback": 0, "marker": 1}  # fmt: skip
    assert {name: info.counts[name] for name in expected} == expected
    assert info.uuid


def test_a_copy_never_goes_over_a_file(small_desk: SmallDesk, tmp_path: Path) -> None:
    target = tmp_path / "there.db"
    target.write_bytes(b"mine")
    with pytest.raises(StoreRefused, match=r"there\.db"):
        small_desk.store.backup(target)
    assert target.read_bytes() == b"mine"


def test_what_school_systems_say_and_what_was_scanned_comes_back(small_desk: SmallDesk, reopen: Reopen) -> None:
    store, amara, script = small_desk.store, small_desk.students[0], small_desk.scripts[0]
    known = replace(
        amara, tutor_group="13H", has_access_arrangements=True, ids=(("canvas", "4821"), ("email", "a@school.example"))
    )
    files = {file_hash(content): content for content in (b"%PDF", b"JPG")}
    pdf, picture = files
    scans = (Scan(pdf, "class [1].pdf", 3, 6), Scan(picture, "last page.jpg"))
    came = replace(script, system="moodle", system_id="10442", scans=scans)
    changes = (StudentChanged(amara, known), ScriptChanged(script, came))
    store.commit(step(small_desk, *changes, marking=None), keep=Keep(sources=files))
    begin(small_desk)
    store.commit(step(small_desk, AnnotationChanged(None, replace(note(1), acted_on=ActedOn.PARTLY))), 1)
    again = reopen(store)
    assert known in again.students()
    assert again.source(pdf) == b"%PDF"
    with pytest.raises(NotFound, match="no file"):
        again.source("sha256:none")
    assert again.entries(None, script_id=script.id)[0].script == came
    (entry,) = again.entries(small_desk.desk.marker.id, script_id=script.id)
    marking = again.marking(entry.script.id, small_desk.desk.marker.id)
    assert marking is not None
    assert [one.acted_on for one in marking.annotations.values()] == [ActedOn.PARTLY]
    assert known.id_in("email") == "a@school.example"
    assert known.id_in("moodle") == ""
    assert again.verify().problems == ()


def test_every_field_is_looked_at() -> None:
    """A new field of these must come back from a store: add it above, then here."""
    assert {f.name for f in fields(Script)} == {
        "id", "assignment_id", "student_id", "essay_hash", "file_name", "received_at", "version", "source_hash",
        "removed", "notes", "system", "system_id", "scans",
    }  # fmt: skip
    assert {f.name for f in fields(Student)} == {
        "id", "given_name", "family_name", "candidate_number", "tutor_group", "has_access_arrangements", "ids",
    }  # fmt: skip
    assert {f.name for f in fields(Assignment)} == {
        "id", "name", "question", "rubric_hash", "set_on", "group_id", "kind", "order_seed", "is_anonymous", "by_scale",
        "returns",
    }  # fmt: skip


def test_together_is_all_or_nothing(small_desk: SmallDesk) -> None:
    store, desk = small_desk.store, small_desk.desk
    before = store.students(), store.verify().changes

    def add(name: str) -> Student:
        student = Student(StudentId(f"student-{name}"), name, "New")
        desk.commit("student", "added", (StudentChanged(None, student),))
        return student

    def fails_after_two() -> None:
        with store.together():
            add("one")
            add("two")
            assert len(store.students()) == len(before[0]) + 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails_after_two()
    assert (store.students(), store.verify().changes) == before
    with store.together():
        one = add("one")
        with store.together():
            two = add("two")
    assert set(store.students()) == {*before[0], one, two}
    assert store.verify().problems == ()


def test_what_is_refused_inside_takes_only_itself_back(small_desk: SmallDesk) -> None:
    store, desk = small_desk.store, small_desk.desk
    count = len(store.students())
    present = small_desk.students[0]
    new = Student(StudentId("student-new"), "New", "One")
    other = Student(StudentId("student-other"), "Other", "One")
    with store.together():
        desk.commit("student", "added", (StudentChanged(None, new),))
        with pytest.raises(StaleChange):
            desk.commit("student", "added", (StudentChanged(None, other), StudentChanged(None, present)))
        desk.commit("student", "changed", (StudentChanged(new, replace(new, given_name="Newer")),))
    assert len(store.students()) == count + 1
    assert store.verify().problems == ()


def test_a_hold_is_waited_for(small_desk: SmallDesk) -> None:
    import time

    store, script, marker = small_desk.store, small_desk.scripts[0].id, small_desk.desk.marker.id
    held = store.hold(script, marker, patience=5.0)
    assert not isinstance(held, str)
    began = time.monotonic()
    assert isinstance(store.hold(script, marker, patience=0.1), str)
    assert time.monotonic() - began < 2
    held.release()
    again = store.hold(script, marker, patience=5.0)
    assert not isinstance(again, str)
    again.release()


def test_how_far_only_the_newest_are_is_told_where_that_is_asked(small_desk: SmallDesk) -> None:
    other = replace(small_desk.assignment, id=AssignmentId("older"), name="Older", set_on="2020-01-01")
    small_desk.desk.commit("x", "x", (AssignmentChanged(None, other),))
    marker = small_desk.desk.marker.id
    first, older = small_desk.store.overview(marker)
    assert [first.is_counted, older.is_counted] == [True, True]
    unknown = replace(older, scripts=0, complete=0, begun=0, drafts=0, is_counted=False)
    assert small_desk.store.overview(marker, counted=1) == (first, unknown)
    assert small_desk.store.overview(marker, counted=2) == (first, older)
    assert [one.is_counted for one in small_desk.store.overview(marker, counted=0)] == [False, False]
