"""Which school system a listing comes from, and what each of its files is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdesk.core.errors import MarkdeskError
from markdesk.core.whose import Sureness
from markdesk.formats.downloads import plain
from markdesk.formats.downloads.blackboard import BLACKBOARD
from markdesk.formats.downloads.brightspace import BRIGHTSPACE
from markdesk.formats.downloads.canvas import CANVAS
from markdesk.formats.downloads.google import GOOGLE
from markdesk.formats.downloads.members import (
    MOODLES_FEEDBACK,
    Claim,
    Download,
    Member,
    Peek,
    Sorted,
    System,
    Use,
    is_list,
    is_our_feedback,
    litter,
    returned,
)
from markdesk.formats.downloads.moodle import MOODLE
from markdesk.formats.downloads.settle import settle
from markdesk.formats.downloads.teams import TEAMS
from markdesk.formats.downloads.turnitin import TURNITIN

SYSTEMS = (MOODLE, BLACKBOARD, CANVAS, BRIGHTSPACE, TEAMS, TURNITIN, GOOGLE)
TITLES = {
    "moodle": "Moodle",
    "canvas": "Canvas",
    "turnitin": "Turnitin",
    "blackboard": "Blackboard",
    "brightspace": "Brightspace",
    "teams": "Teams",
    "google": "Google Classroom",
}
"""What a system is called in a sentence."""
LEAST_SHARE = 0.6
"""Of the files, not counting litter and lists, that must fit a system for the listing to be its download."""
MARGIN = 0.2
"""By how much a system must lead the next one."""
WORTH_A_WORD = 0.3
"""The share of the files from which on it is told that they may be from a system."""
UNMISTAKABLE = 0.98
"""From this weight on a single file is known by its name, in whatever folder it lies."""
LONGEST_PATH = 1_000
"""Characters: no system that teachers use can write a longer one to a disk."""
PLAIN_WEIGHT = 0.5
"""Plain names come about by chance all the time."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one system makes of the listing."""

    system: System
    claims: dict[int, Claim]
    share: float

    @property
    def score(self) -> float:
        return self.share * self.system.weight


def understand(members: Sequence[Member], peek: Peek) -> Download:
    """Whose the files of a folder or zip are, as far as their names tell. It never raises, and leaves none out."""
    claims: dict[int, Claim] = {}
    for i, member in enumerate(members):
        if why := litter(member):
            claims[i] = Claim(Use.LITTER, why)
        elif len(member.path) > LONGEST_PATH:
            claims[i] = Claim(Use.ESSAY, "its name is too long to be read")
        elif MOODLES_FEEDBACK in member.path:
            claims[i] = Claim(Use.RETURNED, "feedback that Moodle keeps")
        elif is_our_feedback(member):
            claims[i] = Claim(Use.RETURNED, "a sheet that markdesk wrote")
    open_ones = [i for i in range(len(members)) if i not in claims]
    listing = [members[i] for i in open_ones]
    readings = sorted((_read(system, listing, peek) for system in SYSTEMS), key=lambda each: -each.score)
    best = _winner(readings)
    found = dict(best.claims) if best else {}
    _add_strays(found, readings, best)
    left = [n for n in range(len(listing)) if n not in found]
    by_name = plain.claims([listing[n] for n in left])
    found |= {left[n]: claim for n, claim in by_name.items()}
    notes = [*(best.system.notes(best.claims) if best else ()), *settle(found)]
    claims |= {open_ones[n]: claim for n, claim in found.items()}
    return Download(
        best.system.name if best else "",
        round(best.score if best else _plain_confidence(found), 3),
        tuple(Sorted(member, claims[i].whose, claims[i].use, claims[i].why) for i, member in enumerate(members)),
        (*_about_the_system(readings, best), *notes),
    )


def _read(system: System, listing: Sequence[Member], peek: Peek) -> _Reading:
    found = dict(system.claims(listing, _quiet(peek)))
    counted = sum(1 for i, member in enumerate(listing) if i in found or not (is_list(member) or returned(member)))
    return _Reading(system, found, len(found) / counted if counted else 0.0)


def _quiet(peek: Peek) -> Peek:
    """A text that can't be read says nothing; that it can't be read is told when it is imported."""

    def peeked(path: str) -> str:
        try:
            return peek(path)
        except (MarkdeskError, OSError, KeyError):
            return ""

    return peeked


def _winner(readings: Sequence[_Reading]) -> _Reading | None:
    first, second = readings[:2]
    is_clear = first.share >= LEAST_SHARE and first.score - second.score >= MARGIN
    return first if is_clear else None


def _add_strays(found: dict[int, Claim], readings: Sequence[_Reading], best: _Reading | None) -> None:
    """A file of a system whose names are unmistakable is read as such among others too, and asked about."""
    for reading in readings:
        if reading is not best and reading.system.weight >= UNMISTAKABLE:
            for n, claim in reading.claims.items():
                who = claim.whose and replace(claim.whose, sureness=Sureness.CHECK)
                found.setdefault(n, replace(claim, whose=who))


def _plain_confidence(found: dict[int, Claim]) -> float:
    work = [claim for claim in found.values() if claim.use is Use.ESSAY]
    return PLAIN_WEIGHT * sum(claim.whose is not None for claim in work) / len(work) if work else 0.0


def _about_the_system(readings: Sequence[_Reading], best: _Reading | None) -> list[str]:
    likely = [TITLES[reading.system.name] for reading in readings if reading.share >= WORTH_A_WORD]
    if best or not likely:
        return []
    told = " or ".join(likely)
    return [f"Some files look as if they were from {told}, but not enough of them: each was read by its own name."]
