"""Five hundred acts of every kind, the program ended, and all of them taken back, on either store.

Which act comes next is dealt from a fixed seed. ``test_any_sequence`` looks at what is stored after each act; here it
is the long way back that counts, and the whole way forth again.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from markdesk.core.award import Placement
from markdesk.core.changes import apply_all
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.marking import Marking, MarkingStatus
from markdesk.core.rubric import Scoring
from markdesk.desk.marking_desk import MarkingDesk, Outcome
from markdesk.desk.ports import Store
from tests.contract.test_any_sequence import history, restarted
from tests.kit import HARD_ESSAY, STAMPS, SmallDesk, fill, shipped_rubric

ACTS = 500
WORDS = ("say which year", "good [sic]", "毛泽东 \U0001f451", "weigh this\nagainst that", "")
SCHEMES = {
    "aqa-7042-c1a-extracts-30": (1, {"points", "suggestion"}),
    "edexcel-9hi0-essay-20": (2, {"points", "cap"}),
    "ib-history-p1-24": (6, {"cap", "suggestion"}),
    "ocr-h505-y2-twopart-30": (4, {"points", "suggestion"}),
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
    if dice.random() < 0.3:
        return desk.step_points(scale_id, item.id, dice.choice((-1, 1)))
    return desk.give_points(scale_id, item.id, dice.randint(0, item.max))


def strand(desk: MarkingDesk, dice: Random) -> Outcome | None:
    found = [(one, part.id) for one in desk.rubric.scales for part in desk.rubric.strands_of(one) if one.levels]
    if not found:
        return None
    one, strand_id = dice.choice(found)
    if dice.random() < 0.3:
        return desk.secure_strand(one.id, strand_id, dice.choice((-1, 1)))
    placement = Placement(dice.randint(1, one.top), dice.randint(-1, 1)) if dice.random() < 0.8 else None
    return desk.place_strand(one.id, strand_id, placement)


def suggested(desk: MarkingDesk, dice: Random) -> Outcome | None:
    return desk.accept_suggestion(scale(desk, dice)) if desk.rubric.scoring is Scoring.PROFILE else None


def cap(desk: MarkingDesk, dice: Random) -> Outcome | None:
    found = desk.rubric.caps
    return desk.answer_cap(dice.choice(found).id, dice.random() < 0.5) if found else None


def feedback(desk: MarkingDesk, dice: Random) -> Outcome:
    field, place = dice.choice(((Field.WWW, 1), (Field.WWW, 2), (Field.EBI, 1), (Field.TARGET, 1), (Field.NOTE, 1)))
    return desk.write_feedback(field, place, dice.choice(WORDS))


KINDS: dict[str, Act] = {
    "stamp": lambda desk, dice: desk.annotate(span(dice), code(dice), dice.choice(WORDS)),
    "comment": on_one(lambda desk, dice, which: desk.comment(which, dice.choice(WORDS))),
    "comment alone": lambda desk, dice: desk.annotate(span(dice), "", dice.choice(WORDS)),
    "move": on_one(lambda desk, dice, which: desk.move_annotation(which, span(dice))),
    "restamp": on_one(lambda desk, dice, which: desk.restamp(which, code(dice))),
    "remove": on_one(lambda desk, dice, which: desk.remove_annotation(which)),
    "class": on_one(lambda desk, dice, which: desk.tell_class(which)),
    "class passage": lambda desk, dice: desk.tell_class_of(span(dice)),
    "level": level,
    "mark": mark,
    "one more or less": lambda desk, dice: desk.step_mark(scale(desk, dice), dice.choice((-1, 1))),
    "zero": lambda desk, dice: desk.cycle_zero(scale(desk, dice)),
    "points": points,
    "strand": strand,
    "suggestion": suggested,
    "reason": lambda desk, dice: desk.give_reason(scale(desk, dice), dice.choice(WORDS)),
    "cap": cap,
    "feedback": feedback,
    "finish": lambda desk, dice: desk.finish(no_to=[cap.id for cap in desk.rubric.caps]),
    "return": lambda desk, dice: desk.return_to_student(),
    "reopen": lambda desk, dice: desk.reopen(),
}


def session(small: SmallDesk, desk: MarkingDesk, dice: Random) -> Counter[str]:
    """Five hundred acts that changed something; how many there were of each kind."""
    done: Counter[str] = Counter()
    while done.total() < ACTS:
        kind = "reopen" if desk.marking.header.status is MarkingStatus.RETURNED else dice.choice(list(KINDS))
        small.clock.wait(dice.choice((2, 20, 90)))  # so that some acts are undone together
        outcome = KINDS[kind](desk, dice)
        if outcome is not None and outcome.is_saved:
            done[kind] += 1
    return done


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
    desk = small.open()
    begun = desk.marking
    seed, needless = SCHEMES[scheme]
    done = session(small, desk, Random(seed))
    assert set(done) == set(KINDS) - needless
    end = desk.marking

    desk = restarted(small)
    assert as_value(desk.marking) == as_value(end)
    undone = len(desk.history.done)
    assert 200 < undone <= ACTS
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
    assert small.store.verify().problems == ()

    desk = restarted(small)
    for _ in range(undone):
        assert desk.redo().is_saved
    assert not desk.redo().is_saved
    assert as_value(desk.marking) == as_value(end)
    assert as_value(replayed(small, begun)) == as_value(end)
    assert small.store.verify().problems == ()
    small.store.close()
