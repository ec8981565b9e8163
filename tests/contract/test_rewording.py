"""A comment of the bank changed, on each kind of store: how far it reaches, the way back, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from markdesk.core.bank import LONGEST, BankComment, BankField, Origin, Use
from markdesk.core.changes import AssignmentChanged, BankChanged
from markdesk.core.errors import MarkdeskError, StaleChange, StoreUnavailable
from markdesk.core.essay import Span
from markdesk.core.feedback import Field
from markdesk.desk.bank import CommentBank, bank_of, used_at
from markdesk.desk.desk import Desk
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.rewording import BankActs, Reach
from tests.kit import SmallDesk

SHIPPED = (
    BankComment("markdesk.when", "Say when, {name}.", "when", origin=Origin.SHIPPED),
    BankComment("markdesk.so", "And so?", "so", origin=Origin.SHIPPED),
)
OLD, NEW = "Tells the story", "Say what it explains"


def read(desk: Desk) -> CommentBank:
    return bank_of(desk, SHIPPED)


def acts(small: SmallDesk, desk: Desk | None = None) -> BankActs:
    return BankActs(desk or small.desk, read)


def saying(small: SmallDesk, text: str) -> BankComment:
    """The comment of the bank that says so."""
    (found,) = [comment for comment in read(small.desk).comments if comment.text == text]
    return found


def write(opened: MarkingDesk, *texts: str) -> None:
    for at, text in enumerate(texts):
        opened.annotate(Span(10 * at, 10 * at + 5), "", text)


def said(small: SmallDesk, place: int) -> list[str]:
    """The comments of an essay in their order."""
    marking = small.store.marking(small.scripts[place].id, small.desk.marker.id)
    assert marking is not None
    return [note.comment for note in sorted(marking.annotations.values(), key=lambda note: note.id)]


def give_back(opened: MarkingDesk) -> None:
    opened.give_mark("main", 16)
    opened.finish()
    assert opened.return_to_student().is_saved


def everything(small: SmallDesk) -> tuple[Any, ...]:
    markings = [
        small.store.marking(entry.script.id, entry.header.marker_id)
        for entry in small.store.entries(None)
        if entry.header is not None
    ]
    return small.store.bank_comments(), markings, small.store.verify()


def whole(small: SmallDesk) -> None:
    assert small.store.verify().problems == ()


@pytest.fixture
def told(small_desk: SmallDesk) -> SmallDesk:
    """The story is told in both essays, twice in the second; the first is returned."""
    first, second = small_desk.open(0), small_desk.open(1)
    write(first, OLD)
    write(second, f"{OLD}.", OLD)
    give_back(first)
    return small_desk


# -- how far it reaches


def test_only_this_use(told: SmallDesk) -> None:
    comment = saying(told, OLD)
    this = read(told.desk).uses(comment.id)[-1]
    assert this.key
    done = acts(told).reword(comment, f" {NEW}\n", Reach.THIS, this)
    assert done.is_saved
    assert said(told, 0) == [OLD]
    assert sorted(said(told, 1)) == sorted([f"{OLD}.", NEW])
    assert told.store.bank_comments() == ()
    assert {comment.text for comment in read(told.desk).comments} >= {f"{OLD}.", NEW}
    whole(told)


def test_all_that_are_not_returned_and_the_bank(told: SmallDesk) -> None:
    done = acts(told).reword(saying(told, OLD), NEW, Reach.UNRETURNED)
    assert done.label == "2 changed; 1 returned, unchanged"
    assert said(told, 0) == [OLD]
    assert said(told, 1) == [NEW, NEW]
    (own,) = told.store.bank_comments()
    assert (own.id, own.text, own.origin) == (done.comment_id, NEW, Origin.OWN)
    bank = read(told.desk)
    assert OLD not in {comment.text for comment in bank.comments}, "the old words aren't offered again"
    assert sorted(use.text for use in bank.uses(own.id)) == [NEW, NEW, OLD]
    assert bank.earlier(own.id) == (OLD,)
    whole(told)


def test_the_same_words_in_the_feedback_change_with_them(told: SmallDesk) -> None:
    """A comment on a passage that a digit made the WWW."""
    opened = told.open(1)
    opened.write_feedback(Field.WWW, 1, f"{OLD}.")
    opened.write_feedback(Field.EBI, 1, "Tells the story well")
    comment = next(c for c in read(told.desk).comments if c.text == OLD and c.field is BankField.ANNOTATION)
    made = acts(told)
    assert made.reword(comment, NEW, Reach.UNRETURNED).label == "3 changed; 1 returned, unchanged"

    def lines() -> list[str]:
        marking = told.open(1).marking
        return [line.text for field in (Field.WWW, Field.EBI) for line in marking.lines(field)]

    assert said(told, 1) == [NEW, NEW]
    assert lines() == [NEW, "Tells the story well"]
    made.undo()
    assert lines() == [f"{OLD}.", "Tells the story well"]
    assert sorted(said(told, 1)) == sorted([f"{OLD}.", OLD])
    whole(told)


def test_a_line_that_has_a_comment_of_its_own_goes_by_that(told: SmallDesk) -> None:
    told.desk.commit("bank", "own", (BankChanged(None, BankComment("own-www", OLD, field=BankField.WWW)),))
    told.open(1).write_feedback(Field.WWW, 1, OLD)
    comment = next(c for c in read(told.desk).comments if c.text == OLD and c.field is BankField.ANNOTATION)
    acts(told).reword(comment, NEW, Reach.UNRETURNED)
    line = told.open(1).marking.line(Field.WWW)
    assert line is not None
    assert line.text == OLD


def test_from_now_on(told: SmallDesk) -> None:
    done = acts(told).reword(saying(told, OLD), NEW, Reach.FROM_NOW_ON)
    assert done.label == "changed from now on; where it was used it stays as it is (3)"
    assert said(told, 1) == [f"{OLD}.", OLD]
    bank = read(told.desk)
    assert [comment.text for comment in bank.comments if comment.origin is not Origin.SHIPPED] == [NEW]
    assert len(bank.uses(done.comment_id)) == 3, "what stands on the scripts counts for the words that took their place"
    bank.note(Use(OLD, told.clock.now(), script="s", key="k"))
    assert len(bank.uses(done.comment_id)) == 4
    # And once more, for those that still have the words before last.
    acts(told).reword(bank.get(done.comment_id), f"{NEW}!", Reach.UNRETURNED)
    assert said(told, 1) == [f"{NEW}!", f"{NEW}!"]
    assert said(told, 0) == [OLD]
    assert read(told.desk).earlier(done.comment_id) == (NEW, OLD)
    whole(told)


def test_a_shipped_comment_becomes_hers_under_its_id_and_keeps_its_uses_and_their_blanks(
    small_desk: SmallDesk,
) -> None:
    write(small_desk.open(1), "Say when, Łucja.", "Say when, Amara", "say WHEN")
    done = acts(small_desk).reword(SHIPPED[0], "{name}, in which year?", Reach.UNRETURNED)
    assert done.comment_id == "markdesk.when"
    assert said(small_desk, 1) == ["Łucja, in which year?", "Amara, in which year?", "say WHEN"]
    assert "Say when, {name}." not in {comment.text for comment in read(small_desk.desk).comments}
    again = acts(small_desk).reword(small_desk.store.bank_comments()[0], "{name}: see {quote}", Reach.UNRETURNED)
    assert again.label == "0 changed; 2 left: its blanks can't be filled from what stands there"
    assert small_desk.store.bank_comments()[0].text == "{name}: see {quote}"
    whole(small_desk)


def test_lines_of_feedback_are_reached_too(small_desk: SmallDesk) -> None:
    for place in (0, 1):
        small_desk.open(place).write_feedback(Field.WWW, 1, "Exact dates")
    done = acts(small_desk).reword(saying(small_desk, "Exact dates"), "Exact dates, well used", Reach.UNRETURNED)
    assert done.is_saved
    for place in (0, 1):
        line = small_desk.open(place).marking.line(Field.WWW)
        assert line is not None
        assert line.text == "Exact dates, well used"
    assert small_desk.open(1).undo().label == "Undo: WWW, as changed in the bank"
    places = used_at(small_desk.desk, read(small_desk.desk).uses(done.comment_id))
    assert [place.passage for place in places] == ["WWW", "WWW"]
    whole(small_desk)


def test_another_marker_s_comments_are_hers(told: SmallDesk) -> None:
    other = told.other_marker()
    write(MarkingDesk(other, other.store.entries(other.marker.id, script_id=told.scripts[1].id)[0]), OLD)
    acts(told).reword(saying(told, OLD), NEW, Reach.UNRETURNED)
    marking = told.store.marking(told.scripts[1].id, other.marker.id)
    assert marking is not None
    assert [note.comment for note in marking.annotations.values()] == [OLD]


# -- the way back


def test_each_essay_takes_its_part_back(told: SmallDesk) -> None:
    acts(told).reword(saying(told, OLD), NEW, Reach.UNRETURNED)
    opened = told.open(1)
    assert opened.undo().label == "Undo: 2 comments, as changed in the bank"
    assert said(told, 1) == [f"{OLD}.", OLD]
    assert opened.redo().is_saved
    assert said(told, 1) == [NEW, NEW]
    whole(told)


@pytest.mark.parametrize("reach", [Reach.UNRETURNED, Reach.FROM_NOW_ON])
def test_undo_takes_all_of_it_back_and_redo_forward(told: SmallDesk, reach: Reach) -> None:
    before, offered = said(told, 1), read(told.desk).comments
    made = acts(told)
    made.reword(saying(told, OLD), NEW, reach)
    after, bank = said(told, 1), told.store.bank_comments()
    assert made.undo().label.startswith("Undo: ")
    assert (said(told, 1), told.store.bank_comments(), read(told.desk).comments) == (before, (), offered)
    assert made.redo().comment_id == bank[0].id
    assert (said(told, 1), told.store.bank_comments()) == (after, bank)
    assert read(told.desk).earlier(bank[0].id) == (OLD,)
    made.undo()
    assert made.undo().label == "Nothing to undo here"
    whole(told)


def test_undo_is_refused_where_an_essay_was_marked_further(told: SmallDesk) -> None:
    made = acts(told)
    made.reword(saying(told, OLD), NEW, Reach.UNRETURNED)
    write(told.open(1), "More")
    before = everything(told)
    with pytest.raises(StaleChange, match="Łucja Świderska's essay has been marked further"):
        made.undo()
    assert everything(told) == before


def test_while_names_are_hidden_a_refusal_tells_none(told: SmallDesk) -> None:
    hidden = AssignmentChanged(told.assignment, replace(told.assignment, is_anonymous=True))
    told.desk.commit("names", "names hidden", (hidden,))
    made = acts(told)
    made.reword(saying(told, OLD), NEW, Reach.UNRETURNED)
    write(told.open(1), "More")
    with pytest.raises(StaleChange, match=f"Essay {told.scripts[1].short_id} has been marked further"):
        made.undo()


def test_undo_is_refused_where_the_comment_was_edited_further(told: SmallDesk) -> None:
    made = acts(told)
    made.reword(saying(told, OLD), NEW, Reach.FROM_NOW_ON)
    acts(told).reword(told.store.bank_comments()[0], "Else", Reach.FROM_NOW_ON)
    before = everything(told)
    with pytest.raises(StaleChange, match="The bank has changed since"):
        made.undo()
    assert everything(told) == before


# -- all of it or nothing


def test_an_essay_that_is_open_elsewhere_is_named_and_nothing_is_changed(told: SmallDesk) -> None:
    write(told.open(2), OLD)
    comment, before = saying(told, OLD), everything(told)
    held = told.store.hold(told.scripts[2].id, told.desk.marker.id)
    assert not isinstance(held, str)
    made = acts(told)
    with pytest.raises(StoreUnavailable, match="Finn O’Connell's essay is open for marking in another window"):
        made.reword(comment, NEW, Reach.UNRETURNED)
    assert everything(told) == before
    held.release()
    assert made.reword(comment, NEW, Reach.UNRETURNED).is_saved
    held = told.store.hold(told.scripts[2].id, told.desk.marker.id)
    assert not isinstance(held, str)
    changed = everything(told)
    with pytest.raises(StoreUnavailable, match="Finn"):
        made.undo()
    assert everything(told) == changed
    held.release()
    assert made.undo().is_saved, "it is still there to be taken back"


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_fails_midway_leaves_nothing(told: SmallDesk, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    write(told.open(2), OLD)
    comment, before = saying(told, OLD), everything(told)
    commit, count = told.store.commit, 0

    def fails(*args: Any, **kwargs: Any) -> None:
        nonlocal count
        count += 1
        if count > at:
            raise StoreUnavailable("The disk is full.")
        commit(*args, **kwargs)

    monkeypatch.setattr(told.store, "commit", fails)
    with pytest.raises(StoreUnavailable, match="full"):
        acts(told).reword(comment, NEW, Reach.UNRETURNED)
    monkeypatch.undo()
    assert everything(told) == before


def test_what_was_returned_or_written_meanwhile_is_gone_by_as_it_is(told: SmallDesk) -> None:
    comment = saying(told, OLD)
    write(told.open(2), OLD)
    give_back(told.open(1))
    assert acts(told).reword(comment, NEW, Reach.UNRETURNED).label == "1 changed; 3 returned, unchanged"
    assert said(told, 1) == [f"{OLD}.", OLD]
    assert said(told, 2) == [NEW]


def test_a_comment_or_a_use_that_has_changed_since_is_refused(told: SmallDesk) -> None:
    comment = saying(told, OLD)
    this = read(told.desk).uses(comment.id)[-1]
    note = told.open(1)
    note.comment(this.key, "Another")
    with pytest.raises(StaleChange, match="That use has changed"):
        acts(told).reword(comment, NEW, Reach.THIS, this)
    acts(told).reword(comment, NEW, Reach.FROM_NOW_ON)
    with pytest.raises(StaleChange, match="That comment has changed"):
        acts(told).reword(comment, "Else", Reach.FROM_NOW_ON)


# -- words that can't be


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "An empty comment says nothing"),
        (" \n ", "An empty comment says nothing"),
        ("x" * 50_000, r"50,000 characters; a comment of the bank has 2,000"),
        ("x" * (LONGEST + 1), "2,001 characters"),
        ("Say \x1b[31mred", r"can't be seen \(U\+001B\)"),
        ("and SO?", r"'And so\?' \(;so\) says that already"),
    ],
)
def test_what_a_comment_may_not_say(small_desk: SmallDesk, text: str, told: str) -> None:
    write(small_desk.open(1), OLD)
    comment, before = saying(small_desk, OLD), everything(small_desk)
    with pytest.raises(MarkdeskError, match=told):
        acts(small_desk).reword(comment, text, Reach.UNRETURNED)
    assert everything(small_desk) == before


def test_one_use_may_say_what_another_comment_says(told: SmallDesk) -> None:
    comment = saying(told, OLD)
    acts(told).reword(comment, "And so?", Reach.THIS, read(told.desk).uses(comment.id)[-1])
    assert len(read(told.desk).uses("markdesk.so")) == 1


def test_on_a_draft_it_stays_a_question(small_desk: SmallDesk) -> None:
    own = BankComment("q", "Why then?", field=BankField.DRAFT)
    small_desk.desk.commit("bank", "a question", (BankChanged(None, own),))
    with pytest.raises(MarkdeskError, match="only questions"):
        acts(small_desk).reword(own, "Because.", Reach.FROM_NOW_ON)


# -- the short code, and taking one out


def test_a_code_is_given_changed_and_taken_away(told: SmallDesk) -> None:
    made = acts(told)
    done = made.give_code(saying(told, OLD), ";story")
    assert done.label == ";story writes it from now on"
    found = read(told.desk).by_code("STORY")
    assert found is not None
    assert (found.id, found.text, len(read(told.desk).uses(found.id))) == (done.comment_id, OLD, 3)
    assert not made.give_code(found, "story").is_saved
    made.give_code(found, "")
    assert read(told.desk).by_code("story") is None
    made.undo()
    made.undo()
    assert told.store.bank_comments() == ()
    whole(told)


@pytest.mark.parametrize(
    ("code", "told"),
    [("SO", r";SO is the short code of 'And so\?'"), ("a b", "can't be a short code"), ("x" * 13, "up to 12 letters")],
)
def test_codes_that_can_not_be(small_desk: SmallDesk, code: str, told: str) -> None:
    with pytest.raises(MarkdeskError, match=told):
        acts(small_desk).give_code(SHIPPED[0], code)
    assert small_desk.store.bank_comments() == ()


def test_taking_one_out_leaves_what_stands_on_scripts(told: SmallDesk) -> None:
    made = acts(told)
    made.reword(saying(told, OLD), NEW, Reach.UNRETURNED)
    own = told.store.bank_comments()[0]
    assert made.remove(own).label == "taken out of the bank; it still stands where it was used (3)"
    assert said(told, 1) == [NEW, NEW]
    assert {c.text for c in read(told.desk).comments if c.origin is Origin.TYPED} == {OLD, NEW}
    made.undo()
    assert told.store.bank_comments() == (own,)
    whole(told)


@pytest.mark.parametrize("which", [lambda small: saying(small, OLD), lambda small: SHIPPED[1]])
def test_only_one_of_her_own_can_be_taken_out(told: SmallDesk, which: Callable[[SmallDesk], BankComment]) -> None:
    with pytest.raises(MarkdeskError, match=r"stands on scripts|ships with markdesk"):
        acts(told).remove(which(told))
    assert acts(told).undo().label == "Nothing to undo here"


def test_a_changed_one_that_ships_is_as_it_shipped_once_it_is_taken_out(small_desk: SmallDesk) -> None:
    acts(small_desk).reword(SHIPPED[1], "What follows?", Reach.FROM_NOW_ON)
    acts(small_desk).remove(small_desk.store.bank_comments()[0])
    assert SHIPPED[1] in read(small_desk.desk).comments


def test_words_from_a_file_take_the_place_of_those_before_too(told: SmallDesk) -> None:
    """An import that replaces a comment is an edit like another."""
    acts(told).give_code(saying(told, OLD), "story")
    own = told.store.bank_comments()[0]
    told.desk.commit("bank", "a file", (BankChanged(own, replace(own, text=NEW)),))
    bank = read(told.desk)
    assert OLD not in {comment.text for comment in bank.comments}
    assert len(bank.uses(own.id)) == 3
