"""Pages on which the parser's work would grow with the square of something: they are known before it sees them."""

import re

from markdesk.core.errors import EssayUnreadable

DEEPEST = 2_000
"""Tags inside tags. A page has some dozens; the parser's work grows with the square of it."""
MOST_ATTRIBUTES = 5_000
"""Of one tag. The parser compares each with all the others."""
_NESTING = re.compile(
    rb"<(/?)(div|span|section|article|blockquote|table|tr|td|ul|ol|li|dl|font|b|i|u|em|strong|small|center|form|p|main"
    rb"|a)\b",
    re.I,
)
_TAG = re.compile(rb"<[a-z](?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+", re.I)
"""A tag up to its end; a sign that stands in quotation marks ends none."""
_LONG_TAG = 10_000
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


def refuse_tangles(data: bytes, file_name: str) -> None:
    """Raises EssayUnreadable for tags nested thousands deep, and for one with thousands of attributes."""
    _refuse_deep_nesting(data, file_name)
    _refuse_long_tags(data, file_name)


def _refuse_deep_nesting(data: bytes, file_name: str) -> None:
    depth = deepest = 0
    for tag in _NESTING.finditer(data):
        if tag[1]:
            depth = max(0, depth - 1)
        elif tag[2].lower() not in (b"p", b"li", b"tr", b"td"):  # those end by themselves
            depth += 1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise EssayUnreadable(
            f"{file_name} has tags nested {deepest:,} deep; markdesk follows {DEEPEST:,}.",
            "Copy the essay into a .txt file.",
        )


def _refuse_long_tags(data: bytes, file_name: str) -> None:
    for tag in _TAG.finditer(data):
        if tag.end() - tag.start() < _LONG_TAG:
            continue
        names = len(_QUOTED.sub(b"", tag[0]).split()) - 1
        if names > MOST_ATTRIBUTES:
            raise EssayUnreadable(
                f"{file_name} has a tag with {names:,} attributes; markdesk reads {MOST_ATTRIBUTES:,}.",
                "Copy the essay into a .txt file.",
            )
