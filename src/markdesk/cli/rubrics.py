"""``markdesk rubric list``, ``show`` and ``check``: reading the mark schemes. None of these opens the desk."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, RubricInvalid

if TYPE_CHECKING:
    from markdesk.core.official import Wording
    from markdesk.core.rubric import Rubric
    from markdesk.desk.rubrics import RubricShelf
    from markdesk.desk.shelves import Shelf, T

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def list_rubrics(as_json: Annotated[bool, AS_JSON] = False) -> int:
    """The mark schemes that ship with markdesk, and your own. Drafts are listed apart.

    A scheme whose spec is "any" takes any tariff: ID:25 is that scheme out of 25.

    \b
    Example:
      markdesk rubric list
    """
    from markdesk import bootstrap

    found, is_sound = usable(bootstrap.rubric_shelf())
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
                "takes_any_tariff": rubric.takes_any_tariff,
            }
            for rubric in found
        ]
        output.json_out("rubric-list", {"rubrics": shape})
    else:
        _table([rubric for rubric in found if rubric.status not in _APART])
        for status, heading in _APART.items():
            apart = [rubric for rubric in found if rubric.status == status]
            if apart:
                output.data()
                output.data(heading)
                _table(apart)
    return 0 if is_sound else 1


def usable(shelf: "Shelf[T]") -> "tuple[list[T], bool]":
    """What can be used of a shelf, and whether that is all of it. What is wrong is said; it hides nothing else."""
    found: list[T] = []
    is_sound = True
    for _, told in shelf.closed():
        output.refuse(RubricInvalid(told))
        is_sound = False
    for name in sorted(shelf.files()):
        try:
            found.append(shelf.get(name))
        except RubricInvalid as error:
            output.refuse(error)
            is_sound = False
    return found, is_sound


_APART = {
    "draft": "Drafts. Unfinished, or their mark ranges are not certain: compare them with the board's document first.",
    "retired": "Retired. No longer in use.",
}


def _table(rubrics: "list[Rubric]") -> None:
    rows = [
        (rubric.id, rubric.version, "any" if rubric.takes_any_tariff else rubric.max_mark, rubric.status, rubric.title)
        for rubric in rubrics
    ]
    output.table(("id", "version", "marks", "status", "title"), rows)


def show_rubric(
    rubric_id: Annotated[str, typer.Argument(metavar="ID", help="As 'markdesk rubric list' names it; or ID:25.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """One mark scheme in full: where it comes from, its levels and strands as a grid, its rules.

    Where you hold the board's own wording (rubrics/official/ID.toml in your settings folder), it is shown in place of
    the paraphrase, in quotation marks; what has none is the paraphrase. --json never holds it.

    \b
    Example:
      markdesk rubric show aqa-7042-b-essay-25
    """
    from markdesk import bootstrap
    from markdesk.cli.rubric_grid import WIDTH, scheme_lines
    from markdesk.desk.rubrics import warning

    shelf = bootstrap.rubric_shelf()
    rubric = shelf.get(rubric_id)
    caution = warning(rubric)
    if caution:
        output.say(caution)
    wording = shelf.wording(rubric)
    if as_json:
        output.json_out("rubric-show", _shape(rubric, wording))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    for line in scheme_lines(rubric, wording, width, shelf.is_own(rubric_id)):
        output.data(line)


def _shape(rubric: "Rubric", wording: "Wording") -> dict[str, Any]:
    """The scheme in its own words. Of the board's it says only that they are there."""
    plain = rubric.to_plain()
    alike = ("id", "version", "title", "board", "status", "max_mark", "scoring", "provenance")
    about = ("qualification", "spec", "components", "section", "question_type", "first_series", "last_series")
    return {
        **{key: plain[key] for key in alike},
        "hash": rubric.hash,
        **{key: plain[key] for key in about},
        "time_minutes": rubric.time_minutes,
        "official_wording": bool(wording.source),
        "takes_any_tariff": rubric.takes_any_tariff,
        "stimulus": {"kind": rubric.stimulus, "count": rubric.stimulus_count},
        "decision": plain["decision"],
        "zero": rubric.zero_label,
        "not_attempted": rubric.not_attempted_code,
        "aos": plain["aos"],
        "strands": plain["strands"],
        "parts": [{"part": part, "max": most} for part, most in rubric.parts],
        "scales": [_scale(rubric, scale) for scale in plain["scales"]],
        "combine": {"scale_factor": plain["scale_factor"], "round": str(rubric.rounding)},
        **{key: plain[key] for key in ("caps", "penalties", "flags", "nea")},
    }


def _scale(rubric: "Rubric", plain: dict[str, Any]) -> dict[str, Any]:
    scale = rubric.scale(plain["id"])
    assert scale is not None
    levels = [
        {
            **{key: level[key] for key in ("n", "label", "min", "max", "summary")},
            "strands": level["strand"],
            "subs": level.get("subs", []),
        }
        for level in plain["levels"]
    ]
    return {
        **{key: plain[key] for key in ("id", "title", "part", "aos", "max", "kind")},
        "strands": [strand.id for strand in rubric.strands_of(scale)],
        "levels": levels,
        "items": plain.get("items", []),
    }


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Mark schemes as TOML files.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Check mark scheme files: every problem with its line and key. The exit code is 1 when there is one.

    Files of indicative content and of a board's own wording are checked too. A scheme of yours whose id another file
    has is told here too: neither is used until one has another id.

    \b
    Example:
      markdesk rubric check my-scheme.toml
    """
    from markdesk import bootstrap

    shelf = bootstrap.rubric_shelf()
    results: list[dict[str, Any]] = []
    for path in files:
        try:
            kind, name, told, cautions = _checked(shelf, user_path(path))
        except RubricInvalid as error:
            results.append({"file": str(path), "ok": False, "id": None, "problems": error.message.split("\n")})
            output.refuse(error)
            continue
        results.append({"file": str(path), "ok": True, "kind": kind, "id": name, "problems": []})
        if not as_json:
            output.data(f"{path}: {told}")
        for caution in cautions:
            output.say(caution)
    if as_json:
        output.json_out("rubric-check", {"files": results})
    return 0 if all(result["ok"] for result in results) else 1


def _checked(shelf: "RubricShelf", path: Path) -> tuple[str, str | None, str, list[str]]:
    """What a file is, what it is called, that it is sound, and what to know all the same."""
    from markdesk.core import indicative, official
    from markdesk.desk.rubrics import warning
    from markdesk.formats.companion_toml import indicative_in, official_in
    from markdesk.formats.rubric_toml import rubric_in
    from markdesk.formats.toml_file import read_toml

    file = read_toml(path)
    match file.data.get("schema"):
        case indicative.SCHEMA:
            count = len(indicative_in(file))
            return "indicative", None, f"sound, lists for {count} question{'s' if count != 1 else ''}.", []
        case official.SCHEMA:
            rubric = _known(shelf, file.data.get("rubric"))
            name = official_in(file, rubric).rubric
            cautions = (
                [] if rubric else [f"There is no mark scheme {name} here: its scales and levels were not compared."]
            )
            if path.stem != name:
                cautions.append(f"{path.name}: to be found by markdesk, the file must be called {name}.toml.")
            return "official", name, f"sound, a board's own wording for {name}.", cautions
        case _:
            rubric = rubric_in(file)
            cautions = [warning(rubric)] if warning(rubric) else []
            cautions += _alike(shelf, path, rubric)
            if rubric.id != path.stem:
                cautions.append(f"{path.name}: to be found by markdesk, the file must be called {rubric.id}.toml.")
            return "rubric", rubric.id, f"{rubric.id} is sound, {rubric.max_mark} marks.", cautions


def _alike(shelf: "RubricShelf", path: Path, rubric: "Rubric") -> list[str]:
    """What to know of other files with the scheme's id. Raises RubricInvalid where its own place is disputed."""
    same = (one for one in shelf.paths() if one.name == path.name)
    here = next((one for one in same if one.parent.samefile(path.absolute().parent)), None)
    if here is not None:
        alike = shelf.alike()
        if here.stem in alike:
            raise shelf.clash(here.stem, alike[here.stem])
        shelf.read(here)  # which refuses a name that isn't the id
        return []
    other = shelf.taken().get(rubric.id)
    if other is None:
        return []
    return [f"There is a mark scheme {rubric.id} already: {other}. Beside it this one needs another id."]


def _known(shelf: "RubricShelf", rubric_id: object) -> "Rubric | None":
    try:
        return shelf.get(rubric_id) if isinstance(rubric_id, str) else None
    except MarkdeskError:
        return None  # one that isn't there, or is broken itself, which its own check tells
