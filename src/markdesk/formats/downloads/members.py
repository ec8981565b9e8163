"""The files of a download, and what was made of each of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markdesk.core.naming import Named
from markdesk.core.whose import Sureness, Whose

PEEK = 64 * 1024
"""Bytes: as much as is looked at of a file that says whose the others are."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a folder or of a zip."""

    path: str
    """Inside the folder or the zip, with ``/``. It is a label: nothing is ever opened or written by it."""
    size: int

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part for part in self.path.split("/") if part)

    @property
    def name(self) -> str:
        return self.parts[-1] if self.parts else self.path


class Use(StrEnum):
    """What a file of a download is for."""

    ESSAY = "essay"
    ONLINE_TEXT = "online_text"
    """Typed into the system's own box, and put into the download as a file."""
    EARLIER = "earlier"
    """An attempt that a later one of the same student replaced: told, and not proposed."""
    ABOUT = "about"
    """The system's words about the others: Blackboard's ``.txt``, Brightspace's ``index.html``, a list of grades."""
    LITTER = "litter"
    """What computers leave behind: ``__MACOSX``, ``._essay.docx``, ``~$essay.docx``, ``.DS_Store``, ``Thumbs.db``."""
    RETURNED = "returned"
    """Feedback that was put there, not work that was handed in."""


WORK = (Use.ESSAY, Use.ONLINE_TEXT)
"""What somebody handed in and is to be marked."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file with whose it may be, what it is for, and why that was thought."""

    member: Member
    whose: Whose | None
    """None where nothing is said, or where it can't be told who is meant: then the teacher is asked."""
    use: Use
    why: str


@dataclass(frozen=True, slots=True)
class Download:
    """Everything that a listing says."""

    system: str
    """As in ``Whose.system``; empty where the files come from no system that is known."""
    confidence: float
    """From 0 to 1: the share of the files that fit the system, times how seldom such names come about by chance."""
    members: tuple[Sorted, ...]
    """Every file once, in the order in which they were listed."""
    notes: tuple[str, ...]
    """Sentences for the preview; names in them are safe to show."""


Peek = Callable[[str], str]
"""Gives the beginning of a text member by its path."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one system makes of one file, before it is compared with the others."""

    use: Use
    why: str
    whose: Whose | None = None
    person: str = ""
    """The same for all files of one student, or of one submission; empty where that isn't known."""
    thread: str = ""
    """The same for all attempts at one thing; empty where there can be no other."""
    order: tuple[int, ...] = ()
    """Later attempts are greater."""


@dataclass(frozen=True, slots=True)
class System:
    """A school system whose downloads are known."""

    name: str
    weight: float
    """How seldom such names come about by chance, from 0 to 1."""
    claims: Callable[[Sequence[Member], Peek], Mapping[int, Claim]]
    """What it makes of the files that fit, by their place in the listing."""
    notes: Callable[[Mapping[int, Claim]], Sequence[str]] = field(default=lambda _: ())


def whose(
    system: str,
    named: Named | None,
    why: str,
    *,
    known_as: str = "",
    id_of: str = "",
    sure: bool = False,
    is_late: bool = False,
) -> Whose:
    """A reading as a value. It is sure only where the system is and the name leaves no doubt."""
    doubt = named.doubt if named else ""
    return Whose(
        system,
        named.given if named else "",
        named.family if named else "",
        known_as,
        id_of,
        Sureness.SURE if sure and not doubt else Sureness.CHECK,
        " ".join(map(sentence, why.split("; "))),
        is_late,
        named.others if named else (),
        sentence(doubt),
    )


def sentence(clause: str) -> str:
    """A reason as a sentence of its own, as a preview shows it; nothing of nothing."""
    return f"{clause[:1].upper()}{clause[1:]}." if clause else ""


_LITTER_NAMES = frozenset((".ds_store", "thumbs.db", "desktop.ini", "icon\r", "__macosx"))
_LITTER_STARTS = ("._", "~$", ".~lock.", "~wrl")
MOODLES_FEEDBACK = "_assignfeedback_"
"""Stands in the folder of what a marker gave back, where a student's stands ``_assignsubmission_``."""
_RETURNED = re.compile(r"(?:^|[\s_-])(?:feedback|marked|annotated)(?:\s*\(\d+\))?\.[a-z0-9]{1,5}$", re.I)
_OUR_SHEET = re.compile(r"[a-z0-9]+-[a-z0-9-]*_[0-9a-f]{6}\.(?:md|txt|html)$")
_OUR_FEEDBACK = re.compile(r"(?:.*/)?[a-z0-9-]+_\d+_assignsubmission_file_/marked\.(?:pdf|docx|html|md|txt)")
_LIST = re.compile(r"\.(?:csv|tsv|xlsx?|ods|json|xml)$", re.I)


def litter(member: Member) -> str:
    """Why a file is nothing that anybody handed in; empty where it may be."""
    if not member.parts:
        return "a file without a name"
    if "__MACOSX" in member.parts[:-1]:
        return "a Mac's own notes about the files"
    name = member.name.casefold()
    if name in _LITTER_NAMES or name.startswith(_LITTER_STARTS):
        return "a leftover of the computer, not a file of a student"
    return "a hidden file" if name.startswith(".") else ""


def returned(member: Member) -> str:
    """Why a file is feedback and no essay; empty where it may be one."""
    if _OUR_SHEET.fullmatch(member.name):
        return "a sheet that markdesk wrote"
    return "called feedback or marked" if _RETURNED.search(member.name) else ""


def is_our_feedback(member: Member) -> bool:
    """Whether it is a sheet out of the zip that markdesk makes for Moodle, which has the folders of a download."""
    return bool(_OUR_FEEDBACK.fullmatch(member.path))


def is_list(member: Member) -> bool:
    """Whether it is a table, such as a grading worksheet, and no essay."""
    return bool(_LIST.search(member.name))
