"""Documents for the tests of every writer: one with each kind of block, and essays with notes in all positions."""

import random
from fractions import Fraction

from markdesk.core.charts import Chart as AnyChart
from markdesk.core.charts import Point, Stop, in_order, of_counts, over_time
from markdesk.core.essay import Essay, Span
from markdesk.formats.documents.document import (
    Bars,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    MarkedEssay,
    Note,
    Overleaf,
    Panel,
    Prose,
    Quotation,
    Result,
    Ruled,
    Run,
    School,
    Signatures,
    Slip,
    Slips,
    Table,
    Tone,
    Weight,
    said,
)

TEXT = Essay.from_paragraphs(
    [
        "Henry VII was a king who [sic] trusted nobody, and “bonds” were his chosen weapon. He ruled by fear & by law.",
        "However, the Great Council of 1487 shows another side: he listened.\nHe also paid.",
        "In 1504 the Duchy of Lancaster – naïve as it sounds – 𝕬ccounted for £38,000; é is one letter, é is two.",
        "To conclude, *fear* was #1 but not the whole story.",
    ]
)


def charts(text: str) -> tuple[AnyChart, ...]:
    """One of each kind, with ``text`` wherever a chart has a name."""
    days = [
        Stop(f"2026-0{month}-15", text, "NR" if month == 3 else f"{month}/25", "AB"[month % 2]) for month in range(1, 6)
    ]
    points = [None if stop.told == "NR" else Point(Fraction(at, 5), stop.told) for at, stop in enumerate(days)]
    schemes = (("A", text), ("B", "Another scheme"))
    return (
        of_counts(text, "level", [(text, 3), ("L2", 5), ("L1", 0)]),
        over_time(text, days, [("", points)], schemes, text),
        over_time("Scales", days, [(text, points), ("AO2", points[::-1]), ("AO3", points[:2])]),
        in_order(text, [9, 12, 7, 10, 11, 8], 25, 2, text),
    )


def every_block(text: str = "plain") -> Document:
    """A document that has each kind of block, with ``text`` in every place that somebody's words can stand."""
    return Document(
        title=text,
        subtitle=text,
        whose=text,
        foot=text,
        school=School(text),
        blocks=(
            Facts((("Class", text), ("Set on", "3 November 2026"))),
            Result("17 out of 25", "Level 4", text, text),
            Heading(text, 1),
            Heading(text, 2),
            Heading(text, 3),
            Prose((Run(text), Run(text, Weight.STRONG), Run(text, Weight.QUIET))),
            Bullets((said(text), said("second"))),
            Bullets((said(text), said("second")), are_numbered=True),
            *(Panel(text, (text, "another line"), tone) for tone in Tone),
            Ruled(8, text),
            Table((text, "Mark"), ((text, "17"), ("", "NR")), frozenset({1}), text),
            Bars(text, ((text, 3), ("Level 5", 0))),
            *map(Chart, charts(text)[:2]),
            Quotation(text, text),
            Signatures((text, "Teacher")),
            Slips((Slip(text, text, text, ((text, text),), (text,)), *(Slip("B", "Henry VII", "9"),) * 8)),
            Overleaf(),
            MarkedEssay(
                f"{text}\n\nsecond" if text.strip() else "second",
                tuple(p.span for p in Essay(f"{text}\n\nsecond" if text.strip() else "second").paragraphs),
                (
                    Note(1, Span(0, 2), "¶1", text, text, text, text),
                    Note(2, None, "no longer in the text", text, text, text, text),
                ),
                ((1, text),),
                text,
            ),
        ),
    )


def marked(notes: int, seed: int, essay: Essay = TEXT) -> MarkedEssay:
    """An essay with notes at random places of it: nested, overlapping, over several paragraphs, of one letter."""
    chance = random.Random(seed)
    spans = sorted(
        (
            Span(start, min(len(essay.text), start + chance.choice((1, 3, 12, 40, 150))))
            for start in (chance.randrange(len(essay.text)) for _ in range(notes))
        ),
        key=lambda span: (span.start, -span.end),
    )
    return MarkedEssay(
        essay.text,
        tuple(paragraph.span for paragraph in essay.paragraphs),
        tuple(
            Note(
                number,
                span,
                f"¶{essay.paragraph_at(span.start).number}",
                essay.quote(span),
                chance.choice(("K", "EVAL", "?", "")),
                "what it means",
                f"Comment {number}: why?" if chance.random() < 0.8 else "",
            )
            for number, span in enumerate(spans, start=1)
        ),
        author="Ms Clarke",
    )
