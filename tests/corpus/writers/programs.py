"""The programs that are run: LibreOffice, pandoc, AbiWord and unrtf."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..truth import Essay
from .plain import markdown

_FILTERS = {
    "txt": "txt:Text (encoded):UTF8",
    "html": "html:HTML (StarWriter):EmbedImages",
    "rtf": "rtf",
    "docx": "docx",
}
_FROM = "markdown-smart-tex_math_dollars-citations-implicit_figures-example_lists-fancy_lists+pipe_tables"


def libreoffice(sources: Sequence[Path], kind: str, folder: Path) -> None:
    """Save the files again as another kind, all by one office."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", _FILTERS.get(kind, kind),
             "--outdir", str(folder), *map(str, sources)],
            check=True,
            capture_output=True,
            timeout=600,
        )  # fmt: skip


def pandoc(essay: Essay, path: Path, *, more: Sequence[str] = ()) -> None:
    """Write the essay by pandoc from its own Markdown; the kind is the path's ending, ``txt`` being ``plain``."""
    kind = {"txt": "plain"}.get(path.suffix[1:], path.suffix[1:])
    command = [
        "pandoc",
        "-f",
        _FROM,
        "-t",
        kind,
        "--track-changes=all",
        "-s",
        "--metadata",
        "title= ",
        *more,
        "-o",
        str(path),
    ]
    if kind == "plain":
        command.remove("-s")
    subprocess.run(command, input=markdown(essay).encode(), check=True, capture_output=True)


def abiword(source: Path, path: Path) -> None:
    """Save a file again by AbiWord; the kind is the path's ending."""
    with tempfile.TemporaryDirectory() as name:
        given = Path(name) / f"given{source.suffix}"
        shutil.copy(source, given)
        made = Path(name) / f"made{path.suffix}"
        subprocess.run(
            ["abiword", f"--to={path.suffix[1:]}", f"--to-name={made}", str(given)],
            check=True, capture_output=True, timeout=120,
            env={"HOME": name, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        shutil.copy(made, path)


def unrtf(source: Path, path: Path) -> None:
    """Turn RTF into a web page by unrtf."""
    done = subprocess.run(["unrtf", "--html", str(source)], check=True, capture_output=True)
    path.write_bytes(done.stdout)
