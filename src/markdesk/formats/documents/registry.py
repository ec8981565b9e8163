"""The file formats that sheets are written in: one module each, loaded when it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from markdesk.core.errors import UsageProblem
from markdesk.core.plain import show_line
from markdesk.formats.documents.document import Document

Writer = Callable[[Sequence[Document]], bytes]
"""Documents as one file, each on pages of its own. Raises MarkdeskError where that can't be."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format by its ending."""

    ending: str
    name: str
    needs: str = ""
    """The package without which it can't be written; an extra."""

    @property
    def is_there(self) -> bool:
        """Whether it can be written on this computer."""
        return not self.needs or find_spec(self.needs) is not None

    def writer(self, two_sided: bool = True) -> Writer:
        """What writes it. Of several sheets in one PDF each begins on a right-hand page where ``two_sided``."""
        found: Callable[..., bytes] = import_module(f"markdesk.formats.documents.{_MODULES[self.ending]}").write
        return found if two_sided or self.ending != "pdf" else partial(found, two_sided=False)


_MODULES = {"pdf": "pdf", "docx": "docx", "html": "html", "md": "markdown", "txt": "text"}
FORMATS = (
    Format("pdf", "PDF", "typst"),
    Format("docx", "Word", "docx"),
    Format("html", "web page"),
    Format("md", "Markdown"),
    Format("txt", "plain text"),
)
"""In the order in which they are offered."""


def format_of(ending: str) -> Format:
    """The format with this ending. Raises UsageProblem where there is none."""
    for one in FORMATS:
        if one.ending == ending:
            return one
    known = ", ".join(one.ending for one in FORMATS)
    raise UsageProblem(f"--format {show_line(ending)} is none that sheets are written in.", f"It is one of: {known}.")


def usual() -> Format:
    """The format for somebody who names none: the first that can be written here."""
    return next(one for one in FORMATS if one.is_there)
