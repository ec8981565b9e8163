"""The floor for ``--help``: a typer program with the same settings and as many commands and options.

What it is. ``source`` writes a program from a plan: for each command its name, the first line of its help, and its
parameters with their help. The plan is read off markdesk's own commands (``python -m benchmarks.floor_help`` prints
it as JSON), so the floor has as much to build and as much to print, whatever markdesk grows to. The bodies are empty.

Why it is the floor. Typer looks at every command's parameters and prints the help; the program written here does
only that, in one module, compiled beforehand like any other. It uses markdesk's settings: no Rich, no pretty
exceptions, which are the quickest that typer has, and shell completion if markdesk offers it.
"""

import json
import sys
from typing import Any

SETTINGS = "rich_markup_mode=None, pretty_exceptions_enable=False"
COMPLETION = ("install_completion", "show_completion")
"""Options that typer adds by itself."""


def plan_of_markdesk() -> dict[str, Any]:
    """What markdesk's command line consists of, as typer sees it."""
    import importlib

    import typer
    from typer.main import get_command

    for name in ("markdesk.cli.app", "markdesk.cli.main", "markdesk.cli"):
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        found = next((value for value in vars(module).values() if isinstance(value, typer.Typer)), None)
        if found is not None:
            return _plan(get_command(found))
    raise SystemExit("markdesk has no command line yet")


def _plan(command: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": command.name or "",
        "help": (command.help or "").strip(),
        "hidden": bool(command.hidden),
        "completion": any(parameter.name in COMPLETION for parameter in command.params),
        "parameters": [],
        "commands": [],
    }
    for parameter in command.params:
        if parameter.name in ("help", *COMPLETION):
            continue
        kind = type(parameter.type).__name__.lower()
        told["parameters"].append(
            {
                "name": parameter.name,
                "option": parameter.param_type_name == "option",
                "declarations": [*parameter.opts, *parameter.secondary_opts],
                "flag": bool(getattr(parameter, "is_flag", False)),
                "many": bool(parameter.multiple or parameter.nargs == -1),
                "type": "int" if "int" in kind else "Path" if "path" in kind else "str",
                "help": getattr(parameter, "help", "") or "",
            }
        )
    for child in getattr(command, "commands", {}).values():
        told["commands"].append(_plan(child))
    return told


def counts(plan: dict[str, Any]) -> tuple[int, int]:
    """How many commands and parameters a plan has, all levels together."""
    commands, parameters = 0, len(plan["parameters"])
    for child in plan["commands"]:
        below = counts(child)
        commands += below[0] + 1
        parameters += below[1]
    return commands, parameters


def source(plan: dict[str, Any]) -> str:
    """The program for a plan."""
    out = [
        "from pathlib import Path",
        "from typing import Annotated",
        "",
        "import typer",
        "",
        f"app = typer.Typer(help={plan['help']!r}, add_completion={plan['completion']}, {SETTINGS})",
    ]
    _write(out, plan, "app", "main", callback=True)
    out += ["", "if __name__ == '__main__':", "    app()", ""]
    return "\n".join(out)


def _write(out: list[str], plan: dict[str, Any], owner: str, name: str, callback: bool = False) -> None:
    if callback:
        out += ["", f"@{owner}.callback(invoke_without_command=True)"]
    else:
        out += ["", f"@{owner}.command({plan['name']!r}, hidden={plan['hidden']})"]
    out += [f"def {name}({', '.join(_parameter(p) for p in plan['parameters'])}) -> None:"]
    out += [f"    {plan['help']!r}" if plan["help"] else "    pass"]
    for child in plan["commands"]:
        below = f"{name}_{child['name'].replace('-', '_')}"
        if child["commands"]:
            group = f"group_{below}"
            out += ["", f"{group} = typer.Typer(help={child['help']!r}, {SETTINGS})"]
            out += [f"{owner}.add_typer({group}, name={child['name']!r}, hidden={child['hidden']})"]
            _write(out, child, group, below, callback=True)
        else:
            _write(out, child, owner, below)


def _parameter(parameter: dict[str, Any]) -> str:
    kind = "bool" if parameter["flag"] else parameter["type"]
    if parameter["many"]:
        kind = f"list[{kind}] | None"
    elif not parameter["flag"]:
        kind = f"{kind} | None"
    default = "False" if parameter["flag"] else "None"
    if parameter["option"]:
        names = ", ".join(repr(d) for d in parameter["declarations"] if d.startswith("-"))
        made = f"typer.Option({names}, help={parameter['help']!r})"
    else:
        made = f"typer.Argument(help={parameter['help']!r})"
    return f"{parameter['name']}: Annotated[{kind}, {made}] = {default}"


if __name__ == "__main__":
    json.dump(plan_of_markdesk(), sys.stdout)
