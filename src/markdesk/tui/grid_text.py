"""The grid of a paper in words and signs: what stands in its cells, and what there is to say of the one chosen.

Pure functions from the desk's ``ExamGrid``. Every sign that ``markdesk exam show`` prints means the same here.
"""

from collections.abc import Iterator

from rich.cells import cell_len

from markdesk.core.paper import PaperQuestion, Section
from markdesk.core.paper_totals import SectionTotal
from markdesk.desk.exam_grid import Cell, ExamGrid, GridRow
from markdesk.tui.queue_lines import STATUS
from markdesk.tui.widgets.cells import CellRow, Head
from markdesk.tui.widgets.lines import Line, Piece
from markdesk.tui.words import clipped

LEGEND = "– to mark   18* begun   (18) not counted   NR no response   blank: no answer"
NAMES = Head(("Student", "", "to mark"))
LABEL = 7
"""Cells of the label before the last line of the explanation."""
STUMP = 10
"""Cells below which a piece that was cut says nothing."""


def heads(grid: ExamGrid) -> list[Head]:
    """Each question with its number, its marks and how many answers to it are left."""
    sections = grid.exam.paper.sections
    tells = len(sections) > 1 or any(section.choose for section in sections)
    found: list[Head] = []
    for section in sections:
        group = _section_names(section) if tells else ()
        for question in section.questions:
            answers = [row.cells[question.number].answer for row in grid.rows if question.number in row.cells]
            left = sum(not answer.is_settled for answer in answers)
            told = str(left) if left else "✓" if answers else ""
            found.append(Head((question.number, f"/{question.max}", told), group))
    return found


def _section_names(section: Section) -> tuple[str, ...]:
    """The section in fewer and fewer words. The id is among them all: it keeps two sections apart."""
    if not section.choose:
        return (f"Section {section.id}", section.id)
    of = f"{section.choose} of {len(section.choices)}"
    return (f"Section {section.id}: answer {of}", f"{section.id}: answer {of}", f"{section.id}: {of}", section.id)


def total_head(grid: ExamGrid) -> Head:
    return Head(("Paper", f"{f'/{grid.exam.paper.max}':>3}", ""))


def rows(grid: ExamGrid) -> list[CellRow]:
    """The class, each with a cell for every question of the paper."""
    questions = grid.exam.paper.questions
    return [CellRow(row.called, [cell(row, question) for question in questions], total(row)) for row in grid.rows]


def cell(row: GridRow, question: PaperQuestion) -> Piece:
    """One answer as a mark or a sign; empty where there is none. What doesn't count stands in brackets."""
    answered = row.cells.get(question.number)
    if answered is None:
        return "", "text"
    sign, style = _mark(answered)
    return (f"({sign})", "quiet") if question.number in row.came_to.beyond else (sign, style)


def _mark(answered: Cell) -> Piece:
    answer = answered.answer
    if answered.status is None:
        return "–", "quiet"
    if answer.is_settled:
        return str(answer.total.value), "text"
    so_far = answer.total.so_far if answer.total.value is None else answer.total.value
    return f"{so_far if answered.has_mark else '–'}*", "weigh"


def total(row: GridRow) -> Piece:
    """What a student's paper came to, or has come to so far."""
    if row.total.value is not None:
        return f"{row.total.value:>3}", "strong"
    if any(answered.has_mark for answered in row.cells.values()):
        return f"{row.total.so_far:>3} so far", "text"
    return ("  –" if row.cells else ""), "quiet"


# -- the cell that is chosen


def explained(grid: ExamGrid, row: GridRow, question: PaperQuestion, width: int) -> list[Line]:
    """Who and which question; this answer; the paper so far, and what keeps it from being a total."""
    words = grid.assignments[question.number]
    text = words.question if words.question != words.name else ""
    lead = [(f" {clipped(row.called, width // 2)}", "strong"), (f"   {question.number}  ", "accent")]
    room = width - sum(cell_len(piece) for piece, _ in lead) - 1
    return [
        [*lead, (clipped(text, max(1, room)), "quote")],
        [(" ", "text"), *_answer(row, question)],
        [(f" {'Paper':<{LABEL}}", "heading"), *_fitting(_paper(row), width - LABEL - 2)],
    ]


def _answer(row: GridRow, question: PaperQuestion) -> Iterator[Piece]:
    answered, section = row.cells.get(question.number), _section_of(row, question)
    if answered is None:
        yield _why_blank(section, question, row), "quiet"
        return
    whole, words = answered.answer.total, answered.entry.words
    yield STATUS[answered.status]
    if whole.value == "NR":
        yield "   NR", "strong"
    elif answered.status is not None:
        yield f"   {_mark(answered)[0].rstrip('*')} / {whole.max}", "strong"
    yield (f"   {words} words" if words is not None else "   handwritten"), "quiet"
    if question.number in section.beyond:
        yield "   not counted", "weak"
        yield (", as it stands now" if section.unsettled else ""), "text"


def _why_blank(section: SectionTotal, question: PaperQuestion, row: GridRow) -> str:
    if question.number in section.missing:
        return "Not handed in yet."
    given, needed = len(_given(section, row)), section.section.needed
    if given >= needed:
        return f"Not answered: {needed} of {len(section.section.choices)} were to be chosen."
    return f"Not handed in; {section.missing[-1]} is still to come."


def _paper(row: GridRow) -> Iterator[Piece]:
    came_to = row.came_to
    if came_to.total.value is not None:
        yield f"{came_to.total.value} / {came_to.total.max}", "strong"
    else:
        yield f"{came_to.total.so_far} so far / {came_to.total.max}", "strong"
    for section in came_to.sections:
        given, needed = len(_given(section, row)), section.section.needed
        if section.beyond and given > needed:
            best = "the best counts" if needed == 1 else f"the best {needed} count"
            yield f"{section.section.id}: {given} answered, {best}", "weak"
    if came_to.unsettled:
        yield f"{', '.join(came_to.unsettled)} to finish", "weigh"
    if came_to.missing:
        yield f"{'; '.join(came_to.missing)} not handed in", "weigh"
    if len(came_to.sections) > 1:
        yield "  ".join(f"{part.section.id} {part.total.so_far}/{part.total.max}" for part in came_to.sections), "quiet"


def _fitting(pieces: Iterator[Piece], room: int) -> Iterator[Piece]:
    """Pieces with a gap between them, as far as there is room; none is cut to a stump."""
    for at, (text, style) in enumerate(pieces):
        gap = "   " if at else ""
        room -= len(gap)
        if room < min(cell_len(text), STUMP):
            return
        told = clipped(text, room)
        yield gap + told, style
        room -= cell_len(told)


def _section_of(row: GridRow, question: PaperQuestion) -> SectionTotal:
    """What the question's section came to."""
    return next(part for part in row.came_to.sections if question in part.section.questions)


def _given(section: SectionTotal, row: GridRow) -> list[tuple[PaperQuestion, ...]]:
    """The choices that were answered, if only in part. A paper script that nobody has marked yet tells nothing."""
    return [choice for choice in section.section.choices if any(_is_attempt(row, question) for question in choice)]


def _is_attempt(row: GridRow, question: PaperQuestion) -> bool:
    cell = row.cells.get(question.number)
    if cell is None:
        return False
    awards = [award for award in cell.entry.awards if award.is_marked]
    if not awards:
        return cell.entry.words is not None
    return not all(award.no_response for award in awards)
