"""Every reader tells all blocks of a file in its order, and which of them it left in."""

from collections import Counter
from pathlib import Path

import pytest

from markdesk.formats.child import ChildReader, read_file
from markdesk.formats.registry import importer_named

from .unseen import pages
from .unseen.shapes import SHAPES

FORMATS = {"txt": "as browsers copy", "md": "Markdown", "html": "saved", "docx": "pasted into Word"}


@pytest.mark.parametrize("name", ["first", "own"])
@pytest.mark.parametrize("kind", FORMATS)
def test_the_blocks_are_what_was_left_in_and_what_was_not(kind: str, name: str) -> None:
    file_name, make = SHAPES[FORMATS[kind]]
    taken_out = 0
    for page in pages(name)[:12]:
        draft = importer_named(kind).read(make(page), file_name)
        left_in = Counter(" ".join(text for text, is_in in draft.blocks if is_in).replace("#", "").split())
        told = Counter(" ".join((draft.question or "", *draft.paragraphs)).replace("#", "").split())
        assert left_in == told, page.name
        out = Counter(text for text, is_in in draft.blocks if not is_in)
        lines = Counter(line for text in out.elements() for line in text.split("\n"))
        assert lines <= Counter(line for text in draft.removed for line in text.split("\n")), page.name
        taken_out += sum(out.values())
    assert taken_out > (50 if name == "first" else -1)


def test_a_child_process_tells_them_too(tmp_path: Path) -> None:
    page = pages("first")[0]
    file_name, make = SHAPES[FORMATS["html"]]
    (tmp_path / file_name).write_bytes(make(page))
    with ChildReader() as reader:
        draft = read_file(tmp_path / file_name, reader)
    assert draft.blocks == importer_named("html").read(make(page), file_name).blocks != ()
