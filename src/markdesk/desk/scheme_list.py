"""The order in which mark schemes are listed, and finding one by what is typed."""

from markdesk.core.plain import fold
from markdesk.core.rubric import Rubric, Status
from markdesk.desk.rubrics import Listed

QUESTION_TYPES = ("essay", "extracts", "sources", "twopart", "nea")
"""The order within a board; any other kind comes after these."""
NAMES = {"nea": "NEA", "twopart": "two parts"}


def question_type(rubric: Rubric) -> str:
    """The kind of question in words, such as ``essay`` or ``two parts``."""
    return NAMES.get(rubric.question_type, rubric.question_type)


def in_order(schemes: list[Listed]) -> list[Listed]:
    """The teacher's own first, then by board and kind of question; drafts and retired ones after all others."""
    return sorted(schemes, key=_place)


def _place(listed: Listed) -> tuple[int, str, str, int, str]:
    rubric = listed.rubric
    if rubric is None:
        return (0, "", "", 0, listed.path.stem)  # what has to be mended comes before everything
    apart = {Status.DRAFT: 2, Status.RETIRED: 3}.get(rubric.status, 1)
    kind = rubric.question_type
    at = QUESTION_TYPES.index(kind) if kind in QUESTION_TYPES else len(QUESTION_TYPES)
    # An own draft is being worked on: it stands with the teacher's others.
    group = 0 if listed.is_own and apart < 3 else apart
    board = "" if listed.is_own else "~" if rubric.takes_any_tariff else fold(rubric.board)
    return (group, board, fold(rubric.qualification), at, rubric.id)


def fits(listed: Listed, typed: str) -> bool:
    """Whether every word that was typed is in what the scheme is called or for."""
    rubric = listed.rubric
    about = [listed.path.stem, "yours own" if listed.is_own else ""]
    if listed.wrong:
        about.append("broken")
    if rubric is not None:
        about += [rubric.title, rubric.board, rubric.qualification, rubric.spec, question_type(rubric), rubric.section]
        about += [str(rubric.max_mark), str(rubric.status), rubric.version, *rubric.components]
    text = fold(" ".join(about))
    return all(word in text for word in fold(typed).split())
