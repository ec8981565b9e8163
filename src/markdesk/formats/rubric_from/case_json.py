"""1EdTech CASE: ``CFRubric`` with ``CFRubricCriteria`` and their ``CFRubricCriterionLevels``.

A rubric stands alone, in a list of ``CFRubrics``, or in a package. A level has one score; where its description or
quality begins with the band that ends at the score, ``16–20: …``, the band is believed.
"""

import re
from collections.abc import Iterator
from typing import Any

from markdesk.formats.rubric_from.draft import (
    Band,
    Criterion,
    Draft,
    Rating,
    banded,
    quoted,
    refuse,
    tiled,
    whole_marks,
)
from markdesk.formats.rubric_from.json_data import load_json, table, tables, text

_BAND = re.compile(r"[(\[]?(?:marks? )?(\d{1,4}) ?[-–—] ?(\d{1,4})(?: marks?)?[)\]]?\s*[:.]?\s+(?=\S)", re.I)


def is_case(value: object) -> bool:
    """Whether a JSON value holds such a rubric."""
    return isinstance(value, dict) and any(key.startswith("CF") for key in value)


def read_case(data: bytes, file_name: str) -> list[Draft]:
    """Every rubric of the file. Raises RubricInvalid naming the key."""
    found = list(_rubrics(table(load_json(data), "the file"), ""))
    if not found:
        refuse("CFRubrics", "the file holds no rubric.")
    return [_read(rubric, where) for where, rubric in found]


def _rubrics(value: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if "CFRubricCriteria" in value or "CFRubricCriterion" in value:
        yield where, value
    for key in ("CFRubric", "CFPackage", "CFDefinitions"):
        if isinstance(value.get(key), dict):
            yield from _rubrics(value[key], f"{where}.{key}".lstrip("."))
    if "CFRubrics" in value:
        yield from tables(value["CFRubrics"], f"{where}.CFRubrics".lstrip("."))


def _read(rubric: dict[str, Any], where: str) -> Draft:
    draft = Draft(text(rubric, "title", where), [], guidance=text(rubric, "description", where))
    key = "CFRubricCriterion" if "CFRubricCriterion" in rubric else "CFRubricCriteria"
    place = f"{where}.{key}".lstrip(".")
    criteria = tables(rubric.get(key), place)
    if not criteria:
        refuse(place, "there are no criteria.")
    draft.criteria = [_criterion(draft, item, at) for at, item in _by_position(criteria)]
    return draft


def _by_position(items: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    def position(item: tuple[str, dict[str, Any]]) -> int:
        value = item[1].get("position")
        return value if isinstance(value, int) else 0

    return sorted(items, key=position)


def _criterion(draft: Draft, item: dict[str, Any], where: str) -> Criterion:
    category, about = text(item, "category", where), text(item, "description", where)
    title = category or about
    if not title:
        refuse(where, "the criterion has neither 'category' nor 'description'.")
    times = _weight(draft, item, where)
    ratings: list[Rating] = []
    for at, level in tables(item.get("CFRubricCriterionLevels"), f"{where}.CFRubricCriterionLevels"):
        score = whole_marks(level.get("score", ""), f"{at}.score", "the score") * times
        words = text(level, "description", at)
        if feedback := text(level, "feedback", at):
            words = f"{words}\n{feedback}".strip()
        ratings.append(Rating(score, text(level, "quality", at), words, at))
    if not ratings:
        refuse(where, f"{quoted(title)} has no levels.")
    about = about if category else ""
    bands = _told_bands(ratings)
    if not bands or times > 1:
        return banded(draft, title, ratings, where, ranged=False, about=about)
    for rating in ratings:
        if rating.points == 0:
            draft.zeros.append(rating.label)
    return Criterion(title, where, max(band.high for band in bands), tiled(title, bands, where), about)


def _told_bands(ratings: list[Rating]) -> list[Band]:
    """The bands that the descriptions begin with, if every level above 0 has one that ends at its score."""
    bands: list[Band] = []
    for rating in ratings:
        if rating.points == 0:
            continue
        found = _BAND.match(rating.text)
        if not found or int(found[2]) != rating.points or int(found[1]) > rating.points:
            return []
        bands.append(Band(int(found[1]), rating.points, rating.label, rating.text[found.end() :], rating.where))
    return bands


def _weight(draft: Draft, item: dict[str, Any], where: str) -> int:
    if item.get("weight") is None:
        return 1
    weight = whole_marks(item["weight"], f"{where}.weight", "the weight")
    if weight > 1:
        draft.say("Scores are multiplied by the weight of their criterion, so that the total is right.")
    return weight or 1
