"""What a key of a screen is, and the few that most screens have."""

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """One binding. ``keys`` are Textual's names, the one that hints show first; ``shown`` is what a reader sees by
    default, empty where the key before it tells of both."""

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

THEME = Key("desk.theme", "t", "theme", "t", "the next theme")
