"""Scales from parsed data: levels that cover their marks, sub-bands that cover their level, items that add up."""

from typing import Any, NamedTuple

from markdesk.core.ids import ScaleId
from markdesk.core.rubric import Item, Level, Scale, SubBand
from markdesk.core.toml_reader import Path, Placed, Reader


class PlacedScale(NamedTuple):
    """A scale, where it stands in the file, and where each of its levels does."""

    path: Path
    scale: Scale
    levels: dict[int, Path]


def read_scales(reader: Reader, top: dict[str, Any]) -> list[PlacedScale]:
    """Every scale, in the order of the file."""
    items = reader.tables(top, "scale")
    reader.unique(items)
    if top.get("scale") == []:
        reader.wrong(("scale",), "a mark scheme needs at least one [[scale]]")
    return [_scale(reader, path, scale) for path, scale in items]


def _scale(reader: Reader, path: Path, scale: dict[str, Any]) -> PlacedScale:
    is_points = scale.get("kind") == "points"
    if is_points and "level" in scale:
        reader.wrong((*path, "level"), "a scale of points has items and no levels; its 'kind' is 'points'")
    elif not is_points and "item" in scale:
        reader.wrong((*path, "item"), "items belong on a scale whose 'kind' is 'points'")
    levels = [] if is_points else _levels(reader, scale, path)
    checked = Scale(
        ScaleId(scale.get("id", "")),
        scale.get("title", ""),
        tuple(scale.get("aos", ())),
        scale.get("max", 0),
        tuple(level for _, level in levels),
        scale.get("part", ""),
        scale.get("kind", "levels"),
        _items(reader, scale, path) if is_points else (),
        tuple(scale.get("strands", ())),
    )
    if is_points and checked.strands:
        reader.wrong((*path, "strands"), "a scale of points has no levels, so no strands judge it")
    return PlacedScale(path, checked, {level.n: where for where, level in levels})


def _levels(reader: Reader, scale: dict[str, Any], path: Path) -> list[tuple[Path, Level]]:
    """The levels from the lowest up, whichever way the file lists them."""
    listed = reader.tables(scale, "level", path)
    if not scale.get("level"):
        where = (*path, "level") if "level" in scale else path
        reader.wrong(where, "a scale of levels needs at least one [[scale.level]]: 'level' is missing")
    items = sorted((i for i in listed if {"n", "min", "max"} <= i[1].keys()), key=lambda item: item[1]["n"])
    for position, (where, level) in enumerate(items, start=1):
        if level["n"] != position:
            reader.wrong((*where, "n"), f"levels are numbered 1, 2, 3 …: here {position} is expected, not {level['n']}")
    if len(items) == len(listed):  # else a level without its range would be told as a gap too
        reader.tiles(items, 1, scale.get("max"), "level")
    return [
        (
            where,
            Level(
                level["n"],
                level.get("label") or f"L{level['n']}",
                level["min"],
                level["max"],
                level.get("summary", ""),
                dict(level.get("strand", {})),
                _subs(reader, level, where),
            ),
        )
        for where, level in items
    ]


def _subs(reader: Reader, level: dict[str, Any], path: Path) -> tuple[SubBand, ...]:
    items = reader.tables(level, "sub", path)
    reader.unique(items, "label")
    whole = sorted((item for item in items if {"label", "min", "max"} <= item[1].keys()), key=_lowest)
    if len(whole) == len(items):
        reader.tiles(whole, level["min"], level["max"], "sub-band")
    return tuple(SubBand(sub["label"], sub["min"], sub["max"]) for _, sub in whole)


def _lowest(placed: Placed) -> int:
    lowest: int = placed[1]["min"]
    return lowest


def _items(reader: Reader, scale: dict[str, Any], path: Path) -> tuple[Item, ...]:
    items = reader.tables(scale, "item", path)
    reader.unique(items)
    if not scale.get("item"):
        where = (*path, "item") if "item" in scale else path
        reader.wrong(where, "a scale of points needs at least one [[scale.item]]: 'item' is missing")
    whole = [(where, item) for where, item in items if "max" in item]
    summed = sum(item["max"] for _, item in whole)
    if whole and len(whole) == len(items) and "max" in scale and summed != scale["max"]:
        reader.wrong((*path, "max"), f"the items add up to {summed}, but the scale's maximum is {scale['max']}")
    return tuple(Item(item.get("id", ""), item.get("text", ""), item["max"]) for _, item in whole)
