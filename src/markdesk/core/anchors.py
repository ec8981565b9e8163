"""Where an annotation stands: a position, and a quotation with its context.

The pair is the W3C Web Annotation model's (TextPositionSelector and TextQuoteSelector). The position is exact
while the text is the same; the quotation finds the place again when a corrected text replaces it.
"""

from dataclasses import dataclass

from markdesk.core.essay import Essay, Span

CONTEXT = 32
"""How many characters before and after the passage are kept with it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of one essay text. ``span`` is None for an orphan: its words are no longer in the text."""

    span: Span | None
    exact: str
    prefix: str = ""
    suffix: str = ""


def anchor(essay: Essay, span: Span) -> Anchor:
    """Pin a passage. Raises ValueError for a span that is empty or outside the text."""
    if not 0 <= span.start < span.end <= len(essay.text):
        raise ValueError(f"passage {span.start}-{span.end} lies outside a text of {len(essay.text)} characters")
    text = essay.text
    return Anchor(
        span,
        text[span.start : span.end],
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
    )


def occurrences(text: str, quote: str) -> tuple[Span, ...]:
    """Every place where the quotation stands, overlapping ones included."""
    found: list[Span] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)


def relocate(old: Anchor, essay: Essay) -> Anchor:
    """The same words in another text, or an orphan where the place can't be told for certain.

    A quotation that stands once is found. One that stands several times is found where the context on both
    sides is the same, or where just one place shares the context of one side. Nothing is ever guessed.
    """
    places = occurrences(essay.text, old.exact)
    if len(places) == 1:
        return anchor(essay, places[0])
    both = [p for p in places if _context(essay.text, p) == (old.prefix, old.suffix)]
    either = [p for p in places if old.prefix == _context(essay.text, p)[0] or old.suffix == _context(essay.text, p)[1]]
    for certain in (both, either):
        if len(certain) == 1:
            return anchor(essay, certain[0])
    return Anchor(None, old.exact, old.prefix, old.suffix)


def _context(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
