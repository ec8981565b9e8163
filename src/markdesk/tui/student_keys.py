"""The keys of the screen of one student."""

from markdesk.tui.key import THEME, Key

STUDENT = (
    Key(
        "student.before", "left", "turn(-1)", "← →", "the page before, the next: marks over time, targets, what recurs"
    ),
    Key("student.next", "right", "turn(1)", "", "the next page"),
    Key("student.record", "x", "write_record", "x", "write the student's record: one page, to print or to send"),
    THEME,
)
