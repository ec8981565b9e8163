"""The charts, large: opened by a key, one after another, each with its figures; and told where they can't be drawn."""

import subprocess
import sys
from fractions import Fraction

import pytest
from rich.cells import cell_len

from markdesk.core.charts import Chart, Histogram, Point, Stop, in_order, of_counts, of_marks, over_time
from markdesk.tui.plot_lines import plot_lines
from markdesk.tui.screens.plots import n_told
from markdesk.tui.words import ago, dated
from tests.kit import child_environment
from tests.tui.drifted import SLIDING, drifted
from tests.tui.seat import Seat, World
from tests.tui.test_contrast import too_faint
from tests.tui.test_pictures import check_picture
from tests.tui.years import two_years

LEAST, SMALL, WIDE, HUGE = (60, 18), (80, 24), (120, 40), (200, 60)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> World:
    return drifted(tmp_path_factory.mktemp("plots") / "marks.db")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> World:
    return two_years(tmp_path_factory.mktemp("plots") / "marks.db")


async def to_review(seat: Seat) -> None:
    await seat.press("end", "enter", "r")


def test_n_is_told_with_what_it_counts() -> None:
    point = Point(Fraction(1, 2), "5/10")
    stops = [Stop(f"2026-01-{day}", "Essay", "") for day in (12, 19)]
    assert n_told(of_marks("Marks", [0, 1])) == "n 1 essay"
    assert n_told(in_order("Order", [7, 9], 10, 0, "")) == "n 2 marks"
    assert n_told(over_time("Marks", stops, [("", [point, None])])) == "n 1 mark"
    assert n_told(over_time("Scales", stops, [("AO1", [point, None])])) == "n 1 piece of work"
    assert n_told(over_time("Means", stops, [("", [point, point])], told="no direction")) == "n 2 pieces of work"


@pytest.mark.parametrize(("day", "told"), [("2026-11-03", "on 3 Nov"), ("2025-11-03", "on 3 Nov 25")])
def test_a_day_of_another_year_has_its_year(day: str, told: str) -> None:
    assert ago(f"{day}T12:00:00+00:00", "2026-11-26T12:00:00+00:00") == told
    assert dated(day, "2026-11-26T12:00:00+00:00") == told.removeprefix("on ")


@pytest.mark.parametrize("size", [SMALL, HUGE])
async def test_a_pile_s_charts_one_after_another(pile: World, size: tuple[int, int]) -> None:
    async with pile.sit(size=size) as seat:
        await to_review(seat)
        assert "d charts" in seat.text
        await seat.press("d")
        assert "13H  Khrushchev   marks" in seat.lines[0]
        assert seat.lines[0].endswith("n 26 essays")
        assert "26 marks from 11 to 20 of 25: mean 15.0, median 15.0, most often 13, 15 and 16 (4 each)." in seat.spoken
        tops = [line.split("│")[-1].split() for line in seat.lines if "│" in line and "█" not in line]
        assert ["4", "4", "4"] in tops, "the figure stands over each of the tallest bars"
        assert seat.text.count("█") > 26
        await seat.press("right")
        assert "26 essays: 11 at L4, 15 at L3; none at L5, L2 and L1." in seat.text
        assert "chart 2 of 3" in seat.foot
        await seat.press("tab")
        assert "The last eight of 26 essays sit 5.1 marks below the first eight;" in seat.spoken
        assert "━━ mean of the first 8: 17.6, of the last 8: 12.5" in seat.text
        assert seat.text.count("●") == len(SLIDING)
        await seat.press("right")
        assert "chart 1 of 3" in seat.foot
        await seat.press("shift+tab", "left")
        assert "chart 2 of 3" in seat.foot
        assert all(cell_len(line) <= size[0] for line in seat.lines)
        await seat.press("escape")
        assert "d charts" in seat.foot


async def test_the_class_and_the_year_have_charts_of_their_own(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await to_review(seat)
        await seat.press("left", "d")
        assert "marks: " in seat.text
        assert "% of the maximum" in seat.text
        await seat.press("right")
        assert "as the tasks differ, no direction is told." in seat.spoken


@pytest.mark.parametrize("size", [LEAST, SMALL, WIDE])
async def test_a_student_s_marks_over_time(years: World, size: tuple[int, int]) -> None:
    async with years.sit(size=size) as seat:
        await seat.press("s", "down", "enter", "d")
        assert "13H  Amara Okafor" in seat.lines[0]
        figures = ["20/30", "27/40", "19/25", "…", "–", "Jun26", "100%"]
        if size == LEAST:
            assert "the last 8 of 10 pieces of work" in seat.text
        else:
            figures += ["11/25", "13/25", "12/20", "18/25", "NR", "Sep25"]
            scheme = next(line for line in seat.lines if line.split()[:1] == ["scheme"])
            assert scheme.split()[1:] == ["A", "A", "A", "B", "A", "C", "D", "A"]
            assert seat.text.count("●") == 7
            assert "mostly rising." in seat.spoken
        for figure in figures:
            assert figure in seat.text
        await seat.press("right", "right")
        assert "Knowledge and evidence" in seat.text
        row = next(line for line in seat.lines if "▲ Knowledge" in line)
        assert row.split()[-4:] == ["L2", "L2", "L3", "L3"]
        assert all(cell_len(line) <= size[0] for line in seat.lines)
        await seat.resize(80, 24)
        assert "▲ Knowledge and evidence" in seat.text
        await seat.press("escape")
        assert "past marks" in seat.lines[0]


async def test_for_somebody_else_s_eyes_nothing_leads_away(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await seat.press("s", "down", "enter", "v", "d", "ctrl+f")
        assert type(seat.app.screen).__name__ == "PlotsScreen"
        await seat.press("escape")
        assert "PRESENT MODE" in seat.lines[0]


async def test_a_student_without_a_mark_has_no_chart(years: World) -> None:
    async with years.sit(size=SMALL) as seat:
        await seat.press("s", "end", "enter", "d")
        assert "past marks" in seat.lines[0]
        assert "There is no mark yet that a chart could show" in seat.foot
        await seat.press("down")
        assert "There is no mark yet" not in seat.foot


async def test_without_the_library_it_is_said_and_the_page_stays(pile: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("textual_plotext", "markdesk.tui.plot_lines"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "textual_plotext", None)
    async with pile.sit(size=SMALL) as seat:
        await to_review(seat)
        await seat.press("d")
        assert "textual-plotext, which isn't installed" in seat.spoken
        assert "pip install textual-plotext" in seat.spoken
        assert "Marks   essays with each mark of 25" in seat.text


def test_nothing_of_it_is_loaded_with_the_screens() -> None:
    code = """
import sys, markdesk.tui.app, markdesk.tui.screens.review, markdesk.tui.screens.student, markdesk.tui.screens.plots
print(sorted(name for name in sys.modules if "plotext" in name))"""
    child = subprocess.run(
        [sys.executable, "-c", code], env=child_environment(), capture_output=True, text=True, check=True
    )
    assert child.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("theme", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7.0), ("contrast-light", 7.0)]
)
async def test_it_can_be_read_in_every_theme(years: World, theme: str, least: float) -> None:
    async with years.sit(size=SMALL, theme=theme) as seat:
        await seat.press("s", "down", "enter", "d")
        for _ in range(4):
            assert too_faint(seat, least) == set()
            await seat.press("right")


async def test_without_colours_the_shapes_tell_the_lines_apart(years: World) -> None:
    async with years.sit(size=SMALL, theme="plain") as seat:
        await seat.press("s", "down", "enter", "d", "right", "right")
        for sign in "●▲■":
            assert seat.text.count(sign) == 5, "four points, and the sign beside the name"
        assert all(seg.style is None or seg.style.color is None or seg.style.color.is_default
                   for strip in seat.strips for seg in strip)  # fmt: skip


# -- the drawing itself


def text_of(chart: Chart, width: int, height: int) -> list[str]:
    lines = ["".join(text for text, _ in line) for line in plot_lines(chart, width, height)]
    assert len(lines) <= height
    assert all(cell_len(line) <= width for line in lines)
    return lines


@pytest.mark.parametrize("width", [56, 76, 116, 196])
@pytest.mark.parametrize("height", [9, 17, 50])
def test_every_bar_is_as_long_as_its_count_says(width: int, height: int) -> None:
    counts = [0, 1, 2, 3, 5, 1, 0]
    lines = text_of(of_marks("Marks", counts), width, height)
    columns = [sum(line[at : at + 1] == "█" for line in lines) for at in range(width)]
    bars = [high for at, high in enumerate(columns) if high and not columns[at - 1]]
    assert len(bars) == 5
    assert sorted(bars)[-1] == max(bars) == bars[3]
    assert bars[0] < bars[1] < bars[2] < bars[3] > bars[4] == bars[0]


@pytest.mark.parametrize("chart", [
    of_marks("Marks", [0] * 25 + [300]),
    of_marks("Marks", [1, 1]),
    of_marks("Marks", [3] * 401),
    of_counts("Levels", "level", [("等級一", 3), ("L2\x1b[31m", 4), ("a very long name for a level", 2)]),
    in_order("Order", [7], 25, 0, "one"),
    in_order("Order", [7, 7, 7], 25, 0, "the same"),
    in_order("Order", list(range(26)) * 12, 25, 104, "many"),
    over_time("Marks", [Stop("2026-01-01", "x", "0/25")], [("", [Point(Fraction(0), "0/25")])]),
    over_time("Marks", [Stop(f"2026-01-{n:02d}", "x", "") for n in range(1, 29)],
              [(f"[b]name {n}\x1b[0m 名前", [Point(Fraction(n, 9), f"L{n}")] * 28) for n in range(8)]),
])  # fmt: skip
@pytest.mark.parametrize(("width", "height"), [(56, 9), (76, 17), (196, 52)])
def test_any_chart_fits_its_window(chart: Chart, width: int, height: int) -> None:
    text = "\n".join(text_of(chart, width, height))
    assert "\x1b" not in text
    if isinstance(chart, Histogram):
        assert "█" in text


@pytest.mark.parametrize(("name", "turns"), [("marks", 0), ("levels", 1), ("order", 2)])
async def test_a_pile_s_charts_as_pictures(pile: World, name: str, turns: int) -> None:
    async with pile.sit(size=SMALL) as seat:
        await to_review(seat)
        await seat.press("d", *["right"] * turns)
        check_picture(f"plot-{name}-80x24", seat)


@pytest.mark.parametrize(("name", "turns"), [("course", 0), ("strands", 2)])
async def test_a_student_s_charts_as_pictures(years: World, name: str, turns: int) -> None:
    async with years.sit(size=SMALL) as seat:
        await seat.press("s", "down", "enter", "d", *["right"] * turns)
        check_picture(f"plot-{name}-80x24", seat)


async def test_a_window_that_becomes_too_small_and_large_again(pile: World) -> None:
    async with pile.sit(size=SMALL) as seat:
        await to_review(seat)
        await seat.press("d")
        for _ in range(3):
            before = seat.text
            for size in ((80, 10), (40, 9), (24, 7), (20, 5), (1, 1)):
                await seat.pilot.resize_terminal(*size)
                await seat.pilot.pause()
            await seat.pilot.resize_terminal(*SMALL)
            await seat.pilot.pause()
            assert seat.text == before
            await seat.press("right")
