"""``markdesk rubric``: the mark schemes. None of these opens the desk."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.given import user_path
from markdesk.core.errors import RubricInvalid

if TYPE_CHECKING:
    from markdesk.core.rubric import Rubric

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def list_rubrics(as_json: Annotated[bool, AS_JSON] = False) -> int:
    """The mark schemes that ship with markdesk, and your own.

    \b
    Example:
      markdesk rubric list
    """
    from markdesk import bootstrap

    shelf = bootstrap.rubric_shelf()
    found: list[Rubric] = []
    is_broken = False
    for rubric_id in sorted(shelf.files()):
        try:
            found.append(shelf.get(rubric_id))
        except RubricInvalid as error:
            # One that is broken hides no other.
            output.refuse(error)
            is_broken = True
    if as_json:
        shape = [
            {
                "id": rubric.id,
                "version": rubric.version,
                "title": rubric.title,
                "board": rubric.board,
                "status": str(rubric.status),
                "scoring": str(rubric.scoring),
                "max_mark": rubric.max_mark,
            }
            for rubric in found
        ]
        output.json_out("rubric-list", {"rubrics": shape})
    else:
        rows = [(rubric.id, rubric.version, rubric.max_mark, str(rubric.status), rubric.title) for rubric in found]
        output.table(("id", "version", "marks", "status", "title"), rows)
    return 1 if is_broken else 0


def show_rubric(
    rubric_id: Annotated[str, typer.Argument(metavar="ID", help="As 'markdesk rubric list' names it.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """One mark scheme in full: where it comes from, its scales, levels and rules.

    \b
    Example:
      markdesk rubric show aqa-7042-b-essay-25
    """
    from markdesk import bootstrap
    from markdesk.desk.rubrics import warning

    rubric = bootstrap.rubric_shelf().get(rubric_id)
    caution = warning(rubric)
    if caution:
        output.say(caution)
    if as_json:
        output.json_out("rubric-show", _shape(rubric))
    else:
        _page(rubric)


def _shape(rubric: "Rubric") -> dict[str, Any]:
    plain = rubric.to_plain()
    scales = []
    for scale in plain["scales"]:
        levels = [
            {**{key: level[key] for key in ("n", "label", "min", "max", "summary")}, "strands": level["strand"]}
            for level in scale["levels"]
        ]
        scales.append({**{key: scale[key] for key in ("id", "title", "part", "aos", "max", "kind")}, "levels": levels})
    alike = ("id", "version", "title", "board", "status", "max_mark", "scoring", "provenance")
    return {
        **{key: plain[key] for key in alike},
        "hash": rubric.hash,
        "aos": plain["aos"],
        "strands": plain["strands"],
        "scales": scales,
        **{key: plain[key] for key in ("caps", "penalties", "flags")},
    }


def _page(rubric: "Rubric") -> None:
    output.data(f"{rubric.title} ({rubric.id}, version {rubric.version}, {rubric.status})")
    told = [rubric.board, rubric.qualification, rubric.spec, f"{rubric.max_mark} marks", f"{rubric.scoring}"]
    output.data("  ".join(word for word in told if word))
    output.data(f"Wording: {rubric.provenance.wording}. {rubric.provenance.basis}")
    checked = rubric.provenance
    if checked.checked_by:
        output.data(f"Checked by {checked.checked_by} on {checked.checked_on} against {checked.checked_against}.")
    for scale in rubric.scales:
        output.data()
        title = f"{scale.part} {scale.title}".strip()
        output.data(f"{title} ({scale.id})  {', '.join(scale.aos)}  out of {scale.max}")
        for level in reversed(scale.levels):
            output.data(f"  {level.label}  {level.range}  {level.summary}")
            for strand in rubric.strands_of(scale):
                output.data(f"      {strand.name}: {level.strand.get(strand.id, '')}")
    for cap in rubric.caps:
        output.data(f"Cap ({cap.severity}): {cap.ask}")
    for penalty in rubric.penalties:
        output.data(f"Penalty, shown and never subtracted: {penalty.ask} ({penalty.marks}, {penalty.applied_by})")
    for flag in rubric.flags:
        output.data(f"Remember: {flag.text}")


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Mark schemes as TOML files.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Check mark scheme files: every problem with its line and key. The exit code is 1 when there is one.

    \b
    Example:
      markdesk rubric check my-scheme.toml
    """
    from markdesk.desk.rubrics import warning
    from markdesk.formats.rubric_toml import read_rubric

    results: list[dict[str, Any]] = []
    for path in files:
        try:
            rubric = read_rubric(user_path(path))
        except RubricInvalid as error:
            results.append({"file": str(path), "ok": False, "id": None, "problems": error.message.split("\n")})
            output.refuse(error)
            continue
        results.append({"file": str(path), "ok": True, "id": rubric.id, "problems": []})
        if not as_json:
            output.data(f"{path}: {rubric.id} is sound, {rubric.max_mark} marks.")
        if warning(rubric):
            output.say(warning(rubric))
        if rubric.id != path.stem:
            output.say(f"{path.name}: to be found by markdesk, the file must be called {rubric.id}.toml.")
    if as_json:
        output.json_out("rubric-check", {"files": results})
    return 0 if all(result["ok"] for result in results) else 1
