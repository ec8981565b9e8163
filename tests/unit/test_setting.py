"""Setting an assignment: one step on either store, refused whole, and the form that leads to it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.bootstrap import at_desk, rubric_shelf
from markdesk.config.paths import default_desk
from markdesk.core.coursework import Kind
from markdesk.core.errors import MarkdeskError
from markdesk.desk.assignment_form import AssignmentForm, AtHand, read_at_hand, typed_in
from markdesk.desk.setting import NewAssignment, as_option, import_command, set_assignment
from markdesk.desk.store import Store
from markdesk.store.memory.store import MemoryStore
from tests.kit import SmallDesk, fill, shipped_rubric

WANTED = NewAssignment(" Henry \n VIII ", "How far? [20]\r\n", shipped_rubric("edexcel-9hi0-essay-20"), "2026-11-25")
Reopen = Callable[[Store], Store]


@pytest.mark.parametrize(
    ("group", "name", "new_groups"), [("", None, 0), ("13h", "13H", 0), ("group-13h", "13H", 0), (" 12 B ", "12 B", 1)]
)
def test_it_is_one_step_with_its_class(
    small_desk: SmallDesk, reopen: Reopen, group: str, name: str | None, new_groups: int
) -> None:
    before = len(small_desk.store.groups())
    made = set_assignment(small_desk.desk, replace(WANTED, group=group, kind=Kind.MOCK))
    store = reopen(small_desk.store)
    kept = next(one for one in store.assignments() if one.id == made.id)
    assert (kept.name, kept.question, kept.set_on, kept.kind) == ("Henry VIII", "How far? [20]", "2026-11-25", "mock")
    assert store.rubric(kept.rubric_hash) == WANTED.rubric
    named = {one.id: one.name for one in store.groups()}
    assert (named[kept.group_id] if kept.group_id else None) == name
    assert len(named) == before + new_groups
    assert store.verify().problems == ()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " \n"}, "needs a name"),
        ({"name": "x" * 201}, "201 characters"),
        ({"name": "HENRY vii"}, "called 'Henry VII' already"),
        ({"question": "  "}, "needs its question"),
        ({"question": "x" * 6001}, "6001 characters"),
        ({"group": "g" * 300}, "The name of the class has 300 characters"),
        ({"rubric": replace(WANTED.rubric, max_mark=1000)}, "999 marks at most"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    small_desk: SmallDesk, wrong: dict[str, object], told: str
) -> None:
    before = small_desk.store.assignments(), small_desk.store.groups()
    with pytest.raises(MarkdeskError, match=told):
        set_assignment(small_desk.desk, replace(WANTED, **wrong))  # type: ignore[arg-type]
    assert (small_desk.store.assignments(), small_desk.store.groups()) == before


@pytest.mark.parametrize("name", ['say "no"', "$HOME", "a`b", "a\\b", "-", "@file", "no!", "a\u202eb", "tab\there"])
def test_a_name_that_a_shell_would_read_is_called_by_its_id(memory_desk: SmallDesk, name: str) -> None:
    made = replace(memory_desk.assignment, name=name)
    assert as_option(made) == made.id
    assert import_command(made, " --db x") == f"markdesk import FOLDER --assignment {made.id} --db x"


def test_another_name_stands_in_quotation_marks(memory_desk: SmallDesk) -> None:
    assert as_option(replace(memory_desk.assignment, name="Wolsey's fall")) == '"Wolsey\'s fall"'


def test_a_command_names_the_desk_only_where_it_would_not_find_it(nobodys_folders: Path) -> None:
    assert at_desk(default_desk()) == ""
    assert at_desk(nobodys_folders / "my desk.db") == f" --db '{nobodys_folders / 'my desk.db'}'"


def at_hand(groups: tuple[str, ...] = ("12A", "13H")) -> AtHand:
    found = read_at_hand(fill(MemoryStore()).desk, rubric_shelf())
    return replace(found, groups=groups)


AT_HAND = at_hand()
KEYS = ("question", "name", "scheme", "tariff", "group", "kind", "set_on")
LIKELY = st.sampled_from(
    [
        "",
        "How far? [25 marks]",
        "Henry VII",
        "generic-essay-4strand",
        "aqa-7042-b-essay-25",
        "25",
        "0",
        "mock",
        "n",
        "1/9",
    ]
)


@given(st.dictionaries(st.sampled_from(KEYS), LIKELY | st.text(max_size=12)))
def test_whatever_is_typed_is_told_or_can_be_set(typed: dict[str, str]) -> None:
    form = AssignmentForm(AT_HAND, typed)
    for field in form.fields:
        form.choices(field.key)
        assert -1 <= form.place(field.key) < max(1, len(form.choices(field.key)))
        form.value(field)
        form.notes(field.key)
    if form.problems:
        assert set(form.problems) <= set(KEYS)
    else:
        desk = fill(MemoryStore()).desk
        made = form.set(desk)
        assert desk.store.rubric(made.rubric_hash).max_mark >= 5
        assert desk.store.verify().problems == ()
    assert typed_in(form.to_text()) == form.typed


def test_what_was_chosen_stands_first_where_it_is_not_proposed() -> None:
    form = AssignmentForm(AT_HAND)
    form.put("question", "How far? [25 marks]")
    form.choose("scheme", "edexcel-9hi0-essay-20")
    first, *others = (choice.value for choice in form.choices("scheme"))
    assert first == "edexcel-9hi0-essay-20"
    assert others[0] == "aqa-7042-b-essay-25"
    assert form.place("scheme") == 0


def test_another_scheme_forgets_the_tariff_that_was_typed() -> None:
    form = AssignmentForm(AT_HAND, {"question": "How far? [25]", "scheme": "generic-essay-4strand", "tariff": "40"})
    assert form.made is not None
    assert form.made.max_mark == 40
    form.choose("scheme", "school-template")
    assert form.made.id == "school-template:25"


@pytest.mark.parametrize(
    "text",
    ["[1, 2", "[]", "{}", '{"schema": "x", "typed": {}}', '{"schema": "markdesk.assignment-draft/1", "typed": 1}'],
)
def test_a_file_that_is_no_form_is_told(text: str) -> None:
    with pytest.raises(MarkdeskError, match="can't be read any more"):
        typed_in(text)
