"""The arrows choose between sentences as a reader sees them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.essay import Essay, Span
from markdesk.core.sentences import sentences, trim_end, trim_start, words
from tests.kit import HARD_ESSAY


def told(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "expected",
    [
        ["One.", "Two!", "Three?", "Four…"],
        ["It fell c. 1956 in Hungary.", "Next."],
        ["See vol. 2 of it.", "Then p. 4 of that."],
        ["J. V. Stalin ruled.", "He died."],
        ["There were causes, e.g. Bread was dear.", "Next."],
        ["Dr. Starkey and Prof. Elton differ.", "So do we."],
        ["He was 'troubled [sic].", "He wrote on."],
        ["“It was so.”[2]", "Then he left."],
        ["He said ‘no!’ and left.", "She stayed."],
        ["So said I.", "Then he left."],
        ["He fell in 1529.[12][13]", "Wolsey too."],
        ["The king (who was ill.)", "He died."],
        ["It cost 3.5 pounds.", "Cheap."],
        ["“Why?” asked the king.", "Nobody knew."],
        ["Why?!", "Because."],
        ["What followed...", "Nothing."],
        ["It went on... and on.", "Then it stopped."],
        ["The U.S. Senate voted.", "It passed."],
        ["No stop at all"],
        ["A line\nbroken inside.", "Two."],
    ],
    ids=lambda expected: expected[0],
)
def test_sentences(expected: list[str]) -> None:
    assert told(" ".join(expected)) == expected


TRAPS = [
    ["The treaty was signed on 28 June 1919.", "Nobody was pleased."],
    ["It began c. 1964 in the Ukraine.", "It ended soon."],
    ["It began ca. 1450.", "Printing followed."],
    ["Prices rose by 3.5 per cent.", "Wages did not."],
    ["He met them on 4.viii.1914 in London.", "War came."],
    ["It was signed on 23.8.1939.", "Poland fell."],
    ["The court sat at 10.30 a.m. on Friday.", "It rose at noon."],
    ["They met at 6 p.m.", "Nobody spoke."],
    ["Rome fell in A.D. 476 or later.", "Historians differ."],
    ["Caesar died in 44 B.C.", "He lived."],
    ["In Sept. 1939 and Nov. 1940 it failed.", "Then it worked."],
    ["On Jan. 30 he was chancellor.", "He stayed."],
    ["It cost £1.5m.", "Nobody paid."],
    ["A. J. P. Taylor disagrees.", "So does Fischer."],
    ["A.J.P. Taylor disagrees.", "So does Fischer."],
    ["E.P. Thompson saw a class.", "Others saw none."],
    ["The work of J.H. Elliott and G.R. Elton is old.", "It is good."],
    ["Franklin D. Roosevelt won.", "Hoover lost."],
    ["George W. Bush and John F. Kennedy differ.", "Both won."],
    ["Ulysses S. Grant drank.", "He won."],
    ["Dr. King marched.", "Mr. Wallace stood."],
    ["Gen. Haig and Lt. Col. Smith agreed.", "Capt. Jones did not."],
    ["St. Petersburg was renamed.", "It was cold."],
    ["Lord Salisbury, P.M., was tired.", "He resigned."],
    ["Martin Luther King Jr. spoke.", "They listened."],
    ["Messrs. Baring were ruined.", "The Bank helped."],
    ["Rt. Hon. David Lloyd George rose.", "He sat."],
    ["The Revd. Ian Paisley shouted.", "They left."],
    ["Everyone blamed Nicholas II.", "He abdicated."],
    ["It was the work of Henry VII.", "His son spent it."],
    ["He served Charles I.", "He died."],
    ["He served under Charles I. in the north and left.", "Then he died."],
    ["It followed Vatican I.", "The pope was ill."],
    ["This was World War I.", "It ended."],
    ["See chapter V.", "It is long."],
    ["Napoleon III. was defeated at Sedan.", "Paris rose."],
    ["He said no.", "Gladstone said yes."],
    ["They loved art.", "Prices rose."],
    ["See p. xii of it.", "See vol. II too."],
    ["See vol. 2, pp. 14-16 of it.", "It is clear."],
    ["As Hill says (p. 44), it failed.", "He is right."],
    ["Hill, op. cit., p. 12.", "Stone, ibid., p. 4."],
    ["See Figes, A People's Tragedy, ch. 4.", "It is long."],
    ["See no. 4 of the Gazette.", "It is rare."],
    ["Ed. G. Best, London, 1988.", "It is dull."],
    ["Cf. Stone on this.", "He disagrees."],
    ["Carr et al. argue this.", "They are few."],
    ["Some, e.g. Carr, agree.", "Others, i.e. Conquest, do not."],
    ["Tribes, kings, bishops, etc. were there.", "All left."],
    ["Tribes, kings, bishops, etc.", "All left."],
    ["See s.v. Peel in the index.", "It helps."],
    ["The Act (33 Geo. III, c. 4) was passed.", "It failed."],
    ["Letter, Palmerston to Clarendon, 4 Feb. 1854, fol. 12.", "It is rude."],
    ["See fn. 3 and n. 4 below.", "They matter."],
    ["The Labour Govt. fell.", "Dept. Q was shut."],
    ["The firm of Krupp & Co. made guns.", "Essen grew."],
    ["Standard Oil Inc. was broken up.", "Prices fell."],
    ["He called it “the greatest crime.”", "She agreed."],
    ["He said ‘Peace!’", "Nobody believed it."],
    ["He said, ‘Who are you?’ and sat.", "They told him."],
    ["“Why me?” Charles asked.", "Nobody knew."],
    ["“Not one inch!” Baker said.", "Was it a promise?"],
    ["He wrote: 'It is finished.'", "It was not."],
    ["She said 'I want the money.' and got it.", "He paid."],
    ["He was a ‘tyrant’.", "His sons agreed."],
    ["'We shall fight.'", "'We shall never surrender.'"],
    ["It was “over.”²", "He left."],
    ["He was ‘a fool’.[4]", "So was she."],
    ["This was (as Carr says.) wrong.", "It stood."],
    ["He fell (see above).", "He rose again."],
    ["(He fell.)", "(He rose.)"],
    ["It was so [see Table 2].", "It stayed so."],
    ["The king ... was ill.", "He died."],
    ["The king … was ill.", "He died."],
    ["He was ill. . . .", "The king died."],
    ["He said: '[...] we are lost.'", "They were."],
    ["It was over....", "It began again."],
    ["“The people… will rise.”", "They did not."],
    ["It rose.¹", "It fell.²"],
    ["It rose.12", "It fell.13"],
    ["It rose.[1]", "It fell,[2] then rose."],
    ["It rose.”1", "It fell."],
    ["It rose.(1)", "It fell.(2)"],
    ["It rose.*", "It fell.†"],
    ["The U.S.S.R. collapsed.", "Nobody wept."],
    ["The U.S. Congress voted.", "The U.N. did not."],
    ["He went to the U.S.", "He stayed."],
    ["He lived in Washington D.C. and wrote.", "He died."],
    ["He lived in Washington, D.C.", "He died."],
    ["Was it so?", "It was!", "Really?!"],
    ["This is true; it is not.", "No."],
    ["eBay was not yet founded.", "iPods were unknown."],
    ["The price was 5s. 6d. a yard.", "It rose."],
    ["The Times vs. The Guardian.", "Both lost."],
    ["Yahoo! was founded later.", "Nobody cared."],
    ["1. The first cause is money.", "It is weak."],
    ["Conclusion: he failed.", "He knew it."],
]
"""What makes historians' prose hard to divide: each line is its sentences, joined by one space."""


@pytest.mark.parametrize("expected", TRAPS, ids=lambda expected: expected[0])
def test_historians_prose(expected: list[str]) -> None:
    assert told(" ".join(expected)) == expected


@pytest.mark.parametrize("unit", [".", ". ", "!x", ".”", "[1]", ".[1]", "A.", "c. ", ".1", "…"])
def test_a_hostile_paragraph_takes_no_time(unit: str) -> None:
    text = unit * (200_000 // len(unit)) + "x"
    began = time.process_time()
    found = sentences(text, Span(0, len(text)))
    assert time.process_time() - began < 4
    assert found


def test_a_paragraph_has_at_least_one() -> None:
    assert sentences("   ", Span(0, 3)) == (Span(0, 3),)


def test_only_the_paragraph_is_looked_at() -> None:
    text = "Before. One. Two. After."
    assert [text[s.start : s.end] for s in sentences(text, Span(8, 17))] == ["One.", "Two."]


PIECES = st.sampled_from(
    ["A", "b", "c.", "J.", "1529", ".", "!", "?", "…", "...", '"', "”", "’", ")", "[sic]", "[2]", " ", "\n", "\t",
     "e.g.", "vol.", "The", "毛", "\u00a0", "\U0001f451"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(0, 5), st.integers(0, 5))
def test_sentences_cover_the_paragraph(text: str, before: int, after: int) -> None:
    span = Span(min(before, len(text)), max(min(before, len(text)), len(text) - after))
    found = sentences(text, span)
    assert found
    assert all(span.contains(one) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {place for one in found for place in range(one.start, one.end)}
    assert all(place in covered for place in range(span.start, span.end) if not text[place].isspace())
    if text[span.start : span.end].strip():
        assert all(len(one) > 0 and not text[one.start].isspace() and not text[one.end - 1].isspace() for one in found)


def test_the_hard_essay() -> None:
    second = HARD_ESSAY.paragraphs[1]
    assert [HARD_ESSAY.quote(s) for s in sentences(HARD_ESSAY.text, second.span)] == [
        "Wolsey fell [/b] in 1529.",
        "See [Ibid., p. 4] and [bold red]this[/] (J. V. Stalin said otherwise, c. 1956).",
    ]


def test_trimming_takes_words_off_and_leaves_one() -> None:
    essay = Essay("In 1529, Wolsey fell.")
    span = Span(0, len(essay.text))
    assert essay.quote(trim_start(essay.text, span)) == "1529, Wolsey fell."
    assert essay.quote(trim_end(essay.text, span)) == "In 1529, Wolsey"
    shorter = trim_end(essay.text, trim_end(essay.text, span))
    assert essay.quote(shorter) == "In 1529"
    one = Span(4, 8)
    assert trim_start(essay.text, one) == one
    assert trim_end(essay.text, one) == one
    assert [essay.quote(word) for word in words(essay.text, span)] == ["In", "1529,", "Wolsey", "fell."]


@given(st.text(alphabet="ab .,\n", min_size=1, max_size=30))
def test_trimming_ends(text: str) -> None:
    span = Span(0, len(text))
    for trim in (trim_start, trim_end):
        at = span
        for _ in range(40):
            nearer = trim(text, at)
            assert at.contains(nearer)
            assert len(nearer) > 0
            at = nearer
        assert len(text[at.start : at.end].split()) <= 1
