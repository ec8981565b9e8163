"""Blackboard's "Assignment File Download": ``Essay_aokafor_attempt_2024-03-01-10-22-33_essay.docx`` and a ``.txt``.

Beside the files of each attempt stands one ``.txt`` that begins ``Name: Amara Okafor (aokafor)``. It alone says who
somebody is: both the assignment's name and the user name may hold the underscores that stand between them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdesk.core.naming import is_team, written_name
from markdesk.core.plain import fold
from markdesk.core.whose import Whose
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_ATTEMPT = re.compile(r"_attempt_(\d{4}(?:-\d\d){5})(?=_|\.|$)")
_NOTHING_TYPED = "there is no student submission text data for this assignment"


@dataclass(frozen=True, slots=True)
class _Place:
    """What a name of Blackboard's is made of."""

    left: str
    """The assignment and the user name."""
    date: tuple[int, ...]
    own: str
    """The name that the student gave the file; empty for the ``.txt`` about the attempt."""


def typed_text(about: str) -> str:
    """What was typed into Blackboard's own box, from the text about the attempt; empty where there is nothing."""
    lines = _lines(about)
    begin = next((n for n, line in enumerate(lines, 1) if line.startswith("Submission Field:")), len(lines))
    end = next((n for n in range(begin, len(lines)) if lines[n] in ("Comments:", "Files:")), begin)
    typed = "\n".join(lines[begin:end]).strip()
    return "" if fold(typed).rstrip(".").startswith(_NOTHING_TYPED) else typed


def _lines(about: str) -> list[str]:
    return [line.rstrip() for line in about.removeprefix("\ufeff").splitlines()]


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the texts about the attempts; a file without one is asked about."""
    places = {i: place for i, member in enumerate(members) if (place := _place(member))}
    abouts = {i: peek(members[i].path) for i, place in places.items() if not place.own}
    told: dict[str, Whose] = {}
    for i, about in abouts.items():
        if not about.strip():
            continue
        who = _who(about)
        # Nobody is two people: where two texts differ, neither is believed.
        left = places[i].left
        told[left] = (
            who
            if told.get(left, who) == who
            else whose("blackboard", None, "Blackboard's texts name different students")
        )
    has_files = {(place.left, place.date) for place in places.values() if place.own}
    beginning = _beginning({place.left for place in places.values()})
    found: dict[int, Claim] = {}
    for i, place in places.items():
        who = told.get(place.left) or _guess(place.left, beginning)
        if place.own:
            found[i] = Claim(Use.ESSAY, who.why, who, who.id or place.left, place.left, place.date)
        elif typed_text(abouts[i]):
            why = "the text was typed into Blackboard's own box, below a head that names the student"
            thread = "" if (place.left, place.date) in has_files else place.left
            found[i] = Claim(Use.ONLINE_TEXT, why, who, who.id or place.left, thread, place.date)
        else:
            found[i] = Claim(Use.ABOUT, "Blackboard's text about an attempt", who, who.id or place.left)
    return found


def _place(member: Member) -> _Place | None:
    for part in member.parts:
        match = _ATTEMPT.search(part)
        if match and match.start() > 0:
            own = part[match.end() :].removeprefix("_")
            date = tuple(int(number) for number in match.group(1).split("-"))
            return _Place(part[: match.start()], date, "" if own.casefold() == ".txt" else own)
    return None


def _who(about: str) -> Whose:
    lines = [line for line in _lines(about)[:20] if line.startswith("Name:") and line.endswith(")")]
    if len(lines) != 1:
        return whose("blackboard", None, "Blackboard's text names nobody, or several")
    name, _, user = lines[0].removeprefix("Name:").removesuffix(")").rpartition("(")
    name, user = name.strip(), user.strip()
    if fold(name).startswith("anonymous"):
        why = "names are hidden, and Blackboard tells an id alone"
        return whose("blackboard", None, why, known_as=user, id_of="submission", sure=True)
    read = None if is_team(name) or "(" in name else written_name(name)
    if read is None:
        return whose("blackboard", None, "Blackboard's text names a group")
    return whose(
        "blackboard", read, "read from Blackboard's text about the attempt", known_as=user, id_of="person", sure=True
    )


def _guess(left: str, beginning: str) -> Whose:
    """Without a text: the user name is what follows what all names begin with, unless an underscore is left in it."""
    user = left.removeprefix(beginning) if beginning else ""
    known_as = user if user and "_" not in user else ""
    why = "Blackboard's file name tells a user, and the text that says who it is isn't there"
    return whose("blackboard", None, why, known_as=known_as, id_of="person" if known_as else "")


def _beginning(lefts: set[str]) -> str:
    """What all have in common up to an underscore: the assignment's name; empty where there is but one."""
    if len(lefts) < 2:
        return ""
    first, last = min(lefts), max(lefts)
    alike = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: first.rfind("_", 0, alike) + 1]


BLACKBOARD = System("blackboard", 0.98, claims)
