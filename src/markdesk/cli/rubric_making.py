"""``markdesk rubric new``, ``diff`` and ``schema``: making a mark scheme, and seeing what changed in one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.config.paths import user_path

if TYPE_CHECKING:
    from markdesk.core.rubric import Rubric

AS_JSON = typer.Option("--json", help="Answer as JSON.")
TEMPLATE = "generic-essay-4strand"
"""What a scheme is begun from when nobody says: the one of no board."""


def new(
    ctx: typer.Context,
    rubric_id: Annotated[str, typer.Argument(metavar="ID", help="The new scheme's name, without spaces.")],
    template: Annotated[str, typer.Option("--from", metavar="ID", help="The scheme to begin from.")] = TEMPLATE,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its name on screens and sheets.")] = "",
    most: Annotated[int | None, typer.Option("--max", metavar="N", min=1, help="Its tariff.")] = None,
    levels: Annotated[int | None, typer.Option("--levels", metavar="N", min=1, help="How many levels.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Else your own schemes' folder.")
    ] = None,
) -> None:
    """Begin a mark scheme of your own: a valid file, with the words of another to change.

    It is a draft until you set its status. Levels for which the template has no words say "To be written".

    \b
    Example:
      markdesk rubric new our-essay --title "Our essay" --max 25
    """
    from markdesk import bootstrap
    from markdesk.core.rubric_making import begun_from

    session: Session = ctx.obj
    where = user_path(folder) if folder else None
    begun = begun_from(bootstrap.rubric_shelf().get(template), rubric_id, session.given.text(title), most, levels)
    path = bootstrap.own_schemes(where).write(begun, template)
    output.data(str(path))
    output.say(f"A draft out of {begun.max_mark}. Change its words in any editor, then: markdesk rubric check '{path}'")
    if folder:
        output.say(f"markdesk finds schemes in {bootstrap.own_rubrics()}; this one is elsewhere.")


def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="A", help="The earlier one: an id, a file, or id@version of the desk.")],
    new: Annotated[str, typer.Argument(metavar="B", help="The later one, named in the same way.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """What changed between two versions of a mark scheme, and whether marks given under the first are touched.

    Minor changes are in the words only. Major ones (ranges, scales, strands, caps, maxima) are a reason to look at
    those marks again. A version that marks were given under is named as id@version.

    \b
    Example:
      markdesk rubric diff our-essay@0.1.0 our-essay
    """
    from markdesk.core.rubric_compare import Weight, compare

    session: Session = ctx.obj
    found = compare(_named(session, old), _named(session, new))
    if as_json:
        output.json_out(
            "rubric-diff",
            {
                "old": _identity(found.old),
                "new": _identity(found.new),
                "change": str(found.weight),
                "differences": [
                    {"change": str(one.weight), "where": one.where, "text": one.text} for one in found.differences
                ],
            },
        )
        return
    output.data(f"{found.old.id} {found.old.version}  →  {found.new.id} {found.new.version}")
    output.data(_VERDICTS[found.weight])
    for weight in (Weight.MAJOR, Weight.MINOR):
        for one in found.differences:
            if one.weight is weight:
                output.data(f"{weight}  {one}")


_VERDICTS = {
    "none": "The same in every word and number.",
    "minor": "Minor: the words only. Marks given under the first still mean what they meant.",
    "major": "Major: marks given under the first should be looked at again.",
}


def _identity(rubric: "Rubric") -> dict[str, Any]:
    return {"id": rubric.id, "version": rubric.version, "hash": rubric.hash}


def _named(session: Session, name: str) -> "Rubric":
    from markdesk import bootstrap

    path = user_path(name)
    if name.endswith(".toml") or path.name != name:
        from markdesk.formats.rubric_toml import read_rubric

        return read_rubric(path)
    if "@" in name:
        from markdesk.desk.rubrics import find_version

        with session.desk() as desk:
            return find_version(desk.store, name)
    return bootstrap.rubric_shelf().get(name)


def schema(
    as_fields: Annotated[bool, typer.Option("--fields", help="The fields as Markdown tables, to read.")] = False,
) -> None:
    """The JSON Schema of mark scheme files, for editors that complete and check TOML.

    It knows every key and value; what keys must agree on (levels that meet, sums), 'markdesk rubric check' tells.

    \b
    Example:
      markdesk rubric schema > markdesk-rubric.schema.json
    """
    from markdesk.core.rubric_schema import json_schema, reference

    if as_fields:
        output.exactly(reference().encode())
    else:
        output.exactly(output.json_text(json_schema()).encode())
