"""Whose an essay is, as its file name tells it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from markdesk.core.essay import normalise
from markdesk.core.people import Student, split_name
from markdesk.core.plain import fold
from markdesk.desk.desk import same_person

_NOT_NAMES = """
essay essays draft final finished history homework hw question answer copy version document doc scan untitled
coursework assignment submission mock exam paper class test work new the of on and for in with to how far what
extent why year period lesson practice part ii iii iv vi vii viii
"""
_NO_NAMES = frozenset(_NOT_NAMES.split())
"""Words of file names that say what a file is, never whose."""
_BEFORE_SURNAMES = "van von der den de del della di da du la le ter ten al el bin ibn st"
_PARTICLES = frozenset(_BEFORE_SURNAMES.split())
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*[.'’]?", re.UNICODE)


_MOODLE = re.compile(r"(.+?)_\d+_assignsubmission_(?:file|onlinetext)", re.S)
"""What Moodle calls the files of its download, or the folders that they lie in: the full name comes first."""


def name_of(path: str, file_name: str) -> tuple[str, str] | None:
    """Whose an essay is, by its file's name or, in a download from Moodle, its folder's; None where neither says."""
    for part in (file_name, PurePath(path).parent.name):
        moodle = _MOODLE.match(normalise(part))
        if moodle:
            return split_name(moodle.group(1))
    return name_in(file_name)


def name_in(file_name: str) -> tuple[str, str] | None:
    """The given and family name in ``Surname Forename.docx`` and its kin; None where the name isn't clearly one."""
    stem = normalise(file_name).rpartition(".")[0] or normalise(file_name)
    text = " ".join(stem.replace("_", " ").split())
    if "," in text:
        family, _, given = (part.strip() for part in text.partition(","))
        words = [*family.split(), *given.split()]
    else:
        words = text.split()
        if len(words) == 1:
            words = text.split("-")
        count = 1
        while count < len(words) - 1 and words[count - 1].casefold() in _PARTICLES:
            count += 1
        family, given = " ".join(words[:count]), " ".join(words[count:])
    if not 2 <= len(words) <= 4 or not family or not given:
        return None
    if any(not _NAME_WORD.fullmatch(word) or fold(word) in _NO_NAMES for word in words):
        return None
    return _cased(given), _cased(family)


def _cased(name: str) -> str:
    """``okafor`` as ``Okafor``; a name that has capitals stays as it was written."""
    return name if name != name.lower() else re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell two students apart, in no order: without accents, apostrophes and stops."""
    # A file name has no apostrophes and may hyphenate everything: oconnell-finn.md.
    bare = fold(name).replace("'", "").replace(".", "")
    return tuple(sorted(word for word in re.split(r"[\s,-]+", bare) if word))


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
