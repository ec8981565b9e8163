"""MarkUs's criteria: the YAML of today and of older versions, and the CSV of rubric criteria.

YAML is read as text and nothing else: no tags, no aliases, and a level called ``No`` stays 'No'.
"""

from typing import Any

import yaml

from markdesk.formats.files import decode
from markdesk.formats.rubric_from.csv_rows import Rows, read_rows
from markdesk.formats.rubric_from.draft import Criterion, Draft, Rating, banded, quoted, refuse, whole_marks
from markdesk.formats.rubric_from.json_data import table, text

_OLD_LEVELS = 5


class _Loader(yaml.BaseLoader):
    """Texts, lists and mappings only; a key twice or an alias is refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            refuse(f"line {self.line + 1}", "it has an alias (*), which MarkUs never writes.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                refuse(f"line {key.start_mark.line + 1}", "a key must be a text.")
            if key.value in seen:
                refuse(f"line {key.start_mark.line + 1}", f"the key {quoted(key.value)} stands twice.")
            seen.add(key.value)
        return super().construct_mapping(node, deep=True)


def load_yaml(data: bytes) -> Any:
    """The value of a YAML file. Raises RubricInvalid naming the line."""
    try:
        return yaml.load(decode(data).text, _Loader)  # noqa: S506 - built on BaseLoader, which makes texts only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "a character that YAML doesn't allow"
        refuse(f"line {mark.line + 1}" if mark else "line 1", f"it is not valid YAML ({problem}).")
    except RecursionError:
        refuse("line 1", "it is nested too deeply to be a mark scheme.")


def is_markus(value: object) -> bool:
    """Whether a YAML value holds criteria of MarkUs."""
    return (
        isinstance(value, dict)
        and bool(value)
        and any(isinstance(item, dict) and ("max_mark" in item or "levels" in item) for item in value.values())
    )


def read_markus_yaml(data: bytes, file_name: str) -> list[Draft]:
    """The criteria of one assignment. Raises RubricInvalid naming the key."""
    draft = Draft("", [])
    for name, value in table(load_yaml(data), "the file").items():
        found = _bare(table(value, quoted(name)))
        criterion = _criterion(draft, name.strip(), found)
        if criterion:
            draft.criteria.append(criterion)
    return [draft]


def _bare(found: dict[str, Any]) -> dict[str, Any]:
    # Some versions write Ruby's symbols as keys: ":mark".
    return {key.removeprefix(":"): value for key, value in found.items()}


def _criterion(draft: Draft, name: str, found: dict[str, Any]) -> Criterion | None:
    where = quoted(name)
    if not name:
        refuse("the file", "a criterion has no name.")
    kind = text(found, "type", where).lower() or "rubric"
    if kind not in ("rubric", "flexible", "checkbox"):
        refuse(f"{where}.type", f"it is {quoted(kind)}; the types are rubric, flexible and checkbox.")
    if text(found, "bonus", where).lower() == "true":
        draft.say(f"{where} is a bonus, which a total here can't have: it is left out.")
        return None
    about = text(found, "description", where)
    if kind == "rubric":
        return _rubric(draft, name, found, where, about)
    most = whole_marks(found.get("max_mark", ""), f"{where}.max_mark", "the maximum")
    if most == 0:
        refuse(f"{where}.max_mark", "the maximum is 0.")
    if kind == "checkbox":
        draft.say(f"{where} is a tick, all marks or none; it becomes a scale of points, where any mark can be given.")
    else:
        draft.say(f"{where} has a maximum of {most} and no levels: it becomes a scale of points.")
    return Criterion(name, where, most, about=about)


def _rubric(draft: Draft, name: str, found: dict[str, Any], where: str, about: str) -> Criterion:
    levels = found.get("levels")
    if isinstance(levels, dict) and levels:
        ratings = [_rating(level, table(value, f"{where}.levels.{level}"), f"{where}.levels.{level}")
                   for level, value in levels.items()]  # fmt: skip
    else:
        numbered = [f"level_{n}" for n in range(20) if f"level_{n}" in found]
        if not numbered:
            refuse(f"{where}.levels", "a rubric criterion needs levels.")
        ratings = _old_ratings(draft, found, numbered, where)
    criterion = banded(draft, name, ratings, where, ranged=False, about=about)
    if "max_mark" in found:
        most = whole_marks(found["max_mark"], f"{where}.max_mark", "the maximum")
        if most != criterion.max:
            refuse(f"{where}.max_mark", f"the maximum is {most}, but the highest level has {criterion.max}.")
    return criterion


def _rating(name: str, value: dict[str, Any], where: str) -> Rating:
    level = _bare(value)
    marks = whole_marks(level.get("mark", ""), f"{where}.mark", "the mark")
    return Rating(marks, name.strip(), text(level, "description", where), where)


def _old_ratings(draft: Draft, found: dict[str, Any], numbered: list[str], where: str) -> list[Rating]:
    """Levels as ``level_0`` and so on. Without marks of their own they divide the maximum evenly."""
    levels = [(f"{where}.{key}", _bare(table(found[key], f"{where}.{key}"))) for key in numbered]
    if all("mark" in level for _, level in levels):
        return [_rating(text(level, "name", at), level, at) for at, level in levels]
    most = whole_marks(found.get("max_mark", ""), f"{where}.max_mark", "the maximum")
    steps = len(levels) - 1
    if steps < 1 or most % steps:
        refuse(
            f"{where}.max_mark",
            f"{most} can't be divided into whole marks for {len(levels)} levels that have none of their own.",
            "Give each level a 'mark'.",
        )
    draft.say("Levels without a mark of their own divide the maximum of their criterion evenly.")
    return [
        Rating(most // steps * n, text(level, "name", at), text(level, "description", at), at)
        for n, (at, level) in enumerate(levels)
    ]


def is_markus_csv(rows: Rows) -> bool:
    """Whether every row is a criterion: names and marks of levels in threes, or the older five levels."""
    return bool(rows.rows) and all(_is_old(row) or _is_new(row) for _, row in rows.rows)


def _is_old(row: tuple[str, ...]) -> bool:
    cells = _used(row)
    names = [cell.strip() for cell in cells[2 : 2 + _OLD_LEVELS]]
    return len(names) == _OLD_LEVELS and all(names) and _is_number(cells[1]) and not any(map(_is_number, names))


def _is_new(row: tuple[str, ...]) -> bool:
    cells = _used(row)
    return len(cells) >= 4 and len(cells) % 3 == 1 and all(map(_is_number, cells[3::3]))


def _used(row: tuple[str, ...]) -> tuple[str, ...]:
    last = max((n for n, cell in enumerate(row) if cell.strip()), default=-1)
    return row[: last + 1]


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("-").replace(".", "", 1).replace(",", "", 1).isdecimal()


def read_markus_csv(data: bytes, file_name: str) -> list[Draft]:
    """The rubric criteria of one assignment. Raises RubricInvalid naming the row."""
    rows = read_rows(data)
    draft = Draft("", [], list(rows.notes))
    for number, row in rows.rows:
        where = f"row {number}"
        title = row[0].strip()
        if not title:
            refuse(where, "the first cell, the name of the criterion, is empty.")
        ratings = _old_row(row, where) if _is_old(row) else _new_row(row, where)
        draft.criteria.append(banded(draft, title, ratings, where, ranged=False))
    return [draft]


def _old_row(row: tuple[str, ...], where: str) -> list[Rating]:
    """Name, weight, five names of levels, five descriptions: level 4 is worth four times the weight."""
    weight = whole_marks(row[1], where, "the weight")
    texts = [*row[2 + _OLD_LEVELS : 2 + 2 * _OLD_LEVELS], *[""] * _OLD_LEVELS]
    return [Rating(weight * n, row[2 + n].strip(), texts[n].strip(), where) for n in range(_OLD_LEVELS)]


def _new_row(row: tuple[str, ...], where: str) -> list[Rating]:
    cells = _used(row)[1:]
    if not cells or len(cells) % 3:
        refuse(where, f"{len(cells)} cells stand behind the name; levels go in threes: name, description, mark.")
    return [
        Rating(whole_marks(mark, where, f"the mark of {quoted(name)}"), name.strip(), words.strip(), where)
        for name, words, mark in zip(cells[::3], cells[1::3], cells[2::3], strict=True)
    ]
