"""Lenses: ways to look through an essay for one kind of thing. Off until asked for; they lead to places and judge none.

Each is linear in the essay, whatever stands in it.
"""

from collections.abc import Callable

from markdesk.core.essay import Essay
from markdesk.core.lenses.counted import counted
from markdesk.core.lenses.dates import dates
from markdesk.core.lenses.judgement import judgement_words
from markdesk.core.lenses.lens import Asked, Found, Lens, by_paragraph
from markdesk.core.lenses.mentions import mentions
from markdesk.core.lenses.names import names
from markdesk.core.lenses.numbers import numbers
from markdesk.core.lenses.question import question_terms
from markdesk.core.lenses.quotations import quotations

__all__ = ["LENSES", "Asked", "Found", "Lens", "by_paragraph", "lenses", "through"]

LENSES: dict[str, Callable[[Essay, Asked], Lens]] = {
    "dates": dates,
    "names": names,
    "numbers": numbers,
    "quotations": quotations,
    "terms": question_terms,
    "judgement": judgement_words,
    "mentions": mentions,
    "words": counted,
}
"""Every lens by its id, in the order in which they are offered."""


def through(lens: str, essay: Essay, asked: Asked) -> Lens:
    """What one lens finds. Raises KeyError for a lens that there isn't."""
    return LENSES[lens](essay, asked)


def lenses(essay: Essay, asked: Asked) -> tuple[Lens, ...]:
    """What every lens finds."""
    return tuple(look(essay, asked) for look in LENSES.values())
