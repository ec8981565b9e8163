"""What recurs in a student's markings, in the same order each time."""

from dataclasses import replace

from markdesk.core.ids import MarkingId, ScriptId
from markdesk.desk.record import record_in
from markdesk.desk.review import review_student
from tests.unit.test_assignment_review import open_script, piled

CODES = ("SYN", "K", "EVAL", "AN", "E", "J", "DEV", "NAR", "REP", "LINK")


def test_codes_of_equal_counts_stand_by_code() -> None:
    desk = piled([15], notes={0: [(code, "") for code in CODES]})
    review = review_student(desk, open_script(desk, 0).entry.student)
    (past,) = review.markings
    assert len(past.notes) == len(CODES)
    several = [
        replace(
            past,
            header=replace(past.header, id=MarkingId(f"m{n}"), completed_at=f"2026-11-0{n}"),
            entry=replace(past.entry, script=replace(past.entry.script, id=ScriptId(f"s{n}"))),
            notes=past.notes if n < 3 else tuple(note for note in past.notes if note.code == "SYN"),
        )
        for n in (1, 2, 3)
    ]
    record = record_in(desk, replace(review, markings=tuple(several)))
    assert [(code, times) for code, _, times in record.recurring] == [
        ("SYN", 3),
        *((code, 2) for code in sorted(CODES) if code != "SYN"),
    ]
