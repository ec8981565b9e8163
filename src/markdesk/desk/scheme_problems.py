"""Beside which field of a form a problem of the scheme belongs: from the path of a key in the file to a field's key."""

from collections.abc import Mapping, Sequence

from markdesk.core.rubric import Rubric, Scale
from markdesk.core.toml_reader import Problem


def field_of(
    problem: Problem, rubric: Rubric, texts: Mapping[str, str], strands: Sequence[str], caps: Sequence[str]
) -> str:
    """The field that a problem belongs to; the title where it belongs to none.

    ``texts`` is what stands in each field; ``strands`` and ``caps`` are the keys of those that the scheme was made of,
    in its order.
    """
    match problem.path:
        case ("id" | "title" | "board" | "status" | "version" as name, *_) if name in texts:
            return name
        case ("max_mark" | "ao", *_):
            return "max"
        case ("provenance", *_):
            return "basis"
        case ("strand", int(at), *_):
            return f"strand.{strands[at]}"
        case ("cap", int(at), "effect", *_):
            return f"cap.{caps[at]}.limit"
        case ("cap", int(at), *_):
            return f"cap.{caps[at]}.ask"
        case ("scale", int(at), *rest):
            return _in_scale(rubric.scales[at], rest, texts)
    return "title"


def _in_scale(scale: Scale, path: list[str | int], texts: Mapping[str, str]) -> str:
    match path:
        case ["item", int(at), *_]:
            return f"item.{scale.id}.{scale.items[at].id}.{path[-1] if path[-1] == 'max' else 'text'}"
        case ["level", int(at), *rest]:
            level = f"level.{scale.id}.{scale.top - at}"  # a file lists levels from the top
            if rest[:1] == ["strand"]:
                keys = [key for key in texts if key.startswith(f"{level}.strand.")]
                return next((key for key in keys if not texts[key]), keys[0] if keys else f"{level}.summary")
            return f"{level}.summary" if rest[:1] == ["summary"] else f"{level}.range"
    return next((key for key in texts if key.startswith((f"level.{scale.id}.", f"item.{scale.id}."))), "title")
