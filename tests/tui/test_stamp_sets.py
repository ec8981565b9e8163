"""Stamps by the scheme: an OCR essay has OCR's letters, literacy codes come from the bank, a bad file stops nothing."""

from dataclasses import replace

import pytest

from markdesk.bootstrap import own_stamps
from markdesk.config.keymap import Keymap
from markdesk.config.paths import config_folder
from markdesk.core.ids import StrandId
from tests.kit import shipped_rubric
from tests.schemes_that_change import written
from tests.tui.desks import HOLISTIC, PARTS, PROFILE, RUBRICS, SHAPES, SUMMED, under
from tests.tui.seat import Row, Seat, World
from tests.tui.test_stamps import evidence, legend

OWN = """schema = "markdesk.stamps/1"
id = "ours"
title = "Department [/b]"
boards = ["Pearson Edexcel"]

[[stamp]]
key = "q"
code = "SoW?"
meaning = "so what? [b]say[/b] why it matters"
tone = "weak"
strands = ["analysis"]

[[stamp]]
key = "w"
code = "WOW"
meaning = "remarkable"
tone = "credit"
strands = ["of no scheme"]
"""


def own(text: str = OWN, name: str = "ours") -> None:
    own_stamps().mkdir(parents=True, exist_ok=True)
    (own_stamps() / f"{name}.toml").write_text(text, encoding="utf-8")


def codes(seat: Seat) -> list[Row]:
    return seat.rows("select code, comment from annotation order by id")


async def test_an_ocr_essay_is_stamped_with_ocr_s_letters(world: World) -> None:
    async with world.sit(PARTS) as seat:
        found = legend(seat)
        assert (found["k"], found["n"], found["f"]) == ("KU", "ILL", "F")
        await seat.press("k", "n", "k", "down", "S", "escape")
        assert codes(seat) == [("KU", ""), ("ILL", ""), ("KU", ""), ("SC", "")]
        assert evidence(seat) == {"KU": 2, "ILL": 1, "SC": 1}
        await seat.press("e")
        assert "No stamp is on the key e" in seat.foot, "the neutral set's letters are not OCR's"
        assert len(codes(seat)) == 4
        await seat.press("p")
        assert "P isn't used in this scheme" in seat.foot
        await seat.press("?")
        assert "After OCR’s habits" in seat.text or "After OCR's habits" in seat.text
        assert "knowledge and understanding, used to the point" in seat.text


async def test_the_list_stamps_anew_with_the_letters_of_the_scheme(world: World) -> None:
    async with world.sit(PARTS) as seat:
        await seat.press("k", "!", "i")
        assert codes(seat) == [("IRRL", "")]


@pytest.mark.parametrize("shape", SHAPES)
async def test_the_letters_stay_in_sight_under_the_longest_scheme(world: World, shape: str) -> None:
    """Also once a level is chosen and everything is told in full; never on more than a third of the screen."""
    async with world.sit(shape) as seat:
        before = legend(seat)
        assert len(before) >= 8
        await seat.press("3", "~", "k", "n")
        assert legend(seat) == before
        assert evidence(seat)
        top = next(at for at, line in enumerate(seat.lines) if "Evidence" in line[74:])
        assert len(seat.lines) - top <= len(seat.lines) // 3 + 1


async def test_a_stamp_moves_nothing_beside_the_scheme(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:

        def places() -> dict[str, tuple[int, int]]:
            found: dict[str, tuple[int, int]] = {}
            for y, line in enumerate(seat.lines):
                for code in ("AN", "EVAL", "LINK", "Feedback"):
                    if code in line[74:]:
                        found[code] = (y, line.index(code, 74))
            return found

        before = places()
        await seat.press("k", "a", "n", "k")
        assert places() == before


async def test_a_code_of_another_set_keeps_its_meaning_and_is_counted(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "n")
    (config_folder()).mkdir(parents=True, exist_ok=True)
    (config_folder() / "config.toml").write_text('stamps = "ocr"\n', encoding="utf-8")
    async with world.sit(HOLISTIC) as seat:
        assert legend(seat)["k"] == "KU"
        assert evidence(seat) == {"K": 1, "NAR": 1}
        await seat.press("]")
        assert "accurate, relevant own knowledge" in seat.text
        await seat.press("!")
        assert "narrative: tells or describes" in seat.text


async def test_a_literacy_code_is_a_stamp_of_its_own_from_the_bank(world: World) -> None:
    async with world.sit(PARTS) as seat:
        await seat.press("k", ";")
        await seat.type("sp")
        assert "SP  Spelling: check this word." in seat.text
        await seat.press("enter")
        assert codes(seat) == [("KU", ""), ("SP", "")], "the stamp made just before is left alone"
        assert evidence(seat) == {"KU": 1, "SP": 1}
        assert "spelling: check this word" in seat.text
        await seat.press("down", ".")
        assert codes(seat)[2] == ("SP", ""), "the last stamp again"
        await seat.press("ctrl+z", "ctrl+z")
        assert codes(seat) == [("KU", "")]


async def test_a_literacy_code_can_be_taken_with_words_of_one_s_own(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(";")
        await seat.type("qq")
        await seat.press("tab")
        await seat.type("Which king?")
        await seat.press("escape")
        assert codes(seat) == [("??", "Which king?")]


async def test_in_an_editor_its_short_code_writes_its_meaning(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("See ;sp ")
        await seat.press("escape")
        assert codes(seat) == [("K", "See Spelling: check this word.")]


async def test_a_comment_of_the_bank_brings_the_set_s_own_stamp(world: World) -> None:
    async with world.sit(PARTS) as seat:
        await seat.press("n", ";", "enter")
        ((code, comment),) = codes(seat)
        assert code == "ILL"
        assert comment, "what the bank has for narrative suits OCR's code too"


async def test_her_own_set_is_used_and_its_words_are_text(world: World) -> None:
    own()
    async with world.sit(PROFILE) as seat:
        assert legend(seat) == {"q": "SoW?"}
        await seat.press("q")
        assert codes(seat) == [("SoW?", "")]
        assert "so what? [b]say[/b] why it matters" in seat.text
        await seat.press("w")
        assert "WOW isn't used in this scheme" in seat.foot
        await seat.press("?")
        assert "Department [/b]" in seat.text
    async with world.sit(HOLISTIC) as seat:
        assert legend(seat)["k"] == "K"


async def test_a_file_that_is_wrong_is_said_once_and_stops_nothing(world: World) -> None:
    own(OWN.replace('key = "q"', 'key = "qq"'))
    async with world.sit(PROFILE) as seat:
        assert "Your stamps ours.toml aren't used: ours.toml:7: stamp[1].key" in seat.spoken
        await seat.press("k")
        assert codes(seat) == [("K", "")]
        await seat.press(">")
        assert "ours.toml" not in seat.spoken


async def test_a_scheme_of_strands_that_no_stamp_knows_has_all_of_them(world: World) -> None:
    shipped = shipped_rubric(RUBRICS[SUMMED])
    called = {str(strand.id): f"c{number}" for number, strand in enumerate(shipped.strands)}
    strange = replace(
        shipped,
        id="from-elsewhere",
        board="",
        strands=tuple(replace(s, id=StrandId(called[s.id]), ao=f"C{s.ao}") for s in shipped.strands),
        aos=tuple(replace(ao, code=f"C{ao.code}") for ao in shipped.aos),
        scales=tuple(
            replace(
                scale,
                aos=tuple(f"C{ao}" for ao in scale.aos),
                levels=tuple(
                    replace(level, strand={called[name]: words for name, words in level.strand.items()})
                    for level in scale.levels
                ),
            )
            for scale in shipped.scales
        ),
    )
    under(world, SUMMED, written(strange))
    async with world.sit(SUMMED) as seat:
        assert len(legend(seat)) == 12
        await seat.press("k", "p")
        assert codes(seat) == [("K", ""), ("PROV", "")]


async def test_a_keymap_moves_the_letters_of_any_set(world: World) -> None:
    keymap = Keymap({"marking.stamp_k": ("f7",)})
    async with world.sit(PARTS, keymap=keymap) as seat:
        assert "F7 KU" in seat.right_of(74)
        await seat.press("f7")
        assert codes(seat) == [("KU", "")]
