"""What the sample class wrote and was told reads like what a class writes and is told."""

import re
from collections import defaultdict
from itertools import combinations

from markdesk.core.annotation import serves
from markdesk.core.feedback import Field
from tests.demo.desk import Demo, bank_lines

SPOILT = re.compile(r"  |[{}|]|\.\.| [,.;]|TODO|\bAlso, (?:The|In|A|He)\b|(?<![.”’])\n\n|^[a-z]")
SENTENCE = re.compile(r"(?<=[.?!’]) (?=[A-Z‘])")


def essays(demo: Demo) -> dict[tuple[str, str], str]:
    """The texts of the two years, by assignment and student."""
    names = {piece.name for piece in demo.course.pieces if piece.topic is not None}
    store = demo.desk.store
    return {
        (entry.assignment.name, entry.student.name): store.essay(entry.script.essay_hash).text
        for entry in store.entries(demo.desk.marker.id)
        if entry.assignment.name in names and entry.script.essay_hash
    }


def test_no_text_is_spoilt(demo: Demo) -> None:
    found = essays(demo)
    assert len(found) > 60
    assert {key: SPOILT.findall(text) for key, text in found.items() if SPOILT.search(text)} == {}
    assert all(text.endswith(".") for text in found.values())


def test_essays_are_as_long_as_a_class_writes(demo: Demo) -> None:
    for (name, student), text in essays(demo).items():
        extracts = name.startswith("Extracts")
        assert (200 if extracts else 280) <= len(text.split()) <= 900, (name, student, len(text.split()))


def test_no_two_essays_are_one_with_the_names_changed(demo: Demo) -> None:
    piles: dict[str, list[str]] = defaultdict(list)
    for (name, _), text in essays(demo).items():
        piles[name].append(text)
    for name, texts in piles.items():
        for one, other in combinations(texts, 2):
            assert not set(one.split("\n\n")[1:-1]) & set(other.split("\n\n")[1:-1]), f"{name}: a paragraph twice"
            first, then = (set(SENTENCE.split(text)) for text in (one, other))
            assert len(first & then) <= 0.6 * min(len(first), len(then)), (name, one[:40], other[:40])


def test_whoever_stands_higher_writes_more_that_weighs(demo: Demo) -> None:
    found = essays(demo)
    for name in ("Wolsey at home", "Mary I", "Collectivisation"):
        assert len(found[name, "Chloe Świderska"].split()) > len(found[name, "Ben Hartley"].split())


def test_every_stamp_serves_its_scheme(demo: Demo) -> None:
    for entry, marking, rubric in demo.years():
        for note in marking.annotations.values():
            stamp = demo.desk.stamps_for(rubric).for_code(note.code)
            assert stamp is not None, note.code
            assert serves(stamp, rubric), (entry.assignment.name, note.code)


def test_the_words_are_those_of_the_comment_bank(demo: Demo) -> None:
    known = bank_lines()
    assert len(known) > 100
    best = re.compile(r"Paragraph \d, on .+, is the best of it\.")
    for _, marking, _ in demo.years():
        for note in marking.annotations.values():
            assert not note.comment or note.comment in known, note.comment
        for line in marking.feedback.values():
            said = re.sub(r"paragraph \d", "paragraph {paragraph}", line.text)
            assert line.field is Field.NOTE or said in known or best.fullmatch(line.text), line.text


def test_no_essay_is_told_one_thing_twice(demo: Demo) -> None:
    for _, marking, _ in demo.years():
        said = [note.comment for note in marking.annotations.values() if note.comment]
        assert len(said) == len(set(said))


def test_a_paragraph_that_feedback_names_is_there(demo: Demo) -> None:
    named = 0
    for entry, marking, _ in demo.years():
        for line in marking.feedback.values():
            for number in re.findall(r"[Pp]aragraph (\d)", line.text):
                named += 1
                if entry.script.essay_hash:
                    assert int(number) <= len(demo.desk.store.essay(entry.script.essay_hash).paragraphs)
    assert named > 40
