"""Rules of the source that no linter knows: each was learned from a loss, a crash or a leak."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.kit import SRC

PACKAGE = SRC / "markdesk"
FILES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 450


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(node: ast.Call) -> str:
    """The name that is called, with its dots; a question mark for what is no name."""
    parts, at = [], node.func
    while isinstance(at, ast.Attribute):
        parts.append(at.attr)
        at = at.value
    return ".".join((at.id if isinstance(at, ast.Name) else "?", *reversed(parts)))


# Each rule gives the line numbers that break it.


def escapes(tree: ast.Module, text: str) -> list[int]:
    """``escape`` of textual or rich: it isn't safe, so text goes in as Content or with markup off."""
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in ("textual", "rich")
        and any(alias.name == "escape" for alias in node.names)
    ]
    return found + [c.lineno for c in calls(tree) if re.fullmatch(r"(\w+\.)*markup\.escape", called(c))]


def tasks(tree: ast.Module, text: str) -> list[int]:
    """A task that nobody awaits can fail without a word."""
    awaited = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Await)}
    return [
        c.lineno
        for c in calls(tree)
        if (what := called(c).rpartition(".")[2]) in ("create_task", "ensure_future")
        or (what == "run_in_executor" and id(c) not in awaited)
    ]


def silent_workers(tree: ast.Module, text: str) -> list[int]:
    """A worker that fails must end in a message."""
    return [
        c.lineno
        for c in calls(tree)
        for keyword in c.keywords
        if keyword.arg == "exit_on_error"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is True)
    ]


def catch_alls(tree: ast.Module, text: str) -> list[int]:
    """``except Exception`` hides bugs. ``except BaseException`` may clean up when it raises again."""
    found: list[int] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = [ast.unparse(n) for n in ast.walk(node.type)] if node.type else ["everything"]
        raises = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        if {"Exception", "everything"} & set(caught) or ("BaseException" in caught and not raises):
            found.append(node.lineno)
    return found


def raw_cursors(tree: ast.Module, text: str) -> list[int]:
    """``db.conn.execute`` of sqlite-utils leaves a transaction open; later acts join it and are lost."""
    return [c.lineno for c in calls(tree) if re.search(r"\bconn\.(execute|executemany|executescript)$", called(c))]


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def returning(tree: ast.Module, text: str) -> list[int]:
    """INSERT … RETURNING leaves a transaction open until its rows are read."""
    return [
        n
        for n, t in strings(tree)
        if re.search(r"\b(insert|update|delete|replace)\b[^;]*\breturning\b", t, re.I | re.S)
    ]


def colours(tree: ast.Module, text: str) -> list[int]:
    """Colours stand in tui/themes.py alone; those of drawings on paper in formats/documents/svg.py."""
    pattern = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![0-9a-zA-Z])"
    return [n for n, t in strings(tree) if re.search(pattern, t)]


def prints_locals(tree: ast.Module, text: str) -> list[int]:
    """A traceback with locals holds essays and names."""
    return [
        c.lineno
        for c in calls(tree)
        for keyword in c.keywords
        if keyword.arg in ("pretty_exceptions_show_locals", "show_locals") and ast.unparse(keyword.value) != "False"
    ]


Rule = Callable[[ast.Module, str], list[int]]
RULES: dict[Rule, tuple[tuple[str, ...], str, str]] = {
    # the rule: the files that are excepted, a text that breaks it, one that doesn't
    escapes: ((), "from rich.markup import escape", "import html; html.escape('x')"),
    tasks: ((), "asyncio.create_task(f())", "await loop.run_in_executor(None, f)"),
    silent_workers: ((), "self.run_worker(f, exit_on_error=False)", "self.run_worker(f, exit_on_error=True)"),
    catch_alls: (
        # The last resort of the command line (see the test below); what hands an exception on to another thread.
        ("cli/main.py", "tui/apart.py"),
        "try:\n f()\nexcept (OSError, Exception):\n pass",
        "try:\n f()\nexcept BaseException:\n g()\n raise",
    ),
    raw_cursors: ((), "db.conn.execute('x')", "db.execute('x')"),
    returning: ((), "db.execute('insert into a values (1) returning id')", "'a sentence returning home'"),
    colours: (("tui/themes.py", "formats/documents/svg.py"), "x = 'background: #1a2b3c;'", "x = '#question and #12'"),
    prints_locals: ((), "Typer(pretty_exceptions_show_locals=True)", "Typer(pretty_exceptions_show_locals=False)"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_can_fail(rule: Rule) -> None:
    _, bad, good = RULES[rule]
    assert rule(ast.parse(bad), bad)
    assert not rule(ast.parse(good), good)


def test_an_executor_that_nobody_awaits_breaks_the_rule() -> None:
    assert tasks(ast.parse("x = loop.run_in_executor(None, f)"), "") == [1]


@cache
def broken() -> dict[Rule, list[str]]:
    """Where each rule is broken; a file is parsed once for all of them."""
    found: dict[Rule, list[str]] = {rule: [] for rule in RULES}
    for path in FILES:
        tree, text = parsed(path), path.read_text(encoding="utf-8")
        for rule, (excepted, _, _) in RULES.items():
            if name(path) not in excepted:
                found[rule] += (f"{name(path)}:{line}" for line in rule(tree, text))
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_file_breaks(rule: Rule) -> None:
    assert broken()[rule] == [], rule.__doc__


def test_the_command_line_has_one_last_resort() -> None:
    """It keeps a traceback, with the names and essays in it, off the terminal; there may be no second."""
    assert len(catch_alls(parsed(PACKAGE / "cli/main.py"), "")) <= 1


def test_stylesheets_hold_no_colours() -> None:
    pattern = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\s*[;!]")
    assert [name(p) for p in PACKAGE.rglob("*.tcss") if pattern.search(p.read_text(encoding="utf-8"))] == []


def test_only_the_sqlite_package_speaks_sql() -> None:
    found = [
        name(path)
        for path in FILES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {(getattr(node, "module", None) or "").split(".")[0], *(a.name.split(".")[0] for a in node.names)}
        & {"sqlite3", "sqlite_utils"}
        and not name(path).startswith("store/sqlite/")
    ]
    assert found == []
    users = [name(path) for path in FILES if "sqlite_utils" in path.read_text(encoding="utf-8")]
    assert users in (["store/sqlite/migrations.py"], [])


def test_a_migration_imports_nothing_of_markdesk() -> None:
    text = (PACKAGE / "store/sqlite/migrations.py").read_text(encoding="utf-8")
    assert "markdesk." not in text.replace('Migrations("markdesk")', "")


def undocumented(tree: ast.Module, file: str) -> list[str]:
    """Public modules, classes and functions without a docstring. A property or method of one line says it itself."""
    found = [] if ast.get_docstring(tree) else [f"{file}: the module"]

    def look(body: list[ast.stmt], inside: str) -> None:
        for node in body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name[0] == "_":
                continue
            trivial = inside and not isinstance(node, ast.ClassDef) and len(node.body) == 1
            if not trivial and not ast.get_docstring(node):
                found.append(f"{file}:{node.lineno}: {inside}{node.name}")
            if isinstance(node, ast.ClassDef):
                look(node.body, f"{node.name}.")

    look(tree.body, "")
    return found


def test_the_docstring_rule_can_fail() -> None:
    method = "    def b(self):\n        x = 1\n        return x\n"
    bad = f"class A:\n{method}\n    def c(self):\n        return 1\n\ndef _d():\n    pass\n"
    assert undocumented(ast.parse(bad), "x.py") == ["x.py: the module", "x.py:1: A", "x.py:2: A.b"]
    assert undocumented(ast.parse('"""A module."""\n'), "x.py") == []


SETTLED = {
    # Implementations of the Store, Clock and IdSource protocols, whose methods are explained there.
    "store/memory/store.py": "MemoryStore.",
    "store/memory/reads.py": "Reads.",
    "store/memory/student_reads.py": "StudentReads.",
    "store/sqlite/store.py": "SqliteStore.",
    "store/sqlite/reads.py": "Reads.",
    "store/sqlite/student_reads.py": "StudentReads.",
    "config/system.py": "Uuid7Source.",
    # One line, and its name is the sentence.
    "config/paths.py": "demo_desk",
}


@pytest.mark.parametrize("package", ["core", "desk", "store", "formats", "config"])
def test_everything_public_has_a_docstring(package: str) -> None:
    missing = [
        told
        for path in sorted((PACKAGE / package).rglob("*.py"))
        for told in undocumented(parsed(path), name(path))
        if not (name(path) in SETTLED and told.rpartition(" ")[2].startswith(SETTLED[name(path)]))
    ]
    assert missing == []


def test_no_file_is_long() -> None:
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {file: lines for file, lines in long.items() if lines > MAX_LINES} == {}


def test_nothing_names_a_machine() -> None:
    """No path of whoever wrote this may travel with the program."""
    pattern = re.compile(r"(?<![\w.])/(?:home|work|Users|root|tmp)/\w+")
    told = [name(path) for path in FILES if pattern.search(path.read_text(encoding="utf-8"))]
    assert told == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "tui" / "screens").glob("*.tcss")), ids=lambda path: path.stem)
def test_what_a_screen_looks_like_touches_no_other_screen(path: Path) -> None:
    """Textual applies a style sheet to every screen once one that has it was opened. ``lists`` is the lists' own."""
    selectors = [one.strip() for line in path.read_text(encoding="utf-8").splitlines() if "{" in line
                 for one in line.partition("{")[0].split(",")]  # fmt: skip
    assert selectors
    assert path.stem == "lists" or [one for one in selectors if not re.match(r"[A-Z]\w*(Screen|Page)\b", one)] == []
