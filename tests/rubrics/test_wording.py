"""What can be told of a mark scheme's words without reading them: their own, short, each level unlike the next."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from markdesk.core.annotation import StampSet, legend
from markdesk.core.rubric import Rubric, Status
from markdesk.core.rubric_check import check_rubric
from markdesk.desk.rubrics import warning
from markdesk.formats.stamps_toml import read_stamps
from tests.kit import RUBRICS, shipped_rubric

FILES = sorted(path.stem for path in RUBRICS.glob("*.toml"))
LONGEST_TEXT, LONGEST_SUMMARY = 200, 109
SAME = 0.8
"""Two sentences that share more of their words than this say the same."""
FEWEST_STAMPS = 5


def raw(rubric_id: str) -> dict[str, Any]:
    return tomllib.loads((RUBRICS / f"{rubric_id}.toml").read_text(encoding="utf-8"))


@cache
def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\w']+", text.lower()))


def likeness(one: str, other: str) -> float:
    """The share of words that two sentences have in common, of the longer one's words."""
    a, b = words(one), words(other)
    longer, shorter = max(a.total(), b.total()), min(a.total(), b.total())
    if shorter <= SAME * longer:
        return shorter / longer if longer else 0.0  # so much shorter that it can't be the same
    return (a & b).total() / longer


def said() -> Iterator[tuple[Rubric, int, str, str]]:
    """Every sentence that ships: its scheme, its level, the name of its strand, its words."""
    for rubric_id in FILES:
        rubric = shipped_rubric(rubric_id)
        for scale in rubric.scales:
            for level in scale.levels:
                for name, text in (("summary", level.summary), *level.strand.items()):
                    for sentence in sentences(text):
                        yield rubric, level.n, name, sentence


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def texts(rubric: Rubric) -> dict[str, list[str]]:
    """By strand of a scale, and for its summaries, the text of each level."""
    found: dict[str, list[str]] = {}
    for scale in rubric.scales:
        found[f"{scale.id}: summary"] = [level.summary for level in scale.levels]
        for strand in rubric.strands_of(scale):
            found[f"{scale.id}: {strand.id}"] = [level.strand[strand.id] for level in scale.levels]
    return found


def test_likeness_can_tell() -> None:
    one = "Evaluates both passages well, one of them more fully."
    assert likeness(one, "Evaluates both passages fully, one of them more well.") > SAME
    assert likeness(one, "Evaluates for the most part and describes elsewhere.") < SAME


@pytest.mark.parametrize("rubric_id", FILES)
def test_a_file_has_no_problem(rubric_id: str) -> None:
    _, problems = check_rubric(raw(rubric_id))
    assert [f"{problem.key}: {problem.message}" for problem in problems] == []


@pytest.mark.parametrize("rubric_id", FILES)
def test_no_two_levels_of_a_strand_say_the_same(rubric_id: str) -> None:
    alike = [
        (strand, one, other)
        for strand, levels in texts(shipped_rubric(rubric_id)).items()
        for first, second in combinations(levels, 2)
        for one in sentences(first)
        for other in sentences(second)
        if likeness(one, other) > SAME
    ]
    assert alike == []


def test_no_board_s_sentence_is_another_board_s() -> None:
    """Their levels differ, so words that serve two boards were copied from one to the other and not read again."""
    shipped = {(rubric.board, sentence): (rubric.id, level, name) for rubric, level, name, sentence in said()}
    alike = [
        (*shipped[one], *shipped[other], one[1], other[1])
        for one, other in combinations(shipped, 2)
        if one[0] != other[0] and likeness(one[1], other[1]) > SAME
    ]
    assert alike == []


def test_a_sentence_that_stands_in_two_schemes_means_the_same_level() -> None:
    """One board's grids share threads, so its schemes may share words: at one level, and for one thing."""
    places: dict[str, set[tuple[str, int, str]]] = {}
    for rubric, level, name, sentence in said():
        places.setdefault(sentence, set()).add((rubric.board, level, name))
    assert {sentence: where for sentence, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("rubric_id", FILES)
def test_texts_are_short_sentences(rubric_id: str) -> None:
    for name, levels in texts(shipped_rubric(rubric_id)).items():
        longest = LONGEST_SUMMARY if name.endswith(": summary") else LONGEST_TEXT
        for text in levels:
            assert len(text) <= longest, (name, len(text), text)
            assert text[0].isupper(), (name, text)
            assert text.endswith("."), (name, text)
            assert not name.endswith(": summary") or len(sentences(text)) == 1, (name, text)


@pytest.mark.parametrize("rubric_id", FILES)
def test_whose_words_they_are(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    assert rubric.provenance.wording == "paraphrase"
    assert len(rubric.provenance.basis) > 100, "it says, part by part, where numbers and words come from"
    unchecked = rubric.provenance.checked_by, rubric.provenance.checked_on, rubric.provenance.checked_against
    assert unchecked == ("", "", ""), "nobody has compared it with the board's document"
    assert rubric.status in (Status.READY, Status.DRAFT)
    assert bool(warning(rubric)) is (rubric.status is Status.DRAFT)


@pytest.mark.parametrize("rubric_id", FILES)
def test_ids_are_unique_and_strands_belong_to_an_objective(rubric_id: str) -> None:
    data = raw(rubric_id)
    assert data["id"] == rubric_id
    objectives = [ao["code"] for ao in data.get("ao", [])]
    for ids in (objectives, *([item["id"] for item in data.get(t, [])] for t in ("strand", "scale", "cap", "flag"))):
        assert len(ids) == len(set(ids))
    assert {strand["ao"] for strand in data["strand"] if "ao" in strand} == set(objectives)
    assert {ao for scale in data["scale"] for ao in scale["aos"]} == set(objectives)


@pytest.mark.parametrize("rubric_id", FILES)
def test_each_board_says_how_to_decide_and_what_nothing_is_called(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    assert rubric.decision.guidance
    assert rubric.not_attempted_code == "NR"
    same_board = [shipped_rubric(other) for other in FILES if shipped_rubric(other).board == rubric.board]
    assert {other.zero_label for other in same_board} == {rubric.zero_label}


@pytest.fixture(scope="module")
def neutral() -> StampSet:
    return read_stamps(RUBRICS / "stamps" / "neutral.toml")


@pytest.mark.parametrize("rubric_id", FILES)
def test_there_are_stamps_for_it(rubric_id: str, neutral: StampSet) -> None:
    codes = [stamp.code for stamp in legend(neutral, shipped_rubric(rubric_id))]
    assert len(codes) >= FEWEST_STAMPS, codes
