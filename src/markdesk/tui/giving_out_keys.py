"""The keys of the screen from which marks go out."""

from markdesk.tui.key import THEME, Key

GIVING_OUT = (
    Key("giving_out.write", "x", "write", "x", "write the files"),
    Key("giving_out.before", "left", "turn(-1)", "← →  Space", "the value before, the next"),
    Key("giving_out.next", "right,space", "turn(1)", "", "the next value"),
    Key("giving_out.folder", "slash,tilde", "folder", "/  ~", "type into which folder"),
    Key("giving_out.open", "o", "open", "o", "open what was written: the file, or its folder"),
    THEME,
)
