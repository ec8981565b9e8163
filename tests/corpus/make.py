"""``python -m tests.corpus.make``: make every file of the corpus again, and its manifest.

It needs LibreOffice, pandoc, AbiWord, unrtf, Chromium, and the Python packages python-docx, odfpy, reportlab, fpdf2,
weasyprint and typst. The tests never run it: what it made is kept in the archives beside it.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from .truth import HERE, Essay, essay, names
from .writers import ooxml, opendocument, pages, plain, printed, programs, python_docx, rich_text, word_pages

Maker = Callable[[Essay, Path], None]
_NOTES = ("foot", "end")
_FLAT = (*_NOTES, "box")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to make files of one kind. ``lacks``: the kinds of block that this program doesn't put into them."""

    key: str
    kind: str
    writer: str
    essays: str
    make: Maker | str
    """What writes the file; or ``office:odt``: LibreOffice, from the file of that master."""
    lacks: tuple[str, ...] = ()


def _docs(given: Essay, path: Path) -> None:
    ooxml.write(given, path, docs=True)


def _abiword(master: str) -> Maker:
    def make(given: Essay, path: Path) -> None:
        programs.abiword(_MASTERS / f"{given.name}.{master}", path)

    return make


def _unrtf(given: Essay, path: Path) -> None:
    programs.unrtf(_MASTERS / f"{given.name}.rtf", path)


def _pandoc_wrapped(given: Essay, path: Path) -> None:
    programs.pandoc(given, path, more=["--columns=76"])


def _pandoc_unwrapped(given: Essay, path: Path) -> None:
    programs.pandoc(given, path, more=["--wrap=none"])


def _wide(given: Essay, path: Path) -> None:
    plain.wrapped(given, path, width=98)


_MASTERS = Path(tempfile.mkdtemp(prefix="corpus-"))
RECIPES = (
    Recipe("word", "docx", "shaped as Word", "charles-i chartism civil-rights crusade napoleon witchcraft russia-1905",
           ooxml.write),
    Recipe("docs", "docx", "shaped as Google Docs", "charles-i mao russia-1905 witchcraft ireland-1916", _docs),
    Recipe("pydocx", "docx", "python-docx", "henry-vii tudor-rebellions weimar-1923 chartism cold-war",
           python_docx.write, _FLAT),
    Recipe("lo", "docx", "LibreOffice", "charles-i chartism khrushchev mao napoleon weimar-1923 crusade", "office:odt"),
    Recipe("pandoc", "docx", "pandoc", "charles-i weimar-1923 witchcraft tudor-rebellions russia-1905",
           programs.pandoc),
    Recipe("abi", "docx", "AbiWord", "henry-vii mao ireland-1916 russia-1905", _abiword("odt")),
    Recipe("odfpy", "odt", "odfpy", "charles-i chartism mao napoleon crusade tudor-rebellions civil-rights",
           opendocument.write),
    Recipe("lo", "odt", "LibreOffice", "charles-i chartism witchcraft russia-1905 khrushchev weimar-1923 crusade"
           " cold-war", "office:docx"),
    Recipe("pandoc", "odt", "pandoc", "henry-vii weimar-1923 witchcraft ireland-1916 napoleon", programs.pandoc),
    Recipe("abi", "odt", "AbiWord", "henry-vii ireland-1916 khrushchev tudor-rebellions", _abiword("pad.rtf"), _FLAT),
    Recipe("word", "rtf", "shaped as Word", "charles-i chartism mao napoleon crusade witchcraft", rich_text.word),
    Recipe("wordpad", "rtf", "shaped as WordPad", "henry-vii ireland-1916 cold-war civil-rights",
           rich_text.wordpad, _FLAT),
    Recipe("textedit", "rtf", "shaped as TextEdit", "henry-vii tudor-rebellions ireland-1916 khrushchev",
           rich_text.textedit, _FLAT),
    Recipe("lo", "rtf", "LibreOffice", "charles-i weimar-1923 russia-1905 chartism khrushchev crusade", "office:odt"),
    Recipe("pandoc", "rtf", "pandoc", "weimar-1923 witchcraft ireland-1916 napoleon", programs.pandoc),
    Recipe("abi", "rtf", "AbiWord", "tudor-rebellions mao cold-war russia-1905", _abiword("odt")),
    Recipe("word", "html", "shaped as Word", "charles-i weimar-1923 witchcraft ireland-1916 crusade", word_pages.write,
           ("box",)),
    Recipe("docs", "html", "shaped as Google Docs", "charles-i mao russia-1905 napoleon civil-rights", pages.docs_page,
           ("box",)),
    Recipe("lo", "html", "LibreOffice", "mao witchcraft chartism tudor-rebellions crusade", "office:odt"),
    Recipe("pandoc", "html", "pandoc", "russia-1905 napoleon henry-vii mao", programs.pandoc),
    Recipe("abi", "html", "AbiWord", "weimar-1923 civil-rights khrushchev", _abiword("docx")),
    Recipe("unrtf", "html", "unrtf", "henry-vii civil-rights", _unrtf),
    Recipe("vle", "html", "shaped as a school system's text box", "henry-vii ireland-1916 cold-war",
           pages.online_text, _FLAT),
    Recipe("mail", "html", "shaped as web mail", "tudor-rebellions civil-rights", pages.breaks_page, _FLAT),
    Recipe("notepad", "txt", "shaped as Notepad, UTF-8", "henry-vii crusade civil-rights", plain.notepad, _NOTES),
    Recipe("windows", "txt", "Windows-1252, no empty lines", "chartism weimar-1923 charles-i", plain.windows, _NOTES),
    Recipe("utf16", "txt", "UTF-16", "mao ireland-1916", plain.utf16, _NOTES),
    Recipe("mac", "txt", "Mac Roman", "napoleon tudor-rebellions", plain.mac, _NOTES),
    Recipe("docs", "txt", "shaped as Google Docs", "russia-1905 mao witchcraft khrushchev", plain.google),
    Recipe("wrapped", "txt", "wrapped at 72", "napoleon charles-i russia-1905 chartism", plain.wrapped),
    Recipe("wide", "txt", "wrapped at 98", "crusade khrushchev", _wide),
    Recipe("typewriter", "txt", "wrapped at 65, indented", "henry-vii tudor-rebellions cold-war", plain.typewriter,
           _NOTES),
    Recipe("breaks", "txt", "shaped as Word, with line breaks", "henry-vii weimar-1923 charles-i",
           plain.word_breaks, _NOTES),
    Recipe("lo", "txt", "LibreOffice", "ireland-1916 mao witchcraft civil-rights", "office:odt", _NOTES),
    Recipe("pandoc", "txt", "pandoc", "russia-1905 napoleon ireland-1916 tudor-rebellions", _pandoc_wrapped),
    Recipe("pandocw", "txt", "pandoc, unwrapped", "chartism crusade", _pandoc_unwrapped),
    Recipe("abi", "txt", "AbiWord", "henry-vii charles-i", _abiword("docx")),
    Recipe("lo", "pdf", "LibreOffice", "henry-vii civil-rights khrushchev mao napoleon tudor-rebellions weimar-1923"
           " witchcraft", "office:odt"),
    Recipe("low", "pdf", "LibreOffice", "chartism russia-1905 cold-war", "office:docx"),
    Recipe("chromium", "pdf", "Chromium", "henry-vii russia-1905 weimar-1923 ireland-1916 khrushchev crusade chartism",
           printed.chromium),
    Recipe("weasy", "pdf", "WeasyPrint", "charles-i mao napoleon tudor-rebellions witchcraft civil-rights",
           printed.weasyprint),
    Recipe("typst", "pdf", "Typst", "henry-vii russia-1905 napoleon witchcraft khrushchev ireland-1916 crusade",
           printed.typeset),
    Recipe("reportlab", "pdf", "ReportLab", "charles-i civil-rights tudor-rebellions weimar-1923 cold-war khrushchev",
           printed.reportlab, _NOTES),
    Recipe("fpdf2", "pdf", "fpdf2", "henry-vii chartism mao cold-war", printed.fpdf2, _NOTES),
    Recipe("abi", "pdf", "AbiWord", "henry-vii ireland-1916 tudor-rebellions", _abiword("docx")),
)  # fmt: skip


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, command in (
        ("LibreOffice", "soffice --version"),
        ("pandoc", "pandoc --version"),
        ("AbiWord", "abiword --version"),
        ("unrtf", "unrtf --version"),
        ("Chromium", "chromium --version"),
    ):
        done = subprocess.run(command.split(), capture_output=True, text=True, check=False)
        told = next((line for line in (done.stdout + done.stderr).splitlines() if any(map(str.isdigit, line))), "")
        found[name] = next((word for word in told.split() if word[0].isdigit()), told.strip())
    return found | {
        name: version(name) for name in ("python-docx", "odfpy", "reportlab", "fpdf2", "weasyprint", "typst")
    }


def _slim(path: Path) -> None:
    """Take out of a zipped document what no reader of text looks at: thumbnails and pictures of the page.

    What isn't well-formed can't stay: AbiWord closes headings as paragraphs now and then, and nothing opens those.
    """
    with zipfile.ZipFile(path) as old:
        kept = {m.filename: old.read(m) for m in old.infolist() if not m.filename.lower().endswith((".png", ".jpeg"))}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, content in kept.items():
            if name.endswith("content.xml"):
                ElementTree.fromstring(content)
            new.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)


def main() -> None:
    """Make all files, or those of the kinds that are named."""
    chosen = sys.argv[1:] or sorted({recipe.kind for recipe in RECIPES})
    essays = {name: essay(name) for name in names()}
    for given in essays.values():
        ooxml.write(given, _MASTERS / f"{given.name}.docx")
        opendocument.write(given, _MASTERS / f"{given.name}.odt")
        rich_text.word(given, _MASTERS / f"{given.name}.rtf")
        rich_text.wordpad(given, _MASTERS / f"{given.name}.pad.rtf")
    lines = [
        "# Written by make.py. The file, the essay in it, what wrote it, and the kinds of block that it lacks.",
        "",
    ]
    lines += ["[versions]", *(f'{name} = "{told}"' for name, told in sorted(_versions().items())), "", "[files]"]
    made = _MASTERS / "made"
    for recipe in RECIPES:
        folder = made / recipe.kind
        folder.mkdir(parents=True, exist_ok=True)
        chosen_essays = recipe.essays.split()
        if recipe.kind in chosen:
            _make(recipe, [essays[name] for name in chosen_essays], folder)
        lacks = ", ".join(f'"{kind}"' for kind in recipe.lacks)
        lines += [
            f'"{recipe.kind}/{recipe.key}-{name}.{recipe.kind}" = '
            f'{{ essay = "{name}", writer = "{recipe.writer}", lacks = [{lacks}] }}'
            for name in chosen_essays
        ]
    for kind in chosen:
        with zipfile.ZipFile(HERE / f"{kind}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in sorted((made / kind).iterdir()):
                # One date for all, so that an archive changes only where a file did.
                archive.writestr(
                    zipfile.ZipInfo(path.name, (2026, 11, 26, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED
                )
    (HERE / "manifest.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.rmtree(_MASTERS)


def _make(recipe: Recipe, given: list[Essay], folder: Path) -> None:
    print(f"{recipe.kind}: {recipe.writer}", file=sys.stderr, flush=True)
    if isinstance(recipe.make, str):
        master = recipe.make.removeprefix("office:")
        with tempfile.TemporaryDirectory() as name:
            programs.libreoffice([_MASTERS / f"{one.name}.{master}" for one in given], recipe.kind, Path(name))
            for one in given:
                shutil.move(Path(name) / f"{one.name}.{recipe.kind}", folder / f"{recipe.key}-{one.name}.{recipe.kind}")
    else:
        for one in given:
            recipe.make(one, folder / f"{recipe.key}-{one.name}.{recipe.kind}")
    if recipe.kind in ("docx", "odt"):
        for one in given:
            _slim(folder / f"{recipe.key}-{one.name}.{recipe.kind}")


if __name__ == "__main__":
    main()
