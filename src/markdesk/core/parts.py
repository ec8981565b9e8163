"""The parts of a two-part answer in its text: where the answer to each begins.

A part begins at a paragraph. Where the marker said nothing, what the student wrote above the answers is proposed,
and only where it can be nothing else: a wrong beginning is worse than none.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from markdesk.core.essay import Essay

Starts = tuple[tuple[str, int], ...]
"""Parts and the code points at which they begin, in the order of both."""

FEWEST_WORDS = 30
"""An answer has more words: what is shorter between two letters is a list."""
_HEADING = re.compile(
    r"[\s#*_>]{0,8}"
    r"(?P<word>(?:answer|part|question|qu|q)\b[.:]?\s*)?(?P<number>\d{1,2}\s*)?[.\s]{0,2}"
    r"(?P<open>\()?\s?(?P<letter>[a-z])\s?(?P<close>\))?(?P<end>[.:)\]–—-])?[*_]{0,3}(?=\s|$)",
    re.I,
)


def proposed(essay: Essay, parts: Sequence[str]) -> Starts:
    """Where the parts begin by their headings; empty where the text doesn't say clearly."""
    if len(parts) < 2:
        return ()
    found = [(letter, p.span.start) for p in essay.paragraphs if (letter := _letter(essay.quote(p.span)))]
    letters = [letter for letter, _ in found]
    if letters == list(parts):
        starts = found
    elif letters == list(parts[1:]) and essay.paragraphs:  # the first answer needs no heading
        starts = [(parts[0], essay.paragraphs[0].span.start), *found]
    else:
        return ()
    edges = [start for _, start in starts] + [len(essay.text)]
    if any(len(essay.text[low:high].split()) < FEWEST_WORDS for low, high in pairwise(edges)):
        return ()
    return tuple(starts)


def _letter(paragraph: str) -> str:
    """The part that a paragraph's first words name as a heading does; empty where they don't."""
    found = _HEADING.match(paragraph[:40])
    if found is None:
        return ""
    is_marked = bool(found["word"] or found["number"] or found["close"] or found["end"])
    is_alone = not paragraph[found.end() :].partition("\n")[0].strip()
    return found["letter"].lower() if is_marked or is_alone else ""


def part_at(starts: Starts, place: int) -> str:
    """The part whose answer a place in the text is of; before the first beginning it is the first part."""
    if not starts:
        return ""
    return starts[max(0, bisect_right([start for _, start in starts], place) - 1)][0]


def begun(starts: Starts, parts: Sequence[str], part: str, start: int) -> Starts:
    """The beginnings once ``part`` begins at ``start``: whatever is out of order with it begins nowhere.

    The first part begins with the text where nothing else is said.
    """
    order = {one: at for at, one in enumerate(parts)}
    kept = {one: at for one, at in (starts or ((parts[0], 0),)) if one in order}
    kept = {one: at for one, at in kept.items() if one != part and (at < start) == (order[one] < order[part])}
    if part != parts[0]:
        kept.setdefault(parts[0], 0)
    return tuple(sorted(((one, at) for one, at in {**kept, part: start}.items()), key=lambda pair: order[pair[0]]))


def without(starts: Starts, part: str) -> Starts:
    """The beginnings once ``part`` begins nowhere."""
    return tuple(pair for pair in starts if pair[0] != part)


def wanted_at(starts: Starts, parts: Sequence[str], start: int) -> tuple[str, bool]:
    """Which part a marker means who says "a part begins here", and whether it is to begin here no longer.

    It is the part after the one that the place is in; after the last, the last one moves here. Said again where a part
    begins, it is the part after that; after the last, none begins here any more.
    """
    here = next((part for part, at in starts if at == start and part != parts[0]), "")
    inside = here or part_at(starts, start) or parts[0]
    later = parts[list(parts).index(inside) + 1 :]
    if here:
        return (later[0], False) if later else (here, True)
    return (later[0] if later else inside), False
