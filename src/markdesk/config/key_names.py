"""The names of keys: how a file may write them, and how a screen shows them.

A key's name is its own (``comma``, ``pageup``, ``f7``, ``J``) with what is held down before it, in the alphabet's order
(``ctrl+up``, ``alt+shift+g``): as the screens' own table has it.
"""

import string

from markdesk.config.nearest import did_you_mean

SIGN_OF = {
    "exclamation_mark": "!", "quotation_mark": '"', "number_sign": "#", "dollar_sign": "$", "percent_sign": "%",
    "ampersand": "&", "apostrophe": "'", "left_parenthesis": "(", "right_parenthesis": ")", "asterisk": "*",
    "plus": "+", "comma": ",", "minus": "-", "full_stop": ".", "slash": "/", "colon": ":", "semicolon": ";",
    "less_than_sign": "<", "equals_sign": "=", "greater_than_sign": ">", "question_mark": "?", "at": "@",
    "left_square_bracket": "[", "backslash": "\\", "right_square_bracket": "]", "circumflex_accent": "^",
    "underscore": "_", "grave_accent": "`", "left_curly_bracket": "{", "vertical_line": "|",
    "right_curly_bracket": "}", "tilde": "~", "pound_sign": "£", "not_sign": "¬",
}  # fmt: skip
"""The signs of a keyboard, by the names that they have as keys."""

NAMED = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home",
    "end": "End", "insert": "Ins", "delete": "Del", "backspace": "Backspace", "tab": "Tab", "enter": "Enter",
    "escape": "Esc", "space": "Space", **{f"f{n}": f"F{n}" for n in range(1, 13)},
}  # fmt: skip
"""The keys that make no sign, and what stands on them."""

BRIEF = {"enter": "⏎", "shift+tab": "⇧Tab", "minus": "−"}
"""What a foot shows instead, where there is little room."""

HELD = ("alt", "ctrl", "shift")
_HELD_ALIASES = {"control": "ctrl", "option": "alt"}
_ALIASES = {
    "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert", "return": "enter",
    "page_up": "pageup", "page_down": "pagedown", "hash": "number_sign", "dot": "full_stop",
    "period": "full_stop", "pipe": "vertical_line", "backtick": "grave_accent", "quote": "quotation_mark",
    "hyphen": "minus", "equals": "equals_sign", "caret": "circumflex_accent",
}  # fmt: skip
_FROM_SIGN = {sign: name for name, sign in (*SIGN_OF.items(), *NAMED.items())}
_KNOWN = (*SIGN_OF, *NAMED)

_ARROWS = ("↑", "↓", "←", "→")

SAME_BYTE = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape",
    "alt+b": "ctrl+left", "alt+f": "ctrl+right", "alt+backspace": "ctrl+w",
}  # fmt: skip
"""What a terminal sends the very same bytes for: a program can't tell them apart."""


def key_named(written: str) -> str:
    """The name of a key as a file has it: by name or sign, in any case (``Ctrl+Z``, ``?``, ``PgUp``, ``J``).

    Raises ValueError with a sentence, and the nearest name where there is one.
    """
    word = written.strip()
    *held, key = word.split("+") if len(word) > 1 and not word.endswith("+") else [word]
    if word.endswith("++"):  # a plus with something held down
        held, key = word[:-2].split("+"), "+"
    elif word.endswith("+") and len(word) > 1:
        raise ValueError(f"'{written}' names no key after the last +")
    mods = [_HELD_ALIASES.get(name.strip().lower(), name.strip().lower()) for name in held]
    for name in mods:
        if name not in HELD:
            raise _unknown(f"'{name}' can't be held down", name, HELD)
    name = _plain_name(key.strip() or key, written)
    if mods and len(name) == 1 and name.isupper():
        name = name.lower()
    if mods == ["shift"] and len(name) == 1:
        mods, name = [], name.upper()
    full = "+".join([*sorted(set(mods)), name])
    if full in SAME_BYTE:
        raise ValueError(f"a terminal sends {sign(SAME_BYTE[full])} for {sign(full)}: name that instead")
    return full


def _plain_name(key: str, written: str) -> str:
    if len(key) == 1 and key in string.ascii_letters + string.digits:
        return key
    folded = key.lower()
    found = _FROM_SIGN.get(key) or _ALIASES.get(folded) or (folded if folded in _KNOWN else None)
    if found is None:
        raise _unknown(f"'{written}' is not a key", folded, (*_KNOWN, *_ALIASES))
    return found


def _unknown(told: str, word: str, known: tuple[str, ...]) -> ValueError:
    near = did_you_mean(word, known)
    return ValueError(f"{told}. {near}" if near else told)


def is_typed(key: str) -> bool:
    """Whether the key makes a letter, a digit or a sign where words are typed."""
    return len(key) == 1 or key in SIGN_OF or key == "space"


def sign(key: str) -> str:
    """What a reader sees: ``Ctrl+↑`` for ``ctrl+up``, ``?`` for ``question_mark``."""
    *held, name = key.split("+")
    shown = SIGN_OF.get(name) or NAMED.get(name) or (name.upper() if held and len(name) == 1 else name)
    return "+".join([*(mod.capitalize() for mod in held), shown])


def brief(key: str) -> str:
    """The same in as few characters as can be read."""
    return BRIEF.get(key) or sign(key)


def together(one: str, other: str, gap: str = " ") -> str:
    """Two signs of keys that belong together; what is held down for two arrows is said once: ``Shift+← →``."""
    held = one.rpartition("+")[0]
    if held and other.startswith(f"{held}+") and other[len(held) + 1 :] in _ARROWS:
        other = other[len(held) + 1 :]
    return f"{one}{gap}{other}"
