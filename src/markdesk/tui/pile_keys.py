"""The keys of the screens about one pile: its list, skim, tasks, the grid of a paper, the line-up, side by side."""

from markdesk.tui.key import THEME, Key

QUEUE = (
    Key("queue.import", "i", "import", "i", "bring more essays in"),
    Key("queue.export", "x", "export", "x", "give out: mark sheets, whole-class feedback, marks"),
    Key("queue.student", "s", "student", "s", "this student's past marks"),
    Key("queue.review", "r", "review", "r", "how the marks are spread"),
    Key("queue.take_over", "u", "take_over", "u", "take the class over to its scheme's new version; shown first"),
    Key("queue.grid", "g", "grid", "g", "the grid of the paper that this question is of"),
    Key("queue.line_up", "l", "line_up", "l", "line the pile up by mark: compare, adjust, return"),
    Key("queue.find", "slash", "find", "/", "find a student: a few letters, then Enter opens that essay"),
    Key("queue.flag", "f", "flag", "f", "flag this essay to come back to, or take the flag off"),
    Key("queue.triage", "t", "triage", "t", "skim the pile from here: good, middling, weak, worried"),
    Key("queue.order", "o", "order", "o", "another order: worried first, by name, as they came in, as marked"),
    Key("queue.by_scale", "c", "by_scale", "c", "one scale down the class and then the next, or each essay whole"),
    Key("queue.names", "v", "names", "v", "show the names, or hide them; the log says so"),
    Key("queue.late", "L", "absent('late')", "L", "nothing handed in: late"),
    Key("queue.extension", "E", "absent('extension')", "E", "nothing handed in: has an extension"),
    Key("queue.absent", "A", "absent('absent')", "A", "nothing handed in: absent"),
    Key("queue.tasks", "k", "tasks", "k", "check the tasks of the returned essays: how each was done"),
    Key("queue.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was done in this list"),
)

SKIM = (
    Key("skim.good", "1", "heap(1)", "1", "good, and the next essay"),
    Key("skim.middling", "2", "heap(2)", "2", "middling"),
    Key("skim.weak", "3", "heap(3)", "3", "weak"),
    Key("skim.worried", "4", "heap(4)", "4", "worried: look into it first"),
    Key("skim.none", "0", "heap(0)", "0", "on no heap"),
    Key("skim.up", "up", "scroll(-1)", "↑ ↓", "scroll"),
    Key("skim.down", "down", "scroll(1)", "", "scroll down"),
    Key("skim.page_up", "pageup,ctrl+u", "page(-1)", "PgUp PgDn  Ctrl+U Ctrl+D  Space", "a page back, on"),
    Key("skim.page_down", "pagedown,ctrl+d,space", "page(1)", "", "a page on"),
    Key("skim.next", "enter,greater_than_sign,right", "go(1)", "Enter  >  →", "the next essay; this one stays"),
    Key("skim.last", "less_than_sign,left", "go(-1)", "<  ←", "the essay before"),
    Key("skim.undo", "ctrl+z", "undo", "Ctrl+Z", "undo the heap that was given last"),
    THEME,
)

GRID = (
    Key("grid.up", "up", "move(-1, 0)", "↑ ↓", "choose a student"),
    Key("grid.down", "down", "move(1, 0)", "", "the next student"),
    Key("grid.left", "left", "move(0, -1)", "← →", "choose a question"),
    Key("grid.right", "right", "move(0, 1)", "", "the next question"),
    Key("grid.page_up", "pageup,ctrl+u", "page(-1)", "PgUp PgDn  Ctrl+U Ctrl+D", "a screenful up, down"),
    Key("grid.page_down", "pagedown,ctrl+d", "page(1)", "", "a screenful down"),
    Key("grid.home", "home,ctrl+a", "move(-9999, 0)", "Home End  Ctrl+A Ctrl+E", "the first, the last student"),
    Key("grid.end", "end,ctrl+e", "move(9999, 0)", "", "the last student"),
    Key("grid.mark", "enter", "mark", "Enter", "mark this answer, then that question down the class"),
    Key("grid.student", "s", "student", "s", "this student's past marks"),
    Key("grid.review", "r", "review", "r", "how the marks of this question are spread"),
    Key("grid.export", "x", "export", "x", "give out of this question: mark sheets, feedback, marks"),
    THEME,
)

TASKS = (
    Key("tasks.well", "1", "record('done well')", "1", "the task is done well, and the next student"),
    Key("tasks.done", "2", "record('done')", "2", "done"),
    Key("tasks.not_done", "3", "record('not done')", "3", "not done"),
    Key("tasks.responded", "r", "record('responded')", "r", "responded: handed back, to be checked later"),
    Key("tasks.none", "0", "record('')", "0", "nothing recorded yet"),
    Key("tasks.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was recorded here last, whoever's it was"),
    Key("tasks.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    THEME,
)

LINE_UP = (
    Key("line_up.compare", "enter,at,f7", "compare", "Enter  @  F7", "this essay beside the one above it"),
    Key("line_up.more", "plus,equals_sign", "step_mark(1)", "+ -  = _", "one mark up, down; the essay moves with it"),
    Key("line_up.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key(
        "line_up.next_scale", "tab", "next_scale(1)", "Tab Shift+Tab", "the next, previous scale: + and - move that one"
    ),
    Key("line_up.last_scale", "shift+tab", "next_scale(-1)", "", "previous scale"),
    Key("line_up.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was done here last"),
    Key("line_up.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    Key("line_up.export", "x", "export", "x", "give out: mark sheets, whole-class feedback, marks"),
    Key("line_up.marks", "m", "marks", "m", "write the class mark sheet (CSV), for a spreadsheet"),
    Key("line_up.return", "R", "return_pile", "R", "return the finished essays; it asks first"),
    Key("line_up.reopen", "o", "reopen", "o", "open a returned essay again"),
    THEME,
)

SIDE_BY_SIDE = (
    Key("side.up", "up", "scroll(-1)", "↑ ↓", "scroll both essays"),
    Key("side.down", "down", "scroll(1)", "", "scroll both down"),
    Key("side.page_up", "pageup,ctrl+u", "page(-1)", "PgUp PgDn  Ctrl+U Ctrl+D  Space", "a page back, on"),
    Key("side.page_down", "pagedown,ctrl+d,space", "page(1)", "", "a page on"),
    Key("side.home", "home,ctrl+a", "edge(0)", "Home End  Ctrl+A Ctrl+E", "their beginnings, their ends"),
    Key("side.end", "end,ctrl+e", "edge(1)", "", "their ends"),
    Key("side.other", "tab,shift+tab", "other", "Tab  Shift+Tab", "the other side: + and - move that one"),
    Key("side.more", "plus,equals_sign", "step_mark(1)", "+ -  = _", "one mark up, down, for the chosen side"),
    Key("side.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("side.last", "less_than_sign", "pair(-1)", "< >", "the pair above, below in the line"),
    Key("side.next", "greater_than_sign", "pair(1)", "", "the pair below"),
    Key("side.early", "e", "another(False)", "e l", "an early, a late one of about this mark; again: the next one"),
    Key("side.late", "l", "another(True)", "", "one that was marked late"),
    Key("side.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was done here last"),
    Key("side.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    THEME,
)

REDRAFT = (
    Key("redraft.yes", "1", "judge('yes')", "1", "the comment was acted on"),
    Key("redraft.partly", "2", "judge('partly')", "2", "partly"),
    Key("redraft.no", "3", "judge('no')", "3", "not acted on"),
    Key("redraft.none", "0", "judge('')", "0", "not judged"),
    Key("redraft.other", "tab", "other", "Tab", "the other text, where there is room for one"),
    Key("redraft.page_up", "pageup,ctrl+u", "page(-1)", "PgUp PgDn  Ctrl+U Ctrl+D  Space", "a page back, on"),
    Key("redraft.page_down", "pagedown,ctrl+d,space", "page(1)", "", "a page on"),
    Key("redraft.undo", "ctrl+z", "undo", "Ctrl+Z", "undo"),
    Key("redraft.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    THEME,
)
"""Those of a redraft beside the text before it; the list of comments has the arrows."""
