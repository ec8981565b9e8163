"""How the essays of the sample class's two years were marked: marks, strands, stamps and words, from a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from markdesk.core.anchors import Anchor, anchor
from markdesk.core.award import Award, Placement, placed, with_mark, with_no_response
from markdesk.core.feedback import Field
from markdesk.core.ids import MarkingId
from markdesk.core.marking import Met, TaskDone
from markdesk.core.pad import Place
from markdesk.core.rubric import Scale
from markdesk.desk.demo_course import Course, Learner, Piece
from markdesk.desk.demo_essays import Lot, Part, Sentence, Tier, Written, tier_of

STAMPS = 8
"""About so many on an essay."""
PATIENCE = 3
"""So often a target is set in the same words before another is tried."""
OFF_THE_POINT = "IRR"
"""The stamp of what answers another question."""
NARRATIVE = "narrative"
"""The cap of a scheme that asks whether the answer only tells."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A stamp on a passage, with a comment or without."""

    anchor: Anchor
    code: str
    comment: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a student was told to do last, and how she stood then."""

    marking_id: MarkingId
    at: int
    """Which of her targets it is."""
    times: int
    """How often she was told so by then, one time after another."""
    share: float


class Judge:
    """The teacher of the sample class, at one piece of work."""

    def __init__(self, course: Course, piece: Piece, lot: Lot) -> None:
        self.course = course
        self.piece = piece
        self._lot = lot
        self._stamps = course.words.stamps[piece.words]

    def share(self, learner: Learner) -> float:
        """What a student's work on this piece is worth, before anybody marks it."""
        luck = 0.075 * self._lot.noise(self.piece.name, learner.name)
        return min(0.97, max(0.05, self.course.stands(learner, self.piece.set_on) - self.piece.harder + luck))

    def awards(self, learner: Learner, share: float, marking_id: MarkingId, along: float) -> list[Award]:
        """The marks, with where each strand sits. ``along`` says how far the pile had come: 0 to 1."""
        piece = self.piece
        empty = [(scale, Award(marking_id, scale.id)) for scale in piece.rubric.scales]
        if learner.name in piece.no_response:
            return [with_no_response(award, scale) for scale, award in empty]
        if learner.name in piece.zero:
            return [with_mark(award, scale, 0) for scale, award in empty]
        moved = share + piece.drift * (along - 0.5)
        return [self._award(learner, scale, award, moved) for scale, award in empty]

    def _award(self, learner: Learner, scale: Scale, award: Award, share: float) -> Award:
        several = len(self.piece.rubric.scales) > 1
        better = (scale.id in learner.strong) - (scale.id in learner.weak)
        luck = 0.05 * self._lot.noise(self.piece.name, learner.name, scale.id) + 0.08 * better if several else 0.0
        given = with_mark(award, scale, min(scale.max, max(1, round((share + luck) * scale.max))))
        strands = [strand.id for strand in self.piece.rubric.strands_of(scale)]
        places = ((strand, self._placement(learner, strand, given.level or 1, scale.top)) for strand in strands)
        return reduce(lambda so_far, one: placed(so_far, *one), places, given)

    def _placement(self, learner: Learner, strand: str, level: int, top: int) -> Placement:
        chance = self._lot.share(self.piece.name, learner.name, strand)
        by = (chance < 0.5) * ((strand in learner.strong) - (strand in learner.weak))
        security = (chance >= 0.5) * ((strand in learner.strong) - (strand in learner.weak))
        return Placement(min(top, max(1, level + by)), security)

    def answers(self, remarks: Sequence[Remark], awards: Sequence[Award]) -> tuple[tuple[str, bool], ...]:
        """What was answered to the scheme's questions: yes where the essay only tells, and the marks say so."""
        telling = sum(remark.code == "NAR" for remark in remarks) > 2 and all((a.level or 0) <= 2 for a in awards)
        return tuple((cap.id, cap.id == NARRATIVE and telling) for cap in self.piece.rubric.caps)

    # -- stamps and comments

    def remarks(self, learner: Learner, share: float, written: Written | None, along: float) -> list[Remark]:
        """What stands on the essay, in reading order; fewer words towards the end of a pile that drifts."""
        if learner.name in self.piece.no_response:
            return []
        found = list(self._on_text(written) if written is not None else self._on_paper(learner, share))
        if learner.name in self.piece.zero:
            return [
                Remark(where, OFF_THE_POINT, says)
                for (where, _), says in zip(found[::3], self._off_the_point, strict=False)
            ]
        names = (self.piece.name, learner.name)
        habit = self._habit_at(learner, found)
        rest = [at for at in range(len(found)) if at != habit]
        kept = self._lot.shuffled(rest, *names, "stamps")[: STAMPS - 1 + int(3 * self._lot.share(*names, "more"))]
        wordy = 0.45 - (0.35 * along if self.piece.drift else 0.1)
        remarks: list[Remark] = []
        for at, (where, code) in enumerate(found):
            if at == habit:
                remarks.append(Remark(where, learner.habit, learner.habit_says))
            elif at in kept:
                had = {learner.habit_says, *(remark.comment for remark in remarks)}
                says = [line for line in self.course.words.comments.get(code, ()) if line not in had]
                is_said = says and self._lot.share(*names, at, "said") < wordy
                remarks.append(Remark(where, code, self._lot.one_of(says, *names, at) if is_said else ""))
        return remarks

    @property
    def _off_the_point(self) -> tuple[str, ...]:
        """What stands on an answer to another question: said once, then only stamped."""
        return (*self.course.words.comments.get(OFF_THE_POINT, ("",))[:1], "", "")

    def _habit_at(self, learner: Learner, found: Sequence[tuple[Anchor, str]]) -> int | None:
        """Where the stamp goes that keeps coming back; less often once a student has got better."""
        often = 0.85 - (0.5 * self.course.along(self.piece.set_on) if learner.last > learner.first + 0.05 else 0.0)
        chance = self._lot.share(self.piece.name, learner.name, "habit")
        if learner.habit not in self._stamps.habits or chance > often:
            return None
        places = [at for at, (_, code) in enumerate(found) if code in ("K", "E", "CON", "NAR", "ASSERT", "DEV")]
        alike = [at for at in places if found[at][1] == learner.habit]
        return self._lot.one_of(alike or places, self.piece.name, learner.name, "where") if places else None

    def _on_text(self, written: Written) -> Iterator[tuple[Anchor, str]]:
        for sentence in written.sentences:
            code = self._code(sentence)
            if code:
                yield anchor(written.essay, sentence.span), code

    def _code(self, sentence: Sentence) -> str:
        return self._stamps.codes.get(sentence.part, {}).get(sentence.tier, "")

    def _on_paper(self, learner: Learner, share: float) -> Iterator[tuple[Anchor, str]]:
        """A handwritten script has places: some three paragraphs a page, each with something to stamp."""
        tier = tier_of(share)
        between = [Part.CLAIM, Part.FACT, Part.WHY, *([Part.WEIGH] if tier is Tier.HIGH else [])]
        count = 6 + int(3 * share + 2 * self._lot.share(self.piece.name, learner.name, "long"))
        for at in range(count):
            place = Anchor(None, str(Place(1 + at // 3, 1 + at % 3)))
            parts = [Part.OPENING] if not at else [Part.ENDING] if at == count - 1 else between
            for part in self._lot.shuffled(parts, self.piece.name, learner.name, at)[:2]:
                code = self._stamps.codes.get(part, {}).get(tier, "")
                if code:
                    yield place, code

    # -- what the student is told

    def targets(self, learner: Learner) -> list[str]:
        """All that she may be told to do: her own first, then those that everybody may be told."""
        others = [one for one in self.course.words.targets if one not in learner.targets]
        return [*learner.targets, *self._lot.shuffled(others, learner.name, "targets")]

    def next_target(self, learner: Learner, last: Target | None, met: Met | None) -> tuple[int, int]:
        """Which target is set, and how often by now: the same until it is met, or has been told often enough."""
        if last is None:
            return 0, 1
        if met is Met.MET or last.times >= PATIENCE:
            return (last.at + 1) % len(self.targets(learner)), 1
        return last.at, last.times + 1

    def lines(self, learner: Learner, written: Written | None, target: int) -> Iterator[tuple[Field, int, str]]:
        """The feedback, line by line."""
        if learner.name in self.piece.notes:
            yield Field.NOTE, 1, self.piece.notes[learner.name]
        if learner.name in (*self.piece.no_response, *self.piece.zero):
            return
        words, name = self.course.words, self.piece.name
        strong, weak = (self._strand(of) for of in (learner.strong, learner.weak))
        best = written.best if written is not None else None
        is_told = best is not None and self._lot.share(name, learner.name, "best") < 0.6
        if strong in words.www:
            yield Field.WWW, 1, self._lot.one_of(words.www[strong], name, learner.name, "www")
        if best is not None and is_told:
            yield Field.WWW, 2 if strong in words.www else 1, f"Paragraph {best[0]}, on {best[1]}, is the best of it."
        if weak in words.ebi:
            yield Field.EBI, 1, self._lot.one_of(words.ebi[weak], name, learner.name, "ebi")
        yield Field.TARGET, 1, self.targets(learner)[target]
        if weak in words.task:
            task = self._lot.one_of(words.task[weak], name, learner.name, "task")
            worst = 2 if best is None or best[0] != 2 else 3
            yield Field.TASK, 1, task.format(paragraph=worst)

    def _strand(self, wanted: Sequence[str]) -> str:
        has = [strand.id for strand in self.piece.rubric.strands]
        return next((strand for strand in wanted if strand in has), has[0])

    # -- what became of it

    def met(self, learner: Learner, last: Target, share: float) -> Met:
        """What became of the target: who gains has mostly done what she was told; her own faults stay longest."""
        gain = share - last.share + 0.12 * self._lot.noise(self.piece.name, learner.name, "met")
        gain += 0.1 * (learner.diligence - 0.6) + 0.2 * (learner.last - learner.first)
        gain -= 0.05 if last.at < len(learner.targets) else 0.0
        return Met.MET if gain > 0.03 else Met.PARTLY if gain > -0.03 else Met.NOT_YET

    def task_done(self, learner: Learner) -> TaskDone:
        """What became of the task: whoever is diligent has mostly done it."""
        chance = self._lot.share(self.piece.name, learner.name, "done")
        if chance > learner.diligence:
            return TaskDone.NOT_DONE
        return TaskDone.WELL if chance < learner.diligence * 0.45 else TaskDone.DONE

    def seconds(self, learner: Learner, written: Written | None) -> int:
        """How long the essay took: longer for more words, and never as long as a pause."""
        words = written.essay.words if written is not None else 400
        return int(130 + words * 0.45 + 110 * self._lot.share(self.piece.name, learner.name, "seconds"))
