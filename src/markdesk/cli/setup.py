"""``markdesk keys`` and ``markdesk config``: how the program is set up."""

import os
from typing import Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def keys(as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Every key of every screen, and the stamps with their letters.

    \b
    Example:
      markdesk keys
    """
    from markdesk import bootstrap

    stamps = bootstrap.neutral_stamps().stamps
    bindings = _bindings()
    if as_json:
        listed = [{"key": stamp.key, "code": stamp.code, "meaning": stamp.meaning} for stamp in stamps]
        named = [{"screen": screen, "key": key, "does": does} for screen, key, does in bindings]
        output.json_out("keys", {"bindings": named, "stamps": listed})
        return
    if bindings:
        output.table(("screen", "key", "does"), bindings)
        output.data()
    output.table(("key", "stamp", "means"), [(stamp.key, stamp.code, stamp.meaning) for stamp in stamps])


def _bindings() -> list[tuple[str, str, str]]:
    """Screen, key and what it does, as the screens themselves have it; empty where no screens are installed."""
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("markdesk.tui.bindings") is None:
        return []
    table: list[tuple[str, str, str]] = import_module("markdesk.tui.bindings").key_table()
    return table


def path(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Where the settings, your own mark schemes, papers and boundaries, and the desk are.

    \b
    Example:
      markdesk config path
    """
    from markdesk.config.paths import config_folder, data_folder
    from markdesk.config.settings import settings_file

    session: Session = ctx.obj
    places = {
        "settings": settings_file(),
        "rubrics": config_folder() / "rubrics",
        "papers": config_folder() / "papers",
        "qualifications": config_folder() / "qualifications",
        "boundaries": config_folder() / "boundaries",
        "data": data_folder(),
        "desk": session.path(),
    }
    if as_json:
        output.json_out("config-path", {name: str(place) for name, place in places.items()})
    else:
        output.table(("what", "where"), list(places.items()))


def show_settings(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Every setting, and where its value comes from.

    \b
    Example:
      markdesk config show
    """
    from markdesk import bootstrap
    from markdesk.config.settings import KEYS, read_settings, settings_file

    session: Session = ctx.obj
    settings = read_settings()
    rows: list[tuple[str, str, str]] = []
    for key in KEYS:
        value = str(getattr(settings, key))
        source = str(settings_file()) if key in settings.set_in_file else "default"
        if key == "marker":
            if session.marker:
                value, source = session.marker_name(), "--marker"
            elif os.environ.get("MARKDESK_MARKER"):
                value, source = session.marker_name(), "MARKDESK_MARKER"
            elif session.marker_name():
                value = session.marker_name()
            else:
                value, source = bootstrap.login_name(), "login name"
        rows.append((key, value, source))
    if as_json:
        listed = [{"name": name, "value": value, "from": source} for name, value, source in rows]
        output.json_out("config-show", {"settings": listed})
    else:
        output.table(("setting", "value", "from"), rows)
