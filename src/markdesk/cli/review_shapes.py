"""What ``markdesk review assignment`` and ``review group`` answer with --json: see docs/reference/commands.md."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from markdesk.cli.shapes import script_ids
from markdesk.core.against_usual import AgainstUsual
from markdesk.core.drift import Drift
from markdesk.core.statistics import Figures, rounded
from markdesk.desk.anonymous import named
from markdesk.desk.assignment_review import PileReview, ScaleReview
from markdesk.desk.course_review import CourseReview, Pooled
from markdesk.desk.drifting import Hand
from markdesk.desk.looking_back import LookBack
from markdesk.desk.what_recurs import WhatRecurs


def pile_shape(pile: PileReview) -> dict[str, Any]:
    """One assignment."""
    about, rubric, summary = pile.assignment, pile.rubric, pile.summary
    return {
        "assignment": {
            "id": about.id,
            "name": about.name,
            "question": about.question,
            "group": pile.group or None,
            "set_on": about.set_on,
            "kind": str(about.kind),
        },
        "rubric": {"id": rubric.id, "version": rubric.version, "max_mark": rubric.max_mark, "board": rubric.board},
        "essays": pile.scripts,
        "looked_at": len(pile.rows),
        "marks": {
            **_figures(summary.figures),
            "not_finished": summary.provisional,
            "no_response": summary.no_response,
            "without_mark": summary.without_mark,
            "under_another_maximum": pile.left_out,
            "counts": {str(mark): count for mark, count in enumerate(pile.counts) if count},
        },
        "scales": [_scale(scale) for scale in pile.scales],
        "strands": [
            {"scale": s.scale.id, "strand": s.strand, "name": s.name, "n": s.n, "mean_level": rounded(s.mean),
             "share": _share(s.share)}
            for s in pile.strands
        ],
        "weakest": [{"scale": strand.scale.id, "strand": strand.strand} for strand in pile.weakest],
        "boundaries": {
            "of": pile.graded_by or "levels",
            "edges": [
                {"name": at.edge.name, "lowest": at.edge.lowest, "reached": at.reached,
                 "more_if_lower": list(at.lower), "fewer_if_higher": list(at.higher)}
                for at in pile.edges
            ],
            "near": [
                {**script_ids(near.row.entry.script.id, pile.assignment.is_anonymous), "student": named(near.row.entry),
                 "total": near.row.total.value, "edge": near.edge.name, "under_by": near.by}
                for near in pile.near
            ],
        },
        "not_handed_in": [
            {"id": one.student.id, "name": one.student.name, "why": str(one.absence.why) if one.absence else None}
            for one in pile.missing
        ],
        "drift": {
            "told": pile.drift.told,
            "total": _drift(pile.drift.total),
            "scales": {scale: _drift(found) for scale, found in pile.drift.scales},
        },
        "recurs": _recurs(pile.recurs),
        "against_usual": _against_usual(pile.against_usual),
        "mirror": {"n": pile.mirror.n, "first": _hand(pile.mirror.first), "last": _hand(pile.mirror.last)}
        if pile.mirror
        else None,
    }  # fmt: skip


def look_shape(look: LookBack, file: str | None) -> dict[str, Any]:
    """What is on, where nothing is left what to loosen, and the file where one was written."""
    on = look.filters
    picked = [
        {
            **script_ids(one.row.entry.script.id, one.row.entry.assignment.is_anonymous),
            "student": named(one.row.entry), "assignment": one.row.entry.assignment.name,
            "total": one.row.total.value, "max": one.row.total.max,
        }
        for one in look.picked
    ]  # fmt: skip
    return {
        "filters": {
            "year": on.year or None, "board": on.board or None, "question": on.question or None,
            "marked_by": on.marker, "scale": on.scale or None, "level": on.level,
            "marks": list(on.marks) if on.marks else None, "stamp": on.stamp or None, "tag": on.tag or None,
            "text": on.text or None,
        },
        "left": {"essays": look.left, "of": look.of},
        "loosen": [{"filter": one.name, "essays": one.essays} for one in look.looser],
        "picked": picked if on.of_scripts else None,
        "file": file,
    }  # fmt: skip


def course_shape(course: CourseReview) -> dict[str, Any]:
    """Several assignments, each of them and all together."""
    return {
        "assignments": [pile_shape(pile) for pile in course.piles],
        "together": {
            "n": len(course.shares),
            "mean_share": _share(course.mean_share),
            "tenths": list(course.tenths),
            "scales": _pooled(course.scales),
            "strands": _pooled(course.strands),
            "weakest": [strand.name for strand in course.weakest],
            "not_compared": [strand.name for strand in course.seldom_judged],
            "classes": _pooled(course.classes),
        },
        "recurs": _recurs(course.recurs),
        "not_handed_in": [{"name": one.called, "assignments": list(one.assignments)} for one in course.owing],
    }


def _recurs(found: WhatRecurs) -> dict[str, Any]:
    return {
        "n": found.n,
        "stamps": [
            {"code": one.code, "meaning": one.meaning, "essays": one.essays, "tone": str(one.tone)}
            for one in found.stamps
        ],
        "said": [
            {"field": one.field or "margin", "text": one.text, "essays": one.essays}
            for one in found.said
            if one.essays > 1
        ],
        "targets": {"judged": found.judged, "met": found.met, "partly": found.partly},
    }


def _figures(its: Figures | None) -> dict[str, Any]:
    return {
        "n": its.n if its else 0,
        "mean": rounded(its.mean) if its else None,
        "median": rounded(its.median) if its else None,
        "sd": rounded(its.sd) if its else None,
        "lowest": its.lowest if its else None,
        "highest": its.highest if its else None,
    }


def _scale(scale: ScaleReview) -> dict[str, Any]:
    return {
        "scale": scale.scale.id,
        "max": scale.scale.max,
        **_figures(scale.figures),
        "share": _share(scale.share),
        "levels": {str(level): count for level, count in enumerate(scale.levels.counts)},
        "no_response": scale.levels.no_response,
        "without_mark": scale.levels.unmarked,
        "under_other_ranges": scale.left_out,
    }


def _drift(found: Drift | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "third": found.ends,
        "mean_first": rounded(found.first),
        "mean_last": rounded(found.last),
        "usual_first": rounded(found.usual[0]) if found.usual else None,
        "usual_last": rounded(found.usual[1]) if found.usual else None,
        "difference": rounded(found.difference),
        "chance": rounded(found.chance, 4),
        "is_sign": found.is_sign,
    }


def _against_usual(found: AgainstUsual | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "difference": rounded(found.difference),
        "above": found.above,
        "below": found.below,
        "chance": rounded(found.chance, 4),
        "is_sign": found.is_sign,
    }


def _hand(hand: Hand) -> dict[str, Any]:
    return {
        "essays": hand.essays,
        "comment_words": hand.comment_words,
        "stamps": hand.stamps,
        "strengths": hand.strengths,
    }


def _pooled(pooled: Iterable[Pooled]) -> list[dict[str, Any]]:
    return [{"name": one.name, "n": one.n, "share": _share(one.share)} for one in pooled]


def _share(share: Fraction | None) -> float | None:
    return None if share is None else rounded(share, 4)
