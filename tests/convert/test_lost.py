"""What Canvas and Moodle can't hold is said, field by field: a field that a scheme gains fails here until it is."""

from dataclasses import fields, replace
from typing import Any

import pytest

from markdesk.core.ids import ScaleId, StrandId
from markdesk.core.rubric import (
    AssessmentObjective,
    Cap,
    Decision,
    Effect,
    Flag,
    Item,
    Level,
    Nea,
    Penalty,
    Provenance,
    Rubric,
    Scale,
    Scoring,
    Status,
    Strand,
    SubBand,
)
from markdesk.formats.rubric_to.canvas_csv import write_canvas
from markdesk.formats.rubric_to.moodle_guide import write_guide
from tests.kit import shipped_rubric

WAYS = {"canvas-csv": write_canvas, "moodle-guide": write_guide}

LEVELS = tuple(Level(n, f"L{n}", 2 * n - 1, 2 * n, f"What level {n} does.") for n in (1, 2))
BARE = Rubric(
    "bare", "1", "Bare", Status.READY, 4, Scoring.HOLISTIC, (Scale(ScaleId("main"), "Essay", (), 4, LEVELS),), (), (),
    Provenance("paraphrase", "made up"),
)  # fmt: skip
"""A scheme with nothing in it that need not be."""
STRAND, AO = Strand(StrandId("focus"), "Focus", "AO1"), AssessmentObjective("AO1", 4)


def with_scale(**more: Any) -> Rubric:
    return replace(BARE, scales=(replace(BARE.scales[0], **more),))


def with_level(**more: Any) -> Rubric:
    return with_scale(levels=(replace(LEVELS[0], **more), LEVELS[1]))


OUT_OF_3 = with_scale(max=3, levels=(LEVELS[0], replace(LEVELS[1], max=3)))
WITH_STRAND = replace(
    with_scale(aos=("AO1",), levels=tuple(replace(level, strand={"focus": "Looks."}) for level in LEVELS)),
    strands=(STRAND,),
)
IN_HALVES = with_level(subs=(SubBand("low", 1, 1), SubBand("high", 2, 2)))

IN_THE_FILE: dict[Any, dict[str, Rubric]] = {
    Rubric: {
        "title": replace(BARE, title="Another"),
        "max_mark": replace(OUT_OF_3, max_mark=3),
        "scales": with_scale(title="Another"),
        "zero_label": replace(BARE, zero_label="Another"),
    },
    Scale: {
        "title": with_scale(title="Another"),
        "aos": with_scale(aos=("AO1",)),
        "max": OUT_OF_3,
        "levels": with_level(summary="Another."),
        "part": with_scale(part="a"),
        "kind": with_scale(kind="points", levels=(), items=(Item("first", "What earns it.", 4),)),
        "items": with_scale(kind="points", levels=(), items=(Item("first", "What earns it.", 4),)),
        "strands": replace(with_scale(aos=("AO1",), strands=("focus",), levels=tuple(
            replace(level, strand={"focus": "Another.", "depth": "Left out."}) for level in LEVELS
        )), strands=(STRAND, replace(STRAND, id=StrandId("depth")))),
    },
    Level: {
        "n": with_scale(levels=(*LEVELS, Level(3, "L3", 5, 6, "More.")), max=6),
        "label": with_level(label="Another"),
        "min": with_scale(levels=(replace(LEVELS[0], max=1), replace(LEVELS[1], min=2))),
        "max": with_scale(levels=(replace(LEVELS[0], max=3), replace(LEVELS[1], min=4))),
        "summary": with_level(summary="Another."),
        "strand": WITH_STRAND,
    },
}  # fmt: skip
"""Fields that the written file holds: a scheme in which each is otherwise than in the bare one."""

SAID: dict[Any, dict[str, tuple[Rubric, str] | None]] = {
    Rubric: {
        "scoring": (replace(BARE, scoring=Scoring.PROFILE), "can't place each strand"),
        "strands": (replace(BARE, strands=(STRAND,)), "no strands"),
        "aos": (replace(BARE, aos=(AO,)), "no assessment objectives"),
        "board": (replace(BARE, board="AQA"), ", board"),
        "qualification": (replace(BARE, qualification="AS"), "qualification"),
        "spec": (replace(BARE, spec="7041"), "specification"),
        "components": (replace(BARE, components=("1",)), "components"),
        "section": (replace(BARE, section="A"), "section"),
        "question_type": (replace(BARE, question_type="essay"), "kind of question"),
        "first_series": (replace(BARE, first_series="2017-06"), "exam series"),
        "last_series": (replace(BARE, last_series="2027-06"), "exam series"),
        "time_minutes": (replace(BARE, time_minutes=45), "advised time"),
        "decision": (replace(BARE, decision=Decision("Climb.")), "guidance"),
        "caps": (replace(BARE, caps=(Cap("c", "Is it?", "hard", Effect(ScaleId("main"), 1)),)), "1 cap is left out"),
        "penalties": (replace(BARE, penalties=(Penalty("p", "Is it?", 5, "moderator"),) * 2), "2 penalties are left"),
        "flags": (replace(BARE, flags=(Flag("f", "Mind."),)), "1 reminder is left out"),
        "scale_factor": (replace(BARE, scale_factor=2, max_mark=8), "2 times as high"),
        "stimulus": (replace(BARE, stimulus="sources"), "printed with the question (sources)"),
        "stimulus_count": (replace(BARE, stimulus="extracts", stimulus_count=3), "question (3 extracts)"),
        "nea": (replace(BARE, nea=Nea(0, 4000)), "coursework"),
        "indicative_file": (replace(BARE, indicative_file="x.toml"), "the file of indicative content"),
        **dict.fromkeys(("id", "version"), (BARE, "Left out: id, version")),
        **dict.fromkeys(("status", "provenance"), (BARE, "status and provenance")),
        "not_attempted_code": (replace(BARE, not_attempted_code="X"), "'X'"),
    },
    Scale: {"id": None},
    Level: {"subs": (IN_HALVES, "2 sub-bands are left out: low, high")},
    Strand: {
        "id": None,
        "name": (replace(BARE, strands=(STRAND,)), "a line each"),
        "ao": (replace(BARE, strands=(STRAND,), aos=(AO,)), "which strand goes with which"),
        "derived": (replace(BARE, strands=(replace(STRAND, derived=True),)), "ours and not the board's"),
    },
    AssessmentObjective: {
        "code": (replace(BARE, aos=(AO,)), "their codes stand"),
        "marks": (replace(BARE, aos=(AO,)), "the marks of each"),
    },
    Decision: {
        "guidance": (replace(BARE, decision=Decision("Climb.")), "guidance"),
        "level_method": (replace(BARE, decision=Decision(level_method="best_fit")), "How a level and a mark are found"),
        "start": (replace(BARE, decision=Decision(start="bottom")), "How a level and a mark are found"),
        "mark_method": (replace(BARE, decision=Decision(mark_method="range")), "How a level and a mark are found"),
        "allow_plus_minus": (replace(BARE, decision=Decision(allow_plus_minus=True)), "+ and −"),
    },
}  # fmt: skip
"""Fields that it can't hold: a scheme that has one, and what is said of it. None: a name that nobody reads."""

ELSEWHERE = {"rounding"}
"""Only for a factor that isn't whole, and such a scheme is refused."""


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("of", [*SAID], ids=lambda of: of.__name__)
def test_every_field_is_in_the_file_or_said(of: Any, kind: str) -> None:
    written, said = IN_THE_FILE.get(of, {}), SAID[of]
    assert {field.name for field in fields(of)} == {*written, *said} | (ELSEWHERE if of is Rubric else set())
    plain = WAYS[kind](BARE)
    for name, rubric in written.items():
        assert WAYS[kind](rubric).content != plain.content, name
    for name, case in said.items():
        if case is None:
            continue
        rubric, words = case
        assert any(words in sentence for sentence in WAYS[kind](rubric).lost), name
        if rubric is not BARE:
            assert not any(words in sentence for sentence in plain.lost), f"{name} is said of a scheme without it"


@pytest.mark.parametrize("kind", WAYS)
def test_points_and_levels_say_where_they_went(kind: str) -> None:
    paper_1 = " ".join(WAYS[kind](shipped_rubric("ib-history-p1-24")).lost)
    assert "A scale of points has" in paper_1
    assert ("no levels to choose" in paper_1) is (kind == "moodle-guide")
