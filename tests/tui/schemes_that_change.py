"""Assignments under schemes of the teacher's own, whose files then change."""

from dataclasses import replace

from markdesk.bootstrap import own_rubrics
from markdesk.core.changes import AssignmentChanged
from markdesk.core.rubric import Rubric
from markdesk.desk.ports import Keep
from markdesk.formats.rubric_toml import read_rubric
from markdesk.formats.rubric_writer import rubric_text
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import shipped_rubric
from tests.tui.desks import RUBRICS
from tests.tui.seat import World


def written(rubric: Rubric) -> Rubric:
    """The scheme as its file in the teacher's folder says it."""
    folder = own_rubrics()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rubric.id}.toml"
    path.write_text(rubric_text(rubric), encoding="utf-8")
    return read_rubric(path)


def under_own(world: World, shape: str) -> Rubric:
    """The assignment under a scheme of the teacher's own, which says what the shipped one says."""
    own = written(replace(shipped_rubric(RUBRICS[shape]), id=f"our-{shape}", version="1.0"))
    store = SqliteStore(world.path)
    (present,) = [assignment for assignment in store.assignments() if assignment.id == shape]
    change = AssignmentChanged(present, replace(present, rubric_hash=own.hash))
    world.desk(store).commit("test", "another scheme", (change,), Keep(rubrics=(own,)))
    store.close()
    return own


def reworded(rubric: Rubric, version: str = "1.1") -> Rubric:
    """New words, the same structure."""
    (scale, *others) = rubric.scales
    levels = tuple(replace(level, summary=f"{level.summary} Or so.") for level in scale.levels)
    return replace(rubric, version=version, scales=(replace(scale, levels=levels), *others))


def rebanded(rubric: Rubric, *tops: int, version: str = "2.0") -> Rubric:
    """The first scale with these tops of its bands."""
    (scale, *others) = rubric.scales
    bounds = zip(scale.levels, (0, *tops), tops, strict=False)
    levels = tuple(replace(level, min=below + 1, max=top) for level, below, top in bounds)
    return replace(rubric, version=version, scales=(replace(scale, levels=levels), *others))
