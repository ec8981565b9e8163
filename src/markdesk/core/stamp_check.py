"""A file of stamps as parsed data: every key it may have, and all that is wrong with one (``markdesk.stamps/1``)."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from markdesk.core.annotation import Stamp, StampSet, Tone
from markdesk.core.file_keys import ID, Key, Kind, Pattern, Tables, must, tables, text
from markdesk.core.plain import is_plain
from markdesk.core.toml_reader import Path, Placed, Problem, Reader

SCHEMA = "markdesk.stamps/1"
LONGEST_CODE = 6
"""Cells; what stands beside the essay is five, and ``ASSERT`` is still read."""
LONGEST = {"title": 60, "basis": 600, "meaning": 90, "name": 60}
"""Characters of each text; ``name`` is whatever another file is named by."""

LETTER = Pattern(r"[a-z]", "one small letter, a to z")
SHORT = Pattern(r"([A-Za-z0-9][A-Za-z0-9-]{0,11})?", "up to 12 letters, digits and hyphens")

TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "id": must("The set's name for programs; the file is called the same.", ID),
        "title": must("The set's name for people."),
        "basis": text("Where the codes come from, and how sure that is."),
        "boards": Key(Kind.TEXTS, "The boards whose schemes it is for.", default="none"),
        "rubrics": Key(Kind.TEXTS, "Ids of the mark schemes that it is for, without a tariff.", default="none"),
        "added": Key(
            Kind.YES_NO, "Whether its codes stand in the comment bank, beside whichever set is in use.", default="false"
        ),
        "stamp": tables("stamp", "The stamps, in the order of the legend.", required=True),
    },
    "stamp": {
        "key": must("The letter that stamps it.", LETTER),
        "code": must("What stands beside the essay and on the sheet: up to six characters, no space."),
        "meaning": must("What it says of the passage; the key on a student's sheet has it."),
        "tone": must("What colours it.", one_of=tuple(Tone)),
        "strands": Key(Kind.TEXTS, "Ids of the strands that it is evidence for.", default="none"),
        "aos": Key(Kind.TEXTS, "The objectives that it is evidence for.", default="none"),
        "like": Key(Kind.TEXTS, "Codes of other sets that say the same: their comments suit it.", default="none"),
        "short": text("In an added set: the short code that finds it in the bank.", "its code, if letters", SHORT),
    },
}


def check_stamps(data: Mapping[str, Any]) -> tuple[StampSet | None, tuple[Problem, ...]]:
    """The set of a file, and everything that is wrong with it; no set where anything is.

    Strands, objectives and schemes aren't looked up: a set may be made before the scheme that it is for.
    """
    reader = Reader(TABLES)
    top = reader.table(dict(data), "", ())
    for name in ("title", "basis"):
        _check_words(reader, (name,), top.get(name, "").strip(), LONGEST[name])
    for name in ("boards", "rubrics"):
        _check_names(reader, (name,), top.get(name, ()))
    placed = reader.tables(top, "stamp")
    if top.get("stamp") == []:
        reader.wrong(("stamp",), "there is nothing in it: add [[stamp]]")
    for path, given in placed:
        _check_code(reader, (*path, "code"), given.get("code", "x"))
        _check_words(reader, (*path, "meaning"), given.get("meaning", ""), LONGEST["meaning"])
        for name in ("strands", "aos", "like"):
            _check_names(reader, (*path, name), given.get(name, ()))
    _check_unique(reader, placed)
    if reader.problems:
        return None, tuple(reader.problems)
    return (
        StampSet(
            top["id"],
            top["title"],
            tuple(_stamp(given) for _, given in placed),
            basis=top.get("basis", "").strip(),
            boards=tuple(top.get("boards", ())),
            rubrics=tuple(top.get("rubrics", ())),
            is_added=top.get("added", False),
        ),
        (),
    )


def _stamp(given: Mapping[str, Any]) -> Stamp:
    code = given["code"]
    return Stamp(
        given["key"],
        code,
        given["meaning"].strip(),
        Tone(given["tone"]),
        frozenset(given.get("strands", ())),
        frozenset(given.get("aos", ())),
        frozenset(given.get("like", ())),
        given.get("short") or (code.lower() if code.isascii() and code.isalnum() else ""),
    )


def _check_words(reader: Reader, path: Path, words: str, most: int) -> None:
    if len(words) > most:
        reader.wrong(path, f"it has {len(words):,} characters; the most is {most}")
    elif not is_plain(words) or "\n" in words:
        reader.wrong(path, "it has a line end, or a character that can't be seen; take it out")


def _check_names(reader: Reader, path: Path, names: list[str]) -> None:
    for at, name in enumerate(names):
        if not name.strip() or name != name.strip():
            reader.wrong((*path, at), f"nothing is called {name!r:.60}")
        else:
            _check_words(reader, (*path, at), name, LONGEST["name"])


def _check_code(reader: Reader, path: Path, code: str) -> None:
    if len(code) > LONGEST_CODE:
        reader.wrong(path, f"it has {len(code):,} characters; a code has {LONGEST_CODE} at the most")
    elif any(sign.isspace() for sign in code):
        reader.wrong(path, "a code has no space in it")
    elif not is_plain(code) or any(_is_no_cell(sign) for sign in code):
        reader.wrong(path, "each character of a code must be one that can be seen and is one column wide")


def _is_no_cell(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF" or bool(unicodedata.combining(sign)) or sign >= "\ufe00"


def _check_unique(reader: Reader, placed: list[Placed]) -> None:
    """Two keys or codes alike. A code in small letters is the same code: they are typed on the command line."""
    for name in ("key", "code", "short"):
        seen: dict[str, Path] = {}
        for path, given in placed:
            value = given.get(name, "")
            if value and (first := seen.setdefault(value.casefold(), path)) != path:
                reader.wrong((*path, name), f"the {name} '{value}' is used twice (see {Problem(first, '').key})")
