"""Pages that the importers' rules were not written from: the essays, sites and their words are invented.

``first.txt`` was written before the rules were read, and they were mended by it; ``later.txt`` and ``last.txt`` were
written afterwards, each scored once before anything was mended by it; ``own.txt`` is what students write themselves.
A page is a ``#`` line with its name and then its lines in the order in which they are copied, each after one letter:
``?`` question, ``p`` paragraph, ``h`` student's heading, ``q`` quotation set apart, ``l`` list item, ``b`` source,
``o`` note; ``n`` navigation, ``.`` the site's text, ``@`` the site's link, ``s`` side column, ``f`` foot of the page.
``*`` stands for every paragraph of the other pages up to 5,000 words.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

STUDENT = frozenset("phqlbo")
_LONG = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    role: str
    text: str

    @property
    def is_students(self) -> bool:
        return self.role in STUDENT


@dataclass(frozen=True, slots=True)
class UnseenPage:
    name: str
    lines: tuple[Line, ...]

    @property
    def question(self) -> str | None:
        return "\n".join(line.text for line in self.lines if line.role == "?") or None

    @property
    def essay(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.is_students)

    @property
    def furniture(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if not line.is_students and line.role != "?")


@cache
def pages(set_name: str) -> tuple[UnseenPage, ...]:
    """The pages of ``first``, ``later``, ``last`` or ``own``."""
    text = (Path(__file__).parent / f"{set_name}.txt").read_text("utf-8")
    everything = [Line("p", line[2:]) for line in text.split("\n") if line.startswith("p ")]
    found: list[UnseenPage] = []
    for sheet in ("\n" + text).split("\n# ")[1:]:
        name, *rows = sheet.strip("\n").split("\n")
        lines: list[Line] = []
        for row in rows:
            lines += _long(everything) if row == "*" else [Line(row[0], row[2:])] if row else []
        found.append(UnseenPage(name, tuple(lines)))
    return tuple(found)


def _long(everything: list[Line]) -> list[Line]:
    taken: list[Line] = []
    words = 0
    for line in everything:
        words += len(line.text.split())
        if words > _LONG:
            break
        taken.append(line)
    return taken
