"""The comment bank as values: a comment that may be used again, where it suits, and the blanks in it.

A comment that was typed on a script isn't kept a second time: ``bank_typed`` reads the scripts for it. Which comment
is offered first is ``bank_rank``'s business, and what a file of comments may hold is ``bank_check``'s.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.feedback import Field
from markdesk.core.plain import fold

LONGEST = 2_000
"""Characters of a comment in the bank. What is typed on a script may be longer; it stays there and isn't offered."""
MOST_LEVEL = 6
"""The highest level that a comment can be meant for."""
SHIPPED = "markdesk."
"""What the ids of the comments that travel with the program begin with."""


class BankField(StrEnum):
    """What a comment is written into."""

    ANNOTATION = "annotation"
    WWW = "www"
    EBI = "ebi"
    TARGET = "target"
    TASK = "task"
    DRAFT = "draft"
    """A question on a draft of coursework, where a board allows nothing but questions."""


BANK_FIELDS = {
    Field.WWW: BankField.WWW, Field.EBI: BankField.EBI, Field.TARGET: BankField.TARGET, Field.TASK: BankField.TASK,
    Field.QUESTION: BankField.DRAFT,
}  # fmt: skip
"""What the bank has for each line of feedback; it has nothing for the others."""


class Origin(StrEnum):
    """Where a comment comes from."""

    SHIPPED = "shipped"
    OWN = "own"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class BankComment:
    """A comment to be used again. What it names it is meant for; an empty list means any."""

    id: str
    text: str
    """As it is written into the field, with ``{name}``, ``{quote}`` and ``{paragraph}`` left open."""
    code: str = ""
    """What ``;`` expands: ``ev``. Case doesn't matter; empty for none."""
    field: BankField = BankField.ANNOTATION
    stamps: tuple[str, ...] = ()
    """Codes of stamps."""
    strands: tuple[str, ...] = ()
    """Ids of strands, or of scales where a scheme has no strands."""
    aos: tuple[str, ...] = ()
    rubrics: tuple[str, ...] = ()
    """Ids of mark schemes, without a tariff."""
    question: str = ""
    """The words of a question, or an assignment's name or id."""
    level: int = 0
    """The level of work that it is meant for, 1 to 6; 0 for any."""
    origin: Origin = Origin.OWN


@dataclass(frozen=True, slots=True)
class Use:
    """A comment as it stands on a script. The same words in another place are another use."""

    text: str
    at: str
    """When it was written, UTC, ISO 8601."""
    field: BankField = BankField.ANNOTATION
    stamp: str = ""
    """The code of the stamp that it was written with; empty for a bare comment."""
    strand: str = ""
    """The strand, else the scale, that was being judged; empty where that can't be told."""
    assignment: str = ""
    script: str = ""
    """Their ids."""
    key: str = ""
    """Which annotation or line of feedback of the marking: the way back to it."""
    is_returned: bool = False
    """Whether the student has the sheet, so that the words may never change again."""


# -- blanks

PLACEHOLDERS = ("name", "quote", "paragraph")
"""``{name}``: the student's given name; ``{quote}``: the words of the passage; ``{paragraph}``: its number."""
LONGEST_QUOTE = 12
"""Words of a passage that ``{quote}`` repeats; a longer passage ends in dots."""

_BLANK = re.compile("{(" + "|".join(PLACEHOLDERS) + ")}")
# What each may have been filled with. Bounded, so that no text takes long to compare.
_FILLED = {
    "name": r"[^\n]{1,60}?",
    "quote": r"[^\n]{1,240}?",
    "paragraph": r"[0-9]{1,4}(?:–[0-9]{1,4})?",
}


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into the blanks. Empty for what isn't known, such as the name while marking is anonymous."""

    name: str = ""
    quote: str = ""
    paragraph: str = ""
    """``3``, or ``3–4`` for a passage across two."""


def expanded(text: str, filling: Filling) -> str:
    """The text with its blanks filled, in one pass: what is filled in is never looked at again.

    A blank that nothing is known for stays as it is, and so does every other brace: there is no escape to learn.
    """
    values = {
        "name": " ".join(filling.name.split()),
        "quote": shortened(filling.quote),
        "paragraph": filling.paragraph,
    }
    return _BLANK.sub(lambda blank: values[blank[1]] or blank[0], text)


def shortened(quote: str) -> str:
    """The passage on one line, its first words only where it is long."""
    words = quote.split()
    line = " ".join(words[:LONGEST_QUOTE])
    cut = len(words) > LONGEST_QUOTE or len(line) > 200
    return f"{line[:200]} …" if cut else line


def blanks(text: str) -> tuple[str, ...]:
    """The blanks that are still open, in their order. A comment with one isn't ready for a student."""
    return tuple(_BLANK.findall(text))


def captured(template: str, text: str) -> Filling | None:
    """What the blanks of ``template`` must have been filled with to give ``text``; None where it can't be told.

    A template with fewer than two words of its own could have given almost anything, and gives None.
    """
    if len(text) > 2 * LONGEST or len(re.findall(r"\w{2,}", _BLANK.sub(" ", template))) < 2:
        return None
    pattern, seen = "", set()
    for number, piece in enumerate(_BLANK.split(" ".join(template.split()).rstrip(" ."))):
        if number % 2 == 0:
            pattern += re.escape(piece)
        elif piece in seen:
            pattern += f"(?P={piece})"
        else:
            seen.add(piece)
            pattern += f"(?P<{piece}>{_FILLED[piece]})"
    found = re.fullmatch(pattern, " ".join(text.split()).rstrip(" ."), re.IGNORECASE)
    return Filling(**found.groupdict()) if found else None


# -- sameness and codes


def folded_text(text: str) -> str:
    """``plain.fold``, quicker for what is plain English."""
    return " ".join(text.lower().split()) if text.isascii() else fold(text)


def text_key(text: str) -> str:
    """What two comments share when they say the same: letters without case or accents, single spaces, no final stop."""
    return folded_text(text).rstrip(" .")


def code_key(code: str) -> str:
    """What two short codes share when they are the same."""
    return code.casefold()


_TYPED_CODE = re.compile(r"(?:^|(?<=[\s(\[‘“'\"—–-]));([A-Za-z0-9][A-Za-z0-9-]{0,11})\Z")


def typed_code(before: str) -> str:
    """The short code that the text before the cursor ends in: ``ev`` of ``see ;ev``, empty for none.

    Only at a word's start, so that a semicolon inside a sentence is left alone.
    """
    found = _TYPED_CODE.search(before[-40:])
    return found[1] if found else ""


def merged(own: Iterable[BankComment], shipped: Iterable[BankComment]) -> tuple[BankComment, ...]:
    """One bank of both, the teacher's own first.

    Her comment of the same id, or with the same words for the same field, stands in place of the shipped one; her
    short code is hers, and a shipped comment that had it goes without.
    """
    kept = list(own)
    ids = {comment.id for comment in kept}
    said = {(comment.field, text_key(comment.text)) for comment in kept}
    codes = {code_key(comment.code) for comment in kept if comment.code}
    for comment in shipped:
        if comment.id in ids or (comment.field, text_key(comment.text)) in said:
            continue
        kept.append(replace(comment, code="") if code_key(comment.code) in codes else comment)
    return tuple(kept)
