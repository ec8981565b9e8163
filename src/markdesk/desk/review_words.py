"""What a review says in words, the same on the screen and on the command line: each figure with its n and its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markdesk.core.against_usual import FEWEST as FEWEST_AGAINST_USUAL
from markdesk.core.annotation import Tone
from markdesk.core.drift import ENOUGH
from markdesk.core.edges import AtEdge
from markdesk.core.feedback import LABELS
from markdesk.core.plain import show_line
from markdesk.core.statistics import Figures, decimal, rounded
from markdesk.desk.assignment_review import Near, PileReview, ScaleReview
from markdesk.desk.assignments import Marked, levels_told
from markdesk.desk.class_summary import StrandMean
from markdesk.desk.course_review import CourseReview, Pooled
from markdesk.desk.drifting import Hand, Mirror
from markdesk.desk.looking_back import LookBack
from markdesk.desk.what_recurs import Often, WhatRecurs

NOTHING_MARKED = "Nothing has a mark yet"
NOTHING = "L0"
"""Stands for no level: nothing creditable."""
NR_RULE = "no response (NR) and what has no mark are in no mean, and never count as 0"


def figures_told(its: Figures | None, most: int) -> str:
    """``n 28 · mean 15.2 of 25 · median 15.0 · spread 3.1 · from 9 to 22``; the spread is the standard deviation."""
    if its is None:
        return NOTHING_MARKED
    middle = f"mean {decimal(its.mean)} of {most} · median {decimal(its.median)} · spread {decimal(its.sd)}"
    return f"n {its.n} · {middle} · from {its.lowest} to {its.highest}"


def per_cent_of(share: Fraction) -> int:
    """A share in whole per cent, halves up."""
    return round(rounded(100 * share, 0))


def per_cent(share: Fraction) -> str:
    """``61%``"""
    return f"{per_cent_of(share)}%"


def counted_told(pile: PileReview) -> str:
    """How many of the essays the figures are of, and what became of the rest."""
    summary = pile.summary
    return _counted_told(
        f"{left_told(len(pile.rows), pile.scripts)}: {len(summary.marks)} with a mark of {pile.rubric.max_mark}",
        summary.provisional,
        summary.no_response,
        summary.without_mark,
        pile.left_out,
    )


def scale_told(scale: ScaleReview) -> str:
    """``mean 15.2 of 25 (61%), n 28``, and what is left out."""
    its, most = scale.figures, scale.scale.max
    told = (
        f"mean {decimal(its.mean)} of {most} ({per_cent(scale.share or Fraction())}), n {its.n}"
        if its
        else "no mark yet"
    )
    if scale.levels.no_response:
        told += f", {scale.levels.no_response} NR"
    return f"{told}; {scale.left_out} under other ranges left out" if scale.left_out else told


def edge_told(at: AtEdge) -> str:
    """``8 reach it; if it were 1 lower, 3 more would; 1 higher, 2 fewer``; no step that would move nobody else."""
    moves = [(f"{by} lower", f"{n} more") for by, n in _moving(at.lower)]
    moves += [(f"{by} higher", f"{n} fewer") for by, n in _moving(at.higher)]
    told = f"{at.reached or 'none'} {'reaches' if at.reached == 1 else 'reach'} it"
    if not moves:
        return told
    (where, does), *others = moves
    return "; ".join([told, f"if it were {where}, {does} would", *(f"{where}, {does}" for where, does in others)])


def _moving(moved: Sequence[int]) -> list[tuple[int, int]]:
    """By how many marks, and how many that moves, where it is more than the step before."""
    return [(by, n) for by, (before, n) in enumerate(pairwise((0, *moved)), start=1) if n != before]


def near_told(near: Sequence[Near]) -> list[tuple[str, str]]:
    """Who falls how far short of which boundary: ``1 under L5`` and the names."""
    found: dict[str, list[str]] = {}
    for one in near:
        found.setdefault(f"{one.by} under {one.edge.name}", []).append(show_line(one.called))
    return [(where, ", ".join(names)) for where, names in found.items()]


def weakest_told(strands: Sequence[StrandMean | Pooled], weakest: Sequence[StrandMean | Pooled]) -> str:
    """Which strands stand lowest, and how far the others are from them: ``judgement, at 41% of the highest level (n
    28); the others at 55% to 62%``. Where most stand there, that they are alike; empty where there is no other."""
    shares = sorted(per_cent_of(strand.share) for strand in strands)
    if len(shares) < FEWEST_COMPARED:
        return ""
    if not weakest:
        return f"none: they stand at {_from_to(shares)} of the highest level"
    named = "; ".join(f"{one.name}, at {per_cent(one.share)} of the highest level (n {one.n})" for one in weakest)
    others = sorted(per_cent_of(one.share) for one in strands if one not in weakest)
    return f"{named}; {'the other' if len(others) == 1 else 'the others'} at {_from_to(others)}"


def _from_to(shares: Sequence[int]) -> str:
    lowest, highest = shares[0], shares[-1]
    return f"{lowest}%" if lowest == highest else f"{lowest}% to {highest}%"


def course_weakest_told(course: CourseReview) -> str:
    """The same over several assignments, and which strands aren't compared."""
    seldom = course.seldom_judged
    told = weakest_told([one for one in course.strands if one not in seldom], course.weakest)
    if not told or not seldom:
        return told
    named = ", ".join(f"{strand.name} (n {strand.n})" for strand in seldom)
    if len(seldom) > MOST_NAMED:
        named = f"{len(seldom)} strands (n {max(strand.n for strand in seldom)} at the most)"
    return f"{told}. Not compared, since judged far less often: {named}"


def standard_told(pile: PileReview) -> str:
    """How the pile lies against what its students usually get, or why that isn't told; empty for some essays of one,
    and for a pile that is too small."""
    if pile.against_usual is not None:
        return f"{pile.against_usual.told}."
    if pile.picked or len(pile.summary.marks) < FEWEST_AGAINST_USUAL:
        return ""
    if pile.assignment.is_anonymous:
        return "Not told while names are hidden."
    done = sum(row.is_finished for row in pile.rows)
    if done < FEWEST_AGAINST_USUAL:
        return f"Not told under {FEWEST_AGAINST_USUAL} finished essays: here {done}."
    return f"Not told: fewer than {FEWEST_AGAINST_USUAL} of its students have {ENOUGH} earlier marks by this marker."


FEWEST_COMPARED = 2
"""Strands that there must be, for one of them to be the weakest."""
MOST_NAMED = 3
"""So many are named beside a sentence; of more only how many they are."""


def mirror_told(seen: Mirror) -> tuple[str, str]:
    """The marker's own hand at both ends of a pile: a sentence on comments, and one on stamps."""
    first, last, some = seen.first, seen.last, seen.first.essays
    if first.comment_words or last.comment_words:
        before, after = decimal(first.words_each), decimal(last.words_each)
        comments = f"Comments: {before} words an essay in the first {some}, {after} in the last {some}."
    else:
        comments = f"Comments: none on a passage in the first {some} or the last {some}."
    return comments, f"Strengths among the stamps: {_strengths(first)}, then {_strengths(last)}."


def _strengths(hand: Hand) -> str:
    if not hand.stamps:
        return "no stamps"
    return f"{hand.strengths} of {hand.stamps} ({per_cent(Fraction(hand.strengths, hand.stamps))})"


def course_counted_told(course: CourseReview) -> str:
    """How many essays of several assignments the marks are of, and what became of the rest."""
    summaries = [pile.summary for pile in course.piles]
    chosen, scripts = sum(len(pile.rows) for pile in course.piles), sum(pile.scripts for pile in course.piles)
    return _counted_told(
        f"{left_told(chosen, scripts)}: {len(course.shares)} with a mark",
        sum(one.provisional for one in summaries),
        sum(one.no_response for one in summaries),
        sum(one.without_mark for one in summaries),
        sum(pile.left_out for pile in course.piles),
    )


def _counted_told(first: str, provisional: int, no_response: int, without_mark: int, left_out: int) -> str:
    told = [first]
    if provisional:
        told[0] += f", {provisional} of them not finished"
    if no_response:
        told.append(f"{no_response} no response")
    if without_mark:
        told.append(f"{without_mark} without a mark")
    if left_out:
        told.append(f"{left_out} left out: under an earlier maximum")
    return f"{', '.join(told)}; {NR_RULE}" if no_response or without_mark else ", ".join(told)


def course_told(course: CourseReview) -> str:
    """What the totals of several assignments come to, as shares of their maxima."""
    n, mean = len(course.shares), course.mean_share
    if mean is None:
        return NOTHING_MARKED
    return f"{counted(n, 'mark')} in {counted(len(course.piles), 'assignment')}: mean {per_cent(mean)} of the maximum"


def on_told(look: LookBack) -> str:
    """What narrows the view and how much is left: ``13H · 2025-26 · stamp K · 14 of 96 essays``."""
    return " · ".join((*look.told, left_told(look.left, look.of)))


def left_told(left: int, of: int) -> str:
    """``14 of 96 essays``; ``96 essays`` where nothing is left out."""
    return counted(of, "essay") if left == of else f"{left} of {counted(of, 'essay')}"


def picked_told(look: LookBack) -> tuple[list[tuple[str, str, str, str]], str]:
    """The essays that filters picked: who, of which assignment where there are several, the mark and the level; and
    how many more there are than are listed."""
    picked = look.picked
    is_of_several = look.pile is None
    rows = [
        (
            show_line(one.called),
            show_line(one.row.entry.assignment.name) if is_of_several else "",
            mark_told(one.row),
            levels_told(one.row.rubric, one.row.award),
        )
        for one in picked[:MOST_PICKED]
    ]
    return rows, f"and {len(picked) - MOST_PICKED} more" if len(picked) > MOST_PICKED else ""


MOST_PICKED = 200
"""So many essays that filters picked are listed one by one."""


def mark_told(row: Marked) -> str:
    """``17 of 25``, ``NR``, ``no mark``; a mark that is still being given says so."""
    value = row.total.value
    if not isinstance(value, int):
        return "no mark" if value is None else str(value)
    return f"{value} of {row.total.max}{'' if row.is_finished else ', not finished'}"


def targets_told(recurs: WhatRecurs) -> str:
    """What became of the targets set before; empty where none was judged."""
    if not recurs.judged:
        return ""
    missed = recurs.judged - recurs.met - recurs.partly
    return f"Targets set before: {recurs.met} of {recurs.judged} met, {recurs.partly} partly, {missed} not"


@dataclass(frozen=True, slots=True)
class Recurring:
    """What recurs of one kind: a title, and what stands on two essays at least, a name, ``8 of 26`` and words each."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    codes: tuple[str, ...] = ()
    """The stamps, row by row; none of what was said."""
    more: int = 0
    """How many more there are that aren't named."""


def recurring_told(recurs: WhatRecurs) -> tuple[Recurring, ...]:
    """What recurs, what is to be worked on first. All stamps; of what was said in the same words the commonest."""
    several = [one for one in recurs.stamps if one.essays > 1]
    weak = [one for one in several if TONES[one.tone] == TO_WORK_ON]
    said = [one for one in recurs.said if one.essays > 1]
    words = [
        (LABELS[one.field] if one.field else MARGIN, f"{one.essays} of {recurs.n}", show_line(one.text))
        for one in said[:MOST_SAID]
    ]
    found = (
        _stamps(TO_WORK_ON, weak, recurs.n),
        _stamps(DONE_WELL, [one for one in several if one not in weak], recurs.n),
        Recurring(SAME_WORDS, tuple(words), more=len(said) - len(words)),
    )
    return tuple(one for one in found if one.rows)


def _stamps(title: str, stamps: Sequence[Often], n: int) -> Recurring:
    rows = tuple((one.code, f"{one.essays} of {n}", show_line(one.meaning)) for one in stamps)
    return Recurring(title, rows, tuple(one.code for one in stamps))


def stamps_listed(look: LookBack) -> tuple[str, ...]:
    """The stamps that recur, as the page lists them."""
    return tuple(code for one in recurring_told(look.seen.recurs) for code in one.codes)


TO_WORK_ON, DONE_WELL, SAME_WORDS = "To work on", "Done well", "In the same words"
TONES = {Tone.WEAK: TO_WORK_ON, Tone.CREDIT: DONE_WELL, Tone.WEIGHING: DONE_WELL}
"""Of the stamps that recur; none without a verdict is among them."""
MOST_SAID = 8
"""So much is told of what was said in the same words."""
MARGIN = "Margin"
"""Stands for a comment on a passage, which is no line of feedback."""


def nothing_told(look: LookBack) -> str:
    """Why nothing is left, and which filter to loosen; empty where something is."""
    if look.left or not look.filters.names or (look.piles and not look.filters.of_scripts):
        return ""
    told = "No essay is left" if look.piles else "No assignment fits"
    if not look.looser:
        return f"{told}{', and taking one filter off is not enough' if len(look.told) > 1 else ''}."
    first, *others = look.looser
    without = [f"{counted(first.essays, 'essay')} would be left without the filter {first.told}"]
    return f"{told}. {', '.join([*without, *(f'{one.essays} without {one.told}' for one in others)])}."


def bar(count: int, most: int, room: int) -> str:
    """A bar of blocks: one for each where there is room for the longest, else in proportion; none for none."""
    if most <= room:
        return "█" * count
    return "█" * max(1, round(room * count / most)) if count else ""


def counted(n: int, noun: str) -> str:
    """``1 essay``, ``30 essays``."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def levels_of(scale: ScaleReview) -> list[tuple[str, str, int]]:
    """Each level of a scale, the highest first: what it is called, its marks, and how many stand there."""
    counts = scale.levels.counts
    rows = [(level.label, level.range, counts[level.n]) for level in reversed(scale.scale.levels)]
    return [*rows, (NOTHING, "0", counts[0])] if counts and counts[0] else rows


def binned(pile: PileReview, most: int, whole_scale: bool = False) -> list[tuple[str, int]]:
    """How many essays have each mark, from the lowest to the highest that was given; of the whole scale if asked.

    Where those are more than ``most`` rows, as many marks stand together as it takes.
    """
    counts = pile.counts
    each = -(-len(counts) // most)
    given = [mark // each for mark, count in enumerate(counts) if count or whole_scale]
    rows: list[tuple[str, int]] = []
    for at in range(min(given), max(given) + 1) if given else ():
        first, last = at * each, min(len(counts), (at + 1) * each) - 1
        rows.append((f"{first}" if first == last else f"{first}–{last}", sum(counts[first : last + 1])))
    return rows
