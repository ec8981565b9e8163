"""Turnitin's bulk download: files that begin with the paper id, a long number. What follows isn't documented."""

import re
from collections.abc import Mapping, Sequence

from markdesk.core.naming import Named, either_way, is_team, is_title, tidy, written_name
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_FILE = re.compile(r"(\d{7,12})[ _-]+(.*?)(?:\.[A-Za-z0-9]{1,5})?", re.S)
_DAY = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20\d\d"
)
"""Eight digits that are a day, not a number."""


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the file's name alone. No two papers have one id: where files share a number it is another one."""
    fits = {i: match for i, member in enumerate(members) if (match := _match(member.name))}
    numbers = [match.group(1) for match in fits.values()]
    if len(set(numbers)) != len(numbers):
        return {}
    return {i: _claim(*match.groups()) for i, match in fits.items()}


def _match(name: str) -> re.Match[str] | None:
    match = _FILE.fullmatch(name)
    return match if match and not _DAY.fullmatch(match.group(1)) else None


def _claim(number: str, rest: str) -> Claim:
    read = _name(rest)
    why = "read after the number in the file's name" if read else "it tells a number, maybe Turnitin's, and no name"
    who = whose("turnitin", read, why, known_as=number, id_of="submission")
    return Claim(Use.ESSAY, why, who, number)


def _name(rest: str) -> Named | None:
    """Two words that end at a dash, at the end, or before a word of titles; a third could be the title's first."""
    text = tidy(rest)
    before, dash, _ = text.partition(" - ")
    if dash or "," in before:
        likely = before
    else:
        words = text.split()
        end = next((n for n, word in enumerate(words) if is_title(word)), len(words))
        likely = " ".join(words[:end]) if end == 2 else ""
    if len(likely.split()) < 2 or is_title(likely) or is_team(likely):
        return None
    read = written_name(likely)
    return either_way(read) if read and "," not in likely else read


TURNITIN = System("turnitin", 0.6, claims)
