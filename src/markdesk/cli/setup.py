"""``markdesk keys`` and ``markdesk config``: how the program is set up."""

import os
from typing import Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def keys(
    preset: Annotated[
        str | None, typer.Option("--preset", metavar="NAME", help="A keymap that comes along: vim.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is wrong with your keymap; 1 if anything is.")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Every key in use on every screen, with the name of its act, and the stamps with their letters.

    Your own keys go into keymap.toml ('markdesk config path' says where). With --preset, the keys are those of a keymap
    that comes with markdesk.

    \b
    Example:
      markdesk keys
      markdesk keys --preset vim
      markdesk keys --check
    """
    if preset is not None and check:
        raise typer.BadParameter("give --preset or --check, not both")
    if check:
        return _check_keymap(as_json)
    from markdesk import bootstrap
    from markdesk.config.keymap import keymap_file

    keymap, fault = bootstrap.preset_named(preset) if preset is not None else bootstrap.keymap_in_use()
    if fault:
        output.tell(f"{fault}\nThese are the defaults:\n")
    in_use = bootstrap.keys_in_use(keymap)
    sets = bootstrap.stamp_sets()
    for told in sets.faults:
        output.tell(f"{told}\n")
    stamps = in_use.stamps(sets.usual.stamps)
    rows = in_use.table()
    if as_json:
        named = [{"screen": screen, "key": key, "does": does, "ids": list(ids)} for screen, key, does, ids in rows]
        listed = [{"key": stamp.key, "code": stamp.code, "meaning": stamp.meaning} for stamp in stamps]
        answer = {"preset": keymap.preset or None, "file": str(keymap_file()), "bindings": named}
        output.json_out("keys", {**answer, "stamp_set": sets.usual.id, "stamps": listed})
        return 0
    output.table(
        ("screen", "key", "does", "name"), [(screen, key, does, "  ".join(ids)) for screen, key, does, ids in rows]
    )
    output.data()
    output.data(f"The stamps of the set {sets.usual.id}; 'markdesk stamps list' says which schemes have others.")
    output.table(("key", "stamp", "means"), [(stamp.key, stamp.code, stamp.meaning) for stamp in stamps])
    return 0


def _check_keymap(as_json: bool) -> int:
    """What is wrong with the teacher's keymap, and what may not arrive in some terminals."""
    from markdesk import bootstrap
    from markdesk.config.keymap import keymap_file
    from markdesk.config.keymap_reader import KeymapInvalid, weak_points

    where = keymap_file()
    try:
        keymap = bootstrap.checked_keymap()
    except KeymapInvalid as error:
        if as_json:
            output.json_out("keys-check", {"ok": False, "file": str(where), "problems": error.problems, "notes": []})
        for line in str(error).splitlines():
            output.say(line)
        return 1
    notes = weak_points(keymap)
    if as_json:
        output.json_out("keys-check", {"ok": True, "file": str(where), "problems": [], "notes": notes})
        return 0
    if not where.exists():
        output.data(f"There is no keymap, so all keys are the defaults. Yours would be {where}")
        return 0
    output.data(f"{where} is sound: {keymap.told}.")
    for note in notes:
        output.data(note)
    return 0


def path(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Where the settings, your own keys, mark schemes, stamps, papers and boundaries, and the desk are.

    \b
    Example:
      markdesk config path
    """
    from markdesk.config.keymap import keymap_file
    from markdesk.config.paths import config_folder, data_folder
    from markdesk.config.settings import settings_file

    session: Session = ctx.obj
    places = {
        "settings": settings_file(),
        "keymap": keymap_file(),
        "rubrics": config_folder() / "rubrics",
        "stamps": config_folder() / "stamps",
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
    from markdesk.config.keymap import keymap_file
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
    keymap, fault = bootstrap.keymap_in_use()
    told = "default; your keymap isn't used ('markdesk keys --check' says why)" if fault else keymap.told
    rows.append(("keys", told, str(keymap_file()) if keymap_file().exists() else "default"))
    if as_json:
        listed = [{"name": name, "value": value, "from": source} for name, value, source in rows]
        output.json_out("config-show", {"settings": listed})
    else:
        output.table(("setting", "value", "from"), rows)
