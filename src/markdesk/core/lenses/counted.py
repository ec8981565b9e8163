"""Words by the board's rule: what of a long essay counts, and what the scheme leaves out.

Told from the text alone, so it is an estimate: a heading is a short paragraph without a stop, a bibliography begins
under its own heading, a note is what an imported document has after ``[1]`` at its end.
"""

import re
from collections.abc import Iterator

from markdesk.core.essay import Essay, Paragraph
from markdesk.core.lenses.lens import Asked, Found, Lens
from markdesk.core.rubric import Nea

_LIST = re.compile(
    r"[\s#*_]{0,6}(?:(?:select |selected )?bibliography|references|works (?:cited|consulted)|sources used"
    r"|(?:primary|secondary) sources|further reading)\W{0,4}$",
    re.I,
)
_APPENDIX = re.compile(r"[\s#*_]{0,6}appendi(?:x|ces)\b", re.I)
_NOTES = re.compile(r"[\s#*_]{0,6}(?:foot|end)?notes\W{0,4}$", re.I)
_NOTE = re.compile(r"\[\d{1,3}\]\s|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s?\w")
_MARK = re.compile(r"\[\d{1,3}\]")
_ENDS = re.compile(r"[.!?…:;,][\"'”’)\]]{0,3}(?:\[\d{1,3}\])?\s{0,4}$")
_HEADING_WORDS = 14
_PARTS = {
    "title": "titles", "heading": "headings", "note": "footnotes", "bibliography": "bibliography",
    "appendix": "appendices",
}  # fmt: skip
"""What a part is called in a scheme's list of what is left out."""
_ALSO = {"bibliography": "references", "note": "references", "title": "headings"}
"""What else leaves it out."""


def parts_of(essay: Essay) -> Iterator[tuple[Paragraph, str]]:
    """Each paragraph with the part of the essay that it is; empty for the body."""
    tail = ""
    for paragraph in essay.paragraphs:
        text = essay.quote(paragraph.span)
        is_short = len(text) < 200 and len(text.split()) <= _HEADING_WORDS
        if is_short and _LIST.match(text):
            tail = "bibliography"
        elif is_short and _APPENDIX.match(text):
            tail = "appendix"
        elif is_short and _NOTES.match(text):
            tail = "note"
        if _NOTE.match(text):
            yield paragraph, "note"
        elif tail:
            yield paragraph, tail
        elif is_short and "\n" not in text and not _ENDS.search(text):
            yield paragraph, "title" if paragraph.number == 1 else "heading"
        else:
            yield paragraph, ""


def counted(essay: Essay, asked: Asked) -> Lens:
    """The parts that don't count set apart, and the sum of what does."""
    nea = asked.rubric.nea if asked.rubric else None
    found: list[Found] = []
    words: dict[str, int] = {}
    for paragraph, part in parts_of(essay):
        count = Essay(_MARK.sub(" ", essay.quote(paragraph.span))).words
        words[part] = words.get(part, 0) + count
        if part:
            found.append(Found(paragraph.span, f"{part}, {count:,}", _is_out(nea, part)))
    counts = sum(count for part, count in words.items() if not _is_out(nea, part))
    told = [f"{counts:,} words count" if nea else f"{counts:,} words, everything counted"]
    if nea is None:
        told.append("the scheme has no rule of words")
    else:
        told.append(_limits(nea))
        if not nea.excludes:
            told.append("the scheme doesn't say what is left out, so all is counted")
    by_part = [f"{part or 'body'} {count:,}" for part, count in words.items()]
    if len(by_part) > 1:
        told.append(" · ".join(by_part))
    apart = "left out" if nea and nea.excludes else ""
    return Lens("words", "Words by the board's rule", tuple(found), apart, tuple(told), counts)


def _is_out(nea: Nea | None, part: str) -> bool:
    return bool(nea and part) and not {_PARTS[part], _ALSO.get(part, "")}.isdisjoint(nea.excludes if nea else ())


def _limits(nea: Nea) -> str:
    if not nea.words_max:
        return "the scheme has no limit of words"
    return (
        f"the scheme expects {nea.words_min:,} to {nea.words_max:,}"
        if nea.words_min
        else (f"the scheme expects at most {nea.words_max:,}")
    )
