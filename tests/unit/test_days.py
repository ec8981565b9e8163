"""A day as a teacher writes it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.days import month_told, read_day, tell_day

TODAY = "2026-03-01"


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("25 Nov 2026", "2026-11-25"),
        ("25 november 26", "2026-11-25"),
        ("3rd Sept. 2025", "2025-09-03"),
        ("25 Nov", "2026-11-25"),
        ("25/11/2026", "2026-11-25"),
        ("5.1.27", "2027-01-05"),
        ("5/1", "2026-01-05"),
        ("2026-1-9", "2026-01-09"),
        (" TODAY ", "2026-03-01"),
        ("yesterday", "2026-02-28"),
        ("29/2/2028", "2028-02-29"),
        # No days.
        ("29/2/2027", None),
        ("31 Jun", None),
        ("11/25/2026", None),
        ("1 Ju 2026", None),
        ("1 Nov 1850", None),
        ("1/1/2100", None),
        ("0/1", None),
        ("²5/11", None),
        ("25", None),
        ("", None),
        ("next week", None),
        ("25/11/2026 or so", None),
    ],
)
def test_how_a_day_is_read(typed: str, iso: str | None) -> None:
    assert read_day(typed, TODAY) == iso


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_is_told_is_read_again(day: date) -> None:
    iso = day.isoformat()
    assert read_day(tell_day(iso), TODAY) == iso
    assert read_day(iso, TODAY) == iso
    assert read_day(f"{day:%d/%m/%Y}", TODAY) == iso


@given(st.text(max_size=30), st.text("0123456789/-. jan", max_size=12))
def test_anything_that_is_typed_is_a_day_or_none(anything: str, likely: str) -> None:
    for text in (anything, likely):
        found = read_day(text, TODAY)
        assert found is None or date.fromisoformat(found).isoformat() == found


def test_a_month_is_told_with_its_year_and_nothing_of_no_day() -> None:
    assert (month_told("2026-11-25"), month_told("2025-01-02", "")) == ("Nov 26", "Jan25")
    assert (month_told(""), month_told("soon")) == ("", "")
