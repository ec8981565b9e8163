"""A fresh desk for each test, copied from one that is laid out once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from tests.kit import CountingIds
from tests.tui.desks import lay_out
from tests.tui.seat import World


@pytest.fixture(scope="session", autouse=True)
def style_sheets_are_parsed_once() -> Iterator[None]:
    """An app keeps what it parsed of its style sheets; here one app after another has the same ones."""
    kept: dict[tuple[object, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parsed(
        self: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (css, read_from, is_default_rules, tie_breaker, scope, frozenset(self._variables.items()))
        if key not in kept:
            kept[key] = parse(self, css, read_from, is_default_rules, tie_breaker, scope)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The desk of four shapes; nobody writes to this one."""
    return lay_out(tmp_path_factory.mktemp("laid-out") / "marks.db")


@pytest.fixture(scope="session")
def marked_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where desks are kept on which a fixture pressed its keys once; see ``desks.once``."""
    return tmp_path_factory.mktemp("marked-on")


@pytest.fixture
def world(laid_out: World, tmp_path: Path) -> World:
    """The desk of four shapes, for one test."""
    path = tmp_path / "marks.db"
    shutil.copy(laid_out.path, path)
    return World(path, ids=CountingIds("test"))
