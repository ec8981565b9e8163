"""Taking in one script with the answers to several questions of an exam: each becomes the script of its question."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from markdesk.core.errors import EssayUnreadable
from markdesk.core.paper import PaperSet
from markdesk.core.plain import show_line
from markdesk.core.splitting import SplitAnswer, is_headed, split_answers
from markdesk.desk.course import Order
from markdesk.desk.desk import Desk
from markdesk.desk.drafts import EssayDraft
from markdesk.desk.handed_in import Handed, Plan
from markdesk.desk.intake import plan_import
from markdesk.desk.originals import Original, Originals
from markdesk.desk.ports import Keep
from markdesk.desk.rubrics import RubricShelf


def plan_answers(desk: Desk, shelf: RubricShelf, exam: PaperSet, order: Order, handed: Handed) -> Plan:
    """What taking the script in would do: all of its answers in one step, or none.

    The plan's ``assignment`` is the first answer's. Raises EssayUnreadable where the answers can't be told apart, or
    belong to nobody who is known.
    """
    draft, answers = _answers(desk, exam, handed)
    plans: dict[str, Plan] = {}
    for answer in answers:
        if not answer.paragraphs:
            continue
        coming = [taken.student for plan in plans.values() for taken in plan.taken if taken.is_new_student]
        told = replace(order, assignment=exam.assignment_of(answer.number))
        plan = plan_import(desk, shelf, told, [_part(handed, draft, answer)], coming=coming[:1])
        for turned in (*plan.refused, *plan.unmatched):
            raise EssayUnreadable(turned.reason, "Nothing of this script was taken in.")
        plans[answer.number] = plan
    if not plans:
        raise EssayUnreadable(f"{show_line(handed.file_name)}: nothing stands under any of its numbers.")
    notes = (*_notes(exam, answers, plans), *_left_behind(desk, exam, plans))
    return _together(tuple(plans.values()), notes, handed.original)


def _answers(desk: Desk, exam: PaperSet, handed: Handed) -> tuple[EssayDraft, tuple[SplitAnswer, ...]]:
    by_id = {assignment.id: assignment for assignment in desk.store.assignments()}
    texts: dict[str, str] = {}
    parts: dict[str, frozenset[str]] = {}
    for question in exam.paper.questions:
        assignment = by_id[exam.assignment_of(question.number)]
        texts[question.number] = "" if assignment.question == assignment.name else assignment.question
        marked_together = desk.store.rubric(assignment.rubric_hash).parts
        parts[question.number] = frozenset(part.strip("()").lower() for part, _ in marked_together)
    draft = _restored(handed, lambda block: is_headed(exam.paper, parts, block))
    answers = split_answers(handed.file_name, exam.paper, parts, texts, draft.paragraphs, draft.question or "")
    return draft, answers


def _restored(handed: Handed, is_heading: Callable[[str], bool]) -> EssayDraft:
    """The draft with everything that stands between the first heading and the end of the last answer.

    A reader of one essay takes what stands above its prose for a label, which here may be an answer; only what it left
    out above the first heading and below the last answer is no answer's. Raises EssayUnreadable for a format whose
    reader doesn't say where a heading stood that it left out.
    """
    draft = handed.draft
    if not draft.blocks:
        if any(map(is_heading, (*draft.removed, draft.question or ""))):
            told = f"{show_line(handed.file_name)}: a question number was taken for the edge of the page."
            raise EssayUnreadable(told, "Save the script as .docx or .txt, and import that.")
        return draft
    headings = [at for at, (text, _) in enumerate(draft.blocks) if is_heading(text)]
    first = headings[0] if headings else len(draft.blocks)
    last = max((at for at, (text, is_in) in enumerate(draft.blocks) if is_in or at in headings), default=0)
    inside = {at for at, (_, is_in) in enumerate(draft.blocks) if is_in or first <= at <= last}
    back = Counter(text for at, (text, is_in) in enumerate(draft.blocks) if at in inside and not is_in)
    removed: list[str] = []
    for text in draft.removed:
        if back[text]:
            back[text] -= 1
        else:
            removed.append(text)
    paragraphs = tuple(text for at, (text, _) in enumerate(draft.blocks) if at in inside)
    return replace(draft, paragraphs=paragraphs, removed=tuple(removed))


def _part(handed: Handed, draft: EssayDraft, answer: SplitAnswer) -> Handed:
    removed = (*draft.removed, *answer.left_out)
    mine = EssayDraft(answer.printed or None, answer.paragraphs, removed, draft.notes)
    return replace(handed, draft=mine, is_part=True)


def _notes(exam: PaperSet, answers: Sequence[SplitAnswer], scripts: Mapping[str, Plan]) -> tuple[str, ...]:
    """What of the paper the script doesn't hold, so that it is not overlooked."""
    empty = [answer.number for answer in answers if answer.number not in scripts]
    notes = [f"Nothing stands under {number}; it was not taken in." for number in empty]
    for section in exam.paper.sections:
        numbers = [question.number for question in section.questions]
        there = [number for number in numbers if number in scripts]
        chosen = [choice for choice in section.choices if any(question.number in scripts for question in choice)]
        if len(chosen) > section.needed:
            told = f"{len(chosen)} of {', '.join(numbers)} are answered, and {section.needed} asked for"
            notes.append(f"{told}: mark them all; the best count.")
        elif len(chosen) < section.needed:
            notes.append(f"Section {section.id}: {', '.join(there) or 'nothing'} answered, {section.needed} asked for.")
    return tuple(notes)


def _left_behind(desk: Desk, exam: PaperSet, scripts: Mapping[str, Plan]) -> tuple[str, ...]:
    """Answers that came in earlier and are not in this script: they stay."""
    plan = next(iter(scripts.values()))
    student = (*plan.taken, *plan.unchanged)[0].student
    stays: list[str] = []
    for number, assignment_id in exam.assignments:
        if number not in scripts and desk.store.entries(None, assignment_id, student.id):
            stays.append(f"The answer to {number} that was handed in before isn't in this script; it stays.")
    return tuple(stays)


def _together(plans: Sequence[Plan], notes: tuple[str, ...], original: Original) -> Plan:
    """Several plans of one file as one; what they have in common is written once."""
    first = plans[0]
    essays = {essay.hash: essay for plan in plans for essay in plan.keep.essays}
    return replace(
        first,
        taken=tuple(taken for plan in plans for taken in plan.taken),
        unchanged=tuple(taken for plan in plans for taken in plan.unchanged),
        notes=notes,
        changes=tuple(dict.fromkeys(change for plan in plans for change in plan.changes)),
        keep=Keep(tuple(essays.values()), (), Originals((original,)) if essays else {}),
        moves=tuple(move for plan in plans for move in plan.moves),
    )
