"""The keys of the comment bank: its list, the uses of one comment, and the box of a short code."""

from markdesk.tui.key import THEME, Key

_ON_COMMENTS = (
    Key("comments.edit", "e", "reword", "e", "edit its words; then you say how far that reaches"),
    Key("comments.this", "1", "reach(1)", "1", "when it is asked: only the use that is chosen"),
    Key("comments.unreturned", "2", "reach(2)", "2", "when it is asked: every use that isn't returned, and the bank"),
    Key("comments.now", "3", "reach(3)", "3", "when it is asked: from now on; what stands on scripts stays"),
    Key("comments.code", "c", "code", "c", "give it a short code, another, or none"),
    Key("comments.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was done here last, in the essays too"),
    Key("comments.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    THEME,
)
COMMENTS = (
    Key("list.open", "enter", "open", "Enter", "where it was used"),
    Key("comments.filter", "slash", "filter", "/", "show only what fits the words you type (Esc: all again)"),
    Key("comments.remove", "delete,ctrl+x", "remove", "Del  Ctrl+X", "take one of your own out of the bank"),
    *_ON_COMMENTS,
)
USES = (Key("list.open", "enter", "open", "Enter", "that essay, at the comment"), *_ON_COMMENTS)

CODE_BOX = (
    Key("code.leave", "escape,tab,shift+tab", "screen.close_box(False)", "Esc  Tab  Shift+Tab", "leave it as it was"),
    Key("code.take", "enter", "screen.close_box(True)", "Enter", "give it the code that was typed"),
)
