"""What is offered for a line of feedback: this essay's own annotations, the scheme's next level, the last target.

Nothing is written unless the marker takes it. A line of the scheme is told in the scheme's own words: a board's
wording stays on the screen, and a target is printed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markdesk.core.annotation import Annotation, StampSet, Tone, meaning_of
from markdesk.core.award import Award
from markdesk.core.bank import text_key
from markdesk.core.feedback import Field
from markdesk.core.marking import Marking
from markdesk.core.rubric import Rubric, Scale

NEXT = "Next: "
"""What a target that is the scheme's next line begins with."""

_NEXT_KEY = text_key(NEXT)

PLACES = 3
"""So many places at the most are named behind what a stamp means."""

_TONES = {
    Field.WWW: (Tone.CREDIT, Tone.WEIGHING),
    Field.EBI: (Tone.WEAK,),
    Field.TARGET: (Tone.WEAK,),
}
"""What the stamps say that are offered for a line, whether or not there is a comment with them."""

_WITH_WORDS = {
    Field.WWW: (Tone.NEUTRAL,),
    Field.EBI: (Tone.WEIGHING, Tone.NEUTRAL),
    Field.TARGET: (Tone.WEIGHING, Tone.NEUTRAL),
    Field.QUESTION: tuple(Tone),
}
"""Those of which only the comment is offered: it may say either."""

_LIMIT = re.compile(r"[,;]?\s+(?:but|though|although|yet|with (?:little|limited|an odd))\b.*", re.S)
"""Where a level's line goes on to what is still wanting there: that is nothing to aim at."""
_NOT = re.compile(r"\b(?:not|nothing|no|never)\b", re.I)
"""Before a ``but`` it makes a whole of both: ``not only dates but causes``."""

_NO_VERBS = frozenset(["analysis", "sources", "always", "focus", "this", "its", "perhaps", "thus"])
"""Words that end like what somebody does, and aren't."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Words for a line of feedback, and where they come from."""

    text: str
    source: str
    """``¶3``, ``L5`` or ``last target``; empty where the words tell it."""
    code: str = ""
    """The stamp, or the strand or scale."""
    tone: Tone = Tone.NEUTRAL
    is_of_strand: bool = False
    """Whether it is a strand's line: what a paragraph can do; a level's is about the essay as a whole."""


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation as far as it can be told in the feedback."""

    where: str
    """The paragraph, or the place on paper; empty for one that lost its place."""
    code: str
    tone: Tone
    comment: str
    meaning: str


def note_of(annotation: Annotation, where: str, stamps: StampSet) -> Note:
    """An annotation, told. A bare comment says neither good nor bad."""
    stamp = stamps.for_code(annotation.code) if annotation.code else None
    comment = " ".join(annotation.comment.split()).lstrip("; ")
    return Note(
        where,
        annotation.code,
        stamp.tone if stamp else Tone.NEUTRAL,
        comment,
        meaning_of(annotation.code, stamps),
    )


def of_notes(field: Field, notes: Iterable[Note]) -> list[Offer]:
    """The annotations that fit a line: the marker's own comments first, then what her stamps mean."""
    own, either = _TONES.get(field, ()), _WITH_WORDS.get(field, ())
    commented: list[Offer] = []
    unclear: list[Offer] = []
    meant: dict[str, list[Note]] = {}
    for note in notes:
        if note.comment:
            if field is Field.QUESTION and not note.comment.endswith("?"):
                continue  # a draft may be asked, and told nothing
            offer = Offer(note.comment, note.where, note.code, note.tone)
            if note.tone in own[:1]:
                commented.append(offer)
            elif note.tone in (*own, *either):
                unclear.append(offer)
        elif note.meaning and note.tone in own:
            meant.setdefault(note.code, []).append(note)
    return _once([*commented, *unclear, *map(_meant, meant.values())])


def _meant(notes: list[Note]) -> Offer:
    """What a stamp means, and where it stands: ``Narrative: tells or describes (¶2, ¶4)``."""
    first = notes[0]
    places = list(dict.fromkeys(note.where for note in notes if note.where))
    shown = ", ".join(places[:PLACES]) + (" …" if len(places) > PLACES else "")
    text = f"{first.meaning[0].upper()}{first.meaning[1:]}"
    return Offer(f"{text} ({shown})" if shown else text, "", first.code, first.tone)


def _once(offers: Iterable[Offer]) -> list[Offer]:
    """Each wording once."""
    found: dict[str, Offer] = {}
    for offer in offers:
        found.setdefault(text_key(offer.text), offer)
    return list(found.values())


# -- the target


def next_level(rubric: Rubric, marking: Marking) -> Offer | None:
    """The scheme's line for the level above the one given: of the weakest strand that was placed, else of the scale.

    Among several scales it is the lowest one, as a share of its maximum, that has a level above. Nothing that wasn't
    given a level counts: no mark, no response, nothing creditable, points.
    """
    found: list[tuple[Fraction, Offer]] = []
    for scale in rubric.scales:
        award = marking.award(scale.id)
        line = _line_above(rubric, scale, award)
        if line is not None:
            found.append((_share(scale, award), line))
    return min(found, key=lambda pair: pair[0])[1] if found else None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The scheme's lines as targets, to tell the one for the level in hand from those of other levels."""

    line: str
    """The one in hand as ``text_key`` has it; empty where no level was given, or the highest."""
    lines: frozenset[str]

    def fits(self, text: str) -> bool:
        """Whether a target suits the level in hand: one of her own words does, and what she made of the line in hand.

        Of the lines that it begins with the longest is the one that it was made of. A line that isn't this scheme's
        suits nothing here.
        """
        if not text.lstrip()[: len(NEXT)].lower().startswith(_NEXT_KEY):
            return True
        key = text_key(text)
        return bool(self.line) and max(filter(key.startswith, self.lines), key=len, default="") == self.line


def ahead_of(rubric: Rubric, marking: Marking) -> Ahead:
    """The lines of a scheme, and which is in hand."""
    words = [
        words
        for scale in rubric.scales
        for level in scale.levels
        for words in (level.summary, *level.strand.values())
        if words.strip()
    ]
    line = next_level(rubric, marking)
    return Ahead(text_key(line.text) if line else "", frozenset(text_key(_as_target(one)) for one in words))


def _line_above(rubric: Rubric, scale: Scale, award: Award) -> Offer | None:
    if award.no_response or scale.is_points:
        return None
    name = scale.id if len(rubric.scales) > 1 else ""
    placed = [(strand.id, at) for strand in rubric.strands_of(scale) if (at := award.placement(strand.id)) is not None]
    placed = [(strand, at) for strand, at in placed if at.level]
    if placed:
        strand, at = min(placed, key=lambda pair: (pair[1].level, pair[1].security))
        above = scale.level(at.level + 1)
        words, name = (above.strand.get(strand, "") if above else "", f"{name} {strand}".strip())
    else:
        above = scale.level(award.level + 1) if award.level else None
        words = above.summary if above else ""
    if above is None or not words.strip():
        return None
    return Offer(_as_target(words), above.label, name, Tone.WEIGHING, bool(placed))


def _as_target(words: str) -> str:
    return NEXT + _lowered(_up_to_its_limit(words.strip()))


def _share(scale: Scale, award: Award) -> Fraction:
    """How much of the scale was given; by its strands where only they were placed so far."""
    if award.mark is not None:
        return Fraction(award.mark, scale.max)
    levels = [placement.level for _, placement in award.strands]
    return Fraction(sum(levels), len(levels) * max(1, scale.top)) if levels else Fraction(1)


def _up_to_its_limit(words: str) -> str:
    """The line without what it says is still wanting at that level, where something is left to aim at."""
    found = _LIMIT.search(words)
    if found is None or _NOT.search(words[: found.start()]) or len(words[: found.start()].split()) < 3:
        return words
    return f"{words[: found.start()].rstrip(' ,;')}."


_WANTING = re.compile(
    r"\b(?:missing|limited|weak(?:ly)?|lacks?|lacking|few|little|hardly|absent|general|unsupported|more description)\b",
    re.I,
)
"""In a clause that says what is wanting at a level."""


def to_aim_at(summary: str) -> str:
    """What of a level's line somebody can aim at; empty where all of it says what is still wanting there."""
    clauses = [_up_to_its_limit(clause.strip()) for clause in summary.strip().rstrip(".").split(";")]
    kept = [clause.rstrip(".") for clause in clauses if clause and not _WANTING.search(clause)]
    return f"{'; '.join(kept)}." if kept else ""


def level_to_aim_at(scale: Scale, level: int, strand: str = "") -> tuple[str, str] | None:
    """The level that somebody at this one aims at next, and what it asks for, in the scheme's words; None at the top.

    It is the level above. The lowest levels' lines mostly say what is wanting, which nobody aims at: from there it is
    the middle. Where a strand is named it is that strand's line, if it has one.
    """
    for n in range(max(level + 1, scale.top // 2 + 1), scale.top + 1):
        above = scale.level(n)
        words = to_aim_at(above.strand.get(strand) or above.summary) if above else ""
        if above and words:
            return above.label, words
    return None


def _lowered(words: str) -> str:
    """The words as they go on after a colon; ``AO1`` and ``A`` in ``A clear line`` are told apart by what follows."""
    is_word = words[1:2].islower() or words.startswith("A ")
    return words[0].lower() + words[1:] if is_word else words


def last_again(target: str) -> Offer:
    """The student's last target, carried forward."""
    return Offer(" ".join(target.split()), "last target", "", Tone.WEIGHING)


# -- the task


def task_for(target: str, notes: Sequence[Note], line: Offer | None) -> Offer | None:
    """What to do with the target: rewrite the paragraph that has most weak stamps, the first among equals.

    ``line`` is the scheme's next one: where it is the target and a strand's, the task says it in its words.
    """
    places = [note.where for note in notes if note.tone is Tone.WEAK and note.where]
    if not target.strip() or not places:
        return None
    where = max(dict.fromkeys(places), key=places.count)
    does = _does(line.text) if line and line.is_of_strand and line.text == target.strip() else ""
    return Offer(f"Rewrite {where} so that it {does or 'meets your target'}.", "", "", Tone.WEAK)


def _does(line: str) -> str:
    """What the paragraph is to do, in the words of a strand's line; empty where they don't say what somebody does."""
    words = line.removeprefix(NEXT).partition(";")[0].rstrip(" .")
    first = words.split(maxsplit=1)[0].rstrip(",:").lower()
    return words if first.endswith("s") and not first.endswith("ss") and first not in _NO_VERBS else ""


def wanted(field: Field, notes: Sequence[Note], ahead: Iterable[Offer], task: Offer | None) -> list[Offer]:
    """Everything offered for a line, in the order of its numbers; ``ahead`` is for the target."""
    found = of_notes(field, notes)
    if field is Field.TARGET:
        return _once([*ahead, *found])
    return [task] if field is Field.TASK and task is not None else found
