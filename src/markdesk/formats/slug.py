"""File names that are safe on every system: never a student's name as it was written (it may hold ``../``)."""

import re

from markdesk.core.plain import fold

LONGEST = 40
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")


def slug(name: str, fallback: str = "student") -> str:
    """Lower-case ASCII letters and digits, at most 40: ``Chloe Świderska`` is ``chloe-swiderska``."""
    short = re.sub(r"[^a-z0-9]+", "-", fold(name).encode("ascii", "ignore").decode()).strip("-")[:LONGEST].strip("-")
    if not short:
        return fallback
    return f"{fallback}-{short}" if _RESERVED.match(short) else short


def file_name(name: str, short_id: str, ending: str, fallback: str = "student") -> str:
    """``chloe-swiderska_3f9a2c.md``: the id keeps two students of one name apart."""
    tail = re.sub(r"[^a-z0-9]", "", short_id.lower()) or "0"
    return f"{slug(name, fallback)}_{tail}.{ending}"
