"""What a keymap is: the keys of acts that differ from the defaults. ``keymap_reader`` reads the teacher's.

Knows nothing of screens: who has them says what can be pressed together, as ``Room``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdesk.config.paths import config_folder

Keys = Mapping[str, tuple[str, ...]]
"""Keys by the act's id, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Room:
    """What can be pressed at one time: on a screen, or in an editor on it."""

    name: str
    acts: Keys
    """Every act there with its default keys."""
    has_words: bool = False
    """Words are typed there, so that letters and signs are words."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """What differs from the defaults."""

    keys: Keys = field(default_factory=dict)
    """The acts that have other keys than by default; an empty tuple is no key."""
    preset: str = ""
    own: int = 0
    """How many acts the teacher's own file names."""

    @property
    def told(self) -> str:
        """In a few words, for a list of settings."""
        base = self.preset or "default"
        return f"{base}, {self.own} changed" if self.own else base


def keymap_file() -> Path:
    """Where the keymap is, whether or not the file is there."""
    return config_folder() / "keymap.toml"
