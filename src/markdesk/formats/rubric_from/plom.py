"""Plom's rubrics, which are comments with a value, from its TOML, JSON or CSV.

An absolute one says 'k of n': those of one question (and group) with one n are a scale, k the top of a band.
Relative and neutral ones are comments, and have no place in a mark scheme.
"""

import tomllib
from collections import Counter
from typing import Any

from markdesk.formats.files import decode
from markdesk.formats.rubric_from.csv_rows import Rows, read_rows
from markdesk.formats.rubric_from.draft import Criterion, Draft, Rating, banded, quoted, refuse, whole_marks
from markdesk.formats.rubric_from.json_data import load_json, tables, text

_KINDS = ("absolute", "relative", "neutral")


def is_plom(value: object) -> bool:
    """Whether a JSON value holds Plom's rubrics."""
    if isinstance(value, dict):
        value = value.get("rubric")
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and "text" in item and {"kind", "delta"} & item.keys() for item in value)
    )


def is_plom_csv(rows: Rows) -> bool:
    """Whether the first row is the heading of Plom's table of rubrics."""
    return bool(rows.rows) and {"kind", "value", "out_of", "text"} <= {cell.strip() for cell in rows.rows[0][1]}


def read_plom_toml(data: bytes, file_name: str) -> list[Draft]:
    """The scales of a paper. Raises RubricInvalid naming the key."""
    try:
        found = tomllib.loads(decode(data).text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        refuse("", f"it is not valid TOML: {error}.")
    return [_draft(tables(found.get("rubric"), "rubric"))]


def read_plom_json(data: bytes, file_name: str) -> list[Draft]:
    """The scales of a paper. Raises RubricInvalid naming the key."""
    found = load_json(data)
    if isinstance(found, dict):
        found = found.get("rubric")
    return [_draft(tables(found, "rubric"))]


def read_plom_csv(data: bytes, file_name: str) -> list[Draft]:
    """The scales of a paper. Raises RubricInvalid naming the row."""
    rows = read_rows(data)
    if not is_plom_csv(rows):
        refuse("row 1", "the heading has no columns 'kind', 'value', 'out_of' and 'text'.")
    heading = [cell.strip() for cell in rows.rows[0][1]]
    draft = _draft([(f"row {number}", dict(zip(heading, row, strict=False))) for number, row in rows.rows[1:]])
    draft.notes[:0] = rows.notes
    return [draft]


def _draft(items: list[tuple[str, dict[str, Any]]]) -> Draft:
    draft = Draft("", [])
    left: Counter[str] = Counter()
    scales: dict[tuple[str, str, int], list[Rating]] = {}
    questions: dict[str, str] = {}
    for where, item in items:
        kind = _kind(item, where)
        question = text(item, "question_index", where) or text(item, "question", where) or "1"
        questions.setdefault(question, where)
        if kind != "absolute":
            left[kind] += 1
            continue
        most = whole_marks(item.get("out_of", ""), f"{where}.out_of", "'out_of'")
        points = whole_marks(item.get("value", ""), f"{where}.value", "'value'")
        if points > most:
            refuse(f"{where}.value", f"the value is {points} of {most}.")
        if meta := text(item, "meta", where):
            draft.say("Notes for markers ('meta') follow the text that they belong to.")
        words = "\n".join(part for part in (text(item, "text", where), meta) if part)
        key = (question, _group(item, where), most)
        scales.setdefault(key, []).append(Rating(points, "", words, where))
    for kind, count in left.items():
        draft.say(f"{count} {kind} rubric{'s are' if count > 1 else ' is'} left out: comments, not levels.")
    if not scales:
        refuse("rubric", "none is absolute ('k of n'), so nothing says how many marks there are.")
    for question, where in questions.items():
        if not any(key[0] == question for key in scales):
            refuse(where, f"question {question} has no absolute rubric ('k of n'): its maximum is nowhere in the file.")
    draft.criteria = [_criterion(draft, *key, ratings) for key, ratings in sorted(scales.items(), key=_order)]
    return draft


def _order(item: tuple[tuple[str, str, int], list[Rating]]) -> tuple[int, str, str]:
    question, group, _ = item[0]
    return (int(question) if question.isdecimal() and len(question) < 6 else 0, question, group)


def _kind(item: dict[str, Any], where: str) -> str:
    kind = text(item, "kind", where).lower()
    if not kind:  # older files have a delta instead: '.' or '+2'
        kind = "neutral" if text(item, "delta", where) == "." else "relative"
    if kind not in _KINDS:
        refuse(f"{where}.kind", f"it is {quoted(kind)}; the kinds are {', '.join(_KINDS)}.")
    return kind


def _group(item: dict[str, Any], where: str) -> str:
    tags = text(item, "tags", where).split()
    groups = [tag.split(":", 1)[1] for tag in tags if tag.startswith(("group:", "exclusive:"))]
    return groups[0] if groups else ""


def _criterion(draft: Draft, question: str, group: str, most: int, ratings: list[Rating]) -> Criterion:
    title = f"Question {question} {group}".strip()
    where = ratings[0].where
    if most == 0:
        refuse(f"{where}.out_of", "'out_of' is 0.")
    above = [rating.points for rating in ratings if rating.points]
    if not above or max(above) < most:
        refuse(where, f"no rubric of {title} gives {most} of {most}, so its highest level has no text.")
    zeros = [rating for rating in ratings if rating.points == 0]
    if zeros:
        # No marks has a name only; the text of Plom's own ('no answer given') is one.
        first = zeros[0].text.split("\n")[0]
        ratings = [*(r for r in ratings if r.points), Rating(0, first, "", zeros[0].where)]
        if len(zeros) > 1:
            draft.say(f"{title} has {len(zeros)} texts for no marks; the first is kept.")
    return banded(draft, title, ratings, where, ranged=False)
