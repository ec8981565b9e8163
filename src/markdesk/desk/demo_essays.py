"""What the sample class wrote in its two years: essays put together from lines by point and by quality.

Nothing here is left to chance: every choice is told from a seed and from what is being chosen, so that the same desk
comes of the same seed, and another student or essay alters no other.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from markdesk.core.essay import PARAGRAPH_BREAK, Essay, Span

T = TypeVar("T")


class Tier(StrEnum):
    """How well a line is argued."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Part(StrEnum):
    """What a sentence does in its essay."""

    OPENING = "opening"
    CLAIM = "claim"
    FACT = "fact"
    WHY = "why"
    WEIGH = "weigh"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Lot:
    """Draws from a seed. ``names`` say what is drawn for, and alone decide what comes."""

    seed: int

    def share(self, *names: object) -> float:
        """From 0 to less than 1, each as likely."""
        told = "/".join(map(str, (self.seed, *names)))
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:6]) / (1 << 48)

    def noise(self, *names: object) -> float:
        """Around 0, seldom beyond 1 either way: three draws and their mean, as a bell has it."""
        return 2 * (self.share(*names, 1) + self.share(*names, 2) + self.share(*names, 3)) / 3 - 1

    def one_of(self, things: Sequence[T], *names: object) -> T:
        """One of them, each as likely."""
        return things[int(self.share(*names) * len(things))]

    def shuffled(self, things: Iterable[T], *names: object) -> list[T]:
        """All of them, in an order that was drawn."""
        keyed = [(self.share(*names, at), at, thing) for at, thing in enumerate(things)]
        return [thing for _, _, thing in sorted(keyed, key=lambda one: one[:2])]


Lines = Mapping[Tier, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Point:
    """One matter that an essay may take up: facts that all know, and what each makes of them."""

    about: str
    facts: tuple[str, ...]
    claims: Lines
    why: Lines
    weigh: Lines


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be written on one question."""

    name: str
    openings: Lines
    endings: Lines
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line as it stands in an essay."""

    part: Part
    tier: Tier
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Written:
    """An essay, what each of its sentences does, and the paragraph that is the best of it."""

    essay: Essay
    sentences: tuple[Sentence, ...]
    best: tuple[int, str]
    """Its number, and what it is about."""
    blocks: tuple[tuple[tuple[Part, Tier, str], ...], ...]
    """The lines of each paragraph."""
    points: tuple[Point, ...]
    """What the paragraphs between the first and the last are about."""


_FIRST = {
    Tier.LOW: ("", "Also, ", "Then ", "After that, "),
    Tier.MID: ("", "", "Moreover, ", "In addition, ", "Also, "),
    Tier.HIGH: ("", "", "Besides, "),
}
"""What goes before the second and later facts of a paragraph."""
_SMALL = frozenset(
    {
        "a", "active", "as", "at", "by", "cases", "cattle", "exports", "from", "he", "imperial", "in", "influenza",
        "its", "on", "parishes", "prices", "proceedings", "scholars", "ships", "some", "the", "their", "these", "they",
        "town",
    }
)  # fmt: skip
"""Words that begin a fact with a capital and have none inside a sentence."""
_TRIES = 20
"""So many ways of telling some facts are looked at for one that nobody has."""
_CHOICE = re.compile(r"\{([^{}]*)\}")


class Writer:
    """Writes the essays of one pile. A line that nobody has yet comes first, so that no two essays are alike."""

    def __init__(self, topic: Topic, lot: Lot, plain_why: Sequence[str]) -> None:
        self._topic = topic
        self._lot = lot
        self._plain_why = {Tier.LOW: tuple(plain_why)}
        self._used: Counter[str] = Counter()
        self._told: set[tuple[str, ...]] = set()

    def write(self, student: str, share: float) -> Written:
        """What a student writes whose mark will be about this share of the maximum."""
        topic, tier = self._topic, tier_of(share)
        points = list(topic.points)
        if tier is not Tier.LOW:  # the weaker go through a question in the order in which it was taught
            last = points[4:]
            points = [*self._lot.shuffled(points[:4], topic.name, student, "points"), *last]
        blocks = [self._lines(Part.OPENING, topic.openings, tier, student)]
        blocks += [self._paragraph(point, tier_of(share + self._wavers(student, point)), student) for point in points]
        blocks.append(self._lines(Part.ENDING, topic.endings, tier, student))
        best = max(range(len(points)), key=lambda at: (len(blocks[at + 1]), -at))
        return _laid_out(blocks, (best + 2, points[best].about), points)

    def write_again(self, written: Written, student: str) -> Written:
        """The same essay with another ending and, in two paragraphs, a sentence more of what the fact shows."""
        blocks = [list(block) for block in written.blocks]
        for at, point in enumerate(written.points[:2], start=1):
            blocks[at] += self._lines(Part.WEIGH, point.weigh, Tier.HIGH, student)
        blocks[-1] = self._lines(Part.ENDING, self._topic.endings, Tier.HIGH, student)
        return _laid_out(blocks, written.best, written.points)

    def _wavers(self, student: str, point: Point) -> float:
        return 0.1 * self._lot.noise(self._topic.name, student, point.about)

    def _paragraph(self, point: Point, tier: Tier, student: str) -> list[tuple[Part, Tier, str]]:
        name = self._topic.name
        lines = self._lines(Part.CLAIM, point.claims, tier, student)
        after = self._lines(Part.WHY, self._plain_why if tier is Tier.LOW else point.why, tier, student)
        if tier is Tier.HIGH:
            after += self._lines(Part.WEIGH, point.weigh, tier, student)
        elif tier is Tier.MID and self._lot.share(name, student, point.about, "more") < 0.5:
            said = after[-1][2]
            after += [line for line in self._lines(Part.WHY, point.why, tier, student) if line[2] != said]
        # Other students have the same facts from the same lessons, but nobody has them in the same words.
        tries = (self._facts(point, tier, student, attempt) for attempt in range(_TRIES))
        facts = next((found for found in tries if tuple(line for _, _, line in found) not in self._told), None)
        facts = facts or self._facts(point, tier, student, 0)
        self._told.add(tuple(line for _, _, line in facts))
        return [*lines, *facts, *after]

    def _facts(self, point: Point, tier: Tier, student: str, attempt: int) -> list[tuple[Part, Tier, str]]:
        names = (self._topic.name, student, point.about, attempt)
        most = {Tier.LOW: 5, Tier.MID: 4, Tier.HIGH: 3}[tier]
        lines: list[tuple[Part, Tier, str]] = []
        firsts = list(_FIRST[tier])
        for at in sorted(self._lot.shuffled(range(len(point.facts)), *names, "facts")[:most]):
            first = self._lot.one_of(firsts, *names, at) if lines else ""
            if first:
                firsts.remove(first)
            lines.append((Part.FACT, tier, _joined(first, self._choose(point.facts[at], student))))
        return lines

    def _lines(self, part: Part, lines: Lines, tier: Tier, student: str) -> list[tuple[Part, Tier, str]]:
        """A line of this quality that the pile has least of; of its neighbour's where all of its own are taken."""
        own = [(tier, line) for line in lines.get(tier, ())]
        beside = [(other, line) for other in _BESIDE[tier] for line in lines.get(other, ())]
        fewest = [*own, *(one for one in beside if not self._used[one[1]] and all(self._used[o[1]] for o in own))]
        least = min(self._used[line] for _, line in fewest)
        found, line = self._lot.one_of(
            [one for one in fewest if self._used[one[1]] == least], self._topic.name, student, part, least, len(fewest)
        )
        self._used[line] += 1
        return [(part, found, self._choose(line, student))]

    def _choose(self, line: str, student: str) -> str:
        return _CHOICE.sub(lambda found: self._lot.one_of(found[1].split("|"), student, line, found.start()), line)


_BESIDE = {Tier.LOW: (Tier.MID,), Tier.MID: (Tier.LOW, Tier.HIGH), Tier.HIGH: (Tier.MID,)}


def tier_of(share: float) -> Tier:
    """The quality of what is worth this share of the maximum."""
    return Tier.LOW if share < 0.47 else Tier.MID if share < 0.65 else Tier.HIGH


def _joined(first: str, fact: str) -> str:
    word = fact.split(maxsplit=1)[0]
    return f"{first}{fact[0].lower()}{fact[1:]}" if first and word.lower() in _SMALL else f"{first}{fact}"


def _laid_out(
    blocks: Sequence[Sequence[tuple[Part, Tier, str]]], best: tuple[int, str], points: Sequence[Point]
) -> Written:
    sentences: list[Sentence] = []
    paragraphs: list[str] = []
    start = 0
    for number, block in enumerate(blocks, start=1):
        text = " ".join(line for _, _, line in block)
        at = start
        for part, tier, line in block:
            sentences.append(Sentence(part, tier, Span(at, at + len(line)), number))
            at += len(line) + 1
        paragraphs.append(text)
        start += len(text) + len(PARAGRAPH_BREAK)
    kept = tuple(tuple(block) for block in blocks)
    return Written(Essay.from_paragraphs(paragraphs), tuple(sentences), best, kept, tuple(points))
