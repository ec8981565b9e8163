"""``markdesk review assignment`` and ``review group``: what a pile, a class or a school year came to."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.cli.sheet_files import (
    COMPONENT,
    FORCE,
    OPTION,
    SERIES,
    ending_of,
    entered_boundaries,
    put_one,
    refuse_half_of_boundaries,
)
from markdesk.config.paths import user_path
from markdesk.core.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdesk.core.ids import MarkerId
    from markdesk.desk.assignment_review import PileReview
    from markdesk.desk.course_review import CourseReview
    from markdesk.desk.desk import Desk
    from markdesk.desk.looking_back import LookBack
    from markdesk.desk.review_filters import Filters
    from markdesk.desk.what_recurs import WhatRecurs

ROOM = 40
"""Columns for a bar."""
WHOLE = 30
"""With more marks than these to have, several stand on a line of the distribution."""

SCALE = typer.Option("--scale", metavar="ID", help="The scale that --level and --marks are of; else totals.")
LEVEL = typer.Option("--level", metavar="N", help="Only essays at this level.")
MARKS = typer.Option("--marks", metavar="LOW-HIGH", help="Only essays with a mark in this range.")
STAMP = typer.Option("--stamp", metavar="CODE", help="Only essays that have this stamp.")
TAG = typer.Option(
    "--tag", metavar="WORD", help="Only essays that you noted so: flagged, or good, middling, weak, worried."
)
TEXT = typer.Option(
    "--text", metavar="WORDS", help="Only essays that hold these words, or what you wrote on them does."
)
MARKED_BY = typer.Option("--marked-by", metavar="NAME", help="Whose marks; else your own.")
TO = typer.Option(
    "--to", metavar="FILE", help="Write what is shown: .pdf, .docx, .html, .md or .txt; .xlsx or .csv for the figures."
)
AS_JSON = typer.Option("--json", help="Answer as JSON.")


def assignment(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which assignment; a part of its name will do.")],
    scale: Annotated[str, SCALE] = "",
    level: Annotated[int | None, LEVEL] = None,
    marks: Annotated[str | None, MARKS] = None,
    stamp: Annotated[str, STAMP] = "",
    tag: Annotated[str, TAG] = "",
    text: Annotated[str, TEXT] = "",
    marked_by: Annotated[str | None, MARKED_BY] = None,
    series: Annotated[str | None, SERIES] = None,
    option: Annotated[str | None, OPTION] = None,
    component: Annotated[str | None, COMPONENT] = None,
    to: Annotated[Path | None, TO] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """How an assignment was marked: the spread of marks and levels, by scale and strand, and the weakest strand; who is
    near a boundary and what another would do; who has handed nothing in; whether the standard drifted.

    The boundaries are the scheme's levels, or with --series and --option the grades that your department entered.

    \b
    Example:
      markdesk review assignment "Henry VII"
      markdesk review assignment "Henry VII" --level 3 --stamp NAR
      markdesk review assignment "Henry VII" --text '"divine right"' --to henry.pdf
    """
    from markdesk.cli.review_shapes import look_shape, pile_shape
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.looking_back import look_back, refuse_scale, stamp_called

    refuse_half_of_boundaries(series, option, component)
    _refuse_ending(to)
    session: Session = ctx.obj
    with session.desk() as desk:
        found = find_assignment(desk, session.given.text(name))
        rubric = desk.store.rubric(found.rubric_hash)
        picked = _filters(scale, level, marks, stamp, tag, session.given.text(text))
        wanted = replace(picked, marker=_marker(desk, session.given.maybe(marked_by))).within(found)
        refuse_scale(scale, [rubric], level)
        wanted = replace(wanted, stamp=stamp_called(desk, wanted, [found]))
        look = look_back(desk, wanted, entered_boundaries(rubric, series, option, component))
        if not any(pile.summary.marks for pile in look.piles):
            _tell_of_others(desk, marked_by)
        today = desk.clock.today()
    file = _written(look, to, force, today)
    pile = look.pile
    assert pile is not None
    if as_json:
        output.json_out("review-assignment", {**pile_shape(pile), **look_shape(look, file)})
    elif file is None:
        _pile_page(look, pile)


def group(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Which class; without it every class.")] = "",
    year: Annotated[str, typer.Option("--year", metavar="YYYY-YY", help="A school year: 2026-27.")] = "",
    board: Annotated[str, typer.Option("--board", metavar="NAME", help="Only under schemes of this board.")] = "",
    question: Annotated[
        str,
        typer.Option("--question", metavar="WORDS", help="Only assignments whose name or question has these words."),
    ] = "",
    scale: Annotated[str, SCALE] = "",
    level: Annotated[int | None, LEVEL] = None,
    marks: Annotated[str | None, MARKS] = None,
    stamp: Annotated[str, STAMP] = "",
    tag: Annotated[str, TAG] = "",
    text: Annotated[str, TEXT] = "",
    marked_by: Annotated[str | None, MARKED_BY] = None,
    to: Annotated[Path | None, TO] = None,
    force: Annotated[bool, FORCE] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """What a class came to over its assignments: each one's figures, all of them as shares of the maximum, scale by
    scale and strand by strand, and who owes what.

    \b
    Example:
      markdesk review group 13H
      markdesk review group 13H --year 2026-27 --question Khrushchev
      markdesk review group 13H --stamp NAR --to 13h.xlsx
    """
    from markdesk.cli.review_shapes import course_shape, look_shape
    from markdesk.desk.course_review import taken
    from markdesk.desk.desk import find_group
    from markdesk.desk.looking_back import look_back, refuse_scale, rubrics_of, stamp_called

    if year and not re.fullmatch(r"[0-9]{4}-[0-9]{2}", year):
        raise UsageProblem(f"--year is a school year such as 2026-27, not '{year}'.")
    _refuse_ending(to)
    session: Session = ctx.obj
    with session.desk() as desk:
        its = find_group(desk, session.given.text(name)) if name else None
        wanted = replace(
            _filters(scale, level, marks, stamp, tag, session.given.text(text)),
            marker=_marker(desk, session.given.maybe(marked_by)),
            group=its.id if its else None,
            year=year,
            board=board,
            question=session.given.text(question),
        )
        sets = taken(desk, wanted)
        refuse_scale(scale, rubrics_of(desk, sets), level)
        wanted = replace(wanted, stamp=stamp_called(desk, wanted, sets))
        look = look_back(desk, wanted, whole=as_json)
        course = look.course
        assert course is not None
        if not course.shares:
            _tell_of_others(desk, marked_by)
        today = desk.clock.today()
    file = _written(look, to, force, today)
    if as_json:
        shape = {"group": its.name if its else None, **course_shape(course), **look_shape(look, file)}
        output.json_out("review-group", shape)
    elif file is None:
        _course_page(look, course, its.name if its else "Every class")


def _filters(scale: str, level: int | None, marks: str | None, stamp: str, tag: str, text: str) -> "Filters":
    """Those that pick among essays. Raises UsageProblem for one that says nothing."""
    from markdesk.core.plain import show_line
    from markdesk.desk.review_filters import TAGS, Filters, read_range, read_text

    if tag and tag not in TAGS:
        raise UsageProblem(f"--tag {show_line(tag[:40])} is none.", f"It is one of: {', '.join(TAGS)}.")
    if text:
        read_text(text)
    return Filters(
        scale=scale, level=level, marks=read_range(marks) if marks is not None else None, stamp=stamp, tag=tag,
        text=text,
    )  # fmt: skip


def _marker(desk: "Desk", name: str | None) -> "MarkerId | None":
    """The marker of that name; None, who is the desk's own, without one."""
    from markdesk.core.plain import fold, show_line

    if name is None:
        return None
    markers = desk.store.markers()
    found = next((marker for marker in markers if name == marker.id or fold(name) == fold(marker.name)), None)
    if found is None:
        known = ", ".join(show_line(marker.name) for marker in markers) or "nobody yet"
        raise NotFound(f"Nobody called '{show_line(name)}' has marked here.", f"Markers: {known}.")
    return found.id


def _tell_of_others(desk: "Desk", marked_by: str | None) -> None:
    """Where a marker finds nothing of her own: the marks may be under another name."""
    others = [marker.name for marker in desk.store.markers() if marker.name != desk.marker.name]
    if marked_by is None and others:
        output.say(
            f"These are the marks of {desk.marker.name}. Others who mark here, for --marked-by: {', '.join(others)}."
        )


def _refuse_ending(to: Path | None) -> None:
    """Raises UsageProblem for a file that is none of those in which a review is written, before anything is read."""
    if to is not None:
        from markdesk.formats.review_files import refuse_ending

        refuse_ending(ending_of(to))


def _written(look: "LookBack", to: Path | None, force: bool, on: str) -> str | None:
    """Write what is shown; where the file is, or None where none is asked for."""
    if to is None:
        return None
    from markdesk.formats.giving_out import school_of_settings
    from markdesk.formats.review_files import write_review

    content = write_review(look, ending_of(to), on, school_of_settings())
    put_one(to, content, force)
    return str(user_path(to))


# -- as text


def _looked_at(look: "LookBack") -> bool:
    """What is on, and which essays a filter leaves; False, and why is said, where it leaves none."""
    from markdesk.desk.review_words import nothing_told, on_told

    if look.told:
        output.data(on_told(look))
    if nothing := nothing_told(look):
        output.say(nothing)
        return False
    _picked(look)
    return True


def _pile_page(look: "LookBack", pile: "PileReview") -> None:
    from markdesk.core.days import tell_day
    from markdesk.desk.review_words import counted_told, figures_told, mirror_told, standard_told, weakest_told

    about = pile.assignment
    parts = (about.name, pile.group, f"set {tell_day(about.set_on)}" if about.set_on else "", pile.rubric.short_title)
    output.data("  ".join(part for part in parts if part))
    if about.question != about.name:
        output.data(about.question)
    if not _looked_at(look):
        return
    output.data(figures_told(pile.summary.figures, pile.rubric.max_mark))
    output.data(f"{counted_told(pile)}.")
    _distribution(pile)
    _scales(pile)
    if pile.strands:
        output.data()
        rows = [(s.name, s.title, s.n, f"{float(s.mean):.1f}", s.scale.top) for s in pile.strands]
        output.table(("Strand", "Scale", "n", "mean level", "of"), rows)
        if weakest := weakest_told(pile.strands, pile.weakest):
            output.data(f"Weakest: {weakest}.")
    _recurs(pile.recurs)
    _edges(pile)
    if pile.missing:
        output.data()
        gone = [f"{one.student.name}{f' ({one.absence.why})' if one.absence else ''}" for one in pile.missing]
        output.data(f"Not handed in, {len(gone)}: {', '.join(gone)}.")
    output.data()
    output.data(pile.drift.told)
    for scale, found in pile.drift.scales:
        output.data(f"  {scale.upper()}: {found.told}.")
    if standard := standard_told(pile):
        output.data(f"Standard: {standard}")
    if pile.mirror is not None:
        for line in mirror_told(pile.mirror):
            output.data(line)


def _recurs(recurs: "WhatRecurs") -> None:
    from markdesk.desk.review_words import recurring_told, targets_told

    found, targets = recurring_told(recurs), targets_told(recurs)
    if found or targets:
        output.data()
        output.data("What recurs, on how many of the finished essays")
    names = max((len(name) for one in found for name, _, _ in one.rows), default=0)
    counts = max((len(of) for one in found for _, of, _ in one.rows), default=0)
    for one in found:
        output.data(f"  {one.title}")
        for name, of, words in one.rows:
            output.data(f"    {name:<{names}}  {of:>{counts}}  {words}")
        if one.more:
            output.data(f"    and {one.more} more")
    if targets:
        output.data(f"  {targets}.")


def _picked(look: "LookBack") -> None:
    """Which essays the filters picked."""
    from markdesk.desk.review_words import picked_told

    rows, more = picked_told(look)
    if not rows:
        return
    output.data()
    kept = [at for at in range(4) if any(row[at] for row in rows)]
    heading = ("essay", "assignment", "mark", "level")
    output.table([heading[at] for at in kept], [[row[at] for at in kept] for row in rows])
    if more:
        output.data(more)
    output.data()


def _bars(rows: "Iterable[tuple[str, int]]") -> None:
    from markdesk.desk.review_words import bar

    rows = list(rows)
    most = max((count for _, count in rows), default=0)
    width = max((len(label) for label, _ in rows), default=0)
    for label, count in rows:
        output.data(f"  {label:>{width}}  {bar(count, most, ROOM)} {count or ''}".rstrip())


def _distribution(pile: "PileReview") -> None:
    from markdesk.desk.review_words import binned

    if pile.summary.marks:
        output.data()
        output.data("Marks")
        _bars(binned(pile, WHOLE))


def _scales(pile: "PileReview") -> None:
    from markdesk.desk.review_words import levels_of, scale_told

    for scale in pile.scales:
        output.data()
        output.data(f"{scale.levels.title}: {scale_told(scale)}")
        if scale.marks:
            _bars((f"{label:<4}{marks:>6}", count) for label, marks, count in levels_of(scale))


def _edges(pile: "PileReview") -> None:
    from markdesk.desk.review_words import edge_told, near_told

    if not pile.edges or not pile.summary.marks:
        return
    output.data()
    output.data(f"Boundaries: {pile.graded_by or 'the levels of the scheme'}")
    for at in pile.edges:
        output.data(f"  {at.edge.name} from {at.edge.lowest}: {edge_told(at)}")
    for where, names in near_told(pile.near):
        output.data(f"  {where}: {names}")


def _course_page(look: "LookBack", course: "CourseReview", called: str) -> None:
    from markdesk.core.statistics import decimal
    from markdesk.desk.course_review import tenth_told
    from markdesk.desk.review_words import course_counted_told, course_told, course_weakest_told, per_cent

    if look.told[:1] != (called,):
        output.data(called)
    if not _looked_at(look):
        return
    output.data(f"{course_told(course)}.")
    output.data(f"{course_counted_told(course)}.")
    output.data()
    rows = []
    for pile in course.piles:
        its = pile.summary.figures
        figures = (its.n, decimal(its.mean), decimal(its.median), decimal(its.sd)) if its else (0, "", "", "")
        share = per_cent(pile.share) if pile.share is not None else ""
        whose = [pile.group] if course.classes else []
        rows.append((pile.assignment.set_on, pile.assignment.name, *whose, *figures, pile.rubric.max_mark, share))
    lead = ("set on", "assignment", *(["class"] if course.classes else []))
    output.table((*lead, "n", "mean", "median", "spread", "of", "mean %"), rows)
    if course.shares:
        output.data()
        output.data("Shares of the maximum")
        _bars((f"{tenth_told(at)}%", count) for at, count in enumerate(course.tenths))
    for title, pooled in (("Class", course.classes), ("Scale", course.scales), ("Strand", course.strands)):
        if pooled:
            output.data()
            output.table((title, "n", "mean %"), [(one.name, one.n, per_cent(one.share)) for one in pooled])
    if weakest := course_weakest_told(course):
        output.data(f"Weakest: {weakest}.")
    _recurs(course.recurs)
    if course.owing:
        output.data()
        output.data("Not handed in")
        for owing in course.owing:
            output.data(f"  {owing.called}: {', '.join(owing.assignments)}")
    output.data()
    for pile in course.piles:
        if pile.drift.total is not None:
            output.data(f"{pile.assignment.name}: {pile.drift.told}")
