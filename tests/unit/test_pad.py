"""Places on paper."""

from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.annotation import Annotation
from markdesk.core.essay import Span
from markdesk.core.ids import AnnotationId, MarkingId
from markdesk.core.pad import MOST_PAGES, Place, pad_anchor, pad_of, placed_on, places_in, places_of, with_paragraph

PLACES = st.builds(Place, st.integers(1, 12), st.integers(1, 15))


def test_an_empty_pad_has_one_place() -> None:
    assert places_of(pad_of([])) == (Place(1, 1),)


def test_a_pad_holds_every_place_up_to_the_last() -> None:
    assert [str(place) for place in places_of(pad_of([Place(3, 2)]))] == ["p1 ¶1", "p2 ¶1", "p3 ¶1", "p3 ¶2"]


def test_paragraphs_are_added_to_a_page_and_pages_to_the_pad() -> None:
    pad = with_paragraph(with_paragraph(pad_of([]), 1), 2)
    assert [str(place) for place in places_of(pad)] == ["p1 ¶1", "p1 ¶2", "p2 ¶1"]
    assert [str(place) for place in places_of(with_paragraph(pad, 1))] == ["p1 ¶1", "p1 ¶2", "p1 ¶3", "p2 ¶1"]


def test_a_page_has_an_end() -> None:
    pad = pad_of([Place(1, MOST_PAGES)])
    assert with_paragraph(pad, 1) is pad
    assert with_paragraph(pad, MOST_PAGES + 1) is pad


@given(st.lists(PLACES, min_size=1, max_size=6), st.data())
def test_what_is_pinned_stands_at_its_place_on_any_pad_that_has_it(places: list[Place], data: st.DataObject) -> None:
    pad = pad_of(places)
    first, last = sorted(
        data.draw(st.lists(st.sampled_from(pad.paragraphs), min_size=2, max_size=2)), key=lambda p: p.number
    )
    pinned = pad_anchor(pad, Span(first.span.start, last.span.end))
    assert pinned.span is None
    larger = pad_of([*places_of(pad), *data.draw(st.lists(PLACES, max_size=4))])
    shown = placed_on(larger, Annotation(MarkingId("m"), AnnotationId("a"), pinned)).anchor.span
    assert shown is not None
    ends = places_in(pinned.exact)
    assert larger.text[shown.start :].startswith(str(ends[0]))
    assert larger.text[: shown.end].endswith(str(ends[-1]))


def test_an_anchor_that_names_no_place_stays_lost() -> None:
    lost = Annotation(MarkingId("m"), AnnotationId("a"), pad_anchor(pad_of([Place(2, 2)]), Span(0, 5)))
    assert placed_on(pad_of([]), lost).anchor.span is not None
    elsewhere = Annotation(MarkingId("m"), AnnotationId("a"), pad_anchor(pad_of([Place(2, 2)]), Span(7, 12)))
    assert placed_on(pad_of([]), elsewhere) == elsewhere, "the pad has no second page"
