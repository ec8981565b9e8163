"""Question papers, qualifications and grade boundaries as TOML files, and what exactly is wrong with one."""

from pathlib import Path

from markdesk.core.boundaries import Boundaries, check_boundaries
from markdesk.core.paper import Paper
from markdesk.core.paper_check import check_paper
from markdesk.core.qualification import Qualification, check_qualification
from markdesk.formats.toml_file import read_toml


def read_paper(path: Path) -> Paper:
    """The paper in a file. Raises RubricInvalid with every problem on a line of its own: ``file:line: key: …``."""
    file = read_toml(path)
    paper, problems = check_paper(file.data)
    if paper is None:
        raise file.refusal(problems)
    return paper


def read_qualification(path: Path) -> Qualification:
    """The qualification in a file. Raises RubricInvalid like ``read_paper``."""
    file = read_toml(path)
    qualification, problems = check_qualification(file.data)
    if qualification is None:
        raise file.refusal(problems)
    return qualification


def read_boundaries(path: Path) -> tuple[Boundaries, ...]:
    """The boundaries in a file. Raises RubricInvalid like ``read_paper``."""
    file = read_toml(path)
    found, problems = check_boundaries(file.data)
    if problems:
        raise file.refusal(problems)
    return found
