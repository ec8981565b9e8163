"""Which terminals keep some keys to themselves, so that each act can have a second way."""

import string

_LETTERS = string.ascii_lowercase
_ARROWS = ("up", "down", "left", "right")
_PAGING = ("pageup", "pagedown", "home", "end")
_F = tuple(f"f{n}" for n in range(1, 13))


def _with(held: str, keys: tuple[str, ...] | str) -> tuple[str, ...]:
    return tuple(f"{held}+{key}" for key in keys)


_RARELY_SENT = (*_with("ctrl+shift", (*_LETTERS, *_ARROWS, *_PAGING)), *_with("ctrl", tuple(string.digits)))
"""What older terminals send as something else, or not at all."""

KEPT = {
    "macOS Terminal": frozenset((
        *_F, *_with("ctrl", _ARROWS), *_PAGING, *_with("shift", ("up", "down")), "delete", "insert",
        *_with("alt", _LETTERS), *_with("alt+shift", _LETTERS), *_RARELY_SENT,
    )),
    "GNOME Terminal": frozenset((
        "f1", "f10", "f11", *_with("shift", _PAGING), *_with("ctrl", ("pageup", "pagedown")),
        *_with("alt", "123456789"),
        *_RARELY_SENT,
    )),
    "Windows Terminal": frozenset((
        "f11", "ctrl+c", "ctrl+v", "ctrl+comma", *_with("alt", _ARROWS), *_with("alt+shift", _ARROWS), "alt+enter",
        "alt+f4", *_RARELY_SENT,
    )),
    "the terminal in VS Code": frozenset((
        "f1", *_with("ctrl", "befjkpq"), *_with("ctrl", ("pageup", "pagedown")), *_with("alt", _ARROWS), *_RARELY_SENT,
    )),
    "PuTTY": frozenset((
        *_with("shift", (*_ARROWS, *_PAGING)), *_with("ctrl", _ARROWS), *_with("ctrl", _PAGING), *_with("alt", _ARROWS),
        *_with("alt+shift", _ARROWS), *_RARELY_SENT,
    )),
    "the Linux console": frozenset((
        *_with("shift", (*_ARROWS, *_PAGING)), *_with("ctrl", (*_ARROWS, *_PAGING)), *_with("alt", _ARROWS),
        *_with("alt+shift", _ARROWS), *_RARELY_SENT,
    )),
    "tmux": frozenset(("ctrl+b", *_RARELY_SENT)),
    "GNU screen": frozenset(("ctrl+a", *_with("shift", _ARROWS), *_with("ctrl", _ARROWS), *_RARELY_SENT)),
}  # fmt: skip
"""By terminal: the keys that it, or the system under it, keeps for itself or sends as another, unless told not to.

It is better to list one too many: what stands here must have a second key, and nothing else follows from it."""


def out_of_reach(keys: tuple[str, ...]) -> list[str]:
    """The terminals in which not one of these keys arrives."""
    return [terminal for terminal, kept in KEPT.items() if keys and kept.issuperset(keys)]
