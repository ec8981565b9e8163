"""What a start of the program loads, and which way the imports point."""

import subprocess
import sys
from pathlib import Path

import pytest

from markdesk.store.sqlite.store import SqliteStore
from tests.kit import ROOT, SRC, child_environment

HEAVY = ("textual", "rich", "typer", "sqlite3", "sqlite_utils", "mammoth", "selectolax", "charset_normalizer")


def modules(package: str) -> list[str]:
    files = sorted((SRC / "markdesk" / package).rglob("*.py"))
    return [".".join(f.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__") for f in files]


def loaded(code: str, *wanted: str) -> set[str]:
    """Which of the packages a fresh Python has loaded after the code."""
    told = "import sys\n" + code + f"\nprint(*[m for m in {wanted or HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, env=child_environment(), check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_probe_sees_what_is_loaded() -> None:
    assert loaded("import sqlite3, json", "json", "sqlite3", "textual") == {"json", "sqlite3"}


def test_core_and_desk_load_nothing_heavy() -> None:
    names = ["markdesk", *modules("core"), *modules("desk")]
    assert len(names) > 20
    assert loaded("\n".join(f"import {name}" for name in names)) == set()


@pytest.mark.parametrize("package", ["config", "store/memory", "store/codec.py"])
def test_settings_and_the_memory_store_load_nothing_heavy(package: str) -> None:
    if package.endswith(".py"):
        names = [f"markdesk.{package.removesuffix('.py').replace('/', '.')}"]
    else:
        names = modules(package)
    assert loaded("\n".join(f"import {name}" for name in names)) == set()


def test_formats_load_no_screen_and_no_store() -> None:
    assert not loaded("\n".join(f"import {name}" for name in modules("formats"))) & {
        "textual", "rich", "typer", "sqlite3", "sqlite_utils",
    }  # fmt: skip


def test_the_process_that_reads_a_file_loads_nothing_else_of_the_desk() -> None:
    """One is started for every file that is refused: what the desk would load costs as much again as all the rest."""
    names = modules("desk") + modules("core")
    assert loaded("import markdesk.formats.child", *names) == {
        "markdesk.core", "markdesk.core.errors", "markdesk.core.essay", "markdesk.core.plain",
        "markdesk.desk", "markdesk.desk.drafts",
    }  # fmt: skip


def test_the_store_loads_sqlite3_alone() -> None:
    assert loaded("import markdesk.store.sqlite.store") == {"sqlite3"}


def test_opening_an_existing_desk_loads_no_sqlite_utils(tmp_path: Path) -> None:
    path = tmp_path / "marks.db"
    SqliteStore(path, create=True).close()
    code = "\n".join(
        (
            "from pathlib import Path",
            "from markdesk.bootstrap import make_desk, open_store",
            f"desk = make_desk(open_store(Path({str(path)!r})))",
            "assert desk.store.verify().problems == ()",
        )
    )
    assert loaded(code) == {"sqlite3"}


def test_making_a_desk_is_what_loads_sqlite_utils(tmp_path: Path) -> None:
    code = f"from pathlib import Path\nfrom markdesk.store.sqlite.store import SqliteStore\nSqliteStore(Path({str(tmp_path / 'x.db')!r}), create=True)"  # noqa: E501
    assert "sqlite_utils" in loaded(code)


def test_the_layers_point_inward() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**child_environment(), "COLUMNS": "200"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
