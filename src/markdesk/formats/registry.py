"""Finding importers and exporters by name, the program's own and other people's, through entry points.

Names are listed without importing anything; a format's module is imported when that format is first asked for.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar, cast

from markdesk.core.errors import EssayUnreadable, NotFound
from markdesk.core.plain import show_line
from markdesk.desk.drafts import Importer

IMPORTERS = "markdesk.importers"
EXPORTERS = "markdesk.exporters"
OUR_PACKAGE = "markdesk"

BUILT_IN_IMPORTERS: Mapping[str, str] = {
    "txt": "markdesk.formats.text:PlainTextImporter",
    "md": "markdesk.formats.text:MarkdownImporter",
    "docx": "markdesk.formats.docx:DocxImporter",
    "html": "markdesk.formats.html:HtmlImporter",
    "odt": "markdesk.formats.odt:OdtImporter",
    "rtf": "markdesk.formats.rtf:RtfImporter",
    "eml": "markdesk.formats.eml:MailImporter",
    "pdf": "markdesk.formats.pdf:PdfImporter",
}
"""What pyproject.toml says too; used where the program runs from its source and is not installed."""

Format = TypeVar("Format")
Warn = Callable[[str], None]


def warn_on_stderr(sentence: str) -> None:
    """Where warnings about plug-ins go unless the caller has a better place."""
    if sys.stderr is not None:  # a plug-in's own words may be in it, and nobody may be there to read them
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"markdesk: {show_line(sentence)}\n")


class Registry(Generic[Format]):
    """The formats of one entry-point group, by name.

    A plug-in of somebody else never replaces a built-in format, and one that can't be loaded is a warning:
    the other formats go on working. With ``MARKDESK_PLUGINS=off`` in the environment only built-ins exist.
    """

    def __init__(self, group: str, built_in: Mapping[str, str], warn: Warn = warn_on_stderr) -> None:
        self._group = group
        self._built_in = built_in
        self._warn = warn
        self._found: dict[str, EntryPoint] | None = None
        self._loaded: dict[str, Format] = {}

    def names(self) -> tuple[str, ...]:
        """Every format's name, built-ins first. Imports none of them."""
        return tuple(self._entries())

    def plugin_names(self) -> tuple[str, ...]:
        """The names that come from other packages."""
        return tuple(name for name in self._entries() if name not in self._built_in)

    def load(self, name: str) -> Format:
        """The format of that name, imported when first asked for.

        Raises NotFound where no format has the name, or where the plug-in that has it doesn't load.
        """
        if name in self._loaded:
            return self._loaded[name]
        entry = self._entries().get(name)
        if entry is None:
            raise NotFound(f"No format is called {name}.", f"There are: {', '.join(self.names())}.")
        found = entry.load() if name in self._built_in else self._load_plugin(entry)
        made = cast("Format", found() if isinstance(found, type) else found)
        self._loaded[name] = made
        return made

    def _load_plugin(self, entry: EntryPoint) -> object:
        try:
            found: object = entry.load()
        except (ImportError, AttributeError, SyntaxError, NameError, TypeError, ValueError, OSError) as error:
            self._entries().pop(entry.name, None)
            self._warn(f"the plug-in {entry.name} ({entry.value}) was left out: {type(error).__name__}: {error}")
            raise NotFound(f"The plug-in {entry.name} doesn't load.", "Update or uninstall it.") from error
        return found

    def _entries(self) -> dict[str, EntryPoint]:
        if self._found is None:
            self._found = {name: EntryPoint(name, value, self._group) for name, value in self._built_in.items()}
            if os.environ.get("MARKDESK_PLUGINS", "").lower() != "off":
                self._add_plugins(self._found)
        return self._found

    def _add_plugins(self, found: dict[str, EntryPoint]) -> None:
        for entry in entry_points(group=self._group):
            if _is_ours(entry):
                # Installed metadata wins over the table, so that a rename needs one edit to take effect.
                if entry.name in self._built_in:
                    found[entry.name] = entry
            elif entry.name in found:
                self._warn(f"the plug-in {entry.name} ({entry.value}) was refused: that name is taken.")
            else:
                found[entry.name] = entry


def _is_ours(entry: EntryPoint) -> bool:
    if entry.dist is None:
        return entry.value.split(":")[0].split(".")[0] == OUR_PACKAGE
    return entry.dist.name.lower() == OUR_PACKAGE


@lru_cache(maxsize=1)
def importers() -> Registry[Importer]:
    """The importers of this program and of installed plug-ins, found once."""
    return Registry[Importer](IMPORTERS, BUILT_IN_IMPORTERS)


def importer_for(kind: str, suffix: str, registry: Registry[Importer] | None = None) -> Importer | None:
    """The importer for what a file was found to be, or the plug-in that claims its suffix; None if there is none.

    ``kind`` is what ``files.sniff`` answered, ``suffix`` the file name's ending in lower case, with its dot.
    """
    registry = registry or importers()
    if kind in BUILT_IN_IMPORTERS:
        return registry.load(kind)
    plugins = registry.plugin_names()
    # A plug-in called after its suffix or its kind is found without importing the others.
    likely = [name for name in plugins if name in (kind, suffix.lstrip("."))]
    for name in (*likely, *(name for name in plugins if name not in likely)):
        try:
            candidate = registry.load(name)
        except NotFound:
            continue
        if suffix in candidate.suffixes:
            return candidate
    return None


def importer_named(name: str) -> Importer:
    """The importer that a child process was told to use. Raises EssayUnreadable where it is gone."""
    try:
        return importers().load(name)
    except NotFound as error:
        raise EssayUnreadable(error.message, error.hint) from error
