"""A file's lines put back into the essay, or taken out of it, by the teacher who looks at what was left out."""

from dataclasses import replace

from markdesk.desk.ports import EssayDraft


def with_toggled(draft: EssayDraft, toggled: frozenset[int]) -> EssayDraft:
    """The draft with the blocks at these places the other way round: left out where they were in, in where left out.

    What was read as the question may be the student's own heading: it is put into the essay, and is no question then.
    Places that the file doesn't have are passed over; so is a draft whose importer doesn't say what blocks it has.
    """
    if not toggled or not draft.blocks:
        return draft
    asked, texts = question_blocks(draft), [text for text, _ in draft.blocks]
    still_asked = sorted(asked - toggled)
    question = draft.question
    if asked & toggled:
        question = "\n".join(texts[at].lstrip("# ") for at in still_asked) or None
    inside = [at in asked or (at in toggled) != is_in for at, (_, is_in) in enumerate(draft.blocks)]
    margins = _without(draft.removed, [text for text, is_in in draft.blocks if not is_in])
    return replace(
        draft,
        question=question,
        paragraphs=tuple(text for at, text in enumerate(texts) if inside[at] and at not in still_asked),
        removed=(*(text for at, text in enumerate(texts) if not inside[at]), *margins),
        blocks=tuple(zip(texts, inside, strict=True)),
    )


def question_blocks(draft: EssayDraft) -> frozenset[int]:
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
    return frozenset(found)


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
