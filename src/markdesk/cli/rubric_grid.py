"""One mark scheme as lines for a terminal: levels down, strands across where there is room, else listed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markdesk.cli.output import cells
from markdesk.core.plain import show_line
from markdesk.core.scheme_facts import SCORING, about, item_points, rules, scale_title

if TYPE_CHECKING:
    from markdesk.core.official import Wording
    from markdesk.core.rubric import Level, Rubric, Scale, Strand

WIDTH = 80
"""Columns where nobody says how wide the terminal is."""
NARROWEST, WIDEST = 60, 140
_LABEL = 9
"""Columns for a level's name and its marks."""
_STRAND = 15
"""The fewest columns in which a strand's line can be read; with less, strands are listed."""


def scheme_lines(rubric: "Rubric", wording: "Wording", width: int = WIDTH, is_own: bool = False) -> Iterator[str]:
    """Everything that a marker may want to read of it, no line wider than ``width``. ``is_own``: the teacher's file."""
    width = max(NARROWEST, min(WIDEST, width))
    yield from _wrapped(rubric.title, width)
    yield from _wrapped(
        f"{rubric.id} · version {rubric.version} · {rubric.max_mark} marks · {SCORING[rubric.scoring]}", width
    )
    yield ""
    for name, text in about(rubric, wording.told(rubric, is_own), is_own):
        yield from _hanging(name, text, width)
    for scale in rubric.scales:
        yield ""
        yield from _scale(rubric, scale, wording, width)
    yield ""
    for name, text in rules(rubric):
        yield from _hanging(name, text, width)


def _scale(rubric: "Rubric", scale: "Scale", wording: "Wording", width: int) -> Iterator[str]:
    facts = [scale_title(scale), f"scale {scale.id}", ", ".join(scale.aos), f"out of {scale.max}"]
    yield from _wrapped(" · ".join(fact for fact in facts if fact), width)
    if scale.is_points:
        for item in scale.items:
            yield from _hanging(f"  {item_points(item)}", f"{item.text} ({item.id})", width, _LABEL + 2)
        return
    strands = rubric.strands_of(scale)
    column = (width - _LABEL) // len(strands) - 2 if strands else 0
    is_across = len(strands) > 1 and column >= _STRAND
    if is_across:
        yield from _row("", [strand.name for strand in strands], column)
    for level in reversed(scale.levels):
        yield ""
        yield from _level(level, scale, strands, wording, width, column if is_across else 0)
    yield ""
    yield from _hanging("0", rubric.zero_label, width, _LABEL)
    yield from _hanging(
        rubric.not_attempted_code or "NR", "no response, which is no attempt that earned 0", width, _LABEL
    )


def _level(
    level: "Level", scale: "Scale", strands: Sequence["Strand"], wording: "Wording", width: int, column: int
) -> Iterator[str]:
    """One level: its marks and sentence, then its strands side by side (``column`` wide) or under one another."""
    yield from _hanging(f"{level.label} {level.range}", wording.summary(scale, level), width, _LABEL)
    if level.subs:
        named = ", ".join(f"{sub.label} {sub.min}–{sub.max}" for sub in reversed(level.subs))
        yield from _hanging("", f"Within it: {named}", width, _LABEL)
    texts = [wording.strand(scale, level, strand.id) for strand in strands]
    if column:
        yield from _row("", texts, column)
    else:
        for strand, text in zip(strands, texts, strict=True):
            yield from _hanging("", f"{strand.name}: {text}", width, _LABEL)


def _row(label: str, texts: Sequence[str], column: int) -> Iterator[str]:
    """Texts side by side, each in its own column."""
    columns = [list(_wrapped(text, column)) for text in texts]
    for line in range(max(map(len, columns))):
        row = _padded(label if line == 0 else "", _LABEL)
        row += "".join(_padded(texts[line] if line < len(texts) else "", column + 2) for texts in columns)
        yield row.rstrip()


def _hanging(name: str, text: str, width: int, indent: int = 10) -> Iterator[str]:
    """A name, and a text whose later lines stay clear of it; a name that leaves it no room stands above it."""
    if cells(show_line(name)) >= indent:
        yield from _wrapped(name, width)
        name = ""
    for line, words in enumerate(_wrapped(text, width - indent)):
        yield (_padded(show_line(name) if line == 0 else "", indent) + words).rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines no wider than ``width``; a word that is wider is divided."""
    line = ""
    for word in show_line(text).split():
        while cells(word) > width:
            room = next(n for n in range(len(word), 0, -1) if cells(word[:n]) <= width)
            if line:
                yield line
                line = ""
            yield word[:room]
            word = word[room:]
        if line and cells(line) + 1 + cells(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
