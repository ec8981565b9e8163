"""What recurs in a pile or a class: the stamps that stand on most essays, and what became of the targets set before.

Only finished essays are counted, and neither stamps without a verdict nor those that no set has any longer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdesk.core.annotation import StampSet, Tone
from markdesk.core.ids import ScriptId
from markdesk.core.marking import Met
from markdesk.desk.assignments import Marked


@dataclass(frozen=True, slots=True)
class Often:
    """A stamp, and on how many essays it stands."""

    code: str
    meaning: str
    essays: int


@dataclass(frozen=True, slots=True)
class WhatRecurs:
    """The stamps, those on most essays first, then by code; and of the targets that were judged how many were met."""

    n: int
    """Finished essays that were counted."""
    stamps: tuple[Often, ...]
    judged: int
    met: int
    partly: int


def what_recurs(rows: Iterable[Marked], codes: Iterable[tuple[ScriptId, str]], stamps: StampSet) -> WhatRecurs:
    """What recurs in these scripts of a pile, where these codes stand on its scripts."""
    done = {row.entry.script.id: row for row in rows if row.is_finished}
    found = Counter(code for script, code in codes if script in done)
    known = [(stamp, found[stamp.code]) for stamp in map(stamps.for_code, found) if stamp is not None]
    became = Counter(row.entry.header.last_target for row in done.values() if row.entry.header is not None)
    return WhatRecurs(
        len(done),
        _ordered(Often(stamp.code, stamp.meaning, n) for stamp, n in known if stamp.tone is not Tone.NEUTRAL),
        became[Met.MET] + became[Met.PARTLY] + became[Met.NOT_YET],
        became[Met.MET],
        became[Met.PARTLY],
    )


def recurs_together(found: Sequence[WhatRecurs]) -> WhatRecurs:
    """The same over several piles."""
    essays: Counter[str] = Counter()
    meanings: dict[str, str] = {}
    for one in (stamp for its in found for stamp in its.stamps):
        essays[one.code] += one.essays
        meanings.setdefault(one.code, one.meaning)
    return WhatRecurs(
        sum(its.n for its in found),
        _ordered(Often(code, meanings[code], n) for code, n in essays.items()),
        sum(its.judged for its in found),
        sum(its.met for its in found),
        sum(its.partly for its in found),
    )


def _ordered(found: Iterable[Often]) -> tuple[Often, ...]:
    return tuple(sorted(found, key=lambda one: (-one.essays, one.code)))
