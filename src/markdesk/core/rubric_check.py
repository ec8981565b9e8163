"""From parsed data to a ``Rubric``, or to the list of everything that is wrong with it.

The rules are those of ``markdesk.rubric/1``: known keys only, levels that cover 1 to the maximum without gap or
overlap, scales that sum to the tariff, a text for every strand at every level, effects that point at something.
A problem names the path of its key, so that a reader of files can add the line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from markdesk.core.ids import ScaleId, StrandId
from markdesk.core.rubric import (
    SCHEMA,
    AssessmentObjective,
    Cap,
    Decision,
    Effect,
    Flag,
    Level,
    Nea,
    Penalty,
    Provenance,
    Rubric,
    Scale,
    Scoring,
    Status,
    Strand,
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``path`` leads to the key: ``("scale", 0, "level", 2, "max")``."""

    path: Path
    message: str

    @property
    def key(self) -> str:
        """The path as a reader writes it: ``scale[1].level[3].max``, counting from 1."""
        text = ""
        for part in self.path:
            text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
        return text


KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "": {
        "schema": str, "id": str, "version": str, "title": str, "board": str, "qualification": str, "spec": str,
        "components": list, "section": str, "question_type": str, "first_series": str, "last_series": str,
        "status": str, "max_mark": int, "mark_step": int, "time_minutes": int, "scoring": str, "provenance": dict,
        "stimulus": dict, "ao": list, "strand": list, "scale": list, "decision": dict, "zero": dict,
        "not_attempted": dict, "cap": list, "penalty": list, "flag": list, "combine": dict, "nea": dict,
        "indicative": dict,
    },
    "provenance": {"wording": str, "basis": str, "checked_by": str, "checked_on": str, "checked_against": str},
    "stimulus": {"kind": str, "count": int},
    "ao": {"code": str, "marks": int},
    "strand": {"id": str, "name": str, "ao": str, "derived": bool},
    "scale": {"id": str, "title": str, "part": str, "aos": list, "max": int, "kind": str, "level": list},
    "level": {"n": int, "label": str, "min": int, "max": int, "summary": str, "strand": dict},
    "decision": {"level_method": str, "start": str, "mark_method": str, "allow_plus_minus": bool, "guidance": str},
    "zero": {"label": str, "allow": bool},
    "not_attempted": {"code": str},
    "cap": {"id": str, "ask": str, "severity": str, "basis": str, "effect": dict},
    "effect": {"scale": str, "max_level": int, "max_mark": int},
    "penalty": {"id": str, "ask": str, "marks": int, "applied_by": str, "show_only": bool},
    "flag": {"id": str, "text": str},
    "combine": {"method": str, "scale_factor": int, "round": str},
    "nea": {
        "words_min": int, "words_max": int, "counts": list, "excludes": list, "draft_feedback_locked": bool,
        "form": str,
    },
    "indicative": {"file": str},
}  # fmt: skip
"""Every key of the schema and the type of its value, by table."""

REQUIRED = {
    "": ("schema", "id", "version", "title", "status", "max_mark", "scoring", "provenance", "scale"),
    "provenance": ("wording", "basis"),
    "ao": ("code", "marks"),
    "strand": ("id", "name", "ao"),
    "scale": ("id", "title", "aos", "max", "level"),
    "level": ("n", "min", "max", "summary"),
    "cap": ("id", "ask", "severity", "effect"),
    "effect": ("scale",),
    "penalty": ("id", "ask", "marks", "applied_by"),
    "flag": ("id", "text"),
    "nea": ("words_min", "words_max"),
}

_TYPE_NAMES = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


class _Reader:
    """Walks the data once, noting what is wrong and giving a usable value all the same."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: Path, message: str) -> None:
        self.problems.append(Problem(path, message))

    def table(self, data: dict[str, Any], table: str, path: Path) -> dict[str, Any]:
        """The keys of one table that are known and of the right type."""
        known = KEYS[table]
        good: dict[str, Any] = {}
        for key, value in data.items():
            if key not in known:
                near = get_close_matches(key, known, 1, 0.6)
                hint = f"did you mean '{near[0]}'?" if near else "known here: " + ", ".join(known) + "."
                self.wrong((*path, key), f"'{key}' is not a key of this table; {hint}")
            elif not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
                wanted = known[key]
                assert isinstance(wanted, type)
                self.wrong((*path, key), f"'{key}' must be {_TYPE_NAMES[wanted]}, not {value!r:.60}")
            else:
                good[key] = value
        for key in REQUIRED.get(table, ()):
            if key not in data:
                self.wrong(path, f"'{key}' is missing")
        return good

    def tables(self, data: dict[str, Any], key: str, path: Path = ()) -> list[tuple[Path, dict[str, Any]]]:
        """A list of tables: each with its path and its good keys."""
        found: list[tuple[Path, dict[str, Any]]] = []
        for index, item in enumerate(data.get(key, [])):
            where = (*path, key, index)
            if isinstance(item, dict):
                found.append((where, self.table(item, key, where)))
            else:
                self.wrong(where, f"each '{key}' must be a table, written [[{key}]]")
        return found

    def one_of(self, path: Path, value: Any, allowed: Iterable[str], what: str) -> None:
        options = list(allowed)
        if value not in options:
            near = get_close_matches(str(value), options, 1, 0.6)
            hint = f"did you mean '{near[0]}'?" if near else "one of " + ", ".join(options) + "."
            self.wrong(path, f"{what} '{value}' is not known; {hint}")

    def texts(self, path: Path, values: Any) -> tuple[str, ...]:
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.wrong(path, "must be a list of texts")
            return ()
        return tuple(values)

    def unique(self, items: list[tuple[Path, dict[str, Any]]], key: str = "id") -> None:
        seen: set[Any] = set()
        for path, item in items:
            if key not in item:
                continue
            if item[key] in seen:
                self.wrong((*path, key), f"'{item[key]}' is used twice")
            seen.add(item[key])


def check_rubric(data: dict[str, Any]) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """The scheme, or None and everything that is wrong with it."""
    reader = _Reader()
    top = reader.table(data, "", ())
    if top.get("schema", SCHEMA) != SCHEMA:
        reader.wrong(("schema",), f"this program reads '{SCHEMA}', not '{top['schema']}'")
    reader.one_of(("status",), top.get("status", "ready"), list(Status), "status")
    reader.one_of(("scoring",), top.get("scoring", "holistic"), list(Scoring), "scoring")
    if top.get("mark_step", 1) != 1:
        reader.wrong(("mark_step",), "marks are whole: 'mark_step' must be 1")
    aos, strands, scales = _aos(reader, top), _strands(reader, top), _scales(reader, top)
    _sums(reader, top, aos, scales)
    _coverage(reader, aos, strands, scales)
    caps, penalties, flags = _caps(reader, top, scales), _penalties(reader, top), _flags(reader, top)
    provenance = reader.table(top.get("provenance", {}), "provenance", ("provenance",))
    decision = reader.table(top.get("decision", {}), "decision", ("decision",))
    single = {
        name: reader.table(top.get(name, {}), name, (name,))
        for name in ("stimulus", "zero", "not_attempted", "combine", "indicative")
    }
    nea = _nea(reader, top)
    components = reader.texts(("components",), top.get("components", []))
    if reader.problems:
        return None, tuple(sorted(reader.problems, key=lambda problem: [str(part) for part in problem.path]))
    plain_texts = {
        key: top[key]
        for key in (
            "id", "version", "title", "board", "qualification", "spec", "section", "question_type", "first_series",
            "last_series",
        )
        if key in top
    }  # fmt: skip
    return (
        Rubric(
            **plain_texts,
            status=Status(top["status"]),
            max_mark=top["max_mark"],
            scoring=Scoring(top["scoring"]),
            time_minutes=top.get("time_minutes", 0),
            components=components,
            provenance=Provenance(**provenance),
            decision=Decision(**decision),
            zero_label=single["zero"].get("label", "Nothing creditable"),
            not_attempted_code=single["not_attempted"].get("code", "NR"),
            stimulus=single["stimulus"].get("kind", "none"),
            stimulus_count=single["stimulus"].get("count", 0),
            scale_factor=single["combine"].get("scale_factor", 1),
            indicative_file=single["indicative"].get("file", ""),
            aos=aos,
            strands=strands,
            scales=tuple(placed.scale for placed in scales),
            caps=caps,
            penalties=penalties,
            flags=flags,
            nea=nea,
        ),
        (),
    )


def _aos(reader: _Reader, top: dict[str, Any]) -> tuple[AssessmentObjective, ...]:
    items = reader.tables(top, "ao")
    reader.unique(items, "code")
    return tuple(AssessmentObjective(ao.get("code", ""), ao.get("marks", 0)) for _, ao in items)


def _strands(reader: _Reader, top: dict[str, Any]) -> tuple[Strand, ...]:
    items = reader.tables(top, "strand")
    reader.unique(items)
    return tuple(
        Strand(StrandId(s.get("id", "")), s.get("name", ""), s.get("ao", ""), s.get("derived", False)) for _, s in items
    )


class _PlacedScale(NamedTuple):
    """A scale, where it stands in the file, and where each of its levels does."""

    path: Path
    scale: Scale
    places: dict[int, int]


def _scales(reader: _Reader, top: dict[str, Any]) -> list[_PlacedScale]:
    items = reader.tables(top, "scale")
    reader.unique(items)
    found: list[_PlacedScale] = []
    for path, scale in items:
        reader.one_of((*path, "kind"), scale.get("kind", "levels"), ("levels", "points"), "kind")
        levels = _levels(reader, scale, path)
        checked = Scale(
            ScaleId(scale.get("id", "")),
            scale.get("title", ""),
            reader.texts((*path, "aos"), scale.get("aos", [])),
            scale.get("max", 0),
            levels,
            scale.get("part", ""),
            scale.get("kind", "levels"),
        )
        if checked.kind == "levels" and "level" in scale and not scale["level"]:
            reader.wrong((*path, "level"), "a scale needs at least one [[scale.level]]")
        if "max" in scale and checked.max < 1:
            reader.wrong((*path, "max"), f"a scale needs a maximum of 1 or more, not {checked.max}")
        numbers = enumerate(raw.get("n") if isinstance(raw, dict) else None for raw in scale.get("level", []))
        found.append(_PlacedScale(path, checked, {n: place for place, n in numbers if isinstance(n, int)}))
    if top.get("scale") == []:
        reader.wrong(("scale",), "a mark scheme needs at least one [[scale]]")
    return found


def _levels(reader: _Reader, scale: dict[str, Any], path: Path) -> tuple[Level, ...]:
    """The levels from the lowest up, whichever way the file lists them."""
    items = [i for i in reader.tables(scale, "level", path) if {"n", "min", "max"} <= i[1].keys()]
    items.sort(key=lambda item: item[1]["n"])
    expected = 1
    for position, (where, level) in enumerate(items, start=1):
        if level["n"] != position:
            reader.wrong((*where, "n"), f"levels are numbered 1, 2, 3 …: here {position} is expected, not {level['n']}")
        if level["min"] > level["max"]:
            reader.wrong((*where, "min"), f"the lowest mark {level['min']} is above the highest {level['max']}")
        if level["min"] > expected:
            reader.wrong((*where, "min"), f"a gap: no level has {_range(expected, level['min'] - 1)}")
        elif level["min"] < expected:
            reader.wrong((*where, "min"), f"an overlap: {level['min']} is in the level below (expected {expected})")
        expected = max(expected, level["max"] + 1)
    if items and "max" in scale and items[-1][1]["max"] != scale["max"]:
        reader.wrong(
            (*items[-1][0], "max"),
            f"the top level ends at {items[-1][1]['max']}, but the scale's maximum is {scale['max']}",
        )
    found: list[Level] = []
    for where, level in items:
        strand = level.get("strand", {})
        for name, text in strand.items():
            if not isinstance(text, str):
                reader.wrong((*where, "strand", name), f"'{name}' must be text in quotes")
        found.append(
            Level(
                level["n"],
                level.get("label", f"L{level['n']}"),
                level["min"],
                level["max"],
                level.get("summary", ""),
                dict(strand),
            )
        )
    return tuple(found)


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _sums(
    reader: _Reader, top: dict[str, Any], aos: tuple[AssessmentObjective, ...], scales: list[_PlacedScale]
) -> None:
    tariff = top.get("max_mark")
    if tariff is None or not scales:
        return
    factor = top.get("combine", {}).get("scale_factor", 1)
    if not isinstance(factor, int) or factor < 1:
        reader.wrong(("combine", "scale_factor"), "must be a whole number of 1 or more")
        factor = 1
    summed = sum(scale.max for _, scale, _ in scales) * factor
    if summed != tariff:
        reader.wrong(("max_mark",), f"the scales add up to {summed}, but 'max_mark' is {tariff}")
    if aos and sum(ao.marks for ao in aos) != tariff:
        reader.wrong(
            ("ao", 0), f"the objectives' marks add up to {sum(a.marks for a in aos)}, but 'max_mark' is {tariff}"
        )
    if top.get("scoring") in ("holistic", "profile") and len(scales) != 1:
        reader.wrong(("scoring",), f"'{top['scoring']}' has one scale, but there are {len(scales)}; use 'per_scale'")


def _coverage(
    reader: _Reader,
    aos: tuple[AssessmentObjective, ...],
    strands: tuple[Strand, ...],
    scales: list[_PlacedScale],
) -> None:
    known_aos = {ao.code for ao in aos}
    known_strands: list[str] = [strand.id for strand in strands]
    for index, strand in enumerate(strands):
        if strand.ao not in known_aos:
            reader.one_of(("strand", index, "ao"), strand.ao, sorted(known_aos), "objective")
    for path, scale, places in scales:
        for ao in scale.aos:
            reader.one_of((*path, "aos"), ao, sorted(known_aos), "objective")
        wanted: list[str] = [strand.id for strand in strands if strand.ao in scale.aos]
        for level in scale.levels:
            where = (*path, "level", places[level.n], "strand")
            for name in wanted:
                if not level.strand.get(name):
                    reader.wrong(where, f"strand '{name}' has no text at {level.label} of '{scale.id}'")
            for name in level.strand:
                if name not in wanted:
                    reader.one_of((*where, name), name, known_strands or wanted, "strand")


def _caps(reader: _Reader, top: dict[str, Any], scales: list[_PlacedScale]) -> tuple[Cap, ...]:
    by_id = {scale.id: scale for _, scale, _ in scales}
    items = reader.tables(top, "cap")
    reader.unique(items)
    found: list[Cap] = []
    for path, cap in items:
        reader.one_of((*path, "severity"), cap.get("severity", "hard"), ("hard", "advisory"), "severity")
        effect = reader.table(cap.get("effect", {}), "effect", (*path, "effect"))
        scale = by_id.get(effect.get("scale", ""))
        if scale is None:
            reader.one_of((*path, "effect", "scale"), effect.get("scale"), list(by_id), "scale")
        elif scale.level(effect.get("max_level", 1)) is None and effect.get("max_level") != 0:
            reader.wrong((*path, "effect", "max_level"), f"'{scale.id}' has levels 1 to {scale.top}")
        if scale is not None and not 0 <= effect.get("max_mark", 0) <= scale.max:
            reader.wrong((*path, "effect", "max_mark"), f"'{scale.id}' has marks 0 to {scale.max}")
        if "max_level" not in effect and "max_mark" not in effect:
            reader.wrong((*path, "effect"), "a cap needs 'max_level' or 'max_mark'")
        found.append(
            Cap(
                cap.get("id", ""),
                cap.get("ask", ""),
                cap.get("severity", "hard"),
                Effect(ScaleId(effect.get("scale", "")), effect.get("max_level"), effect.get("max_mark")),
                cap.get("basis", ""),
            )
        )
    return tuple(found)


def _penalties(reader: _Reader, top: dict[str, Any]) -> tuple[Penalty, ...]:
    items = reader.tables(top, "penalty")
    reader.unique(items)
    for path, penalty in items:
        if penalty.get("show_only", True) is not True:
            reader.wrong((*path, "show_only"), "a penalty is shown and never subtracted: 'show_only' must be true")
    return tuple(
        Penalty(p.get("id", ""), p.get("ask", ""), p.get("marks", 0), p.get("applied_by", "")) for _, p in items
    )


def _flags(reader: _Reader, top: dict[str, Any]) -> tuple[Flag, ...]:
    items = reader.tables(top, "flag")
    reader.unique(items)
    return tuple(Flag(flag.get("id", ""), flag.get("text", "")) for _, flag in items)


def _nea(reader: _Reader, top: dict[str, Any]) -> Nea | None:
    if "nea" not in top:
        return None
    nea = reader.table(top["nea"], "nea", ("nea",))
    return Nea(
        nea.get("words_min", 0),
        nea.get("words_max", 0),
        reader.texts(("nea", "counts"), nea.get("counts", [])),
        reader.texts(("nea", "excludes"), nea.get("excludes", [])),
        nea.get("draft_feedback_locked", False),
        nea.get("form", ""),
    )
