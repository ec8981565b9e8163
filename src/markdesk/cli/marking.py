"""``markdesk award`` and ``markdesk annotate``: what the marking screen does, from a script."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.core.errors import Ambiguous, MarkdeskError, MarkingLocked, NotFound, UsageProblem

if TYPE_CHECKING:
    from markdesk.core.essay import Span
    from markdesk.desk.desk import Desk
    from markdesk.desk.marking_desk import MarkingDesk

SCRIPT = typer.Argument(metavar="SCRIPT", help="Short id, ASSIGNMENT/STUDENT, or a part of it that is unique.")
AS_JSON = typer.Option("--json", help="Answer as JSON.")


@contextmanager
def _opened(desk: "Desk", name: str) -> Iterator["MarkingDesk"]:
    """The script, held, and all that is done to it kept together or not at all.

    Nothing is said in here, since whoever reads it may be slow. Raises StoreUnavailable where a window has it open.
    """
    from markdesk.desk.desk import find_script, hold_script, whose
    from markdesk.desk.marking_desk import MarkingDesk
    from markdesk.desk.moving import HOLD_PATIENCE

    entry = find_script(desk, name)
    held = hold_script(desk, entry, HOLD_PATIENCE)
    try:
        with desk.store.together():
            # Read again now that nobody else writes, so that nothing can change between looking and acting.
            desk.find_marker()
            (entry,) = desk.store.entries(desk.marker.id, script_id=entry.script.id)
            opened = MarkingDesk(desk, entry)
            if opened.marking.is_locked:
                raise MarkingLocked(f"{whose(entry)} was returned.", "Reopen it to change anything.")
            yield opened
    finally:
        held.release()


def _caution(opened: "MarkingDesk") -> None:
    from markdesk.desk.rubrics import warning

    caution = warning(opened.rubric)
    if caution:
        output.say(caution)


def award(
    ctx: typer.Context,
    script: Annotated[str, SCRIPT],
    scale: Annotated[list[str] | None, typer.Option("--scale", metavar="ID=MARK", help="A mark, or NR.")] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", metavar="ID=N", help="A level; its middle mark.")
    ] = None,
    points: Annotated[
        list[str] | None, typer.Option("--points", metavar="SCALE.ITEM=N", help="What one item earned.")
    ] = None,
    cap: Annotated[
        list[str] | None, typer.Option("--cap", metavar="ID=yes|no", help="The answer to a question of the scheme.")
    ] = None,
    comment: Annotated[str | None, typer.Option("--comment", metavar="TEXT", help="The closing comment.")] = None,
    www: Annotated[list[str] | None, typer.Option("--www", metavar="TEXT", help="What went well; twice.")] = None,
    ebi: Annotated[str | None, typer.Option("--ebi", metavar="TEXT", help="Even better if.")] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="TEXT", help="What to work on next.")] = None,
    task: Annotated[str | None, typer.Option("--task", metavar="TEXT", help="What to do with it now.")] = None,
    ao: Annotated[
        list[str] | None, typer.Option("--ao", metavar="AO=TEXT", help="Coursework: why this level, for the moderator.")
    ] = None,
    question: Annotated[
        list[str] | None, typer.Option("--question", metavar="TEXT", help="A question on a draft; up to four.")
    ] = None,
    finish: Annotated[
        bool, typer.Option("--finish", help="Complete it; refused without every mark, or above a hard cap.")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Give marks and feedback to a script. All of it is checked before any of it is saved.

    An empty text takes a line of feedback away.

    \b
    Example:
      markdesk award 3f9a2c --scale main=17 --target "weigh both sides before the conclusion" --finish
    """
    from markdesk.cli.wishes import (
        CapWish,
        PointsWish,
        ScaleWish,
        ao_wishes,
        cap_wishes,
        line_wishes,
        point_wishes,
        refuse_unfinishable,
        scale_wishes,
    )
    from markdesk.core.feedback import Field

    session: Session = ctx.obj
    given = session.given
    name = given.text(script)
    single = ((Field.EBI, ebi), (Field.TARGET, target), (Field.TASK, task), (Field.COMMENT, comment))
    texts: list[tuple[Field, list[str]]] = [(Field.WWW, [given.text(line) for line in www or []])]
    texts += [(field, [given.text(text)]) for field, text in single if text is not None]
    texts.append((Field.QUESTION, [given.text(line) for line in question or []]))
    lines = line_wishes(texts)
    comments = [given.text(text) for text in ao or []]
    if not (scale or level or points or cap or lines or comments or finish):
        told = "Give --scale, --level, --points, --cap, a line of feedback or --finish."
        raise UsageProblem("There is nothing to do.", told)
    with session.desk() as desk, _opened(desk, name) as opened:
        wishes: list[ScaleWish | PointsWish | CapWish] = [
            *scale_wishes(opened.rubric, scale or [], level or []),
            *point_wishes(opened.rubric, points or []),
            *cap_wishes(opened.rubric, cap or []),
        ]
        saved: list[str] = []
        for wish in wishes:
            saved += wish.act(opened)
        if finish:
            refuse_unfinishable(opened)
        for line in (*lines, *ao_wishes(opened.aos, comments)):
            outcome = opened.write_feedback(line.field, line.place, line.text)
            saved += [outcome.label] if outcome.is_saved else []
        if finish:
            outcome = opened.finish()
            saved += [outcome.label] if outcome.is_saved else []
    _caution(opened)
    for check in opened.checks(evidence=False) if finish else ():
        output.say(f"Check: {check.text}")
    _report(opened, saved, as_json)


def _report(opened: "MarkingDesk", saved: list[str], as_json: bool) -> None:
    from markdesk.cli import shapes
    from markdesk.core.award import total
    from markdesk.desk.anonymous import named

    entry, marking, rubric = opened.entry, opened.marking, opened.rubric
    given = marking.award_by_scale()
    came_to = total(rubric, given)
    output.say(f"Saved: {'; '.join(saved)}." if saved else "Nothing changed: it was so already.")
    if as_json:
        shape: dict[str, Any] = {
            **shapes.script_ids(entry.script.id, entry.assignment.is_anonymous),
            "student": named(entry),
            "assignment": entry.assignment.name,
            "status": str(marking.header.status) if marking.is_kept else None,
            "total": came_to.value,
            "max": came_to.max,
            "awards": shapes.awards(rubric, given),
            "saved": saved,
        }
        output.json_out("award", shape)
        return
    scales = "; ".join(shapes.given_to(rubric, marking.award(scale.id)) for scale in rubric.scales)
    status = str(marking.header.status).replace("_", " ")
    output.data(f"{entry.script.short_id}  {named(entry) or '–'}  {scales}  total {came_to} of {came_to.max}  {status}")


def annotate(
    ctx: typer.Context,
    script: Annotated[str, SCRIPT],
    quote: Annotated[str | None, typer.Option("--quote", metavar="TEXT", help="The words that it is about.")] = None,
    paragraph: Annotated[int | None, typer.Option("--paragraph", metavar="N", help="The paragraph, from 1.")] = None,
    page: Annotated[int | None, typer.Option("--page", metavar="N", help="Of a handwritten script, from 1.")] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="A stamp; 'markdesk keys' lists them.")
    ] = None,
    comment: Annotated[str | None, typer.Option("--comment", metavar="TEXT", help="What to tell the student.")] = None,
    for_class: Annotated[
        bool, typer.Option("--for-class", help="Put it on the sheet for the class, without a name.")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Stamp or comment on a passage: the words quoted, or a whole paragraph.

    Words that stand twice are refused unless --paragraph says which.

    \b
    Example:
      markdesk annotate 3f9a2c --quote "dangers had been contained" --code LINK --comment "A real line of argument."
    """
    from markdesk.cli import shapes
    from markdesk.core.marksheet import shortened

    session: Session = ctx.obj
    given = session.given
    name, words, said = given.text(script), given.maybe(quote), (given.maybe(comment) or "").strip()
    if words is None and paragraph is None and page is None:
        raise UsageProblem("Say where: --quote TEXT or --paragraph N; on a handwritten script --page N too.")
    if words is not None and not words.strip():
        raise UsageProblem("--quote is empty.", "Quote some words of the essay.")
    if not (code or said or for_class):
        raise UsageProblem("Say what: --code CODE, --comment TEXT, --for-class.")
    with session.desk() as desk, _opened(desk, name) as opened:
        stamped = _code(desk, opened, code) if code else ""
        span = _place(opened, words, page, paragraph) if opened.is_paper else _passage(opened, words, page, paragraph)
        before = {note.id for note in opened.marking.annotations.values()}
        outcome = opened.annotate(span, stamped, said) if stamped or said else opened.tell_class_of(span)
        made = next(note for note in outcome.marking.annotations.values() if note.id not in before)
        if for_class and not made.for_class:
            made = next(n for n in opened.tell_class(made.id).marking.annotations.values() if n.id == made.id)
    _caution(opened)
    output.say(f"Saved: {outcome.label}.")
    at = made.anchor.span
    number = paragraph or 1 if at is None else opened.essay.paragraph_at(at.start).number
    if as_json:
        shape = {
            "id": made.id,
            "paragraph": number,
            "page": (page or 1) if at is None else None,
            "start": at.start if at else None,
            "end": at.end if at else None,
            "quote": made.anchor.exact,
            "code": made.code or None,
            "comment": made.comment or None,
            "for_class": made.for_class,
        }
        entry = opened.entry
        ids = shapes.script_ids(entry.script.id, entry.assignment.is_anonymous)
        output.json_out("annotate", {**ids, "annotation": shape})
    else:
        output.data(
            made.anchor.exact
            if at is None
            else f"¶{number}  {made.code or 'comment'}  “{shortened(made.anchor.exact)}”"
        )


def _code(desk: "Desk", opened: "MarkingDesk", code: str) -> str:
    """The code as it is kept: a stamp's that the scheme uses, or a level that the passage shows."""
    from markdesk.core.annotation import evident

    shows = evident(code.upper())
    if shows is not None:
        ao, level = shows
        tops = [scale.top for scale in opened.rubric.scales if ao in scale.aos]
        if not tops or not 1 <= level <= max(tops):
            known = ", ".join(f"{a} L1 to L{s.top}" for s in opened.rubric.scales for a in s.aos if s.top)
            raise NotFound(f"This scheme has no {ao} level {level}.", f"It has: {known}.")
        return code.upper()
    stamps = opened.stamps
    usable = [stamp.code for stamp in (*stamps.serving(opened.rubric), *stamps.added)]
    found = next((known for known in usable if known.casefold() == code.casefold()), None)
    if found is not None:
        return found
    known_code = next((stamp.code for stamp in stamps.every if stamp.code.casefold() == code.casefold()), None)
    hint = f"It uses: {', '.join(usable)}."
    if known_code is not None:
        raise NotFound(f"{known_code} isn't used in this scheme.", hint)
    raise NotFound(f"No stamp has the code '{code}'.", hint.replace("It uses", "This scheme uses"))


def _place(opened: "MarkingDesk", words: str | None, page: int | None, number: int | None) -> "Span":
    """A place on a handwritten script's pages."""
    from markdesk.core.pad import MOST_PAGES, Place
    from markdesk.desk.desk import whose

    if words is not None:
        raise MarkdeskError(f"{whose(opened.entry)} is handwritten: there are no words to quote.")
    if not (1 <= (page or 1) <= MOST_PAGES and 1 <= (number or 1) <= MOST_PAGES):
        raise NotFound(f"A script has pages 1 to {MOST_PAGES}, and a page as many paragraphs.")
    return opened.place_again(str(Place(page or 1, number or 1)))


def _passage(opened: "MarkingDesk", words: str | None, page: int | None, number: int | None) -> "Span":
    from markdesk.cli.quotes import places

    essay = opened.essay
    if page is not None:
        raise UsageProblem("--page is for handwritten scripts: this one has a text, so --paragraph alone says where.")
    if number is not None and not 1 <= number <= len(essay.paragraphs):
        raise NotFound(f"There is no paragraph {number}: the essay has {len(essay.paragraphs)}.")
    if words is None:
        assert number is not None
        return essay.paragraphs[number - 1].span
    found = places(essay.text, words)
    if number is not None:
        found = [span for span in found if essay.paragraph_at(span.start).number == number]
    where = f"paragraph {number}" if number is not None else "the essay"
    if not found:
        raise NotFound(f"Those words are not in {where}.", "Quote them as they stand there.")
    if len(found) > 1:
        at = ", ".join(f"¶{essay.paragraph_at(span.start).number}" for span in found[:8])
        hint = "Quote more of them." if number is not None else "Say which with --paragraph, or quote more of them."
        raise Ambiguous(f"Those words stand {len(found)} times in {where} ({at}).", hint)
    return found[0]
