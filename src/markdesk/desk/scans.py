"""Scans of handwritten scripts: kept with a script, taken off again, one of a whole class divided among its scripts.

A file is kept once, by its hash, however many scripts have pages of it. What is taken off stays in the log.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from markdesk.core.canonical import file_hash
from markdesk.core.changes import AnyChange, ScriptChanged
from markdesk.core.coursework import Assignment, Scan
from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.core.essay import normalise
from markdesk.core.ids import ScriptId
from markdesk.core.pad import MOST_PAGES
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.core.scans import (
    Listed,
    Pages,
    dealt,
    left_over,
    page_count,
    pages_of,
    refuse_faulty_list,
    told_pages,
)
from markdesk.desk.anonymous import named
from markdesk.desk.desk import Desk, find_script, whose
from markdesk.desk.ports import Entry, Keep
from markdesk.desk.queueing import missing

MOST_BYTES = 25_000_000
MOST_CLASS_BYTES = 100_000_000
"""A class's scan may be larger than one script's: it is kept once, with each copy of the desk."""
MOST_CLASS_PAGES = 2_000
PILE, BY_NAME = "pile", "name"


@dataclass(frozen=True)
class ScanFile:
    """A file that can be kept as a scan."""

    file_name: str
    content: bytes
    ending: str
    """What it is, by its bytes: ``pdf``, ``jpg``, ``png``, ``heic`` or ``tiff``."""
    pages: int
    """0 of a picture, which is one."""

    @cached_property
    def hash(self) -> str:
        """What it is kept by."""
        return file_hash(self.content)

    def scan(self, pages: Pages | None = None) -> Scan:
        """The whole of it, or these pages, as a script has it."""
        if pages is None and self.pages:
            pages = Pages(1, self.pages)
        first, last = (pages.first, pages.last) if pages else (0, 0)
        return Scan(self.hash, normalise(self.file_name), first, last)


@dataclass(frozen=True, slots=True)
class KeptScan:
    """A scan with its file, to be looked at."""

    content: bytes
    """The whole file."""
    pages: Pages | None
    """Those of this script; None of a picture."""
    called: str
    """Whose it is, for the name of a copy; empty while names are hidden."""
    short_id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of copies that were to be looked at."""

    paths: tuple[str, ...]
    trouble: str = ""
    """Why no program shows them; empty where one does."""


class ScanViewer(Protocol):
    """Shows scans with the system's own viewer. Its copies go when the program ends."""

    def show(self, scans: Sequence[KeptScan]) -> Shown:
        """Make a copy of each and open it. Raises MarkdeskError where there can be none."""
        ...

    def clear_left_overs(self) -> None:
        """Take away the copies of a program that was killed."""
        ...


# -- one script


@dataclass(frozen=True, slots=True)
class Added:
    """What adding files to a script came to."""

    entry: Entry
    """As it is now."""
    new: tuple[Scan, ...]
    there: tuple[Scan, ...]
    """Those that the script had already."""


def add_scans(desk: Desk, entry: Entry, files: Sequence[ScanFile]) -> Added:
    """Keep files with a handwritten script, in their order, as one step. One that it has already changes nothing."""
    with desk.store.together():
        entry = _again(desk, entry.script.id)
        _refuse_typed(entry)
        script = entry.script
        wanted = tuple(dict.fromkeys(file.scan() for file in files))
        new = tuple(scan for scan in wanted if scan not in script.scans)
        there = tuple(scan for scan in wanted if scan in script.scans)
        if not new:
            return Added(entry, (), there)
        _refuse_shared([(entry, new)], desk.store.entries(None))
        _refuse_overlaps(entry, new)
        after = replace(script, scans=(*script.scans, *new))
        _refuse_too_many(entry, after.scans)
        told = f"Scan of {told_pages(page_count(new))}: {whose(entry)}"
        kept = {file.hash: file.content for file in files}
        desk.commit("scan", told, (ScriptChanged(script, after),), Keep(sources=kept))
        return Added(replace(entry, script=after), new, there)


def remove_scan(desk: Desk, entry: Entry, number: int | None) -> tuple[Entry, Scan]:
    """Take one scan off a script, by its place from 1; without a place where there is only one.

    Raises NotFound where the script has none of that place, and MarkdeskError where it must be said which.
    """
    with desk.store.together():
        entry = _again(desk, entry.script.id)
        script = entry.script
        count = len(script.scans)
        if not count:
            raise NotFound(f"{whose(entry)} has no scan.")
        if number is None and count > 1:
            raise MarkdeskError(f"{whose(entry)} has {count} scans.", f"Say which goes: 1 to {count}.")
        if number is not None and not 1 <= number <= count:
            raise NotFound(f"{whose(entry)} has no scan {number}.", f"It has {count}, counted from 1.")
        gone = script.scans[(number or 1) - 1]
        after = replace(script, scans=tuple(scan for scan in script.scans if scan != gone))
        desk.commit("scan off", f"Scan taken off: {whose(entry)}", (ScriptChanged(script, after),))
        return replace(entry, script=after), gone


def kept_scans(desk: Desk, script_id: ScriptId, number: int | None = None) -> tuple[Entry, tuple[KeptScan, ...]]:
    """The script as it is by now, and its scans with their files; ``number`` gives one of them.

    Raises NotFound where it has none, or none of that number.
    """
    entry = _again(desk, script_id)
    scans = entry.script.scans
    if not scans:
        way = f"'markdesk scan add {entry.script.short_id} FILE' keeps one."
        raise NotFound(f"{whose(entry)} has no scan.", way)
    if number is not None:
        if not 1 <= number <= len(scans):
            raise NotFound(f"{whose(entry)} has no scan {number}.", f"It has {len(scans)}, counted from 1.")
        scans = scans[number - 1 : number]
    called, short = named(entry) or "", entry.script.short_id
    return entry, tuple(
        KeptScan(desk.store.source(one.source_hash), pages_of(one) if one.first_page else None, called, short)
        for one in scans
    )


# -- a whole class


@dataclass(frozen=True, slots=True)
class Part:
    """The pages of one script in a class's scan."""

    entry: Entry
    pages: tuple[Pages, ...]
    """Empty for a script that loses those that it had."""
    had: tuple[Pages, ...] = ()
    """Those that it had of this file before."""


@dataclass(frozen=True, slots=True)
class SplitOrder:
    """How a class's scan is to be divided."""

    each: int | None = None
    """So many pages a script; None divides them evenly."""
    listed: tuple[Listed, ...] = ()
    """Whose pages are which, in place of that."""
    by: str = PILE
    """The order in which the scripts were scanned: that of the pile as it was laid out, or of family names."""
    without: tuple[str, ...] = ()
    """Who handed nothing in."""


@dataclass(frozen=True, slots=True)
class Split:
    """What dividing a class's scan does."""

    parts: tuple[Part, ...]
    """In the order of the pages."""
    lost: tuple[Part, ...]
    """Scripts that had pages of this file before and have none now."""
    left_out: tuple[Entry, ...]
    """Paper scripts that get none: their students were away, or weren't listed."""
    unused: tuple[Pages, ...]
    """Pages that are nobody's."""
    without_script: tuple[Student, ...]
    """Who is in the class, has no paper script, and of whom nothing is noted: their pages may be among these."""
    changes: tuple[AnyChange, ...]
    keep: Keep


def plan_split(desk: Desk, assignment: Assignment, file: ScanFile, order: SplitOrder) -> Split:
    """Whose pages are which, with nothing written. A file that was divided before is divided anew.

    Raises MarkdeskError where the pages don't come out, or are another student's.
    """
    if file.ending != "pdf":
        raise MarkdeskError(
            f"{show_line(file.file_name)} is a picture; a class's scan is a PDF.",
            "'markdesk scan add SCRIPT FILE' keeps a picture with one script.",
        )
    entries = desk.store.entries(desk.marker.id, assignment.id)
    paper = [entry for entry in entries if entry.script.essay_hash is None]
    if not paper:
        raise MarkdeskError(
            f"'{show_line(assignment.name)}' has no paper scripts to divide a scan among.",
            "'markdesk paper' lays out one for each student.",
        )
    if order.listed:
        given = _as_listed(desk, assignment, file, order.listed)
    else:
        given = _as_dealt(desk, assignment, paper, file, order)
    had = {e.script.id: _pages_of_file(e, file) for e in paper}
    parts = tuple(Part(entry, pages, had[entry.script.id]) for entry, pages in given)
    ids = {part.entry.script.id for part in parts}
    others = [entry for entry in paper if entry.script.id not in ids]
    lost = tuple(Part(entry, (), had[entry.script.id]) for entry in others if had[entry.script.id])
    changes: list[AnyChange] = []
    wanted: list[tuple[Entry, tuple[Scan, ...]]] = []
    for part in (*parts, *lost):
        script = part.entry.script
        if part.pages == part.had:
            continue
        new = tuple(file.scan(pages) for pages in part.pages)
        after = replace(script, scans=(*(one for one in script.scans if one.source_hash != file.hash), *new))
        _refuse_too_many(part.entry, after.scans)
        wanted.append((part.entry, new))
        changes.append(ScriptChanged(script, after))
    _refuse_shared(wanted, [e for e in desk.store.entries(None) if e.assignment.id != assignment.id])
    used = (pages for part in parts for pages in part.pages)
    return Split(
        parts,
        lost,
        tuple(others),
        left_over(file.pages, used),
        tuple(one.student for one in missing(desk, assignment, entries) if one.absence is None),
        tuple(changes),
        Keep(sources={file.hash: file.content}) if changes else Keep(),
    )


def split(desk: Desk, find: Callable[[], Assignment], file: ScanFile, order: SplitOrder) -> Split:
    """Do it, as one step; planned where nobody else writes."""
    with desk.store.together():
        assignment = find()
        plan = plan_split(desk, assignment, file, order)
        if plan.changes:
            told = f"A scan of {told_pages(file.pages)} divided among {len(plan.parts)} scripts for {assignment.name}"
            desk.commit("scan split", told, plan.changes, plan.keep)
        return plan


def _as_dealt(
    desk: Desk, assignment: Assignment, paper: Sequence[Entry], file: ScanFile, order: SplitOrder
) -> list[tuple[Entry, tuple[Pages, ...]]]:
    away = {absence.student_id for absence in desk.store.absences(assignment.id)}
    away |= {_paper_script(desk, assignment, name).student.id for name in order.without}
    there = [entry for entry in paper if entry.student.id not in away]
    if not there:
        raise MarkdeskError("Nobody is left whose pages they could be.")
    if order.by == BY_NAME:
        there.sort(key=lambda entry: entry.student.sort_key)
    else:
        there.sort(key=lambda entry: (entry.script.received_at, entry.script.id))
    runs = dealt(file.file_name, file.pages, len(there), order.each)
    return [(entry, (pages,)) for entry, pages in zip(there, runs, strict=True)]


def _as_listed(
    desk: Desk, assignment: Assignment, file: ScanFile, listed: Sequence[Listed]
) -> list[tuple[Entry, tuple[Pages, ...]]]:
    refuse_faulty_list(listed, file.pages, file.file_name)
    found: dict[ScriptId, tuple[Entry, list[Pages]]] = {}
    for one in sorted(listed, key=lambda one: one.pages):
        try:
            entry = _paper_script(desk, assignment, one.student)
        except MarkdeskError as error:
            raise type(error)(f"Line {one.line} of the list: {error.message}", error.hint) from error
        found.setdefault(entry.script.id, (entry, []))[1].append(one.pages)
    return [(entry, tuple(pages)) for entry, pages in found.values()]


def _paper_script(desk: Desk, assignment: Assignment, name: str) -> Entry:
    entry = find_script(desk, f"{assignment.id}/{name}")
    _refuse_typed(entry)
    return entry


def _pages_of_file(entry: Entry, file: ScanFile) -> tuple[Pages, ...]:
    return tuple(pages_of(one) for one in entry.script.scans if one.source_hash == file.hash)


# -- what is refused


def _again(desk: Desk, script_id: ScriptId) -> Entry:
    return desk.store.entries(desk.marker.id, script_id=script_id)[0]


def _refuse_typed(entry: Entry) -> None:
    if entry.script.essay_hash is not None:
        raise MarkdeskError(
            f"{whose(entry)} has its text on the desk; scans are kept with handwritten scripts.",
            "'markdesk paper' lays out a handwritten one.",
        )


def _refuse_too_many(entry: Entry, scans: Iterable[Scan]) -> None:
    pages = page_count(scans)
    if pages > MOST_PAGES:
        raise MarkdeskError(
            f"{whose(entry)} would have {told_pages(pages)}; a script has at most {MOST_PAGES}.",
            "Is it the scan of a whole class? 'markdesk scan split' divides one.",
        )


def _refuse_overlaps(entry: Entry, new: Sequence[Scan]) -> None:
    """A page that the script has already, as part of a class's scan, isn't kept with it a second time."""
    for one in new:
        for other in entry.script.scans:
            if other.source_hash == one.source_hash and pages_of(one).overlaps(pages_of(other)):
                raise MarkdeskError(
                    f"{whose(entry)} has pages {pages_of(other)} of this file already.", "Nothing was changed."
                )


def _refuse_shared(wanted: Sequence[tuple[Entry, Sequence[Scan]]], entries: Iterable[Entry]) -> None:
    """A page is one student's: raises MarkdeskError where another student's script has it, in any assignment."""
    by_file: dict[str, list[tuple[Entry, Pages]]] = {}
    for other in entries:
        for scan in other.script.scans:
            by_file.setdefault(scan.source_hash, []).append((other, pages_of(scan)))
    for entry, scans in wanted:
        for scan in scans:
            for other, pages in by_file.get(scan.source_hash, ()):
                if other.student.id != entry.student.id and pages.overlaps(pages_of(scan)):
                    raise MarkdeskError(
                        f"{show_line(scan.file_name)} is kept with another student's script: {whose(other)}, "
                        f"{show_line(other.assignment.name)}.",
                        f"If that is wrong, take it off there: 'markdesk scan remove {other.script.short_id}'.",
                    )
