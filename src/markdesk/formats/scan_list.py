"""A list that says which pages of a class's scan are whose: a CSV with a row for each student."""

from markdesk.core.errors import MarkdeskError, RubricInvalid
from markdesk.core.plain import show_line
from markdesk.core.scans import Listed, Pages
from markdesk.formats.rubric_from.csv_rows import read_rows

MOST_ROWS = 1_000
SHAPE = "A row for each student: 'student,first,last', such as 'Okafor Amara,1,4'."


def read_scan_list(data: bytes, name: str) -> tuple[Listed, ...]:
    """The rows in their order; a heading may stand above them, and a name may have its comma without quotation marks.

    Raises MarkdeskError naming the row that says no pages.
    """
    try:
        rows = read_rows(data, MOST_ROWS, "list of pages").rows
    except RubricInvalid as error:
        raise MarkdeskError(f"{show_line(name)}: {error.message}", error.hint or SHAPE) from error
    listed: list[Listed] = []
    for at, (number, row) in enumerate(rows):
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        pages = cells[-2:] if len(cells) > 2 else []
        student = ", ".join(cells[:-2])
        if not pages or not student or not all(map(_is_number, pages)):
            if at == 0 and cells and not any(map(_is_number, cells)):
                continue  # the heading
            raise MarkdeskError(f"{show_line(name)}, row {number}: it doesn't say a student and two pages.", SHAPE)
        listed.append(Listed(number, student, Pages(int(pages[0]), int(pages[1]))))
    if not listed:
        raise MarkdeskError(f"{show_line(name)} names nobody.", SHAPE)
    return tuple(listed)


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 6
