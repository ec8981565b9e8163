"""What recurs in a pile or a class: the stamps that stand on most essays, what was said on most of them in the same
words, and what became of the targets set before.

Only finished essays are counted, and neither stamps without a verdict nor those that no set has any longer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from markdesk.core.annotation import StampSet, Tone
from markdesk.core.anonymity import unnamed
from markdesk.core.bank import text_key
from markdesk.core.feedback import Field
from markdesk.core.ids import ScriptId
from markdesk.core.marking import Met
from markdesk.desk.assignments import Marked


@dataclass(frozen=True, slots=True)
class Often:
    """A stamp, and on how many essays it stands."""

    code: str
    meaning: str
    essays: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Said:
    """A comment on a passage, which has no field, or a line of feedback, and on how many essays the same was said."""

    field: Field | None
    text: str
    essays: int


@dataclass(frozen=True, slots=True)
class WhatRecurs:
    """The stamps, those on most essays first, then by code; and of the targets that were judged how many were met."""

    n: int
    """Finished essays that were counted."""
    stamps: tuple[Often, ...]
    said: tuple[Said, ...]
    """Whatever was said, that on most essays first, then by its words."""
    judged: int
    met: int
    partly: int


NOTHING_RECURS = WhatRecurs(0, (), (), 0, 0, 0)


def what_recurs(
    rows: Iterable[Marked],
    codes: Iterable[tuple[ScriptId, str]],
    told: Iterable[tuple[ScriptId, Field | None, str]],
    stamps: StampSet,
    is_anonymous: bool = False,
) -> WhatRecurs:
    """What recurs in these scripts of a pile, on whose scripts these codes stand and this was told to students.

    Where it ``is_anonymous``, a student's name is left out of what was told her.
    """
    done = {row.entry.script.id: row for row in rows if row.is_finished}
    found = Counter(code for script, code in codes if script in done)
    known = [(stamp, found[stamp.code]) for stamp in map(stamps.for_code, found) if stamp is not None]
    # Once of each essay, however often it stands there; of several spellings the first of the alphabet.
    its = ((text, script, field) for script, field, text in told if script in done)
    if is_anonymous:
        its = ((unnamed(text, done[script].entry.student), script, field) for text, script, field in its)
    spelt = sorted(its, key=itemgetter(0))
    once = {(script, field, text_key(text)): Said(field, text, 1) for text, script, field in reversed(spelt)}
    became = Counter(row.entry.header.last_target for row in done.values() if row.entry.header is not None)
    return WhatRecurs(
        len(done),
        _ordered(
            Often(stamp.code, stamp.meaning, n, stamp.tone) for stamp, n in known if stamp.tone is not Tone.NEUTRAL
        ),
        _said(once.values()),
        became[Met.MET] + became[Met.PARTLY] + became[Met.NOT_YET],
        became[Met.MET],
        became[Met.PARTLY],
    )


def recurs_together(found: Sequence[WhatRecurs]) -> WhatRecurs:
    """The same over several piles."""
    essays: Counter[str] = Counter()
    first: dict[str, Often] = {}
    for one in (stamp for its in found for stamp in its.stamps):
        essays[one.code] += one.essays
        first.setdefault(one.code, one)
    return WhatRecurs(
        sum(its.n for its in found),
        _ordered(replace(first[code], essays=n) for code, n in essays.items()),
        _said(one for its in found for one in its.said),
        sum(its.judged for its in found),
        sum(its.met for its in found),
        sum(its.partly for its in found),
    )


def _ordered(found: Iterable[Often]) -> tuple[Often, ...]:
    return tuple(sorted(found, key=lambda one: (-one.essays, one.code)))


def _said(found: Iterable[Said]) -> tuple[Said, ...]:
    """What was said in the same words, together."""
    essays: Counter[tuple[Field | None, str]] = Counter()
    spelt: dict[tuple[Field | None, str], str] = {}
    for one in found:
        key = one.field, text_key(one.text)
        if not key[1]:  # stops and nothing else
            continue
        essays[key] += one.essays
        spelt[key] = min(one.text, spelt.get(key, one.text))
    said = (Said(field, spelt[field, words], n) for (field, words), n in essays.items())
    return tuple(sorted(said, key=lambda one: (-one.essays, one.text, one.field or "")))
