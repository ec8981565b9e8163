"""The floor of ``imports``: every document of a folder turned into HTML by mammoth, and nothing else done with it."""

import sys
from pathlib import Path

import mammoth

for path in sorted(Path(sys.argv[1]).glob("*.docx")):
    with path.open("rb") as file:
        assert mammoth.convert_to_html(file).value
