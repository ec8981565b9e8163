"""What the two years have in them, told from the rows: for every question that a screen answers there is something."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from markdesk.core.award import NO_RESPONSE
from markdesk.core.coursework import Kind
from markdesk.core.feedback import Field
from markdesk.core.grades import GradeKind
from markdesk.core.marking import MarkingStatus, Met, TaskDone
from markdesk.core.pace import IDLE
from markdesk.core.plain import fold
from markdesk.core.queue_notes import Why
from markdesk.desk.drifting import past_of, sitting_drift
from markdesk.desk.redrafts import redrafts
from markdesk.desk.sitting import marking_order
from markdesk.desk.student_view import student_view, time_spent
from tests.demo.desk import Demo, total_of

EXAMINATION = "Year 12 examination"


def test_there_are_fifteen_piles_under_four_schemes_from_year_12_to_today(demo: Demo) -> None:
    piles = demo.desk.store.assignments()
    assert len(piles) == 15
    assert (min(a.set_on for a in piles), max(a.set_on for a in piles)) == ("2025-09-19", "2026-11-20")
    rubrics = [demo.desk.store.rubric(rubric_hash) for rubric_hash in {pile.rubric_hash for pile in piles}]
    assert len(rubrics) == 4
    assert {rubric.max_mark for rubric in rubrics} == {20, 25, 30, 40}
    assert {len(rubric.scales) for rubric in rubrics} == {1, 3}
    assert {pile.kind for pile in piles} == {Kind.CLASS_ESSAY, Kind.MOCK}
    assert not any(pile.is_anonymous for pile in piles)


def test_the_two_piles_of_today_are_as_they_were(demo: Demo) -> None:
    henry, khrushchev = demo.pile("Henry VII"), demo.pile("Khrushchev")
    marks = {entry.student.given_name: str(henry.total(entry)) for entry in henry.entries}
    assert marks == {
        "Amara": "17", "Ben": "8", "Chloe": "22", "Dev": "14", "Ellie": "19", "Finn": "4", "Grace": "12", "Hamza": "9",
    }  # fmt: skip
    assert len(khrushchev.entries) == 8
    assert all(entry.header is None for entry in khrushchev.entries)
    assert demo.desk.store.overview(demo.desk.marker.id)[0].assignment.name == "Khrushchev"
    assert not demo.desk.store.absences(henry.assignment.id)
    members = demo.desk.store.memberships(henry.assignment.group_id or demo.desk.store.groups()[0].id)
    assert {m.student_id for m in members} == {entry.student.id for entry in henry.entries}, "nobody is missing today"


def test_every_mark_lies_on_its_scale_with_its_level(demo: Demo) -> None:
    seen = 0
    for _, marking, rubric in demo.years():
        for scale in rubric.scales:
            award = marking.award(scale.id)
            assert award.is_marked
            if award.mark is not None:
                seen += 1
                assert 0 <= award.mark <= scale.max
                assert award.level == scale.level_of(award.mark)
            strands = {strand.id for strand in rubric.strands_of(scale)}
            assert {name for name, _ in award.strands} <= strands
            assert all(1 <= placed.level <= scale.top for _, placed in award.strands)
    assert seen > 100


def test_two_join_late_and_one_leaves(demo: Demo) -> None:
    for name, missed in (("Hamza Siddiqui", 4), ("Grace Lindqvist", 1)):
        owed = demo.desk.store.owed(demo.student(name).id)
        assert [one.absence.why for one in owed if one.absence] == [Why.ABSENT] * missed
    left = demo.student("Zoë Marlow")
    assert "13H" not in {group.name for group in demo.desk.store.groups_of(left.id)}
    (step,) = demo.rows.execute("select at from log where label like 'Zoë Marlow left%'").fetchall()
    assert step[0].startswith("2026-07-10")
    dates = [e.assignment.set_on for e in demo.desk.store.entries(demo.desk.marker.id, student_id=left.id)]
    assert max(dates) < "2026-07-10"


def test_two_students_differ_by_an_accent_alone(demo: Demo) -> None:
    folded = Counter(fold(student.name) for student in demo.desk.store.students())
    assert [name for name, count in folded.items() if count > 1] == ["zoe marlow"]
    one, other = demo.student("Zoë Marlow"), demo.student("Zoe Marlow")
    count = {s.id: len(demo.desk.store.entries(demo.desk.marker.id, student_id=s.id)) for s in (one, other)}
    assert count[one.id] > 8
    assert count[other.id] == 1


def test_each_student_has_a_level_of_her_own_and_goes_her_own_way(demo: Demo) -> None:
    views = {name: student_view(demo.desk, demo.student(name)) for name in ("Chloe Świderska", "Ben Hartley")}
    shares = {name: [w.share for w in view.works if w.share is not None] for name, view in views.items()}
    assert min(shares["Chloe Świderska"]) > max(shares["Ben Hartley"])
    words = {
        name: student_view(demo.desk, demo.student(name)).record.trend.brief
        for name in ("Ellie Pritchard", "Amara Okafor", "Finn O'Connell", "Ben Hartley")
    }
    assert words["Ellie Pritchard"] == words["Amara Okafor"] == "mostly rising"
    assert words["Finn O'Connell"] == words["Ben Hartley"] == "mostly falling"


def test_the_standard_drifts_in_one_pile_and_the_desk_sees_it(demo: Demo) -> None:
    pile = demo.pile(EXAMINATION)
    found = sitting_drift(pile, past_of(pile))
    assert found is not None
    assert found.n == 21
    assert found.is_sign
    assert found.difference < -2


def test_no_response_and_zero_are_both_there_and_told_apart(demo: Demo) -> None:
    totals = [total_of(marking, rubric).value for _, marking, rubric in demo.years()]
    assert totals.count(0) == 1
    assert totals.count(NO_RESPONSE) == 1


def test_an_answer_to_another_question_is_stamped_as_that_and_given_no_target(demo: Demo) -> None:
    entry = demo.of("Timed: 1905", "Finn O'Connell")
    marking = demo.desk.store.marking(entry.script.id, demo.desk.marker.id)
    assert marking is not None
    assert {note.code for note in marking.annotations.values()} == {"IRR"}
    assert {line.field for line in marking.feedback.values()} == {Field.NOTE}


def test_work_is_missing_for_every_reason(demo: Demo) -> None:
    stated = [absence.why for pile in demo.desk.store.assignments() for absence in demo.desk.store.absences(pile.id)]
    assert set(stated) == set(Why)


def test_some_handed_in_again_and_were_judged_anew(demo: Demo) -> None:
    pile = demo.pile("The break with Rome")
    found = redrafts(demo.desk, pile.entries)
    told = {e.student.given_name: found[e.script.id].told(pile.total(e)) for e in pile.entries if e.script.id in found}
    assert told["Amara"] == "15 → 18"
    assert set(told) == {"Amara", "Dev", "Ellie"}
    acted = demo.rows.execute("select count(*) from annotation where acted_on is not null").fetchone()
    assert acted[0] >= 1


def test_targets_are_set_and_what_became_of_them_is_told(demo: Demo) -> None:
    judged = Counter(marking.header.last_target for _, marking, _ in demo.years())
    assert all(judged[met] >= 5 for met in (Met.MET, Met.PARTLY, Met.NOT_YET))
    for entry, marking, _ in demo.markings():
        if marking.header.last_target is not None:
            last = demo.desk.store.last_target(entry.student.id, entry.assignment)
            assert last is not None
            assert marking.header.target_of == last.marking_id
            assert marking.header.last_target is not Met.NOT_JUDGED


def test_what_was_set_was_looked_at_after_the_return(demo: Demo) -> None:
    assert all(marking.header.status is MarkingStatus.RETURNED for _, marking, _ in demo.years())
    done = Counter(marking.header.task_done for _, marking, _ in demo.years() if marking.set_task)
    assert set(done) == {TaskDone.WELL, TaskDone.DONE, TaskDone.NOT_DONE}


@pytest.mark.parametrize(("name", "code"), [("Ben Hartley", "NAR"), ("Hamza Siddiqui", "ASSERT"), ("Dev Raman", "DEV")])
def test_what_a_student_does_again_and_again_recurs(demo: Demo, name: str, code: str) -> None:
    view = student_view(demo.desk, demo.student(name))
    stamps = {one.code: one.times for one in view.recurring if one.code}
    comments = {fold(one.meaning): one for one in view.recurring if not one.code}
    learner = next(one for one in demo.course.learners if one.name == name)
    assert stamps[code] >= 4
    assert comments[fold(learner.habit_says)].times >= 4
    assert comments[fold(learner.habit_says)].quotes, "with what she wrote"


def test_grades_were_typed_on_a_few_days(demo: Demo) -> None:
    grades = demo.desk.store.grades(demo.student("Amara Okafor").id)
    days = Counter(grade.kind for grade in grades)
    assert days == {GradeKind.TARGET: 1, GradeKind.WORKING_AT: 3, GradeKind.PREDICTED: 2}
    assert not [g for g in demo.desk.store.grades(demo.student("Zoë Marlow").id) if g.day > "2026-07-10"]


def test_every_pile_was_marked_in_its_order_at_hours_when_teachers_mark(demo: Demo) -> None:
    for piece in demo.course.pieces:
        pile = demo.pile(piece.name)
        # A redraft is finished again, after the pile.
        entries = [entry for entry in pile.entries if entry.header and entry.script.version == 1]
        order = [entry.script.id for entry in marking_order(entries, pile.assignment)]
        by_time = sorted(entries, key=lambda e: e.header.completed_at or "" if e.header else "")
        assert [entry.script.id for entry in by_time] == order
        for entry in entries:
            assert entry.header is not None
            assert entry.header.completed_at is not None
            at = datetime.fromisoformat(entry.header.completed_at)
            assert 8 <= at.hour <= 21
            assert timedelta() < at - datetime.fromisoformat(entry.header.started_at) < IDLE
            assert entry.script.received_at < entry.header.started_at


def test_time_is_told_for_every_essay_and_is_of_a_plausible_length(demo: Demo) -> None:
    piles = [pile for pile in demo.desk.store.assignments() if pile.name not in ("Khrushchev", "Henry VII")]
    spent = list(time_spent(demo.desk, piles).values())
    assert len(spent) == len(demo.years())
    assert sum(time > timedelta(minutes=2) for time in spent) > 0.9 * len(spent)
    assert max(spent) < timedelta(minutes=25)


def test_there_are_handwritten_scripts_and_typed_ones_with_their_words_counted(demo: Demo) -> None:
    words = [entry.words for entry, _, _ in demo.years()]
    assert words.count(None) > 40
    assert sum(count is not None for count in words) > 60


def test_feedback_has_what_went_well_even_better_if_a_target_and_a_task(demo: Demo) -> None:
    lines = Counter(line.field for _, marking, _ in demo.years() for line in marking.feedback.values())
    assert all(lines[field] > 80 for field in (Field.WWW, Field.EBI, Field.TARGET, Field.TASK))
    assert lines[Field.NOTE] == 2
