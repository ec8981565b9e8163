"""The pad of a handwritten script: places on paper, by page and paragraph, where another script has its text.

An annotation on paper has no span: its anchor's words are the place, ``p2 ¶3``. The pad is an essay of such places,
made anew each time and never kept, so that everything that moves over a text moves over paper too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdesk.core.anchors import Anchor
from markdesk.core.annotation import Annotation
from markdesk.core.essay import Essay, Span

MOST_PAGES = 99
"""A script has no more pages, and a page no more paragraphs."""

_PLACE = re.compile(r"p([1-9][0-9]?) ¶([1-9][0-9]?)")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A paragraph of a page, both counted from 1."""

    page: int
    paragraph: int

    def __str__(self) -> str:
        return f"p{self.page} ¶{self.paragraph}"


def places_in(text: str) -> tuple[Place, ...]:
    """The places that an anchor names, in order: one, or the first and the last of several."""
    return tuple(Place(int(page), int(paragraph)) for page, paragraph in _PLACE.findall(text))


def pad_of(places: Iterable[Place]) -> Essay:
    """The pad that holds these places: every page up to the last, every paragraph of a page up to its last."""
    last: dict[int, int] = {1: 1}
    for place in places:
        last[place.page] = max(last.get(place.page, 1), place.paragraph)
    pages = range(1, max(last) + 1)
    return Essay.from_paragraphs(
        [str(Place(page, paragraph)) for page in pages for paragraph in range(1, last.get(page, 1) + 1)]
    )


def places_of(pad: Essay) -> tuple[Place, ...]:
    """Every place of a pad, in order."""
    return places_in(pad.text)


def with_paragraph(pad: Essay, page: int) -> Essay:
    """The pad with one paragraph more on a page; as it is where there are as many as there may be."""
    places = places_of(pad)
    last = max((place.paragraph for place in places if place.page == page), default=0)
    return pad_of((*places, Place(page, last + 1))) if last < MOST_PAGES and page <= MOST_PAGES else pad


def pad_anchor(pad: Essay, span: Span) -> Anchor:
    """Pin the places that a passage of the pad covers."""
    first = pad.paragraph_at(span.start)
    last = pad.paragraph_at(max(span.start, span.end - 1))
    names = [pad.quote(paragraph.span) for paragraph in ((first,) if first == last else (first, last))]
    return Anchor(None, " – ".join(names))


def placed_on(pad: Essay, annotation: Annotation) -> Annotation:
    """The annotation with the passage of the pad that its place is; as it is where the pad doesn't have it."""
    places = places_in(annotation.anchor.exact)
    if not places:
        return annotation
    start, end = pad.text.find(str(places[0])), pad.text.find(str(places[-1]))
    if start < 0 or end < 0:
        return annotation
    span = Span(pad.paragraph_at(start).span.start, pad.paragraph_at(end).span.end)
    return replace(annotation, anchor=replace(annotation.anchor, span=span))
