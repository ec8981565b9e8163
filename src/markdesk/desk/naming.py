"""Whom of the desk a written name fits."""

import re
from collections.abc import Iterable
from functools import lru_cache

from markdesk.core.people import Student
from markdesk.core.plain import fold
from markdesk.desk.desk import same_person


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell two students apart, in no order: without accents, apostrophes and stops."""
    return tuple(sorted(words_in_order(name)))


@lru_cache(maxsize=4096)
def words_in_order(name: str) -> tuple[str, ...]:
    """The same, as they are written."""
    # A file name has no apostrophes and may hyphenate everything: oconnell-finn.md.
    bare = fold(name).replace("'", "").replace(".", "")
    return tuple(word for word in re.split(r"[\s,-]+", bare) if word)


def fitting(students: Iterable[Student], name: str, by_id: bool) -> list[Student]:
    """The students whom a written name fits; with ``by_id`` an id or candidate number comes first."""
    students = list(students)
    if by_id:
        named = [s for s in students if name and name in (s.id, s.id[-6:], s.candidate_number)]
        if named:
            return named
    alike = [s for s in students if words_of(s.name) == words_of(name)]
    return [s for s in alike if same_person(s, name)] or alike


def looks_like_an_id(name: str) -> bool:
    """Whether what was typed is meant for an id or a candidate number: nobody is to be made of it."""
    return bool(re.fullmatch(r"[0-9a-f-]{4,36}", name)) and any(map(str.isdigit, name))
