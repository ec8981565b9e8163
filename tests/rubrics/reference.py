"""What each shipped mark scheme must hold, typed by hand from the project's notes on the boards' schemes.

Nothing here is read from the files: a slip in a file, or a file that nobody has looked up, is found by comparing
the two. Where the notes have no number of their own, the row says so. ``ready`` and ``draft`` follow how sure the
notes are of the mark ranges.
"""

from dataclasses import dataclass, field

Ranges = tuple[tuple[int, int], ...]
"""Lowest and highest mark of each level, level 1 first."""

FIVES_OF_30: Ranges = ((1, 6), (7, 12), (13, 18), (19, 24), (25, 30))
FIVES_OF_25: Ranges = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 25))
FIVES_OF_15: Ranges = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 15))
SIXES_OF_30: Ranges = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 25), (26, 30))
EDEXCEL_20: Ranges = ((1, 3), (4, 7), (8, 12), (13, 16), (17, 20))
OCR_20: Ranges = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 16), (17, 20))
FOURS_OF_20: Ranges = ((1, 4), (5, 8), (9, 12), (13, 16), (17, 20))
TWOS_OF_10: Ranges = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10))


@dataclass(frozen=True)
class Row:
    """One scheme as the notes have it."""

    board: str
    spec: str
    max_mark: int
    scoring: str
    status: str
    scales: dict[str, tuple[int, str, Ranges]]
    """By scale: its maximum, its part of the question, its levels."""
    aos: dict[str, int]
    strands: dict[str, str]
    """By strand: the objective it belongs to."""
    minutes: int = 0
    """Advised for the question; 0 where the notes have none."""
    stimulus: tuple[str, int] = ("none", 0)
    caps: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """By cap: severity, scale, highest level."""
    penalties: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By penalty: the marks and who takes them off."""
    nea: tuple[int, int, bool] | None = None
    """Fewest and most words (0 for no such limit), and whether comments on drafts are locked."""
    derived: bool = True
    """Whether the strands are ours rather than the board's bullets."""


def _all(ao: str, *strands: str) -> dict[str, str]:
    return dict.fromkeys(strands, ao)


ESSAY_5 = _all("AO1", "focus", "knowledge", "analysis", "judgement", "organisation")
OCR_ESSAY = _all("AO1", "focus", "knowledge", "judgement", "organisation")
EDEXCEL_AO2 = _all("AO2", "analysis", "context", "evaluation")
PRACTICE = {"narrative": ("advisory", "main", 2), "one-sided": ("advisory", "main", 3)}
"""School practice on essays, not printed by the board."""

ROWS: dict[str, Row] = {
    # AQA A-level
    "aqa-7042-b-essay-25": Row(
        "AQA", "7042", 25, "holistic", "ready", {"main": (25, "", FIVES_OF_25)}, {"AO1": 25}, ESSAY_5,
        minutes=45, caps=PRACTICE,
    ),
    "aqa-7042-c1a-extracts-30": Row(
        "AQA", "7042", 30, "holistic", "ready", {"main": (30, "", FIVES_OF_30)}, {"AO3": 30},
        _all("AO3", "arguments", "judgement", "context", "coverage"),
        minutes=60, stimulus=("extracts", 3),
        caps={"two-extracts": ("hard", "main", 2), "one-extract": ("hard", "main", 1)},
    ),
    "aqa-7042-c2a-sources-30": Row(
        "AQA", "7042", 30, "holistic", "ready", {"main": (30, "", FIVES_OF_30)}, {"AO2": 30},
        _all("AO2", "judgement", "provenance", "context", "coverage"),
        minutes=60, stimulus=("sources", 3), caps={"one-or-two": ("advisory", "main", 2)},
    ),
    "aqa-7042-nea-40": Row(
        "AQA", "7042", 40, "per_scale", "ready",
        {"ao1": (20, "", FOURS_OF_20), "ao2": (10, "", TWOS_OF_10), "ao3": (10, "", TWOS_OF_10)},
        {"AO1": 20, "AO2": 10, "AO3": 10},
        _all("AO1", "knowledge", "analysis", "judgement", "organisation") | {"ao2": "AO2", "ao3": "AO3"},
        penalties={"over-length": (-5, "moderator")}, nea=(3500, 4500, True),
    ),
    # AQA AS
    "aqa-7041-essay-25": Row(
        "AQA", "7041", 25, "holistic", "ready", {"main": (25, "", FIVES_OF_25)}, {"AO1": 25}, ESSAY_5,
        minutes=40, caps=PRACTICE,
    ),
    "aqa-7041-extracts-25": Row(
        "AQA", "7041", 25, "holistic", "ready", {"main": (25, "", FIVES_OF_25)}, {"AO3": 25},
        _all("AO3", "arguments", "judgement", "context"),
        minutes=50, stimulus=("extracts", 2), caps={"no-comparison": ("advisory", "main", 3)},
    ),
    "aqa-7041-sources-25": Row(
        "AQA", "7041", 25, "holistic", "ready", {"main": (25, "", FIVES_OF_25)}, {"AO2": 25},
        _all("AO2", "judgement", "provenance", "context"),
        minutes=50, stimulus=("sources", 2), caps={"no-comparison": ("advisory", "main", 3)},
    ),
    # Pearson Edexcel: the bullets are the board's. The levels of the advisory caps are markdesk's choice.
    "edexcel-9hi0-essay-20": Row(
        "Pearson Edexcel", "9HI0", 20, "profile", "ready", {"main": (20, "", EDEXCEL_20)}, {"AO1": 20},
        _all("AO1", "analysis", "knowledge", "judgement", "organisation"), minutes=45, derived=False,
    ),
    "edexcel-9hi0-p1c-interpretations-20": Row(
        "Pearson Edexcel", "9HI0", 20, "profile", "ready", {"main": (20, "", EDEXCEL_20)}, {"AO3": 20},
        _all("AO3", "arguments", "knowledge", "judgement"), minutes=45, stimulus=("extracts", 2), derived=False,
    ),
    "edexcel-9hi0-p2a-sources-20": Row(
        "Pearson Edexcel", "9HI0", 20, "profile", "ready", {"main": (20, "", EDEXCEL_20)}, {"AO2": 20}, EDEXCEL_AO2,
        minutes=45, stimulus=("sources", 2), caps={"one-source": ("advisory", "main", 3)}, derived=False,
    ),
    "edexcel-9hi0-p3a-source-20": Row(
        "Pearson Edexcel", "9HI0", 20, "profile", "ready", {"main": (20, "", EDEXCEL_20)}, {"AO2": 20}, EDEXCEL_AO2,
        minutes=45, stimulus=("sources", 1), caps={"one-enquiry": ("advisory", "main", 3)}, derived=False,
    ),
    # What the five bullets ask is uncertain in the notes: a draft until somebody checks.
    "edexcel-9hi0-coursework-40": Row(
        "Pearson Edexcel", "9HI0", 40, "profile", "draft",
        {"main": (40, "", ((1, 8), (9, 16), (17, 24), (25, 32), (33, 40)))}, {"AO1": 10, "AO3": 30},
        {"knowledge": "AO1", "arguments": "AO3", "comparison": "AO3", "evaluation": "AO3", "judgement": "AO1"},
        nea=(0, 4000, True), derived=False,
    ),
    # OCR
    "ocr-h505-y1-enquiry-30": Row(
        "OCR", "H505", 30, "holistic", "ready", {"main": (30, "", SIXES_OF_30)}, {"AO2": 30},
        _all("AO2", "focus", "provenance", "context", "judgement"), stimulus=("sources", 4),
    ),
    "ocr-h505-y1-essay-20": Row(
        "OCR", "H505", 20, "holistic", "ready", {"main": (20, "", OCR_20)}, {"AO1": 20}, OCR_ESSAY,
    ),
    "ocr-h505-y2-twopart-30": Row(
        "OCR", "H505", 30, "per_scale", "ready",
        {"a": (10, "a", ((1, 1), (2, 2), (3, 4), (5, 6), (7, 8), (9, 10))), "b": (20, "b", OCR_20)},
        {"AO1": 30}, OCR_ESSAY, minutes=60, caps={"single-factor": ("advisory", "a", 3)},
    ),
    "ocr-h505-y3-interpretations-30": Row(
        "OCR", "H505", 30, "holistic", "ready", {"main": (30, "", SIXES_OF_30)}, {"AO3": 30},
        _all("AO3", "evaluation", "context", "judgement"), stimulus=("passages", 2),
    ),
    "ocr-h505-y3-thematic-25": Row(
        "OCR", "H505", 25, "holistic", "ready",
        {"main": (25, "", ((1, 4), (5, 8), (9, 12), (13, 16), (17, 20), (21, 25)))}, {"AO1": 25},
        OCR_ESSAY | {"synthesis": "AO1"}, caps={"part-period": ("advisory", "main", 4)},
    ),
    "ocr-h505-y100-nea-40": Row(
        "OCR", "H505", 40, "holistic", "draft",
        {"main": (40, "", ((1, 6), (7, 13), (14, 20), (21, 27), (28, 34), (35, 40)))},
        {"AO1": 20, "AO2": 10, "AO3": 10},
        _all("AO1", "knowledge", "judgement", "organisation") | {"ao2": "AO2", "ao3": "AO3"},
        nea=(3000, 4000, True),
    ),
    # Cambridge International. Paper 3's ranges are not known: it has no file.
    "cambridge-9489-p1-twopart-40": Row(
        "Cambridge International", "9489", 40, "per_scale", "draft",
        {"a": (15, "a", ((1, 3), (4, 7), (8, 11), (12, 15))), "b": (25, "b", FIVES_OF_25)}, {"AO3": 40},
        _all("AO3", "comprehension", "evaluation", "judgement"), stimulus=("sources", 4),
    ),
    "cambridge-9489-p2-twopart-30": Row(
        "Cambridge International", "9489", 30, "per_scale", "draft",
        {"a": (10, "a", ((1, 2), (3, 5), (6, 8), (9, 10))), "b": (20, "b", FOURS_OF_20)}, {"AO1+AO2": 30},
        _all("AO1+AO2", "knowledge", "analysis", "judgement"), caps={"no-linked-conclusion": ("advisory", "a", 3)},
    ),
    "cambridge-9489-p4-depth-30": Row(
        "Cambridge International", "9489", 30, "per_scale", "draft",
        {"ao1": (15, "", FIVES_OF_15), "ao2": (15, "", FIVES_OF_15)}, {"AO1": 15, "AO2": 15},
        {"knowledge": "AO1", "analysis": "AO2", "judgement": "AO2"},
    ),
    # WJEC. The ranges of Unit 5 are not known: it has no file.
    "wjec-u1-essay-30": Row(
        "WJEC", "GCE History", 30, "holistic", "draft", {"main": (30, "", SIXES_OF_30)}, {"AO1": 30},
        _all("AO1", "focus", "knowledge", "judgement"), minutes=45,
    ),
    "wjec-u3-essay-30": Row(
        "WJEC", "GCE History", 30, "holistic", "draft", {"main": (30, "", SIXES_OF_30)}, {"AO1": 30},
        _all("AO1", "focus", "knowledge", "judgement"), minutes=52,
    ),
    "wjec-u2-source-30": Row(
        "WJEC", "GCE History", 30, "holistic", "draft", {"main": (30, "", SIXES_OF_30)}, {"AO2": 30},
        _all("AO2", "judgement", "provenance", "context"), stimulus=("sources", 0),
    ),
    "wjec-u4-source-30": Row(
        "WJEC", "GCE History", 30, "holistic", "draft", {"main": (30, "", SIXES_OF_30)}, {"AO2": 30},
        _all("AO2", "judgement", "provenance", "context"), stimulus=("sources", 0),
    ),
    # IB: one markband for the whole answer. The bands of the internal assessment are not in the notes: public copies.
    "ib-history-p2p3-essay-15": Row(
        "IB", "History", 15, "holistic", "ready", {"main": (15, "", FIVES_OF_15)}, {"Markband": 15},
        _all("Markband", "focus", "organisation", "knowledge", "analysis", "perspectives"),
    ),
    "ib-history-ia-25": Row(
        "IB", "History", 25, "per_scale", "draft",
        {"a": (6, "", ((1, 2), (3, 4), (5, 6))), "b": (15, "", FIVES_OF_15), "c": (4, "", ((1, 2), (3, 4)))},
        {"A": 6, "B": 15, "C": 4},
        _all("A", "focus", "evaluation")
        | _all("B", "organisation", "analysis", "knowledge", "perspectives", "judgement")
        | _all("C", "reflection"),
        nea=(0, 2200, False),
    ),
    # Points beside bands; the bands of questions 3 and 4 are from memory, and no objective has marks of its own.
    "ib-history-p1-24": Row(
        "IB", "History", 24, "per_scale", "draft",
        {
            "q1a": (3, "1a", ()), "q1b": (2, "1b", ()), "q2": (4, "2", ()),
            "q3": (6, "3", ((1, 2), (3, 4), (5, 6))), "q4": (9, "4", ((1, 3), (4, 6), (7, 9))),
        },
        {}, _all("", "comparison", "focus", "comprehension", "knowledge", "synthesis"),
        minutes=60, stimulus=("sources", 4),
    ),
    # Board-free
    "generic-essay-4strand": Row(
        "Generic", "any", 20, "holistic", "ready", {"main": (20, "", FOURS_OF_20)}, {"AO1": 20},
        _all("AO1", "focus", "knowledge", "analysis", "judgement"),
        minutes=45, caps={"narrative": ("advisory", "main", 2)}, derived=False,
    ),
    "school-template": Row(
        "School", "any", 12, "holistic", "ready", {"main": (12, "", ((1, 3), (4, 6), (7, 9), (10, 12)))}, {"AO1": 12},
        _all("AO1", "knowledge", "analysis", "judgement"),
        minutes=25, caps={"no-answer": ("advisory", "main", 2)}, derived=False,
    ),
}  # fmt: skip
