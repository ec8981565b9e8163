"""``markdesk review search``: everything that was written, by its words."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session

if TYPE_CHECKING:
    from markdesk.core.search_query import Kind
    from markdesk.desk.searching import Found, Results


def search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="The words; @FILE, or - for standard input.")],
    where: Annotated[
        str, typer.Option("--in", metavar="PLACES", help="essays, comments, feedback, questions, students.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Show so many.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Essays, your comments and feedback, questions and students in which all these words stand, the best first.

    \b
    Example:
      markdesk review search '"enabling act" decree'
      markdesk review search 'fear NEAR law student:okafor' --in essays,comments
    """
    from markdesk.core.errors import UsageProblem
    from markdesk.core.search_query import read_query
    from markdesk.desk.searching import search as search_desk

    session: Session = ctx.obj
    asked = read_query(session.given.text(query))
    if asked.is_empty:
        raise UsageProblem("There is nothing to look for.", "Give a word, or a filter such as student:okafor.")
    if where:
        asked = replace(asked, kinds=_kinds(where))
    with session.desk() as desk:
        results = search_desk(desk, asked, limit)
    if as_json:
        hits = [_shape(found) for found in results.found]
        shape = {"count": results.count, "hits": hits, "why_nothing": list(results.why_nothing)}
        output.json_out("review-search", shape)
    else:
        _list(results)


def _kinds(where: str) -> "frozenset[Kind]":
    from markdesk.core.search_query import kinds_named, no_such_place

    kinds = kinds_named(where)
    if kinds is None:
        raise no_such_place(f"--in {where}")
    return kinds


def _list(results: "Results") -> None:
    for found in results.found:
        output.data(f"{found.what}  {_about(found)}")
        output.data(f"  {found.words}")
    if not results.count:
        output.say(" ".join(("Nothing was found.", *results.why_nothing)))
    elif results.count > len(results.found):
        output.say(f"{len(results.found):,} of {results.count:,}; --limit shows more.")
    if results.query.is_cut:
        output.say("There were more words than are looked for: the first of them were.")


def _about(found: "Found") -> str:
    """Whose it is, of which assignment, and where in the essay."""
    its = found.assignment
    pieces = [found.whose, its.name if its is not None else "", f"¶{found.paragraph}" if found.paragraph else ""]
    pieces.append(its.set_on if its is not None else "")
    if found.hit.script_id is not None:
        pieces.append(f"({found.hit.script_id[-6:]})")
    return "  ".join(filter(None, pieces))


def _shape(found: "Found") -> dict[str, Any]:
    hit, its = found.hit, found.assignment
    is_hidden = its is not None and its.is_anonymous
    return {
        "kind": str(found.kind),
        "what": found.what,
        "words": found.words,
        "spans": [[span.start, span.end] for span in found.spans],
        "student": hit.student.id if hit.student is not None and not is_hidden else None,
        "called": found.whose or None,
        "assignment": {"id": its.id, "name": its.name, "set_on": its.set_on} if its is not None else None,
        **shapes.script_ids(hit.script_id or "", is_hidden),
        "annotation": hit.part if found.kind == "comment" else None,
        "paragraph": found.paragraph,
        "place": [found.place.start, found.place.end] if found.place is not None else None,
    }
