"""Files of comments: out and back unchanged, and refused with line or row of everything that is wrong."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markdesk.core.bank import LONGEST, BankComment, BankField, Origin, text_key
from markdesk.core.bank_check import MOST_COMMENTS, Known, check_bank, text_problem
from markdesk.core.errors import MarkdeskError, RubricInvalid
from markdesk.core.plain import is_plain
from markdesk.formats.bank_csv import COLUMNS, bank_csv, read_bank_csv
from markdesk.formats.bank_toml import bank_toml, read_bank, shipped_bank
from markdesk.formats.stamps_toml import read_stamps
from tests.kit import RUBRICS, shipped_rubric

KNOWN = Known.of(
    [shipped_rubric(path.stem) for path in sorted(RUBRICS.glob("*.toml"))],
    read_stamps(RUBRICS / "stamps" / "neutral.toml"),
)
Way = Callable[[Path, Sequence[BankComment]], tuple[BankComment, ...]]


def by_toml(folder: Path, comments: Sequence[BankComment]) -> tuple[BankComment, ...]:
    path = folder / "bank.toml"
    path.write_text(bank_toml(comments, "A title"), encoding="utf-8")
    return read_bank(path)


def by_csv(folder: Path, comments: Sequence[BankComment]) -> tuple[BankComment, ...]:
    path = folder / "bank.csv"
    path.write_bytes(bank_csv(comments, mark=len(comments) % 2 == 0))
    return read_bank_csv(path)


WAYS = pytest.mark.parametrize("way", [by_toml, by_csv])
HARD = (
    "=HYPERLINK(“http://x”)",
    "'=1+1",
    "+1\n-2\n@x",
    "<b>bold</b> [red]x[/] **y** `z` {name} {{quote}} {nom}",
    'a "quoted", comma; semicolon',
    "a\\b\\n 'x' \"\"\" '''",
    "# [[comment]] = 1",
    "Łódź, Évian, 毛泽东 and \U0001f469\U0001f3fd\u200d\U0001f3eb",
    "a no-break\u00a0space",
    "two\n\nlines\nand a third",
)


@WAYS
def test_what_ships_comes_back(way: Way, tmp_path: Path) -> None:
    bank = shipped_bank(RUBRICS / "bank")
    assert way(tmp_path, bank) == tuple(replace(comment, origin=Origin.OWN) for comment in bank)


@WAYS
@pytest.mark.parametrize("text", HARD)
def test_marks_of_other_languages_are_text_and_come_back(way: Way, text: str, tmp_path: Path) -> None:
    comments = (BankComment("a", text, question="=Why?"),)
    assert way(tmp_path, comments) == comments


NAMES = st.lists(st.sampled_from(["K", "AO1", "AO1+AO2", "=x", "-y", "a b"]), max_size=3, unique=True).map(tuple)
TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("=+-@'\n\" ,;#[]{}\\é\u3000＝"), min_size=1, max_size=60
).map(lambda text: text.strip(" \n"))
COMMENTS = st.builds(
    BankComment,
    st.just("id"),
    TEXTS,
    code=st.just(""),
    field=st.sampled_from([field for field in BankField if field is not BankField.DRAFT]),
    stamps=NAMES,
    strands=NAMES,
    aos=NAMES,
    rubrics=NAMES,
    question=st.sampled_from(["", "Why?", "=How far", "'-x"]),
    level=st.integers(0, 6),
).filter(lambda comment: text_problem(comment) == "" and text_key(comment.text) != "")


@WAYS
@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
)
@given(made=st.lists(COMMENTS, min_size=1, max_size=4, unique_by=lambda c: (c.field, text_key(c.text))))
def test_any_comments_come_back(way: Way, made: list[BankComment], tmp_path: Path) -> None:
    comments = tuple(replace(c, id=f"i.{n}", code="" if n % 2 else f"C{n}") for n, c in enumerate(made))
    assert way(tmp_path, comments) == comments


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    comments = [BankComment(f"i{n}", text, question="@x") for n, text in enumerate(HARD)]
    cells = [cell for row in csv.reader(io.StringIO(bank_csv(comments).decode(), newline="")) for cell in row]
    assert not [line for cell in cells for line in cell.split("\n") if line.lstrip()[:1] in ("=", "+", "-", "@")]


UNFIT = {
    "x" * (LONGEST + 1): "2,001 characters",
    "word " * 50_000: "characters",
    "a\x1b[2Jb": r"can't be seen \(U\+001B\)",
    "a\tb": r"U\+0009",
    "a\u202eb": r"U\+202E",
    "a\u200bb": r"U\+200B",
    "a\x00b": r"U\+0000",
    "e" + "\u0301" * 9: "more accents on a letter",
    "   ": "empty|says nothing",
}


@pytest.mark.parametrize("text", UNFIT, ids=lambda text: repr(text[:12]))
def test_what_no_bank_may_hold_is_refused_on_the_way_out(text: str) -> None:
    for write in (bank_toml, bank_csv):
        with pytest.raises(MarkdeskError, match=UNFIT[text]) as refused:
            write([BankComment("a", "Fine."), BankComment("b", text)])
        assert is_plain(str(refused.value))


@pytest.mark.parametrize("text", UNFIT, ids=lambda text: repr(text[:12]))
def test_and_on_the_way_in(text: str, tmp_path: Path) -> None:
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["text"], ["Fine."], [text], ["Last."]])
    path = tmp_path / "bank.csv"
    path.write_text(table.getvalue(), encoding="utf-8", newline="")
    if not text.strip():
        assert len(read_bank_csv(path)) == 2  # a row without a cell is no comment
        return
    with pytest.raises(
        RubricInvalid, match=rf"^bank\.csv: row (3|4)(: text)?: .*({UNFIT[text]}|field larger)"
    ) as refused:
        read_bank_csv(path)
    assert is_plain(str(refused.value).replace("\n", ""))


HEAD = 'schema = "markdesk.bank/1"\n'
WRONG_TOML = [
    ('[[comment]]\ntext = "a"\nstrands = ["knowlege"]',
     r"bank\.toml:4: comment\[1\]\.strands\[1\]: strand can't be 'knowlege'; did you mean 'knowledge'\?"),
    ('[[comment]]\ntext = "a"\nstamps = ["ZZZ"]', r"stamp can't be 'ZZZ'; known: AN, ARG"),
    ('[[comment]]\ntext = "a"\naos = ["A01"]', r"objective can't be 'A01'; did you mean 'AO1'\?"),
    ('[[comment]]\ntext = "a"\nrubrics = ["aqa-7042-b-essay-52"]',
     r"mark scheme can't be .*; did you mean 'aqa-7042-b-essay-25'\?"),
    ('[[comment]]\ntext = "a"\ncode = "ev"\n[[comment]]\ntext = "b"\ncode = "EV"',
     r"bank\.toml:7: comment\[2\]\.code: the short code 'EV' is used twice \(see comment\[1\]\)"),
    ('[[comment]]\ntext = "a"\nid = "x"\n[[comment]]\ntext = "b"\nid = "x"',
     r"bank\.toml:7: .*the id 'x' is used twice"),
    ('[[comment]]\ntext = "Say when."\n[[comment]]\ntext = "say  WHEN"',
     r"bank\.toml:5: comment\[2\]\.text: the same words are there twice"),
    ('[[comment]]\ntext = "a"\ncode = "no spaces"', r"'code' can't be 'no spaces'; it must be up to 12 letters"),
    ('[[comment]]\ntext = "a"\nlevel = 7', r"'level' must be 0 to 6, not 7"),
    ('[[comment]]\ntext = "a"\nfield = "wwww"', r"'field' can't be 'wwww'; did you mean 'www'\?"),
    ('[[comment]]\ntext = "Add a source."\nfield = "draft"', "only questions are allowed"),
    ('[[comment]]\ntxt = "a"', r"'txt' is not a key of this table; did you mean 'text'\?"),
    ('[[comment]]\ncode = "a"', "'text' is missing"),
    ('[[comment]]\ntext = ""', "'text' must not be empty"),
    ('[[comment]]\ntext = "a\\u001B[2J"', r"bank\.toml:3: comment\[1\]\.text: .*U\+001B"),
    ('[[comment]]\ntext = "a"\nstamps = ["K", "K"]', "stamp 'K' is there twice"),
    ('[default]\nstrands = ["nothing"]\n[[comment]]\ntext = "a"',
     r"bank\.toml:3: default\.strands\[1\]: strand can't be"),
    ("comment = []", r"add \[\[comment\]\]"),
    ("", "'comment' is missing"),
    ('[[comment]\ntext = "a"', "not valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG_TOML)
def test_a_toml_file_is_refused_with_its_line_and_key(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(RubricInvalid, match=told) as refused:
        read_bank(path, KNOWN)
    assert str(path) in str(refused.value)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bank.toml"
    path.write_text(HEAD + '[[comment]]\ntext = "a"\nlevel = 9\n[[comment]]\ntext = ""\n', encoding="utf-8")
    with pytest.raises(RubricInvalid) as refused:
        read_bank(path)
    assert [line.split(": ")[0] for line in refused.value.message.splitlines()] == ["bank.toml:4", "bank.toml:6"]
    assert refused.value.hint.startswith("2 to mend in ")


def test_a_schema_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RubricInvalid, match=r"'schema' can't be 'markdesk\.stamps/1'"):
        read_bank(RUBRICS / "stamps" / "neutral.toml")


WRONG_CSV = [
    ("text,strands\na,knowledge\nb,knowlege\n",
     r"bank\.csv: row 3: strands: strand can't be 'knowlege'; did you mean 'knowledge'"),
    ("text,code\na,ev\n\nb,ev\n", r"bank\.csv: row 4: code: the short code 'ev' is used twice"),
    ("txt\na\n", r"row 1: no column is called 'txt'\. Did you mean 'text'\?"),
    ("code\na\n", "row 1: the column 'text' is missing"),
    ("text,text\na,b\n", "row 1: the column 'text' is there twice"),
    ("text\na, and more\n", "row 2: 'and more' stands in a column without a name"),
    ("text,level\na,high\n", "row 2: level: 'level' must be a whole number"),
    ("text,level\na,9\n", "row 2: level: 'level' must be 0 to 6, not 9"),
    ('text\n"a\n', r"can't be read as CSV"),
    ("text\n", r"'comment' is missing|nothing in it"),
    ("", r"is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG_CSV)
def test_a_csv_file_is_refused_with_its_row_and_column(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricInvalid, match=told):
        read_bank_csv(path, KNOWN)


def test_what_a_spreadsheet_makes_of_a_csv_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_bytes("Text;Stamps;Level\r\nCaf\u00e9s \u2018and\u2019 so? ;K, E;3\r\n;;\r\n".encode("cp1252"))
    (comment,) = read_bank_csv(path, KNOWN)
    assert (comment.text, comment.stamps, comment.level) == ("Cafés ‘and’ so?", ("K", "E"), 3)


@pytest.mark.parametrize("read", [read_bank, read_bank_csv])
def test_a_file_that_is_not_there_or_far_too_large_is_refused(
    read: Callable[[Path], tuple[BankComment, ...]], tmp_path: Path
) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        with pytest.raises(RubricInvalid):
            read(path)
    large = tmp_path / "large"
    large.write_bytes(b"# " + b"x" * 5_000_001)
    with pytest.raises(RubricInvalid, match="no comment bank is"):
        read(large)


def test_more_comments_than_a_bank_can_have_are_refused() -> None:
    data = {"schema": "markdesk.bank/1", "comment": [{"text": f"c {n}"} for n in range(MOST_COMMENTS + 1)]}
    comments, problems = check_bank(data)
    assert comments == ()
    assert "10,001 comments" in problems[0].message


def test_an_id_follows_from_the_words_and_the_same_file_is_the_same_comments(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("text\nSay when.\nSay why.\n", encoding="utf-8")
    once = read_bank_csv(path)
    assert read_bank_csv(path) == once
    assert len({comment.id for comment in once}) == 2
    path.write_text("text,code\nsay WHEN,w\n", encoding="utf-8")
    assert read_bank_csv(path)[0].id == once[0].id


def test_the_columns_are_the_keys_of_a_comment() -> None:
    assert COLUMNS[:3] == ("id", "code", "text")
    with pytest.raises(MarkdeskError, match="no comment to export"):
        bank_csv(())
