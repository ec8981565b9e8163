"""What stands in the cells of an .xlsx that was just written: the check that nothing was lost, and no more."""

import io
import re
from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile

Found = str | float | tuple[str, float | str]
"""A text, a number, or a formula with what it came to."""

_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def read_cells(content: bytes) -> list[dict[tuple[int, int], Found]]:
    """The cells of each sheet that hold anything, by row and column from 0."""
    with ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    shared = parts.get("xl/sharedStrings.xml")
    texts = [_ESCAPED.sub(_sign, found.get("t", "")) for _, found in _elements(shared, "si")] if shared else []
    count = sum(1 for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
    return [dict(_cells(parts[f"xl/worksheets/sheet{n}.xml"], texts)) for n in range(1, count + 1)]


def _cells(xml: bytes, texts: list[str]) -> Iterator[tuple[tuple[int, int], Found]]:
    for attributes, found in _elements(xml, "c"):
        if not found:
            continue  # a cell that has a style and nothing else
        letters = attributes["r"].rstrip("0123456789")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        kind, value = attributes.get("t", "n"), found.get("v", "")
        shown = texts[int(value)] if kind == "s" else float(value) if value and kind == "n" else value
        place = int(attributes["r"][len(letters) :]) - 1, column - 1
        yield place, (found["f"], shown) if "f" in found else shown


def _elements(xml: bytes, wanted: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Each element of that name: its attributes, and the text in what stands inside it, by name."""
    found: list[tuple[dict[str, str], dict[str, str]]] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == wanted:
            found.append((attributes, {}))
        inside.append(name)

    def text(piece: str) -> None:
        if wanted in inside[:-1]:
            found[-1][1][inside[-1]] = found[-1][1].get(inside[-1], "") + piece

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _: inside.pop()
    parser.Parse(xml, True)
    return found


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
