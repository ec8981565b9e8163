"""Which stamp set a scheme is marked with, what its stamps serve, and what a file of stamps may say."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.bootstrap import own_stamps, shipped_comments, stamp_sets
from markdesk.config.paths import config_folder
from markdesk.core.annotation import LEGEND, Stamp, StampSet, Tone, legend, meaning_of, objectives, serves
from markdesk.core.bank import code_key
from markdesk.core.bank_check import Known, check_bank
from markdesk.core.errors import RubricInvalid
from markdesk.core.ids import StrandId
from markdesk.core.plain import is_plain
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_schema import reference
from markdesk.core.stamp_check import LONGEST, LONGEST_CODE, TABLES, check_stamps
from markdesk.core.stamp_sets import StampSets, is_bare
from markdesk.formats.bank_toml import checked, shipped_bank
from markdesk.formats.stamps_toml import read_stamps
from tests.kit import ROOT, RUBRICS, shipped_rubric

FILES = sorted((RUBRICS / "stamps").glob("*.toml"))
SETS = {path.stem: read_stamps(path) for path in FILES}
SHIPPED = StampSets(tuple(SETS.values()))
SCHEMES = [shipped_rubric(path.stem) for path in sorted(RUBRICS.glob("*.toml"))]
OCR, AQA, EDEXCEL = (
    shipped_rubric(name) for name in ("ocr-h505-y1-essay-20", "aqa-7042-b-essay-25", "edexcel-9hi0-essay-20")
)

OURS = """schema = "markdesk.stamps/1"
id = "ours"
title = "Ours"

[[stamp]]
key = "k"
code = "K"
meaning = "knows it"
tone = "credit"
strands = ["knowledge"]
"""


def own(text: str = OURS, name: str = "ours") -> Path:
    """A file in the teacher's own folder."""
    path = own_stamps() / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def named(name: str, boards: tuple[str, ...] = (), rubrics: tuple[str, ...] = ()) -> StampSet:
    return StampSet(name, name, (Stamp("k", "K", "of " + name, Tone.CREDIT),), boards=boards, rubrics=rubrics)


def foreign(*strands: str, ao: str = "Criterion") -> Rubric:
    """A scheme with strands and an objective of its own, as one taken over from another program has."""
    first = AQA.strands[0]
    return replace(
        AQA,
        id="ours",
        board="",
        strands=tuple(replace(first, id=StrandId(name), ao=ao) for name in strands),
        aos=tuple(replace(known, code=ao) for known in AQA.aos),
        scales=tuple(replace(scale, aos=(ao,)) for scale in AQA.scales),
    )


# -- what ships


def test_each_board_has_its_set_and_the_others_the_neutral_one() -> None:
    found = {scheme.id: SHIPPED.for_scheme(scheme).id for scheme in SCHEMES}
    assert {name: chosen for name, chosen in found.items() if chosen != "neutral"} == {
        scheme.id: scheme.board.lower() for scheme in SCHEMES if scheme.board in ("AQA", "OCR")
    }
    assert found["edexcel-9hi0-essay-20"] == found["generic-essay-4strand"] == "neutral"
    assert SHIPPED.usual.id == "neutral"


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_the_set_of_a_scheme_has_stamps_for_it_and_a_legend_of_twelve_at_most(scheme: Rubric) -> None:
    stamps = SHIPPED.for_scheme(scheme)
    serving = stamps.serving(scheme)
    assert all(serves(stamp, scheme) for stamp in serving), "no shipped scheme needs the way out"
    assert 5 <= len(legend(stamps, scheme)) <= LEGEND
    shown = legend(stamps, scheme)
    assert [stamp for stamp in serving if stamp in shown] == list(shown)
    if len(scheme.aos) == 1:
        assert shown == serving[:LEGEND]
    for ao in objectives(serving, scheme) & {ao.code for ao in scheme.aos}:
        for_it = [stamp for stamp in serving if ao in objectives([stamp], scheme)]
        assert len([stamp for stamp in shown if stamp in for_it]) >= min(2, len(for_it)), ao
    tones = {stamp.tone for stamp in legend(stamps, scheme)}
    assert {Tone.CREDIT, Tone.WEAK} <= tones


def test_a_code_says_the_same_in_every_set_and_no_literacy_code_is_another_s() -> None:
    meanings: dict[str, set[str]] = {}
    for stamps in SETS.values():
        for stamp in stamps.stamps:
            meanings.setdefault(stamp.code, set()).add(stamp.meaning)
    assert [code for code, said in meanings.items() if len(said) > 1] == []
    literacy = {stamp.code.casefold() for stamp in SETS["literacy"].stamps}
    for name in SETS.keys() - {"literacy"}:
        assert literacy.isdisjoint(stamp.code.casefold() for stamp in SETS[name].stamps), name


def test_what_a_stamp_is_like_is_a_code_of_another_set() -> None:
    codes = {name: {stamp.code for stamp in stamps.stamps} for name, stamps in SETS.items()}
    for name, stamps in SETS.items():
        for stamp in stamps.stamps:
            assert stamp.like <= set().union(*codes.values()) - codes[name], (name, stamp.code)


def test_every_set_says_where_it_is_from() -> None:
    assert all(stamps.basis for stamps in SETS.values())
    assert "from memory" in SETS["ocr"].basis
    assert "not certain" in SETS["aqa"].basis


# -- the choice


def test_the_order_of_the_choice() -> None:
    neutral = named("neutral")
    by_board = named("board", boards=("ocr",))
    by_scheme = named("scheme", rubrics=(OCR.id,))
    hers_by_board = named("hers", boards=("OCR",))
    hers_by_scheme = named("hers-too", rubrics=(OCR.id,))
    added = replace(named("added", boards=("OCR",)), is_added=True)
    ladder = [
        StampSets((added, neutral)),
        StampSets((added, neutral, by_board)),
        StampSets((neutral, by_board, by_scheme)),
        StampSets((neutral, by_board, by_scheme), (hers_by_board,)),
        StampSets((neutral, by_board, by_scheme), (hers_by_board, hers_by_scheme)),
        StampSets((neutral, by_board, by_scheme), (hers_by_board, hers_by_scheme), chosen="board"),
    ]
    found = [sets.for_scheme(OCR).id for sets in ladder]
    assert found == ["neutral", "board", "scheme", "hers", "hers-too", "board"]
    assert StampSets((neutral, added), chosen="added").for_scheme(OCR).id == "added", "whoever wants it has it"
    assert StampSets((neutral, by_board), chosen="nobody's").for_scheme(OCR).id == "board"


def test_a_tariff_and_the_case_of_a_board_make_no_difference() -> None:
    generic = shipped_rubric("generic-essay-4strand")
    sets = StampSets((named("neutral"),), (named("g", rubrics=("generic-essay-4strand",)),))
    assert sets.for_scheme(replace(generic, id="generic-essay-4strand:25")).id == "g"
    assert SHIPPED.for_scheme(replace(OCR, id="ours", board=" Ocr ")).id == "ocr"
    assert SHIPPED.for_scheme(replace(OCR, id="ours", board="")).id == "neutral"


def test_a_set_of_hers_stands_in_place_of_a_shipped_one_of_its_id() -> None:
    sets = StampSets(SHIPPED.shipped, (replace(named("ocr"), boards=("OCR",)),))
    assert sets.for_scheme(OCR).for_key("k") == sets.own[0].stamps[0]
    assert [stamps.id for stamps in sets.sets].count("ocr") == 1


def test_what_another_set_s_code_says_is_known() -> None:
    ocr, aqa = SHIPPED.for_scheme(OCR), SHIPPED.for_scheme(AQA)
    assert meaning_of("NAR", ocr) == meaning_of("NAR", aqa) != ""
    assert meaning_of("KU", aqa) == meaning_of("KU", ocr) != ""
    assert meaning_of("SP", ocr) == meaning_of("SP", aqa) == "spelling: check this word"
    assert meaning_of("AO1 L4", ocr) == "shows level 4 for AO1"
    assert meaning_of("of nobody", ocr) == ""
    assert ocr.for_key("k") is ocr.for_code("KU")
    assert ocr.for_key("e") is None, "no key makes the code of another set"
    assert [stamp.code for stamp in ocr.every[: len(ocr.stamps)]] == [stamp.code for stamp in ocr.stamps]
    assert len({stamp.code for stamp in ocr.every}) == len(ocr.every)


def test_the_set_in_use_is_asked_before_the_others() -> None:
    mine = StampSet("mine", "Mine", (Stamp("n", "NAR", "my word for it", Tone.CREDIT),))
    sets = StampSets(SHIPPED.shipped, (mine,), chosen="mine")
    assert meaning_of("NAR", sets.for_scheme(AQA)) == "my word for it"
    assert meaning_of("NAR", SHIPPED.for_scheme(AQA)) != "my word for it"


def test_a_comment_brings_the_stamp_of_the_set_in_use() -> None:
    ocr, aqa = SHIPPED.for_scheme(OCR), SHIPPED.for_scheme(AQA)

    def put(stamps: StampSet, code: str) -> str | None:
        found = stamps.to_put(code)
        return found.code if found else None

    assert [put(aqa, code) for code in ("K", "NAR", "SP", "KU")] == ["K", "NAR", "SP", None]
    assert [put(ocr, code) for code in ("K", "NAR", "SP", "REP", "P")] == ["KU", "ILL", "SP", None, "P"]


# -- what serves


def test_a_scheme_with_nothing_that_the_stamps_know_has_all_of_them() -> None:
    stamps = SETS["neutral"]
    scheme = foreign("criterion-1", "criterion-2")
    assert stamps.serving(scheme) == stamps.stamps
    assert all(stamps.serves(stamp, scheme) for stamp in stamps.stamps)
    first = "K E EXP AN EVAL J LINK DEV NAR ASSERT FACT IRR"
    assert " ".join(stamp.code for stamp in legend(stamps, scheme)) == first
    by_ao = foreign("criterion-1", ao="AO2")
    assert {stamp.code for stamp in stamps.serving(by_ao)} == {"PROV", "CON", "MECH", "SEEN"}, "by its objective"
    by_strand = foreign("criterion-1", "knowledge")
    assert {stamp.code for stamp in stamps.serving(by_strand)} == {"K", "E", "FACT", "SEEN"}, "by the one that is known"
    prov = stamps.for_code("PROV")
    assert prov is not None
    assert not stamps.serves(prov, by_strand)


def test_a_set_that_names_nothing_serves_everything() -> None:
    assert SETS["literacy"].serving(OCR) == SETS["literacy"].stamps


IDS = st.sampled_from(["knowledge", "analysis", "style", "AO1", "AO2", "x"])


@given(st.lists(st.tuples(st.frozensets(IDS), st.frozensets(IDS)), min_size=1, max_size=12), st.lists(IDS, unique=True))
def test_what_serves_is_never_nothing_and_keeps_its_order(
    named_by: list[tuple[frozenset[str], frozenset[str]]], strands: list[str]
) -> None:
    stamps = tuple(Stamp(chr(97 + n), f"C{n}", "", Tone.WEAK, s, a) for n, (s, a) in enumerate(named_by))
    set_, scheme = StampSet("s", "S", stamps), foreign(*strands, ao="AO1")
    serving = set_.serving(scheme)
    assert serving
    assert list(serving) == [stamp for stamp in stamps if set_.serves(stamp, scheme)]
    if any(not stamp.is_general and serves(stamp, scheme) for stamp in stamps):
        assert set(serving) == {stamp for stamp in stamps if serves(stamp, scheme)}


# -- files


def test_her_own_files_are_read_and_those_that_are_wrong_are_said_and_left_out() -> None:
    own(OURS.replace('title = "Ours"', 'title = "Ours"\nboards = ["Pearson Edexcel"]'))
    own(OURS.replace('"ours"', '"bad"').replace('key = "k"', 'key = "kk"'), "bad")
    own(OURS, "misnamed")
    sets = stamp_sets()
    assert [stamps.id for stamps in sets.own] == ["ours"]
    assert sets.for_scheme(EDEXCEL).id == "ours"
    assert sets.for_scheme(OCR).id == "ocr"
    first, second = sets.faults
    assert first.startswith("Your stamps bad.toml aren't used: bad.toml:6: stamp[1].key: 'key' can't be 'kk'")
    assert second.startswith("Your stamps misnamed.toml aren't used: misnamed.toml: its id is 'ours'")


def test_a_setting_that_names_no_set_is_said_and_marking_goes_by_the_scheme() -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "config.toml").write_text('stamps = "ocrr"\n', encoding="utf-8")
    sets = stamp_sets()
    assert sets.faults == ("The setting stamps names no set: 'ocrr'. Did you mean 'ocr'?",)
    assert sets.for_scheme(AQA).id == "aqa"
    (config_folder() / "config.toml").write_text('stamps = "ocr"\n', encoding="utf-8")
    assert (stamp_sets().for_scheme(AQA).id, stamp_sets().faults) == ("ocr", ())
    (config_folder() / "config.toml").write_text("stamps = \n", encoding="utf-8")
    assert stamp_sets().for_scheme(AQA).id == "aqa", "whoever opened the program was told of the file"


WRONG = {
    "two letters": ('key = "k"', 'key = "kk"', "stamp[1].key: 'key' can't be 'kk'; it must be one small letter"),
    "a capital": ('key = "k"', 'key = "K"', "stamp[1].key"),
    "no letter": ('key = "k"', 'key = "1"', "stamp[1].key"),
    "another alphabet": ('key = "k"', 'key = "é"', "stamp[1].key"),
    "no key": ('key = "k"\n', "", "stamp[1]: 'key' is missing"),
    "an unknown tone": ('tone = "credit"', 'tone = "loud"', "stamp[1].tone"),
    "an unknown key": ("tone =", "toen =", "stamp[1].toen: 'toen' is not a key of this table; did you mean 'tone'?"),
    "no code": ('code = "K"', 'code = ""', "stamp[1].code"),
    "a long code": ('code = "K"', 'code = "ASSERTS"', "stamp[1].code: it has 7 characters; a code has 6"),
    "a code of two words": ('code = "K"', 'code = "A B"', "stamp[1].code: a code has no space in it"),
    "a level's code": ('code = "K"', 'code = "AO1 L4"', "stamp[1].code: a code has no space in it"),
    "a code with an escape": ('code = "K"', 'code = "\\u001b[1m"', "stamp[1].code: each character of a code"),
    "a wide code": ('code = "K"', 'code = "漢"', "stamp[1].code: each character of a code"),
    "an accent alone": ('code = "K"', 'code = "K\\u0301"', "stamp[1].code: each character of a code"),
    "a meaning with an escape": ("knows it", "knows\\u001b[2Jit", "stamp[1].meaning: it has a line end, or"),
    "a meaning turned round": ("knows it", "knows \\u202eit", "stamp[1].meaning: it has a line end, or"),
    "a meaning of two lines": ("knows it", "knows\\nit", "stamp[1].meaning: it has a line end, or"),
    "a long meaning": ("knows it", "x" * 91, "stamp[1].meaning: it has 91 characters; the most is 90"),
    "a strand with an escape": ('["knowledge"]', '["\\u001b"]', "stamp[1].strands[1]"),
    "a strand that is none": ('["knowledge"]', "[1]", "stamp[1].strands: 'strands' must be a list of texts"),
    "one strand": ('["knowledge"]', '"knowledge"', "stamp[1].strands: 'strands' must be a list of texts"),
    "another schema": ("stamps/1", "stamps/2", "schema"),
    "no stamps": (OURS[OURS.index("[[") :], "", "'stamp' is missing"),
    "a stamp that is none": (OURS[OURS.index("[[") :], "stamp = [1]", "stamp[1]: each 'stamp' must be a table"),
    "a board that is none": ('title = "Ours"', 'title = "Ours"\nboards = [""]', "boards[1]: nothing is called ''"),
    "no TOML": ("[[stamp]]", "[[stamp", "ours.toml:5: not valid TOML"),
}


@pytest.mark.parametrize("wrong", WRONG, ids=list(WRONG))
def test_a_file_that_is_wrong_is_refused_by_file_and_key_and_stops_nothing(wrong: str) -> None:
    before, after, told = WRONG[wrong]
    assert before in OURS
    path = own(OURS.replace(before, after, 1))
    with pytest.raises(RubricInvalid) as refused:
        read_stamps(path)
    assert told in str(refused.value)
    assert "ours.toml" in str(refused.value)
    assert is_plain(str(refused.value).replace("\n", " "))
    sets = stamp_sets()
    assert sets.own == ()
    assert len(sets.faults) == 1
    assert is_plain(sets.faults[0])
    assert sets.for_scheme(AQA).for_key("k") is not None


def twice(key: str, code: str) -> str:
    return f'{OURS}\n[[stamp]]\nkey = "{key}"\ncode = "{code}"\nmeaning = "m"\ntone = "weak"\n'


def test_letters_and_codes_are_used_once_and_a_strand_that_no_scheme_has_is_no_fault() -> None:
    for text, told in (
        (twice("k", "L"), "stamp[2].key: the key 'k' is used twice (see stamp[1])"),
        (twice("l", "K"), "stamp[2].code: the code 'K' is used twice (see stamp[1])"),
        (twice("l", "k"), "stamp[2].code: the code 'k' is used twice (see stamp[1])"),
    ):
        with pytest.raises(RubricInvalid) as refused:
            read_stamps(own(text))
        assert told in str(refused.value)
    read = read_stamps(own(OURS.replace("knowledge", "of no scheme")))
    assert read.stamps[0].strands == {"of no scheme"}


def test_there_are_no_more_letters_than_the_alphabet_has() -> None:
    rows = [{"key": chr(97 + n), "code": f"C{n}", "meaning": "m", "tone": "weak"} for n in range(27)]
    data = {"schema": "markdesk.stamps/1", "id": "x", "title": "X", "stamp": rows}
    _, problems = check_stamps(data)
    assert [problem.key for problem in problems] == ["stamp[27].key"]
    found, problems = check_stamps({**data, "stamp": rows[:26]})
    assert found is not None
    assert (len(found.stamps), problems) == (26, ())


def test_a_file_that_is_too_large_or_can_t_be_read_is_left_out(tmp_path: Path) -> None:
    own("#" * 100_001)
    (own_stamps() / "folder.toml").mkdir()
    (own_stamps() / "binary.toml").write_bytes(b"\xff\xfe\x00")
    assert len(stamp_sets().faults) == 3
    assert stamp_sets().for_scheme(OCR).id == "ocr"


def values() -> st.SearchStrategy[object]:
    simple = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False)
    return st.recursive(
        simple, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    )


@given(
    st.fixed_dictionaries(
        {},
        optional={name: values() for name in TABLES[""] if name != "stamp"}
        | {"stamp": st.lists(st.fixed_dictionaries({}, optional={n: values() for n in TABLES["stamp"]}), max_size=4)},
    )
)
def test_whatever_a_file_holds_it_is_a_set_or_refused(data: dict[str, object]) -> None:
    found, problems = check_stamps(data)
    assert (found is None) is bool(problems)
    for stamp in found.stamps if found else ():
        assert len(stamp.code) <= LONGEST_CODE
        assert len(stamp.meaning) <= LONGEST["meaning"]


# -- the added sets in the bank


def offered(sets: StampSets) -> Iterator[tuple[str, str, str]]:
    return ((comment.code, comment.stamps[0], comment.text) for comment in sets.comments())


def test_the_literacy_codes_stand_in_the_bank_by_their_short_codes() -> None:
    found = {short: (code, text) for short, code, text in offered(SHIPPED)}
    assert found["sp"] == ("SP", "Spelling: check this word.")
    assert found["qq"] == ("??", "The meaning is lost: read it aloud.")
    assert found["ww"][1] == "Wrong word: what do you mean?"
    assert {"gr", "expr", "pn", "np", "rf"} <= found.keys()
    assert len(found) == len(SETS["literacy"].stamps)
    assert all(is_bare(comment) for comment in SHIPPED.comments())


def test_no_short_code_or_sentence_of_the_bank_is_there_twice() -> None:
    bank = shipped_comments(SHIPPED)
    assert len(bank) == len(shipped_bank(RUBRICS / "bank")) + len(SHIPPED.comments())
    codes = [code_key(comment.code) for comment in bank if comment.code]
    assert len(codes) == len(set(codes))
    assert {comment for comment in bank if is_bare(comment)} == set(SHIPPED.comments()), "none lost its short code"
    assert not any(is_bare(comment) for comment in shipped_bank(RUBRICS / "bank"))


def test_they_can_be_exported_like_any_other_and_are_her_own_words_then() -> None:
    plain = checked(SHIPPED.comments())
    known = Known.of(SCHEMES, SHIPPED.usual)
    back, problems = check_bank({"schema": "markdesk.bank/1", "comment": plain}, known)
    assert problems == ()
    assert not any(is_bare(comment) for comment in back)


def test_her_own_added_set_goes_before_the_shipped_one() -> None:
    hers = StampSet("hers", "Hers", (Stamp("s", "SP", "sp.", Tone.WEAK, short="sp"),
                                     Stamp("z", "ZZ", "asleep", Tone.WEAK, short="np")), is_added=True)  # fmt: skip
    found = list(offered(StampSets(SHIPPED.shipped, (hers,))))
    assert found[:2] == [("sp", "SP", "Sp."), ("np", "ZZ", "Asleep.")]
    assert [code for _, code, _ in found].count("SP") == 1
    assert ("", "//", "Begin a new paragraph here.") in found, "her short code is hers"


def test_the_reference_is_what_the_code_says() -> None:
    """To write it anew: ``reference(stamp_check.TABLES)`` between the marks of the page."""
    page = (ROOT / "docs" / "reference" / "stamps.md").read_text(encoding="utf-8")
    written = page.partition("<!-- fields: written from `markdesk.core.stamp_check`; a test compares -->\n")[2]
    assert written.partition("<!-- /fields -->")[0] == reference(TABLES)
