"""Every key of ``markdesk.rubric/1``: the one table that the check, the JSON Schema and the reference read.

``rubric_check`` refuses what the table doesn't allow, ``rubric_schema`` turns it into a JSON Schema for editors and
into the pages of ``docs/reference/rubrics.md``. What one key alone can't tell (levels that meet, sums) is in
``rubric_scales`` and ``rubric_rules``.
"""

from markdesk.core.file_keys import (
    DATE,
    FILE_NAME,
    ID,
    SERIES,
    Key,
    Kind,
    choice,
    count,
    must,
    number,
    table,
    tables,
    text,
)
from markdesk.core.rubric import SCHEMA, Rounding, Scoring, Status

TOP = ""
"""The name of the file's own keys, outside every table."""

TABLES: dict[str, dict[str, Key]] = {
    TOP: {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "id": must("The scheme's name on command lines; the file is called after it.", ID),
        "version": must("For people: raise it with every change. A mark keeps the version it was given under."),
        "title": must("The scheme's name on screens and sheets."),
        "board": text("The exam board, or whoever else wrote the scheme."),
        "qualification": text("Such as A-level or AS."),
        "spec": text('The specification, such as 7042. "any" for a scheme of no board, which takes any tariff.'),
        "components": Key(Kind.TEXTS, "The papers or units in which the question stands.", default="none"),
        "section": text("The section of the paper."),
        "question_type": text("One word for the kind of question: essay, extracts, sources, nea."),
        "first_series": text("The first exam series that it is for, as 2017-06.", pattern=SERIES),
        "last_series": text("The last one; empty while it is in use.", pattern=SERIES),
        "status": must("How far it may be trusted.", one_of=tuple(Status)),
        "max_mark": count("The tariff: what the scales come to."),
        "mark_step": Key(Kind.NUMBER, "Always 1: marks are whole.", default="1"),
        "time_minutes": number("How long a student is advised to take.", default="0 (not said)"),
        "scoring": must("How the mark comes about.", one_of=tuple(Scoring)),
        "provenance": table("provenance", "Whose words these are, and who checked them.", required=True),
        "stimulus": table("stimulus", "What is printed with the question."),
        "ao": tables("ao", "The assessment objectives and the marks of each."),
        "strand": tables("strand", "The bullets that recur through the levels."),
        "scale": tables("scale", "What receives a mark of its own.", required=True),
        "decision": table("decision", "How the board says that level and mark are found."),
        "zero": table("zero", "An answer that earns nothing."),
        "not_attempted": table("not_attempted", "No answer, which is not an answer that earns nothing."),
        "cap": tables("cap", "Yes-or-no questions that limit a scale."),
        "penalty": tables("penalty", "Marks that somebody takes off: shown, never subtracted."),
        "flag": tables("flag", "Reminders to the marker."),
        "combine": table("combine", "How the scales make the mark."),
        "nea": table("nea", "The rules of coursework."),
        "indicative": table("indicative", "The teacher's own list of content; never part of the mark."),
    },
    "provenance": {
        "wording": must("The board's own words belong in the local overlay, not here.", one_of=("paraphrase",)),
        "basis": must("Where words and numbers come from, and how sure that is."),
        "checked_by": text("Who compared it with the board's document."),
        "checked_on": text("When, as 2026-11-25.", pattern=DATE),
        "checked_against": text("With which document."),
    },
    "stimulus": {
        "kind": choice("What it is.", '"none"', "none", "extracts", "sources", "passages"),
        "count": number("How many of them."),
    },
    "ao": {
        "code": must("Such as AO1."),
        "marks": count("How many of the tariff's marks it carries; together they make the tariff.", 0),
    },
    "strand": {
        "id": must("Its name in the levels.", ID),
        "name": must("Its name on the screen."),
        "ao": text("The objective it belongs to: it is judged on every scale of that objective."),
        "derived": Key(Kind.YES_NO, "true where the board prints one paragraph and we divided it.", default="false"),
    },
    "scale": {
        "id": must("Its name on command lines.", ID),
        "title": must("Its name on screens and sheets."),
        "part": text("The part of the question that it marks, such as a."),
        "aos": Key(Kind.TEXTS, "The objectives that it assesses; may be empty.", required=True),
        "max": count("Its highest mark."),
        "kind": choice("A grid of levels, or items that earn points.", '"levels"', "levels", "points"),
        "level": tables("level", "The bands, which cover 1 to max without gap or overlap. Not on a scale of points."),
        "item": tables("item", "What earns the points; together they make max. Only on a scale of points."),
        "strands": Key(
            Kind.TEXTS, "Only these strands judge it, where not all of its objectives' do.", default="all of them"
        ),
    },
    "level": {
        "n": count("1 for the lowest. The order in the file doesn't matter."),
        "label": text("What it is called.", default='"L" and the number'),
        "min": count("The lowest mark of its band.", None),
        "max": count("The highest mark of its band."),
        "summary": must("The level in a sentence."),
        "strand": Key(Kind.WORDS, "What an answer at this level does, for every strand.", default="none"),
        "sub": tables("sub", "Named parts of the band, which cover it without gap or overlap."),
    },
    "sub": {
        "label": must("Such as low, mid, high."),
        "min": count("Its lowest mark."),
        "max": count("Its highest mark."),
    },
    "item": {
        "id": must("Its name.", ID),
        "text": must("What earns the points."),
        "max": count("The most points it can earn."),
    },
    "decision": {
        "level_method": text("A word for how the level is found, such as best_fit."),
        "start": choice("From which end the levels are read.", '"none"', "bottom", "top", "none"),
        "mark_method": text("A word for how the mark within it is found, such as position_in_range."),
        "allow_plus_minus": Key(Kind.YES_NO, "Whether the board asks for + and - within a level.", default="false"),
        "guidance": text("The same in a few sentences, shown to the marker."),
    },
    "zero": {
        "label": text("What 0 is called.", default='"Nothing creditable"'),
        "allow": Key(Kind.YES_NO, "Always true: an attempt that earns nothing must have a mark.", default="true"),
    },
    "not_attempted": {"code": text("What no response is called.", default='"NR"')},
    "cap": {
        "id": must("Its name.", ID),
        "ask": must("The question, to which yes means that the cap applies."),
        "severity": must("The board's rule, or a school's habit.", one_of=("hard", "advisory")),
        "basis": text("Where it comes from."),
        "effect": table("effect", "What it limits.", required=True),
    },
    "effect": {
        "scale": must("The id of the scale."),
        "max_level": number("The highest level it may then have; its mark follows.", default="no limit"),
        "max_mark": number("The highest mark it may then have; its level follows.", default="no limit"),
    },
    "penalty": {
        "id": must("Its name.", ID),
        "ask": must("The question, to which yes means that it applies."),
        "marks": count("How many marks, with or without a minus sign.", None),
        "applied_by": must("Who takes them off.", one_of=("centre", "moderator")),
        "show_only": Key(Kind.YES_NO, "Always true: markdesk never subtracts.", default="true"),
    },
    "flag": {"id": must("Its name.", ID), "text": must("What to remember.")},
    "combine": {
        "method": choice("The scales are added up.", '"sum"', "sum"),
        "scale_factor": Key(Kind.FACTOR, "What their sum is multiplied by, such as 2 or \"4/5\".", default="1"),
        "round": choice(
            "What becomes of part of a mark; none is for whole factors only.", '"none"', *tuple(Rounding)
        ),
    },
    "nea": {
        "words_min": count("The fewest words that the board expects; 0 where it names none.", 0),
        "words_max": count("The most; 0 where it names none.", 0),
        "counts": Key(Kind.TEXTS, "What is counted.", default="none"),
        "excludes": Key(Kind.TEXTS, "What is not.", default="none"),
        "draft_feedback_locked": Key(
            Kind.YES_NO, "Whether drafts may be asked about but not improved.", default="false"
        ),
        "form": text("The form that goes with the work."),
    },
    "indicative": {"file": text("A file in the folder indicative of your settings.", pattern=FILE_NAME)},
}  # fmt: skip
"""Every table of the schema with its keys, in the order in which a file is written."""
