"""Where an annotation stands: a position, and a quotation with its context.

The pair is the W3C Web Annotation model's (TextPositionSelector and TextQuoteSelector). The position is exact
while the text is the same; the quotation finds the place again when a corrected text replaces it: ``relocating``.
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


def occurrences(text: str, quote: str, most: int | None = None) -> tuple[Span, ...]:
    """Every place where the quotation stands, overlapping ones included; the first ``most`` of them."""
    found: list[Span] = []
    at = text.find(quote) if quote else -1
    while at >= 0 and (most is None or len(found) < most):
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)
