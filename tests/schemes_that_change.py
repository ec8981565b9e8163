"""Schemes of the teacher's own whose files change."""

from dataclasses import replace

from markdesk.bootstrap import own_rubrics
from markdesk.core.rubric import Rubric
from markdesk.formats.rubric_toml import read_rubric
from markdesk.formats.rubric_writer import rubric_text


def written(rubric: Rubric) -> Rubric:
    """The scheme as its file in the teacher's folder says it."""
    folder = own_rubrics()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rubric.id}.toml"
    path.write_text(rubric_text(rubric), encoding="utf-8")
    return read_rubric(path)


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
