"""Question papers on every kind of store: kept, read back, refused, logged and replayed like everything else."""

from dataclasses import fields, replace

import pytest

from markdesk.core.changes import PaperChanged, invert, key_of
from markdesk.core.errors import MarkdeskError, StaleChange
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import AssignmentId, PaperSetId, StepId
from markdesk.core.paper import Paper, PaperQuestion, PaperSet, Section
from markdesk.desk.store import Store
from markdesk.store.codec import changes_from_json, changes_to_json
from tests.conftest import Reopen
from tests.kit import SmallDesk
from tests.papers import BREADTH, an_exam, paper, question, section

PARTS = paper(
    section(
        "A", question("1(a)", 10, "1"), question("1(b)", 20, "1"), question("2", 30, text="Why [sic]? 毛"), choose=1
    )
)


def step(small: SmallDesk, *changes: PaperChanged) -> Step:
    new = StepId(small.ids.new())
    return Step(new, new, StepKind.DO, "exam", "a test's act", changes, small.clock.now(), small.desk.marker.id)


def set_one(small: SmallDesk) -> PaperSet:
    exam, changes = an_exam(small.store, small.assignment)
    small.desk.commit("exam", "a paper set", changes)
    return exam


def state(store: Store) -> tuple[object, ...]:
    return store.paper_sets(), store.assignments(), store.verify()


def test_an_empty_desk_has_none(store: Store) -> None:
    assert store.paper_sets() == ()
    assert store.info().counts["paper_set"] == 0


def test_what_was_set_comes_back(small_desk: SmallDesk, reopen: Reopen) -> None:
    exam = set_one(small_desk)
    later = PaperSet(PaperSetId("parts"), "Mock [2]", PARTS, (("1(a)", AssignmentId("exam-01")),), "2026-12-01")
    small_desk.store.commit(step(small_desk, PaperChanged(None, later)))
    store = reopen(small_desk.store)
    assert store.paper_sets() == (later, exam), "the newest first"
    assert store.paper_sets()[0].group_id is None
    assert store.info().counts["paper_set"] == 2
    assert store.verify().problems == ()


def test_it_is_altered_taken_back_and_replayed(small_desk: SmallDesk, reopen: Reopen) -> None:
    exam = set_one(small_desk)
    renamed = replace(exam, name="Mock, January", paper=replace(BREADTH, version="2"))
    change = PaperChanged(exam, renamed)
    small_desk.store.commit(step(small_desk, change))
    assert small_desk.store.paper_sets() == (renamed,)
    back = invert(change)
    assert isinstance(back, PaperChanged)
    small_desk.store.commit(step(small_desk, back))
    assert small_desk.store.paper_sets() == (exam,)
    small_desk.store.commit(step(small_desk, PaperChanged(exam, None)))
    store = reopen(small_desk.store)
    assert store.paper_sets() == ()
    assert store.verify().problems == ()


@pytest.mark.parametrize("case", ["a twin", "a taken name", "another before", "nothing to alter"])
def test_a_stale_change_is_refused_and_leaves_everything(small_desk: SmallDesk, case: str) -> None:
    exam = set_one(small_desk)
    other = replace(exam, name="Not what is there")
    change = {
        "a twin": PaperChanged(None, exam),
        "a taken name": PaperChanged(None, replace(exam, id=PaperSetId("two"))),
        "another before": PaperChanged(other, exam),
        "nothing to alter": PaperChanged(replace(exam, id=PaperSetId("none")), exam),
    }[case]
    before = state(small_desk.store)
    with pytest.raises(MarkdeskError) as refused:
        small_desk.store.commit(step(small_desk, change))
    assert isinstance(refused.value, StaleChange)
    assert state(small_desk.store) == before


def test_a_question_without_its_assignment_is_a_problem(small_desk: SmallDesk) -> None:
    exam = set_one(small_desk)
    lost = replace(exam, assignments=(*exam.assignments[:1], ("02", AssignmentId("gone"))))
    small_desk.store.commit(step(small_desk, PaperChanged(exam, lost)))
    (problem,) = small_desk.store.verify().problems
    assert problem == f"paper {exam.id}: the assignment of question 02 is missing"


def test_the_log_holds_it_exactly() -> None:
    exam = PaperSet(PaperSetId("x"), "Mock\n[/b]", PARTS, (("2", AssignmentId("a")),), "2026-11-23")
    changes = (PaperChanged(None, exam), PaperChanged(exam, replace(exam, name="y")), PaperChanged(exam, None))
    assert changes_from_json(changes_to_json(changes)) == changes
    assert {key_of(change) for change in changes} == {("PaperChanged", "x")}


def test_a_field_with_its_default_is_not_written() -> None:
    """So a field that a later version adds doesn't make an older row another one."""
    plain = BREADTH.to_plain()
    assert "time_minutes" not in plain
    assert plain["sections"][0]["questions"][0] == {"number": "01", "rubric": "aqa-7042-b-essay-25", "max": 30}


def test_every_field_is_looked_at() -> None:
    """A new field of these must come back from a store: add it above, then here."""
    assert {f.name for f in fields(PaperSet)} == {"id", "name", "paper", "assignments", "set_on", "group_id"}
    assert {f.name for f in fields(Paper)} == {
        "id", "version", "title", "status", "sections", "provenance", "board", "qualification", "spec", "component",
        "time_minutes",
    }  # fmt: skip
    assert {f.name for f in fields(Section)} == {"id", "title", "questions", "choose"}
    assert {f.name for f in fields(PaperQuestion)} == {"number", "rubric", "max", "text", "part_of"}
