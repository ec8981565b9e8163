"""One candidate's coursework as a moderator is told of it, and what is still to be put right before it goes."""

from dataclasses import dataclass

from markdesk.core.marksheet import MarkSheet, ScaleResult
from markdesk.core.rubric import Scoring, Strand

COMMENT_GAP = "   "
"""Between the strands of a profile."""


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """What a finished piece of coursework was given, and why. The private note is never part of it."""

    sheet: MarkSheet
    title: str
    """The candidate's own question where her file printed one, else the assignment's."""
    has_own_title: bool
    words: int | None
    """What counts by the scheme's rule, told from the text; None where it is handwritten."""
    comments: tuple[tuple[str, str], ...]
    """The teacher's words for the moderator, each with its objective."""
    has_newer_text: bool = False
    """Whether it was handed in again after it was marked."""
    others: tuple[tuple[str, str], ...] = ()
    """Who else has finished marking it, and what they gave."""

    @property
    def mark(self) -> int | None:
        """The total as a number; None where there is no response, or no mark."""
        value = self.sheet.total.value
        return value if isinstance(value, int) else None

    @property
    def order(self) -> tuple[bool, str, tuple[str, str, str]]:
        """Candidates by number; those without one last, by name."""
        number = self.sheet.student.candidate_number
        return not number, number.rjust(20, "0"), self.sheet.student.sort_key


def strand_label(strand: Strand) -> str:
    """``BP1`` of a strand called ``BP1: selection and range of material``; else its whole name."""
    short, colon, _ = strand.name.partition(":")
    return short if colon else strand.name


def profile(sheet: MarkSheet) -> tuple[tuple[str, str], ...]:
    """Where each strand was placed, for a scheme whose mark is judged from its profile; a dash for one that wasn't.

    On other schemes strands are our own division of the board's text, and nothing for a moderator.
    """
    if sheet.rubric.scoring is not Scoring.PROFILE:
        return ()
    found: list[tuple[str, str]] = []
    for result in sheet.results:
        for strand in sheet.rubric.strands_of(result.scale):
            placed = result.award.placement(strand.id)
            found.append((strand_label(strand), str(placed) if placed else "–"))
    return tuple(found)


def profile_line(sheet: MarkSheet) -> str:
    """``BP1: L4+   BP2: L3   BP3: L4-``, as Pearson asks for it; empty where the scheme has no profile."""
    return COMMENT_GAP.join(f"{label}: {placed}" for label, placed in profile(sheet))


def sum_fault(results: tuple[ScaleResult, ...], total: object, factor: object = 1) -> str:
    """Why a total is not what its marks come to, added up again; empty where it is."""
    if total is None:
        return "Not every scale has its mark."
    marks = [result.award.mark or 0 for result in results]
    added = " + ".join(map(str, marks))
    if factor != 1:
        return f"The total {total} is {added}, times {factor}: check how the board's form wants it."
    return "" if total in (sum(marks), "NR") else f"The total {total} is not the sum of {added}."


def to_put_right(record: CandidateRecord) -> tuple[str, ...]:
    """What stands between this record and the board, in a sentence each."""
    sheet = record.sheet
    found: list[str] = []
    if not sheet.student.candidate_number:
        found.append("There is no candidate number.")
    if sheet.total.value == "NR":
        found.append("It is marked as no response: it is in no rank and no sample.")
    found += filter(None, (sum_fault(sheet.results, sheet.total.value, sheet.rubric.scale_factor),))
    found += [f"The mark on {r.scale.named} is in pencil." for r in sheet.results if r.award.tentative]
    found += [f"{label} is not placed." for label, placed in profile(sheet) if placed == "–"]
    found += _of_words(record)
    told = {label for label, _ in record.comments}
    missing = [ao.code for ao in sheet.rubric.aos if ao.code not in told]
    if missing:
        found.append(f"There is no comment for {', '.join(missing)}.")
    if record.has_newer_text:
        found.append("It was handed in again after it was marked.")
    found += [f"{name} has marked it too: {given}." for name, given in record.others]
    return tuple(found)


def _of_words(record: CandidateRecord) -> list[str]:
    nea = record.sheet.rubric.nea
    if record.words is None:
        return ["Its words are not counted, since it is handwritten."]
    if nea is None or not nea.words_max:
        return []
    if record.words > nea.words_max:
        over = f"{record.words:,} words are {record.words - nea.words_max:,} over the limit of {nea.words_max:,}."
        takers = {penalty.applied_by for penalty in record.sheet.rubric.penalties}
        return [f"{over} Only the {' or '.join(sorted(takers))} takes marks off for it." if takers else over]
    if record.words < nea.words_min:
        return [f"{record.words:,} words are fewer than the {nea.words_min:,} that are expected."]
    return []
