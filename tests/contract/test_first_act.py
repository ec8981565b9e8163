"""Two windows of one marker that act first at one moment, each having seen nobody of her name on the desk."""

import pytest

from markdesk.core.changes import StudentChanged
from markdesk.core.errors import StaleChange
from markdesk.core.ids import MarkerId, StudentId
from markdesk.core.people import Marker, Student
from markdesk.desk.desk import Desk
from tests.kit import CountingIds, SmallDesk, make_desk


@pytest.fixture
def second(small_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The other window, which looked for the marker before the first one wrote her."""
    name = "Ms Quick"
    first = make_desk(small_desk.store, small_desk.clock, CountingIds("first"), name)
    other = make_desk(small_desk.store, small_desk.clock, CountingIds("second"), name)
    # Each desk thinks of an id of its own for her; only one of them is written.
    other.marker = Marker(MarkerId("marker-of-the-second"), name)
    first.know_marker()
    seen = other._known
    looks = iter([None])
    monkeypatch.setattr(other, "_known", lambda: next(looks, seen()))
    return other


def test_an_act_on_the_desk_itself_is_done_under_the_name_that_is_there(small_desk: SmallDesk, second: Desk) -> None:
    student = Student(StudentId("student-new"), "Ann", "New")
    step = second.commit("student", "one more", (StudentChanged(None, student),))
    assert student in small_desk.store.students()
    assert step.marker_id == second.marker.id
    assert [marker.id for marker in small_desk.store.markers() if marker.name == "Ms Quick"] == [second.marker.id]
    assert small_desk.store.verify().problems == ()


def test_a_marking_is_read_again_and_nothing_is_logged(small_desk: SmallDesk, second: Desk) -> None:
    before = small_desk.store.first_steps(1000)
    with pytest.raises(StaleChange):
        second.know_marker()
    assert small_desk.store.first_steps(1000) == before
    second.make_known()
    assert small_desk.store.first_steps(1000) == before
