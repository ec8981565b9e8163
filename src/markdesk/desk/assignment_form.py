"""A new assignment as a form: proposals from the question, and what a teacher typed or chose over them.

As the form for a scheme (decision 11): what is kept is what was typed, by field, and all else follows from it. A mark
scheme is the one thing that is never proposed into its field: those that fit are listed, and the teacher chooses.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from markdesk.core.coursework import Assignment, Kind
from markdesk.core.days import read_day, tell_day
from markdesk.core.errors import MarkdeskError, MarkOutOfRange
from markdesk.core.essay import normalise
from markdesk.core.plain import fold, show_line
from markdesk.core.proposals import Proposal, Task, asked, propose, propose_name
from markdesk.core.rubric import Rubric, Status, split_tariff
from markdesk.core.rubric_scaling import fewest_marks, for_tariff
from markdesk.desk.course import LONGEST_NAME
from markdesk.desk.desk import Desk
from markdesk.desk.near import near_name
from markdesk.desk.rubrics import Listed, RubricShelf, warning
from markdesk.desk.scheme_fields import FormField, read_number
from markdesk.desk.scheme_list import fits, in_order
from markdesk.desk.setting import LONGEST_QUESTION, MOST_MARKS, NewAssignment, set_assignment

SCHEMA = "markdesk.assignment-draft/1"
MOST_PROPOSED = 6
QUESTION, NAME, SCHEME, TARIFF, GROUP, KIND, SET_ON = "question", "name", "scheme", "tariff", "group", "kind", "set_on"


@dataclass(frozen=True, slots=True)
class AtHand:
    """What the desk and the shelf have for a new assignment, read once when the form is opened."""

    schemes: tuple[Listed, ...]
    """Those that can be used, in the order of their list."""
    groups: tuple[str, ...]
    names: tuple[str, ...]
    """Of the assignments that there are."""
    today: str


def read_at_hand(desk: Desk, shelf: RubricShelf) -> AtHand:
    """Reads files and the desk: for the store thread."""
    return AtHand(
        tuple(in_order([listed for listed in shelf.listing() if listed.rubric is not None])),
        tuple(sorted((group.name for group in desk.store.groups()), key=fold)),
        tuple(assignment.name for assignment in desk.store.assignments()),
        desk.clock.today(),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the list under a field."""

    value: str
    """What is put into the field when it is chosen."""
    why: str = ""
    """Why a scheme is proposed, or why not to choose it."""
    listed: Listed | None = None
    marks: str = ""
    """What a scheme would be out of here."""


class AssignmentForm:
    """One form. ``put`` types into a field; ``fields``, ``choices`` and ``problems`` say what follows from it."""

    def __init__(self, at_hand: AtHand, typed: Mapping[str, str] | None = None) -> None:
        self.at_hand = at_hand
        self.typed = dict(typed or {})
        self.sought = ""
        """The words that schemes are looked for by; the field itself holds the id of the one that was chosen."""
        self._rubrics = {one.rubric.id: one for one in at_hand.schemes if one.rubric is not None}
        self._work_out()

    # -- typing

    def value(self, field: FormField) -> str:
        """What stands in a field: of a scheme its title."""
        text = self.typed.get(field.key, field.proposed)
        if field.key == SCHEME and self.rubric is not None:
            return self.rubric.title if self.rubric.takes_any_tariff else f"{self.rubric.title} · out of {self._out_of}"
        return text

    def put(self, key: str, text: str) -> None:
        """Type a text into a field. What is proposed anyway isn't kept."""
        if text == self.field(key).proposed:
            self.typed.pop(key, None)
        else:
            self.typed[key] = text
        self._work_out()

    def choose(self, key: str, value: str) -> None:
        """Take one of the choices of a field."""
        if key == SCHEME:
            self.sought = ""
            if self.typed.get(SCHEME) != value:
                self.typed.pop(TARIFF, None)
        self.put(key, value)

    def field(self, key: str) -> FormField:
        """The field with this key."""
        return next(field for field in self.fields if field.key == key)

    def to_text(self) -> str:
        """The form as it is kept; empty where nothing was typed."""
        return json.dumps({"schema": SCHEMA, "typed": self.typed}, ensure_ascii=False) if self.typed else ""

    # -- what follows

    @property
    def rubric(self) -> Rubric | None:
        """The scheme that was chosen, as it is on the shelf."""
        listed = self._rubrics.get(self.typed.get(SCHEME, ""))
        return listed.rubric if listed else None

    @property
    def _out_of(self) -> int:
        return self.rubric.max_mark if self.rubric is not None else 0

    def _work_out(self) -> None:
        question = self.typed.get(QUESTION, "")
        self.asked = asked(question)
        rubric = self.rubric
        is_nea = self.asked.task is Task.COURSEWORK or (rubric is not None and rubric.nea is not None)
        groups = self.at_hand.groups
        fields = [
            FormField(QUESTION, "Question", "", "paste or type it with its marks, such as [25 marks]", lines=True),
            FormField(NAME, "Name", propose_name(question, self.at_hand.names), "what lists and sheets call it"),
            FormField(SCHEME, "Mark scheme", "", "type to look through all; ↑ ↓ and Enter choose"),
        ]
        if rubric is not None and rubric.takes_any_tariff:
            tariff = str(self.asked.tariff) if self.asked.tariff else ""
            fields.append(FormField(TARIFF, "Out of", tariff, "how many marks: this scheme takes any number"))
        about_group = "a class, or the name of a new one; it may be left empty"
        fields += [
            FormField(GROUP, "Class", groups[0] if len(groups) == 1 else "", about_group),
            FormField(
                KIND,
                "Kind",
                str(Kind.NEA if is_nea else Kind.CLASS_ESSAY),
                "what students are told depends on it",
                choices=tuple(map(str, Kind)),
            ),
            FormField(SET_ON, "Set on", tell_day(self.at_hand.today), "a day, such as 25 Nov 2026 or 25/11"),
        ]
        self.fields = tuple(fields)
        self.proposals = self._proposed(self._text(QUESTION))
        self._check()

    def _proposed(self, question: str) -> tuple[Proposal, ...]:
        """The schemes that fit the question; none as long as there is no question."""
        rubrics = (one.rubric for one in self.at_hand.schemes if one.rubric is not None)
        return propose(question, rubrics, MOST_PROPOSED) if question else ()

    def _text(self, key: str) -> str:
        """What holds in a field, on one line where it has one."""
        field = self.field(key)
        text = normalise(self.typed.get(key, field.proposed)).strip()
        return text if field.lines else " ".join(text.split())

    # -- choosing

    def choices(self, key: str) -> tuple[Choice, ...]:
        """The list under a field; empty for one that has none."""
        if key == SCHEME:
            return self._schemes()
        typed = fold(self._text(key))
        if key == GROUP:
            found = [name for name in self.at_hand.groups if typed in fold(name)]
            shown = self.at_hand.groups if typed in map(fold, found) or not found else found
            return () if [fold(name) for name in shown] == [typed] else tuple(map(Choice, shown))
        return ()

    def place(self, key: str) -> int:
        """Which of the choices Enter would take; -1 for none of them."""
        choices = self.choices(key)
        held = self.typed.get(SCHEME, "") if key == SCHEME else self._text(key)
        at = next((at for at, choice in enumerate(choices) if fold(choice.value) == fold(held)), -1)
        return 0 if at < 0 and key == SCHEME and choices else at

    def _schemes(self) -> tuple[Choice, ...]:
        """Those that fit what was typed; else the one that was chosen and those proposed; else all."""
        proposed = {split_tariff(one.id)[0]: one for one in self.proposals}
        sought, chosen = self.sought.strip(" /"), self.typed.get(SCHEME, "")
        if sought or not proposed:
            shown = [one for one in self.at_hand.schemes if fits(one, sought)]
        else:
            ids = ([] if chosen in proposed or chosen not in self._rubrics else [chosen]) + list(proposed)
            shown = [self._rubrics[one] for one in ids]
        return tuple(self._choice(one, proposed) for one in shown)

    def _choice(self, listed: Listed, proposed: Mapping[str, Proposal]) -> Choice:
        rubric = listed.rubric
        assert rubric is not None, "only those that can be used are at hand"
        proposal = proposed.get(rubric.id)
        apart = {Status.DRAFT: "a draft", Status.RETIRED: "retired"}.get(rubric.status, "")
        marks = str(rubric.max_mark)
        if rubric.takes_any_tariff:
            marks = "any"
            with suppress(MarkOutOfRange):
                scaled = for_tariff(rubric, self.asked.tariff)
                listed, marks = replace(listed, rubric=scaled), str(scaled.max_mark)
        return Choice(rubric.id, proposal.reason if proposal else apart, listed, marks)

    # -- what it makes

    @property
    def kind(self) -> Kind | None:
        """The kind that was chosen; None where the kept form has another word."""
        return next((kind for kind in Kind if kind == self._text(KIND)), None)

    @property
    def set_on(self) -> str | None:
        return read_day(self._text(SET_ON), self.at_hand.today)

    def _scaled(self) -> Rubric | None:
        """The scheme out of the marks that were asked for. Raises MarkOutOfRange where it can't be."""
        rubric = self.rubric
        if rubric is None or not rubric.takes_any_tariff:
            return rubric
        tariff = read_number(self._text(TARIFF))
        if tariff is None or tariff > MOST_MARKS:
            raise MarkOutOfRange(f"type a whole number of marks, from {fewest_marks(rubric)} to {MOST_MARKS}")
        return for_tariff(rubric, tariff)

    def notes(self, key: str) -> str:
        """What is worth knowing of a field as it stands, and is no fault."""
        if key == SCHEME and self.rubric is not None:
            other = self.asked.tariff and not self.rubric.takes_any_tariff and self.asked.tariff != self._out_of
            told = f"The question says {self.asked.tariff} marks, this scheme {self._out_of}. " if other else ""
            return f"{told}{warning(self.rubric)}".strip()
        if key == NAME and NAME in self.typed:
            near = near_name(self._text(NAME), self.at_hand.names)
            return f"There is '{show_line(near)}' too: this is another." if near else ""
        group = self._text(GROUP) if key == GROUP else ""
        if not group or fold(group) in map(fold, self.at_hand.groups):
            return ""
        near = near_name(group, self.at_hand.groups)
        return "A new class." + (f" There is '{show_line(near)}' already." if near else "")

    def _check(self) -> None:
        """What is wrong, by field and in their order."""
        question, name, group = self._text(QUESTION), self._text(NAME), self._text(GROUP)
        wrong: dict[str, str] = {}
        if not question:
            wrong[QUESTION] = "paste or type the question"
        elif len(question) > LONGEST_QUESTION:
            wrong[QUESTION] = f"this has {len(question)} characters; the most is {LONGEST_QUESTION}"
        taken = next((one for one in self.at_hand.names if fold(one) == fold(name)), None)
        if not name:
            wrong[NAME] = "give it a name"
        elif len(name) > LONGEST_NAME:
            wrong[NAME] = f"this has {len(name)} characters; the most is {LONGEST_NAME}"
        elif taken is not None:
            wrong[NAME] = f"there is an assignment called '{show_line(taken)}' already"
        self.made: Rubric | None = None
        if self.rubric is None:
            gone = SCHEME in self.typed
            wrong[SCHEME] = "this one is there no more: choose another" if gone else "choose one: ↑ ↓ and Enter"
        else:
            try:
                self.made = self._scaled()
            except MarkOutOfRange as error:
                wrong[TARIFF] = error.message
        if len(group) > LONGEST_NAME:
            wrong[GROUP] = f"this has {len(group)} characters; the most is {LONGEST_NAME}"
        if self.kind is None:
            wrong[KIND] = f"choose one of: {', '.join(Kind)}"
        if self.set_on is None:
            wrong[SET_ON] = "type a day, such as 25 Nov 2026 or 25/11/2026"
        self.problems = wrong

    def wanted(self) -> NewAssignment:
        """What the form makes. Only where nothing is wrong with it."""
        kind, set_on = self.kind, self.set_on
        assert self.made is not None
        assert kind is not None
        assert set_on is not None
        return NewAssignment(self._text(NAME), self._text(QUESTION), self.made, set_on, self._text(GROUP), kind)

    def set(self, desk: Desk) -> Assignment:
        """Set the assignment. Raises MarkdeskError, for instance where another window was quicker with the name."""
        return set_assignment(desk, self.wanted())


def typed_in(text: str) -> dict[str, str]:
    """What was typed, from the text that ``to_text`` made. Raises MarkdeskError where it is something else."""
    if not text:
        return {}
    try:
        kept = json.loads(text)
        if kept["schema"] == SCHEMA:
            return {str(key): str(value) for key, value in kept["typed"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # somebody changed it: told below
    raise MarkdeskError("What you were writing can't be read any more: its file was changed.", "The form begins anew.")
