"""Marks as OneRoster 1.2 (its CSV binding 1.2.1): a zip with line items and results, for a school's own system.

The file of users isn't in it: the school has them, and the ids are theirs. Line items need the school's ids of class,
school and term; they come from the roster that the school gave out, or are left empty, and that is said.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markdesk import __version__
from markdesk.core.errors import EssayUnreadable, ListUnreadable, MarkdeskError, NotFound
from markdesk.core.plain import fold, is_plain, show, show_line
from markdesk.desk.gradebook import Gradebook, Line, Result, our_id
from markdesk.formats.rubric_to.safe_cells import guarded

FILES = (
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
    "enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources",
    "resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles",
    "userResources", "users",
)  # fmt: skip
"""Every file of the binding: the manifest says of each whether it is there."""

CATEGORIES = ("sourcedId", "status", "dateLastModified", "title", "weight")
LINE_ITEMS = (
    "sourcedId", "status", "dateLastModified", "title", "description", "assignDate", "dueDate", "classSourcedId",
    "categorySourcedId", "academicSessionSourcedId", "resultValueMin", "resultValueMax", "schoolSourcedId",
)  # fmt: skip
RESULTS = (
    "sourcedId", "status", "dateLastModified", "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score",
    "scoreDate", "comment", "textScore", "classSourcedId", "inProgress", "incomplete", "late", "missing",
)  # fmt: skip

CATEGORY = our_id("category", "history essays")
_LONGEST_ID = 255


@dataclass(frozen=True, slots=True)
class Taught:
    """What the school's system calls a class, its school and its term; empty where it isn't known."""

    class_id: str = ""
    school_id: str = ""
    term_id: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What of it a system will ask for."""
        named = (("class", self.class_id), ("school", self.school_id), ("term", self.term_id))
        return tuple(name for name, known in named if not known)


def checked_id(text: str, what: str) -> str:
    """An id of the school's, as it goes into the file. Raises MarkdeskError for what can't be one."""
    if text and (not is_plain(text) or not text[0].isalnum() or "\n" in text or len(text) > _LONGEST_ID):
        raise MarkdeskError(f"'{show_line(text)[:60]}' is no id of a {what}.", "Nothing was exported.")
    return text


def taught_in(roster: bytes, file_name: str, group: str) -> Taught:
    """The class of that title or code in a school's roster. Raises NotFound or ListUnreadable."""
    from markdesk.formats.class_lists.oneroster import MOST_ENROLMENTS
    from markdesk.formats.class_lists.tables import text_table
    from markdesk.formats.zips import open_zip

    rows: list[tuple[str, ...]] = []
    try:
        with open_zip(roster, file_name) as container:
            for member in container.members:
                if member.name.lower() == "classes.csv":
                    rows = [tuple(row) for _, row in text_table(container.read(member), MOST_ENROLMENTS).rows]
    except EssayUnreadable as error:
        raise ListUnreadable(error.message, "Download it again.") from error
    if not rows:
        raise ListUnreadable(f"{show_line(file_name)} has no classes.csv.", "Give the roster that the school exports.")
    heading = [fold(cell) for cell in rows[0]]
    classes = [dict(zip(heading, row, strict=False)) for row in rows[1:]]
    fits = [one for one in classes if fold(group) in (fold(one.get("title", "")), fold(one.get("classcode", "")))]
    if len(fits) != 1:
        told = "No class" if not fits else f"{len(fits)} classes"
        known = ", ".join(show_line(one.get("title", ""))[:40] for one in classes[:8])
        raise NotFound(f"{told} of the roster is called '{show_line(group)}'.", f"It has: {known}. Or give --class-id.")
    (one,) = fits
    terms = one.get("termsourcedids") or one.get("termsourcedid", "")
    return Taught(
        checked_id(one.get("sourcedid", ""), "class"),
        checked_id(one.get("schoolsourcedid", ""), "school"),
        checked_id(terms.split(",")[0].strip(), "term"),
    )


def write_oneroster(books: Sequence[tuple[Gradebook, Taught]], made_on: str) -> bytes:
    """The zip, read back before it is given out. Its bytes depend on what is in it alone."""
    tables = {
        "categories.csv": _table(CATEGORIES, [{"sourcedId": CATEGORY, "title": "History essays"}]),
        "lineItems.csv": _table(LINE_ITEMS, (_line(line, its) for book, its in books for line in book.lines)),
        "results.csv": _table(RESULTS, (_result(result, its) for book, its in books for result in book.results)),
    }
    there = {name.removesuffix(".csv") for name in tables}
    manifest = [("manifest.version", "1.0"), ("oneroster.version", "1.2")]
    manifest += [(f"file.{name}", "bulk" if name in there else "absent") for name in FILES]
    manifest += [("source.systemName", "markdesk"), ("source.systemCode", __version__)]
    written: dict[str, list[tuple[str, ...]]] = {"manifest.csv": [("propertyName", "value"), *manifest], **tables}
    year, month, day = (int(part) for part in (made_on[:10] or "2000-01-01").split("-"))
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        for name, rows in written.items():
            entry = ZipInfo(name, (max(1980, year), month, day, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            file.writestr(entry, _csv(rows), ZIP_DEFLATED)
    if _read(content.getvalue()) != {name: [list(row) for row in rows] for name, rows in written.items()}:
        raise MarkdeskError("The OneRoster file did not read back as it was written.", "Nothing was exported.")
    return content.getvalue()


def _table(columns: tuple[str, ...], records: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    return [columns, *(tuple(record.get(column, "") for column in columns) for record in records)]


def _line(line: Line, its: Taught) -> dict[str, str]:
    return {
        "sourcedId": line.id,
        "title": _text(line.title),
        "description": _text(line.description),
        "assignDate": line.set_on,
        "dueDate": line.set_on,  # a desk knows no other day of it, and the binding wants one
        "classSourcedId": its.class_id,
        "categorySourcedId": CATEGORY,
        "academicSessionSourcedId": its.term_id,
        "resultValueMin": "0",
        "resultValueMax": str(line.max),
        "schoolSourcedId": its.school_id,
    }


def _result(result: Result, its: Taught) -> dict[str, str]:
    return {
        "sourcedId": result.id,
        "lineItemSourcedId": result.line_id,
        "studentSourcedId": result.student,
        "scoreStatus": str(result.status),
        "score": "" if result.score is None else str(result.score),
        "scoreDate": result.on,
        "textScore": result.text,
        "classSourcedId": its.class_id,
        "late": "true" if result.late else "false",
        "missing": "true" if result.missing else "false",
    }


def _text(text: str) -> str:
    """A text that a system shows and somebody may open in a spreadsheet. Ids are never touched."""
    return guarded(show(text))


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


def _read(content: bytes) -> dict[str, list[list[str]]]:
    usual = csv.field_size_limit(1 << 30)  # a question may be long
    try:
        with ZipFile(io.BytesIO(content)) as file:
            return {
                name: list(csv.reader(io.StringIO(file.read(name).decode(), newline=""))) for name in file.namelist()
            }
    finally:
        csv.field_size_limit(usual)
