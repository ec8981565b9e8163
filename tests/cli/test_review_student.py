"""``markdesk review student``: what stands on a student's screen, as text and as JSON."""

from pathlib import Path

import pytest

from markdesk.bootstrap import make_desk, open_store
from markdesk.desk.student_view import student_view
from tests.cli.conftest import Cli
from tests.tui.years import AMARA, two_years


@pytest.fixture
def years(db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARKDESK_MARKER", "Ms Test")
    two_years(db)
    return db


def test_the_answer_has_what_the_screen_has(cli: Cli, years: Path) -> None:
    assert cli("student", "grade", "Amara Okafor", "--predicted", "A", "--on", "2026-09-03").code == 0
    store = open_store(years)
    its = student_view(make_desk(store, "Ms Test"), AMARA)
    store.close()
    found = cli("review", "student", "Amara Okafor", "--json").json
    trend = its.record.trend
    assert found["trend"] == {
        "count": trend.count, "up": trend.up, "down": trend.down, "same": trend.same, "words": trend.told,
    }  # fmt: skip
    assert trend.count > 3
    assert [(one["code"] or "", one["essays"], one["of"]) for one in found["recurring"]] == [
        (one.code, one.times, its.essays) for one in its.recurring
    ]
    assert ("A", "predicted", "2026-09-03") in {(one["grade"], one["kind"], one["day"]) for one in found["grades"]}
    assert [(one["assignment"], one["set_on"]) for one in found["owed"]] == [
        (one.assignment.name, one.assignment.set_on) for one in its.review.owed
    ]
    (redraft,) = found["redrafts"]
    (row,) = (row for row in its.rows if row.redraft is not None)
    assert row.redraft is not None
    assert redraft["earlier"] == [one.value for one in row.redraft.earlier]


def test_the_page_tells_the_trend_what_is_missing_and_a_redraft(cli: Cli, years: Path) -> None:
    store = open_store(years)
    its = student_view(make_desk(store, "Ms Test"), AMARA)
    store.close()
    lines = cli("review", "student", "Amara Okafor").out.splitlines()
    assert lines[1] == its.record.trend.told
    (row,) = (row for row in its.rows if row.redraft is not None)
    assert any(f"set {row.assignment.set_on}  {row.assignment.name}  {row.told}" in line for line in lines)
    assert "→" in row.told
    days = [line.split()[1] for line in lines if line.startswith("set ")]
    assert days == sorted(days, reverse=True), "newest first, by the day that it was set"
    owed = lines[lines.index("Not handed in") + 1 :]
    assert [line.strip() for line in owed] == [
        "  ".join(filter(None, (f"set {one.assignment.set_on}", one.assignment.name,
                                str(one.absence.why) if one.absence else "")))
        for one in its.review.owed
    ]  # fmt: skip
    assert len(owed) > 0
