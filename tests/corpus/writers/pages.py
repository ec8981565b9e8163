"""Web pages: plain ones for browsers and printers, and the shapes of Google Docs, a school system and web mail."""

from html import escape
from pathlib import Path

from ..truth import Block, Essay, final, pieces

_TAGS = {"title": "h1", "heading": "h2", "body": "p", "verse": "p", "source": "p", "box": "p"}
_LISTS = {"bullet": "ul", "number": "ol"}


def breaks_as_tags(text: str) -> str:
    """Text as markup, each line break a tag."""
    return escape(text, quote=False).replace("\n", "<br>\n")


def clean(essay: Essay, css: str = "", *, notes: str = "end") -> str:
    """A page without furniture; ``notes``: at its ``end``, or ``inline`` where a printer floats them to the foot."""
    out = [f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Essay</title><style>{css}</style>']
    out.append("</head>\n<body>")
    out += [f"<p>{breaks_as_tags(line)}</p>" for line in (essay.candidate, essay.question) if line]
    before = ""
    for block in [*essay.body, Block("", ("",))]:
        if before != block.kind:
            out.append({"bullet": "</ul>", "number": "</ol>", "row": "</table>"}.get(before, ""))
            out.append({"bullet": "<ul>", "number": "<ol>", "row": "<table>"}.get(block.kind, ""))
        before = block.kind
        if block.kind == "row":
            out.append("<tr>" + "".join(f"<td>{breaks_as_tags(cell)}</td>" for cell in block.texts) + "</tr>")
        elif block.kind in _LISTS:
            out.append(f"<li>{_marked(essay, block.text, notes)}</li>")
        elif block.kind == "quote":
            out.append(f"<blockquote><p>{_marked(essay, block.text, notes)}</p></blockquote>")
        elif block.kind:
            tag = _TAGS[block.kind]
            out.append(f'<{tag} class="{block.kind}">{_marked(essay, block.text, notes)}</{tag}>')
    if essay.notes and notes == "end":
        out.append("<hr>")
        out += [f"<p>{essay.number(note.label)}. {breaks_as_tags(note.text)}</p>" for note in essay.notes]
    out.append("</body></html>\n")
    return "\n".join(filter(None, out))


def _marked(essay: Essay, text: str, notes: str) -> str:
    out: list[str] = []
    for piece in pieces(text):
        if piece.kind == "mark" and notes == "inline":
            out.append(f'<span class="note">{breaks_as_tags(essay.note(piece.text).text)}</span>')
        elif piece.kind == "mark":
            out.append(f"<sup>{essay.number(piece.text)}</sup>")
        elif piece.kind in ("text", "ins"):
            out.append(breaks_as_tags(piece.text))
    return "".join(out)


def docs_page(essay: Essay, path: Path) -> None:
    """Write the essay as Google Docs' "Web page": one line, spans with classes, notes and comments at the end."""
    head = (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">'
        "@import url(https://themes.googleusercontent.com/fonts/css?kit=x);ul.lst-kix_a-0{list-style-type:none}"
        ".c0{color:#000000;font-weight:400;font-size:11pt}.c1{padding-top:0pt;line-height:2.0;text-align:left}"
        '</style></head><body class="c5 doc-content">'
    )
    out = [head]
    comments: list[str] = []
    if "header" in essay.layout:
        out.append(f'<div><p class="c1"><span class="c0">{escape(essay.student)}</span></p></div>')
    out += [_docs_p(breaks_as_tags(line)) for line in (essay.candidate, essay.question) if line]
    before = ""
    for block in [*essay.body, Block("", ("",))]:
        if before != block.kind:
            out.append({"bullet": "</ul>", "number": "</ol>", "row": "</table>"}.get(before, ""))
            start = {
                "bullet": '<ul class="c2 lst-kix_a-0 start">',
                "number": '<ol class="c2 lst-kix_b-0 start" start="1">',
            }
            out.append({**start, "row": '<a id="t.0a"></a><a id="t.0"></a><table class="c9">'}.get(block.kind, ""))
        before = block.kind
        if block.kind == "row":
            cells = "".join(
                f'<td class="c4" colspan="1" rowspan="1">{_docs_p(breaks_as_tags(cell))}</td>' for cell in block.texts
            )
            out.append(f'<tr class="c3">{cells}</tr>')
            continue
        said = _docs_inline(essay, block.text, comments)
        if block.kind in _LISTS:
            out.append(f'<li class="c1 li-bullet-0">{said}</li>')
        elif block.kind in ("heading", "title"):
            out.append(f'<h1 class="c6" id="h.x">{said}</h1>')
        elif block.kind and block.kind != "box":
            out.append(f'<p class="c1">{said}</p>')
            if "spaced" in essay.layout:
                out.append('<p class="c1 c7"><span class="c0"></span></p>')
    out.append('<hr class="c8">' if essay.notes else "")
    for n, note in enumerate(essay.notes, start=1):
        link = f'<a href="#ftnt_ref{n}" id="ftnt{n}">[{n}]</a>'
        out.append(f'<div><p class="c1">{link}<span class="c0">&nbsp;{breaks_as_tags(note.text)}</span></p></div>')
    for n, comment in enumerate(comments):
        letter = chr(ord("a") + n)
        link = f'<a href="#cmnt_ref{n + 1}" id="cmnt{n + 1}">[{letter}]</a>'
        out.append(f'<div class="c11"><p class="c1">{link}<span class="c0">{breaks_as_tags(comment)}</span></p></div>')
    path.write_text("".join([*out, "</body></html>"]), encoding="utf-8")


def _docs_p(inside: str) -> str:
    return f'<p class="c1"><span class="c0">{inside}</span></p>'


def _docs_inline(essay: Essay, text: str, comments: list[str]) -> str:
    out: list[str] = []
    for piece in pieces(text):
        if piece.kind == "mark":
            n = [note.label for note in essay.notes].index(piece.text) + 1
            out.append(f'<sup><a href="#ftnt{n}" id="ftnt_ref{n}">[{n}]</a></sup>')
        elif piece.kind == "comment":
            comments.append(piece.text)
            n = len(comments)
            out.append(f'<sup><a href="#cmnt{n}" id="cmnt_ref{n}">[{chr(ord("a") + n - 1)}]</a></sup>')
        elif piece.kind in ("text", "ins"):
            out.append(f'<span class="c0">{breaks_as_tags(piece.text)}</span>')
    return "".join(out)


def online_text(essay: Essay, path: Path) -> None:
    """Write the essay as a school system keeps what was typed into its box: no head, entities, empty paragraphs."""
    lines = [line for line in (essay.candidate, essay.question) if line]
    out = [f'<p dir="ltr" style="text-align: left;">{breaks_as_tags(line)}</p>' for line in lines]
    for block in essay.body:
        said = breaks_as_tags(" \t".join(map(final, block.texts)) if block.kind == "row" else final(block.text))
        said = said.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("’", "&rsquo;").replace("–", "&ndash;")
        if block.kind in _LISTS:
            tag = _LISTS[block.kind]
            out.append(f"<{tag}><li>{said}</li></{tag}>")
        elif block.kind in ("heading", "title"):
            out.append(f"<h4><strong>{said}</strong></h4>")
        else:
            out.append(f'<p dir="ltr" style="text-align: left;">{said}<br></p>')
            out.append('<p dir="ltr" style="text-align: left;"><br></p>')
    whole = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(out)}</body></html>'
    path.write_text(whole, encoding="utf-8")


def breaks_page(essay: Essay, path: Path) -> None:
    """Write the essay as web mail does: one ``<div>``, two ``<br>`` between paragraphs."""
    lines = [line for line in (essay.candidate, essay.question) if line]
    lines += [" ".join(map(final, block.texts)) for block in essay.body]
    body = "<br><br>".join(breaks_as_tags(line) for line in lines)
    whole = f'<html><head><meta charset="utf-8"></head><body><div dir="auto">{body}</div></body></html>'
    path.write_text(whole, encoding="utf-8")
