"""Mark schemes as TOML files: reading them, and saying exactly what is wrong with one."""

from pathlib import Path

from markdesk.core.rubric import Rubric
from markdesk.formats.toml_file import TomlFile, read_toml


def read_rubric(path: Path) -> Rubric:
    """The scheme in a file. Raises RubricInvalid with every problem on a line of its own: ``file:line: key: …``."""
    return rubric_in(read_toml(path))


def rubric_in(file: TomlFile) -> Rubric:
    """The scheme that a file holds. Raises RubricInvalid like ``read_rubric``."""
    from markdesk.core.rubric_check import check_rubric  # here, since a shelf is made more often than a scheme is read

    rubric, problems = check_rubric(file.data)
    if rubric is None:
        raise file.refusal(problems)
    return rubric
