"""The keys of the list of students, and of the screen of one."""

from markdesk.tui.key import THEME, Key

STUDENTS = (
    Key("students.find", "slash", "find", "/", "find a student: a few letters, then Enter opens the past marks"),
    THEME,
)
STUDENT = (
    Key(
        "student.before", "left", "turn(-1)", "← →", "the page before, the next: marks over time, targets, what recurs"
    ),
    Key("student.next", "right", "turn(1)", "", "the next page"),
    Key("student.record", "x", "write_record", "x", "write the student's record, to print or to send"),
    Key("student.plots", "d", "plots", "d", "the charts, large: marks over time, scales, strands"),
    Key("student.target", "a", "grade('target')", "a", "type the grade to aim at, for today; empty takes it back"),
    Key("student.working_at", "c", "grade('working at')", "c", "the current grade: what the student is working at"),
    Key("student.predicted", "p", "grade('predicted')", "p", "the predicted grade"),
    Key("student.present", "v", "present", "v", "for a parents' evening: no classmates, no private notes, no search"),
    Key("student.undo", "ctrl+z", "undo", "Ctrl+Z", "take back the grade that was typed last"),
    THEME,
)

GRADE_BOX = (
    Key("grade.leave", "escape", "screen.close_box(False)", "Esc", "leave it as it was"),
    Key("grade.keep", "enter", "screen.close_box(True)", "Enter", "keep the grade that was typed"),
)
