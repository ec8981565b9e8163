"""One script with the answers to several questions, divided at the numbers that the student wrote above them.

Only what can be told is divided. A heading is a line that begins with a number of the paper and can be nothing else;
a line that may be a heading or may be the text's own ("2. The navy", a list) is refused with the way out, and so is
whatever stands before the first heading, a number that the paper doesn't have, and headings out of order.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from markdesk.core.errors import EssayUnreadable
from markdesk.core.paper import Paper
from markdesk.core.paper_check import bare_number
from markdesk.core.plain import fold, show_line


class _Sign(IntEnum):
    """How clearly a line is the heading of an answer."""

    CLEAR = 3
    """It says ``Question 2``, or is numbered as only the paper is: ``02``, ``2(a)``."""
    ALONE = 2
    """Nothing but a number: in a script without clear headings, a heading."""
    DOUBTFUL = 1
    """``2. The navy``: a heading with the first words of the answer, or an item of a list."""


_WORD = r"(?:(?:answer|response)(?:\s+to)?[\s:]+)?(?:question|qu|q)\s?(?:no|number)?[.:]?\s?"
_LINE = re.compile(
    rf"[\s#*_>]{{0,8}}(?P<word>{_WORD})?(?P<number>0\s?[1-9]|[1-9]\d?)"
    r"(?:\s?\(\s?(?P<letter>[a-z])\s?\)|(?P<tight>[a-z])\b)?"
    r"(?:\s?[*_]{1,3})?(?P<end>\s?[.:)\]–—-])?[*_]{0,3}(?=\s|$)(?P<rest>.*)",
    re.I | re.S,
)
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that may begin an answer."""

    at: int
    """Which line of the script, from 0."""
    line: str
    printed: str
    """The number as the student wrote it."""
    number: str | None
    """The paper's own number; None for one that it doesn't have."""
    sign: _Sign
    rest: str
    """What else stands on the line."""
    part: str = ""
    """The letter, where the paper marks the parts of this question together."""


@dataclass(frozen=True, slots=True)
class SplitAnswer:
    """What stands under one number."""

    number: str
    left_out: tuple[str, ...]
    """The heading, a printed question and the names of sections, as they were written."""
    paragraphs: tuple[str, ...]
    printed: str = ""
    """The question's words, where some stand above the answer that aren't those known."""


class _Script:
    """One script being divided. ``parts`` are the letters of questions whose parts are marked together."""

    def __init__(
        self,
        file_name: str,
        numbers: Sequence[str],
        sections: Collection[str],
        parts: Mapping[str, Collection[str]],
        texts: Mapping[str, str],
        blocks: Sequence[str],
    ) -> None:
        self.file_name = show_line(file_name)
        self.numbers = tuple(numbers)
        self.by_bare = {bare_number(number): number for number in numbers}
        self.parts = parts
        self.texts = texts
        self.is_section = re.compile(
            rf"\W*section\s(?:{'|'.join(map(re.escape, sections)) or '(?!)'})\W*", re.I
        ).fullmatch
        # A line with the block that it is of: lines of one block are one paragraph again in the end.
        self.lines = [(at, line) for at, block in enumerate(blocks) for line in block.split("\n")]

    def refused(self, told: str, hint: str = "") -> EssayUnreadable:
        return EssayUnreadable(f"{self.file_name}: {told}", hint or "Nothing of this script was taken in.")

    def headings(self) -> list[_Heading]:
        """The headings, each of a question of its own. Raises EssayUnreadable where they can't be told."""
        seen = [heading for at, (_, line) in enumerate(self.lines) if (heading := self.heading(at, line))]
        strongest = max((heading.sign for heading in seen), default=_Sign.DOUBTFUL)
        sure = [h for h in seen if h.sign is strongest and strongest is not _Sign.DOUBTFUL]
        sure = self._without_later_parts(sure)
        self._refuse_strangers(sure)
        self._refuse_disorder(sure)
        self._refuse_doubt([heading for heading in seen if heading.sign < strongest or not sure], sure)
        return sure

    def heading(self, at: int, line: str) -> _Heading | None:
        """The line as a heading, however doubtful; None for a line that can be none."""
        found = _LINE.fullmatch(line)
        if found is None or _MONTH.match(found["rest"].lstrip()):
            return None
        letter = (found["letter"] or found["tight"] or "").lower()
        rest = found["rest"].strip()
        digits = "".join(found["number"].split())  # AQA prints "0 2", a digit in each box
        printed = digits + (f"({letter})" if letter else "")
        number = self.by_bare.get(bare_number(printed))
        part = ""
        if number is None and letter:
            whole = self.by_bare.get(bare_number(digits))
            if whole is not None and letter in self.parts.get(whole, ()):
                number, part = whole, letter
        is_clear = bool(found["word"] or found["letter"] or digits.startswith("0"))
        is_clear = is_clear or bool(number and found["tight"] and (found["end"] or not rest))
        is_clear = is_clear or is_printed(rest, self.texts.get(number or "", ""))
        if is_clear and rest[:1].islower() and not found["end"]:
            is_clear = False  # "Question 2 asks whether": a sentence about the question, perhaps
        is_alone = not rest and not self._is_inside_a_sentence(at)
        sign = _Sign.CLEAR if is_clear else _Sign.ALONE if is_alone else _Sign.DOUBTFUL
        if number is None and sign is _Sign.DOUBTFUL:
            return None
        return _Heading(at, line.strip(), printed, number, sign, rest, part)

    def _is_inside_a_sentence(self, at: int) -> bool:
        """Whether the line divides a sentence, as the number of a page does."""
        above = self._nearest(range(at - 1, -1, -1))
        below = self._nearest(range(at + 1, len(self.lines)))
        goes_on = bool(above) and (above[-1].isalnum() or above[-1] in ",;-–")
        return goes_on or below[:1].islower()

    def _nearest(self, places: Iterable[int]) -> str:
        return next((text for at in places if (text := self.lines[at][1].strip())), "")

    def _without_later_parts(self, sure: list[_Heading]) -> list[_Heading]:
        """The parts of a question that are marked together are one answer: its first part begins it."""
        kept: list[_Heading] = []
        seen: set[str] = set()
        for heading in sure:
            goes_on = kept and kept[-1].number == heading.number and heading.part and heading.part not in seen
            if not goes_on:
                kept.append(heading)
                seen = set()
            seen.add(heading.part)
        return kept

    def _refuse_strangers(self, sure: list[_Heading]) -> None:
        for heading in sure:
            if heading.number is None:
                known = ", ".join(self.numbers)
                raise self.refused(
                    f"'{show_line(heading.line[:60])}' begins an answer to {heading.printed}, which the paper doesn't"
                    f" have (it has {known})."
                )

    def _refuse_disorder(self, sure: list[_Heading]) -> None:
        places = {number: at for at, number in enumerate(self.numbers)}
        for before, after in pairwise(sure):
            assert before.number is not None
            assert after.number is not None
            if after.number in [h.number for h in sure if h.at < after.at]:
                raise self.refused(f"the answer to {after.number} begins twice.", "Put its two pieces together first.")
            if places[after.number] < places[before.number]:
                raise self.refused(
                    f"{after.number} stands below {before.number}; the answers must be in the order of the paper.",
                    "Put them in order, or import each answer alone with --assignment.",
                )

    def _refuse_doubt(self, weaker: list[_Heading], sure: list[_Heading]) -> None:
        """A weaker sign of a number that no sure heading has, at a place where its answer could begin."""
        taken = {heading.number for heading in sure}
        places = {number: at for at, number in enumerate(self.numbers)}
        for heading in weaker:
            if heading.number is None or heading.number in taken:
                continue
            earlier = [places[h.number] for h in sure if h.at < heading.at and h.number]
            later = [places[h.number] for h in sure if h.at > heading.at and h.number]
            here = places[heading.number]
            if (not earlier or earlier[-1] < here) and (not later or here < later[0]):
                raise self.refused(
                    f"'{show_line(heading.line[:60])}' may begin the answer to {heading.number}, or be a line of"
                    " another answer.",
                    f"Write 'Question {heading.number}' on a line of its own above the answer.",
                )


def split_answers(
    file_name: str,
    paper: Paper,
    parts: Mapping[str, Collection[str]],
    texts: Mapping[str, str],
    blocks: Sequence[str],
    found: str = "",
) -> tuple[SplitAnswer, ...]:
    """The answers in a script, in the order of the paper.

    ``parts`` are the letters of the questions whose parts one scheme marks together, ``texts`` the questions' printed
    words where they are known, ``found`` a question that the reader of the file recognised: these are no part of an
    answer, nor is a line that says which section begins. Raises EssayUnreadable with a sentence.
    """
    numbers = [question.number for question in paper.questions]
    script = _Script(file_name, numbers, [section.id for section in paper.sections], parts, texts, blocks)
    headings = script.headings()
    if not headings:
        raise script.refused(
            "no line says which question it answers.",
            f"Write 'Question {numbers[0]}' on a line of its own above each answer, or import the answer alone with"
            " --assignment.",
        )
    above = [line.strip() for _, line in script.lines[: headings[0].at]]
    before = " ".join(line for line in above if line and not script.is_section(line))
    if before:
        told = show_line(before[:60]) + ("…" if len(before) > 60 else "")
        raise script.refused(
            f"before {headings[0].number} stands '{told}'; which question it belongs to can't be told.",
            "Move it below the number, or take it out.",
        )
    ends = [heading.at for heading in headings[1:]] + [len(script.lines)]
    return tuple(
        _answer(script, heading, end, texts.get(heading.number or "", ""), found)
        for heading, end in zip(headings, ends, strict=True)
    )


def is_headed(paper: Paper, parts: Mapping[str, Collection[str]], block: str) -> bool:
    """Whether a block begins with what may be the heading of an answer to one of the paper's questions."""
    numbers = [question.number for question in paper.questions]
    return _Script("", numbers, (), parts, {}, [block]).heading(0, block.split("\n")[0]) is not None


def _answer(script: _Script, heading: _Heading, end: int, asked: str, found: str) -> SplitAnswer:
    assert heading.number is not None

    def is_question(text: str) -> bool:
        return is_printed(text, asked) or bool(found and text in (found, *found.split("\n")))

    inside = script.lines[heading.at + 1 : end]
    lines = [(block, line) for block, line in inside if not script.is_section(line)]
    own_block = script.lines[heading.at][0]
    left_out, printed = [heading.line], ""
    if heading.part:
        lines.insert(0, (own_block, heading.line))  # "1(a)": the marker must see which part it is
        left_out = []
    elif is_question(heading.rest):
        printed = heading.rest
    elif heading.rest:
        lines.insert(0, (own_block, heading.rest))
        left_out = [heading.line.removesuffix(heading.rest).strip()]
    paragraphs = list(_paragraphs(lines))
    if paragraphs and is_question(paragraphs[0]):
        printed = paragraphs.pop(0)
        left_out.append(printed)
    left_out += [line.strip() for _, line in inside if script.is_section(line)]
    new = "" if _letters(printed) == _letters(asked) else printed
    return SplitAnswer(heading.number, tuple(left_out), tuple(paragraphs), new)


def _paragraphs(lines: list[tuple[int, str]]) -> Iterator[str]:
    blocks: dict[int, list[str]] = {}
    for block, line in lines:
        blocks.setdefault(block, []).append(line)
    for block_lines in blocks.values():
        text = "\n".join(block_lines).strip("\n")
        if text.strip():
            yield text


_TARIFF = re.compile(r"[\[(]\s?\d{1,3}(?:\s?marks?)?\s?[\])][\s*_]*$", re.I)
_TARIFF_IN_WORDS = re.compile(r"[\[(]\s?\d{1,3}\s?marks?\s?[\])][\s*_]*$", re.I)
LONGEST_QUESTION = 100
"""Words; what is longer is an answer."""


def is_printed(text: str, asked: str) -> bool:
    """Whether a text is a question as it is printed: the words known of it, or an end like ``[25 marks]``."""
    if asked and _letters(text) == _letters(asked):
        return True
    return len(text.split()) <= LONGEST_QUESTION and _TARIFF_IN_WORDS.search(text) is not None


def _letters(text: str) -> str:
    """The words of a question, without its marks and its punctuation."""
    return " ".join(re.findall(r"\w+", fold(_TARIFF.sub("", text))))
