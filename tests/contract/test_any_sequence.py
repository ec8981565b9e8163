"""Random acts through the marking desk, on both stores side by side: what is stored is always what is shown."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.award import Placement
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.core.marking import MarkingStatus
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.store import Store
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import HARD_ESSAY, SmallDesk, fill
from tests.seeds import examples

Act = tuple[str, int, int]
STRANDS = ("focus", "knowledge", "analysis", "judgement", "organisation")
LINES = ((Field.WWW, 1), (Field.WWW, 2), (Field.EBI, 1), (Field.TARGET, 1))
TEXTS = ("", "good [sic]", "毛泽东 \U0001f451", "  ", "use dates\n")


def annotate(desk: MarkingDesk, a: int, b: int) -> None:
    start = a * 37 % (len(HARD_ESSAY.text) - 60)
    desk.annotate(Span(start, start + 1 + b), ("", "K", "V")[b % 3], TEXTS[a % 5] or "x")


def _one(desk: MarkingDesk, a: int) -> str | None:
    found = sorted(annotation.id for annotation in desk.marking.annotations.values())
    return found[a % len(found)] if found else None


def comment(desk: MarkingDesk, a: int, b: int) -> None:
    if which := _one(desk, a):
        desk.comment(which, TEXTS[b % 5])


def remove(desk: MarkingDesk, a: int, b: int) -> None:
    if which := _one(desk, a):
        desk.remove_annotation(which)


def strand(desk: MarkingDesk, a: int, b: int) -> None:
    if b % 4 == 3:
        desk.secure_strand("main", STRANDS[a % 5], 1 - 2 * (a % 2))
    else:
        desk.place_strand("main", STRANDS[a % 5], Placement(a % 6, b % 3 - 1) if b % 4 else None)


def feedback(desk: MarkingDesk, a: int, b: int) -> None:
    field, place = LINES[a % 4]
    desk.write_feedback(field, place, TEXTS[b % 5])


ACTS: dict[str, Callable[[MarkingDesk, int, int], object]] = {
    "annotate": annotate,
    "comment": comment,
    "remove": remove,
    "level": lambda desk, a, b: desk.choose_level("main", 1 + a % 5),
    "mark": lambda desk, a, b: desk.give_mark("main", a % 26),
    "step": lambda desk, a, b: desk.step_mark("main", 1 - 2 * (b % 2)),
    "zero": lambda desk, a, b: desk.cycle_zero("main"),
    "strand": strand,
    "feedback": feedback,
    "finish": lambda desk, a, b: desk.finish(),
    "reopen": lambda desk, a, b: desk.reopen(),
    "undo": lambda desk, a, b: desk.undo(),
    "redo": lambda desk, a, b: desk.redo(),
    "restart": lambda desk, a, b: None,
    "wait": lambda desk, a, b: None,
}


@contextmanager
def both() -> Iterator[tuple[SmallDesk, SmallDesk]]:
    with tempfile.TemporaryDirectory() as folder:
        file = SqliteStore(Path(folder) / "marks.db", create=True)
        stores: tuple[Store, Store] = (MemoryStore(), file)
        try:
            yield fill(stores[0]), fill(stores[1])
        finally:
            file.close()


def restarted(small: SmallDesk) -> MarkingDesk:
    """What the next start of the program finds; the file is really closed and opened."""
    if isinstance(small.desk.store, SqliteStore):
        small.desk.store.close()
        small.desk.store = SqliteStore(small.desk.store.path)
    return small.open()


def history(desk: MarkingDesk) -> tuple[object, object]:
    return desk.history.done, desk.history.undone


WEIGHTED = [*ACTS, "annotate", "annotate", "mark", "level", "step", "strand", "undo", "undo", "undo", "redo", "redo"]
SEQUENCES = st.lists(
    st.tuples(st.sampled_from(WEIGHTED), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=25
)


def check(memory: SmallDesk, file: SmallDesk, acts: list[Act]) -> None:
    desks = [memory.open(), file.open()]
    for name, a, b in acts:
        for place, small in enumerate((memory, file)):
            if name == "wait":
                small.clock.wait((0.5, 59, 61)[a % 3])
            if name == "restart":
                before = history(desks[place])
                was_kept = desks[place].marking.is_kept
                desks[place] = restarted(small)
                assert history(desks[place]) == before
                assert was_kept == desks[place].marking.is_kept
            ACTS[name](desks[place], a, b)
        one, two = desks
        assert one.marking == two.marking
        for desk, small in zip(desks, (memory, file), strict=True):
            stored = small.store.marking(small.scripts[0].id, small.desk.marker.id)
            assert stored == (desk.marking if desk.marking.is_kept else None)
            assert history(MarkingDesk(small.desk, small.entry())) == history(desk)
        assert memory.entry() == file.entry()
        assert memory.store.steps(one.marking.id) == file.store.steps(two.marking.id)
    for desk, small in zip(desks, (memory, file), strict=True):
        for _ in range(len(acts) + 1):
            if not desk.undo().is_saved:
                break
        assert (len(desk.marking.annotations), len(desk.marking.awards), len(desk.marking.feedback)) == (0, 0, 0)
        assert desk.marking.header.status is MarkingStatus.IN_PROGRESS
        assert len(desk.marking.code_counts) == 0
        assert small.store.verify().problems == ()
    assert memory.store.verify() == file.store.verify()


@settings(max_examples=examples(60))
@given(SEQUENCES)
def test_both_stores_hold_what_is_shown(acts: list[Act]) -> None:
    with both() as (memory, file):
        check(memory, file, acts)


def test_one_long_evening() -> None:
    """Every act several times over, in one marking, so that long histories are looked at too."""
    acts = [(WEIGHTED[n * 7 % len(WEIGHTED)], n * 11 % 31, n * 17 % 29) for n in range(150)]
    with both() as (memory, file):
        check(memory, file, acts)
