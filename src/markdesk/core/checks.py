"""What a marker is asked, or reminded of, before an essay is finished.

Only a missing mark, and a hard cap whose question was answered yes, stand in the way; everything else she may pass
by. Nothing here ever changes a mark.
"""

from dataclasses import dataclass
from enum import StrEnum

from markdesk.core.annotation import StampSet, evident, objectives
from markdesk.core.award import Award
from markdesk.core.marking import Marking
from markdesk.core.rubric import Cap, Rubric, Scale, Scoring

APART = 2
"""Strands that stand so many levels apart want a reason: the mark between them can't be read off either."""


class CheckKind(StrEnum):
    """What a check is about; it decides what its key does."""

    CAP = "cap"
    """A question of the scheme that limits the mark, if the answer is yes."""
    EVIDENCE = "evidence"
    """Nothing is stamped for an objective that was marked."""
    APART = "apart"
    """Strands levels apart, and no reason given."""
    PENALTY = "penalty"
    """What somebody else may take off: told, and never asked or subtracted."""
    WORDS = "words"
    """Coursework that is longer or shorter than its rules say."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. ``scale`` is where its key leads."""

    kind: CheckKind
    text: str
    scale: str = ""
    cap: str = ""

    @property
    def has_key(self) -> bool:
        """Whether something can be done about it here."""
        return self.kind in (CheckKind.CAP, CheckKind.EVIDENCE, CheckKind.APART)


def checks(
    rubric: Rubric, marking: Marking, stamps: StampSet, words: int | None = None, evidence: bool = True
) -> tuple[Check, ...]:
    """Everything there is to ask or to say, in the order in which it is shown.

    A cap is asked about only where the mark stands above what it would leave, and until it is answered. ``evidence``
    is whether objectives without a stamp are told of; on a holistic scheme they are told only where it is asked for.
    """
    found = [_cap_check(rubric, cap) for cap in open_caps(rubric, marking)]
    found += [check for scale in rubric.scales if (check := _apart_check(rubric, scale, marking.award(scale.id)))]
    if evidence:
        found += _evidence_checks(rubric, marking, stamps)
    for penalty in rubric.penalties:
        told = f"{penalty.ask} If so, {penalty.marks} marks: taken off by the {penalty.applied_by}, never here."
        found.append(Check(CheckKind.PENALTY, told))
    return (*found, *_words_checks(rubric, words))


def open_caps(rubric: Rubric, marking: Marking) -> tuple[Cap, ...]:
    """The caps that would bring the mark down and whose question isn't answered."""
    answered = marking.header.answer_by_cap
    return tuple(cap for cap in rubric.caps if cap.id not in answered and _is_above(rubric, cap, marking))


def caps_broken(rubric: Rubric, marking: Marking) -> tuple[Cap, ...]:
    """The caps, hard and advisory, whose question was answered yes while the mark stands above what they leave."""
    answers = marking.header.answer_by_cap
    return tuple(cap for cap in rubric.caps if answers.get(cap.id) and _is_above(rubric, cap, marking))


def hard_caps_broken(rubric: Rubric, marking: Marking) -> tuple[Cap, ...]:
    """Those of them that are a board's rule: the marking can't be finished."""
    return tuple(cap for cap in caps_broken(rubric, marking) if cap.severity == "hard")


def _is_above(rubric: Rubric, cap: Cap, marking: Marking) -> bool:
    return (marking.award(cap.effect.scale).mark or 0) > rubric.limit(cap).mark


def _cap_check(rubric: Rubric, cap: Cap) -> Check:
    limit = rubric.limit(cap)
    whose = "the board allows" if cap.severity == "hard" else "schools advise"
    scale = rubric.scale(cap.effect.scale)
    on = f" on {scale.title}" if scale and len(rubric.scales) > 1 else ""
    return Check(CheckKind.CAP, f"{cap.ask} If so, {whose} at most {limit.mark}{on}.", cap.effect.scale, cap.id)


def _apart_check(rubric: Rubric, scale: Scale, award: Award) -> Check | None:
    placed = [(strand.id, award.placement(strand.id)) for strand in rubric.strands_of(scale)]
    levels = [(name, placement.level) for name, placement in placed if placement is not None]
    if award.reason or not levels:
        return None
    low, high = min(levels, key=lambda pair: pair[1]), max(levels, key=lambda pair: pair[1])
    if high[1] - low[1] < APART:
        return None
    told = f"{high[0]} at L{high[1]} and {low[0]} at L{low[1]}: say in a line why the mark is where it is."
    return Check(CheckKind.APART, told, scale.id)


def _evidence_checks(rubric: Rubric, marking: Marking, stamps: StampSet) -> list[Check]:
    """A check for each objective that has marks and no stamp; none where the essay has no stamp at all.

    A marker who stamps nothing doesn't stamp, and needn't be told so of every essay. An objective that no stamp of the
    set in use could be evidence for isn't asked about.
    """
    used = [stamp for code in marking.code_counts if (stamp := stamps.for_code(code))]
    shown = {level[0] for code in marking.code_counts if (level := evident(code))}
    if not used and not shown:
        return []
    seen = objectives(used, rubric) | shown
    could = objectives(stamps.stamps, rubric)
    found: list[Check] = []
    for scale in rubric.scales:
        award = marking.award(scale.id)
        missing = [ao for ao in scale.aos if ao in could and ao not in seen]
        if missing and not award.no_response and award.mark:
            what = " and ".join(missing)
            found.append(Check(CheckKind.EVIDENCE, f"Nothing is stamped for {what} ({scale.title}).", scale.id))
    return found


def is_quiet(rubric: Rubric) -> bool:
    """Whether stamps stay unasked for: on a holistic scheme one level answers for all objectives."""
    return rubric.scoring is Scoring.HOLISTIC


def _words_checks(rubric: Rubric, words: int | None) -> list[Check]:
    nea = rubric.nea
    if not nea or words is None or not nea.words_max or nea.words_min <= words <= nea.words_max:
        return []
    expected = f"{nea.words_min:,} to {nea.words_max:,}" if nea.words_min else f"at most {nea.words_max:,}"
    return [Check(CheckKind.WORDS, f"{words:,} words; the scheme expects {expected}.")]
