"""``markdesk stamps``: the sets of codes to put on passages, and which of them a mark scheme is marked with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import NotFound, RubricInvalid, UsageProblem
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from markdesk.core.annotation import Stamp, StampSet
    from markdesk.core.stamp_sets import StampSets

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def list_sets(as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Every stamp set, and what it is for. Your own stand first; one of yours that is wrong is named on stderr.

    \b
    Example:
      markdesk stamps list
    """
    from markdesk import bootstrap

    sets = bootstrap.stamp_sets()
    for told in sets.faults:
        output.tell(f"{told}\n")
    if as_json:
        shapes = [{**_shape(sets, stamps), "stamps": len(stamps.stamps)} for stamps in sets.sets]
        output.json_out("stamps-list", {"sets": shapes, "usual": sets.usual.id, "problems": list(sets.faults)})
        return
    rows = [(s.id, s.title, "yours" if s in sets.own else "", len(s.stamps), _for(sets, s)) for s in sets.sets]
    output.table(("set", "title", "", "stamps", "for"), rows)


def show(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="SET", help="The set's id.")] = None,
    rubric: Annotated[
        str | None, typer.Option("--rubric", metavar="ID", help="The set that this mark scheme is marked with.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The stamps of a set: letter, code and meaning. With --rubric, those that serve that mark scheme.

    \b
    Example:
      markdesk stamps show ocr
      markdesk stamps show --rubric ocr-h505-y1-essay-20
    """
    from markdesk import bootstrap
    from markdesk.core.annotation import legend

    session: Session = ctx.obj
    if (name is None) == (rubric is None):
        raise UsageProblem("Name a set, or a mark scheme with --rubric.", "'markdesk stamps list' has all sets.")
    sets = bootstrap.stamp_sets()
    for told in sets.faults:
        output.tell(f"{told}\n")
    if rubric is not None:
        scheme = bootstrap.rubric_shelf().get(session.given.text(rubric))
        chosen = sets.for_scheme(scheme)
        listed, in_legend = chosen.serving(scheme), {stamp.code for stamp in legend(chosen, scheme)}
    else:
        chosen = _named(sets, session.given.text(name or ""))
        listed, in_legend = chosen.stamps, set()
    keys = bootstrap.keys_in_use(bootstrap.keymap_in_use()[0])
    shown = keys.stamps(listed)
    if as_json:
        stamps = [{**_stamp(stamp), "in_legend": stamp.code in in_legend} for stamp in shown]
        output.json_out("stamps-show", {"set": _shape(sets, chosen), "stamps": stamps})
        return
    output.data(f"{chosen.id}  {chosen.title}")
    if chosen.basis:
        output.data(f"  {chosen.basis}")
    output.data(f"  for: {_for(sets, chosen)}")
    output.data()
    rows = [(s.key, s.code, s.meaning, s.tone, ", ".join(sorted(s.strands | s.aos)) or "anything") for s in shown]
    output.table(("key", "stamp", "means", "tone", "evidence for"), rows)


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Stamp sets as TOML files.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Check files of stamps: every problem with its line and key. The exit code is 1 when there is one.

    \b
    Example:
      markdesk stamps check ~/.config/markdesk/stamps/ours.toml
    """
    from markdesk.formats.stamps_toml import read_stamps

    results: list[dict[str, Any]] = []
    for path in files:
        try:
            found = read_stamps(user_path(path))
        except RubricInvalid as error:
            results.append({"file": str(path), "ok": False, "id": None, "problems": error.message.split("\n")})
            output.refuse(error)
            continue
        results.append({"file": str(path), "ok": True, "id": found.id, "problems": []})
        if not as_json:
            output.data(f"{path}: {found.id} is sound, {len(found.stamps)} stamps.")
        if path.stem != found.id:
            output.say(f"{path.name}: to be found by markdesk, the file must be called {found.id}.toml.")
    if as_json:
        output.json_out("stamps-check", {"files": results})
    return 0 if all(result["ok"] for result in results) else 1


def _named(sets: "StampSets", name: str) -> "StampSet":
    from markdesk.config.nearest import did_you_mean

    found = next((stamps for stamps in sets.sets if stamps.id == name), None)
    if found is None:
        ids = [stamps.id for stamps in sets.sets]
        raise NotFound(
            f"No stamp set is called '{show_line(name)}'.", did_you_mean(name, ids) or f"There are: {', '.join(ids)}."
        )
    return found


def _for(sets: "StampSets", stamps: "StampSet") -> str:
    """What a set is used for, in a few words."""
    from markdesk.core.stamp_sets import NEUTRAL

    if sets.chosen and sets.usual.id == stamps.id:
        return "every scheme, by your setting"
    if stamps.is_added:
        return "the comment bank, beside any set"
    named = ", ".join((*stamps.boards, *stamps.rubrics))
    return named or ("any other scheme" if stamps.id == NEUTRAL else "what your setting says")


def _shape(sets: "StampSets", stamps: "StampSet") -> dict[str, Any]:
    return {
        "id": stamps.id,
        "title": stamps.title,
        "is_own": stamps.id in {own.id for own in sets.own},
        "boards": list(stamps.boards),
        "rubrics": list(stamps.rubrics),
        "is_added": stamps.is_added,
        "basis": stamps.basis,
    }


def _stamp(stamp: "Stamp") -> dict[str, Any]:
    return {
        "key": stamp.key,
        "code": stamp.code,
        "meaning": stamp.meaning,
        "tone": str(stamp.tone),
        "strands": sorted(stamp.strands),
        "aos": sorted(stamp.aos),
        "like": sorted(stamp.like),
        "short": stamp.short or None,
    }
