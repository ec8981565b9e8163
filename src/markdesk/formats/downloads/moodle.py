"""Moodle's "Download all submissions": a folder or a file that begins with the full name and the participant number."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markdesk.core.naming import is_team, tidy, written_name
from markdesk.core.plain import fold
from markdesk.core.whose import Whose
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_MARK = "_assignsubmission_"
_KIND = re.compile(r"[a-z]+")
_HIDDEN = re.compile(r"(?:participante?|partecipante|teilnehmer(?:in)?|deelnemer|deltagare|deltager)(?: \d+)?")
"""What Moodle calls everybody while names are hidden, in the languages that were seen."""


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the outermost folder or file name that has Moodle's mark; what a student called her own files says nothing."""
    found: dict[int, Claim] = {}
    ids: dict[str, set[str]] = defaultdict(set)
    for i, member in enumerate(members):
        part = next((part for part in member.parts if _MARK in part), "")
        if part:
            name, number, claim = _claim(part, is_folder=part != member.name)
            found[i] = claim
            ids[name].add(number)
    # One word that many people are called is no name: Moodle's word for a participant in another language.
    shared = {name for name, numbers in ids.items() if len(numbers) > 1 and len(name.split()) == 1}
    for i, claim in found.items():
        who = claim.whose
        if who and not who.given_name and fold(who.family_name) in shared:
            found[i] = replace(claim, whose=_nameless(who.id))
    return found


def _claim(part: str, *, is_folder: bool) -> tuple[str, str, Claim]:
    """The folded name, the number, and what they say."""
    left, _, rest = part.partition(_MARK)
    name, _, number = left.rpartition("_")
    if not (number.isascii() and number.isdigit()):
        name, number = left, ""
    kind = _KIND.match(rest)
    use = Use.ONLINE_TEXT if kind and kind.group() == "onlinetext" else Use.ESSAY
    where = "Moodle's folder" if is_folder else "Moodle's file name"
    plain = fold(tidy(name))
    person = f"{number} {plain}"
    if number and _HIDDEN.fullmatch(plain):
        return plain, number, Claim(use, where, _nameless(number), person)
    read = written_name(name)
    if not number or is_team(name) or read is None:
        why = f"{where} names a group, or nobody"
        who = whose("moodle", None, why, known_as=number, id_of="submission" if number else "")
        return plain, number, Claim(use, why, who, person)
    who = whose("moodle", read, f"read from {where}", known_as=number, id_of="submission", sure=True)
    return plain, number, Claim(use, where, who, person)


def _nameless(number: str) -> Whose:
    why = "names are hidden, and Moodle tells a participant number alone"
    return whose("moodle", None, why, known_as=number, id_of="submission", sure=True)


MOODLE = System("moodle", 1.0, claims)
