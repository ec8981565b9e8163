"""Brightspace's (D2L's) download: ``271836-442356 - Amara Okafor - Dec 5, 2024 1149 AM - essay.docx``.

The first half names a folder where each submission has one. What the two numbers stand for isn't documented, and a
pair was seen that two students had: it is nobody's id, and the name is always asked about.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markdesk.core.naming import is_team, tidy, written_name
from markdesk.core.plain import fold
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_NUMBERS = re.compile(r"(\d{2,12}-\d{2,12}) ?- (.+)", re.S)
_DASH = re.compile(r" ?- ")
_ALL_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = _ALL_MONTHS.split()
_DATE = re.compile(
    r"(?:(?P<m1>[a-z]{3})[a-z]*\.? (?P<d1>\d{1,2}),?|(?P<d2>\d{1,2}) (?P<m2>[a-z]{3})[a-z]*\.?,?)"
    r" (?P<year>\d{4})(?:,? (?P<hour>\d{1,2}):?(?P<minute>\d\d)(?: ?(?P<half>[ap])\.?m\.?)?)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a name of Brightspace's is made of."""

    numbers: str
    names: tuple[str, ...]
    date: tuple[int, ...]


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the outermost folder or file name that begins with two numbers."""
    places: dict[int, _Place] = {}
    found: dict[int, Claim] = {}
    for i, member in enumerate(members):
        place = next((place for part in member.parts if (place := _place(part))), None)
        if place:
            places[i] = place
        elif member.name.casefold() == "index.html" and len(member.parts) <= 2:
            found[i] = Claim(Use.ABOUT, "Brightspace's page about the download")
    people: dict[str, set[str]] = defaultdict(set)
    for place in places.values():
        people[place.numbers].add(fold(" ".join(place.names)))
    for i, place in places.items():
        found[i] = _claim(place, has_numbers_of_its_own=len(people[place.numbers]) == 1)
    return found if places else {}


def _place(part: str) -> _Place | None:
    match = _NUMBERS.fullmatch(tidy(part))
    if match is None:
        return None
    segments = _DASH.split(match.group(2))
    for n, segment in enumerate(segments):
        date = _date(segment)
        if date and n:
            return _Place(match.group(1), tuple(segments[:n]), date)
    return _Place(match.group(1), tuple(segments[:1]), ())


def _date(text: str) -> tuple[int, ...]:
    match = _DATE.fullmatch(text.strip())
    month = (match["m1"] or match["m2"]).casefold() if match else ""
    if match is None or month not in _MONTHS:
        return ()
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold() == "p" else 0)
    day = int(match["d1"] or match["d2"])
    return int(match["year"]), _MONTHS.index(month) + 1, day, hour, int(match["minute"] or 0)


def _claim(place: _Place, *, has_numbers_of_its_own: bool) -> Claim:
    # Some schools have the student's number stand before the name.
    ids = [name for name in place.names if any(map(str.isdigit, name)) and " " not in name]
    names = [name for name in place.names if name not in ids]
    read = written_name(names[0]) if len(names) == 1 and not is_team(names[0]) else None
    why = "read from Brightspace's name of it" if read else "Brightspace names a group, or nobody who can be told"
    own = ids[0] if len(ids) == 1 else ""
    who = whose("brightspace", read, why, known_as=own, id_of="person" if own else "")
    person = f"{place.numbers} {fold(' '.join(place.names))}"
    claim = Claim(Use.ESSAY, why, who, person)
    # Where all have one pair of numbers, two files of one name may be two students', and no attempts of one.
    is_a_thread = place.date and (has_numbers_of_its_own or own)
    return replace(claim, thread=person, order=place.date) if is_a_thread else claim


BRIGHTSPACE = System("brightspace", 0.95, claims)
