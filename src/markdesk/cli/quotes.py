"""Finding the words that somebody typed or pasted in the essay as the student wrote it."""

import re

from markdesk.core.anchors import occurrences
from markdesk.core.essay import Span, normalise

_ALIKE = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": "[-–—]"}
"""Characters that a keyboard or a word processor changes into one another."""


def places(text: str, quote: str) -> list[Span]:
    """Where the words stand: letter by letter, or else whatever the spaces, line breaks and quotation marks."""
    quote = normalise(quote).strip()
    exact = list(occurrences(text, quote))
    if exact or not quote:
        return exact
    words = [re.sub(r".", lambda m: _ALIKE.get(m.group(), re.escape(m.group())), word) for word in quote.split()]
    return [Span(match.start(), match.end()) for match in re.finditer(r"\s+".join(words), text)]
