"""From parsed data to a ``Paper``, or to the list of everything that is wrong with it (``markdesk.paper/1``)."""

import re
from typing import Any

from markdesk.core.file_keys import DATE, ID, Key, Kind, Pattern, Tables, count, must, number, table, tables, text
from markdesk.core.paper import SCHEMA, Paper, PaperQuestion, Section, worth
from markdesk.core.rubric import Provenance, Status
from markdesk.core.toml_reader import Path, Placed, Problem, Reader

NUMBER = Pattern(r"[0-9]{1,2}(\([a-z]\))?", 'a question\'s number as it is printed, such as "01" or "2(a)"')
RUBRIC = Pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9]{1,4})?", "the id of a mark scheme")

PROVENANCE = {
    "wording": must("Whose the words are."),
    "basis": must("Where the structure and the marks come from, and how sure that is."),
    "checked_by": text("Who compared it with the board's document."),
    "checked_on": text("When that was.", pattern=DATE),
    "checked_against": text("With which document."),
}

TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "id": must("The paper's name for programs; the file is called the same.", pattern=ID),
        "version": must("Raise it with every change."),
        "title": must("The paper's name for people."),
        "board": text("Who sets it."),
        "qualification": text("A-level, AS."),
        "spec": text("The specification's code."),
        "component": text("Which component of the qualification it examines."),
        "status": must("How far it may be trusted.", one_of=tuple(Status)),
        "time_minutes": number("How long candidates have."),
        "provenance": table("provenance", "Where it comes from.", required=True),
        "section": tables("section", "The sections, in the order of the paper.", required=True),
    },
    "provenance": PROVENANCE,
    "section": {
        "id": must("The section's letter."),
        "title": text("What it asks for."),
        "choose": Key(Kind.NUMBER, "How many of its questions are to be answered.", least=1, default="all of them"),
        "question": tables("question", "The questions, in the order of the paper.", required=True),
    },
    "question": {
        "number": must("The number as it is printed.", pattern=NUMBER),
        "rubric": must("The mark scheme's id.", pattern=RUBRIC),
        "max": count("The question's marks; the mark scheme must have as many."),
        "text": text("The question's words."),
        "part_of": text("What it is a part of: parts of one name are answered together and count as one choice."),
    },
}


def bare_number(printed: str) -> tuple[int, str]:
    """What tells one question's number from another, however it is printed: ``02``, ``2`` and ``2.`` are one."""
    found = re.match(r"0*([0-9]{1,2})\s*\(?\s*([a-z])?", printed.lower())
    assert found is not None, "NUMBER says what a number is"
    return int(found[1]), found[2] or ""


def check_paper(data: dict[str, Any]) -> tuple[Paper | None, tuple[Problem, ...]]:
    """The paper, or None and everything that is wrong with it."""
    reader = Reader(TABLES)
    top = reader.table(data, "", ())
    items = reader.tables(top, "section")
    reader.unique(items)
    asked = [reader.tables(section, "question", path) for path, section in items]
    sections = tuple(_section(reader, *item, its) for item, its in zip(items, asked, strict=True))
    if top.get("section") == []:
        reader.wrong(("section",), "a paper needs at least one [[section]]")
    _check_numbers(reader, asked)
    provenance = reader.table(top["provenance"], "provenance", ("provenance",)) if "provenance" in top else {}
    if top.get("status") == Status.CHECKED and not provenance.get("checked_by"):
        reader.wrong(("provenance",), "a checked paper says who checked it: 'checked_by' is missing")
    if reader.problems:
        return None, tuple(reader.problems)
    words = ("id", "version", "title", "board", "qualification", "spec", "component", "time_minutes")
    return (
        Paper(
            **{word: top[word] for word in words if word in top},
            status=Status(top["status"]),
            sections=sections,
            provenance=Provenance(**provenance),
        ),
        (),
    )


def _section(reader: Reader, path: Path, data: dict[str, Any], asked: list[Placed]) -> Section:
    questions = tuple(
        PaperQuestion(
            item.get("number", ""),
            item.get("rubric", ""),
            item.get("max", 0),
            item.get("text", "").strip(),
            item.get("part_of", ""),
        )
        for _, item in asked
    )
    section = Section(data.get("id", ""), data.get("title", ""), questions, data.get("choose", 0))
    choices = section.choices
    if data.get("question") == []:
        reader.wrong((*path, "question"), "a section needs at least one [[section.question]]")
    elif section.choose > len(choices):
        told = f"{section.choose} are to be answered, and there are only {len(choices)} to choose from"
        reader.wrong((*path, "choose"), told)
    elif section.needed < len(choices) and len({worth(choice) for choice in choices}) > 1:
        told = ", ".join(f"{choice[0].part_of or choice[0].number} {worth(choice)}" for choice in choices)
        reader.wrong((*path, "choose"), f"questions to choose from must be worth the same marks; here: {told}")
    return section


def _check_numbers(reader: Reader, asked: list[list[Placed]]) -> None:
    """Note numbers that can't be told apart, and parts of one question that aren't all in one section."""
    seen: dict[tuple[int, str], str] = {}
    home: dict[str, int] = {}
    for at, questions in enumerate(asked):
        for where, question in questions:
            if "number" in question:
                printed = question["number"]
                other = seen.get(bare_number(printed))
                if other is not None:
                    reader.wrong((*where, "number"), f"'{printed}' can't be told from '{other}'")
                seen[bare_number(printed)] = printed
            part = question.get("part_of")
            if part and home.setdefault(part, at) != at:
                reader.wrong((*where, "part_of"), f"the parts of '{part}' must stand in one section")
