"""The keys of the search. Letters and signs are typed, so that none of them is a key."""

from markdesk.tui.key import COMMON, Key

SEARCH_EVERYWHERE = Key(
    "desk.search", "ctrl+f,ctrl+slash,ctrl+underscore", "search", "Ctrl+F  Ctrl+/  Ctrl+_", "search everything"
)

SEARCH = (
    Key("search.open", "enter", "open", "Enter", "open what is chosen, at that place"),
    Key("search.up", "up", "move(-1)", "↑ ↓", "choose"),
    Key("search.down", "down", "move(1)", "", "the next one"),
    Key("search.page_up", "pageup,ctrl+b", "page(-1)", "PgUp PgDn  Ctrl+B Ctrl+G", "a page back, on"),
    Key("search.page_down", "pagedown,ctrl+g", "page(1)", "", "a page on"),
    COMMON[1],
    Key("search.help", "f1,ctrl+o", "help", "F1  Ctrl+O", "what can be typed, and the keys"),
)
