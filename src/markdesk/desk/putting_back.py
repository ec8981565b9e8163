"""A file's lines put back into the essay, taken out of it, or made its question, by the teacher who looks at them."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from markdesk.desk.drafts import EssayDraft


class Part(StrEnum):
    """What a block of a file is."""

    QUESTION = "question"
    IN = "in"
    """Of the essay."""
    OUT = "out"
    """Left out of it."""


def parts_of(draft: EssayDraft, said: Mapping[int, Part]) -> tuple[tuple[str, Part], ...]:
    """Every block with what it is: as the teacher said of those at these places, else as it was read.

    Of a draft whose importer doesn't say what blocks it has, the paragraphs stand for them.
    """
    asked = _question_blocks(draft)
    blocks = draft.blocks or tuple((text, True) for text in draft.paragraphs)
    return tuple(
        (text, said.get(at) or (Part.QUESTION if at in asked else Part.IN if is_in else Part.OUT))
        for at, (text, is_in) in enumerate(blocks)
    )


def with_parts(draft: EssayDraft, said: Mapping[int, Part]) -> EssayDraft:
    """The draft with the blocks at these places as the teacher said.

    What was read as the question may be the student's own heading, and a heading the question. Places that the file
    doesn't have are passed over; so is a draft whose importer doesn't say what blocks it has.
    """
    if not said or not draft.blocks:
        return draft
    parts = parts_of(draft, said)
    was_asked = _question_blocks(draft)
    asked = [text for text, part in parts if part is Part.QUESTION]
    question = draft.question
    if {at for at, (_, part) in enumerate(parts) if part is Part.QUESTION} != was_asked:
        question = "\n".join(line.lstrip("# ") for text in asked for line in text.split("\n")) or None
    margins = _without(draft.removed, [text for text, is_in in draft.blocks if not is_in])
    return replace(
        draft,
        question=question,
        paragraphs=tuple(text for text, part in parts if part is Part.IN),
        removed=(*(text for text, part in parts if part is Part.OUT), *margins),
        blocks=tuple((text, part is not Part.OUT) for text, part in parts),
    )


def _question_blocks(draft: EssayDraft) -> set[int]:
    """The places of the blocks that were read as the question: in the file, and in no paragraph of the essay."""
    lines = set((draft.question or "").split("\n"))
    told = list(draft.paragraphs)
    found: set[int] = set()
    for at, (text, is_in) in enumerate(draft.blocks):
        if not is_in:
            continue
        if text in told:
            told.remove(text)
        elif lines and set(text.split("\n")) and all(line.lstrip("# ") in lines for line in text.split("\n")):
            found.add(at)
    return found


def _without(texts: tuple[str, ...], others: list[str]) -> tuple[str, ...]:
    """The texts that aren't among the others, each taken away once: headers and footers, which are no blocks."""
    left = list(others)
    kept: list[str] = []
    for text in texts:
        if text in left:
            left.remove(text)
        else:
            kept.append(text)
    return tuple(kept)
