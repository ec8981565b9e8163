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
    """The options for every command, and the rest of the line in its order.

    What follows ``--`` is left alone, and so is the value of another option: a comment that reads ``--db=x`` is one.
    """
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
            is_unclear = word.startswith("-") and waiting[:1] and waiting[0].startswith("-")
            if is_unclear and any(map(_is_global, waiting)) and _takes_a_value(word):
                rest.append(waiting.pop(0))
    return Globals(values.get("--db"), values.get("--marker"), "--version" in flags, "--debug" in flags), rest


def _is_global(word: str) -> bool:
    return word.partition("=")[0] in ("--db", "--marker", "--version", "--debug")


def _takes_a_value(option: str) -> bool:
    from markdesk.cli.app import options_with_a_value  # costs nothing to speak of: a command follows

    return option in options_with_a_value()
