"""Tables of levels in saved web pages and in Word documents."""

from pathlib import PurePath

from markdesk.core.errors import EssayUnreadable, RubricInvalid
from markdesk.formats.docx import word_html
from markdesk.formats.html import page_text
from markdesk.formats.rubric_from.draft import Draft
from markdesk.formats.rubric_from.grids import Page, page_grids
from markdesk.formats.rubric_from.level_tables import read_tables


def read_html(data: bytes, file_name: str) -> list[Draft]:
    """The tables of levels on a page, as one scheme. Raises RubricInvalid naming the table and row."""
    try:
        decoded = page_text(data, file_name)
    except EssayUnreadable as error:
        raise RubricInvalid("its tags are nested too deeply.", "Save the table alone.") from error
    return _read(page_grids(decoded.text), file_name, decoded.notes)


def read_word(data: bytes, file_name: str) -> list[Draft]:
    """The tables of levels in a document, as one scheme. Raises RubricInvalid naming the table and row."""
    try:
        html = word_html(data, file_name)
    except EssayUnreadable as error:
        raise RubricInvalid(error.message.removeprefix(f"{file_name} "), error.hint) from error
    return _read(page_grids(html), file_name, ())


def _read(page: Page, file_name: str, notes: tuple[str, ...]) -> list[Draft]:
    draft = Draft(page.title or PurePath(file_name).stem, [], list(notes))
    read_tables(page, draft)
    return [draft]
