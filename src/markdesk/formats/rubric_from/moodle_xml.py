"""Moodle's ``grading.xml``, as it stands in the backup of an activity: a rubric, or a marking guide.

A guide gives a maximum and a text for markers. Where that text has a line for each level, ``Level 4 (16–20): …``, and
the levels reach the maximum, they are the levels; else the criterion is a scale of points.
"""

import re

from markdesk.formats.rubric_from.draft import (
    Band,
    Criterion,
    Draft,
    Rating,
    banded,
    note_zero,
    quoted,
    refuse,
    tiled,
    whole_marks,
)
from markdesk.formats.rubric_from.html_text import text_of_html
from markdesk.formats.rubric_from.xml_tree import Node, parse_xml

_LEVEL_LINE = re.compile(
    r"(?P<label>\S.{0,60}?) \((?P<low>\d{1,4})(?:[-–](?P<high>\d{1,4}))?(?: marks?)?\):?(?: (?P<text>.*))?"
)
_HTML = "1"
"""Moodle's number for a text in HTML; the others are shown as they are."""


def is_moodle(data: bytes) -> bool:
    """Whether the start of the file looks like one."""
    return b"<areas" in data[:4000] or b"gradingform" in data[:20_000]


def read_moodle(data: bytes, file_name: str) -> list[Draft]:
    """Every rubric and guide of the file. Raises RubricInvalid naming the line."""
    root = parse_xml(data)
    definitions = root.find("definition")
    if root.tag not in ("areas", "area", "definitions", "definition"):
        refuse(root.where, f"its root is <{root.tag}>, where a grading.xml of Moodle has <areas>.")
    if root.tag == "definition":
        definitions = [root]
    if not definitions:
        refuse(root.where, "there is no <definition> in it: the activity has no rubric and no guide.")
    return [_read(definition) for definition in definitions]


def _read(definition: Node) -> Draft:
    draft = Draft(_text(definition, "name"), [], guidance=_described(definition, "description"))
    method = definition.value("method")
    rubric, guide = definition.find("criteria"), definition.find("guidecriteria")
    if method not in ("rubric", "guide") or (method == "rubric" and not rubric) or (method == "guide" and not guide):
        refuse(
            definition.where,
            f"the method of {quoted(draft.title)} is {quoted(method)}, or its criteria are missing.",
            "A rubric and a marking guide can be converted.",
        )
    if method == "rubric":
        draft.criteria = [_rubric_criterion(draft, node) for node in _sorted(rubric[0].all("criterion"))]
    else:
        draft.criteria = [_guide_criterion(draft, node) for node in _sorted(guide[0].all("guidecriterion"))]
        if definition.find("guidecomment"):
            draft.say("The guide's frequently used comments are left out; they belong in a comment bank.")
    if not draft.criteria:
        refuse(definition.where, f"{quoted(draft.title)} has no criteria.")
    if definition.find("filling"):
        draft.say("Marks that were given with it are left out.")
    return draft


def _sorted(nodes: list[Node]) -> list[Node]:
    """In the order that Moodle shows; in the file's where an order is missing."""

    def order(node: Node) -> int:
        value = node.value("sortorder")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0

    return sorted(nodes, key=order)


def _rubric_criterion(draft: Draft, node: Node) -> Criterion:
    title = _described(node, "description")
    if not title:
        refuse(node.where, "a criterion has no description.")
    levels = node.first("levels")
    ratings = [
        Rating(whole_marks(level.value("score"), level.where, "the score of a level"), "",
               _described(level, "definition"), level.where)
        for level in (levels.all("level") if levels else [])
    ]  # fmt: skip
    if not ratings:
        refuse(node.where, f"{quoted(title)} has no levels.")
    lowest = min(ratings, key=lambda rating: rating.points)
    if lowest.points == 0 and len(lowest.text) <= 60:
        # Moodle's levels have no names; a short description of no marks is one.
        ratings[ratings.index(lowest)] = Rating(0, lowest.text, "", lowest.where)
    return banded(draft, title, ratings, node.where, ranged=False)


def _guide_criterion(draft: Draft, node: Node) -> Criterion:
    title = _text(node, "shortname")
    if not title:
        refuse(node.where, "a criterion has no short name.")
    most = whole_marks(node.value("maxscore"), node.where, f"the maximum score of {quoted(title)}")
    if most == 0:
        refuse(node.where, f"the maximum score of {quoted(title)} is 0.")
    markers, students = _described(node, "descriptionmarkers"), _described(node, "description")
    before, bands, zero = _levels_in(markers, node.where)
    if bands and max(band.high for band in bands) == most:
        note_zero(draft, title, zero)
        about = "\n".join(part for part in (students, before) if part)
        return Criterion(title, node.where, most, tiled(title, bands, node.where), about)
    if bands:
        draft.say(f"The levels in the text of {quoted(title)} don't reach its maximum of {most}: it is taken as text.")
    draft.say(f"{quoted(title)} has a maximum of {most} and no levels: it becomes a scale of points.")
    return Criterion(title, node.where, most, about="\n".join(part for part in (students, markers) if part))


def _levels_in(text: str, where: str) -> tuple[str, list[Band], Rating | None]:
    """What a guide's text says before its lines of levels, those levels, and what it calls no marks."""
    before: list[str] = []
    found: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        if start := _LEVEL_LINE.fullmatch(line.strip()):
            found.append((start, [start["text"] or ""]))
        elif found:
            found[-1][1].append(line.strip())
        else:
            before.append(line)
    bands: list[Band] = []
    zero: Rating | None = None
    for start, lines in found:
        low, high = sorted((int(start["low"]), int(start["high"] or start["low"])))
        words = "\n".join(lines).strip()
        if high == 0:
            zero = Rating(0, start["label"], words, where)
        else:
            bands.append(Band(low, high, start["label"], words, where))
    return "\n".join(before).strip(), bands, zero


def _text(node: Node, tag: str) -> str:
    return node.value(tag)


def _described(node: Node, tag: str) -> str:
    text = node.value(tag)
    return text_of_html(text) if node.value(f"{tag}format") == _HTML else text
