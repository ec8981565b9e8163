"""Whose the files of a download are: right, or asked; never somebody else's."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.errors import EssayUnreadable
from markdesk.core.naming import run_together
from markdesk.core.plain import fold
from markdesk.core.whose import Sureness, Whose
from markdesk.formats.downloads.blackboard import typed_text
from markdesk.formats.downloads.detect import SYSTEMS, understand
from markdesk.formats.downloads.members import WORK, Download, Member, Use
from tests.downloads.listings import ASK, CASES, Case, Is


def read(case: Case) -> Download:
    return understand([Member(path, 1000) for path in case.files], lambda path: case.texts[path])


def names(whose: Whose) -> set[tuple[str, str]]:
    """Every way to read the name that is proposed."""
    ways = {(whose.given_name, whose.family_name), *whose.others} - {("", "")}
    return {(fold(given_name), fold(family_name)) for given_name, family_name in ways}


def is_proposed(whose: Whose, truth: Is) -> bool:
    if whose.system == "canvas" and names(whose):
        return names(whose) == {("", run_together(truth.family + truth.given))}
    return not names(whose) or (fold(truth.given), fold(truth.family)) in names(whose)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_file_is_right_or_asked(case: Case) -> None:
    download = read(case)
    assert download.system == case.system
    for each in download.members:
        truth = case.files[each.member.path]
        whose = each.whose
        told = f"{each.member.path}: {each}"
        if isinstance(truth, str) and truth != ASK:
            assert each.use == truth, told
            continue
        assert each.use in WORK, told
        if truth == ASK:
            assert whose is None or (whose.sureness is Sureness.CHECK and not whose.given_name), told
            continue
        assert isinstance(truth, Is)
        assert whose is not None, told
        assert is_proposed(whose, truth), told
        assert whose.is_late == truth.is_late, told
        assert whose.id == truth.id, told
        assert bool(names(whose)) == bool(truth.family), told
        assert (whose.sureness is Sureness.SURE) == truth.sure, told
        assert whose.why, told


def test_a_sure_name_is_read_the_one_right_way() -> None:
    for case in CASES:
        for each in read(case).members:
            truth = case.files[each.member.path]
            whose = each.whose
            if isinstance(truth, Is) and truth.sure and whose:
                assert (whose.given_name, whose.family_name, whose.others) == (truth.given, truth.family, ())


def test_the_table_is_large_enough() -> None:
    work = Counter(
        case.system for case in CASES for truth in case.files.values() if isinstance(truth, Is) or truth == ASK
    )
    assert sum(work.values()) >= 60
    assert set(work) == {system.name for system in SYSTEMS} | {""}
    assert len(work) >= 8


def test_attempts_and_namesakes_are_told() -> None:
    notes = {case.title: read(case).notes for case in CASES}
    assert "1 file is an earlier attempt; the newest is proposed." in notes["Blackboard"]
    assert "3 files are earlier attempts; the newest is proposed." in notes["Teams"]
    moodle = notes["Moodle: two of one name, two files of one, feedback that was put there"]
    assert "2 are called Amara Okafor." in moodle
    (half,) = notes["Half of one system, half of another"]
    assert half.startswith("Some files look as if they were from Canvas or Brightspace, but not enough of them")


def test_several_assignments_of_teams_are_told() -> None:
    paths = [f"Submitted files/Amara Okafor/{task}/Version 1/essay.docx" for task in ("Essay 1", "Essay 2")]
    download = understand([Member(path, 9) for path in paths], lambda _: "")
    assert download.notes[0] == "There are 2 assignments in it (essay 1, essay 2). Take them in one at a time."
    assert {each.use for each in download.members} == {Use.ESSAY}


def test_names_in_notes_are_safe_to_show() -> None:
    listing = [Member(f"Am\x1bara Oka\u202efor_{n}_assignsubmission_file/essay.docx", 9) for n in (1, 2)]
    (note,) = understand(listing, lambda _: "").notes
    assert "\x1b" not in note
    assert "\u202e" not in note


def test_confidence_says_how_many_files_fit() -> None:
    whole = [Member(f"Amara Okafor_{n}_assignsubmission_file/essay.docx", 9) for n in range(9)]
    assert understand(whole, lambda _: "").confidence == 1.0
    with_one_more = understand([*whole, Member("essay.docx", 9)], lambda _: "")
    assert with_one_more.confidence == 0.9
    assert with_one_more.members[-1].whose is None
    assert understand([Member("Okafor Amara.docx", 9)], lambda _: "").confidence == 0.5
    assert understand([], lambda _: "").confidence == 0.0


def test_what_was_typed_into_blackboard_is_found() -> None:
    (case,) = [case for case in CASES if case.title == "Blackboard"]
    typed = {typed_text(text) for text in case.texts.values()}
    assert typed == {"", "Henry VII was secure by 1499."}
    assert typed_text("") == ""


def test_a_text_that_cannot_be_read_says_nothing() -> None:
    def refuse(path: str) -> str:
        raise EssayUnreadable(f"{path} is damaged.")

    stem = "Essay_aokafor_attempt_2024-03-01-10-22-33"
    download = understand([Member(f"{stem}.txt", 9), Member(f"{stem}_essay.docx", 9)], refuse)
    assert [each.use for each in download.members] == [Use.ABOUT, Use.ESSAY]
    assert all(each.whose and not each.whose.given_name for each in download.members)


PEOPLE = [
    ("Amara", "Okafor"), ("Ben", "Lee"), ("Finn", "O'Connell"), ("Seán", "O’Neill"), ("Anna", "van der Berg"),
    ("Maria José", "de la Cruz"), ("Ana Lucia", "Moreno Gil"), ("Anna-Maria", "Smith-Jones"), ("Chloe", "Świderska"),
    ("Van Nam", "Tran"), ("Thi Mai", "Nguyen"), ("Lucas", "De Souza"), ("Xiao Long", "Li"), ("J.", "Smith"),
    ("AJ", "Brown"), ("Jean", "D'Arcy"), ("Mohammed Ali", "Khan"), ("Zoë", "Müller"), ("Анна", "Иванова"),
    ("Ibrahim", "al Hassan"), ("Sinead", "Ní Bhriain"), ("Al", "Green"), ("May", "Grey"), ("Will", "Young"),
    ("Art", "Moody"), ("Ewan", "McDonald"), ("Ioan", "ap Rhys"), ("Priya", "Sharma Patel"), ("Noor", "El-Sayed"),
]  # fmt: skip
"""Names of which the halves are hard to tell, besides easy ones."""


def _written(system: str, person: tuple[str, str], n: int) -> str:
    given_name, family = person
    return {
        "moodle": f"{given_name} {family}_{n}_assignsubmission_file/essay.docx",
        "moodle flat": f"{given_name} {family}_{n}_assignsubmission_file_essay.docx",
        "moodle, surname first": f"{family}, {given_name}_{n}_assignsubmission_file/essay.docx",
        "canvas": f"{run_together(family + given_name)}_{n}_{n + 500}_essay.docx",
        "blackboard": f"Essay 1_u{n}_attempt_2024-03-01-10-22-33_essay.docx",
        "brightspace": f"{n}-4242 - {given_name} {family} - Dec 5, 2024 1149 AM/essay.docx",
        "teams": f"Submitted files/{given_name} {family}/Essay 1/Version 1/essay.docx",
        "turnitin": f"{n + 10**9} - {given_name} {family} - Essay.docx",
        "google": f"{given_name} {family} - The Tudors.docx",
        "plain": f"{family} {given_name}.docx",
        "plain, given name first": f"{given_name} {family}.docx",
        "plain, with a comma": f"{family}, {given_name}.docx",
        "folders": f"{family} {given_name}/essay.docx",
    }[system]


_WAYS = """moodle|moodle flat|moodle, surname first|canvas|blackboard|brightspace|teams|turnitin|google|plain|
plain, given name first|plain, with a comma|folders""".replace("\n", "").split("|")


@given(st.lists(st.sampled_from(PEOPLE), min_size=2, unique=True), st.sampled_from(_WAYS), st.booleans())
def test_nobody_is_taken_for_somebody_else(people: list[tuple[str, str]], way: str, is_decomposed: bool) -> None:
    files = {_written(way, person, n): person for n, person in enumerate(people, 100)}
    if is_decomposed:
        files = {unicodedata.normalize("NFD", path): person for path, person in files.items()}
    texts: dict[str, str] = {}
    if way == "blackboard":
        for n, (given_name, family) in enumerate(people, 100):
            texts[f"Essay 1_u{n}_attempt_2024-03-01-10-22-33.txt"] = f"Name: {given_name} {family} (u{n})\n"
    download = understand([Member(path, 9) for path in (*files, *texts)], lambda path: texts.get(path, ""))
    for each in download.members[: len(files)]:
        truth = Is(*files[each.member.path])
        if each.whose is not None:
            assert is_proposed(each.whose, truth), each
        if each.whose and each.whose.sureness is Sureness.SURE:
            assert (each.whose.given_name, each.whose.family_name) == files[each.member.path]


def test_a_name_that_is_too_long_is_listed_and_not_read() -> None:
    path = f"Amara Okafor_1_assignsubmission_file/{'x' * 1000}.docx"
    (only,) = understand([Member(path, 9)], lambda _: "").members
    assert (only.whose, only.use) == (None, Use.ESSAY)
    assert "too long" in only.why


_PARTS = st.sampled_from(
    [
        "Amara Okafor", "_123_", "12345", "assignsubmission_file", "_assignsubmission_", "_attempt_2024-03-01-10-22-33",
        ".txt", ".docx", " - ", "271836-442356 - ", "Dec 5, 2024 1149 AM", "Version 1", "/", "Submitted files", "LATE",
        "anon_", "_text.html", "Group", ",", "__MACOSX", "~$", "\u0301", "\x00", "\ud800", "(", ")", "", "_", "é", "王",
    ]
)  # fmt: skip
_PATHS = st.lists(_PARTS, max_size=12).map("".join) | st.text(max_size=40)


@given(st.lists(st.tuples(_PATHS, st.integers(0, 10**9)), max_size=12), _PATHS)
def test_any_listing_is_understood_and_every_file_is_in_one_place(files: list[tuple[str, int]], text: str) -> None:
    members = [Member(*file) for file in files]
    download = understand(members, lambda _: f"Name: {text}\n")
    assert [each.member for each in download.members] == members
    assert 0 <= download.confidence <= 1
    for each in download.members:
        assert each.why
        if each.whose and each.whose.sureness is Sureness.SURE:
            assert each.whose.id


@given(st.permutations(list(CASES[0].files)))
def test_the_order_of_the_files_says_nothing(paths: list[str]) -> None:
    found = understand([Member(path, 9) for path in paths], lambda _: "")
    usual = understand([Member(path, 9) for path in CASES[0].files], lambda _: "")
    assert {each.member: each for each in found.members} == {each.member: each for each in usual.members}


def test_every_reason_is_a_sentence_or_two() -> None:
    for case in CASES:
        for one in read(case).members:
            for told in (one.whose.why, one.whose.doubt) if one.whose else ():
                assert not told or (told[0].isupper() and told.endswith(".") and ";" not in told), told
