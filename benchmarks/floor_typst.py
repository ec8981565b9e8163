"""The floor of ``sheets``: Typst alone makes the same pages, from the same templates and data that lie ready as JSON.

Each file of data becomes a PDF beside it. It prints the milliseconds that this took.
"""

import sys
import time
from pathlib import Path

folder = Path(sys.argv[1])
data = [(path, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
begun = time.perf_counter()
import typst  # noqa: E402 - loading it is part of the job, on both sides

fonts = typst.Fonts(include_system_fonts=False)
for path, text in data:
    content = typst.compile(
        folder / "sheet.typ",
        root=folder,
        font_paths=fonts,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"sheets": text},
    )
    path.with_suffix(".pdf").write_bytes(content)
print((time.perf_counter() - begun) * 1000)
