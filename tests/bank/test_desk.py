"""The bank of a desk: where it is opened, what was just written, how far an edit goes, and taking in a file."""

from dataclasses import replace

import pytest

from markdesk.core.annotation import StampSet
from markdesk.core.bank import BankComment, BankField, Origin, Use
from markdesk.core.changes import BankChanged
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.errors import MarkdeskError, NotFound
from markdesk.core.ids import AssignmentId
from markdesk.core.rubric import Rubric
from markdesk.desk.bank import (
    CommentBank,
    import_changes,
    scope_at,
    with_strand,
)
from markdesk.desk.rewording import Reach, kept_as_own, reword
from markdesk.formats.bank_toml import shipped_bank
from markdesk.formats.stamps_toml import read_stamps
from tests.kit import RUBRICS, shipped_rubric

NOW = "2026-11-23T09:30:00.000+00:00"
SHIPPED = shipped_bank(RUBRICS / "bank")


@pytest.fixture(scope="module")
def stamps() -> StampSet:
    return read_stamps(RUBRICS / "stamps" / "neutral.toml")


def assignment(rubric: Rubric, kind: Kind = Kind.CLASS_ESSAY) -> Assignment:
    return Assignment(AssignmentId("a1"), "Henry VII", "How far? [25 marks]", rubric.hash, "2026-11-16", kind=kind)


def use(text: str, key: str = "n1", at: str = NOW, is_returned: bool = False, stamp: str = "") -> Use:
    return Use(text, at, stamp=stamp, assignment="a1", script="s1", key=key, is_returned=is_returned)


# -- the place


@pytest.mark.parametrize(
    ("rubric_id", "code", "focus"),
    [
        ("aqa-7042-b-essay-25", "K", {"knowledge"}),
        ("aqa-7042-b-essay-25", "DEV", {"analysis"}),
        ("aqa-7042-c2a-sources-30", "PROV", {"provenance"}),
        ("aqa-7042-nea-40", "PROV", {"ao2"}),
        ("aqa-7042-b-essay-25", "SEEN", set()),
    ],
)
def test_a_stamp_says_which_strands_are_meant(rubric_id: str, code: str, focus: set[str], stamps: StampSet) -> None:
    rubric = shipped_rubric(rubric_id)
    scope = scope_at(rubric, assignment(rubric), BankField.ANNOTATION, stamps.for_code(code))
    assert scope.stamp == code
    assert set(scope.focus) == focus


def test_without_a_stamp_the_strand_or_scale_that_is_judged_is_meant() -> None:
    rubric = shipped_rubric("aqa-7042-nea-40")
    at = assignment(rubric)
    assert scope_at(rubric, at, BankField.WWW, judged="judgement").focus == {"judgement"}
    assert scope_at(rubric, at, BankField.WWW, judged="ao2").focus == {"ao2"}
    assert scope_at(rubric, at, BankField.WWW, judged="ao1").focus >= {"ao1", "knowledge", "judgement"}
    assert scope_at(rubric, at, BankField.WWW, judged="nothing").focus == set()
    assert scope_at(rubric, at, BankField.WWW).levels == 5


def test_the_question_goes_by_its_words_and_the_assignment_s_name() -> None:
    rubric = shipped_rubric()
    scope = scope_at(rubric, assignment(rubric), BankField.ANNOTATION)
    own = [
        BankComment(str(n), f"comment {n}", question=q) for n, q in enumerate(["how far", "HENRY VII", "a1", "Why?"])
    ]
    found = CommentBank(own, (), (), NOW).at(scope).find("").comments
    assert [comment.id for comment in found] == ["0", "1", "2", "3"]
    other = replace(assignment(rubric), name="Khrushchev", question="Why?", id=AssignmentId("a2"))
    found = CommentBank(own, (), (), NOW).at(scope_at(rubric, other, BankField.ANNOTATION)).find("").comments
    assert found[0].id == "3"


def test_on_a_draft_of_coursework_nothing_but_questions_is_offered() -> None:
    rubric = shipped_rubric("aqa-7042-nea-40")
    at = assignment(rubric, Kind.NEA_DRAFT)
    for field in (BankField.ANNOTATION, BankField.TARGET):
        found = CommentBank((), SHIPPED, (), NOW).at(scope_at(rubric, at, field)).find("", 1_000).comments
        assert len(found) >= 8
        assert all(comment.text.endswith("?") and comment.field is BankField.DRAFT for comment in found)
        search = CommentBank((), SHIPPED, (), NOW).at(scope_at(rubric, at, field))
        assert search.find("ev").comments == ()
        assert [comment.code for comment in search.find("qfor").comments] == ["qfor"]
    bank = CommentBank((), SHIPPED, (), NOW)
    assert bank.by_code("ev", BankField.DRAFT) is None
    assert bank.by_code("qfor", BankField.DRAFT) is not None


def test_a_scaled_scheme_is_the_scheme_of_its_name() -> None:
    rubric = replace(shipped_rubric("generic-essay-4strand"), id="generic-essay-4strand:25")
    assert scope_at(rubric, assignment(rubric), BankField.ANNOTATION).rubric == "generic-essay-4strand"


def test_a_use_takes_its_strand_from_a_stamp_that_serves_only_one(stamps: StampSet) -> None:
    rubric = shipped_rubric()
    assert with_strand(use("x"), stamps.for_code("K"), rubric).strand == "knowledge"
    assert with_strand(use("x"), stamps.for_code("PROV"), rubric).strand == ""
    assert with_strand(use("x"), None, rubric).strand == ""
    assert with_strand(replace(use("x"), strand="focus"), stamps.for_code("K"), rubric).strand == "focus"


# -- the bank


def test_what_is_typed_comes_first_the_next_time(stamps: StampSet) -> None:
    rubric = shipped_rubric()
    scope = scope_at(rubric, assignment(rubric), BankField.ANNOTATION, stamps.for_code("K"))
    bank = CommentBank((), SHIPPED, (), NOW)
    first = bank.at(scope).find("").comments[0]
    assert "K" in first.stamps
    bank.note(use("Name the treaty.", stamp="K"))
    assert bank.at(scope).find("").comments[0].text == "Name the treaty."
    assert bank.at(scope).find("treaty").comments[0].origin is Origin.TYPED
    again = CommentBank((), SHIPPED, [use("Name the treaty.", stamp="K")], NOW)
    assert again.at(scope).find("", 1_000) == bank.at(scope).find("", 1_000)


def test_uses_are_counted_and_lead_back() -> None:
    old = use("And so? Say what followed from it", "n1", "2026-10-01T10:00:00.000+00:00")
    bank = CommentBank((), SHIPPED, [old], NOW)
    so = bank.by_code("SO")
    assert so is not None
    new = use("and so? say what followed from it.", "n2")
    bank.note(new)
    assert list(bank.uses(so.id)) == [old, new]
    assert bank.get(so.id) is so
    assert bank.by_code("nothing") is None
    assert bank.by_code("so", BankField.WWW) is so
    with pytest.raises(NotFound, match="no-such"):
        bank.get("no-such")


# -- editing


USES = (use("Say when.", "a"), use("say WHEN", "b", is_returned=True), use("Say when.", "c"))
SAY = BankComment("s", "Say when.")


def test_an_edit_reaches_what_it_says_and_never_what_was_returned() -> None:
    this = reword(SAY, "Say in which year.", USES, Reach.THIS, USES[0])
    assert this.changed == ((USES[0], "Say in which year."),)
    every = reword(SAY, "Say in which year.", USES, Reach.UNRETURNED)
    assert every.changed == ((USES[0], "Say in which year."), (USES[2], "Say in which year."))
    assert every.returned == (USES[1],)
    assert reword(SAY, "Say in which year.", USES, Reach.FROM_NOW_ON).changed == ()
    assert reword(SAY, "Say in which year.", USES, Reach.THIS, USES[1]).changed == ()
    assert reword(SAY, "Say when.", USES, Reach.UNRETURNED).changed == ()


def test_blanks_keep_what_they_were_filled_with() -> None:
    before = BankComment("s", "{name}, look at paragraph {paragraph}.")
    uses = (use("Amara, look at paragraph 3.", "a"), use("Look at paragraph 3.", "b"))
    told = reword(before, "Paragraph {paragraph}, {name}: look again.", uses, Reach.UNRETURNED)
    assert told.changed == ((uses[0], "Paragraph 3, Amara: look again."),)
    assert told.unclear == (uses[1],)
    assert reword(before, "{name}, look at ‘{quote}’.", uses[:1], Reach.UNRETURNED).unclear == uses[:1]


def test_a_shipped_comment_that_is_changed_keeps_its_id_and_a_typed_one_gets_one() -> None:
    assert kept_as_own(replace(SAY, origin=Origin.SHIPPED), "new") == SAY
    assert kept_as_own(replace(SAY, origin=Origin.TYPED), "new") == replace(SAY, id="new")


# -- taking in a file


def test_a_file_adds_and_replaces_and_the_same_again_changes_nothing() -> None:
    own = (BankComment("a", "One thing."), BankComment("b", "Another."))
    incoming = (replace(own[0], text="One thing more."), own[1], BankComment("c", "New.", origin=Origin.SHIPPED))
    changes = import_changes(own, incoming)
    assert changes == (BankChanged(own[0], incoming[0]), BankChanged(None, BankComment("c", "New.")))
    after = (incoming[0], own[1], BankComment("c", "New."))
    assert import_changes(after, incoming) == ()


def test_what_clashes_with_her_own_is_refused_by_name() -> None:
    own = (BankComment("a", "One thing.", "ev"),)
    with pytest.raises(MarkdeskError, match=r"short code 'EV' belongs to 'One thing\.'"):
        import_changes(own, [BankComment("b", "Two.", "EV")])
    with pytest.raises(MarkdeskError, match="'one THING' is in your bank already, under the id a"):
        import_changes(own, [BankComment("b", "one THING")])
    # Codes that change hands within the file are no clash.
    swapped = [BankComment("a", "One thing.", "so"), BankComment("b", "Two.", "ev")]
    assert len(import_changes(own, swapped)) == 2
