"""A short text that another system keeps as HTML, as plain text."""

import re

from selectolax.lexbor import LexborHTMLParser

_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/tr)\b[^>]{0,200}>", re.I)
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<[a-z/!]", re.I)


def text_of_html(html: str) -> str:
    """The words, with a line for each paragraph; text without a tag or an entity as it is."""
    if not _TAG.search(html) and "&" not in html:
        return html.strip()
    body = LexborHTMLParser(_BREAKS.sub("\n", _SPACES.sub(" ", html))).body
    for silent in body.css("script, style, template") if body else []:
        silent.decompose()
    text = body.text() if body else ""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
