"""The comments that travel with the program: enough for every strand, each with its code, in plain British words."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from markdesk.core.annotation import Stamp
from markdesk.core.bank import SHIPPED, BankComment, BankField, Filling, code_key, expanded, text_key
from markdesk.core.bank_check import SCHEMA, TABLES, Known, check_bank
from markdesk.core.bank_rank import Fit, Scope, fit_of
from markdesk.core.rubric import Rubric, Scale, Status, Strand
from markdesk.core.rubric_schema import reference
from markdesk.formats.bank_toml import read_bank, shipped_bank
from markdesk.formats.stamps_toml import read_stamps
from tests.kit import ROOT, RUBRICS, shipped_rubric

FOLDER = RUBRICS / "bank"
FILES = sorted(FOLDER.glob("*.toml"))
SCHEMES = [shipped_rubric(path.stem) for path in sorted(RUBRICS.glob("*.toml"))]
BANK = shipped_bank(FOLDER)
STAMPS = read_stamps(RUBRICS / "stamps" / "neutral.toml")
STRANDS = [
    (rubric, scale, strand) for rubric in SCHEMES for scale in rubric.scales for strand in rubric.strands_of(scale)
]
READY = [row for row in STRANDS if row[0].status is Status.READY]


def named(value: Rubric | Scale | Strand) -> str:
    return value.id


def scope_of(rubric: Rubric, strand: Strand) -> Scope:
    pairs = frozenset((str(s.id), s.ao) for s in rubric.strands)
    return Scope(focus=frozenset({str(strand.id)}), strands=pairs, rubric=rubric.id, levels=9)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_names_only_what_there_is(path: Path) -> None:
    assert read_bank(path, Known.of(SCHEMES, STAMPS))


def test_there_are_enough_of_each_kind() -> None:
    assert len(BANK) >= 110
    fields = Counter(comment.field for comment in BANK)
    assert all(fields[field] >= 8 for field in BankField), fields
    for ao in ("AO1", "AO2", "AO3"):
        assert sum(ao in comment.aos for comment in BANK if comment.field is BankField.ANNOTATION) >= 10, ao
    assert {comment.level for comment in BANK if "is evident here" in comment.text} == set(range(1, 7))


@pytest.mark.parametrize(("rubric", "scale", "strand"), STRANDS, ids=named)
def test_every_strand_has_three_comments_made_for_it(rubric: Rubric, scale: Scale, strand: Strand) -> None:
    scope = scope_of(rubric, strand)
    fitting = [c for c in BANK if c.strands and c.field is BankField.ANNOTATION and fit_of(c, scope)[0] == Fit.HERE]
    assert len(fitting) >= 3


@pytest.mark.parametrize(("rubric", "scale", "strand"), READY, ids=named)
def test_every_strand_of_a_ready_scheme_has_something_for_each_line_of_feedback(
    rubric: Rubric, scale: Scale, strand: Strand
) -> None:
    scope = scope_of(rubric, strand)
    fields = {c.field for c in BANK if c.strands and fit_of(c, scope)[0] == Fit.HERE}
    assert fields >= {BankField.WWW, BankField.EBI, BankField.TARGET, BankField.TASK}


@pytest.mark.parametrize("stamp", STAMPS.stamps, ids=lambda stamp: stamp.code)
def test_every_stamp_but_the_one_that_says_nothing_has_comments(stamp: Stamp) -> None:
    found = [comment for comment in BANK if stamp.code in comment.stamps]
    assert (len(found) >= 2) is (stamp.code != "SEEN")


def test_codes_ids_and_words_are_unique_over_all_files() -> None:
    for values in (
        [code_key(comment.code) for comment in BANK],
        [comment.id for comment in BANK],
        [(comment.field, text_key(comment.text)) for comment in BANK],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []
    assert all(comment.id == SHIPPED + comment.code for comment in BANK)


AMERICAN = re.compile(
    r"\b(?:analy[sz]ed?\w*z\w*|\w*(?:ization|izing|ized)|color|favor|honor|labor|center|defense|judgment|program|"
    r"behavior|gotten|skeptic\w*|fulfill|theater|rubric|paragraphing)\b",
    re.I,
)


@pytest.mark.parametrize("comment", BANK, ids=lambda comment: comment.code)
def test_a_comment_is_short_plain_and_british(comment: BankComment) -> None:
    text = comment.text
    assert len(text) <= 110
    assert text[0].isupper() or text[0] in "‘{"
    assert text.endswith((".", "?", "…"))
    assert not AMERICAN.search(text)
    assert not re.search(r"[<>\[\]*_`\"]|--|(?<!\w)'|'(?!\w)", text), "curly quotation marks, no markup"
    full = expanded(text, Filling("Amara", "the party listened", "3"))
    assert "{" not in full
    assert "}" not in full


def test_the_reference_is_what_the_code_says() -> None:
    """To write it anew: ``reference(bank_check.TABLES)`` between the marks of the page."""
    page = (ROOT / "docs" / "reference" / "bank.md").read_text(encoding="utf-8")
    written = re.search(r"<!-- fields: .+? -->\n(.+?)<!-- /fields -->", page, re.S)
    assert written is not None
    assert written[1] == reference(TABLES)
    example = re.search(r"(?:^    .+\n|^\n(?=    ))+", page, re.M)
    assert example is not None
    data = tomllib.loads(re.sub(r"(?m)^    ", "", example[0]))
    assert data["schema"] == SCHEMA
    assert check_bank(data, Known.of(SCHEMES, STAMPS))[1] == ()
