"""Files that are read when they are kept: one that changed meanwhile leaves the desk as it was, on both stores."""

from dataclasses import replace

import pytest

from markdesk.core.canonical import file_hash
from markdesk.core.changes import StudentChanged
from markdesk.core.errors import EssayUnreadable, NotFound
from markdesk.core.essay import Essay
from markdesk.core.ids import EssayHash
from markdesk.desk.originals import Original, Originals, in_hand
from markdesk.desk.ports import Keep
from tests.kit import SmallDesk


def gone() -> bytes:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Original(file_hash(b"as it was"), "b.txt", lambda: b"as it is"), "b.txt was changed"),
        (Original(file_hash(b"as it was"), "b.txt", gone), "b.txt can't be read any more: Permission denied"),
    ],
)
def test_nothing_is_kept_where_one_file_is_another(small_desk: SmallDesk, bad: Original, told: str) -> None:
    good, essay = in_hand(b"good", "a.txt"), Essay("a new essay")
    student = small_desk.students[0]
    change = StudentChanged(student, replace(student, tutor_group="13B"))
    before = small_desk.store.first_steps(100)
    with pytest.raises(EssayUnreadable, match=told):
        small_desk.desk.commit("import", "two files", (change,), Keep((essay,), (), Originals((good, bad))))
    assert small_desk.store.first_steps(100) == before
    assert student in small_desk.store.students()
    with pytest.raises(NotFound):
        small_desk.store.source(good.hash)
    with pytest.raises(NotFound):
        small_desk.store.essay(EssayHash(essay.hash))
    small_desk.desk.commit("import", "one file", (change,), Keep((essay,), (), Originals((good,))))
    assert small_desk.store.source(good.hash) == b"good"
