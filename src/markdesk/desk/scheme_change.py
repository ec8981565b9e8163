"""What an edit of a mark scheme comes to, in words: only its wording, or its structure; and its next version."""

import re

from markdesk.core.rubric_compare import Comparison, Weight


def next_version(version: str, weight: Weight) -> str:
    """The version after this one: new words raise its last number, another structure the one before that.

    ``0.1.0`` becomes ``0.1.1`` or ``0.2.0``, ``3`` becomes ``4``; what has no number gets one.
    """
    numbers = list(re.finditer(r"[0-9]{1,9}", version))
    if not numbers:
        return f"{version} 2".strip()
    is_two = weight is Weight.MAJOR and len(numbers) > 1
    at = numbers[-2] if is_two else numbers[-1]
    rest = re.sub(r"[0-9]{1,9}", "0", version[at.end() :]) if is_two else version[at.end() :]
    return f"{version[: at.start()]}{int(at[0]) + 1}{rest}"


def in_short(comparison: Comparison) -> str:
    """What was changed so far, for a heading."""
    match comparison.weight:
        case Weight.NONE:
            return "nothing changed"
        case Weight.MINOR:
            return "wording changed"
        case _:
            return "structure changed"


def told_change(comparison: Comparison) -> str:
    """What kind of change it was, and what that means for marks that were given already."""
    if not comparison.makes_marks_stale:
        return (
            "Only the wording changed: marks given already stay with the version they were given under, and still mean "
            "what they meant."
        )
    major = [one for one in comparison.differences if one.weight is Weight.MAJOR]
    more = f", and {len(major) - 1} more" if len(major) > 1 else ""
    return (
        f"The structure changed ({major[0]}{more}): marks given already stay with the version they were given under. "
        "Look at them again; the library names their assignments."
    )
