"""Sheets as one web page that needs nothing else: no script, no font and no picture from anywhere.

How it looks is ``page.css``, what stands where ``page.html.j2``, both beside this file.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from markdesk.core.plain import show, show_line
from markdesk.formats.documents.document import (
    NEXT_STEP,
    Bars,
    Block,
    Chart,
    Document,
    Heading,
    Logo,
    MarkedEssay,
    Note,
    Overleaf,
)
from markdesk.formats.documents.pieces import CutParagraph, cut, without_place
from markdesk.formats.documents.read_back import notes_in, refuse_lost, unlike
from markdesk.formats.documents.svg import svg

BAR = 200

MIME = {"png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG of our own: every text in it was escaped when it was made, and the page is read back all the same."""

    svg: str

    def __html__(self) -> str:
        return self.svg


@dataclass(frozen=True, slots=True)
class View:
    """A block with what the template needs besides."""

    kind: str
    block: Block
    key: str
    """Begins the ids of the block's parts, which are the page's own."""
    level: int
    """Which heading its label is, so that no level is skipped."""
    paragraphs: tuple[CutParagraph, ...] = ()
    loose: tuple[Note, ...] = ()
    shares: tuple[tuple[str, int, int], ...] = ()
    drawing: Drawing | None = None


@dataclass(slots=True)
class Page:
    """A document, its blocks parted where an overleaf begins."""

    document: Document
    key: str
    level: int
    logo: str
    sides: list[list[View]] = field(default_factory=lambda: [[]])


def write(documents: Sequence[Document]) -> bytes:
    """One page; several documents each begin on a new sheet of paper, after a list of contents for the screen."""
    level = 1 if len(documents) == 1 else 2
    pages = [_page(document, f"s{number}", level) for number, document in enumerate(documents, start=1)]
    text = _template().render(pages=pages, title=_title(documents))
    _refuse_unlike(documents, text)
    return text.encode()


def _title(documents: Sequence[Document]) -> str:
    feet = {document.foot for document in documents if document.foot}
    about = feet.pop() if len(feet) == 1 else ""
    whose = [documents[0].whose] if len(documents) == 1 else []
    return show_line(", ".join(part for part in (*whose, about) if part.strip())) or "Sheets"


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_part),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(lines=_lines)
    environment.globals.update(next_step=NEXT_STEP)
    return environment.get_template("page.html.j2")


def _part(name: str) -> str:
    return (files("markdesk.formats.documents") / name).read_text(encoding="utf-8")


def _shown(value: Any) -> Any:
    """Whatever the template puts out: plain, and escaped after this, unless it is the template's own."""
    return value if isinstance(value, Markup | Drawing) else show(str(value))


def _lines(text: str) -> Markup:
    """The text with its line breaks."""
    return Markup("<br>").join(show(text).split("\n"))


def _page(document: Document, key: str, level: int) -> Page:
    page = Page(document, key, level, _data_uri(document.school.logo))
    here = level
    for number, block in enumerate(document.blocks):
        if isinstance(block, Overleaf):
            page.sides.append([])
            continue
        if isinstance(block, Heading):
            here = min(level + block.level, here + 1)
            page.sides[-1].append(View("Heading", block, f"{key}b{number}", here))
        else:
            page.sides[-1].append(_view(block, f"{key}b{number}", min(6, here + 1)))
    return page


def _view(block: Block, key: str, level: int) -> View:
    kind = type(block).__name__
    match block:
        case MarkedEssay():
            return View(kind, block, key, level, cut(block), without_place(block))
        case Bars():
            shares = tuple((label, count, round(BAR * max(0, count) / block.full)) for label, count in block.bars)
            return View(kind, block, key, level, shares=shares)
        case Chart():
            return View(kind, block, key, level, drawing=Drawing(svg(block.shown)))
        case _:
            return View(kind, block, key, level)


def _data_uri(logo: Logo | None) -> str:
    if logo is None:
        return ""
    return f"data:{MIME[logo.kind]};base64,{base64.b64encode(logo.content).decode()}"


_HARMLESS = (
    "html head meta title style body nav h1 h2 h3 h4 h5 h6 ol ul li a article header footer section aside div p span "
    "strong b br hr mark sup img dl dt dd table caption thead tbody tr th td figure figcaption blockquote "
    "svg desc path circle rect text"
)
"""Every element that a page may have: all that act, load or send are missing."""


def _refuse_unlike(documents: Sequence[Document], text: str) -> None:
    """Read the page as a browser does and compare. Raises MarkdeskError."""
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise unlike()
    harmless = set(_HARMLESS.split())
    for node in tree.css("*"):
        target = (node.attributes.get("href") or "#")[:1]
        source = (node.attributes.get("src") or "data:image/")[:11]
        acts = any(name.startswith("on") or name in ("style", "srcset", "action") for name in node.attributes)
        if node.tag not in harmless or target != "#" or source != "data:image/" or acts:
            raise unlike()
    if len(tree.css(".notes > li")) != notes_in(documents):
        raise unlike()
    refuse_lost(documents, tree.body.text())
