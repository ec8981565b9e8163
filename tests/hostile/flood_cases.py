"""Texts that make readers of lines slow, and what Markdown may hold."""

from collections.abc import Iterator

from tests.hostile.handed import HENRY, NOBLES, Case, Named

text_case = Named("txt", "essay.txt")
markdown_case = Named("md", "essay.md")


def cases() -> Iterator[Case]:
    yield from _shapes()
    yield from _markdown()


def _shapes() -> Iterator[Case]:
    yield text_case("of 0 bytes", b"", refused="is empty")
    yield text_case("of signs without words", "--- *** ---", refused="no words")
    yield text_case("of one letter", "a", "a")
    yield text_case("of one word of a million letters", "a" * 1_000_000, "aaaa")
    yield text_case("of a line of 30,000 words", "word " * 30_000, "word word")
    yield text_case("of 200,001 words", "word " * 200_001, refused="200,001 words")
    yield text_case(
        "of 20,001 paragraphs", "\n\n".join(f"Line {n} of it." for n in range(20_001)), refused="20,001 paragraphs"
    )
    yield text_case("of a million empty lines", f"{HENRY}{chr(10) * 1_000_000}{NOBLES}", NOBLES)
    yield text_case("of 24 MB of one letter", lambda: b"a" * 24_000_000, refused="more than 3,000,000 characters")
    yield text_case("of 25 MB and a byte", lambda: b"a" * 25_000_001, refused="25.0 MB")
    yield text_case(
        "of 12 MB of spaces",
        lambda: HENRY.encode() + b" " * 12_000_000 + b"x",
        refused="more than 3,000,000 characters",
    )
    yield text_case("of 5 MB of tabs and line ends", lambda: HENRY.encode() + b"\t\n" * 2_500_000 + b"x", HENRY)
    yield text_case("of random bytes", bytes((n * n * 7919 + n) % 256 for n in range(50_000)), refused="not a text")
    for name, line in _REGEX_TRAPS.items():
        yield text_case(f"with {name}", f"{HENRY}\n\n{line}\n\n{NOBLES}")
        yield text_case(f"with 2,000 lines of {name}", f"{HENRY}\n\n{(line[:300] + chr(10)) * 2_000}\n\n{NOBLES}")


_REGEX_TRAPS = {
    "dots without end": "." * 50_000 + "!",
    "dashes without end": "-" * 50_000 + "x",
    "spaces before a sign": " " * 50_000 + "x",
    "quotation marks": "\"'“" * 20_000,
    "brackets": "[(" * 25_000,
    "half links": "[a](" * 15_000,
    "numbers and dots": "1. " * 20_000,
    "page numbers": "Page 1 of " * 8_000,
    "web addresses": "http://" * 9_000,
    "mail addresses": "a@" * 25_000 + "b",
    "field names": "From: a: b: " * 5_000,
    "hyphens at line ends": "some-" * 12_000,
    "letters with colons": "a:" * 25_000,
    "marks in brackets": "[25 marks] " * 6_000,
    "stars and underlines": "*_" * 25_000,
    "digits": "1234567890" * 6_000,
}
"""Lines on which a careless pattern takes the square or the cube of their length."""


def _markdown() -> Iterator[Case]:
    yield markdown_case("with settings that never end", "---\n" + "a: b\n" * 5_000 + HENRY)
    yield markdown_case(
        "with YAML that makes an object", f"---\na: !!python/object/apply:os.system ['touch x']\n---\n\n{HENRY}", HENRY
    )
    yield markdown_case("with a picture on a server", f"![x](http://127.0.0.1:9/a.png)\n\n{HENRY}", HENRY)
    yield markdown_case("with a script", f"<script>alert(1)</script>\n\n{HENRY}", HENRY)
    yield markdown_case("with 10,000 hashes", f"{'#' * 10_000} x\n\n{HENRY}", HENRY)
    yield markdown_case("with quotations 5,000 deep", f"{'> ' * 5_000}x\n\n{HENRY}", HENRY)
    yield markdown_case("with lists 2,000 deep", "".join(f"{' ' * n}- a\n" for n in range(2_000)) + f"\n{HENRY}", HENRY)
    yield markdown_case("with a fence that never closes", f"{HENRY}\n\n```\n{NOBLES}", NOBLES)
    yield markdown_case("with a table of 500 columns", f"{HENRY}\n\n{'|a' * 500}|\n{'|-' * 500}|\n", HENRY)
