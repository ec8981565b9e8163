"""What is refused, what hostile text becomes, and what a file may never be filled with."""

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markdesk.core.class_list import Asked
from markdesk.core.errors import WorksheetUnreadable
from markdesk.core.feedback import Field
from markdesk.core.plain import show
from markdesk.core.worksheet import is_blank, number
from markdesk.desk.filling import Fate, FillOrder
from markdesk.formats.class_lists import class_list
from markdesk.formats.rubric_to.safe_cells import unguarded
from markdesk.formats.worksheets import Chosen, open_worksheet
from markdesk.formats.worksheets.feedback_text import as_html, as_text
from tests.exports.payloads import PAYLOADS
from tests.worksheets.desk import AMARA, CLASS, TITLE, ZOE, Laid, lay_out
from tests.worksheets.files import CANVAS_HEAD, EN, File
from tests.worksheets.files import PLAIN as PLAIN_PAIRS

PLAIN = File("Moodle's worksheet", PLAIN_PAIRS).data.decode()

GENERIC = "Admission No,Name,Mark,Comment\n001201,Amara Okafor,,\n"
COMMENT = Chosen(feedback="Comment")
FORMULA = re.compile("^[\\s\u00a0\u200b-\u200f\u2060\ufeff]*[=+\\-@\t\r＝＋－＠]", re.M)


def _rows(data: bytes) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("payload", [each.text for each in PAYLOADS], ids=[each.name for each in PAYLOADS])
def test_hostile_feedback_is_text_whole_and_no_formula(payload: str) -> None:
    laid = lay_out((AMARA,), ((Field.WWW, payload),))
    for data, chosen in ((GENERIC.encode(), COMMENT), (PLAIN.encode(), Chosen())):
        filled, _ = laid.fill(data, chosen)
        before, after = _rows(data), _rows(filled)
        assert [len(row) for row in after] == [len(row) for row in before]
        cell = after[1][-1]
        assert not FORMULA.search(cell)
        assert "\x00" not in cell
        assert "\u202e" not in cell
        if chosen is COMMENT:
            kept = laid.lines(Field.WWW)  # none of a payload that is only spaces
            assert unguarded(cell) == "\n".join(f"WWW: {show(line)}" for line in kept)
        else:
            assert "\n" not in cell
            tags = ["<strong>", "</strong>"] if cell else []
            assert re.findall(r"<[^<>]*>", cell.replace("<br>", "")) == tags


@pytest.mark.parametrize("given_name", ["=1+1", 'O"Hara', "a,b", "x\ny", "\u202eevil", "../../x", "N" * 100])
def test_a_hostile_name_in_the_file_stays_as_it_is(given_name: str) -> None:
    cell = '"' + given_name.replace('"', '""') + ' Okafor"'
    data = PLAIN.replace("Amara Okafor", cell).encode()
    filled, plan = lay_out().fill(data)
    assert cell.encode() in filled
    assert [row.fate for row in plan.rows if row.row.number == 2] == [Fate.WRITTEN]  # her surname agrees


def test_a_letter_that_the_encoding_has_not_is_refused_by_name() -> None:
    laid = lay_out((AMARA, ZOE), ((Field.WWW, "Good on Świdnica ✓"),))
    data = "Admission No;Name;Mark;Comment\r\n001201;Amara Okafor;;\r\n001202;Zoë Brontë;;\r\n".encode("cp1252")
    filled, plan = laid.fill(data, COMMENT)
    refused = plan.of(Fate.REFUSED)
    assert [row.row.number for row in refused] == [2]
    assert "Windows-1252" not in refused[0].why
    assert "Ś (U+015A), ✓ (U+2713)" in refused[0].why
    assert filled == data.replace("Brontë;;".encode("cp1252"), "Brontë;0;".encode("cp1252"))
    without, _ = laid.fill(data, COMMENT, FillOrder(()))
    assert b"001201;Amara Okafor;17;\r\n" in without


def test_the_private_note_never_leaves() -> None:
    laid = lay_out()
    filled, _ = laid.fill(PLAIN.encode(), order=FillOrder((*FillOrder().lines, Field.NOTE)))
    assert b"PRIVATE" not in filled


def test_the_lines_are_those_that_were_asked_for() -> None:
    filled, _ = lay_out().fill(GENERIC.encode(), COMMENT, FillOrder((Field.TARGET,)))
    assert _rows(filled)[1] == ["001201", "Amara Okafor", "17", "Target: Use dates"]


def test_who_came_in_without_a_name_is_known_by_her_number_when_names_are_shown() -> None:
    nameless = replace(AMARA, given_name="", family_name="Participant 100481", ids=())
    filled, _ = lay_out((nameless,)).fill(PLAIN.encode())
    assert b"Amara Okafor,001201,amara@school.example,Submitted for grading,17," in filled


def test_two_students_with_one_id_are_refused() -> None:
    students = (AMARA, ZOE, replace(CLASS[2], ids=AMARA.ids))
    filled, plan = lay_out(students).fill(GENERIC.encode())
    assert filled == GENERIC.encode()
    assert "is an id of Amara Okafor (-amara) and Ben Hartley (nt-ben)" in plan.rows[0].why


def test_who_is_marked_and_has_no_row_is_told() -> None:
    _, plan = lay_out().fill(GENERIC.encode())
    assert [entry.student.name for entry in plan.missing] == ["Zoë Brontë", "Finn O'Neill"]


def test_a_student_of_the_desk_who_handed_nothing_in_gets_nothing() -> None:
    data = b"Admission No,Name,Mark\n001206,Ely Voss,\n"
    filled, plan = lay_out().fill(data)
    assert filled == data
    assert plan.rows[0].fate is Fate.LEFT
    assert "nothing was handed in" in plan.rows[0].why


@pytest.mark.parametrize(
    ("data", "chosen", "says"),
    [
        (f"{EN.replace('Maximum grade', 'Scale')}\nParticipant 1,,,,,,,,,,,\n", Chosen(), "on a scale of words"),
        ("Dynodydd,Gradd\nCyfranogwr 1,\n", Chosen(), "a language whose headings aren't known"),
        (f"{CANVAS_HEAD.replace('Essay 2', 'Henry VII')}", Chosen(), "which column is for 'Henry VII'"),
        (f"{CANVAS_HEAD.replace('Henry VII', 'Stalin')}", Chosen(), "which column is for 'Henry VII'"),
        (CANVAS_HEAD, Chosen("Final Score"), "Canvas works out 'Final Score' itself"),
        (CANVAS_HEAD, Chosen("Essay 9"), "No column is called 'Essay 9'"),
        (CANVAS_HEAD, Chosen("Score"), "Several columns are called 'Score'"),
        ("OrgDefinedId,Essay Text Grade,End-of-Line Indicator\n", Chosen(), "no column for marks"),
        ("OrgDefinedId,Essay Points Grade,X Text Grade\n", Chosen("X Text Grade"), "doesn't take marks"),
        ("UPN,Name,Mark\nA1,Amara Okafor,\n", Chosen(), "A UPN isn't kept"),
        ("Name,Mark\nAmara Okafor,\n", Chosen(), "A name alone is not enough"),
        ("ID,Name,Mark\n001201,Amara Okafor,\n", Chosen(), "doesn't say which number it is"),
        ("Admission No,Mark,Score\n001201,,\n", Chosen(), "which column is for"),
        ("Admission No\n001201\n", Chosen(), "no column for marks"),
        ("a,b\n1,2\n", Chosen(), "No column was found by whose number"),
        ('Admission No,Mark\n001201,"1\n', Chosen(), "never closed"),
        ("\n\n", Chosen(), "empty"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", Chosen(), "no CSV"),
    ],
)  # fmt: skip
def test_a_file_that_can_t_be_filled_says_why(data: str, chosen: Chosen, says: str) -> None:
    with pytest.raises(WorksheetUnreadable) as refused:
        open_worksheet(data.encode(), "marks.csv", chosen, TITLE)
    assert refused.value.message.startswith("marks.csv can't be filled in: ")
    assert says in f"{refused.value.message} {refused.value.hint}"


def test_figures_with_points_and_commas() -> None:
    told = {
        text: number(text) for text in ("17", "17.0", "17,00", "1.234,5", "1,234.5", "17 ", "0", "x", "", "-", "17%")
    }
    assert [str(found) for found in told.values()] == [
        "17", "17.0", "17.00", "1234.5", "1234.5", "17", "0", "None", "None", "None", "None",
    ]  # fmt: skip
    assert [is_blank(text) for text in ("", " - ", "–", "0")] == [True, True, True, False]


@given(st.lists(st.tuples(st.sampled_from(("WWW", "EBI")), st.text(max_size=40)), min_size=1, max_size=3))
def test_no_line_of_feedback_is_a_formula(lines: list[tuple[str, str]]) -> None:
    assert not FORMULA.search(as_text(lines))
    assert not FORMULA.search(as_html(lines))
    assert "\n" not in as_html(lines)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.permutations([student.ids for student in CLASS]))
def test_ids_decide_whatever_the_order(ids: list[tuple[tuple[str, str], ...]]) -> None:
    """The row of an id gets the mark of who has it, however the rows stand."""
    by_number = {dict(student.ids)["sis"]: student for student in CLASS}
    rows = [f"{dict(of)['sis']},{by_number[dict(of)['sis']].name},," for of in ids]
    _, plan = LAID.fill(("Admission No,Name,Mark,Comment\n" + "\n".join(rows)).encode())
    for row in plan.rows:
        assert row.student is not None
        assert dict(row.student.ids)["sis"] == row.row.ids[0].value
    assert {row.student.name: row.mark for row in plan.of(Fate.WRITTEN) if row.student} == {
        "Amara Okafor": "17", "Zoë Brontë": "0",
    }  # fmt: skip


LAID: Laid = lay_out()


def test_a_list_that_was_filled_in_is_still_the_class_list_that_it_was() -> None:
    filled, _ = lay_out().fill(PLAIN.encode())
    before, after = class_list(PLAIN.encode(), "w.csv"), class_list(filled, "w.csv")
    assert [row.ids for row in after.rows] == [row.ids for row in before.rows]
    assert Asked.SIS in {taken.asked for taken in after.mapping}
