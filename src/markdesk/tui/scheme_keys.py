"""The keys of the screens about mark schemes, and of the form for a new assignment."""

from markdesk.tui.key import THEME, Key

SCHEMES = (
    Key("list.open", "enter", "open", "Enter", "the whole scheme, and the panel that you will mark beside"),
    Key("schemes.filter", "slash", "filter", "/", "show only what fits the words you type (Esc: all again)"),
    Key("schemes.new", "n", "new", "n", "a new scheme of your own, begun from this one"),
    Key("schemes.edit", "e", "edit", "e", "edit this one, if it is your own"),
    Key("schemes.from_file", "o", "from_file", "o", "a new scheme from a file: a Word or web table, CSV, Moodle …"),
    Key("schemes.check", "c", "check", "c", "read and check every file again"),
    Key(
        "schemes.scroll_up",
        "ctrl+up,ctrl+b",
        "scroll(-3)",
        "Ctrl+↑ ↓  Ctrl+B Ctrl+N",
        "scroll the scheme beside the list",
    ),
    Key("schemes.scroll_down", "ctrl+down,ctrl+n", "scroll(3)", "", "scroll it down"),
    THEME,
)

SCHEME = (
    Key("scheme.more", "plus,equals_sign", "step_mark(1)", "+ -  = _", "try one mark up, down"),
    Key("scheme.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("scheme.zero", "0", "zero", "0", "try nothing creditable, no response, unmarked"),
    Key("scheme.next_scale", "tab", "next_scale(1)", "Tab Shift+Tab", "next, previous scale or strand"),
    Key("scheme.last_scale", "shift+tab", "next_scale(-1)", "", "previous scale or strand"),
    Key("scheme.full", "tilde,f5", "full", "~  F5", "levels above and below in full"),
    Key(
        "scheme.scroll_up",
        "ctrl+up,ctrl+b",
        "scroll(-3)",
        "Ctrl+↑ ↓  Ctrl+B Ctrl+N",
        "scroll the panel; the arrows alone scroll the text",
    ),
    Key("scheme.scroll_down", "ctrl+down,ctrl+n", "scroll(3)", "", "scroll it down"),
    Key("scheme.panel", "vertical_line,f2", "panel", "|  F2", "show or hide the panel"),
    Key("scheme.new", "n", "new", "n", "a new scheme of your own, begun from this one"),
    Key("scheme.edit", "e", "edit", "e", "edit this one, if it is your own"),
    THEME,
)

NEW_SCHEME = (
    Key("new_scheme.write", "ctrl+s", "write", "Ctrl+S", "check it and write the file"),
    Key("new_scheme.page_up", "pageup,ctrl+b", "section(-1)", "PgUp PgDn  Ctrl+B Ctrl+G", "the part before, after"),
    Key("new_scheme.page_down", "pagedown,ctrl+g", "section(1)", "", "the next part"),
    Key("new_scheme.again", "ctrl+n", "again", "Ctrl+N", "throw away what was typed and begin anew"),
    Key("new_scheme.help", "f1,ctrl+o", "help", "F1  Ctrl+O", "the keys of this screen"),
)

TAKEOVER = (
    Key("takeover.do", "enter", "take_over", "Enter", "take the class over, as it is told here"),
    THEME,
)

NEW_ASSIGNMENT = (
    Key("new_assignment.take", "enter", "take", "Enter", "the choice with the bar, and the next field"),
    Key("new_assignment.write", "ctrl+s", "write", "Ctrl+S", "make the assignment"),
    Key(
        "new_assignment.page_up",
        "pageup,ctrl+b",
        "page(-1)",
        "PgUp PgDn  Ctrl+B Ctrl+G",
        "a page through the mark schemes",
    ),
    Key("new_assignment.page_down", "pagedown,ctrl+g", "page(1)", "", "the next page"),
    Key("new_assignment.again", "ctrl+n", "again", "Ctrl+N", "throw away what was typed and begin anew"),
    Key("new_assignment.help", "f1,ctrl+o", "help", "F1  Ctrl+O", "the keys of this screen"),
)
