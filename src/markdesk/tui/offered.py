"""What the command palette offers beside what is there on every screen."""

ON_SCREENS = (
    ("Line the pile up", "By mark: compare, adjust, return", "line_up"),
    ("Return the finished essays", "Asks first, then locks their marks", "return_pile"),
    ("Write the class mark sheet", "CSV, beside the mark sheets", "marks"),
    ("Write the mark sheets", "Of every finished essay of this assignment", "export"),
    ("How the marks are spread", "By level, with lowest, median and highest", "review"),
    ("This student's past marks", "Every essay that was marked, newest first", "student"),
    ("Students by questions", "The grid of this paper", "grid"),
    ("New assignment", "A question, its mark scheme, its class", "new_assignment"),
    ("Import essays", "The command to type", "import"),
    ("Go on where you left", "The essay and the paragraph", "resume"),
    ("Finish, and open the next essay", "Enter does it too", "finish"),
    ("Feedback", "What went well, even better if, target, task", "feedback"),
    ("Your notes on this question", "Beside the scheme, no part of the mark", "notes"),
    ("Levels in full", "Those above and below, and the rules", "full"),
    ("Edit this mark scheme", "If it is one of your own", "edit"),
    ("Undo", "The last act in this essay, also of an earlier day", "undo"),
    ("Redo", "What was undone last", "redo"),
)
"""What the palette offers on the screens that have it: name, what it does, the screen's action."""
