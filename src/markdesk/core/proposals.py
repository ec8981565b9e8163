"""Which mark schemes fit a question, told from its tariff and its words. The marker chooses; nothing is ever taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.plain import fold
from markdesk.core.rubric import Rubric, Status
from markdesk.core.rubric_scaling import fewest_marks


class Task(StrEnum):
    """What a question asks for, as far as its words and a scheme's fields tell."""

    ESSAY = "an essay"
    SOURCES = "sources"
    EXTRACTS = "extracts"
    COURSEWORK = "coursework"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Asked:
    """What could be told of a question. ``tariffs`` has one number for each part; it is empty where none is printed."""

    tariffs: tuple[int, ...]
    task: Task
    count: int = 0
    """How many sources or extracts it names; 0 where it doesn't say."""

    @property
    def tariff(self) -> int:
        return sum(self.tariffs)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A scheme that fits, and why. ``id`` names its tariff too where it takes any."""

    id: str
    title: str
    reason: str


_BRACKETED = re.compile(r"[\[(]\s?(\d{1,3})\s?(?:marks?|m)\s?[\])]", re.I)
_MARKS = re.compile(r"\b(\d{1,3})\s?marks?\b", re.I)
_BARE = re.compile(r"[\[(]\s?(\d{1,2})\s?[\])](?=\W*$|\s*\(?[b-e]\)\s)")
"""A number alone in brackets where a line ends or the next part begins; elsewhere it is a date or a note."""
_TOTAL = re.compile(r"\btotal\b[^\n]{0,30}$|\btotal\b(?=[^\n]{0,30}\d)", re.I)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "both": 2, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)})\s(?:\w+\s)?(?:primary\s)?(?:sources?|extracts?|passages?)\b", re.I)
_COURSEWORK = re.compile(
    r"\b(?:coursework|NEA|non-exam(?:ined)? assessment|historical investigation|topic[- ]based essay)\b", re.I
)
_EXTRACTS = re.compile(r"\b(?:extracts?|passages?|interpretations)\b", re.I)
_SOURCES = re.compile(r"\bsources?\b(?! of\b)", re.I)
"""But "sources of royal income" are the topic of an essay."""


def asked(question: str) -> Asked:
    """What the question says of its size and kind: ``[30 marks]``, ``(25)``, ``25 marks``; sources, extracts."""
    counted = _COUNTED.search(question)
    count = _COUNTS[counted[1].casefold()] if counted else 0
    tariffs = _tariffs(question)
    if _COURSEWORK.search(question):
        task = Task.COURSEWORK
    elif len(tariffs) > 1:
        task = Task.PARTS
    elif _EXTRACTS.search(question):
        task = Task.EXTRACTS
    else:
        task = Task.SOURCES if _SOURCES.search(question) else Task.ESSAY
    return Asked(tariffs, task, count)


def _tariffs(question: str) -> tuple[int, ...]:
    found: list[int] = []
    for line in question.splitlines():
        numbers = [int(number) for number in _BRACKETED.findall(line) or _MARKS.findall(line) or _BARE.findall(line)]
        if numbers and _TOTAL.search(line):
            # "Total for Question 2: 30 marks" is what the parts come to, not another part.
            found = found or numbers[-1:]
        else:
            found += numbers
    return tuple(number for number in found if number > 0)


def propose(question: str, rubrics: Iterable[Rubric], most: int = 5) -> tuple[Proposal, ...]:
    """The schemes of that size and kind, best first; drafts and AS after the others, then any tariff.

    Those of that size but another kind come last, and only where none is of that kind: a question's words may mislead.
    Without a tariff, only the kind tells; then schemes of any tariff stand under their own id.
    """
    wanted = asked(question)
    fitting = [rubric for rubric in rubrics if rubric.status is not Status.RETIRED and _fits(rubric, wanted)]
    alike = [rubric for rubric in fitting if task_of(rubric) is wanted.task and not rubric.takes_any_tariff]
    if alike:
        fitting = [*alike, *(rubric for rubric in fitting if rubric.takes_any_tariff)]
    fitting.sort(key=lambda rubric: (_rank(rubric, wanted), rubric.id))
    return tuple(Proposal(_id(rubric, wanted), rubric.title, _reason(rubric, wanted)) for rubric in fitting[:most])


LONGEST_PROPOSED_NAME = 44
"""Characters: a name is typed on command lines and stands in the library's column."""
_QUOTED = re.compile(r"\s*(?:\(?[a-d]\)\s*)?[‘“'\"](.{3,}?)[’”'\"](?=\s+[A-Z(\[]|\s*$)", re.S)
"""The view that a question opens with, up to the quotation mark after which a new sentence begins."""
_PART = re.compile(r"^\W*(?:\(?[a-d]\)|\d{1,2}[.)]|0\d)\s+", re.I)
_TOPIC = re.compile(
    r"\b(?:in relation to|the (?:view|argument|claim) that|(?:for|to) an? historian studying)\s+(.+)", re.S
)
"""What a question is about, where it begins in words that many questions share."""
_UNFINISHED = "a an the of in on to for from and or by at with was were is are be that as its their his"
_LOOSE_ENDS = frozenset(_UNFINISHED.split())
"""Words that want another after them: no name ends with one."""


def propose_name(question: str, taken: Iterable[str] = ()) -> str:
    """A name for the assignment of a question: the view that it quotes, else how it begins; empty for no question.

    ``taken`` are names in use: a number makes it another.
    """
    bare = _BARE.sub(" ", _MARKS.sub(" ", _BRACKETED.sub(" ", question)))
    quoted = _QUOTED.match(bare)
    topic = _TOPIC.search(bare)
    text = quoted[1] if quoted else re.split(r"(?<=[?.!])\s", (topic[1] if topic else _PART.sub("", bare)).strip())[0]
    # Without double quotation marks it can stand between two of them on a command line.
    name = _short(" ".join(re.sub('["“”]', "", text).split()).strip(" .,;:?!'‘’()[]–-"))
    name = name[:1].upper() + name[1:]
    used = {fold(one) for one in taken}
    free, n = name, 2
    while name and fold(free) in used:
        free, n = f"{name} {n}", n + 1
    return free


def _short(text: str) -> str:
    """As many whole words as a name may have, none of those that want another after them at the end."""
    if len(text) <= LONGEST_PROPOSED_NAME:
        return text
    words = text[: LONGEST_PROPOSED_NAME + 1].rpartition(" ")[0].split()
    while words and fold(words[-1]) in _LOOSE_ENDS:
        words.pop()
    return " ".join(words).rstrip(" .,;:–-") or text[:LONGEST_PROPOSED_NAME]


def task_of(rubric: Rubric) -> Task:
    """What a scheme is for, from its fields."""
    if rubric.nea is not None:
        return Task.COURSEWORK
    if len(rubric.parts) > 1:
        return Task.PARTS
    codes = {ao.code for ao in rubric.aos}
    if rubric.stimulus in ("extracts", "passages") or codes == {"AO3"}:
        return Task.EXTRACTS
    return Task.SOURCES if rubric.stimulus == "sources" or codes == {"AO2"} else Task.ESSAY


def _fits(rubric: Rubric, wanted: Asked) -> bool:
    """Whether it is of that size; without a tariff, of that kind."""
    if not wanted.tariff:
        return rubric.takes_any_tariff or task_of(rubric) is wanted.task
    if rubric.takes_any_tariff:
        return wanted.tariff >= fewest_marks(rubric)
    return rubric.max_mark == wanted.tariff


def _rank(rubric: Rubric, wanted: Asked) -> tuple[bool, ...]:
    """The lower the better."""
    parts = tuple(most for _, most in rubric.parts)
    other_parts = len(wanted.tariffs) > 1 and parts != wanted.tariffs
    other_count = bool(wanted.count) and rubric.stimulus_count not in (0, wanted.count)
    other_kind = task_of(rubric) is not wanted.task and not rubric.takes_any_tariff
    return (
        other_kind,
        rubric.takes_any_tariff,
        other_parts,
        other_count,
        rubric.status is Status.DRAFT,
        rubric.qualification == "AS",
    )


def _id(rubric: Rubric, wanted: Asked) -> str:
    scales = rubric.takes_any_tariff and wanted.tariff not in (0, rubric.max_mark)
    return f"{rubric.id}:{wanted.tariff}" if scales else rubric.id


def _reason(rubric: Rubric, wanted: Asked) -> str:
    said: list[str] = []
    if rubric.takes_any_tariff:
        said.append("takes any tariff")
    elif task_of(rubric) is wanted.task:
        said.append("in parts" if wanted.task is Task.PARTS else str(wanted.task))
    else:
        said.append(f"but for {task_of(rubric)}")
    return ", ".join((*said, "a draft") if rubric.status is Status.DRAFT else said)
