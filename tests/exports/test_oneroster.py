"""Marks as OneRoster 1.2: the headers, words and dates of its CSV binding (1.2.1), and nobody's id made up."""

import csv
import io
import re
from datetime import date
from uuid import UUID
from zipfile import ZipFile

import pytest

from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.desk.gradebook import ScoreStatus, gradebook
from markdesk.formats.oneroster_marks import Taught, checked_id, taught_in, write_oneroster
from tests.exports.classes import a_class, sheet_of

# The binding's tables, written down a second time: what the program has must be this.
LINE_ITEMS = (
    "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
    "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId"
)
RESULTS = (
    "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,"
    "textScore,classSourcedId,inProgress,incomplete,late,missing"
)
STATUSES = {"exempt", "fully graded", "not submitted", "partially graded", "submitted"}
MANIFEST = {
    "file.academicSessions", "file.categories", "file.classes", "file.classResources", "file.courses",
    "file.courseResources", "file.demographics", "file.enrollments", "file.lineItemLearningObjectiveIds",
    "file.lineItems", "file.lineItemScoreScales", "file.orgs", "file.resources", "file.resultLearningObjectiveIds",
    "file.results", "file.resultScoreScales", "file.roles", "file.scoreScales", "file.userProfiles",
    "file.userResources", "file.users", "manifest.version", "oneroster.version", "source.systemName",
    "source.systemCode",
}  # fmt: skip
TAUGHT = Taught("class-13h", "school-1", "term-a")

Table = list[dict[str, str]]


def read(content: bytes) -> dict[str, Table]:
    with ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        texts = {name: file.read(name) for name in file.namelist()}
    assert not any(text.startswith(b"\xef\xbb\xbf") for text in texts.values())
    return {name: list(csv.DictReader(io.StringIO(text.decode(), newline=""))) for name, text in texts.items()}


def is_day(text: str) -> bool:
    return date.fromisoformat(text).isoformat() == text


@pytest.mark.parametrize("by_scale", [False, True])
@pytest.mark.parametrize("scheme", ["edexcel-9hi0-essay-20", "aqa-7042-nea-40", "ib-history-p1-24"])
def test_the_zip_is_what_the_binding_says(scheme: str, by_scale: bool) -> None:
    sheet = sheet_of(a_class(12, scheme))
    content = write_oneroster([(gradebook(sheet, by_scale), TAUGHT)], "2026-11-16")
    assert content == write_oneroster([(gradebook(sheet_of(a_class(12, scheme)), by_scale), TAUGHT)], "2026-11-16")
    found = read(content)
    assert list(found) == ["manifest.csv", "categories.csv", "lineItems.csv", "results.csv"]
    manifest = {row["propertyName"]: row["value"] for row in found["manifest.csv"]}
    assert manifest.keys() == MANIFEST
    assert (manifest["manifest.version"], manifest["oneroster.version"]) == ("1.0", "1.2")
    bulk = {name for name, value in manifest.items() if value == "bulk"}
    assert bulk == {"file.categories", "file.lineItems", "file.results"}
    assert all(manifest[name] in ("bulk", "absent") for name in MANIFEST if name.startswith("file."))
    lines, results = found["lineItems.csv"], found["results.csv"]
    assert ",".join(lines[0]) == LINE_ITEMS
    assert ",".join(results[0]) == RESULTS
    several = by_scale and len(sheet.rubric.scales) > 1
    assert len(lines) == (1 + len(sheet.rubric.scales) if several else 1)
    ids = [row["sourcedId"] for rows in found.values() for row in rows if "sourcedId" in row]
    assert len({UUID(one) for one in ids}) == len(ids)
    by_id = {row["sourcedId"]: row for row in lines}
    categories = {row["sourcedId"] for row in found["categories.csv"]}
    for row in lines:
        assert row["categorySourcedId"] in categories
        assert is_day(row["assignDate"])
        assert is_day(row["dueDate"])
        assert (row["status"], row["dateLastModified"]) == ("", ""), "both stay empty in a bulk file"
        assert 0 == float(row["resultValueMin"]) < float(row["resultValueMax"])
        assert (row["classSourcedId"], row["schoolSourcedId"]) == ("class-13h", "school-1")
        assert row["academicSessionSourcedId"] == "term-a"
    for row in results:
        line = by_id[row["lineItemSourcedId"]]
        assert row["scoreStatus"] in STATUSES
        assert is_day(row["scoreDate"])
        assert {row["late"], row["missing"]} <= {"true", "false"}
        if row["scoreStatus"] == "fully graded":
            assert 0 <= float(row["score"]) <= float(line["resultValueMax"])
        else:
            assert row["score"] == ""
    assert len({(row["lineItemSourcedId"], row["studentSourcedId"]) for row in results}) == len(results)


def test_the_status_says_how_far_a_mark_has_come() -> None:
    sheet = sheet_of(a_class(10))
    book = gradebook(sheet)
    by_student = {result.student: result for result in book.results}

    def of(place: int) -> tuple[ScoreStatus, int | None, str, str]:
        known = dict(next(s for s in everybody if s.id == f"student-{place:03d}").ids)["oneroster"]
        result = by_student[known]
        return result.status, result.score, result.text, result.on

    everybody = [*(row.entry.student for row in sheet.rows), *(one.student for one in sheet.missing)]
    total = next(row.total.value for row in sheet.rows if row.entry.student.id == "student-001")
    assert of(1) == (ScoreStatus.FULLY_GRADED, total, "", "2026-11-23")
    assert of(6) == (ScoreStatus.PARTIALLY_GRADED, None, "", "2026-11-23")
    assert of(7) == (ScoreStatus.NOT_SUBMITTED, None, "NR", "2026-11-23")
    assert of(8) == (ScoreStatus.SUBMITTED, None, "", "2026-11-20")
    assert of(9) == (ScoreStatus.NOT_SUBMITTED, None, "", "2026-11-16")
    assert [result.missing for result in book.results].count(True) == 1
    assert [(one.student.id, one.why) for one in book.left_out] == [
        ("student-000", "no class list brought a OneRoster id")
    ]


CLASSES = "sourcedId,title,classCode,schoolSourcedId,termSourcedIds\n"


def a_roster(rows: str) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as file:
        file.writestr("users.csv", "sourcedId,givenName,familyName\n")
        file.writestr("classes.csv", CLASSES + rows)
    return content.getvalue()


def test_the_class_is_found_in_the_school_s_roster() -> None:
    roster = a_roster('c-1,History 13H,13H,s-1,"t-1,t-2"\nc-2,History 12A,12A,s-1,t-1\n')
    assert taught_in(roster, "roster.zip", "13h") == Taught("c-1", "s-1", "t-1")
    assert taught_in(roster, "roster.zip", "History 12A").class_id == "c-2"
    with pytest.raises(NotFound, match="No class of the roster is called '13X'"):
        taught_in(roster, "roster.zip", "13X")
    with pytest.raises(NotFound, match="2 classes"):
        taught_in(a_roster("c-1,13H,x,s,t\nc-2,13H,y,s,t\n"), "roster.zip", "13H")
    with pytest.raises(MarkdeskError, match="no id of a class"):
        taught_in(a_roster("=1+1,13H,x,s,t\n"), "roster.zip", "13H")
    assert Taught("c").missing == ("school", "term")


@pytest.mark.parametrize("text", ["=1", "a\nb", "a\u202eb", "x" * 300, "-1"])
def test_what_can_be_no_id_is_refused(text: str) -> None:
    with pytest.raises(MarkdeskError, match="is no id of a term"):
        checked_id(text, "term")
    assert re.fullmatch("[a-z-]+", checked_id("term-a", "term"))
