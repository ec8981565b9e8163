"""The teacher's settings: ``config.toml`` in the configuration folder. Read once, passed in, never changed."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from markdesk.config.nearest import did_you_mean
from markdesk.config.paths import config_folder, user_path
from markdesk.core.errors import UsageProblem
from markdesk.core.plain import show_line

LARGEST = 100_000
"""Bytes; more is not a settings file."""

MOST_REST = 200
"""Essays: nobody marks more in a day."""

ON_A_PAGE = {"school": 120, "centre": 20}
"""The settings that stand on a page, on one line, and how many characters each may have."""

ALLOWED = {
    "theme": ("dark", "light", "contrast", "contrast-light", "terminal", "terminal-light"),
    "digits": ("level", "mark"),
    "checks": ("on", "all", "off"),
    "pace": ("queue", "on", "off"),
    "printing": ("two-sided", "one-sided"),
}
"""The values of the settings that have only a few."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; the defaults are here."""

    marker: str = ""
    """Who marks; empty for the login name."""
    theme: str = "dark"
    digits: str = "level"
    """What a digit means on the marking screen: a level, or the first digit of a mark."""
    checks: str = "on"
    """What is asked before an essay is finished. On: caps, strands levels apart, and on a scheme of several
    scales an objective without a stamp; all: that on every scheme; off: nothing."""
    pace: str = "queue"
    """Where it is told how long essays take: queue, in the list of the pile; on, beside each essay too; off, nowhere.
    It is worked out from the log of this desk, and goes nowhere else."""
    rest: str = "off"
    """After how many essays, one after another, a rest is proposed: a number, or off."""
    stamps: str = ""
    """The stamp set for every scheme, by its id; empty goes by the scheme and its board."""
    school: str = ""
    """The school's name, as it stands at the head of what is given out; empty for none."""
    centre: str = ""
    """The school's number at the exam boards, for coursework."""
    logo: str = ""
    """The file of the school's sign, a PNG or JPEG. Without a folder it lies beside the settings."""
    printing: str = "two-sided"
    """How a PDF of several sheets is printed: two-sided, so that each begins on a right-hand page, or one-sided."""
    set_in_file: frozenset[str] = frozenset()
    """Which of these the file gives."""


KEYS = tuple(f.name for f in fields(Settings) if f.name != "set_in_file")


def settings_file() -> Path:
    """Where the settings are, whether or not the file is there."""
    return config_folder() / "config.toml"


def logo_file(settings: Settings) -> Path | None:
    """Where the school's sign is; None where there is none."""
    return config_folder() / user_path(settings.logo) if settings.logo else None


def read_settings(path: Path | None = None) -> Settings:
    """The settings; the defaults where there is no file. Raises UsageProblem naming the file and the key."""
    path = path or settings_file()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise UsageProblem(f"The settings {_shown(path)} can't be read: {error.strerror}.") from error
    found = _parsed(path, content)
    for key, value in found.items():
        _check(path, key, value)
    return Settings(**found, set_in_file=frozenset(found))


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    import tomllib  # here, since most start without a settings file

    if len(content) > LARGEST:
        raise UsageProblem(f"{_shown(path)} is larger than {LARGEST:,} bytes; no settings file is.")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageProblem(f"The settings {_shown(path)} are not UTF-8 text.", "Save the file as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageProblem(f"The settings {_shown(path)} are not valid TOML: {show_line(str(error))}.") from error


def _check(path: Path, key: str, value: Any) -> None:
    where = f"{_shown(path)}: {show_line(key)}"
    if key not in KEYS:
        known = f"The settings are: {', '.join(KEYS)}."
        raise UsageProblem(f"{where} is not a setting.", did_you_mean(key, KEYS) or known)
    if not isinstance(value, str):
        raise UsageProblem(f"{where} must be text in quotation marks.")
    if key == "rest" and value != "off" and not (value.isascii() and value.isdigit() and 0 < int(value) <= MOST_REST):
        raise UsageProblem(f"{where} is 'off', or how many essays: '1' to '{MOST_REST}'; it is '{show_line(value)}'.")
    if key in ON_A_PAGE and (len(value) > ON_A_PAGE[key] or len(value.splitlines()) > 1):
        raise UsageProblem(f"{where} is one line of at most {ON_A_PAGE[key]} characters.")
    if key in ALLOWED and value not in ALLOWED[key]:
        told = f"{where} must be one of: {', '.join(ALLOWED[key])}; it is '{show_line(value)}'."
        raise UsageProblem(told, did_you_mean(value, ALLOWED[key]))


def _shown(path: Path) -> str:
    return show_line(str(path))
