"""A day as a teacher writes it, and as she reads it. Kept, it is ISO: ``2026-11-25``."""

import re
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_BY_NUMBER = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})(?:\s*[/.-]\s*([0-9]{4}|[0-9]{2}))?")
_BY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?(?:\s+([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def read_day(text: str, today: str) -> str | None:
    """``25 Nov 2026``, ``25/11/2026``, ``25/11``, ``2026-11-25``, ``today`` or ``yesterday`` as ISO; else None.

    The day comes before the month. Without a year it is today's; a year lies in this century.
    """
    typed = " ".join(text.casefold().split())
    now = date.fromisoformat(today)
    if typed in ("today", "yesterday"):
        return (now if typed == "today" else now - timedelta(days=1)).isoformat()
    if found := _ISO.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _BY_NUMBER.fullmatch(typed):
        return _day(_year(found[3], now), int(found[2]), int(found[1]))
    if found := _BY_NAME.fullmatch(typed):
        fits = [at for at, name in enumerate(_NAMES, start=1) if name.startswith(found[2])]
        return _day(_year(found[3], now), fits[0], int(found[1])) if len(fits) == 1 else None
    return None


def _year(written: str | None, now: date) -> int:
    if written is None:
        return now.year
    return int(written) + (2000 if len(written) == 2 else 0)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 2000 <= year <= 2099 else None
    except ValueError:  # the 31st of February
        return None


def month_told(iso: str, between: str = " ") -> str:
    """``2026-11-25`` as ``Nov 26``; empty for no day."""
    return f"{MONTHS[int(iso[5:7]) - 1]}{between}{iso[2:4]}" if _ISO.match(iso) else ""


def tell_day(iso: str) -> str:
    """``2026-11-25`` as ``25 Nov 2026``."""
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
