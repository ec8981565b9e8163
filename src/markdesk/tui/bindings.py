"""Every key of every screen, in one table: the screens bind from it, help and ``markdesk keys`` print it."""

import string
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """One binding. ``keys`` are Textual's names; ``shown`` is what a reader sees."""

    id: str
    keys: str
    action: str
    shown: str
    does: str

    def binding(self, priority: bool = False) -> Binding:
        return Binding(self.keys, self.action, self.does, show=False, priority=priority, id=self.id)


COMMON = (
    Key("desk.help", "question_mark,f1", "help", "?  F1", "the keys of this screen"),
    Key("desk.back", "escape", "back", "Esc", "one step out"),
)

LIBRARY = (
    Key("library.resume", "space", "resume", "Space", "go on where you left"),
    Key("library.students", "s", "students", "s", "students and their past marks"),
    Key("library.review", "r", "review", "r", "how the marks of this assignment are spread"),
    Key("library.schemes", "m", "schemes", "m", "the mark schemes"),
    Key("library.new", "n", "new_assignment", "n", "a new assignment: its question, its mark scheme, its class"),
    Key("library.import", "i", "import", "i", "how essays come in: the command to type"),
    Key("library.export", "x", "export", "x", "write the mark sheets of this assignment"),
    Key("library.take_over", "u", "take_over", "u", "take the class over to its scheme's new version; shown first"),
    Key("library.grid", "g", "grid", "g", "the grid of this paper: students by questions"),
    Key("library.theme", "t", "theme", "t", "light or dark"),
)

QUEUE = (
    Key("queue.export", "x", "export", "x", "write the mark sheets"),
    Key("queue.student", "s", "student", "s", "this student's past marks"),
    Key("queue.review", "r", "review", "r", "how the marks are spread"),
    Key("queue.take_over", "u", "take_over", "u", "take the class over to its scheme's new version; shown first"),
    Key("queue.grid", "g", "grid", "g", "the grid of the paper that this question is of"),
    Key("queue.line_up", "l", "line_up", "l", "line the pile up by mark: compare, adjust, return"),
    Key("queue.theme", "t", "theme", "t", "light or dark"),
)

GRID = (
    Key("grid.up", "up", "move(-1, 0)", "↑ ↓", "choose a student; PgUp PgDn, Home End too"),
    Key("grid.down", "down", "move(1, 0)", "", "the next student"),
    Key("grid.left", "left", "move(0, -1)", "← →", "choose a question"),
    Key("grid.right", "right", "move(0, 1)", "", "the next question"),
    Key("grid.page_up", "pageup", "page(-1)", "", "a screenful up"),
    Key("grid.page_down", "pagedown", "page(1)", "", "a screenful down"),
    Key("grid.home", "home", "move(-9999, 0)", "", "the first student"),
    Key("grid.end", "end", "move(9999, 0)", "", "the last student"),
    Key("grid.mark", "enter", "mark", "Enter", "mark this answer, then that question down the class"),
    Key("grid.student", "s", "student", "s", "this student's past marks"),
    Key("grid.review", "r", "review", "r", "how the marks of this question are spread"),
    Key("grid.export", "x", "export", "x", "write the mark sheets of this question"),
    Key("grid.theme", "t", "theme", "t", "light or dark"),
)

LINE_UP = (
    Key("line_up.compare", "at,f7,enter", "compare", "@  F7  Enter", "this essay beside the one above it"),
    Key("line_up.more", "plus,equals_sign", "step_mark(1)", "+ -", "one mark up, down; the essay moves with it"),
    Key("line_up.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("line_up.next_scale", "tab", "next_scale(1)", "Tab", "the scale that + and - move (Shift+Tab: previous)"),
    Key("line_up.last_scale", "shift+tab", "next_scale(-1)", "", "previous scale"),
    Key("line_up.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was done here last"),
    Key("line_up.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    Key("line_up.export", "x", "export", "x", "write the mark sheets"),
    Key("line_up.marks", "m", "marks", "m", "write the class mark sheet (CSV), for a spreadsheet"),
    Key("line_up.return", "R", "return_pile", "R", "return the finished essays; it asks first"),
    Key("line_up.reopen", "o", "reopen", "o", "open a returned essay again"),
    Key("line_up.theme", "t", "theme", "t", "light or dark"),
)

SIDE_BY_SIDE = (
    Key("side.up", "up", "scroll(-1)", "↑ ↓", "scroll both essays"),
    Key("side.down", "down", "scroll(1)", "", "scroll both down"),
    Key("side.page_up", "pageup", "page(-1)", "PgUp PgDn", "a page back, on"),
    Key("side.page_down", "pagedown,space", "page(1)", "Space", "a page on"),
    Key("side.home", "home", "edge(0)", "Home End", "their beginnings, their ends"),
    Key("side.end", "end", "edge(1)", "", "their ends"),
    Key("side.other", "tab,shift+tab", "other", "Tab", "the other side: + and - move that one"),
    Key("side.more", "plus,equals_sign", "step_mark(1)", "+ -", "one mark up, down, for the chosen side"),
    Key("side.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("side.last", "less_than_sign", "pair(-1)", "< >", "the pair above, below in the line"),
    Key("side.next", "greater_than_sign", "pair(1)", "", "the pair below"),
    Key("side.undo", "ctrl+z", "undo", "Ctrl+Z", "undo what was done here last"),
    Key("side.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    Key("side.theme", "t", "theme", "t", "light or dark"),
)

MARKING = (
    Key("marking.up", "up", "step(-1)", "↑ ↓", "previous, next paragraph"),
    Key("marking.down", "down", "step(1)", "", "next paragraph"),
    Key("marking.page_up", "pageup", "page(-1)", "PgUp PgDn", "a page back, on"),
    Key("marking.page_down", "pagedown,space", "page(1)", "Space", "a page on"),
    Key("marking.home", "home", "edge(-1)", "Home End", "first, last paragraph"),
    Key("marking.end", "end", "edge(1)", "", "last paragraph"),
    Key("marking.sentence_back", "left", "sentence(-1)", "← →", "choose a sentence"),
    Key("marking.sentence_on", "right", "sentence(1)", "", "next sentence"),
    Key("marking.extend_back", "shift+left", "extend(-1)", "Shift+← →", "add a sentence to it"),
    Key("marking.extend_on", "shift+right", "extend(1)", "", "add the next sentence"),
    Key("marking.word_back", "ctrl+left,alt+left", "word(-1)", "Ctrl+← →", "choose a word (Alt+← → too)"),
    Key("marking.word_on", "ctrl+right,alt+right", "word(1)", "", "next word"),
    Key(
        "marking.less_words",
        "ctrl+shift+left,alt+shift+left",
        "extend_word(-1)",
        "Ctrl+Shift+← →",
        "a word less, more in it (Alt+Shift too)",
    ),
    Key("marking.more_words", "ctrl+shift+right,alt+shift+right", "extend_word(1)", "", "a word more"),
    Key("marking.trim_start", "left_curly_bracket", "trim(True)", "{ }", "trim it to the phrase"),
    Key("marking.trim_end", "right_curly_bracket", "trim(False)", "", "trim its end"),
    Key("marking.repeat", "full_stop", "repeat_stamp", ".", "the last stamp again, with its comment"),
    Key("marking.unstamp", "backspace", "unstamp", "Backspace", "take off the stamp just made here"),
    Key("marking.bank", "semicolon", "bank", ";", "a comment from the bank: Enter takes the best guess, words filter"),
    Key("marking.evident", "circumflex_accent", "evident", "^", "then a digit: this passage shows that level"),
    Key("marking.class", "ampersand", "tell_class", "&", "for the class: this passage goes on the class sheet"),
    Key("marking.more", "plus,equals_sign", "step_mark(1)", "+ -", "one mark up, down"),
    Key("marking.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("marking.zero", "0", "zero", "0", "nothing creditable, no response (NR), unmarked"),
    Key("marking.type_mark", "colon,number_sign,f3", "type_mark('')", ":  #  F3", "type a mark"),
    Key("marking.next_scale", "tab", "next_scale(1)", "Tab", "next scale or strand (Shift+Tab: previous)"),
    Key("marking.last_scale", "shift+tab", "next_scale(-1)", "", "previous scale or strand"),
    Key("marking.less_secure", "left_parenthesis", "secure(-1)", "( )", "less, more secure in that level"),
    Key("marking.more_secure", "right_parenthesis", "secure(1)", "", "more secure"),
    Key("marking.strands", "apostrophe,f6", "strands", "'  F6", "place strands on a holistic scheme"),
    Key("marking.accept", "backslash,f8", "accept", "\\  F8", "take the suggestion (profile schemes)"),
    Key("marking.full", "tilde,f5", "full", "~  F5", "levels above and below in full, and the rules"),
    Key("marking.drawer", "vertical_line,f2", "drawer", "|  F2", "show or hide the scheme"),
    Key("marking.scheme_up", "ctrl+up", "scroll_scheme(-3)", "Ctrl+↑ ↓", "scroll the scheme"),
    Key("marking.scheme_down", "ctrl+down", "scroll_scheme(3)", "", "scroll the scheme down"),
    Key("marking.last_note", "left_square_bracket,f9", "choose(-1)", "[ ]  F9 F10", "previous, next annotation"),
    Key("marking.next_note", "right_square_bracket,f10", "choose(1)", "", "next annotation"),
    Key("marking.edit_note", "quotation_mark", "edit_chosen", '"', "edit the annotation shown"),
    Key("marking.remove_note", "delete", "remove_chosen", "Del", "remove the annotation shown"),
    Key("marking.move_note", "dollar_sign", "move_chosen", "$", "move the annotation shown to the passage chosen here"),
    Key("marking.list_notes", "exclamation_mark", "list_notes", "!", "all annotations: filter, jump, stamp anew"),
    Key("marking.feedback", "comma", "feedback", ",", "feedback: WWW, EBI, target, task"),
    Key("marking.notes", "grave_accent,f4", "notes", "`  F4", "your notes on this question"),
    Key("marking.last_essay", "less_than_sign", "beside(-1)", "< >", "previous, next essay without finishing"),
    Key("marking.next_essay", "greater_than_sign", "beside(1)", "", "next essay"),
    Key("marking.finish", "enter", "finish", "Enter", "finish, and open the next essay"),
    Key("marking.undo", "ctrl+z", "undo", "Ctrl+Z", "undo anything, also after a restart"),
    Key("marking.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    Key("marking.take_over", "ctrl+t", "take_over", "Ctrl+T", "take over an essay that another window had"),
)

ANNOTATIONS = (
    Key("annotations.go", "enter", "go", "Enter", "go to it in the essay"),
    Key("annotations.edit", "quotation_mark", "edit", '"', "edit its comment"),
    Key("annotations.move", "dollar_sign", "move_here", "$", "move it to the passage chosen in the essay"),
    Key("annotations.class", "ampersand", "tell_class", "&", "for the class, or no longer"),
    Key("annotations.remove", "delete,backspace", "remove", "Del", "remove it"),
    Key("annotations.filter", "slash", "filter", "/", "show only what fits the words you type (Esc: all again)"),
    Key("annotations.undo", "ctrl+z", "undo", "Ctrl+Z", "undo"),
)

SCHEMES = (
    Key("schemes.open", "enter", "open", "Enter", "the whole scheme, and the panel that you will mark beside"),
    Key("schemes.filter", "slash", "filter", "/", "show only what fits the words you type (Esc: all again)"),
    Key("schemes.new", "n", "new", "n", "a new scheme of your own, begun from this one"),
    Key("schemes.edit", "e", "edit", "e", "edit this one, if it is your own"),
    Key("schemes.from_file", "o", "from_file", "o", "a new scheme from a file: a Word or web table, CSV, Moodle …"),
    Key("schemes.check", "c", "check", "c", "read and check every file again"),
    Key("schemes.scroll_up", "ctrl+up", "scroll(-3)", "Ctrl+↑ ↓", "scroll the scheme beside the list"),
    Key("schemes.scroll_down", "ctrl+down", "scroll(3)", "", "scroll it down"),
    Key("schemes.theme", "t", "theme", "t", "light or dark"),
)

SCHEME = (
    Key("scheme.more", "plus,equals_sign", "step_mark(1)", "+ -", "try one mark up, down"),
    Key("scheme.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("scheme.zero", "0", "zero", "0", "try nothing creditable, no response, unmarked"),
    Key("scheme.next_scale", "tab", "next_scale(1)", "Tab", "next scale or strand (Shift+Tab: previous)"),
    Key("scheme.last_scale", "shift+tab", "next_scale(-1)", "", "previous scale or strand"),
    Key("scheme.full", "tilde,f5", "full", "~  F5", "levels above and below in full"),
    Key("scheme.scroll_up", "ctrl+up", "scroll(-3)", "Ctrl+↑ ↓", "scroll the panel; the arrows alone scroll the text"),
    Key("scheme.scroll_down", "ctrl+down", "scroll(3)", "", "scroll it down"),
    Key("scheme.panel", "vertical_line,f2", "panel", "|  F2", "show or hide the panel"),
    Key("scheme.new", "n", "new", "n", "a new scheme of your own, begun from this one"),
    Key("scheme.edit", "e", "edit", "e", "edit this one, if it is your own"),
    Key("scheme.theme", "t", "theme", "t", "light or dark"),
)

NEW_SCHEME = (
    Key("new_scheme.write", "ctrl+s", "write", "Ctrl+S", "check it and write the file"),
    Key("new_scheme.page_up", "pageup", "section(-1)", "PgUp PgDn", "the part before, after"),
    Key("new_scheme.page_down", "pagedown", "section(1)", "", "the next part"),
    Key("new_scheme.again", "ctrl+n", "again", "Ctrl+N", "throw away what was typed and begin anew"),
    Key("new_scheme.help", "f1", "help", "F1", "the keys of this screen"),
)

TAKEOVER = (
    Key("takeover.do", "enter", "take_over", "Enter", "take the class over, as it is told here"),
    Key("takeover.theme", "t", "theme", "t", "light or dark"),
)

NEW_ASSIGNMENT = (
    Key("new_assignment.take", "enter", "take", "Enter", "the choice with the bar, and the next field"),
    Key("new_assignment.write", "ctrl+s", "write", "Ctrl+S", "make the assignment"),
    Key("new_assignment.page_up", "pageup", "page(-1)", "PgUp PgDn", "a page through the mark schemes"),
    Key("new_assignment.page_down", "pagedown", "page(1)", "", "the next page"),
    Key("new_assignment.again", "ctrl+n", "again", "Ctrl+N", "throw away what was typed and begin anew"),
    Key("new_assignment.help", "f1", "help", "F1", "the keys of this screen"),
)

STUDENT = (Key("student.theme", "t", "theme", "t", "light or dark"),)

SCREENS = {
    "library": (*COMMON, *LIBRARY),
    "queue": (*COMMON, *QUEUE),
    "grid": (*COMMON, *GRID),
    "line up": (*COMMON, *LINE_UP),
    "side by side": (*COMMON, *SIDE_BY_SIDE),
    "marking": (*COMMON, *MARKING),
    "annotations": (*COMMON, *ANNOTATIONS),
    "student": (*COMMON, *STUDENT),
    "schemes": (*COMMON, *SCHEMES),
    "scheme": (*COMMON, *SCHEME),
    "new scheme": NEW_SCHEME,
    "new version": (*COMMON, *TAKEOVER),
    "new assignment": NEW_ASSIGNMENT,
}
"""The keys by screen."""

ALWAYS = (
    ("a … z", "stamp the passage with that code"),
    ("A … Z", "the same, and write a comment on it"),
    ("1 … 9", "a level: its middle mark, then top, then bottom"),
)
"""Keys of the marking screen that are a whole row of the keyboard."""

IN_FORM = (
    ("Enter  Tab", "the next field (Shift+Tab: the one before; ↑ ↓ too)"),
    ("Space  ← →", "where there are words to choose from: the next, the one before"),
    ("Esc", "leave; what was typed is kept"),
)
"""Keys of the form's editor, which has them itself."""

IN_CHOICES = (
    ("↑ ↓", "along the choices of a field; past their end to another field"),
    ("Tab", "the next field, nothing chosen (Shift+Tab: the one before)"),
    IN_FORM[1],
)
"""The same where fields have choices."""


IN_LISTS = (("↑ ↓", "choose; PgUp PgDn, Home End too"), ("Enter", "open what is chosen"))
"""Keys of every list (``widgets/rows.py``)."""


def bindings_of(screen: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    return [key.binding() for key in SCREENS[screen]]


def priority_bindings_of(screen: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The same for a screen on which words may be typed next: each key is dealt with before the one after it."""
    return [key.binding(priority=True) for key in SCREENS[screen]]


def marking_bindings() -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The keys of the marking screen: its table, and the letters and digits.

    All have priority: each is done before the next key is looked at. Without, a key travels through the widgets
    first, and the words typed after ``,`` would be stamps before the editor is there to take them.
    """
    rows = [(str(n), f"digit({n})", f"digit_{n}") for n in range(1, 10)]
    for letter in string.ascii_lowercase:
        rows.append((letter, f"stamp('{letter}')", f"stamp_{letter}"))
        rows.append((letter.upper(), f"stamp_and_comment('{letter}')", f"comment_{letter}"))
    letters = [Binding(key, action, show=False, priority=True, id=f"marking.{name}") for key, action, name in rows]
    return [*priority_bindings_of("marking"), *letters]


MARKING_ACTIONS = frozenset(
    {key.action.partition("(")[0] for key in SCREENS["marking"]} | {"digit", "stamp", "stamp_and_comment"}
)
"""What the keys of the marking screen do, without their parameters: none of it while words are typed."""


def key_table() -> list[tuple[str, str, str]]:
    """Screen, key and what it does, as help and the command line print them."""
    rows = [("marking", shown, does) for shown, does in ALWAYS]
    rows.append(("annotations", "a … z", "stamp it anew with that code"))
    rows += [(name, shown, does) for name in ("library", "queue") for shown, does in IN_LISTS]
    rows += [("line up", *IN_LISTS[0]), ("schemes", *IN_LISTS[0]), ("scheme", *ALWAYS[-1])]
    rows += [("new scheme", shown, does) for shown, does in IN_FORM]
    rows += [("new assignment", shown, does) for shown, does in IN_CHOICES]
    rows += [(name, key.shown, key.does) for name, keys in SCREENS.items() for key in keys if key.shown]
    return [*rows, ("everywhere", "Ctrl+P", "palette"), ("everywhere", "Ctrl+Q", "quit; everything is saved")]
