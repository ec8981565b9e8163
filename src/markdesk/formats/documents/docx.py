"""Sheets as a Word file, with the notes on an essay as real comments. Needs python-docx, the extra ``docx``."""

from collections.abc import Sequence

from markdesk.core.errors import MarkdeskError
from markdesk.formats.documents.document import Document

ENDING = "docx"

_MISSING = "Add what writes them: 'python3 -m pip install python-docx'. Or choose another format."


def write(documents: Sequence[Document]) -> bytes:
    """The bytes of one .docx, each document on pages of its own; the same documents always give the same bytes.

    The file is read again before it is given out: every word has to be in it, and every comment at its passage.
    Raises MarkdeskError where python-docx is not there.
    """
    try:
        from markdesk.formats.documents.docx_check import read_back
        from markdesk.formats.documents.docx_file import compose
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("docx", "lxml"):
            raise
        raise MarkdeskError("Word files can't be written here: python-docx is not installed.", _MISSING) from error
    content = compose(documents)
    read_back(content, documents)
    return content
