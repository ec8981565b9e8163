"""Stamp sets as TOML files: one of them, and all that can be used."""

from pathlib import Path

from markdesk.config.nearest import did_you_mean
from markdesk.core.annotation import StampSet
from markdesk.core.errors import RubricInvalid
from markdesk.core.plain import show_line
from markdesk.core.stamp_check import check_stamps
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.shelves import Shelf
from markdesk.formats.toml_file import read_toml

MAX_STAMPS = 100_000
"""Bytes; a set with a stamp on every letter has about 5,000."""


def read_stamps(path: Path) -> StampSet:
    """The set in a file. Raises RubricInvalid with every problem on a line of its own: ``file:line: key: …``."""
    file = read_toml(path, MAX_STAMPS, "stamp set")
    stamps, problems = check_stamps(file.data)
    if stamps is None:
        raise file.refusal(problems)
    return stamps


def read_sets(shipped: Path, own: Path, chosen: str = "") -> StampSets:
    """The sets that ship and the teacher's own. A file of hers that is wrong is left out, and what is wrong is said."""
    faults: list[str] = []
    mine: list[StampSet] = []
    shelf = Shelf("stamp set", (own,), read_stamps)
    faults += [told for _, told in shelf.closed()]
    for path in shelf.paths():
        try:
            mine.append(shelf.read(path))
        except RubricInvalid as error:
            faults.append(left_out(path, error))
    sets = StampSets(tuple(read_stamps(path) for path in sorted(shipped.glob("*.toml"))), tuple(mine), chosen)
    if chosen and chosen not in {stamps.id for stamps in sets.sets}:
        known = [stamps.id for stamps in sets.sets]
        hint = did_you_mean(chosen, known) or f"There are: {', '.join(known)}."
        faults.append(f"The setting stamps names no set: '{show_line(chosen)}'. {hint}")
    return StampSets(sets.shipped, sets.own, chosen, tuple(faults))


def left_out(path: Path, error: RubricInvalid) -> str:
    """One sentence for a screen: the first thing that is wrong with a file, and where the rest is told."""
    first, _, more = error.message.partition("\n")
    rest = f" 'markdesk stamps check' says what else is wrong in {show_line(str(path))}." if more else ""
    return f"Your stamps {show_line(path.name)} aren't used: {first.rstrip('.')}.{rest}"
