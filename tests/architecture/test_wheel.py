"""The wheel carries all that the program needs, and nothing that it doesn't."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.kit import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", ["rubrics", "sample_essays"])
def test_schemes_and_essays_travel_with_the_program(wheel: set[str], folder: str) -> None:
    there = {f"markdesk/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert len(there) > 10
    assert there <= wheel


def test_every_module_style_sheet_and_page_is_in_it(wheel: set[str]) -> None:
    source = ROOT / "src"
    kinds = (".py", ".tcss", ".css", ".j2", ".typ")
    there = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.suffix in kinds}
    assert there <= wheel
    assert "markdesk/py.typed" in wheel


def test_nothing_else_is(wheel: set[str]) -> None:
    assert not [name for name in wheel if not name.startswith(("markdesk/", "markdesk-"))]
    assert not [name for name in wheel if "official" in Path(name).parts]
