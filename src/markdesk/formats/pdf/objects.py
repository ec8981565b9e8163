"""The objects of a PDF, any of which may be somewhere else, missing, or of another kind than it should be."""

from typing import Any

from pypdf.generic import DictionaryObject


def value(thing: Any) -> Any:
    """The thing itself, where a reference to it may stand in its place."""
    return thing.get_object() if hasattr(thing, "get_object") else thing


def inside(thing: Any, name: str) -> Any:
    """What a dictionary has under a name; None where it has nothing or is no dictionary."""
    holder = value(thing)
    return value(holder.get(name)) if isinstance(holder, DictionaryObject) else None


def numbers(things: Any) -> list[float]:
    """Those of the things that are numbers."""
    return [float(thing) for thing in things if isinstance(thing, (int, float))]
