"""Quotations: what stands between quotation marks, and passages set off as a block."""

import re
from collections.abc import Iterator

from markdesk.core.essay import Essay, Paragraph, Span
from markdesk.core.lenses.lens import Asked, Found, Lens, in_order

# Each kind of pair: what opens it and what closes it. A single mark between letters is an apostrophe.
_PAIRS = (
    (re.compile("“"), re.compile("”")),
    (re.compile(r'(?<!\w)"(?=\S)'), re.compile(r'(?<=\S)"(?!\w)')),
    (re.compile("(?<!\\w)‘(?=\\S)"), re.compile("(?<=\\S)’(?!\\w)")),
    (re.compile(r"(?<![\w.,!?])'(?=[^\W\d_]|\[|\.\.|…)"), re.compile(r"(?<=\S)'(?!\w)")),
)
_BLOCK = re.compile(r"(?:>|\t| {4,})")


def quotations(essay: Essay, _asked: Asked) -> Lens:
    """The quotations of an essay, each with its length."""
    found: list[Found] = []
    for paragraph in essay.paragraphs:
        spans = [paragraph.span] if _is_block(essay, paragraph) else _quoted(essay.text, paragraph.span)
        found += [Found(span, _long(essay.quote(span))) for span in spans]
    return Lens("quotations", "Quotations", in_order(found))


def _is_block(essay: Essay, paragraph: Paragraph) -> bool:
    """Whether every line is set in, or marked as e-mail and Markdown mark what is quoted."""
    return all(_BLOCK.match(line) for line in essay.quote(paragraph.span).split("\n"))


def _quoted(text: str, within: Span) -> list[Span]:
    return [span for opens, closes in _PAIRS for span in _between(text, within, opens, closes)]


def _between(text: str, within: Span, opens: re.Pattern[str], closes: re.Pattern[str]) -> Iterator[Span]:
    """Each opening mark with the first that closes after it. Both are gone through once."""
    closing = closes.finditer(text, within.start, within.end)
    close = next(closing, None)
    at = within.start
    for match in opens.finditer(text, within.start, within.end):
        if match.start() < at:
            continue
        while close is not None and close.start() <= match.end():
            close = next(closing, None)
        if close is None:
            return
        yield Span(match.start(), close.end())
        at = close.end()


def _long(quoted: str) -> str:
    count = len(quoted.split())
    return "1 word" if count == 1 else f"{count} words"
