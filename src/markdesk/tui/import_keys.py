"""The keys of an import: choosing the files, the preview, one file's text, and the box of a folder's name."""

from markdesk.tui.key import THEME, Key

PICKING = (
    Key("picking.mark", "space", "mark", "Space", "mark it, to take several"),
    Key("picking.up", "backspace,u", "up", "Backspace  u", "the folder above"),
    Key("picking.path", "slash,tilde", "path", "/  ~", "type or paste where it is"),
    THEME,
)
PREVIEW = (
    Key("preview.take_in", "i", "take_in", "i", "take in what is ready, as one step"),
    Key("preview.student", "s", "student", "s", "say whose it is"),
    Key("preview.new", "n", "new_student", "n", "a new student of that name"),
    Key("preview.all_new", "N", "all_new", "N", "new students of all whom the class list doesn't have"),
    Key("preview.leave", "x,delete", "leave_out", "x  Del", "leave this file out, or no longer"),
    Key("preview.proposal_1", "1", "propose(1)", "1", "the student who is proposed"),
    Key("preview.proposal_2", "2", "propose(2)", "2", "the second of those proposed"),
    Key("preview.proposal_3", "3", "propose(3)", "3", "the third"),
    Key("preview.proposal_4", "4", "propose(4)", "4", "the fourth"),
    THEME,
)
FILE_TEXT = (
    Key("file_text.toggle", "space,enter", "put", "Space  Enter", "put the line in, or leave it out"),
    Key("file_text.question", "q", "ask", "q", "the line is the question, or no longer"),
    THEME,
)
WHOSE = (
    Key("whose.take", "enter", "take", "Enter", "this student"),
    Key("whose.up", "up", "move(-1)", "↑ ↓", "choose"),
    Key("whose.down", "down", "move(1)", "", "the next one"),
    Key("whose.leave", "escape", "back", "Esc", "nobody yet"),
)
"""Letters filter, so that none of them is a key."""
