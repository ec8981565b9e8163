"""Making a desk again from its text folder: the log made anew, and every file held against what came of it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from markdesk.core.history import History
from markdesk.core.ids import ScriptId
from markdesk.core.toml_reader import Problem
from markdesk.desk.store import Store
from markdesk.desk.whole_desk import Mentioned, make_again
from markdesk.formats.text_folder import layout
from markdesk.formats.text_folder.pages import Page, Pages, Progress
from markdesk.formats.text_folder.reading import MOST_TEXT, TextFolder

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in."""

    steps: int
    assignments: int
    scripts: int
    foreign: tuple[str, ...]
    """What lay in the folder and is no part of a copy; it wasn't looked into."""


def import_desk(store: Store, folder: TextFolder, progress: Progress = lambda done, total: None) -> Imported:
    """Put the desk of a folder that was looked at onto an empty one, whole or not at all. Raises MarkdeskError."""
    with store.together():
        with closing(folder.steps()) as steps:
            mentioned = make_again(store, steps, folder)
        logs = {_whose(folder, path, mentioned): told for path, told in folder.logs().items()}
        _compare(folder, Pages(store, mentioned, logs=logs, progress=progress))
        scripts = sum(path.endswith("/script.toml") for path in folder.files)
        return Imported(mentioned.steps, len(store.assignments()), scripts, folder.foreign)


def _compare(folder: TextFolder, pages: Pages) -> None:
    """Refuse a folder in which a file says something else than the log."""
    mentioned = pages.mentioned
    expected = set(_for_readers(folder))
    for page in pages.all():
        expected.add(page.path)
        _compare_page(folder, page)
    for script_id in pages.logs:
        path = pages.log_path(script_id)
        if path not in folder.files or script_id != _whose(folder, path, mentioned):
            raise folder.refusal(path, "holds acts that belong into another log, or is missing")
        expected.add(path)
    expected.update(layout.source_name(source, name) for source, name in mentioned.sources.items())
    missing = sorted(expected - folder.files)
    if missing:
        raise folder.refusal(missing[0], "is missing; the log tells of what it holds")
    unknown = sorted(folder.files - expected)
    if unknown:
        raise folder.refusal(unknown[0], "is not of this desk: the log tells of nothing that it could hold")
    for marking_id in mentioned.script_of:
        try:
            History(pages.store.steps(marking_id))
        except (IndexError, ValueError):
            path = pages.log_path(mentioned.script_of[marking_id])
            raise folder.refusal(path, "takes back or repeats what was never done") from None


def _whose(folder: TextFolder, path: str, mentioned: Mentioned) -> ScriptId | None:
    """The script of which a log tells; None for the desk's own."""
    found = {None if one is None else mentioned.script_of.get(one) for one in folder.markings_in.get(path, ())}
    if len(found) != 1:
        raise folder.refusal(path, "holds acts that belong into another log")
    return found.pop()


def _for_readers(folder: TextFolder) -> Iterator[str]:
    """The files that only say again what others say."""
    return (path for path in folder.files if path == "stamps.toml" or path.rpartition("/")[2] == layout.README)


def _compare_page(folder: TextFolder, page: Page) -> None:
    if page.path not in folder.files:
        raise folder.refusal(page.path, "is missing; the log tells of what it holds")
    if page.data is None:
        if folder.content(page.path, MOST_TEXT) != page.content:
            raise folder.refusal(page.path, "holds another text than the log tells of")
        return
    file = folder.toml(page.path)
    found = next(_differences(file.data, page.data, ()), None)
    if found is not None:
        raise folder.refusal_in(page.path, file, found)


def _differences(found: Any, told: Any, path: Path) -> Iterator[Problem]:
    """Where a file's data differ from what the log tells."""
    if isinstance(found, dict) and isinstance(told, dict):
        for key in found:
            if key in told or found[key] in ([], {}):
                continue
            yield Problem((*path, key), "is nothing that an export writes here")
        for key in told:
            if key not in found and told[key] not in ([], {}):
                yield Problem(path, f"has no '{key}', which by the log is {_shown(told[key])}")
            else:
                yield from _differences(found.get(key, told[key]), told[key], (*path, key))
    elif isinstance(found, list) and isinstance(told, list):
        for at, (one, other) in enumerate(zip(found, told, strict=False)):
            yield from _differences(one, other, (*path, at))
        if len(found) != len(told):
            yield Problem(path, f"has {len(found)} where the log tells of {len(told)}")
    elif found != told or type(found) is not type(told):
        yield Problem(path, f"is {_shown(found)}, and by the log it is {_shown(told)}")


def _shown(value: Any) -> str:
    return f"{value!r:.60}"
