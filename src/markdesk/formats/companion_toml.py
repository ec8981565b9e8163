"""The files that go with a scheme and stay on the teacher's machine: a board's own wording, and indicative content."""

from pathlib import Path

from markdesk.core.errors import RubricInvalid
from markdesk.core.indicative import Content, check_indicative
from markdesk.core.official import Official, check_official
from markdesk.core.rubric import Rubric, split_tariff
from markdesk.formats.toml_file import TomlFile, read_toml


def read_official(path: Path, rubric: Rubric) -> Official:
    """The board's wording for this scheme. Raises RubricInvalid with every problem: ``file:line: key: …``."""
    file = read_toml(path)
    official = official_in(file, rubric)
    if official.rubric != split_tariff(rubric.id)[0]:
        raise RubricInvalid(f"{path.name}: it is for '{official.rubric}', not for '{rubric.id}'.", f"See {path}.")
    return official


def official_in(file: TomlFile, rubric: Rubric | None) -> Official:
    """The wording that a file holds, checked against its scheme where that is at hand."""
    official, problems = check_official(file.data, rubric)
    if official is None:
        raise file.refusal(problems)
    return official


def read_indicative(path: Path) -> tuple[Content, ...]:
    """A teacher's lists of content. Raises RubricInvalid with every problem: ``file:line: key: …``."""
    return indicative_in(read_toml(path))


def indicative_in(file: TomlFile) -> tuple[Content, ...]:
    """The lists that a file holds."""
    contents, problems = check_indicative(file.data)
    if problems:
        raise file.refusal(problems)
    return contents
