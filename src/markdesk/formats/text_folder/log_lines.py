"""The log as lines of JSON: one act a line, in the order in which they were done.

Lines of JSON and no TOML, since an act is read by nobody from top to bottom: a folder that is compared with a later one
shows a new line for each act, and nothing else of the file has moved.
"""

import hashlib
import json
import re
from typing import Any, Generic, TypeVar, get_args

from markdesk.core.changes import AnyChange
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import MarkerId, MarkingId, StepId
from markdesk.core.plain import is_plain
from markdesk.formats.text_folder.values import Unfit, from_plain, to_plain

Key = TypeVar("Key")

KINDS: dict[str, tuple[type[Any], type[Any]]] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__.removesuffix("Changed")).lower(): (
        kind,
        get_args(kind.__orig_bases__[0])[0],
    )
    for kind in get_args(AnyChange)
}
"""What can change, by the name that a line has for it: the change and the value."""
_NAMES = {kind: name for name, (kind, _) in KINDS.items()}

_PLACE = re.compile(rb'\{"place":([1-9][0-9]{0,11}),')
_TEXTS = ("id", "group", "kind", "action", "label", "at", "marker")
_KEYS = {"place", *_TEXTS, "marking", "changes"}
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:\+00:00|Z)")


def to_line(place: int, step: Step) -> bytes:
    """One act; ``place`` is its place in the log of the whole desk, counted from 1."""
    plain: dict[str, Any] = {
        "place": place,
        "id": step.id,
        "group": step.group,
        "kind": str(step.kind),
        "action": step.action,
        "label": step.label,
        "at": step.at,
        "marker": step.marker_id,
    }
    if step.marking_id is not None:
        plain["marking"] = step.marking_id
    plain["changes"] = [_change(change) for change in step.changes]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    if not (text.isprintable() and is_plain(text)):
        unsafe = (c for c in set(text) if not (c.isprintable() and is_plain(c * 5)))
        text = text.translate({ord(c): json.dumps(c)[1:-1] for c in unsafe})
    return text.encode() + b"\n"


class Digests(Generic[Key]):
    """The hash of each log, made as its lines come."""

    def __init__(self) -> None:
        self._made: dict[Key, hashlib._Hash] = {}

    def add(self, log: Key, lines: bytes) -> None:
        """The next lines of a log."""
        self._made.setdefault(log, hashlib.sha256()).update(lines)

    def told(self) -> dict[Key, str]:
        """Each log's hash, as ``core.canonical.file_hash`` would have it."""
        return {log: f"sha256:{digest.hexdigest()}" for log, digest in self._made.items()}


def _change(change: AnyChange) -> dict[str, Any]:
    plain: dict[str, Any] = {"of": _NAMES[type(change)]}
    if change.before is not None:
        plain["before"] = to_plain(change.before)
    if change.after is not None:
        plain["after"] = to_plain(change.after)
    return plain


def place_of(line: bytes) -> int | None:
    """The place of an act in the log, without reading the rest of its line; None for what isn't one."""
    found = _PLACE.match(line)
    return int(found[1]) if found else None


def from_line(line: bytes) -> Step:
    """The act that ``to_line`` wrote. Raises Unfit, with the way to what is wrong in it."""
    try:
        plain = json.loads(line, object_pairs_hook=_table)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "not JSON that a log has"
        raise Unfit((), f"is not a line of a log: {reason}") from None
    if not isinstance(plain, dict):
        raise Unfit((), "is not a line of a log")
    for name in plain:
        if name not in _KEYS:
            raise Unfit((name,), f"is not a key of a log's line; known: {', '.join(sorted(_KEYS))}")
    for name in _TEXTS:
        if name not in plain:
            raise Unfit((), f"'{name}' is missing")
    texts = {name: from_plain(str, plain[name], (name,)) for name in _TEXTS}
    if not _AT.fullmatch(texts["at"]):
        raise Unfit(("at",), "is not a time such as 2026-11-23T09:30:00.000+00:00")
    marking = from_plain(str, plain["marking"], ("marking",)) if "marking" in plain else None
    changes = plain.get("changes")
    if not isinstance(changes, list):
        raise Unfit(("changes",), "must be a list")
    return Step(
        StepId(texts["id"]),
        StepId(texts["group"]),
        from_plain(StepKind, texts["kind"], ("kind",)),
        texts["action"],
        texts["label"],
        tuple(_changed(change, ("changes", at)) for at, change in enumerate(changes)),
        texts["at"],
        MarkerId(texts["marker"]),
        None if marking is None else MarkingId(marking),
    )


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _changed(plain: Any, path: tuple[str | int, ...]) -> AnyChange:
    if not isinstance(plain, dict) or not {"of"} < plain.keys() <= {"of", "before", "after"}:
        raise Unfit(path, "must have the keys 'of' and 'before', 'after' or both")
    kind = plain["of"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise Unfit((*path, "of"), f"must be one of: {', '.join(KINDS)}")
    change, value = KINDS[kind]
    before, after = (
        from_plain(value, plain[side], (*path, side)) if side in plain else None for side in ("before", "after")
    )
    made: AnyChange = change(before, after)
    return made
