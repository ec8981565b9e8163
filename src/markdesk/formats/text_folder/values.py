"""Domain values as plain data, and back: one way for the log's lines and for the TOML files.

What has its default is left out, so that a field which a later version adds doesn't alter what is written of an older
desk. Reading is strict: what isn't a field, or isn't of the field's type, is refused with the way to it.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from markdesk.core.plain import show_line

Path = tuple[str | int, ...]
Read = Callable[[Any, Path], Any]

LARGEST = 2**63
"""Whole numbers stay below it: a desk's file can hold no others."""


class Unfit(Exception):
    """A plain value that is none of the domain's; ``path`` leads to it."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def to_plain(value: Any) -> Any:
    """The value as texts, whole numbers, yes or no, lists and tables."""
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(value[key]) for key in sorted(value)}
    if is_dataclass(value) and not isinstance(value, type):
        plain = {}
        for name, usual in _usual(type(value)):
            has = getattr(value, name)
            if has is not None and (usual is MISSING or has != usual):
                plain[name] = to_plain(has)
        return plain
    return value


@cache
def _usual(cls: type) -> tuple[tuple[str, Any], ...]:
    """Each field with its default."""
    return tuple((field.name, _default(field)) for field in fields(cls))


def _default(field: "Field[Any]") -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def from_plain(cls: type, plain: Any, path: Path = ()) -> Any:
    """The value of this class that ``to_plain`` wrote. Raises Unfit for anything else."""
    return _reader(cls)(plain, path)


@cache
def _reader(wanted: Any) -> Read:
    """What reads a value of this type."""
    if isinstance(wanted, NewType):
        return _reader(wanted.__supertype__)
    origin, args = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _one_of(tuple(_reader(arg) for arg in args if arg is not type(None)))
    if origin is tuple:
        if args[-1] is Ellipsis:
            return _list(_reader(args[0]))
        return _row(tuple(_reader(arg) for arg in args))
    if origin is dict:
        return _words(_reader(args[1]))
    if is_dataclass(wanted):
        return _Table(wanted)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return _word(wanted)
    return {str: _text, bool: _yes_or_no, int: _number, Fraction: _fraction}[wanted]


def _text(plain: Any, path: Path) -> str:
    if not isinstance(plain, str):
        raise Unfit(path, f"must be text, not {_shown(plain)}")
    if not plain.isascii():
        try:
            plain.encode()
        except UnicodeEncodeError:
            raise Unfit(path, "holds half a character, which no text of a desk does") from None
    return plain


def _number(plain: Any, path: Path) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool) or abs(plain) >= LARGEST:
        raise Unfit(path, f"must be a whole number, not {_shown(plain)}")
    return plain


def _yes_or_no(plain: Any, path: Path) -> bool:
    if not isinstance(plain, bool):
        raise Unfit(path, f"must be true or false, not {_shown(plain)}")
    return plain


def _fraction(plain: Any, path: Path) -> Fraction:
    above, stroke, below = plain.partition("/") if isinstance(plain, str) else ("", "", "")
    digits = all(part.isascii() and part.isdigit() and len(part) < 10 for part in (above, below))
    if not (stroke and digits and int(below)):
        raise Unfit(path, f'must be a fraction such as "4/5", not {_shown(plain)}')
    return Fraction(int(above), int(below))


def _word(kind: type[StrEnum]) -> Read:
    def read(plain: Any, path: Path) -> Any:
        try:
            return kind(_text(plain, path))
        except ValueError:
            raise Unfit(path, f"can't be {_shown(plain)}; known: {', '.join(kind)}") from None

    return read


def _one_of(readers: tuple[Read, ...]) -> Read:
    def read(plain: Any, path: Path) -> Any:
        for reader in readers[:-1]:
            try:
                return reader(plain, path)
            except Unfit:
                continue
        return readers[-1](plain, path)

    return read


def _list(item: Read) -> Read:
    def read(plain: Any, path: Path) -> Any:
        return tuple(item(one, (*path, index)) for index, one in enumerate(_listed(plain, path)))

    return read


def _row(items: tuple[Read, ...]) -> Read:
    def read(plain: Any, path: Path) -> Any:
        if len(_listed(plain, path)) != len(items):
            raise Unfit(path, f"must be {len(items)} values, not {len(plain)}")
        return tuple(item(one, (*path, at)) for at, (item, one) in enumerate(zip(items, plain, strict=True)))

    return read


def _words(value: Read) -> Read:
    def read(plain: Any, path: Path) -> Any:
        return {_text(key, path): value(one, (*path, key)) for key, one in _tabled(plain, path).items()}

    return read


class _Table:
    """Reads a value of one class, its fields by their names."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls
        hints = get_type_hints(cls)
        self._fields = {field.name: _reader(hints[field.name]) for field in fields(cls)}
        # A field without a default is left out where it is None.
        self._needed = {field.name: type(None) in get_args(hints[field.name]) for field in fields(cls)
                        if _default(field) is MISSING}  # fmt: skip

    def __call__(self, plain: Any, path: Path) -> Any:
        found = {}
        for name, value in _tabled(plain, path).items():
            read = self._fields.get(name)
            if read is None:
                raise Unfit((*path, name), f"is not a key of this table; known: {', '.join(self._fields)}")
            found[name] = read(value, (*path, name))
        for name, may_be_none in self._needed.items():
            if name not in found:
                if not may_be_none:
                    raise Unfit(path, f"'{name}' is missing")
                found[name] = None
        return self._cls(**found)


def _listed(plain: Any, path: Path) -> list[Any]:
    if not isinstance(plain, list):
        raise Unfit(path, f"must be a list, not {_shown(plain)}")
    return plain


def _tabled(plain: Any, path: Path) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise Unfit(path, f"must be a table, not {_shown(plain)}")
    return plain


def _shown(plain: Any) -> str:
    return show_line(f"{plain!r:.60}")
