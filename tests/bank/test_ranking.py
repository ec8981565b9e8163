"""Which comment is offered first: by the place, by use, and by what was typed."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.bank import BankComment, BankField, Origin, Use
from markdesk.core.bank_rank import HALF_LIFE, BankIndex, Fit, Scope, fit_of, words_of
from markdesk.core.bank_typed import fold_uses

NOW = "2026-11-23T09:30:00.000+00:00"
AO1 = frozenset((strand, "AO1") for strand in ("focus", "knowledge", "judgement"))
SCOPE = Scope(
    stamp="K", focus=frozenset({"knowledge"}), strands=AO1, rubric="essay", assignment="a1",
    questions=frozenset({"how far"}), levels=5,
)  # fmt: skip


def ago(days: float) -> str:
    return (datetime.fromisoformat(NOW) - timedelta(days=days)).isoformat(timespec="milliseconds")


def used(days: float, stamp: str = "", strand: str = "", assignment: str = "") -> Use:
    return Use("x", ago(days), stamp=stamp, strand=strand, assignment=assignment)


# -- the place


@pytest.mark.parametrize(
    ("names", "fit"),
    [
        ({}, Fit.ANY),
        ({"stamps": ("K", "E")}, Fit.HERE),
        ({"stamps": ("E",)}, Fit.ELSEWHERE),
        ({"strands": ("knowledge",)}, Fit.HERE),
        ({"strands": ("judgement",)}, Fit.ELSEWHERE),
        ({"strands": ("provenance",)}, Fit.ELSEWHERE),
        ({"strands": ("judgement",), "stamps": ("K",)}, Fit.HERE),  # the stamp goes before what it is usually for
        ({"strands": ("provenance",), "stamps": ("K",)}, Fit.ELSEWHERE),
        ({"strands": ("knowledge",), "aos": ("AO2",)}, Fit.ELSEWHERE),
        ({"strands": ("knowledge",), "aos": ("AO2", "AO1")}, Fit.HERE),
        ({"aos": ("AO1",)}, Fit.ANY),
        ({"aos": ("AO3",)}, Fit.ELSEWHERE),
        ({"rubrics": ("essay",)}, Fit.ANY),
        ({"rubrics": ("other",)}, Fit.ELSEWHERE),
        ({"question": "How  FAR"}, Fit.HERE),
        ({"question": "How long"}, Fit.ELSEWHERE),
        ({"level": 5}, Fit.ANY),
        ({"level": 6}, Fit.ELSEWHERE),
    ],
)
def test_how_a_comment_fits_the_place(names: dict[str, Any], fit: Fit) -> None:
    assert fit_of(replace(BankComment("c", "words"), **names), SCOPE)[0] == fit


def test_without_a_stamp_any_strand_of_the_scheme_will_do() -> None:
    bare = replace(SCOPE, stamp="", focus=frozenset())
    assert fit_of(BankComment("c", "x", strands=("judgement",)), bare)[0] == Fit.ANY
    assert fit_of(BankComment("c", "x", stamps=("E",)), bare)[0] == Fit.ANY
    assert fit_of(BankComment("c", "x", strands=("provenance",)), bare)[0] == Fit.ELSEWHERE


def test_a_strand_that_has_no_objective_is_judged_by_its_name() -> None:
    scope = Scope(strands=frozenset({("comparison", "")}))
    assert fit_of(BankComment("c", "x", strands=("comparison",), aos=("AO3",)), scope)[0] == Fit.ANY


def order(
    comments: list[BankComment], uses: dict[str, list[Use]] | None = None, scope: Scope = SCOPE, now: str = NOW
) -> list[str]:
    found = BankIndex(comments, uses or {}, now).at(scope).find("", 100)
    assert not found.more
    return [comment.id for comment in found.comments]


def test_the_place_then_use_then_what_is_named_then_the_bank_s_order() -> None:
    comments = [
        BankComment("elsewhere, used", "a", stamps=("E",)),
        BankComment("any", "b"),
        BankComment("any too", "c"),
        BankComment("any, used", "d"),
        BankComment("named once", "e", strands=("knowledge",)),
        BankComment("named twice", "f", stamps=("K",), strands=("knowledge",)),
        BankComment("named, used", "g", strands=("knowledge",)),
        BankComment("another field", "h", field=BankField.EBI),
    ]
    uses = {"elsewhere, used": [used(1)], "any, used": [used(1)], "named, used": [used(9)]}
    assert order(comments, uses) == [
        "named, used", "named twice", "named once", "any, used", "any", "any too", "elsewhere, used",
    ]  # fmt: skip


def test_a_comment_that_was_used_here_belongs_here() -> None:
    comments = [
        BankComment("named", "a", stamps=("K",)),
        BankComment("any", "b"),
        BankComment("other", "c", stamps=("E",)),
    ]
    assert order(comments, {"other": [used(3, stamp="K")]}) == ["other", "named", "any"]
    assert order(comments, {"other": [used(3, stamp="E")]}) == ["named", "any", "other"]
    bare = replace(SCOPE, stamp="")
    assert order(comments, {"any": [used(3, assignment="a1")]}, bare)[0] == "any"


def test_three_uses_a_fortnight_ago_weigh_more_than_one_now_and_two_do_not() -> None:
    comments = [BankComment("old", "a"), BankComment("new", "b")]
    assert order(comments, {"old": [used(HALF_LIFE)] * 3, "new": [used(0)]}) == ["old", "new"]
    assert order(comments, {"old": [used(HALF_LIFE + 0.1)] * 2, "new": [used(0)]}) == ["new", "old"]


@pytest.mark.parametrize(
    ("near", "others"), [({"stamp": "K"}, 4), ({"strand": "knowledge"}, 3), ({"assignment": "a1"}, 3)]
)
def test_a_use_near_by_counts_for_several_elsewhere(near: dict[str, str], others: int) -> None:
    # Both name the stamp, so that only the weight tells them apart.
    comments = [BankComment("far", "a", stamps=("K",)), BankComment("near", "b", stamps=("K",))]
    assert order(comments, {"near": [used(1, **near)], "far": [used(1)] * (others - 1)})[0] == "near"
    assert order(comments, {"near": [used(1, **near)], "far": [used(1)] * (others + 1)})[0] == "far"


def test_a_clock_that_was_years_ahead_counts_as_now() -> None:
    comments = [BankComment("ahead", "a"), BankComment("now", "b")]
    assert order(comments, {"ahead": [used(-30_000)], "now": [used(0), used(0)]}) == ["now", "ahead"]
    assert order(comments, {"ahead": [used(30_000)], "now": []}) == ["ahead", "now"]


@st.composite
def banks(draw: st.DrawFn) -> tuple[list[BankComment], list[Use]]:
    """Some comments of a few words, and uses of them and of other words."""
    words = st.lists(
        st.sampled_from(["say", "when", "date", "provenance", "Évian", "don’t", "ev"]), min_size=1, max_size=5
    )
    texts = draw(st.lists(words.map(" ".join), min_size=1, max_size=12, unique=True))
    some = st.lists(st.sampled_from(["K", "E"]), max_size=2, unique=True).map(tuple)
    comments = [
        BankComment(
            f"c{number}",
            text,
            code=draw(st.sampled_from(["", f"k{number}", f"e{number}"])),
            stamps=draw(some),
            strands=draw(st.sampled_from([(), ("knowledge",), ("focus",)])),
            origin=Origin.OWN,
        )
        for number, text in enumerate(texts)
    ]
    uses = draw(
        st.lists(
            st.builds(
                Use,
                st.sampled_from([*texts, "new words", "other words"]),
                st.integers(-5, 900).map(ago),
                stamp=st.sampled_from(["", "K", "E"]),
                strand=st.sampled_from(["", "knowledge"]),
                assignment=st.sampled_from(["a1", "a2"]),
                script=st.uuids().map(str),
            ),
            max_size=15,
        )
    )
    return comments, uses


QUERIES = st.lists(st.sampled_from(["say", "w", "pr", "prvn", "ate", "ÉV", "e1", "dont", "dt", "zz", "k"]), max_size=3)


@given(banks(), st.randoms())
def test_the_order_is_total_and_does_not_hang_on_the_order_of_uses(
    bank: tuple[list[BankComment], list[Use]], dice: random.Random
) -> None:
    comments, uses = bank
    folded = fold_uses(comments, uses)
    first = order(list(folded.comments), {i: list(same) for i, same in folded.uses.items()})
    assert len(set(first)) == len(first) == len(folded.comments)
    dice.shuffle(uses)
    again = fold_uses(comments, uses)
    assert again == folded
    assert order(list(again.comments), {i: list(same) for i, same in again.uses.items()}) == first


@given(banks(), st.integers(0, 2_000))
def test_time_that_passes_for_all_changes_no_order(bank: tuple[list[BankComment], list[Use]], days: int) -> None:
    comments, uses = bank
    past = [use for use in uses if use.at <= NOW]
    folded = fold_uses(comments, past)
    kept = {i: list(same) for i, same in folded.uses.items()}
    assert order(list(folded.comments), kept, now=ago(-days)) == order(list(folded.comments), kept)


# -- what is typed


def kind(words: list[str], comment: BankComment) -> int | None:
    """How the worst found word is found, the plain way."""
    own = [*words_of(comment.code), *words_of(comment.text)]
    worst = 0
    for word in words:
        if any(o.startswith(word) for o in own):
            found = 0
        elif any(word in o for o in own):
            found = 1
        elif any(o[0] == word[0] and _in_order(word, o) for o in own):
            found = 2
        else:
            return None
        worst = max(worst, found)
    return worst


def _in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


@given(banks(), QUERIES, st.integers(1, 14))
def test_what_is_found_is_what_a_plain_look_at_each_comment_finds(
    bank: tuple[list[BankComment], list[Use]], query: list[str], most: int
) -> None:
    folded = fold_uses(*bank)
    search = BankIndex(folded.comments, folded.uses, NOW).at(SCOPE)
    everything = search.find("", 1_000).comments
    words = words_of(" ".join(query))
    kinds = [(kind(words, comment), place) for place, comment in enumerate(everything)]
    expected = [everything[place] for how, place in sorted((k, p) for k, p in kinds if k is not None)]
    exact = [c for c in folded.comments if c.code and c.code.casefold() == "".join(query).casefold()]
    expected = [*exact[:1], *(c for c in expected if c not in exact[:1])]
    found = search.find(" ".join(query), most)
    assert list(found.comments) == expected[:most]
    assert found.more == (len(expected) > most)


@given(banks(), st.lists(QUERIES.map(" ".join), min_size=1, max_size=4), st.integers(1, 5), st.data())
def test_narrowing_finds_what_a_fresh_search_finds(
    bank: tuple[list[BankComment], list[Use]], queries: list[str], most: int, data: st.DataObject
) -> None:
    """Each query is typed letter by letter after the one before was taken back to anywhere."""
    folded = fold_uses(*bank)
    index = BankIndex(folded.comments, folded.uses, NOW)
    search = index.at(SCOPE)
    typed = ""
    for query in queries:
        typed = typed[: data.draw(st.integers(0, len(typed)))]
        for letter in query:
            typed += letter
            assert search.find(typed, most) == index.at(SCOPE).find(typed, most), typed


@given(banks(), st.text(max_size=12))
def test_anything_may_be_typed(bank: tuple[list[BankComment], list[Use]], query: str) -> None:
    folded = fold_uses(*bank)
    search = BankIndex(folded.comments, folded.uses, NOW).at(SCOPE)
    for length in range(len(query) + 1):
        search.find(query[:length])


def test_a_pasted_page_is_looked_for_by_its_beginning() -> None:
    comment = BankComment("c", "word " * 30 + "end")
    assert found("word " * 10_000, comment) == ["c"]
    assert found("x" * 50_000, comment) == []


def found(query: str, *comments: BankComment, scope: Scope = SCOPE) -> list[str]:
    return [comment.id for comment in BankIndex(comments, {}, NOW).at(scope).find(query).comments]


def test_the_exact_short_code_is_first_even_of_another_field_and_place() -> None:
    comments = (
        BankComment("word", "evidence here", stamps=("K",)),
        BankComment("longer code", "x", code="evx"),
        BankComment("code", "y", code="ev", field=BankField.WWW, rubrics=("other",)),
    )
    assert found("EV", *comments) == ["code", "word", "longer code"]
    assert found("e", *comments) == ["word", "longer code"]


def test_a_beginning_goes_before_a_middle_and_a_middle_before_letters() -> None:
    comments = (
        BankComment("letters", "a cleaver nun", stamps=("K",)),
        BankComment("middle", "eleven", stamps=("K",)),
        BankComment("beginning", "even so", rubrics=("other",)),
    )
    assert found("even so", *comments) == ["beginning"]
    assert found("eve", *comments) == ["beginning", "middle"]
    assert found("cvr", *comments) == ["letters"]
    assert found("vr", *comments) == []


def test_accents_case_and_apostrophes_do_not_matter() -> None:
    comment = BankComment("c", "Évian wasn’t Łódź’s")
    for query in ("evian", "ÉVIAN", "Evian wasn't", "wasnt", "lodz"):
        assert found(query, comment) == ["c"], query


def test_a_use_that_is_noted_counts_at_once_and_a_new_comment_is_found() -> None:
    index = BankIndex([BankComment("a", "first words"), BankComment("b", "other words")], {}, NOW)
    index.note("b", used(-0.1, stamp="K"))
    index.note("nobody", used(0))
    assert [c.id for c in index.at(SCOPE).find("").comments] == ["b", "a"]
    index.add(BankComment("c", "third words", code="t"))
    assert [c.id for c in index.at(SCOPE).find("third").comments] == ["c"]
    assert index.at(SCOPE).find("T").comments[0].id == "c"
