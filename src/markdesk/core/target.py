"""The passage that the next stamp is for: a paragraph, a sentence in it, more sentences, or a phrase.

Pure: what the arrow keys do to it, given an essay. The screen shows it and nothing more.
"""

from dataclasses import dataclass

from markdesk.core.essay import Essay, Span
from markdesk.core.sentences import sentences, trim_end, trim_start, words


@dataclass(frozen=True, slots=True)
class Target:
    """``paragraph`` counts from 0 and is where the bar stands; ``span`` is what a stamp would cover."""

    paragraph: int
    span: Span
    by_sentence: bool = False

    @property
    def number(self) -> int:
        return self.paragraph + 1


def paragraph_target(essay: Essay, index: int) -> Target:
    """A whole paragraph; an index outside the essay means the nearest end."""
    index = max(0, min(index, len(essay.paragraphs) - 1))
    return Target(index, essay.paragraphs[index].span)


def restored_target(essay: Essay, start: int, end: int, by_sentence: bool) -> Target:
    """The target that was left, as far as this text still has it."""
    index = essay.paragraph_at(min(start, len(essay.text))).number - 1
    if by_sentence and 0 <= start < end <= len(essay.text):
        return Target(index, Span(start, end), True)
    return paragraph_target(essay, index)


def sentence_beside(essay: Essay, target: Target, by: int) -> Target:
    """The next (1) or previous (-1) sentence of the paragraph; from the whole paragraph, its first or last."""
    found = sentences(essay.text, essay.paragraphs[target.paragraph].span)
    if not target.by_sentence:
        return Target(target.paragraph, found[0 if by > 0 else -1], True)
    if by > 0:
        later = [s for s in found if s.start >= target.span.end]
        return Target(target.paragraph, later[0] if later else found[-1], True)
    earlier = [s for s in found if s.end <= target.span.start]
    return Target(target.paragraph, earlier[-1] if earlier else found[0], True)


def extended(essay: Essay, target: Target, by: int) -> Target:
    """The target with one more sentence after it (1) or before it (-1), across paragraphs too."""
    if by > 0:
        at = target.span.end
        for paragraph in essay.paragraphs[essay.paragraph_at(max(0, at - 1)).number - 1 :]:
            for sentence in sentences(essay.text, paragraph.span):
                if sentence.end > at:
                    return Target(target.paragraph, Span(target.span.start, sentence.end), True)
        return target
    at = target.span.start
    for paragraph in reversed(essay.paragraphs[: essay.paragraph_at(at).number]):
        for sentence in reversed(sentences(essay.text, paragraph.span)):
            if sentence.start < at:
                return Target(paragraph.number - 1, Span(sentence.start, target.span.end), True)
    return target


def trimmed(essay: Essay, target: Target, from_start: bool) -> Target:
    """The target with a word taken off its start or its end."""
    how = trim_start if from_start else trim_end
    return Target(target.paragraph, how(essay.text, target.span), True)


def word_beside(essay: Essay, target: Target, by: int) -> Target:
    """The next (1) or previous (-1) word of the paragraph; from the whole paragraph, its first or last."""
    found = list(words(essay.text, essay.paragraphs[target.paragraph].span))
    if not found:
        return target
    if not target.by_sentence:
        return Target(target.paragraph, found[0 if by > 0 else -1], True)
    if by > 0:
        later = [word for word in found if word.start >= target.span.end]
        return Target(target.paragraph, later[0] if later else found[-1], True)
    earlier = [word for word in found if word.end <= target.span.start]
    return Target(target.paragraph, earlier[-1] if earlier else found[0], True)


def word_extended(essay: Essay, target: Target, by: int) -> Target:
    """The target with one word more at its end (1), across paragraphs too, or one less (-1); the first always stays."""
    if not target.by_sentence:
        return word_beside(essay, target, 1)
    if by < 0:
        return trimmed(essay, target, from_start=False)
    at = target.span.end
    for paragraph in essay.paragraphs[essay.paragraph_at(max(0, at - 1)).number - 1 :]:
        for word in words(essay.text, paragraph.span):
            if word.end > at:
                return Target(target.paragraph, Span(target.span.start, word.end), True)
    return target


def between(essay: Essay, here: int, there: int) -> Target:
    """The whole words from one place of the text to another, whichever comes first: what the mouse is drawn over."""
    start, end = sorted((here, there))
    first, last = essay.paragraph_at(start), essay.paragraph_at(end)
    begin = next((word.start for word in words(essay.text, first.span) if word.end > start), first.span.start)
    finish = next((word.end for word in words(essay.text, last.span) if word.end > end), last.span.end)
    return Target(first.number - 1, Span(begin, max(finish, begin + 1)), True)


def at_span(essay: Essay, span: Span) -> Target:
    """A passage as it was annotated, in the paragraph where it begins."""
    return Target(essay.paragraph_at(span.start).number - 1, span, True)


def sentence_at(essay: Essay, offset: int) -> Target:
    """The sentence that a character stands in, or the one before it."""
    paragraph = essay.paragraph_at(offset)
    found = sentences(essay.text, paragraph.span)
    here = [sentence for sentence in found if sentence.start <= offset]
    return Target(paragraph.number - 1, here[-1] if here else found[0], True)
