"""Mark schemes and stamp sets as TOML files: reading them, and saying exactly what is wrong with one."""

from pathlib import Path

from markdesk.core.annotation import Stamp, StampSet, Tone
from markdesk.core.errors import RubricInvalid
from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric
from markdesk.formats.toml_file import TomlFile, read_toml

STAMPS_SCHEMA = "markdesk.stamps/1"


def read_rubric(path: Path) -> Rubric:
    """The scheme in a file. Raises RubricInvalid with every problem on a line of its own: ``file:line: key: …``."""
    return rubric_in(read_toml(path))


def rubric_in(file: TomlFile) -> Rubric:
    """The scheme that a file holds. Raises RubricInvalid like ``read_rubric``."""
    from markdesk.core.rubric_check import check_rubric  # here, since every start reads stamps and few read a scheme

    rubric, problems = check_rubric(file.data)
    if rubric is None:
        raise file.refusal(problems)
    return rubric


def read_stamps(path: Path) -> StampSet:
    """A stamp set. Raises RubricInvalid naming the file and the stamp."""
    data = read_toml(path).data
    if data.get("schema") != STAMPS_SCHEMA:
        raise RubricInvalid(f"{show_line(path.name)}: schema must be '{STAMPS_SCHEMA}'.")
    stamps: list[Stamp] = []
    for raw in data.get("stamp", []):
        try:
            stamp = Stamp(
                raw["key"],
                raw["code"],
                raw["meaning"],
                Tone(raw["tone"]),
                frozenset(raw["strands"]),
                frozenset(raw["aos"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise RubricInvalid(
                f"{show_line(path.name)}: stamp {raw!r:.60}: {error} is missing or not known."
            ) from error
        if len(stamp.key) != 1 or not stamp.key.islower() or any(s.key == stamp.key for s in stamps):
            raise RubricInvalid(f"{show_line(path.name)}: stamp {stamp.code}: its key must be one letter, used once.")
        stamps.append(stamp)
    return StampSet(str(data.get("id", path.stem)), str(data.get("title", path.stem)), tuple(stamps))
