"""Names that are nearly another's: told, never taken for it. ``Khruschev`` may be a slip, or another essay."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from markdesk.core.people import Student
from markdesk.core.plain import fold

ALIKE = 0.8
"""How much of two names must agree, from 0 to 1, for one to look like a slip of the other."""
ALIKE_PEOPLE = 0.86
SHORTEST_PART = 3
"""Letters: a name that is only part of another's is taken for a slip from here on."""


def near_name(name: str, others: Iterable[str]) -> str | None:
    """The name that this one may be meant for; None where it is one of them, or like none.

    Names that differ in nothing but a number (``Essay 1``, ``Essay 2``) are a series, not a slip.
    """
    by_fold = {fold(other): other for other in others}
    wanted = fold(name)
    if wanted in by_fold:
        return None
    close = get_close_matches(wanted, by_fold, 3, ALIKE)
    parts = [other for other in by_fold if len(wanted) >= SHORTEST_PART and _is_part(wanted, other)]
    return next((by_fold[one] for one in (*close, *parts) if not _is_series(wanted, one)), None)


def _is_part(part: str, whole: str) -> bool:
    """Whether it begins or ends the other, at the edge of a word."""
    return whole.startswith(f"{part} ") or whole.endswith(f" {part}")


def _is_series(one: str, other: str) -> bool:
    bare = [re.sub(r"\d+", "", name) for name in (one, other)]
    return bare[0].split() == bare[1].split()


def near_student(student: Student, others: Iterable[Student]) -> Student | None:
    """Somebody whom this student's name may be meant for: a letter wrong, or a given name cut short."""
    others = list(others)
    given, family = _folded(student.given_name), _folded(student.family_name)
    for other in others:
        theirs = _folded(other.given_name)
        is_short = given and theirs and (theirs.startswith(given) or given.startswith(theirs))
        if family and family == _folded(other.family_name) and is_short and given != theirs:
            return other
    by_fold = {_folded(other.name): other for other in others}
    for written in (f"{given} {family}", f"{family} {given}"):
        close = get_close_matches(written.strip(), by_fold, 1, ALIKE_PEOPLE)
        if close and close[0] != written.strip():
            return by_fold[close[0]]
    return None


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Each new student is held against everybody, and an import is planned again at every decision."""
    return fold(name)
