"""A student's markings by themselves: what recurs in them, in the same order each time."""

from dataclasses import replace

from markdesk.desk.review import review_student
from tests.unit.test_assignment_review import open_script, piled

CODES = ("SYN", "K", "EVAL", "AN", "E", "J", "DEV", "NAR", "REP", "LINK")


def test_codes_of_equal_counts_stand_by_code() -> None:
    desk = piled([15], notes={0: [(code, "") for code in CODES]})
    review = review_student(desk, open_script(desk, 0).entry.student)
    (past,) = review.markings
    assert len(past.notes) == len(CODES)
    one = replace(past, notes=tuple(note for note in past.notes if note.code == "J"))
    assert replace(review, markings=(past, past, one)).recurring == (
        ("J", 3),
        *((code, 2) for code in sorted(CODES) if code != "J"),
    )
