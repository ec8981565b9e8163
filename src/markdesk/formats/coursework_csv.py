"""The centre's summary of coursework for a spreadsheet: one row a candidate, in the order of their numbers."""

import csv
import io

from markdesk.core.candidate_record import profile_line, to_put_right
from markdesk.core.errors import MarkdeskError
from markdesk.core.moderation import ranks
from markdesk.core.plain import show
from markdesk.desk.coursework import Cohort
from markdesk.formats.rubric_to.safe_cells import guarded
from markdesk.formats.sheets.coursework import marks_on, scales_of
from markdesk.formats.sheets.school import Centre

BEGINNING = ("centre number", "centre name", "candidate number", "surname", "forename", "class", "title", "words")
END = ("total", "max", "rank", "sample", "profile", "marker", "marked on", "to put right")


def write_summary(cohort: Cohort, centre: Centre) -> bytes:
    """The file. Read back before it is given out: the rows and the sum of the totals must be those of the desk."""
    rows = _table(cohort, centre)
    safe = [[guarded(show(cell)) for cell in row] for row in rows]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(safe)
    text = stream.getvalue()
    found = list(csv.reader(io.StringIO(text, newline="")))
    at = found[0].index("total")
    summed = sum(int(row[at]) for row in found[1:] if row[at].isdigit())
    if found != safe or summed != sum(record.mark or 0 for record in cohort.records):
        raise MarkdeskError("The summary did not read back as it was written.", "Nothing was exported.")
    return text.encode()


def _table(cohort: Cohort, centre: Centre) -> list[list[str]]:
    scales = scales_of(cohort)
    ranked = cohort.with_marks
    by_script = {
        record.sheet.script_id: rank
        for record, rank in zip(ranked, ranks([record.mark or 0 for record in ranked]), strict=True)
    }
    table = [[*BEGINNING, *(scale.brief for scale in scales), *END]]
    for record in cohort.records:
        sheet, student = record.sheet, record.sheet.student
        table.append(
            [
                centre.number,
                centre.school.name,
                student.candidate_number,
                student.family_name,
                student.given_name,
                sheet.group,
                record.title,
                "" if record.words is None else str(record.words),
                *marks_on(record, scales),
                "" if sheet.total.value is None else str(sheet.total),
                str(sheet.total.max),
                by_script.get(sheet.script_id, ""),
                "yes" if cohort.is_sampled(record) else "",
                profile_line(sheet),
                sheet.marker,
                sheet.marked_on,
                " ".join(to_put_right(record)),
            ]
        )
    return table
