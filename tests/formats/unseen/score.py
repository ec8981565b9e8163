"""How well pages were read: the share of the student's words kept in order, and of the site's blocks left in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import read_here

from . import UnseenPage
from .shapes import SHAPES

_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "…": "...", "\u00a0": " "})
_LEAD = re.compile(r"^(?:[#>]+ |[-•] )")


def plain(text: str, *, hyphens: bool = True) -> str:
    """The text without what a shape adds to it: curly marks, Markdown's signs, and (asked) the hyphens of line ends."""
    text = _LEAD.sub("", " ".join(text.translate(_MARKS).split()))
    return text if hyphens else text.replace("-", "")


@dataclass(frozen=True, slots=True)
class Score:
    page: str
    shape: str
    words: int
    lost: tuple[str, ...]
    """The student's words that are not in the essay, in order."""
    furniture: int
    left_in: tuple[str, ...]
    question_right: bool
    paragraphs_right: bool
    draft: EssayDraft


def score(page: UnseenPage, shape: str) -> Score:
    name, make = SHAPES[shape]
    draft = read_here(make(page), name)
    hyphens = shape != "wrapped with hyphens"

    def clean(texts: Iterable[str]) -> list[str]:
        # What was written into cp1252 can't be compared sign by sign: "¹" is in it, but stars are not.
        lossy = str.encode if shape != "cp1252" else lambda text: text.encode("ascii", "replace")
        return [lossy(plain(text, hyphens=hyphens)).decode().replace("?", "") for text in texts]

    wanted, got = clean(page.essay), clean(draft.paragraphs)
    lost = _missing(" ".join(wanted).split(), " ".join(got).split())
    paragraphs = set(wanted)
    site = clean(page.furniture)
    if shape == "printed to text":
        site.append(plain(f"{page.name.title()} - printed page"))
    left_in = [text for text in got if text not in paragraphs and text in site]
    left_in += [text for text in got if text not in paragraphs and text not in site and _holds_furniture(text, site)]
    asked = clean([draft.question or ""])[0]
    return Score(
        page.name,
        shape,
        sum(len(text.split()) for text in wanted),
        tuple(lost),
        len(site),
        tuple(left_in),
        asked == clean([page.question or ""])[0],
        got == wanted,
        draft,
    )


def _holds_furniture(text: str, site: Iterable[str]) -> bool:
    return any(len(line) > 12 and line in text for line in site)


def _missing(wanted: list[str], got: list[str]) -> list[str]:
    if wanted == got:
        return []
    match = SequenceMatcher(None, wanted, got, autojunk=False)
    return [
        word
        for kind, start, end, _, _ in match.get_opcodes()
        if kind in ("delete", "replace")
        for word in wanted[start:end]
    ]


def report(scores: Iterable[Score]) -> str:
    """A line a shape, and one for all of them."""
    rows: dict[str, list[Score]] = {}
    for one in scores:
        rows.setdefault(one.shape, []).append(one)
    everything = [one for row in rows.values() for one in row]
    lines = [f"{'':24}{'words kept':>12}{'left in':>10}{'question':>10}{'paragraphs':>12}"]
    for name, row in [*rows.items(), ("all", everything)]:
        words = sum(one.words for one in row)
        lost = sum(len(one.lost) for one in row)
        kept_furniture = sum(len(one.left_in) for one in row)
        furniture = sum(one.furniture for one in row)
        lines.append(
            f"{name:24}{100 * (words - lost) / words:>11.2f}%{100 * kept_furniture / furniture:>9.2f}%"
            f"{sum(one.question_right for one in row):>6}/{len(row)}"
            f"{sum(one.paragraphs_right for one in row):>8}/{len(row)}"
        )
    return "\n".join(lines)
