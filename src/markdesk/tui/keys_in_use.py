"""The keys in use: the tables' defaults, and what the teacher's keymap says instead. Hints and help ask here."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from markdesk.config.key_names import brief, sign, together
from markdesk.config.keymap import Keymap
from markdesk.core.annotation import Stamp
from markdesk.tui.bindings import (
    ALWAYS,
    ANEW,
    EDITORS,
    EVERYWHERE,
    IN_FEEDBACK,
    IN_FORM,
    ON_SCREENS,
    SCREENS,
    THAT_LENS,
)
from markdesk.tui.key import Key
from markdesk.tui.review_keys import THAT_VALUE

NO_KEY = "<none>"
"""What no terminal sends: Textual's keymap has no other way to leave an act without a key."""
_NAMED = re.compile(r"\{([a-z_]+\.\w+)(?:/([a-z_]+\.\w+))?\}")
"""A key by its act, in a text of ours: ``{marking.undo}``, and two that belong together ``{page.up/page.down}``."""

Row = tuple[str, str, str, tuple[str, ...]]
"""Screen, keys, what they do, and the ids of the acts."""


class KeysInUse:
    """Asked by act; knows no screen."""

    def __init__(self, keymap: Keymap | None = None) -> None:
        self.keymap = keymap or Keymap()

    def for_textual(self) -> Mapping[str, str]:
        """What Textual takes over bindings with these ids."""
        return {act: ",".join(keys) or NO_KEY for act, keys in self.keymap.keys.items()}

    def of(self, key: Key) -> tuple[str, ...]:
        """The keys of an act, the one to show first."""
        return self._by_id(key.id)

    def told(self, text: str) -> str:
        """A text of ours with the first key of each act that it names. Never for a text from outside."""
        return _NAMED.sub(lambda found: self._named(found, is_brief=False), text)

    def brief(self, text: str) -> str:
        """The same for the foot of a screen, where room is dear."""
        return _NAMED.sub(lambda found: self._named(found, is_brief=True), text)

    def _named(self, found: re.Match[str], is_brief: bool) -> str:
        if any(act and act not in _DEFAULTS for act in found.groups()):
            return found.group()
        show = brief if is_brief else sign
        signs = [show(keys[0]) if (keys := self._by_id(act)) else "no key" for act in found.groups() if act]
        if len(signs) == 1:
            return signs[0]
        return together(signs[0], signs[1], "" if is_brief else " ")

    def _by_id(self, act: str) -> tuple[str, ...]:
        found = self.keymap.keys.get(act)
        return found if found is not None else tuple(_DEFAULTS[act].keys.split(","))

    def stamps(self, stamps: Iterable[Stamp]) -> tuple[Stamp, ...]:
        """The same stamps, each with the key that is pressed for it by now."""
        changed = self.keymap.keys
        return tuple(
            replace(stamp, key=" ".join(map(sign, changed[act])) or "–")
            if (act := f"marking.stamp_{stamp.key}") in changed
            else stamp
            for stamp in stamps
        )

    def rows(self, screen: str) -> list[Row]:
        """The keys of one screen or editor: its own, and those of what stands on it."""
        whole = [(screen, shown, does, ()) for shown, does in self._whole_rows(screen)]
        if screen in EDITORS:
            return [*whole, *self._rows(screen, EDITORS[screen])]
        own = [key for key in ON_SCREENS[screen] if not _is_whole_row(key)]
        return [*whole, *self._moved(screen), *self._rows(screen, (*own, *SCREENS[screen]))]

    def table(self) -> list[Row]:
        """Every key of every screen."""
        rows = [row for screen in (*SCREENS, *EDITORS) for row in self.rows(screen)]
        return [*rows, *self.everywhere()]

    def everywhere(self) -> list[Row]:
        """The keys that every screen has."""
        return list(self._rows("everywhere", EVERYWHERE))

    @staticmethod
    def _whole_rows(screen: str) -> Sequence[tuple[str, str]]:
        rows = {
            "marking": ALWAYS,
            "annotations": ANEW,
            "lenses": THAT_LENS,
            "filters": THAT_VALUE,
            "scheme": ALWAYS[-1:],
            "new scheme": IN_FORM,
            "feedback": IN_FEEDBACK,
        }
        return rows.get(screen, ())

    def _moved(self, screen: str) -> Iterator[Row]:
        """The letters and digits that are no longer where the whole row is."""
        for key in ON_SCREENS[screen]:
            if _is_whole_row(key) and key.id in self.keymap.keys:
                signs = "  ".join(map(sign, self.of(key)))
                yield screen, signs or "no key", f"instead of {sign(key.keys)}: {key.does}", (key.id,)

    def _rows(self, screen: str, keys: Sequence[Key]) -> Iterator[Row]:
        """A row an act; where two belong together, a row for both."""
        at = 0
        while at < len(keys):
            one = keys[at]
            other = keys[at + 1] if at + 1 < len(keys) and not keys[at + 1].shown else None
            at += 1 if other is None else 2
            if other is None:
                yield screen, "  ".join(map(sign, self.of(one))), one.does, (one.id,)
                continue
            pairs = zip_longest(map(sign, self.of(one)), map(sign, self.of(other)), fillvalue="")
            shown = "  ".join(together(a, b) if a and b else a or b for a, b in pairs)
            yield screen, shown, one.does, (one.id, other.id)


def _is_whole_row(key: Key) -> bool:
    """A letter or a digit, of which the table tells in one row."""
    return len(key.keys) == 1 and not key.shown


_DEFAULTS = {
    key.id: key for keys in (*SCREENS.values(), *ON_SCREENS.values(), *EDITORS.values(), EVERYWHERE) for key in keys
}
