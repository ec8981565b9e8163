"""Which system's list a file is, and what the desk needs of it."""

from dataclasses import replace

from markdesk.core.class_list import LeftOut
from markdesk.core.plain import show_line
from markdesk.core.worksheet import ANY, PARTICIPANT, Bar, SheetId, SheetRow, Worksheet
from markdesk.formats.worksheets.brightspace import brightspace
from markdesk.formats.worksheets.canvas import canvas
from markdesk.formats.worksheets.cells import Row, Table
from markdesk.formats.worksheets.found import Barred, Chosen, Found, headings
from markdesk.formats.worksheets.generic import generic
from markdesk.formats.worksheets.gradescope import gradescope
from markdesk.formats.worksheets.moodle import moodle, number_of

_KNOWN = (moodle, canvas, gradescope, brightspace)


def understood(of: Table, chosen: Chosen, assignment: str) -> Found:
    """How a file is to be read. Raises WorksheetUnreadable where that can't be told."""
    heads = headings(of)
    for reads in _KNOWN:
        found = reads(of, heads, chosen, assignment)
        if found is not None:
            named = tuple((ANY, heads.named(wanted)) for wanted in chosen.ids)
            return replace(found, ids=named) if named else found
    return generic(of, heads, chosen, assignment)


def worksheet(of: Table, found: Found) -> Worksheet:
    """What the desk needs of the file."""
    heads = headings(of, found.heading)
    rows: list[SheetRow] = []
    others = [
        LeftOut(at + 1, "above the headings") for at in range(of.first, found.heading) if not of.rows[at].is_blank
    ]
    for at in range(found.heading + 1, len(of.rows)):
        row = of.rows[at]
        if row.is_blank:
            continue
        ids = _ids(row, found, heads.shown)
        why = found.no_student(row)
        if not (why or ids or found.names.readings(row)):
            why = "without an id and without a name"
        if why:
            others.append(LeftOut(at + 1, why))
            continue
        rows.append(_row(at + 1, row, ids, found, len(heads.shown)))
    return Worksheet(
        found.system,
        found.called,
        show_line(heads.shown[found.mark]),
        show_line(heads.shown[found.feedback]) if found.feedback is not None else "",
        tuple(rows),
        tuple(others),
        found.notes,
    )


def _row(number: int, row: Row, ids: tuple[SheetId, ...], found: Found, width: int) -> SheetRow:
    barred = found.barred(row)
    if any(cell.value.strip() for cell in row.cells[width:]):
        # A quotation mark or a separator has gone astray: what stands under which heading is a guess.
        barred = Barred(Bar.REFUSED, "it has more cells than there are headings", "Download the file again.")
    return SheetRow(
        number,
        ids,
        found.names.readings(row),
        row.value(found.mark).strip(),
        row.value(found.feedback) if found.feedback is not None else "",
        found.out_of(row).strip(),
        *((barred.bar, barred.why, barred.hint) if barred else ()),
    )


def _ids(row: Row, found: Found, shown: tuple[str, ...]) -> tuple[SheetId, ...]:
    ids: list[SheetId] = []
    for kind, at in found.ids:
        value = found.clean(row.value(at))
        value = number_of(value) if kind == PARTICIPANT else value
        if value:
            ids.append(SheetId(kind, value, shown[at]))
            if kind == "login" and "@" in value:  # some schools have people log in by e-mail
                ids.append(SheetId("email", value, shown[at]))
    return tuple(ids)
