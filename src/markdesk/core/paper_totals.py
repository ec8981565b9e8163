"""What a student's answers to a paper come to: by question, by section, and as a whole.

All answers are marked. Where more were given than the paper asks for, the best of the number allowed count. A total
is provisional, and has no value, while an answer isn't finished or one is missing that the paper asks for; no response
(NR) is an answer that earns nothing, and never the same as one that nobody has marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from markdesk.core.award import NO_RESPONSE, Total
from markdesk.core.paper import Choice, Paper, Section


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer was given so far."""

    total: Total
    is_finished: bool = True
    """False while its marking is in progress: its mark may still move."""

    @property
    def is_settled(self) -> bool:
        return self.is_finished and self.total.value is not None

    @property
    def settled(self) -> Total:
        """Its total, which has no value until it is settled."""
        return self.total if self.is_settled else Total(None, self.total.so_far, self.total.max)


Answers = Mapping[str, Answer]
"""A student's answers by question number; a question that she didn't answer isn't in it."""


@dataclass(frozen=True, slots=True)
class SectionTotal:
    """What one section came to, and why."""

    section: Section
    total: Total
    counted: tuple[str, ...]
    """The questions whose marks count, in the order of the paper."""
    beyond: tuple[str, ...]
    """Answers beyond the number allowed: marked like the others, and not counted."""
    unsettled: tuple[str, ...]
    """Answers that aren't finished."""
    missing: tuple[str, ...]
    """What the paper asks for and isn't there: a number, or ``1 of 02, 03``."""


@dataclass(frozen=True, slots=True)
class PaperTotal:
    """What the whole paper came to."""

    sections: tuple[SectionTotal, ...]
    total: Total

    @property
    def unsettled(self) -> tuple[str, ...]:
        return tuple(number for section in self.sections for number in section.unsettled)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(number for section in self.sections for number in section.missing)

    @property
    def beyond(self) -> tuple[str, ...]:
        return tuple(number for section in self.sections for number in section.beyond)


def added(totals: Iterable[Total]) -> Total:
    """Several totals as one: without a value while one has none, NR where all are no response."""
    parts = tuple(totals)
    so_far, most = sum(part.so_far for part in parts), sum(part.max for part in parts)
    if not all(part.value is not None for part in parts):
        return Total(None, so_far, most)
    if parts and all(part.value == NO_RESPONSE for part in parts):
        return Total(NO_RESPONSE, 0, most)
    return Total(so_far, so_far, most)


def paper_total(paper: Paper, answers: Answers) -> PaperTotal:
    """The sections' totals and their sum."""
    sections = tuple(section_total(section, answers) for section in paper.sections)
    return PaperTotal(sections, added(section.total for section in sections))


def section_total(section: Section, answers: Answers) -> SectionTotal:
    """The best of the answers, as many as the section asks for."""
    given = [choice for choice in section.choices if any(question.number in answers for question in choice)]
    best = sorted(given, key=lambda choice: _rank(choice, answers), reverse=True)[: section.needed]
    counted = [choice for choice in given if choice in best]
    numbers = _answered(counted, answers)
    unsettled = tuple(n for n in _answered(given, answers) if not answers[n].is_settled)
    missing = tuple(q.number for choice in counted for q in choice if q.number not in answers)
    missing += _not_given(section, given)
    marks = [answers[number].total for number in numbers]
    so_far = sum(mark.so_far for mark in marks)
    value: int | Literal["NR"] | None = so_far
    if unsettled or missing:
        value = None
    elif all(mark.value == NO_RESPONSE for mark in marks):
        value = NO_RESPONSE
    beyond = tuple(number for number in _answered(given, answers) if number not in numbers)
    total = Total(value, so_far, section.max)
    return SectionTotal(section, total, numbers, beyond, unsettled, missing)


def _rank(choice: Choice, answers: Answers) -> tuple[int, bool]:
    """A choice with more marks is better; of two with none, an attempt counts before no response."""
    given = [answers[question.number].total for question in choice if question.number in answers]
    return sum(total.so_far for total in given), any(total.value != NO_RESPONSE for total in given)


def _answered(choices: Iterable[Choice], answers: Answers) -> tuple[str, ...]:
    return tuple(question.number for choice in choices for question in choice if question.number in answers)


def _not_given(section: Section, given: list[Choice]) -> tuple[str, ...]:
    """What is still to be answered; where there is a choice, how many of which."""
    short = section.needed - len(given)
    if short <= 0:
        return ()
    open_choices = [choice for choice in section.choices if choice not in given]
    if short == len(open_choices):
        return tuple(question.number for choice in open_choices for question in choice)
    names = ", ".join("+".join(question.number for question in choice) for choice in open_choices)
    return (f"{short} of {names}",)
