"""Every key of every screen, in one table: the screens bind from it, help and ``markdesk keys`` print it.

These are the defaults. Each has an id, by which a keymap gives it other keys (``config/keymap.py``); what is in use
is told by ``keys_in_use.py``. Every act has a key that each common terminal sends (``config/terminals.py``, ``KEPT``).
"""

import string
from collections.abc import Iterable
from dataclasses import replace

from textual.binding import Binding

from markdesk.config.keymap import Room
from markdesk.tui.bank_keys import CODE_BOX, COMMENTS, USES
from markdesk.tui.giving_out_keys import GIVING_OUT
from markdesk.tui.import_keys import FILE_TEXT, PICKING, PREVIEW, WHOSE
from markdesk.tui.key import COMMON, THEME, Key
from markdesk.tui.pile_keys import GRID, LINE_UP, QUEUE, REDRAFT, SIDE_BY_SIDE, SKIM, TASKS
from markdesk.tui.plots_keys import PLOTS
from markdesk.tui.review_keys import FILTERS, REVIEW, VALUE_BOX, VALUES
from markdesk.tui.scheme_keys import NEW_ASSIGNMENT, NEW_SCHEME, SCHEME, SCHEMES, TAKEOVER
from markdesk.tui.search_keys import SEARCH, SEARCH_EVERYWHERE
from markdesk.tui.student_keys import GRADE_BOX, STUDENT, STUDENTS

Bindings = list[Binding | tuple[str, str] | tuple[str, str, str]]


EVERYWHERE = (
    Key("desk.palette", "ctrl+p,f12", "command_palette", "Ctrl+P  F12", "everything that can be done here, by name"),
    SEARCH_EVERYWHERE,
    Key("desk.quit", "ctrl+q,ctrl+backslash", "quit", "Ctrl+Q  Ctrl+\\", "quit; everything is saved"),
)
"""The app's own keys."""

LIST = (
    Key("list.up", "up", "move(-1)", "↑ ↓", "choose"),
    Key("list.down", "down", "move(1)", "", "the next one"),
    Key("list.page_up", "pageup,ctrl+u", "page(-1)", "PgUp PgDn  Ctrl+U Ctrl+D", "a page back, on"),
    Key("list.page_down", "pagedown,ctrl+d", "page(1)", "", "a page on"),
    Key("list.home", "home,ctrl+a", "edge(0)", "Home End  Ctrl+A Ctrl+E", "the first, the last"),
    Key("list.end", "end,ctrl+e", "edge(1)", "", "the last"),
    Key("list.open", "enter", "choose", "Enter", "open what is chosen"),
)
"""Keys of every list (``widgets/rows.py``)."""

AMONG_STAMPS = tuple(replace(key, id=key.id.replace("list", "annotations")) for key in LIST)
"""Those of the list of annotations by names of their own: letters stamp there, so that no letter may move."""

PAGE = (
    Key("page.up", "up", "scroll_up", "↑ ↓", "scroll"),
    Key("page.down", "down", "scroll_down", "", "scroll down"),
    Key("page.page_up", "pageup,ctrl+u", "page_up", "PgUp PgDn  Ctrl+U Ctrl+D  Space", "a page back, on"),
    Key("page.page_down", "pagedown,ctrl+d,space", "page_down", "", "a page on"),
    Key("page.home", "home,ctrl+a", "scroll_home", "Home End  Ctrl+A Ctrl+E", "the beginning, the end"),
    Key("page.end", "end,ctrl+e", "scroll_end", "", "the end"),
)
"""Keys of every page of text (``widgets/lines.py``)."""

LIBRARY = (
    Key("library.resume", "space", "resume", "Space", "go on where you left"),
    Key("library.students", "s", "students", "s", "students and their past marks"),
    Key("library.review", "r", "review", "r", "how the marks of this assignment are spread"),
    Key("library.schemes", "m", "schemes", "m", "the mark schemes"),
    Key("library.comments", "b", "comments", "b", "the comment bank: every comment, and where it was used"),
    Key("library.new", "n", "new_assignment", "n", "a new assignment: its question, its mark scheme, its class"),
    Key("library.import", "i", "import", "i", "bring essays in: files, folders, a school system's download"),
    Key("library.export", "x", "export", "x", "give out: mark sheets, whole-class feedback, marks"),
    Key("library.take_over", "u", "take_over", "u", "take the class over to its scheme's new version; shown first"),
    Key("library.grid", "g", "grid", "g", "the grid of this paper: students by questions"),
    THEME,
)

MARKING = (
    Key("marking.up", "up", "step(-1)", "↑ ↓", "previous, next paragraph"),
    Key("marking.down", "down", "step(1)", "", "next paragraph"),
    Key("marking.page_up", "pageup,ctrl+u", "page(-1)", "PgUp PgDn  Ctrl+U Ctrl+D  Space", "a page back, on"),
    Key("marking.page_down", "pagedown,ctrl+d,space", "page(1)", "", "a page on"),
    Key("marking.home", "home,ctrl+a", "edge(-1)", "Home End  Ctrl+A Ctrl+E", "first, last paragraph"),
    Key("marking.end", "end,ctrl+e", "edge(1)", "", "last paragraph"),
    Key("marking.sentence_back", "left", "sentence(-1)", "← →", "choose a sentence"),
    Key("marking.sentence_on", "right", "sentence(1)", "", "next sentence"),
    Key("marking.extend_back", "shift+left,ctrl+k", "extend(-1)", "Shift+← →  Ctrl+K Ctrl+L", "add a sentence to it"),
    Key("marking.extend_on", "shift+right,ctrl+l", "extend(1)", "", "add the next sentence"),
    Key(
        "marking.word_back",
        "ctrl+left,alt+left,ctrl+o",
        "word(-1)",
        "Ctrl+← →  Alt+← →  Ctrl+O Ctrl+R",
        "choose a word",
    ),
    Key("marking.word_on", "ctrl+right,alt+right,ctrl+r", "word(1)", "", "next word"),
    Key(
        "marking.less_words",
        "ctrl+shift+left,alt+shift+left,ctrl+g",
        "extend_word(-1)",
        "Ctrl+Shift+← →  Alt+Shift+← →  Ctrl+G Ctrl+W",
        "a word less, more in it",
    ),
    Key("marking.more_words", "ctrl+shift+right,alt+shift+right,ctrl+w", "extend_word(1)", "", "a word more"),
    Key("marking.trim_start", "left_curly_bracket", "trim(True)", "{ }", "trim it to the phrase"),
    Key("marking.trim_end", "right_curly_bracket", "trim(False)", "", "trim its end"),
    Key("marking.repeat", "full_stop", "repeat_stamp", ".", "the last stamp again, with its comment"),
    Key("marking.unstamp", "backspace", "unstamp", "Backspace", "take off the stamp just made here"),
    Key("marking.bank", "semicolon", "bank", ";", "a comment from the bank: Enter takes the best guess, words filter"),
    Key("marking.evident", "circumflex_accent", "evident", "^", "then a digit: this passage shows that level"),
    Key("marking.class", "ampersand", "tell_class", "&", "for the class: this passage goes on the class sheet"),
    Key("marking.more", "plus,equals_sign", "step_mark(1)", "+ -  = _", "one mark up, down"),
    Key("marking.less", "minus,underscore", "step_mark(-1)", "", "one mark down"),
    Key("marking.zero", "0", "zero", "0", "nothing creditable, no response (NR), unmarked"),
    Key("marking.type_mark", "colon,number_sign,f3", "type_mark('')", ":  #  F3", "type a mark"),
    Key("marking.next_scale", "tab", "next_scale(1)", "Tab Shift+Tab", "next, previous scale or strand"),
    Key("marking.last_scale", "shift+tab", "next_scale(-1)", "", "previous scale or strand"),
    Key("marking.less_secure", "left_parenthesis", "secure(-1)", "( )", "less, more secure in that level"),
    Key("marking.more_secure", "right_parenthesis", "secure(1)", "", "more secure"),
    Key("marking.strands", "apostrophe,f6", "strands", "'  F6", "place strands on a holistic scheme"),
    Key("marking.accept", "backslash,f8", "accept", "\\  F8", "take the suggestion (profile schemes)"),
    Key("marking.full", "tilde,f5", "full", "~  F5", "levels above and below in full, and the rules"),
    Key("marking.drawer", "vertical_line,f2", "drawer", "|  F2", "show or hide the scheme"),
    Key("marking.scheme_up", "ctrl+up,ctrl+b", "scroll_scheme(-3)", "Ctrl+↑ ↓  Ctrl+B Ctrl+N", "scroll the scheme"),
    Key("marking.scheme_down", "ctrl+down,ctrl+n", "scroll_scheme(3)", "", "scroll the scheme down"),
    Key("marking.last_note", "left_square_bracket,f9", "choose(-1)", "[ ]  F9 F10", "previous, next annotation"),
    Key("marking.next_note", "right_square_bracket,f10", "choose(1)", "", "next annotation"),
    Key("marking.edit_note", "quotation_mark", "edit_chosen", '"', "edit the annotation shown"),
    Key("marking.remove_note", "delete,ctrl+x", "remove_chosen", "Del  Ctrl+X", "remove the annotation shown"),
    Key("marking.move_note", "dollar_sign", "move_chosen", "$", "move the annotation shown to the passage chosen here"),
    Key("marking.list_notes", "exclamation_mark", "list_notes", "!", "all annotations: filter, jump, stamp anew"),
    Key("marking.feedback", "comma", "feedback", ",", "feedback: WWW, EBI, target, task"),
    Key("marking.notes", "grave_accent,f4", "notes", "`  F4", "your notes on this question"),
    Key(
        "marking.part",
        "percent_sign",
        "part",
        "%",
        "a part of the question begins here; again takes it back",
    ),
    Key("marking.find", "slash", "find", "/", "find words in this essay: letters find, Enter goes on"),
    Key(
        "marking.lenses", "asterisk,f11", "lenses", "*  F11", "a lens: dates, names, quotations …; off until asked for"
    ),
    Key(
        "marking.last_found",
        "shift+up,ctrl+v",
        "step_found(-1)",
        "Shift+↑ ↓  Ctrl+V Ctrl+S",
        "the last, next place that a lens shows, or that was found",
    ),
    Key("marking.next_found", "shift+down,ctrl+s", "step_found(1)", "", "the next one"),
    Key("marking.last_essay", "less_than_sign", "beside(-1)", "< >", "previous, next essay without finishing"),
    Key("marking.next_essay", "greater_than_sign", "beside(1)", "", "next essay"),
    Key("marking.another", "at,f7", "another", "@  F7", "another essay beside this one; the scheme again"),
    Key("marking.scan", "ctrl+right_square_bracket,insert", "scan", "Ctrl+]  Ins", "look at the scan of this script"),
    Key("marking.finish", "enter", "finish", "Enter", "finish, and open the next essay"),
    Key("marking.undo", "ctrl+z", "undo", "Ctrl+Z", "undo anything, also after a restart"),
    Key("marking.redo", "ctrl+y", "redo", "Ctrl+Y", "redo"),
    Key("marking.take_over", "ctrl+t", "take_over", "Ctrl+T", "take over an essay that another window had"),
)

ANNOTATIONS = (
    Key("annotations.edit", "quotation_mark", "edit", '"', "edit its comment"),
    Key("annotations.place", "equals_sign", "place", "=", "choose its place in the essay: Enter there, Esc leaves it"),
    Key("annotations.move", "dollar_sign", "move_here", "$", "move it to the passage chosen in the essay"),
    Key("annotations.class", "ampersand", "tell_class", "&", "for the class, or no longer"),
    Key("annotations.remove", "delete,backspace", "remove", "Del  Backspace", "remove it"),
    Key("annotations.filter", "slash", "filter", "/", "show only what fits the words you type (Esc: all again)"),
    Key("annotations.undo", "ctrl+z", "undo", "Ctrl+Z", "undo"),
)

LENSES = (
    Key("lenses.up", "up", "move(-1)", "↑ ↓", "choose a lens"),
    Key("lenses.down", "down", "move(1)", "", "the next one"),
    Key("lenses.look", "enter", "look", "Enter", "look through it; it stays on for the essays that follow"),
    Key("lenses.off", "asterisk,f11,0", "off", "*  F11  0", "no lens"),
)

BESIDE = (Key("beside.leave", "at,f7", "back", "@  F7", "the scheme again"), THEME)
"""Those of the list of what can stand beside an essay."""

READING = (
    Key("desk.help", "question_mark,f1", "back", "?  F1", "back, as it came"),
    COMMON[1],
    THEME,
)
"""Keys of a page over the screen: help, an essay that is only read."""

EDITOR = (
    Key("editor.close", "escape,ctrl+enter", "screen.close_editor", "Esc  Ctrl+Enter", "close; it is saved"),
    Key("editor.next", "tab", "screen.next_line(1)", "Tab Shift+Tab", "the next, the last line or field"),
    Key("editor.previous", "shift+tab", "screen.next_line(-1)", "", "the last line or field"),
)
"""Keys of every editor of words (``widgets/editor.py``)."""

LINE_EDITOR = (Key("editor.enter", "enter", "screen.next_line(1)", "Enter", "the next line or field"),)
FIELD_EDITOR = (
    Key("field.up", "up", "screen.line_or_field(-1)", "↑ ↓", "a line, or a field, up and down"),
    Key("field.down", "down", "screen.line_or_field(1)", "", "down"),
)
MARK_BOX = (
    Key("mark_box.take", "enter", "screen.take_mark", "Enter", "give the mark that was typed"),
    Key(
        "mark_box.leave", "escape,tab,shift+tab", "screen.leave_mark", "Esc  Tab  Shift+Tab", "leave the mark as it was"
    ),
)
FILTER_BOX = (
    Key("filter.clear", "escape", "screen.close_box(False)", "Esc", "show all again"),
    Key("filter.leave", "enter,tab", "screen.close_box(True)", "Enter  Tab", "back to the list, filtered"),
    Key("filter.up", "up", "screen.move(-1)", "↑ ↓", "along the list"),
    Key("filter.down", "down", "screen.move(1)", "", "down the list"),
)
BANK_BOX = (
    Key("bank.leave", "escape", "screen.close_bank", "Esc", "leave the bank"),
    Key("bank.take", "enter", "screen.take_comment", "Enter", "take the comment that is chosen"),
    Key("bank.edit", "tab", "screen.take_comment(True)", "Tab", "take it, and change it"),
    Key("bank.up", "up", "screen.move_in_bank(-1)", "↑ ↓", "choose"),
    Key("bank.down", "down", "screen.move_in_bank(1)", "", "the next one"),
    Key("bank.all", "ctrl+l", "screen.comments", "Ctrl+L", "every comment, and where it was used"),
    Key("bank.page_up", "pageup,ctrl+b", "screen.move_in_bank(-8)", "PgUp PgDn  Ctrl+B Ctrl+G", "eight up, down"),
    Key("bank.page_down", "pagedown,ctrl+g", "screen.move_in_bank(8)", "", "eight down"),
)
FIND_BOX = (
    Key("find.leave", "escape,tab", "screen.close_find", "Esc  Tab", "close it; what was found is the passage chosen"),
    Key("find.next", "enter,down", "screen.step_in_find(1)", "Enter  ↓", "the next place"),
    Key("find.last", "up", "screen.step_in_find(-1)", "↑", "the place before"),
)
PATH_BOX = (
    Key("path.leave", "escape", "screen.close_box(False)", "Esc", "leave"),
    Key("path.take", "enter", "screen.close_box(True)", "Enter", "open the file that was named"),
)

LEVELS = tuple(Key(f"marking.level_{n}", str(n), f"digit({n})", "", f"level {n}") for n in range(1, 10))
STAMPS = tuple(Key(f"marking.stamp_{c}", c, f"stamp('{c}')", "", f"stamp {c}") for c in string.ascii_lowercase)
WITH_COMMENTS = tuple(
    Key(f"marking.comment_{c}", c.upper(), f"stamp_and_comment('{c}')", "", f"stamp {c} and comment")
    for c in string.ascii_lowercase
)
"""Whole rows of the keyboard, each key an act of its own."""
RESTAMPS = tuple(replace(key, action=f"re{key.action}") for key in STAMPS)
LENS_DIGITS = tuple(
    replace(key, id=f"lenses.lens_{n}", action=f"look({n})", does=f"lens {n}")
    for n, key in enumerate(LEVELS[:8], start=1)
)
TRIED_LEVELS = tuple(replace(key, id=key.id.replace("marking", "scheme")) for key in LEVELS)

SCREENS = {
    "library": (*COMMON, *LIBRARY),
    "queue": (*COMMON, *QUEUE),
    "skim": (*COMMON, *SKIM),
    "tasks": (*COMMON, *TASKS),
    "picking": (*COMMON, *PICKING),
    "preview": (*COMMON, *PREVIEW),
    "file text": (*COMMON, *FILE_TEXT),
    "giving out": (*COMMON, *GIVING_OUT),
    "whose": WHOSE,
    "grid": (*COMMON, *GRID),
    "line up": (*COMMON, *LINE_UP),
    "side by side": (*COMMON, *SIDE_BY_SIDE),
    "marking": (*COMMON, *MARKING),
    "annotations": (*COMMON, *ANNOTATIONS),
    "lenses": (*COMMON, *LENSES),
    "beside": (*COMMON, *BESIDE),
    "redraft": (*COMMON, *REDRAFT),
    "students": (*COMMON, *STUDENTS),
    "student": (*COMMON, *STUDENT),
    "page": READING,
    "review": (*COMMON, *REVIEW),
    "filters": (*COMMON, *FILTERS),
    "plots": (*COMMON, *PLOTS),
    "comments": (*COMMON, *COMMENTS),
    "uses": (*COMMON, *USES),
    "schemes": (*COMMON, *SCHEMES),
    "scheme": (*COMMON, *SCHEME),
    "new scheme": NEW_SCHEME,
    "new version": (*COMMON, *TAKEOVER),
    "new assignment": NEW_ASSIGNMENT,
    "search": SEARCH,
}
"""The keys that each screen has itself."""

_MOVING = tuple(key for key in LIST if key.id != "list.open")
"""The keys of a list on a screen that opens what is chosen itself."""

ON_SCREENS = {
    "library": LIST,
    "queue": LIST,
    "skim": (),
    "tasks": LIST,
    "marking": (*LEVELS, *STAMPS, *WITH_COMMENTS),
    "annotations": (*AMONG_STAMPS, *RESTAMPS),
    "lenses": LENS_DIGITS,
    "beside": LIST,
    "redraft": tuple(key for key in LIST if "page" not in key.id),
    "students": LIST,
    "student": LIST,
    "page": PAGE,
    "review": PAGE,
    "filters": (*LIST, *VALUES),
    "plots": (),
    "comments": _MOVING,
    "uses": _MOVING,
    "schemes": _MOVING,
    "scheme": (*PAGE, *TRIED_LEVELS),
    "new scheme": (*EDITOR, *LINE_EDITOR, *FIELD_EDITOR),
    "picking": LIST,
    "preview": LIST,
    "file text": _MOVING,
    "giving out": LIST,
    "whose": (),
    "grid": (),
    "line up": _MOVING,
    "side by side": (),
    "new version": PAGE,
    "new assignment": (*EDITOR, *FIELD_EDITOR),  # its own Enter takes a choice
    "search": (),
}
"""The keys of what stands on each screen."""

FORMS = frozenset({"new scheme", "new assignment", "whose", "search"})
"""The screens on which words are typed all the time."""

EDITORS = {
    "comment": EDITOR,
    "feedback": (*EDITOR, *LINE_EDITOR),
    "mark box": MARK_BOX,
    "filter": FILTER_BOX,
    "comment bank": BANK_BOX,
    "find box": FIND_BOX,
    "file box": PATH_BOX,
    "short code": CODE_BOX,
    "grade box": GRADE_BOX,
    "value box": VALUE_BOX,
}
"""The keys of editors that open on a screen, and have the keyboard until they are closed."""

ALWAYS = (
    ("a … z", "stamp the passage with that code"),
    ("A … Z", "the same, and write a comment on it"),
    ("1 … 9", "a level: its middle mark, then top, then bottom"),
)
"""Keys of the marking screen that are a whole row of the keyboard."""
ANEW = (("a … z", "stamp it anew with that code"),)
"""Those of the list of annotations."""
THAT_LENS = (("1 … 8", "look through that lens"),)
"""Those of the list of lenses."""
IN_FEEDBACK = (
    ("1 … 9", "on an empty line: take what is offered under that number"),
    (";1 … ;9  Space", "the same between words"),
)
"""Those of the feedback, beside the words that are typed."""
IN_FORM = (("Space  ← →", "where there are words to choose from: the next, the one before"),)
"""Those of a field of the form that takes only a few words."""


def rooms() -> tuple[Room, ...]:
    """What can be pressed at one time, for whoever checks a keymap."""

    def acts(keys: Iterable[Key]) -> dict[str, tuple[str, ...]]:
        return {key.id: tuple(key.keys.split(",")) for key in keys}

    screens = [
        Room(name, acts((*keys, *ON_SCREENS[name], *EVERYWHERE)), name in FORMS) for name, keys in SCREENS.items()
    ]
    return (*screens, *(Room(name, acts((*keys, *EVERYWHERE)), True) for name, keys in EDITORS.items()))


def bound(keys: Iterable[Key], priority: bool = False) -> Bindings:
    """Bindings of a table, for the class that has them."""
    return [key.binding(priority) for key in keys]


def bindings_of(screen: str) -> Bindings:
    return bound(SCREENS[screen])


def priority_bindings_of(screen: str) -> Bindings:
    """The same for a screen on which words may be typed next: each key is dealt with before the one after it."""
    return bound(SCREENS[screen], priority=True)


def marking_bindings() -> Bindings:
    """The keys of the marking screen: its table, and the letters and digits.

    All have priority: each is done before the next key is looked at. Without, a key travels through the widgets
    first, and the words typed after ``,`` would be stamps before the editor is there to take them.
    """
    return bound((*SCREENS["marking"], *ON_SCREENS["marking"]), priority=True)


MARKING_ACTIONS = frozenset(
    {key.action.partition("(")[0] for key in SCREENS["marking"]} | {"digit", "stamp", "stamp_and_comment"}
)
"""What the keys of the marking screen do, without their parameters: none of it while words are typed."""
