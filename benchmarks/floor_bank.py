"""The floor for a key in the comment bank: the least Textual program that paints a line of query and twelve rows.

A letter is put behind the query and Backspace takes it away; the line and the rows are painted. Which rows those are
was worked out before the first frame, and ``;`` paints the rows for nothing typed. Why it is the floor: no screen
stack, no bindings, no messages; key, repaint. Its garbage collector is treated as markdesk's is.

With ``--filter`` the same program asks the bank, of five thousand comments, on each key, and ``;`` has it put all of
them in order anew: what the key costs more is the bank's.
"""

import argparse
import gc
import random

gc.disable()

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.geometry import Size  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widgets import Static  # noqa: E402

from benchmarks import desks  # noqa: E402
from markdesk.core.bank import Use  # noqa: E402
from markdesk.core.bank_rank import Scope  # noqa: E402
from markdesk.desk.bank import CommentBank  # noqa: E402

ROWS = 12
COMMENTS, USES = 5_000, 20_000
NOW = "2026-11-23T09:30:00.000+00:00"
TEXT = Style.parse("#E6E1D6 on #1B1E24")
QUERY = Style.parse("bold #E0B35A on #1B1E24")


def full_bank() -> CommentBank:
    """Five thousand comments that were typed, each with a name of its own, and twenty thousand uses in two years."""
    dice = random.Random(5)
    texts = [f"{desks.sentence(dice, dice.randint(5, 15))} {_name(dice)}." for _ in range(COMMENTS)]
    uses = [
        Use(
            texts[number] if number < COMMENTS else dice.choice(texts),
            f"{dice.choice((2025, 2026))}-{dice.randint(1, 11):02d}-{dice.randint(1, 22):02d}T10:00:00.000+00:00",
            stamp=dice.choice(desks.CODES),
            strand=dice.choice(("knowledge", "analysis", "judgement")),
            assignment=f"assignment-{dice.randint(1, 40)}",
            script=f"script-{number}",
        )
        for number in range(USES)
    ]
    return CommentBank((), (), uses, NOW)


def _name(dice: random.Random) -> str:
    """A word that few other comments have, as names and terms are."""
    return "".join(dice.choice("bdfghklmnprstvw") + dice.choice("aeiou") for _ in range(3)).capitalize()


def place() -> Scope:
    """The place where the bank is opened."""
    strands = frozenset((name, "AO1") for name in ("focus", "knowledge", "analysis", "judgement"))
    return Scope(stamp="K", focus=frozenset({"knowledge"}), strands=strands, assignment="assignment-3", levels=5)


class Panel(ScrollView, can_focus=False):
    """The query, and the rows under it."""

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        self.rows: list[str] = []

    def on_mount(self) -> None:
        self.virtual_size = Size(80, ROWS + 1)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return Strip([Segment(f"; {self.query_text}▏", QUERY)]).extend_cell_length(width, TEXT)
        if y > len(self.rows):
            return Strip.blank(width, TEXT)
        return Strip([Segment(self.rows[y - 1], TEXT)]).extend_cell_length(width, TEXT).crop(0, width)

    def show(self, query: str, rows: list[str]) -> None:
        self.query_text, self.rows = query, rows
        self.refresh_lines(0, ROWS + 1)


class Floor(App[None]):
    """The program; ``filters`` makes it ask the bank."""

    CSS = """
    #heading { height: 1; background: #1B1E24; color: #8A857A; }
    Panel { height: 1fr; width: 1fr; background: #1B1E24; scrollbar-size-vertical: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, typed: str, filters: bool) -> None:
        super().__init__()
        self.panel = Panel()
        self.typed = typed
        self.filters = filters
        self.bank = full_bank()
        self.search = self.bank.at(place())
        self.known: dict[str, list[str]] = {}
        if not filters:
            letters = "abcdefghijklmnopqrstuvwxyz"
            self.known = {
                query: self.found(query) for query in ("", *letters, typed, *(typed + end for end in letters))
            }

    def found(self, query: str) -> list[str]:
        if query in self.known:
            return self.known[query]
        return [comment.text for comment in self.search.find(query, ROWS).comments]

    def compose(self) -> ComposeResult:
        yield Static("comments", id="heading", markup=False)
        yield self.panel

    def on_mount(self) -> None:
        self.panel.show(self.typed, self.found(self.typed))
        self.call_after_refresh(_settle_memory)

    def on_key(self, event: events.Key) -> None:
        query = self.panel.query_text
        if event.key == "semicolon":
            if self.filters:
                self.search = self.bank.at(place())
            self.panel.show("", self.found(""))
        elif event.key == "backspace":
            self.panel.show(query[:-1], self.found(query[:-1]))
        elif event.character and event.character.isalpha():
            self.panel.show(query + event.character, self.found(query + event.character))
        else:
            return
        event.stop()


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--typed", default="", help="what the query begins with")
    parser.add_argument("--filter", action="store_true", help="ask the bank on each key")
    given = parser.parse_args()
    Floor(given.typed, given.filter).run()


if __name__ == "__main__":
    main()
