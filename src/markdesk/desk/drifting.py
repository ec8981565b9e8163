"""A pile in the order in which it was marked: whether the standard moved, and how the marker's own hand changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from markdesk.core.against_usual import FEWEST as FEWEST_AGAINST_USUAL
from markdesk.core.against_usual import AgainstUsual, against_usual
from markdesk.core.annotation import StampSet, Tone
from markdesk.core.award import Award, total
from markdesk.core.coursework import Assignment
from markdesk.core.drift import ENOUGH, FEWEST, Drift, drift, usual_shares
from markdesk.core.ids import MarkerId, MarkingId, RubricHash, ScriptId, StudentId
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_compare import compares
from markdesk.desk.assignments import Marked
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry, PastMarks, Remark
from markdesk.desk.sitting import Sitting

RECENT = 10
"""So many earlier marks of a student tell what she usually gets: those of years ago say less of her, and cost time."""

Past = Mapping[StudentId, Sequence[Fraction]]
"""What students got before, by student, as shares of the maximum."""
NO_PAST: Past = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PileDrift:
    """What the order of marking shows of a pile's totals and, where there are several, of each scale's marks."""

    total: Drift | None
    scales: tuple[tuple[str, Drift], ...] = ()
    """By the scale's id. Of several scales one may look like drift by chance alone: no flag is raised for them."""
    why_not: str = ""
    """Why nothing is said of the totals."""

    @property
    def told(self) -> str:
        """The sentence, with what to make of it; else why there is none."""
        if self.total is None:
            return f"{self.why_not}."
        told = f"{self.total.told}{'' if self.total.is_sign else ': no sign of drift'}."
        return f"{told} {self.total.sums}." if self.total.sums else told


def in_order_marked(entries: Iterable[Entry]) -> list[Entry]:
    """What is finished, in the order in which it was."""
    done = [entry for entry in entries if entry.finished_at is not None]
    return sorted(done, key=lambda entry: entry.finished_at or "")


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a pile can show a drift, in the order in which it was finished."""

    rows: tuple[Marked, ...]
    is_ordered: bool
    """Not where several were finished at one moment, as marks are that a program enters: the order isn't known then."""

    @property
    def marks(self) -> list[int]:
        """The totals."""
        return [row.total.value for row in self.rows if isinstance(row.total.value, int)]


def judged_once(rows: Iterable[Marked], rubric: Rubric) -> Judged:
    """Put a pile in that order, for all that is told of it.

    A redraft was marked twice, and another version's maximum is another measure: neither is looked at. No response
    (NR) is no mark.
    """
    of = {
        row.entry.script.id: row
        for row in rows
        if isinstance(row.total.value, int) and row.total.max == rubric.max_mark and row.entry.script.version == 1
    }
    ordered = tuple(of[entry.script.id] for entry in in_order_marked(row.entry for row in of.values()))
    return Judged(ordered, len({row.entry.finished_at for row in ordered}) == len(ordered))


def past_shares(desk: Desk, assignment: Assignment, done: int, marker: MarkerId | None = None) -> Past:
    """What a marker gave the students of a pile in work set before it. No response and what has no mark are left out.

    One question to the store, in which each student's last few essays count, however many years there are. It isn't
    asked where the pile can show no drift: ``done`` says how many of it are finished.
    """
    if done < FEWEST_AGAINST_USUAL:
        return NO_PAST
    found: dict[StudentId, list[Fraction]] = {}
    shares: dict[tuple[RubricHash, object], Fraction | None] = {}
    for past in desk.store.past_marks(marker or desk.marker.id, assignment, RECENT):
        came = past.rubric_hash, past.given
        if came not in shares:
            shares[came] = _share(desk.store.rubric(past.rubric_hash), past)
        share = shares[came]
        if share is not None:
            found.setdefault(past.student_id, []).append(share)
    return found


def _share(rubric: Rubric, past: PastMarks) -> Fraction | None:
    """What an earlier essay came to, as a part of the maximum; None for no response and where a scale has no mark."""
    nowhere = MarkingId("")
    awards: dict[str, Award] = {
        scale: Award(nowhere, scale, mark, no_response=mark is None) for scale, mark in past.given
    }
    came_to = total(rubric, awards)
    return Fraction(came_to.value, came_to.max) if isinstance(came_to.value, int) and came_to.max else None


def pile_drift(judged: Judged, rubric: Rubric, by_scale: bool = False, past: Past = NO_PAST) -> PileDrift:
    """The drift of one assignment's pile by one marker; ``by_scale`` where it is marked a scale at a time.

    The totals are measured against what the students usually get where ``past`` tells enough of it; the scales never.
    """
    if by_scale and len(rubric.scales) > 1:
        return PileDrift(None, why_not="Drift isn't told: one scale was marked down the class before the next")
    ordered = judged.rows
    if len(ordered) < FEWEST:
        return PileDrift(None, why_not=f"Of drift nothing is told under {FEWEST} finished essays: here {len(ordered)}")
    if not judged.is_ordered:
        return PileDrift(
            None, why_not="Drift isn't told: several were finished at one moment, so the order isn't known"
        )
    scales: list[tuple[str, Drift]] = []
    for scale in rubric.scales if len(rubric.scales) > 1 else ():
        same = [row for row in ordered if compares(row.rubric, rubric, scale.id)]
        given = [award.mark for row in same if (award := row.award(scale.id)) is not None]
        found = drift([mark for mark in given if mark is not None])
        if found is not None:
            scales.append((scale.id, found))
    usual = usual_shares([past.get(row.entry.student.id, ()) for row in ordered])
    against = [share * rubric.max_mark for share in usual] if usual is not None else None
    return PileDrift(drift(judged.marks, against), tuple(scales))


def pile_against_usual(judged: Judged, rubric: Rubric, past: Past) -> AgainstUsual | None:
    """The totals of one pile by one marker against the mean of each student's last ten; three make a usual mark."""
    totals = ((row.total.value, past.get(row.entry.student.id, ())) for row in judged.rows)
    return against_usual(
        (mark, sum(shares, Fraction()) / len(shares) * rubric.max_mark if len(shares) >= ENOUGH else None)
        for mark, shares in totals
        if isinstance(mark, int)
    )


def marks_in_order(judged: Judged, rubric: Rubric, by_scale: bool = False) -> list[int]:
    """The totals in the order in which they were given; empty where there is no such order, or it isn't known."""
    is_one = not by_scale or len(rubric.scales) == 1
    return judged.marks if judged.is_ordered and is_one else []


def past_of(sitting: Sitting) -> Past:
    """What the students of an open pile got before, for ``sitting_drift``."""
    return past_shares(sitting.desk, sitting.assignment, sitting.done)


def sitting_drift(sitting: Sitting, past: Past) -> Drift | None:
    """What the order of marking says of a pile that is open, where there is a sign of drift; else None."""
    rows = [Marked(entry, sitting.rubric_of(entry), sitting.total(entry)) for entry in sitting.entries]
    judged = judged_once(rows, sitting.rubric)
    found = pile_drift(judged, sitting.rubric, sitting.assignment.by_scale, past).total
    return found if found is not None and found.is_sign else None


@dataclass(frozen=True, slots=True)
class Hand:
    """What a marker wrote on some of the essays."""

    essays: int
    comment_words: int
    """The words of the comments on passages."""
    stamps: int
    strengths: int
    """Those stamps that credit the passage."""

    @property
    def words_each(self) -> float:
        return self.comment_words / self.essays

    @property
    def share_of_strengths(self) -> float | None:
        return self.strengths / self.stamps if self.stamps else None


@dataclass(frozen=True, slots=True)
class Mirror:
    """The marker's own hand in the first and the last third of a pile: to look at. Nothing is claimed or tested."""

    n: int
    first: Hand
    last: Hand


def mirror(judged: Judged, remarks: Iterable[Remark], stamps: StampSet) -> Mirror | None:
    """Comments and stamps at both ends of the order in which drift is looked for; None where it isn't."""
    ordered = judged.rows
    if len(ordered) < FEWEST or not judged.is_ordered:
        return None
    by_script: dict[ScriptId, list[Remark]] = {}
    for remark in remarks:
        by_script.setdefault(remark.script_id, []).append(remark)
    third = len(ordered) // 3

    def hand(some: Sequence[Marked]) -> Hand:
        said = [remark for row in some for remark in by_script.get(row.entry.script.id, ())]
        codes = [stamps.for_code(remark.code) for remark in said if remark.code]
        strengths = sum(stamp is not None and stamp.tone is Tone.CREDIT for stamp in codes)
        return Hand(len(some), sum(len(remark.comment.split()) for remark in said), len(codes), strengths)

    return Mirror(len(ordered), hand(ordered[:third]), hand(ordered[-third:]))
