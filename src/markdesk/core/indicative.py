"""A teacher's own list of what answers to a question may hold: shown beside the scheme, never part of the mark.

The boards print such lists as indicative content: not a checklist, not exhaustive, and other valid material is
credited. So nothing here has marks, and nothing of it reaches a scheme, its hash or the desk.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markdesk.core.file_keys import ID, Key, Kind, Tables, must, tables, text
from markdesk.core.plain import fold
from markdesk.core.rubric import split_tariff
from markdesk.core.toml_reader import Problem, Reader

SCHEMA = "markdesk.indicative/1"

TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "title": text("What the file is about."),
        "content": tables("content", "What answers to one question may hold.", required=True),
    },
    "content": {
        "assignment": text("The assignment's name or id, as on the desk. This or question must be given."),
        "question": text("The question's words; case, marks and quotation signs don't matter."),
        "rubric": text("Only under the scheme with this id; empty for any.", pattern=ID),
        "note": text("A sentence to stand above the list."),
        "points": Key(Kind.TEXTS, "The points, one after another.", default="none"),
        "list": tables("list", "Points under a heading, such as for and against."),
    },
    "list": {
        "heading": must("What these points have in common."),
        "points": Key(Kind.TEXTS, "The points.", required=True),
    },
}


@dataclass(frozen=True, slots=True)
class PointList:
    """Points that belong together. Without a heading: the question's points as a whole."""

    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The list for one question."""

    assignment: str
    question: str
    rubric: str
    note: str
    lists: tuple[PointList, ...]

    def fits(self, names: Iterable[str], question: str, rubric_id: str) -> bool:
        """Whether it is about this assignment (one of ``names`` is its own) or this question, under this scheme."""
        if self.rubric and self.rubric != split_tariff(rubric_id)[0]:
            return False
        if self.assignment and fold(self.assignment) in {fold(name) for name in names}:
            return True
        return bool(self.question) and bare_question(self.question) == bare_question(question)


_TARIFF = re.compile(r"[\[(]?\b\d{1,3}\s?marks?\b[\])]?|[\[(]\d{1,2}[\])]\s*$", re.I)


def bare_question(question: str) -> str:
    """A question's letters and digits, without its marks."""
    return " ".join(re.findall(r"\w+", fold(_TARIFF.sub(" ", question))))


def check_indicative(data: dict[str, Any]) -> tuple[tuple[Content, ...], tuple[Problem, ...]]:
    """The lists of a file, and everything that is wrong with it; no list where anything is."""
    reader = Reader(TABLES)
    top = reader.table(data, "", ())
    found: list[Content] = []
    for path, content in reader.tables(top, "content"):
        assignment, question = content.get("assignment", "").strip(), content.get("question", "").strip()
        if not assignment and not question:
            reader.wrong(path, "'assignment' or 'question' must say which question it is for")
        lists = [PointList("", tuple(content["points"]))] if content.get("points") else []
        for where, listed in reader.tables(content, "list", path):
            lists.append(PointList(listed.get("heading", ""), tuple(listed.get("points", ()))))
            if "points" in listed and not listed["points"]:
                reader.wrong((*where, "points"), "a list needs at least one point")
        if not lists:
            reader.wrong(path, "there is no point in it: 'points' or [[content.list]] is missing")
        found.append(Content(assignment, question, content.get("rubric", ""), content.get("note", ""), tuple(lists)))
    if "content" in top and not top["content"]:
        reader.wrong(("content",), "there is nothing in it: add [[content]]")
    return (() if reader.problems else tuple(found)), tuple(reader.problems)
