"""The options that stand anywhere on the command line. Read before typer is imported."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdesk.core.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class Globals:
    """What was given beside the command."""

    db: str | None = None
    marker: str | None = None
    version: bool = False
    debug: bool = False


def split_globals(argv: Sequence[str]) -> tuple[Globals, list[str]]:
    """The options for every command, and the rest of the line in its order. What follows ``--`` is left alone."""
    values: dict[str, str] = {}
    flags: set[str] = set()
    rest: list[str] = []
    waiting = list(argv)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *waiting]
            break
        if name in ("--db", "--marker"):
            if not equals:
                if not waiting:
                    raise UsageProblem(f"{name} needs a value.")
                value = waiting.pop(0)
            if not value:
                raise UsageProblem(f"{name} needs a value.")
            values[name] = value
        elif word in ("--version", "--debug"):
            flags.add(word)
        else:
            rest.append(word)
    return Globals(values.get("--db"), values.get("--marker"), "--version" in flags, "--debug" in flags), rest
