"""Nothing from outside can act on a terminal, and nothing ordinary is altered."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.plain import fold, hidden_characters, is_plain, show, show_line
from tests.kit import HARD_ESSAY

C0 = [chr(c) for c in range(0x20) if chr(c) not in "\t\n"]
C1 = [chr(c) for c in range(0x80, 0xA0)]
BIDI = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ZERO_WIDTH = list("\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0\u034f")
SELECTORS = [chr(c) for c in (*range(0xFE00, 0xFE0E), 0x180B, 0x180C, 0x180D, 0xE0100, 0xE01EF)]
TAGS = [chr(c) for c in range(0xE0000, 0xE0080)]
OTHERS = ["\u2028", "\u2029", "\ufff9", "\ufffb", "\U0001d173", "\U0001bca0", "\ud800", "\udfff", "\x7f"]
UNSAFE = [*C0, *C1, *BIDI, *ZERO_WIDTH, *SELECTORS, *TAGS, *OTHERS]
EMOJI = [
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",  # family
    "\U0001f3f4\u200d\u2620\ufe0f",  # pirate flag
    "\U0001f469\U0001f3fd\u200d\U0001f3eb",  # teacher, medium skin
    "\u2764\ufe0f\u200d\U0001f525",  # heart on fire
    "\U0001f3f3\ufe0f\u200d\U0001f308",  # rainbow flag
    "\U0001f441\ufe0f\u200d\U0001f5e8\ufe0f",  # eye in speech bubble
    "\U0001f408\u200d\u2b1b",  # black cat
    "\U0001f642\u200d\u2194\ufe0f",  # head shaking
    "\U0001f3c3\u200d\u27a1\ufe0f",  # running to the right
    "\U0001f1ec\U0001f1e7",  # flag
    "1\ufe0f\u20e3",  # keycap
]


@pytest.mark.parametrize("character", UNSAFE, ids=lambda c: f"U+{ord(c):04X}")
def test_every_character_that_could_act_becomes_a_sign(character: str) -> None:
    shown = show(f"a{character}b")
    assert character not in shown
    assert shown[0] == "a"
    assert shown[-1] == "b"
    assert len(shown) > 2
    assert hidden_characters(f"a{character}b") == 1
    assert not is_plain(f"a{character}b")


def test_the_signs() -> None:
    assert show("\x1b[2J\x07\x00\x7f") == "␛[2J␇␀␡"
    assert show("\u202eabc\x9b") == "⟨U+202E⟩abc⟨U+009B⟩"
    assert show("\U000e0041") == "⟨U+E0041⟩"
    assert show("a\rOVER") == "a␍OVER"
    assert show("a\tb\nc") == "a    b\nc"
    assert show_line("a\nb\tc") == "a b    c"
    assert show("\ud83d") == "⟨U+D83D⟩"


@pytest.mark.parametrize("sequence", EMOJI)
def test_emoji_stay_whole(sequence: str) -> None:
    assert show(f"x {sequence} y") == f"x {sequence} y"
    assert hidden_characters(sequence) == 0


@pytest.mark.parametrize("text", ["a\u200db", "\u200d", "\U0001f468\u200d", "\u200d\U0001f468", "\U0001f468\u200da"])
def test_a_joiner_that_joins_nothing_is_shown(text: str) -> None:
    assert "⟨U+200D⟩" in show(text)


@pytest.mark.parametrize("base", ["\u0301", "\u0489", "\u1ab0", "\u1dc0", "\u20d0", "\ufe20"])
def test_marks_are_capped_at_four(base: str) -> None:
    assert show("e" + base * 4 + "x") == "e" + base * 4 + "x"
    assert show("e" + base * 300 + "x") == "e" + base * 4 + "⟨+296⟩x"


@pytest.mark.parametrize(
    "text",
    [
        "Plain ASCII, [sic] and [/b] and \\[x].",
        "“Curly” – dashes — … £ € ½ é ñ ß Ł ø",
        "Siân e\u0301 cafe\u0301 Tiếng Việt",
        "毛泽东 Горбачёв Ελλάδα עברית العربية हिन्दी ไทย 한국어",
        "non-breaking\u00a0space and thin\u2009space",
        HARD_ESSAY.text,
        "",
    ],
)
def test_ordinary_text_is_untouched(text: str) -> None:
    assert show(text) == text
    assert is_plain(text)


ANYTHING = st.text(
    alphabet=st.one_of(
        st.characters(codec=None, categories=None),
        st.sampled_from([*UNSAFE, "\u0301", "\u0300", "\ufe0f", "\u2764", "\U0001f468", "\u200d", "\t", "\n"]),
    ),
    max_size=60,
)


@given(ANYTHING)
def test_nothing_unsafe_is_left(text: str) -> None:
    shown = show(text)
    assert show(shown) == shown
    assert is_plain(shown)
    for place, character in enumerate(shown):
        category = unicodedata.category(character)
        assert category not in ("Cc", "Cs", "Zl", "Zp") or character == "\n"
        if character == "\u200d":  # only between two pictures
            assert unicodedata.category(shown[place + 1]) == "So" or ord(shown[place + 1]) > 0x2000
            assert ord(shown[place - 1]) > 0x2000
        else:
            assert character not in UNSAFE
    run = 0
    for character in shown:
        run = run + 1 if "\u0300" <= character <= "\u036f" else 0
        assert run <= 4


@given(ANYTHING)
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert is_plain(text) == (show(text) == text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łukasz Świątek", "lukasz swiatek"),
        ("Søren Ø", "soren o"),
        ("  Siân   Ó  Briain ", "sian o briain"),
        ("O’Connell", "o'connell"),
        ("Đặng", "dang"),
        ("Strauß", "strauss"),
        ("Ælfgifu Œ", "aelfgifu oe"),
        ("İpek ı", "ipek i"),
        ("ﬁnn", "finn"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(text).casefold() == fold(text)
