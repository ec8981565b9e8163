"""Every number of every shipped mark scheme, against a table that was typed by hand."""

import pytest

from markdesk.core.rubric import Rubric
from tests.kit import RUBRICS, shipped_rubric
from tests.rubrics.reference import ROWS, Row

FILES = sorted(path.stem for path in RUBRICS.glob("*.toml"))
"""Every file that ships, so that one without a row fails here and by its name."""


def found(rubric: Rubric) -> Row:
    """The file as a row of the table."""
    return Row(
        board=rubric.board,
        spec=rubric.spec,
        max_mark=rubric.max_mark,
        scoring=str(rubric.scoring),
        status=str(rubric.status),
        scales={s.id: (s.max, s.part, tuple((level.min, level.max) for level in s.levels)) for s in rubric.scales},
        aos={ao.code: ao.marks for ao in rubric.aos},
        strands={strand.id: strand.ao for strand in rubric.strands},
        minutes=rubric.time_minutes,
        stimulus=(rubric.stimulus, rubric.stimulus_count),
        caps={cap.id: (cap.severity, str(cap.effect.scale), cap.effect.max_level or 0) for cap in rubric.caps},
        penalties={penalty.id: (penalty.marks, penalty.applied_by) for penalty in rubric.penalties},
        nea=(nea.words_min, nea.words_max, nea.draft_feedback_locked) if (nea := rubric.nea) else None,
        derived=any(strand.derived for strand in rubric.strands),
    )


@pytest.mark.parametrize("rubric_id", FILES)
def test_a_file_holds_what_the_reference_says(rubric_id: str) -> None:
    assert rubric_id in ROWS, "a mark scheme that nobody looked up: type its row in reference.py from the notes"
    assert found(shipped_rubric(rubric_id)) == ROWS[rubric_id]


def test_every_row_has_its_file() -> None:
    assert sorted(ROWS) == FILES


@pytest.mark.parametrize("rubric_id", FILES)
def test_levels_are_numbered_from_one_and_named_alike(rubric_id: str) -> None:
    for scale in shipped_rubric(rubric_id).scales:
        assert [level.n for level in scale.levels] == list(range(1, len(scale.levels) + 1))
        letters = {level.label.removesuffix(str(level.n)) for level in scale.levels}
        assert letters <= {"L"} or letters <= {"B"}, "L for level, B for band"


def test_only_what_the_descriptors_say_is_a_hard_ceiling() -> None:
    """A school's habit, or a level that markdesk chose, may remind and never hold a mark down."""
    hard = {(row, cap) for row in FILES for cap in shipped_rubric(row).caps if cap.severity == "hard"}
    assert {(row, cap.id) for row, cap in hard} == {
        ("aqa-7042-c1a-extracts-30", "two-extracts"),
        ("aqa-7042-c1a-extracts-30", "one-extract"),
    }


def test_what_the_word_limit_counts() -> None:
    nea = shipped_rubric("aqa-7042-nea-40").nea
    assert nea is not None
    assert nea.counts == ("body", "quotations")
    assert nea.excludes == ("titles", "headings", "footnotes", "references", "appendices", "bibliography")


REMINDERS = {
    # Rules that limit no level and take off no mark: the marker is told.
    "aqa-7042-b-essay-25": {"date-span", "pronouns"},
    "aqa-7042-c1a-extracts-30": {"provenance", "no-ranking", "pronouns"},
    "aqa-7042-c2a-sources-30": {"pronouns"},
    "aqa-7042-nea-40": {"penalty-moderator", "under-length", "three-sources", "two-historians", "drafts"},
    "aqa-7041-extracts-25": {"comparison"},
    "aqa-7041-sources-25": {"comparison"},
    "edexcel-9hi0-p1c-interpretations-20": {"provenance"},
    "edexcel-9hi0-p2a-sources-20": {"together"},
    "edexcel-9hi0-p3a-source-20": {"enquiries"},
    "edexcel-9hi0-coursework-40": {"profile", "word-limit", "drafts"},
    "ocr-h505-y1-enquiry-30": {"four-sources"},
    "ocr-h505-y1-essay-20": {"choice"},
    "ocr-h505-y2-twopart-30": {"two-factors", "separate-parts"},
    "ocr-h505-y3-thematic-25": {"synthesis", "choice"},
    "ocr-h505-y100-nea-40": {"grid", "few-sources", "titles", "drafts"},
    "ib-history-p2p3-essay-15": {"new-guide"},
    "ib-history-ia-25": {"new-guide", "word-limit"},
}


@pytest.mark.parametrize("rubric_id", REMINDERS)
def test_the_marker_is_reminded(rubric_id: str) -> None:
    assert {flag.id for flag in shipped_rubric(rubric_id).flags} >= REMINDERS[rubric_id]


@pytest.mark.parametrize(
    ("board", "papers"),
    {
        "AQA": [
            {"aqa-7042-c1a-extracts-30": 1, "aqa-7042-b-essay-25": 2},
            {"aqa-7042-c2a-sources-30": 1, "aqa-7042-b-essay-25": 2},
            {"aqa-7042-nea-40": 1},
        ],
        "OCR": [
            {"ocr-h505-y1-enquiry-30": 1, "ocr-h505-y1-essay-20": 1},
            {"ocr-h505-y2-twopart-30": 1},
            {"ocr-h505-y3-interpretations-30": 1, "ocr-h505-y3-thematic-25": 2},
            {"ocr-h505-y100-nea-40": 1},
        ],
        "Pearson Edexcel": [
            {"edexcel-9hi0-essay-20": 2, "edexcel-9hi0-p1c-interpretations-20": 1},
            {"edexcel-9hi0-p2a-sources-20": 1, "edexcel-9hi0-essay-20": 1},
            {"edexcel-9hi0-p3a-source-20": 1, "edexcel-9hi0-essay-20": 2},
            {"edexcel-9hi0-coursework-40": 1},
        ],
    }.items(),
)
def test_an_a_level_is_200_raw_marks(board: str, papers: list[dict[str, int]]) -> None:
    """Each component's maximum is twice its weight, so the raw marks are added: 80+80+40, 50+30+80+40, 60+40+60+40."""
    totals = [sum(shipped_rubric(i).max_mark * times for i, times in paper.items()) for paper in papers]
    assert totals == {"AQA": [80, 80, 40], "OCR": [50, 30, 80, 40], "Pearson Edexcel": [60, 40, 60, 40]}[board]
    shares: dict[str, int] = {}
    for paper in papers:
        for rubric_id, times in paper.items():
            for ao in shipped_rubric(rubric_id).aos:
                shares[ao.code] = shares.get(ao.code, 0) + ao.marks * times
    # The whole A-level's weights, in marks of 200.
    expected = {"AO1": 110, "AO2": 40, "AO3": 50} if board == "Pearson Edexcel" else {"AO1": 120, "AO2": 40, "AO3": 40}
    assert shares == expected
