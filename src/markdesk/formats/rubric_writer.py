"""A mark scheme written as a TOML file, in the order in which people read one: what ``read_rubric`` reads back."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from markdesk.core.rubric import SCHEMA, Level, Rubric, Scale
from markdesk.formats.rubric_write import rubric_toml


def rubric_text(rubric: Rubric, comments: tuple[str, ...] = ()) -> str:
    """The scheme as the text of a file, below some lines of comment. Reading it gives the same scheme, and its hash."""
    return rubric_toml(as_file(rubric), comments)


def as_file(rubric: Rubric) -> dict[str, Any]:
    """The scheme under the keys of a file. Tables that would say nothing are left out."""
    file: dict[str, Any] = {
        "schema": SCHEMA,
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "board": rubric.board,
        "qualification": rubric.qualification,
        "spec": rubric.spec,
        "components": list(rubric.components),
        "section": rubric.section,
        "question_type": rubric.question_type,
        "first_series": rubric.first_series,
        "last_series": rubric.last_series,
        "status": str(rubric.status),
        "max_mark": rubric.max_mark,
        "mark_step": 1,
        "time_minutes": rubric.time_minutes,
        "scoring": str(rubric.scoring),
        "provenance": _plain(rubric.provenance),
        "stimulus": {"kind": rubric.stimulus, "count": rubric.stimulus_count},
        "ao": [_plain(ao) for ao in rubric.aos],
        "strand": [_plain(strand) for strand in rubric.strands],
        "decision": {
            "level_method": rubric.decision.level_method,
            "start": rubric.decision.start,
            "mark_method": rubric.decision.mark_method,
            "allow_plus_minus": rubric.decision.allow_plus_minus,
            "guidance": rubric.decision.guidance,
        },
        "zero": {"label": rubric.zero_label, "allow": True},
        "not_attempted": {"code": rubric.not_attempted_code},
        "scale": [_scale(scale) for scale in rubric.scales],
        "cap": [_cap(_plain(cap)) for cap in rubric.caps],
        "penalty": [_plain(penalty) for penalty in rubric.penalties],
        "flag": [_plain(flag) for flag in rubric.flags],
        "combine": {"method": "sum", "scale_factor": _factor(rubric.scale_factor), "round": str(rubric.rounding)},
    }
    if rubric.nea is not None:
        file["nea"] = _plain(rubric.nea)
    file["indicative"] = {"file": rubric.indicative_file}
    return {name: value for name, value in file.items() if value != [] or name == "components"}


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a value of which every one is a key of the file; those that are None aren't there."""
    return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(value).items() if v is not None}


def _scale(scale: Scale) -> dict[str, Any]:
    file: dict[str, Any] = {
        "id": scale.id,
        "title": scale.title,
        "part": scale.part,
        "aos": list(scale.aos),
        "max": scale.max,
        "kind": scale.kind,
    }
    if scale.strands:
        file["strands"] = list(scale.strands)
    if scale.is_points:
        return {**file, "item": [_plain(item) for item in scale.items]}
    return {**file, "level": [_level(level) for level in reversed(scale.levels)]}


def _level(level: Level) -> dict[str, Any]:
    file: dict[str, Any] = {
        "n": level.n, "label": level.label, "min": level.min, "max": level.max, "summary": level.summary,
    }  # fmt: skip
    if level.strand:
        file["strand"] = dict(level.strand)
    return {**file, "sub": [_plain(sub) for sub in level.subs]} if level.subs else file


def _cap(cap: dict[str, Any]) -> dict[str, Any]:
    effect = {name: value for name, value in cap.pop("effect").items() if value is not None}
    return {**cap, "effect": effect}


def _factor(factor: int | Fraction) -> int | str:
    return factor if isinstance(factor, int) else str(factor)
