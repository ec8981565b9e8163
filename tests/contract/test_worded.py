"""Which scripts of an assignment hold what is looked for, and an assignment by its id, in every kind of store."""

import pytest

from markdesk.core.errors import UsageProblem
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.review_filters import read_text
from tests.contract.test_search import LAW, MS_TEST, another, opened
from tests.kit import SmallDesk


@pytest.fixture
def law(small_desk: SmallDesk) -> SmallDesk:
    """A second assignment of one essay, with a comment, a line of feedback and a private note."""
    desk = opened(small_desk, another(small_desk, LAW))
    desk.annotate(Span(20, 40), "K", "A naïve reading of the decree")
    desk.write_feedback(Field.WWW, 1, "Weighs law against fear")
    desk.write_feedback(Field.NOTE, 1, "Ask her mother about the decree")
    return small_desk


def held(small: SmallDesk, text: str, assignment: str = "assignment-law", marker: str = MS_TEST) -> list[str]:
    return sorted(small.store.worded(type(MS_TEST)(marker), AssignmentId(assignment), read_text(text)))


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        ("enabling act", True), ('"act enabling"', False), ("naïve decree", True), ("weig*", True), ("weig", False),
        ("fear ~1 law", True), ("law NEAR fear", True), ("decree in:comments", True), ("enabling in:comments", False),
        ("mother", False), ("khrushchev", False), ("weimar", False), ('"x:y" decree', False), ("okafor", True),
        ('decree" OR essay:* --', False),
    ],
)  # fmt: skip
def test_essays_comments_and_feedback_are_looked_through_and_private_notes_are_not(
    law: SmallDesk, text: str, is_held: bool
) -> None:
    assert held(law, text) == (["script-law"] if is_held else [])


def test_of_one_assignment_and_one_marker(law: SmallDesk) -> None:
    assert held(law, "the", "assignment-henry") != []
    assert "script-law" not in held(law, "the", "assignment-henry")
    assert held(law, "decree in:comments", marker="marker-Mr Second") == []
    assert held(law, "decree in:essays", marker="marker-Mr Second") == ["script-law"]
    assert held(law, "decree", "assignment-nothing") == []


def test_a_hidden_name_finds_nothing_in_its_own_essay(small_desk: SmallDesk) -> None:
    desk: MarkingDesk = opened(small_desk, another(small_desk, LAW, is_anonymous=True))
    desk.annotate(Span(20, 40), "K", "Amara reads the decree")
    assert held(small_desk, "okafor") == []
    assert held(small_desk, "amara reads") == []
    assert held(small_desk, "reads decree") == ["script-law"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("student:okafor", "for the search of everything"), ("year:2026 decree", "for the search of everything"),
        ("", "no word"), ('"" ! *', "no word"), ("in:comments", "no word"), ("fall in:questions", "essays, comments"),
    ],
)  # fmt: skip
def test_what_no_script_can_hold_is_refused(text: str, told: str) -> None:
    with pytest.raises(UsageProblem, match=told):
        read_text(text)


def test_any_length_is_a_query(law: SmallDesk) -> None:
    assert read_text("word " * 2000).terms
    assert read_text(" ".join(f"w{n}" for n in range(10_000))).is_cut
    assert held(law, 'a"b' * 3_000) == []


def test_an_assignment_is_found_by_its_id(small_desk: SmallDesk) -> None:
    assert small_desk.store.assignment(small_desk.assignment.id) == small_desk.assignment
    assert small_desk.store.assignment(AssignmentId("assignment-nothing")) is None
