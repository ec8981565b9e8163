"""Which schemes marks are under: the same on the screen of a student, the charts of a class and a record."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from markdesk.core.charts import TrendChart
from markdesk.core.rubric import Rubric
from markdesk.desk.charts import course_charts
from markdesk.desk.desk import Desk
from markdesk.desk.record import record_of
from markdesk.desk.review_filters import Filters
from markdesk.desk.schemes_apart import schemes_of
from markdesk.desk.student_view import student_view
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import course_of, shipped_rubric
from tests.tui.seat import World
from tests.tui.years import AMARA, two_years

ESSAY = shipped_rubric("aqa-7042-b-essay-25")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = two_years(tmp_path_factory.mktemp("years") / "marks.db").path
    store = SqliteStore(path)
    yield World(path).desk(store)
    store.close()


def wider(rubric: Rubric) -> Rubric:
    """The same scheme out of more."""
    return replace(rubric, version="0.9", max_mark=30, scales=(replace(rubric.scales[0], max=30),))


def test_a_version_with_the_same_maxima_is_the_same_scheme() -> None:
    found = schemes_of([ESSAY, replace(ESSAY, version="9.9", title="Another title")])
    assert (found.names, found.place(ESSAY)) == ((ESSAY.short_title,), 0)


def test_another_maximum_and_another_id_are_other_schemes_whatever_their_title() -> None:
    out_of_30, copy = wider(ESSAY), replace(ESSAY, id="school-essay")
    found = schemes_of([out_of_30, ESSAY, copy, ESSAY])
    title = ESSAY.short_title
    assert found.names == (
        f"{title} ({ESSAY.id} 0.9)", f"{title} ({ESSAY.id} {ESSAY.version})", f"{title} (school-essay {ESSAY.version})",
    )  # fmt: skip
    assert [found.place(one) for one in (out_of_30, ESSAY, copy)] == [0, 1, 2]
    assert found.place(shipped_rubric("aqa-7042-nea-40")) is None


def test_screen_record_and_chart_tell_the_same_schemes_apart(years: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rubric, "short_title", property(lambda self: "History"))
    view = student_view(years, AMARA)
    assert len(view.schemes) == len(set(view.schemes)) == 4
    record = record_of(years, AMARA)
    assert record.schemes.names == view.schemes
    assert [m.scheme for m in record.counted] == [w.scheme for w in view.works if w.told not in ("–", "…")]
    means = course_charts(course_of(years, Filters()))[-1]
    assert isinstance(means, TrendChart)
    assert len(means.schemes) > 1
    assert {name for _, name in means.schemes} <= set(view.schemes)
