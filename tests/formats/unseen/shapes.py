"""The shapes in which a teacher gets a page: copied, saved, pasted into Word, printed to text."""

import html
import io
import re
import textwrap
from collections.abc import Callable, Iterable
from itertools import groupby

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from . import Line, UnseenPage

Shape = tuple[str, Callable[[UnseenPage], bytes]]
"""The file's name, and the bytes of a page in it."""


def _plain(line: Line) -> str:
    return f"• {line.text}" if line.role == "l" else line.text


def _copied(page: UnseenPage, gap: str) -> str:
    return gap.join(map(_plain, page.lines)) + "\n"


def _grouped(page: UnseenPage) -> str:
    """As browsers copy: blank lines round each of the student's paragraphs, the site's short lines close together."""
    parts: list[str] = []
    for is_students, lines in groupby(page.lines, lambda line: line.is_students):
        parts.append(("\n\n" if is_students else "\n").join(map(_plain, lines)))
    return "\n\n".join(parts) + "\n"


def _wrapped(page: UnseenPage) -> str:
    return "\n\n".join(textwrap.fill(_plain(line), 72, break_on_hyphens=False) for line in page.lines) + "\n"


def _hyphenated(page: UnseenPage) -> str:
    return "\n\n".join("\n".join(_hyphenate(_plain(line), 60)) for line in page.lines) + "\n"


def _hyphenate(text: str, width: int) -> Iterable[str]:
    """Wrapped as a word processor does, a long word divided where the line is full."""
    line = ""
    for word in text.split(" "):
        room = width - len(line) - 2
        if line and len(line) + 1 + len(word) > width and word.isalpha() and len(word) >= 9 and room >= 4:
            cut = min(room, len(word) - 4)
            yield f"{line} {word[:cut]}-"
            line = word[cut:]
        elif line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _printed(page: UnseenPage) -> str:
    """Printed to text: every sheet of 40 lines begins with the site's name and ends with its number and a form feed."""
    lines = [row for line in page.lines for row in (*textwrap.wrap(_plain(line), 78, break_on_hyphens=False), "")]
    sheets = [lines[n : n + 40] for n in range(0, len(lines), 40)]
    title = f"{page.name.title()} - printed page"
    return "".join(
        "\n".join([title, "", *sheet, "", f"{n} / {len(sheets)}"]) + "\n\f" for n, sheet in enumerate(sheets, start=1)
    )


def _curly(text: str) -> str:
    text = re.sub(r"(?<!\w)'(?=\w)", "‘", text).replace("'", "’")
    return re.sub(r'(?<!\w)"(?=\w)', "“", text).replace('"', "”").replace(" - ", " – ").replace("...", "…")


def _unbreakable(text: str) -> str:
    """Every third space as a browser copies ``&nbsp;``."""
    words = text.split(" ")
    return "".join(word + ("\u00a0" if n % 3 == 1 else " ") for n, word in enumerate(words)).rstrip()


def _tag(line: Line, essay_tag: str) -> str:
    text = html.escape(line.text)
    link = f'<a href="/x/{len(text)}">{text}</a>'
    tags = {
        "?": f"<h1>{text}</h1>",
        "h": f"<h2>{text}</h2>",
        "q": f"<blockquote><p>{text}</p></blockquote>",
        "l": f"<ul><li>{text}</li></ul>",
        "b": f"<p>{text}</p>",
        "o": f"<p><small>{text}</small></p>",
        "n": f"<li>{link}</li>",
        "@": f"<p>{link}</p>",
        "s": f"<h3>{text}</h3><ul><li>{link} again</li></ul>",
        "f": f"<p>{link}</p>",
    }
    return tags.get(line.role, f"<{essay_tag}>{text}</{essay_tag}>")


def _saved(page: UnseenPage) -> str:
    """A page that says what its parts are."""
    wrappers = {"n": ("<nav><ul>", "</ul></nav>"), "s": ("<aside>", "</aside>"), "f": ("<footer>", "</footer>")}
    body = ""
    for role, lines in groupby(page.lines, lambda line: line.role):
        before, after = wrappers.get(role, ("", ""))
        if role == "l":
            body += "<ul>" + "".join(f"<li>{html.escape(line.text)}</li>\n" for line in lines) + "</ul>"
        else:
            body += before + "\n".join(_tag(line, "p") for line in lines) + after + "\n"
    return _document(body)


def _soup(page: UnseenPage) -> str:
    """Nothing but divs, and links for links."""
    body = ""
    for line in page.lines:
        text = html.escape(line.text)
        inner = f"<a href='#'>{text}</a>" if line.role in "n@f" else f"<span>{text}</span>"
        body += f"<div class='r{len(text) % 7}'><div>\n  {inner}\n</div></div>\n"
    return _document(f"<div><div><div>{body}</div></div></div>")


def _breaks(page: UnseenPage) -> str:
    """The essay's paragraphs with two ``<br>`` between them, the site's lines in divs."""
    body = ""
    for is_students, lines in groupby(page.lines, lambda line: line.is_students):
        if is_students:
            body += "<div class='t'>" + "<br><br>\n".join(html.escape(_plain(line)) for line in lines) + "</div>"
        else:
            body += "".join(_tag(line, "div") for line in lines)
    return _document(body)


def _single_breaks(page: UnseenPage) -> str:
    return _document("<div>" + "<br>\n".join(html.escape(_plain(line)) for line in page.lines) + "</div>")


def _tables(page: UnseenPage) -> str:
    """A page laid out by a table, as before style sheets: navigation at the left, the essay at the right."""
    left = "".join(f"<tr><td>{_tag(line, 'p')}</td></tr>" for line in page.lines if line.role == "n")
    right = "".join(f"<tr><td>{_tag(line, 'p')}</td></tr>" for line in page.lines if line.role not in "nf")
    foot = " | ".join(f"<a href='#'>{html.escape(line.text)}</a>" for line in page.lines if line.role == "f")
    return _document(
        f"<table><tr><td><table>{left}</table></td><td><table>{right}</table></td></tr>"
        f"<tr><td colspan=2>{foot}</td></tr></table>"
    )


def _document(body: str) -> str:
    return (
        "<!DOCTYPE html>\n<html lang=en><head><meta charset='utf-8'><title>A page</title>"
        f"<script>var x = 'Not text';</script></head>\n<body>\n{body}\n</body></html>\n"
    )


def _pasted(page: UnseenPage) -> bytes:
    """Copied in a browser and pasted into Word, which keeps headings, lists and links."""
    document = Document()
    styles = {"?": "Heading 1", "h": "Heading 2", "q": "Quote", "l": "List Bullet"}
    for line in page.lines:
        paragraph = document.add_paragraph(style=styles.get(line.role))
        run = paragraph.add_run(line.text)
        if line.role in "n@f":
            link = OxmlElement("w:hyperlink")
            target = f"https://site.example/{len(line.text)}"
            link.set(qn("r:id"), document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            paragraph._p.append(link)
            link.append(run._r)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _markdown(page: UnseenPage) -> str:
    before = {"?": "# ", "h": "## ", "q": "> ", "l": "- "}
    return "\n\n".join(
        f"[{line.text}](https://site.example/{len(line.text)})"
        if line.role in "n@f"
        else before.get(line.role, "") + line.text
        for line in page.lines
    )


def _utf8(make: Callable[[UnseenPage], str]) -> Callable[[UnseenPage], bytes]:
    return lambda page: make(page).encode()


SHAPES: dict[str, Shape] = {
    "one paragraph a line": ("page.txt", _utf8(lambda page: _copied(page, "\n"))),
    "blank lines between": ("page.txt", _utf8(lambda page: _copied(page, "\n\n"))),
    "as browsers copy": ("page.txt", _utf8(_grouped)),
    "CRLF": ("page.txt", _utf8(lambda page: _grouped(page).replace("\n", "\r\n"))),
    "wrapped at 72": ("page.txt", _utf8(_wrapped)),
    "wrapped with hyphens": ("page.txt", _utf8(_hyphenated)),
    "printed to text": ("page.txt", _utf8(_printed)),
    "cp1252": ("page.txt", lambda page: _curly(_grouped(page)).encode("cp1252", "replace")),
    "UTF-16": ("page.txt", lambda page: _grouped(page).encode("utf-16")),
    "unbreakable spaces": ("page.txt", _utf8(lambda page: _unbreakable(_grouped(page)))),
    "curly": ("page.txt", _utf8(lambda page: _curly(_copied(page, "\n\n")))),
    "saved": ("page.html", _utf8(_saved)),
    "saved, only divs": ("page.html", _utf8(_soup)),
    "saved, double breaks": ("page.html", _utf8(_breaks)),
    "saved, single breaks": ("page.html", _utf8(_single_breaks)),
    "saved, tables": ("page.html", _utf8(_tables)),
    "pasted into Word": ("page.docx", _pasted),
    "Markdown": ("page.md", _utf8(_markdown)),
}
