"""Essays come out of the files that programs make of them as they were written."""

import zipfile

import pytest

from tests.corpus.files import BARS, Result, kinds, manifest, results, together
from tests.corpus.score import Score, score
from tests.corpus.truth import HERE, Block, Essay, essay, final, names

WORST = {"pdf": (0.90, 0.75)}
"""What no single file may fall below; the others' is 0.97 and 0.95."""


def told(found: list[Result]) -> str:
    """The ten worst files, with what is missing and what nobody wrote."""

    def badness(one: Result) -> float:
        return one.score.recall + one.score.boundaries if one.score else 0.0

    lines = []
    for one in sorted(found, key=badness)[:10]:
        if one.score is None:
            lines.append(f"{one.file.name}: refused: {one.refusal}")
            continue
        missing, invented = (" ".join(words)[:120] for words in (one.score.missing, one.score.invented))
        lines.append(
            f"{one.file.name}: {one.score.recall:.4f} of the words, {one.score.boundaries:.3f} of the paragraphs;"
            f" missing: {missing or 'none'}; nobody's: {invented or 'none'}"
        )
    return "\n".join(lines)


@pytest.mark.parametrize("kind", kinds())
def test_each_kind_of_file_is_read_faithfully(kind: str) -> None:
    found = list(results(kind))
    recall, boundaries, _ = together(found)

    least_words, least_paragraphs = WORST.get(kind, (0.97, 0.95))
    assert [one.file.name for one in found if one.score is None] == [], told(found)
    scored = [(one.file.name, one.score) for one in found if one.score]
    assert recall >= BARS[kind][0], told(found)
    assert boundaries >= BARS[kind][1], told(found)
    assert [name for name, one in scored if one.recall < least_words or one.boundaries < least_paragraphs] == [], told(
        found
    )


def test_the_archives_hold_what_the_manifest_says() -> None:
    files = manifest()
    there = [f"{kind}/{name}" for kind in BARS for name in zipfile.ZipFile(HERE / f"{kind}.zip").namelist()]

    assert sorted(there) == sorted(file.name for file in files)
    assert len(files) >= 140
    assert all(sum(file.kind == kind for file in files) >= 20 for kind in BARS)
    assert len({(file.kind, file.writer) for file in files}) >= 40
    assert {file.essay for file in files} == set(names())
    assert sum((HERE / f"{kind}.zip").stat().st_size for kind in BARS) < 3_000_000


# The scorer itself


def plain(*texts: str, question: str = "") -> Essay:
    return Essay("x", "A. Student", question, "", frozenset(), tuple(Block("body", (text,)) for text in texts))


ONE, TWO = "The king was weak in 1485.", "Nobody said so to him."


def test_what_was_read_as_it_was_written_is_whole() -> None:
    for name in names():
        whole = essay(name)
        read = [whole.question, *(final(text) for block in whole.blocks for text in block.texts)]
        found = score(whole, filter(None, read))
        assert (found.recall, found.boundaries, found.invented) == (1.0, 1.0, ()), name


def test_a_lost_a_changed_and_an_added_word_are_found() -> None:
    found = score(plain(ONE, TWO), ["The king was in 1485.", "Nobody told so to him, ever."])

    assert found.missing == ("weak", "said", "him.")
    assert found.invented == ("told", "him,", "ever.")
    assert found.recall == 8 / 11
    assert found.boundaries == 1.0


def test_words_out_of_order_are_not_recalled() -> None:
    assert score(plain("one two three four"), ["three four one two"]).recall == 0.5


@pytest.mark.parametrize(
    ("read", "boundaries"),
    [
        ([ONE, TWO], 1.0),
        ([f"{ONE} {TWO}"], 2 / 3),
        (["The king was", "weak in 1485.", TWO], 4 / 5),
        ([f"{ONE} Nobody", "said so to him."], 2 / 4),
        ([ONE, "Page 2", TWO], 4 / 5),
        ([], 0.0),
    ],
    ids=["whole", "joined", "cut", "cut elsewhere", "with a foot between", "nothing"],
)
def test_paragraphs_that_are_joined_or_cut_cost_what_they_should(read: list[str], boundaries: float) -> None:
    assert score(plain(ONE, TWO), read).boundaries == pytest.approx(boundaries)


def noted() -> Essay:
    return Essay(
        "x",
        "A. Student",
        "",
        "",
        frozenset(),
        (
            Block("body", ("It fell in 1736.[^1] Few wept.",)),
            Block("body", (TWO,)),
            Block("foot", ("Hill, p. 4.",), "1"),
        ),
    )


@pytest.mark.parametrize("sign", ["[1]", "1", "¹", "i", "[i]"])
@pytest.mark.parametrize("label", ["[1] ", "1 ", "¹ ", "1", "1. "])
def test_a_note_may_stand_anywhere_with_any_sign(sign: str, label: str) -> None:
    body, note = f"It fell in 1736.{sign} Few wept.", f"{label}Hill, p. 4."
    for read in ([body, TWO, note], [body, note, TWO]):
        found = score(noted(), read)
        assert (found.recall, found.boundaries, found.invented) == (1.0, 1.0, ())


def test_a_note_that_is_missing_or_stuck_to_a_paragraph_costs() -> None:
    def scored(*read: str) -> Score:
        return score(noted(), read)

    assert scored("It fell in 1736.[1] Few wept.", TWO).missing == ("Hill,", "p.", "4.")
    assert scored("It fell in 1736.[1] Few wept.", f"{TWO} Hill, p. 4.").boundaries == pytest.approx(4 / 5)
    assert scored("It fell in 1736.7 Few wept.", TWO, "Hill, p. 4.").missing == ("1736.",)


def test_cells_and_line_breaks_count_only_where_the_format_tells_them() -> None:
    table = Essay("x", "A. Student", "", "", frozenset(), (Block("row", ("Year", "Grain", "1952", "164")),))

    assert score(table, ["Year Grain 1952 164"]).boundaries == pytest.approx(2 / 5)
    assert score(table, ["Year Grain 1952 164"], marked=False).boundaries == 1.0
    assert score(table, ["Year", "Grain", "1952", "164"], marked=False).boundaries == 1.0
