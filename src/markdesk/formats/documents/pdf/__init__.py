"""Sheets as PDF: tagged for readers who hear them (PDF/UA-1), the same bytes for the same sheet.

``look.typ`` holds sizes, colours and words, ``sheet.typ`` how each block is drawn, ``margin.typ`` the essay with its
notes. What stands on a sheet reaches them as data only.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from markdesk.core.errors import MarkdeskError
from markdesk.formats.documents.document import Document, Logo, Prose, Run, Weight
from markdesk.formats.documents.pdf import letters
from markdesk.formats.documents.pdf.plain import Plain, plain_block, plain_document
from markdesk.formats.documents.pdf.read_back import check

_TEMPLATES = ("sheet.typ", "look.typ", "margin.typ")
_ATTEMPTS = 4


def write(documents: Sequence[Document], *, two_sided: bool = True) -> bytes:
    """One file of one sheet, or of several for printing; read back before it is given out.

    Of several each begins on a right-hand page (``two_sided``), so that a printer that uses both sides prints nobody's
    mark on the back of another's sheet. Raises MarkdeskError where the typesetter isn't installed, a logo can't be
    drawn, or the file doesn't hold what it was to hold.
    """
    data = data_of(documents, two_sided=two_sided)
    content, shown = set_pages(data, [document.school.logo for document in documents])
    check(content, shown["documents"])
    return content


def data_of(documents: Sequence[Document], *, two_sided: bool = True) -> Plain:
    """What the templates are given."""
    return {
        "title": _title(documents),
        "two-sided": two_sided,
        "documents": [plain_document(document) for document in documents],
    }


def _title(documents: Sequence[Document]) -> str:
    """What the file is called in a viewer."""
    first = documents[0]
    if len(documents) > 1:
        return f"{len(documents)} sheets: {first.foot}"
    return ", ".join(text for text in (first.title, first.foot) if text.strip()) or "Sheet"


def set_pages(data: Plain, logos: Sequence[Logo | None]) -> tuple[bytes, Plain]:
    """The pages as a file that nobody has read back yet, and the data as it stands on them."""
    typst = letters.typesetter()
    lettering = letters.lettering(_texts(data))
    # The typesetter sees this folder and nothing else of the disk.
    with tempfile.TemporaryDirectory(prefix="markdesk-") as name:
        folder = Path(name)
        for template in _TEMPLATES:
            (folder / template).write_bytes(Path(__file__).with_name(template).read_bytes())
        _add_logos(data, logos, folder)
        for attempt in range(_ATTEMPTS):
            shown = _drawn(data, lettering) if lettering.undrawn else data
            try:
                content: bytes = typst.compile(
                    folder / "sheet.typ",
                    root=folder,
                    font_paths=letters.fonts(lettering.needs_machine_s),
                    format="pdf",
                    pdf_standards=["ua-1"],
                    sys_inputs={"sheets": json.dumps(shown)},
                )
                return content, shown
            except typst.TypstError as error:
                undrawn = letters.reported(error)
                if "image" in error.message and (why := _fault_of_a_logo(folder)):
                    raise MarkdeskError(f"The logo can't be drawn: {why}.", "Use a PNG or JPEG.") from error
                if not undrawn or attempt == _ATTEMPTS - 1:
                    raise
                lettering = lettering.without(undrawn)  # a letter that can be drawn by itself, but not in its word
    raise AssertionError("each attempt returns or raises")


def _drawn(data: Plain, lettering: letters.Lettering) -> Plain:
    """The data as it can be drawn. A sheet on which something is named instead says so at its end."""
    shown: Plain = _mapped(data, lettering.drawn)
    for before, document in zip(data["documents"], shown["documents"], strict=True):
        if document != before:
            named = next(filter(None, map(lettering.first_named, _texts(before))))
            told = f"Words in brackets such as {named} name what this computer has no font for."
            document["blocks"].append(plain_block(Prose((Run(told, Weight.QUIET),))))
    return shown


def _add_logos(data: Plain, logos: Sequence[Logo | None], folder: Path) -> None:
    names: dict[bytes, str] = {}
    for document, logo in zip(data["documents"], logos, strict=True):
        if logo is not None:
            name = names.setdefault(logo.content, f"logo-{len(names)}.{logo.kind}")
            (folder / name).write_bytes(logo.content)
            alt = logo.alt.strip() or document["school"] or "The school's sign"
            document["logo"] = {"file": name, "alt": alt}


def _fault_of_a_logo(folder: Path) -> str:
    """Why a logo can't be drawn, each tried by itself: a chart is a picture too. Empty where all can."""
    typst = letters.typesetter()
    page = folder / "logo.typ"
    for logo in sorted(folder.glob("logo-*")):
        page.write_text(f'#image("{logo.name}")', encoding="utf-8")
        try:
            typst.compile(page, root=folder)
        except typst.TypstError as error:
            return str(error.message)
    return ""


def _texts(data: Any) -> Iterator[str]:
    """Every text in a value, as deep as it lies."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _texts(value)


def _mapped(data: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _mapped(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [_mapped(value, change) for value in data]
    return data
