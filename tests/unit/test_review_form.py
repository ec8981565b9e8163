"""The form of a review's filters: what can be chosen follows from the rest, and what is typed is taken or refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.changes import AssignmentChanged, GroupChanged
from markdesk.core.coursework import Assignment
from markdesk.core.errors import UsageProblem
from markdesk.core.ids import AssignmentId, GroupId, MarkerId
from markdesk.core.people import Marker, TeachingGroup
from markdesk.core.queue_notes import Heap
from markdesk.desk.desk import Desk
from markdesk.desk.looking_back import look_back
from markdesk.desk.ports import Keep
from markdesk.desk.queueing import QueueActs
from markdesk.desk.review_filters import ORDER, TAGS, Filters, read_range
from markdesk.desk.review_form import TYPED, ReviewForm, read_there
from markdesk.desk.review_words import nothing_told, on_told
from tests.kit import shipped_rubric
from tests.unit.test_assignment_review import ESSAY_25, piled

OTHER = TeachingGroup(GroupId("group-12a"), "12A")


def another(desk: Desk, name: str, on: str, rubric: str, group: str | None = OTHER.id) -> None:
    its = shipped_rubric(rubric)
    assignment = Assignment(
        AssignmentId(f"assignment-{name}"), name, f"Why {name}?", its.hash, on, GroupId(group) if group else None
    )
    desk.commit("assignment", name, (AssignmentChanged(None, assignment),), Keep((), (its,)))


@pytest.fixture(scope="module")
def desk() -> Desk:
    """13H's Khrushchev, marked 20, 14, 9; two of 12A, the last year's with three scales."""
    made = piled([20, 14, 9], ESSAY_25)
    made.commit("group", "12A", (GroupChanged(None, OTHER),))
    another(made, "Stalin", "2026-09-20", "edexcel-9hi0-essay-20")
    another(made, "Tudors", "2026-03-01", "aqa-7042-nea-40")
    return made


@pytest.fixture(scope="module")
def form(desk: Desk) -> ReviewForm:
    there = replace(read_there(desk), markers=(Marker(MarkerId("marker-lee"), "Mr Lee"),))
    return ReviewForm(Filters(), there)


def labels(form: ReviewForm, name: str) -> list[str]:
    return [value.label for value in form.values(name)]


def test_what_there_is_can_be_chosen(form: ReviewForm) -> None:
    assert labels(form, "assignment") == ["Khrushchev: style or substance?", "Stalin", "Tudors"]
    assert labels(form, "group") == ["13H", "12A"]
    assert labels(form, "year") == ["2026-27", "2025-26"]
    assert labels(form, "board") == ["AQA", "Pearson Edexcel"]
    assert labels(form, "marker") == ["Mr Lee"]
    assert labels(form, "level") == [f"level {n}" for n in range(1, 6)]
    assert labels(form, "tag") == list(TAGS)
    assert "K" in labels(form, "stamp")
    assert [line.value for line in form.lines if not line.is_on] == [
        "all", "every class", "every year", "every board", "any", "you", "any", "any", "any", "any", "any", "any",
    ]  # fmt: skip


def test_the_other_filters_narrow_it(form: ReviewForm) -> None:
    tudors = form.take("year", "2025-26")
    assert labels(tudors, "assignment") == ["Tudors"]
    assert labels(tudors, "group") == ["12A"]
    assert labels(tudors, "scale") == ["AO1", "AO2", "AO3"]
    assert labels(tudors, "year") == ["2026-27", "2025-26"], "its own line is not narrowed by itself"
    assert tudors.top_mark == 40
    assert tudors.take("scale", "ao2").top_mark == 10
    assert labels(form.take("question", "why stalin"), "assignment") == ["Stalin"]


def test_steps_go_round_and_through_off(form: ReviewForm) -> None:
    at = [form.filters.year]
    for _ in range(3):
        form = form.step("year", 1)
        at.append(form.filters.year)
    assert at == ["", "2026-27", "2025-26", ""]
    assert form.step("year", -1).filters.year == "2025-26"
    assert form.choose("group", 2).filters.group == OTHER.id
    assert form.choose("group", 3) == form
    assert form.step("text", 1) == form


def test_a_level_goes_with_its_scale(form: ReviewForm) -> None:
    five = form.choose("assignment", 3).choose("level", 5)
    assert five.filters.level == 5
    scale = five.choose("scale", 1)
    assert scale.filters.level == (5 if max(value.key for value in scale.values("level")) >= 5 else None)
    alone = form.choose("assignment", 3).choose("scale", 2).line("scale")
    assert (alone.value, alone.note) == ("AO2", "It says what a level or marks are of: choose one of them too")


def test_what_contradicts_says_so(form: ReviewForm) -> None:
    odd = replace(form, filters=Filters(group=OTHER.id, year="2019-20", level=9))
    assert odd.line("year").note.startswith("Nothing that the other filters leave has it")
    assert odd.line("level").note.startswith("Nothing that the other filters leave has it")
    assert form.take("marks", "60-70").line("marks").note == "There is no such mark here: the most is 40"


@pytest.mark.parametrize(("typed", "taken"), [
    ("14-18", (14, 18)), (" 14 – 18 ", (14, 18)), ("7", (7, 7)), ("0-0", (0, 0)),
])  # fmt: skip
def test_ranges(typed: str, taken: tuple[int, int]) -> None:
    assert read_range(typed) == taken


@pytest.mark.parametrize(("name", "typed", "told"), [
    ("marks", "18-14", "The range 18-14 is written backwards. Did you mean 14-18?"),
    ("marks", "many", "'many' is no mark and no range. Write it like 14-18."),
    ("group", "9Z", "None is called '9Z'. There are: 13H, 12A."),
    ("year", "202", "2 have '202'. There are: 2026-27, 2025-26."),
    ("text", "!", "There is no word in that to look for."),
    ("stamp", "x" * 10_000, "None is called 'xxxx"),
])  # fmt: skip
def test_what_is_refused(form: ReviewForm, name: str, typed: str, told: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        form.take(name, typed)
    assert str(refused.value).startswith(told)


@given(st.sampled_from(ORDER), st.text(max_size=60))
def test_any_words_are_taken_or_refused(form: ReviewForm, name: str, typed: str) -> None:
    try:
        taken = form.take(name, typed)
    except UsageProblem as refused:
        told = str(refused)
    else:
        told = " ".join(line.value for line in taken.lines)
        assert taken.off(name).filters == form.filters
        assert taken.cleared.filters == Filters(assignment=taken.filters.assignment)
    assert told
    assert "\n" not in told


@given(st.lists(st.tuples(st.sampled_from([one for one in ORDER if one not in TYPED]), st.integers(-3, 9))))
def test_stepping_never_makes_a_contradiction(form: ReviewForm, steps: list[tuple[str, int]]) -> None:
    """Each value that can be chosen is one that the others leave something of."""
    for name, by in steps:
        form = form.step(name, by) if by < 1 else form.choose(name, by)
    assert any(form.filters.takes(one, rubric) for one, rubric in form.there.sets)


# -- what is told of them


def told(desk: Desk, filters: Filters) -> str:
    return on_told(look_back(desk, filters))


def test_what_is_on_is_told_with_what_is_left(desk: Desk) -> None:
    assert told(desk, Filters()) == "3 essays"
    assert told(desk, Filters(group=GroupId("group-13h"), year="2026-27", marks=(9, 14))) == (
        "13H · 2026-27 · marks 9–14 · 2 of 3 essays"
    )
    assert told(desk, Filters(assignment=AssignmentId("assignment-1"), level=4)) == "level 4 · 1 of 3 essays"
    assert told(desk, Filters(text="khrushchev " * 1000)) == (f"text “{'khrushchev ' * 3}khrush…” · 2 of 3 essays"), (
        "one of them is handwritten"
    )


def test_where_nothing_is_left_it_says_which_to_loosen(desk: Desk) -> None:
    look = look_back(desk, Filters(group=GroupId("group-13h"), marks=(14, 20), stamp="K"))
    assert [(one.name, one.essays) for one in look.looser] == [("stamp", 2)]
    assert nothing_told(look) == "No essay is left. 2 essays would be left without the filter stamp K."
    look = look_back(desk, Filters(group=GroupId("group-13h"), year="2019-20"))
    assert nothing_told(look) == "No assignment fits. 3 essays would be left without the filter 2019-20."
    look = look_back(desk, Filters(assignment=AssignmentId("assignment-1"), group=OTHER.id))
    assert nothing_told(look) == "No assignment fits. 3 essays would be left without the filter 12A."
    look = look_back(desk, Filters(scale="ao2", level=4))
    assert nothing_told(look) == (
        "No essay is left. 3 essays would be left without the filter AO2 level 4, 1 without scale AO2."
    ), "the essays of 13H have no such scale"
    look = look_back(desk, Filters(level=1, stamp="K", tag="weak"))
    assert nothing_told(look) == "No essay is left, and taking one filter off is not enough."
    assert nothing_told(look_back(desk, Filters(group=OTHER.id))) == "", "nothing was handed in: no filter is to blame"


def test_what_was_noted_picks() -> None:
    desk = piled([20, 14, 9])
    first, second, _ = desk.store.entries(desk.marker.id)
    QueueActs(desk).flag(first, True)
    QueueActs(desk).sort(second, Heap.WORRIED)

    def left(tag: str) -> list[str]:
        return [row.entry.script.id for pile in look_back(desk, Filters(tag=tag)).piles for row in pile.rows]

    assert left("flagged") == [first.script.id]
    assert left("worried") == [second.script.id]
    assert left("good") == []
