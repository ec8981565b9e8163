"""Reading a written name: which words are the given name, which the family name, and where nobody can tell."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from markdesk.core.essay import normalise
from markdesk.core.plain import fold

_NOT_NAMES = """
essay essays draft final finished history homework hw question answer copy version document doc scan untitled
coursework assignment submission mock exam paper class test work new the of on and for in with to how far what
extent why year period lesson practice part ii iii iv vi vii viii
"""
_NO_NAMES = frozenset(_NOT_NAMES.split())
"""Words of file names that say what a file is, never whose."""
_OF_TEAMS = "group groups team teams class set table pair squad grp default everyone all"
_TEAMS = frozenset(_OF_TEAMS.split())
"""Words that a group's name has, and a student's hasn't."""
_BEFORE_SURNAMES = "van von der den de del della di da du la le ter ten al el bin ibn st"
_PARTICLES = frozenset(_BEFORE_SURNAMES.split())
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*[.'’]?", re.UNICODE)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SEVERAL = re.compile(r"\s(?:and|und|et|y)\s|[&+;/]", re.I)
_COPY_NUMBER = re.compile(r"\s*\(\d{1,3}\)$")
_COPY_OF = re.compile(r"^(?:copy of|kopie von|copie de)\s+|\s+-\s+(?:copy|kopie|copie)$", re.I)
_FAMILY_COMES_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Chinese, Japanese and Korean, where some systems write the family name first and some don't."""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_DASH = re.compile(r"\s+[-–—]\s+")
_ONE_WORD = "only half of the name is there"
NO_NAME = "the name of the file doesn't say whose it is"
"""Why nobody is known to have written a file that tells nothing."""
LONGEST_NAME = 6
"""Words: what is longer is a title or a sentence."""

Halves = tuple[str, str]
"""A given and a family name."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was read, and the other ways to read it."""

    given: str
    family: str
    others: tuple[Halves, ...] = ()
    doubt: str = ""
    """Why it has to be looked at; empty where the name can be read in one way only."""

    @property
    def halves(self) -> Halves:
        return self.given, self.family


def name_in(file_name: str) -> Halves | None:
    """The given and family name in ``Surname Forename.docx`` and its kin; None where the name isn't clearly one."""
    found = _surname_first(tidy(file_name.rpartition(".")[0] or file_name))
    return found.halves if found else None


def name_of_file(file_name: str) -> tuple[Named, str] | None:
    """Whose a plainly named file may be, and where that stood; None where it can't be read as a name.

    It reads more than ``name_in`` (``Okafor Amara (1)``, ``Amara Okafor - Essay 2``), and says how else the name could
    be read: it is for a preview that asks.
    """
    stem = tidy(_SUFFIX.sub("", file_name))
    stem = _COPY_NUMBER.sub("", _COPY_OF.sub("", stem)).strip()
    found = _surname_first(stem)
    if found is not None:
        return found, "read from the file's name"
    before, *after = _DASH.split(stem, 1)
    found = _surname_first(before) if after else None
    return (found, "read before the dash in the file's name") if found else None


def tidy(text: str) -> str:
    """Composed letters, plain spaces, no underscores: file systems and zips take names apart."""
    return " ".join(unicodedata.normalize("NFC", normalise(text)).replace("_", " ").split())


def _surname_first(text: str) -> Named | None:
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
    particles = sum(word.casefold() in _PARTICLES for word in words)
    if len(words) < 2 or len(words) - particles > 4 or not family or not given:
        return None
    if any(not _NAME_WORD.fullmatch(word) or fold(word) in _NO_NAMES for word in words):
        return None
    if "," in text:
        return Named(_cased(given), _cased(family))
    shouted = _shouted(words)
    if shouted is not None:
        return shouted
    read = _cased(given), _cased(family)
    return Named(*read, _other_ways(words, read), "which word is the family name can't be told")


def written_name(text: str) -> Named | None:
    """A name that a system tells, given name first or ``Surname, Forename``; None where it isn't one person's."""
    text = tidy(text)
    called = [" ".join(inside.split()) for inside in _IN_BRACKETS.findall(text)]
    bare = " ".join(_IN_BRACKETS.sub(" ", text).split())
    if not bare or len(bare.split()) > LONGEST_NAME or _SEVERAL.search(f" {bare} ") or bare.count(",") > 1:
        return None
    if "," in bare:
        family, given = (part.strip() for part in bare.split(","))
        doubt = "it may be one person or several" if len(family.split()) > 1 and len(given.split()) > 1 else ""
        doubt = doubt if family and given else _ONE_WORD
        words = [*family.split(), *given.split()]
        read: Named | None = Named(_cased(given), _cased(family), (), doubt)
    else:
        words = bare.split()
        read = _given_first(words)
    if read is None or {fold(word) for word in words} & _TEAMS:
        return None
    if not any(map(str.isalpha, bare)):
        return None
    if called:
        # At the end it is a class or a role: Ben Lee (Student).
        is_called = not text.endswith((")", "]"))
        nicknames = tuple((_cased(name), read.family) for name in called if is_called and _NAME_WORD.fullmatch(name))
        return Named(read.given, read.family, (*read.others, *nicknames), "a part in brackets was left out")
    return read


def _given_first(words: list[str]) -> Named | None:
    letters = [word for word in words if any(map(str.isalpha, word)) and not any(map(str.isdigit, word))]
    if not letters:
        return None
    if len(letters) == 1:
        return Named("", _cased(letters[0]), (), _ONE_WORD)
    doubt = "a part with digits was left out" if any(any(map(str.isdigit, word)) for word in words) else ""
    shouted = _shouted(letters)
    if shouted is not None:
        is_last = letters[-1].isupper()
        return Named(*shouted.halves, (), doubt) if is_last else Named(
            *shouted.halves, _other_ways(letters, shouted.halves), doubt or "the family name may come first"
        )  # fmt: skip
    if len(letters) == 2:
        read = _cased(letters[0]), _cased(letters[1])
        if any(map(_FAMILY_COMES_FIRST.search, letters)):
            return Named(*read, ((read[1], read[0]),), "the family name may come first")
        return Named(*read, (), doubt)
    start = next((i for i in range(1, len(letters) - 1) if letters[i].casefold() in _PARTICLES), None)
    cut = len(letters) - 1 if start is None else start
    read = _joined(letters[:cut]), _joined(letters[cut:])
    # Anna van der Berg can be read in one way, Tran Van Nam can't: there it is a middle name.
    if start is not None and letters[start].islower() and not letters[0].islower():
        return Named(*read, (), doubt)
    return Named(*read, _other_ways(letters, read), doubt or "which words are the family name can't be told")


def _shouted(words: list[str]) -> Named | None:
    """``OKAFOR Amara``: capitals at one end of a name are the family name. Initials (``AJ Smith``) are not."""
    loud = [len(word) >= 3 and word.isupper() for word in words]
    if (
        all(loud)
        or not any(loud)
        or any(word.isupper() for word, is_loud in zip(words, loud, strict=True) if not is_loud)
    ):
        return None
    turns = [i for i, (one, other) in enumerate(pairwise(loud), 1) if one != other]
    if len(turns) != 1:
        return None
    first, last = _joined(words[: turns[0]]), _joined(words[turns[0] :])
    return Named(last, first) if loud[0] else Named(first, last)


def _other_ways(words: list[str], read: Halves) -> tuple[Halves, ...]:
    """Every other cut of these words into a given and a family name, whichever of them comes first."""
    ways: list[Halves] = []
    for cut in range(1, len(words)):
        one, other = _joined(words[:cut]), _joined(words[cut:])
        ways += [(one, other), (other, one)]
    return tuple(way for way in dict.fromkeys(ways) if way != read)


def _joined(words: list[str]) -> str:
    return _cased(" ".join(words))


def _cased(name: str) -> str:
    """``okafor`` as ``Okafor``; a name that has capitals stays as it was written."""
    return name if name != name.lower() else re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)


def is_team(text: str) -> bool:
    """Whether it names several people, or a group of them."""
    words = {fold(word) for word in tidy(text).split()}
    return bool(words & _TEAMS or _SEVERAL.search(f" {tidy(text)} ") or text.count(",") > 1)


def is_title(text: str) -> bool:
    """Whether it has words or numbers that say what a file is, and not whose."""
    words = tidy(text).replace("-", " ").split()
    return any(fold(word) in _NO_NAMES or any(map(str.isdigit, word)) for word in words)


def either_way(named: Named) -> Named:
    """The name with its halves the other way round too, where nobody can know which was written first."""
    if not named.given or not named.family:
        return named
    others = tuple(dict.fromkeys((*named.others, (named.family, named.given))))
    return Named(named.given, named.family, others, named.doubt or "which word is the family name can't be told")


def run_together(name: str) -> str:
    """Letters and digits alone, in lower case, as systems write a name into a file's: ``O'Connell`` is ``oconnell``."""
    return "".join(c for c in fold(name) if c.isalnum())
