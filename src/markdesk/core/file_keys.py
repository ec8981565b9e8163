"""What a key of one of markdesk's own TOML files may hold. Tables of keys are built from these."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the value of a key is, in the words of a problem."""

    TEXT = "text in quotes"
    NUMBER = "a whole number"
    YES_NO = "true or false"
    FACTOR = 'a whole number, or a fraction in quotes such as "4/5"'
    TEXTS = "a list of texts"
    WORDS = "a table of texts"
    TABLE = "a table"
    TABLES = "a list of tables"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the whole of a text must look like, for the program and for people."""

    regex: str
    says: str


ID = Pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, hyphens, dots and underscores, without spaces")
"""Ids stand on command lines and in file names."""
FILE_NAME = Pattern(r"([A-Za-z0-9][A-Za-z0-9._-]*\.toml)?", "the name of a .toml file, without a folder")
SERIES = Pattern(r"([0-9]{4}-(0[1-9]|1[0-2]))?", "a year and month such as 2017-06")
DATE = Pattern(r"([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?", "a date such as 2026-11-25")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what its value is and means, and what it may be."""

    kind: Kind
    about: str
    required: bool = False
    one_of: tuple[str, ...] = ()
    """The only values that a text may have."""
    least: int | None = None
    """The lowest that a number may be."""
    table: str = ""
    """For tables: the name of theirs."""
    pattern: Pattern | None = None
    default: str = ""
    """What holds where the key is left out, as the reference says it."""


Tables = Mapping[str, Mapping[str, Key]]
"""The keys of each table of a kind of file, by the table's name; ``""`` is the file itself."""


def text(about: str, default: str = "empty", pattern: Pattern | None = None) -> Key:
    """Text that may be left out."""
    return Key(Kind.TEXT, about, default=default, pattern=pattern)


def must(about: str, pattern: Pattern | None = None, one_of: tuple[str, ...] = ()) -> Key:
    """Text that must be there and say something."""
    return Key(Kind.TEXT, about, required=True, pattern=pattern, one_of=one_of)


def choice(about: str, default: str, *one_of: str) -> Key:
    """One of some words, which may be left out."""
    return Key(Kind.TEXT, about, one_of=one_of, default=default)


def number(about: str, least: int | None = 0, default: str = "0") -> Key:
    """A number that may be left out."""
    return Key(Kind.NUMBER, about, least=least, default=default)


def count(about: str, least: int | None = 1) -> Key:
    """A number that must be there."""
    return Key(Kind.NUMBER, about, required=True, least=least)


def table(name: str, about: str, required: bool = False) -> Key:
    """One table: ``[name]``."""
    return Key(Kind.TABLE, about, required=required, table=name, default="" if required else "left out")


def tables(name: str, about: str, required: bool = False) -> Key:
    """Any number of tables: ``[[name]]``."""
    return Key(Kind.TABLES, about, required=required, table=name, default="" if required else "none")
