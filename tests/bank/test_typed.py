"""The bank that writes itself: what was typed on scripts, folded."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.bank import LONGEST, BankComment, BankField, Origin, Use, text_key
from markdesk.core.bank_typed import fold_uses

AT = "2026-11-{:02d}T10:00:00.000+00:00"


def use(text: str, day: int = 1, **more: str) -> Use:
    return replace(Use(text, AT.format(day), key=str(day)), **more)  # type: ignore[arg-type]


def test_equal_words_are_one_comment_in_its_latest_spelling() -> None:
    uses = [use("say when.", 2), use("Say  When", 3), use("SAY WHEN.", 1), use("Say why.", 1)]
    folded = fold_uses((), uses)
    when, why = folded.comments
    assert (when.text, why.text) == ("Say  When", "Say why.")
    assert {comment.origin for comment in folded.comments} == {Origin.TYPED}
    assert [u.at for u in folded.uses[when.id]] == [AT.format(day) for day in (1, 2, 3)]
    assert fold_uses((), reversed(uses)) == folded


def test_words_that_the_bank_has_are_uses_of_that_comment() -> None:
    bank = (BankComment("b", "Say when."), BankComment("w", "Say when.", field=BankField.WWW))
    folded = fold_uses(bank, [use("say when"), use("Say when", field=BankField.EBI)])
    assert folded.comments[:2] == bank
    assert [comment.field for comment in folded.comments[2:]] == [BankField.EBI]
    assert len(folded.uses["b"]) == 1
    assert "w" not in folded.uses


def test_a_comment_with_blanks_knows_its_uses_and_the_one_with_most_words_wins() -> None:
    bank = (
        BankComment("a", "{name}, look at {paragraph}."),
        BankComment("b", "{name}, look at {paragraph} once more."),
    )
    folded = fold_uses(bank, [use("Amara, look at 3."), use("Finn, look at 4 once more."), use("Look at 3.")])
    assert {i: len(same) for i, same in folded.uses.items() if i in "ab"} == {"a": 1, "b": 1}
    assert [comment.text for comment in folded.comments[2:]] == ["Look at 3."]
    assert folded.find(BankField.ANNOTATION, "Łucja, look at 7") == "a"
    assert folded.find(BankField.WWW, "Łucja, look at 7") == ""


def test_a_typed_comment_suits_what_every_use_of_it_named() -> None:
    folded = fold_uses((), [use("a b", stamp="K", strand="x"), use("A b.", 2, stamp="E", strand="x"), use("c d"),
                            use("c d", 2, stamp="K")])  # fmt: skip
    assert [(c.stamps, c.strands) for c in folded.comments] == [(("E", "K"), ("x",)), ((), ())]


@pytest.mark.parametrize("text", ["", "  ", "…", "?!", "word " * 50_000, "x" * (LONGEST + 1)])
def test_what_is_empty_or_very_long_is_not_offered(text: str) -> None:
    folded = fold_uses([BankComment("a", "{name}, say {quote} again")], [use(text)])
    assert len(folded.comments) == 1
    assert folded.uses == {}
    assert folded.learn(use(text)) is None


def test_escape_codes_are_kept_as_they_were_typed() -> None:
    (comment,) = fold_uses((), [use("\x1b[2J[red]=1+1{x}<b>")]).comments
    assert comment.text == "\x1b[2J[red]=1+1{x}<b>"


def test_new_words_are_learnt_under_the_id_that_they_will_have() -> None:
    folded = fold_uses((), [])
    new = folded.learn(use("Say when.", stamp="K"))
    assert new is not None
    assert folded.find(BankField.ANNOTATION, "say WHEN") == new.id
    assert fold_uses((), [use("SAY when")]).comments[0].id == new.id


@given(st.lists(st.text(alphabet="aÄ .", max_size=6), max_size=12))
def test_every_use_that_is_offered_is_counted_once(texts: list[str]) -> None:
    uses = [use(text, day + 1) for day, text in enumerate(texts)]
    folded = fold_uses((), uses)
    offered = [u for u in uses if len(text_key(u.text)) > 1 and any(map(str.isalnum, u.text))]
    assert sorted(u.key for same in folded.uses.values() for u in same) == sorted(u.key for u in offered)
    keys = [text_key(comment.text) for comment in folded.comments]
    assert len(set(keys)) == len(keys)
    assert len({comment.id for comment in folded.comments}) == len(keys)
