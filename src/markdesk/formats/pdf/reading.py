"""From the bytes of a PDF to its pages: opened within limits, refused by name where they hold no text to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream

from markdesk.core.errors import EssayUnreadable
from markdesk.core.plain import listed
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.pdf.beside import Beside, beside
from markdesk.formats.pdf.drawing import Drawing
from markdesk.formats.pdf.essay import essay_of
from markdesk.formats.pdf.letters import Fonts
from markdesk.formats.pdf.opening import opened, within
from markdesk.formats.pdf.shapes import Page
from markdesk.formats.pdf.tags import Tags, read_tags
from markdesk.formats.pdf.upright import Box, upright
from markdesk.formats.written import PICTURES

MAX_PAGES = 200
_LIMITS: Mapping[str, Any] = {
    "zlib_maximum_output_length": 32_000_000,
    "lzw_maximum_output_length": 32_000_000,
    "run_length_maximum_output_length": 32_000_000,
    "array_based_stream_maximum_output_length": 32_000_000,
    "maximum_declared_stream_length": 32_000_000,
    "stream_decoding_work_maximum_length": 100_000_000,
    "stream_parsing_work_maximum_count": 600_000,
    "jbig2dec_binary": None,
}
"""An essay's page unpacks to some 20 kB; pypdf's own limits are for books of pictures."""
_AGAIN = "Open it, and print or save it as a new PDF; or ask for the file again, best as .docx."
_BY_HAND = "Keep it as a scan of a paper script: 'markdesk scan add SCRIPT FILE'."
_SCAN = f"{_BY_HAND} If it was typed, ask for the file that it was made from."
_MADE_FROM = "Ask for the file that it was made from, best as .docx."
_UNREADABLE_SHARE = 0.3
_COVERED = 0.4
"""The share of a page that a picture covers at least to be the page itself."""
_WORTH_TELLING = 0.01
_FEW_LETTERS = 40
"""Letters on a page that is a picture: its number, a name, what the scanning program puts at the edge."""


def read_pdf(data: bytes, file_name: str) -> EssayDraft:
    """Everything the student wrote in a PDF. Raises EssayUnreadable for one that can't be read as text."""
    with within(_LIMITS, file_name, "an essay", _AGAIN):
        return _read(data, file_name)


def _read(data: bytes, file_name: str) -> EssayDraft:
    reader = opened(data, file_name)
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise EssayUnreadable(
            f"{file_name} has {count:,} pages; the most that markdesk takes is {MAX_PAGES}.",
            "Is it one essay? Print the pages that are the essay to a new PDF.",
        )
    tags = read_tags(reader)
    fonts: Fonts = {}
    pages: list[Page] = []
    found = Beside()
    for number, page in enumerate(reader.pages, start=1):
        on_page = beside(page)
        pages.append(_page(number, page, tags, fonts, on_page))
        found.add(on_page)
    _refuse_without_letters(pages, file_name)
    return essay_of(pages, file_name, tags.role, found.removed, (*_notes(pages), *found.notes()))


def _page(number: int, page: PageObject, tags: Tags, fonts: Fonts, on_page: Beside) -> Page:
    drawing = Drawing(fonts, tags.of_page(page))
    for commands in _commands(page):
        drawing.follow(commands, page.get("/Resources"))
    drawn = drawing.drawn
    box = _box(page)
    width, height, runs, outside = upright([*drawn.runs, *on_page.typed], box, page.rotation)
    return Page(
        number,
        width,
        height,
        runs,
        outside,
        drawn.unreadable,
        drawn.invisible,
        max(drawn.pictures, default=0.0) / max(1.0, width * height),
    )


def _commands(page: PageObject) -> Iterator[ContentStream]:
    contents = page.get_contents()
    if contents is not None:
        yield ContentStream(contents, page.pdf, "bytes")


def _box(page: PageObject) -> Box:
    """The part of the page that is shown: where its crop box and its media box overlap."""
    crop, media = page.cropbox, page.mediabox
    left, bottom = max(float(crop.left), float(media.left)), max(float(crop.bottom), float(media.bottom))
    right, top = min(float(crop.right), float(media.right)), min(float(crop.top), float(media.top))
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = (float(side) for side in (media.left, media.bottom, media.right, media.top))
    return left, bottom, right, top


def _letters(page: Page) -> int:
    return sum(1 for run in page.runs for letter in run.text if not letter.isspace())


def _refuse_without_letters(pages: list[Page], file_name: str) -> None:
    """Raises EssayUnreadable for a scan, for text drawn as shapes, and for letters that nothing names."""
    letters = sum(map(_letters, pages))
    unreadable = sum(page.unreadable for page in pages)
    if unreadable > letters * _UNREADABLE_SHARE:
        raise EssayUnreadable(
            f"{file_name} doesn't say which letters it shows: its text would be read as gibberish.", _MADE_FROM
        )
    if letters >= _FEW_LETTERS:
        return
    if any(page.pictured > _COVERED for page in pages):
        raise EssayUnreadable(f"{file_name}: This is a scan.", _SCAN)
    if not letters:
        sentence = f"{file_name} has no text in it, only pictures or drawn shapes."
        raise EssayUnreadable(sentence, f"{_MADE_FROM} Handwriting? {_BY_HAND}")


def _notes(pages: list[Page]) -> Iterator[str]:
    """What a teacher should know of the pages before she trusts the text."""
    letters = sum(map(_letters, pages))
    scanned = sum(page.invisible for page in pages) > letters * 0.5
    if scanned:
        yield "This is a scan, and its words are what the scanner believed to read; compare them with the original."
    whole = [page.number for page in pages if page.pictured > _COVERED and _letters(page) < _FEW_LETTERS]
    if len(whole) > 1:
        yield f"Pages {listed(list(map(str, whole)))} are pictures; what they show was not read."
    elif whole:
        yield f"Page {whole[0]} is a picture; what it shows was not read."
    if not scanned and any(page.pictured > _WORTH_TELLING and page.number not in whole for page in pages):
        yield PICTURES
    unreadable = sum(page.unreadable for page in pages)
    if unreadable:
        yield f"{unreadable} letter{'s' if unreadable > 1 else ''} could not be read; \ufffd stands for each."
