"""A document as plain values for the typesetter: every text safe to show, nothing in it that could act."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdesk.core.plain import show, show_line
from markdesk.formats.documents.document import (
    Bars,
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    MarkedEssay,
    Note,
    Overleaf,
    Panel,
    Prose,
    Quotation,
    Result,
    Ruled,
    Run,
    Signatures,
    Slip,
    Slips,
    Table,
)
from markdesk.formats.documents.pieces import CutParagraph, Piece, cut, without_place
from markdesk.formats.documents.svg import svg

Plain = dict[str, Any]

LONGEST_WORD = 28
"""A longer one may be broken after any letter: it would leave the page."""
LONGEST_IN_MARGIN = 18
ROOM_IN_TABLE = 90
"""So many letters a row of a table has room for: its columns share them."""
LONGEST_FOOT = 70
"""Of whose a sheet is and of what stands beside it; what is longer stands in full on the first page."""
LONGEST_ALOFT = 300
"""Of the school's name and the title, which stand together on the first page, and of a heading on every page."""
LONG_FACT = 46
"""A label and value of more letters take the whole width."""
BREAK = "\u200b"
"""Where a long word may be broken. ``show`` makes such a sign in anybody's text visible: each one is ours."""


def safe(text: str, longest: int = LONGEST_WORD) -> str:
    """The text as it is shown, with places to break at in words that are longer than that; a hyphen is one anyway."""
    shown = show(text)
    if len(shown) <= longest:
        return shown
    return re.sub(rf"[^ \n-]{{{longest + 1},}}", lambda word: BREAK.join(word.group()), shown)


def one_line(text: str) -> str:
    """A text for a place that has one line, such as the foot."""
    return safe(show_line(text))


def plain_document(document: Document) -> Plain:
    """The document as the template takes it. The logo is left to the caller: it isn't text."""
    language, _, region = document.language.partition("-")
    whose, foot = one_line(document.whose), one_line(document.foot)
    school, title = one_line(document.school.name), one_line(document.title).strip()
    told = [Prose((Run(text),)) for text in (document.school.name, document.title) if len(text) > LONGEST_ALOFT]
    told += [Prose((Run(text),)) for text in (document.whose, document.foot) if len(one_line(text)) > LONGEST_FOOT]
    return {
        "title": _shortened(title or one_line(document.whose).strip() or "–", LONGEST_ALOFT),
        "subtitle": safe(document.subtitle),
        "whose": _shortened(whose),
        "foot": _shortened(foot),
        "language": language,
        "region": region or None,
        "school": _shortened(school, LONGEST_ALOFT),
        "logo": None,
        "blocks": _blocks([*told, *document.blocks]),
    }


def _shortened(text: str, most: int = LONGEST_FOOT) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _blocks(blocks: Sequence[Block]) -> list[Plain]:
    """The blocks with headings that never leave a level out, as an accessible file must not: the title is the first."""
    level = 1
    made: list[Plain] = []
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level + 1, level + 1)
            made.append({"kind": "heading", "text": one_line(block.text), "level": level})
        elif isinstance(block, MarkedEssay):
            made.append(_essay(block, level + 1))
        else:
            made.append(plain_block(block))
    return made


def plain_block(block: Block) -> Plain:
    """A block that is alike wherever it stands: any but a heading and an essay."""
    return _MAKERS[type(block)](block)


def _runs(runs: tuple[Run, ...]) -> list[Plain]:
    return [{"text": safe(run.text), "weight": str(run.weight)} for run in runs]


def _prose(block: Prose) -> Plain:
    return {"kind": "prose", "runs": _runs(block.runs)}


def _bullets(block: Bullets) -> Plain:
    return {"kind": "bullets", "items": [_runs(item) for item in block.items], "numbered": block.are_numbered}


def _facts(block: Facts) -> Plain:
    pairs: list[Plain] = []
    beside = False  # whether the last one waits for a neighbour
    for label, value in block.pairs:
        is_long = len(label) + len(value) > LONG_FACT
        if is_long and beside:
            pairs[-1]["long"] = True
        beside = not (beside or is_long)
        pairs.append({"label": safe(label), "value": safe(value), "long": is_long})
    return {"kind": "facts", "pairs": pairs}


def _result(block: Result) -> Plain:
    return {
        "kind": "result",
        "mark": safe(block.mark, LONGEST_IN_MARGIN),
        "level": safe(block.level, LONGEST_IN_MARGIN),
        "sentence": safe(block.sentence),
        "step": safe(block.step),
    }


def _panel(block: Panel) -> Plain:
    lines = [safe(line) for line in block.lines]
    return {"kind": "panel", "label": safe(block.label), "lines": lines, "tone": str(block.tone)}


def _ruled(block: Ruled) -> Plain:
    return {"kind": "ruled", "lines": block.lines, "about": show(block.about)}


def _table(block: Table) -> Plain:
    longest = max(1, ROOM_IN_TABLE // max(1, len(block.heading)))
    return {
        "kind": "table",
        "heading": [safe(cell, longest) for cell in block.heading],
        "repeated": all(len(cell) <= LONGEST_ALOFT for cell in block.heading),
        "rows": [[safe(cell, longest) for cell in row] for row in block.rows],
        "numbers": sorted(block.numbers),
        "caption": safe(block.caption),
    }


def _bars(block: Bars) -> Plain:
    bars: list[Plain] = [{"label": safe(label), "count": count} for label, count in block.bars]
    is_wide = any(len(bar["label"]) > LONGEST_WORD for bar in bars)
    return {"kind": "bars", "caption": safe(block.caption), "bars": bars, "full": block.full, "wide": is_wide}


def _chart(block: Chart) -> Plain:
    return {
        "kind": "chart",
        "caption": safe(block.title),
        "told": [safe(text) for text in block.told],
        "svg": svg(block.shown),
    }


def _quotation(block: Quotation) -> Plain:
    return {"kind": "quotation", "text": safe(block.text), "about": safe(block.about)}


def _signatures(block: Signatures) -> Plain:
    return {"kind": "signatures", "labels": [safe(label) for label in block.labels]}


def _slips(block: Slips) -> Plain:
    return {"kind": "slips", "slips": [_slip(slip) for slip in block.slips]}


def _slip(slip: Slip) -> Plain:
    return {
        "whose": safe(slip.whose, LONGEST_IN_MARGIN),
        "about": safe(slip.about),
        "result": safe(slip.result, LONGEST_IN_MARGIN),
        "pairs": [{"label": safe(label), "value": safe(value)} for label, value in slip.facts],
        "lines": [safe(line) for line in slip.lines],
    }


def _overleaf(_: Overleaf) -> Plain:
    return {"kind": "overleaf"}


_MAKERS: dict[type, Callable[[Any], Plain]] = {
    Prose: _prose,
    Bullets: _bullets,
    Facts: _facts,
    Result: _result,
    Panel: _panel,
    Ruled: _ruled,
    Table: _table,
    Bars: _bars,
    Chart: _chart,
    Quotation: _quotation,
    Signatures: _signatures,
    Slips: _slips,
    Overleaf: _overleaf,
}


def _essay(essay: MarkedEssay, title_level: int) -> Plain:
    return {
        "kind": "essay",
        "paragraphs": [_paragraph(paragraph, title_level) for paragraph in cut(essay)],
        "loose": [_loose(note) for note in without_place(essay)],
    }


def _paragraph(paragraph: CutParagraph, title_level: int) -> Plain:
    title = {"text": one_line(paragraph.title), "level": title_level} if paragraph.title else None
    whole = "".join(piece.text for piece in paragraph.pieces)
    pieces = [
        {"text": text, "depth": len(piece.inside), "ends": list(piece.ends)}
        for piece, text in zip(paragraph.pieces, _in_pieces(paragraph.pieces, safe(whole) != show(whole)), strict=True)
    ]
    begins = {number: at for at, piece in enumerate(paragraph.pieces) for number in piece.begins}
    notes = [
        {
            **_note(note, LONGEST_IN_MARGIN),
            "before": begins[note.number],
            "first-word": _first_word(paragraph.pieces[begins[note.number] :]),
        }
        for note in paragraph.notes
    ]
    return {"number": paragraph.number, "title": title, "pieces": pieces, "notes": notes}


def _in_pieces(pieces: Sequence[Piece], has_long_word: bool) -> list[str]:
    """The pieces' texts. A word that is long in all may be short in each, so that it can be broken between them too."""
    if not has_long_word:
        return [show(piece.text) for piece in pieces]
    return [safe(piece.text, LONGEST_WORD // 2) + BREAK for piece in pieces]


def _first_word(pieces: Sequence[Piece]) -> str:
    """From where a passage begins to the end of its first word, through every piece that this word goes."""
    word = ""
    for piece in pieces:
        found = re.match(r"\s*\S*", piece.text)
        word += found.group() if found else ""
        if word.strip() and (found is None or found.end() < len(piece.text)):
            break
    return safe(word)


def _loose(note: Note) -> Plain:
    """A note without a passage beside it says where it was, and about which words."""
    return {**_note(note, LONGEST_WORD), "place": safe(note.place), "quotation": safe(note.quotation)}


def _note(note: Note, longest: int) -> Plain:
    return {
        "number": note.number,
        "code": safe(note.code, longest),
        "meaning": safe(note.meaning, longest),
        "comment": safe(note.comment, longest),
    }
