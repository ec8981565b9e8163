"""From parsed data to a ``Rubric``, or to the list of everything that is wrong with it.

``rubric_keys`` says which keys there are, ``toml_reader`` reads by it, ``rubric_scales`` and ``rubric_rules`` hold
what several keys must agree on. A problem names the path of its key, so that a reader of files can add the line.
"""

from typing import Any

from markdesk.core.ids import StrandId
from markdesk.core.rubric import AssessmentObjective, Decision, Provenance, Rounding, Rubric, Scoring, Status, Strand
from markdesk.core.rubric_keys import TABLES
from markdesk.core.rubric_rules import (
    check_provenance,
    check_scoring,
    check_strands,
    check_sums,
    read_caps,
    read_flags,
    read_nea,
    read_penalties,
)
from markdesk.core.rubric_scales import read_scales
from markdesk.core.toml_reader import Problem, Reader, as_factor

__all__ = ["Problem", "check_rubric"]

_WORDS = (
    "id", "version", "title", "board", "qualification", "spec", "section", "question_type", "first_series",
    "last_series",
)  # fmt: skip
"""The texts that are taken as they stand."""


def check_rubric(data: dict[str, Any]) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """The scheme, or None and everything that is wrong with it."""
    reader = Reader(TABLES)
    top = reader.table(data, "", ())
    if top.get("mark_step", 1) != 1:
        reader.wrong(("mark_step",), "marks are whole: 'mark_step' must be 1")
    aos, strands, scales = _aos(reader, top), _strands(reader, top), read_scales(reader, top)
    check_sums(reader, top, aos, scales)
    check_scoring(reader, top, scales)
    check_strands(reader, aos, strands, scales)
    caps, penalties, flags = read_caps(reader, top, scales), read_penalties(reader, top), read_flags(reader, top)
    one = {
        name: reader.table(top[name], name, (name,)) if name in top else {}
        for name in ("provenance", "decision", "stimulus", "zero", "not_attempted", "indicative")
    }
    check_provenance(reader, top, one["provenance"])
    if one["zero"].get("allow", True) is not True:
        reader.wrong(("zero", "allow"), "an attempt that earns nothing must have a mark: 'allow' must be true")
    nea = read_nea(reader, top)
    if reader.problems:
        return None, tuple(reader.problems)
    combine = top.get("combine", {})
    factor = as_factor(combine.get("scale_factor", 1))
    assert factor is not None, "check_sums refuses it"
    return (
        Rubric(
            **{name: top[name] for name in _WORDS if name in top},
            status=Status(top["status"]),
            max_mark=top["max_mark"],
            scoring=Scoring(top["scoring"]),
            time_minutes=top.get("time_minutes", 0),
            components=tuple(top.get("components", ())),
            provenance=Provenance(**one["provenance"]),
            decision=Decision(**one["decision"]),
            zero_label=one["zero"].get("label", "Nothing creditable"),
            not_attempted_code=one["not_attempted"].get("code", "NR"),
            stimulus=one["stimulus"].get("kind", "none"),
            stimulus_count=one["stimulus"].get("count", 0),
            scale_factor=factor,
            rounding=Rounding(combine.get("round", Rounding.NONE)),
            indicative_file=one["indicative"].get("file", ""),
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


def _aos(reader: Reader, top: dict[str, Any]) -> tuple[AssessmentObjective, ...]:
    items = reader.tables(top, "ao")
    reader.unique(items, "code")
    return tuple(AssessmentObjective(ao.get("code", ""), ao.get("marks", 0)) for _, ao in items)


def _strands(reader: Reader, top: dict[str, Any]) -> tuple[Strand, ...]:
    items = reader.tables(top, "strand")
    reader.unique(items)
    return tuple(
        Strand(StrandId(s.get("id", "")), s.get("name", ""), s.get("ao", ""), s.get("derived", False)) for _, s in items
    )
