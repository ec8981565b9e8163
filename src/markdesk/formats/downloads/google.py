"""A folder of Google Classroom's in Drive: ``Amara Okafor - Essay 2.docx``, with the same title in every name.

What tells the name from the title is that the title comes again. Teachers who ask for such names get them too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from markdesk.core.naming import Named, either_way, is_team, is_title, tidy, written_name
from markdesk.core.plain import fold
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_DASH = re.compile(r" [-–—] ")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_COPY_NUMBER = re.compile(r" ?\(\d{1,3}\)$")
OFTEN = 0.6
"""The share of the names with a dash that must have one title."""


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the half of the name that isn't the title of them all; nothing where no title comes again."""
    halves: dict[int, tuple[str, str]] = {}
    for i, member in enumerate(members):
        stem = _COPY_NUMBER.sub("", _ENDING.sub("", tidy(member.name)).strip())
        first, *rest = _DASH.split(stem, 1)
        if rest and not first[:1].isdigit():
            halves[i] = (first, rest[0])
    for side, where in ((1, "before the dash in the file's name"), (0, "after the dash in the file's name")):
        title, count = Counter(fold(half[side]) for half in halves.values()).most_common(1)[0] if halves else ("", 0)
        if count >= 2 and count >= OFTEN * len(halves):
            same = {i: half[1 - side] for i, half in halves.items() if fold(half[side]) == title}
            if len({fold(name) for name in same.values()}) > 1:
                return {i: _claim(name, where) for i, name in same.items()}
    return {}


def _claim(name: str, where: str) -> Claim:
    read: Named | None = None if is_title(name) or is_team(name) else written_name(name)
    if read and "," not in name:
        read = either_way(read)
    why = f"read {where}" if read else f"what stands {where} can't be read as one name"
    return Claim(Use.ESSAY, why, whose("google", read, why), fold(name))


GOOGLE = System("google", 0.6, claims)
