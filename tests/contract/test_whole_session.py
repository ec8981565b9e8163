"""Five hundred acts of every kind, the program ended, and all of them taken back, on either store.

Which act comes next is dealt from a fixed seed. ``test_any_sequence`` looks at what is stored after each act; here it
is the long way back that counts, and the whole way forth again.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from random import Random
from typing import get_args

import pytest

from markdesk.core.annotation import ActedOn, Annotation
from markdesk.core.award import Award, Placement
from markdesk.core.changes import AnyChange, apply_all
from markdesk.core.essay import Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.history import Step
from markdesk.core.marking import Marking, MarkingHeader, MarkingStatus, Met, TaskDone
from markdesk.core.rubric import Scale, Scoring
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.desk.ports import LastTarget
from markdesk.desk.queueing import Noted, QueueActs
from markdesk.desk.rewording import BankActs, Done
from markdesk.desk.store import Store
from markdesk.store.memory.store import MemoryStore
from tests.contract.desk_acts import DeskActs, desk_as_it_is, steps_beside
from tests.contract.test_any_sequence import history, restarted
from tests.kit import HARD_ESSAY, STAMPS, SmallDesk, fill, shipped_rubric

ACTS = 500
WORDS = ("say which year", "good [sic]", "毛泽东 \U0001f451", "weigh this\nagainst that", "")
NO_POINTS = {"give_points", "step_points"}
SCHEMES = {
    "aqa-7042-c1a-extracts-30": (1, {*NO_POINTS, "accept_suggestion", "begin_part"}),
    "edexcel-9hi0-essay-20": (2, {*NO_POINTS, "answer_cap", "begin_part"}),
    "ib-history-p1-24": (14, {"answer_cap", "accept_suggestion"}),
    "ocr-h505-y2-twopart-30": (4, {*NO_POINTS, "accept_suggestion"}),
}
"""A whole mark with caps' questions, a profile of strands, points by item, two parts: the seed, and the kinds of act
that the scheme has no use for."""

Act = Callable[[MarkingDesk, Random], Outcome | None]


def span(dice: Random) -> Span:
    start = dice.randrange(len(HARD_ESSAY.text) - 40)
    return Span(start, start + dice.randint(1, 40))


def on_one(does: Callable[[MarkingDesk, Random, str], Outcome]) -> Act:
    """Something done to an annotation; nothing where there is none."""

    def act(desk: MarkingDesk, dice: Random) -> Outcome | None:
        found = sorted(annotation.id for annotation in desk.marking.annotations.values())
        return does(desk, dice, dice.choice(found)) if found else None

    return act


def code(dice: Random) -> str:
    return dice.choice(STAMPS.stamps).code


def scale(desk: MarkingDesk, dice: Random) -> str:
    return dice.choice(desk.rubric.scales).id


def level(desk: MarkingDesk, dice: Random) -> Outcome:
    found = [one for one in desk.rubric.scales if one.levels]
    one = dice.choice(found)
    return desk.choose_level(one.id, dice.randint(1, one.top))


def mark(desk: MarkingDesk, dice: Random) -> Outcome:
    one = dice.choice([one for one in desk.rubric.scales if not one.is_points])
    return desk.give_mark(one.id, dice.randint(0, one.max))


def points(desk: MarkingDesk, dice: Random) -> Outcome | None:
    found = [(one.id, item) for one in desk.rubric.scales for item in one.items]
    if not found:
        return None
    scale_id, item = dice.choice(found)
    return desk.give_points(scale_id, item.id, dice.randint(0, item.max))


def more_points(desk: MarkingDesk, dice: Random) -> Outcome | None:
    found = [(one.id, item) for one in desk.rubric.scales for item in one.items]
    if not found:
        return None
    scale_id, item = dice.choice(found)
    return desk.step_points(scale_id, item.id, dice.choice((-1, 1)))


def strand(desk: MarkingDesk, dice: Random) -> Outcome | None:
    one, strand_id = a_strand(desk, dice)
    placement = Placement(dice.randint(1, one.top), dice.randint(-1, 1)) if dice.random() < 0.8 else None
    return desk.place_strand(one.id, strand_id, placement)


def secure(desk: MarkingDesk, dice: Random) -> Outcome | None:
    one, strand_id = a_strand(desk, dice)
    return desk.secure_strand(one.id, strand_id, dice.choice((-1, 1)))


def a_strand(desk: MarkingDesk, dice: Random) -> tuple[Scale, str]:
    scales = [one for one in desk.rubric.scales if one.levels]
    return dice.choice([(one, part.id) for one in scales for part in desk.rubric.strands_of(one)])


def suggested(desk: MarkingDesk, dice: Random) -> Outcome | None:
    """Every bullet placed, and the mark that follows from them."""
    if desk.rubric.scoring is not Scoring.PROFILE:
        return None
    one = desk.scale(scale(desk, dice))
    for placed in desk.rubric.strands_of(one):
        desk.place_strand(one.id, placed.id, Placement(dice.randint(1, one.top), 0))
    return desk.accept_suggestion(one.id)


def cap(desk: MarkingDesk, dice: Random) -> Outcome | None:
    found = desk.rubric.caps
    return desk.answer_cap(dice.choice(found).id, dice.random() < 0.5) if found else None


def feedback(desk: MarkingDesk, dice: Random) -> Outcome:
    lines = ((Field.WWW, 1), (Field.WWW, 2), (Field.EBI, 1), (Field.TARGET, 1), (Field.TASK, 1), (Field.NOTE, 1))
    field, place = dice.choice(lines)
    return desk.write_feedback(field, place, dice.choice(WORDS))


def no_level(desk: MarkingDesk, dice: Random) -> Outcome:
    """A digit above the top level, right after one that wasn't: it was the first figure of a mark."""
    one = dice.choice([one for one in desk.rubric.scales if one.levels])
    desk.choose_level(one.id, dice.randint(1, one.top))
    return desk.take_back_level(one.id)


def part(desk: MarkingDesk, dice: Random) -> Outcome:
    return desk.begin_part(dice.choice(desk.essay.paragraphs).span.start)


def finish(desk: MarkingDesk, dice: Random) -> Outcome:
    return desk.finish(dice.choice((*Met, None)), no_to=[cap.id for cap in desk.rubric.caps])


KINDS: dict[str, Act] = {
    "annotate": lambda desk, dice: desk.annotate(
        span(dice), dice.choice((code(dice), "")), dice.choice(WORDS) or "so?"
    ),
    "comment": on_one(lambda desk, dice, which: desk.comment(which, dice.choice(WORDS))),
    "move_annotation": on_one(lambda desk, dice, which: desk.move_annotation(which, span(dice))),
    "restamp": on_one(lambda desk, dice, which: desk.restamp(which, code(dice))),
    "judge_redraft": on_one(lambda desk, dice, which: desk.judge_redraft(which, dice.choice((*ActedOn, None)))),
    "remove_annotation": on_one(lambda desk, dice, which: desk.remove_annotation(which)),
    "tell_class": on_one(lambda desk, dice, which: desk.tell_class(which)),
    "tell_class_of": lambda desk, dice: desk.tell_class_of(span(dice)),
    "choose_level": level,
    "take_back_level": no_level,
    "give_mark": mark,
    "step_mark": lambda desk, dice: desk.step_mark(scale(desk, dice), dice.choice((-1, 1))),
    "cycle_zero": lambda desk, dice: desk.cycle_zero(scale(desk, dice)),
    "give_no_response": lambda desk, dice: desk.give_no_response(scale(desk, dice)),
    "give_points": points,
    "step_points": more_points,
    "place_strand": strand,
    "secure_strand": secure,
    "accept_suggestion": suggested,
    "give_reason": lambda desk, dice: desk.give_reason(scale(desk, dice), dice.choice(WORDS)),
    "answer_cap": cap,
    "begin_part": part,
    "write_feedback": feedback,
    "finish": finish,
    "return_to_student": lambda desk, dice: desk.return_to_student(),
    "record_task": lambda desk, dice: desk.record_task(dice.choice((*TaskDone, None))),
    "reopen": lambda desk, dice: desk.reopen(),
}
"""Every intent of the marking desk by its name: ``test_every_kind_of_act_is_here`` misses a new one."""


def intents(of: type, outcome: type) -> set[str]:
    """The acts that a class offers: its public methods that come to something."""
    found = inspect.getmembers(of, inspect.isfunction)
    names = {name for name, method in found if method.__annotations__.get("return") is outcome}
    return {name for name in names if not name.startswith("_")} - {"undo", "redo"}


def test_every_kind_of_act_is_here() -> None:
    assert set(KINDS) == intents(MarkingDesk, Outcome)
    beside = set(DeskActs(fill(MemoryStore()), Random(0)).kinds)
    assert beside >= intents(QueueActs, Noted) | intents(BankActs, Done)


NEVER_CHANGES = {"id", "marking_id", "script_id", "marker_id", "started_at", "scale", "field", "place"}
"""What tells a thing from others of its kind."""
ELSEWHERE = {
    "essay_hash": "a newer text is taken in: test_redrafts",
    "rubric_hash": "a class is taken over: test_takeover",
}
NEEDS = {"answers": "answer_cap", "parts": "begin_part", "points": "give_points"}
"""Which act changes what only some schemes have."""


def fields_changed(steps: Iterable[Step]) -> set[str]:
    """The fields that differ between the two sides of some change."""
    found: set[str] = set()
    for change in (change for step in steps for change in step.changes):
        before, after = change.before, change.after
        if before is not None and after is not None:
            found |= {f.name for f in fields(after) if getattr(before, f.name) != getattr(after, f.name)}
    return found


def fields_to_change(needless: set[str]) -> set[str]:
    its = {field.name for kind in (MarkingHeader, Annotation, Award, FeedbackLine) for field in fields(kind)}
    return its - NEVER_CHANGES - set(ELSEWHERE) - {name for name, act in NEEDS.items() if act in needless}


def session(small: SmallDesk, desk: MarkingDesk, dice: Random) -> tuple[Counter[str], Counter[str]]:
    """Five hundred acts on an essay that changed something, and others beside; how many there were of each kind."""
    done, beside = Counter[str](), Counter[str]()
    acts = DeskActs(small, dice)
    while done.total() < ACTS:
        small.clock.wait(dice.choice((2, 20, 90)))  # so that some acts are undone together
        if dice.random() < 0.25:
            kind = acts.act()
            beside[kind] += bool(kind)
            if kind == "reword" and desk.marking.is_kept:
                desk.reload()  # the comment may stand on this essay
        is_returned = desk.marking.header.status is MarkingStatus.RETURNED
        rare = [kind for kind in KINDS if not done[kind]]  # so that no seed has to be looked for when a kind comes
        wanted = rare if rare and dice.random() < 0.4 else list(KINDS)
        kind = dice.choice(("record_task", "reopen") if is_returned else wanted)
        outcome = KINDS[kind](desk, dice)
        if outcome is not None and outcome.is_saved:
            done[kind] += 1
    return done, +beside


def as_value(marking: Marking) -> Marking:
    """Without the count of what was done to it."""
    return replace(marking, revision=0)


def replayed(small: SmallDesk, begun: Marking) -> Marking:
    """The marking as its log tells it, from nothing."""
    marking = begun
    for step in small.store.steps(begun.id):
        marking = apply_all(marking, step.changes)
    return marking


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_of_it_is_taken_back_after_a_restart_and_done_again(store: Store, scheme: str) -> None:
    small = fill(store, shipped_rubric(scheme))
    other = small.open(1)
    other.give_no_response(small.rubric.scales[0].id)
    desk = small.open()
    desk.last_target = LastTarget("weigh both sides", "2026-10-01", "Earlier", other.marking.id)
    begun, at_first, steps_before = desk.marking, desk_as_it_is(small), len(steps_beside(small))
    seed, needless = SCHEMES[scheme]
    done, beside = session(small, desk, Random(seed))
    assert set(done) == set(KINDS) - needless
    assert set(beside) == set(DeskActs(small, Random(0)).kinds)
    log = small.store.first_steps(1_000_000)
    assert {type(change) for step in log for change in step.changes} == set(get_args(AnyChange))
    assert fields_changed(small.store.steps(begun.id)) >= fields_to_change(needless)
    end, at_last = desk.marking, desk_as_it_is(small)

    desk = restarted(small)
    assert as_value(desk.marking) == as_value(end)
    undone = len(desk.history.done)
    assert undone > 200
    for number in range(undone):
        if number % 60 == 59:
            before = history(desk)
            desk = restarted(small)
            assert history(desk) == before
        assert desk.undo().is_saved
    assert not desk.undo().is_saved
    assert as_value(desk.marking) == replace(begun, is_kept=True)
    assert as_value(replayed(small, begun)) == replace(begun, is_kept=True)
    assert small.store.marking(desk.entry.script.id, small.desk.marker.id) == desk.marking
    taken_back = [small.desk.take_back(step) for step in reversed(steps_beside(small)[steps_before:])]
    assert desk_as_it_is(small) == at_first
    assert small.store.verify().problems == ()

    desk = restarted(small)
    for step in reversed(taken_back):
        small.desk.take_back(step)
    assert desk_as_it_is(small) == at_last
    for _ in range(undone):
        assert desk.redo().is_saved
    assert not desk.redo().is_saved
    assert as_value(desk.marking) == as_value(end)
    assert as_value(replayed(small, begun)) == as_value(end)
    assert small.store.verify().problems == ()
    small.store.close()
