"""How faithfully an essay came out of a file: its words in order, words that nobody wrote, and where paragraphs begin.

*Words* are what stands between white space; nothing else is normalised. The longest common subsequence of the true
words and the words read says which were recalled. The question counts as the first paragraph of both sides.

*Paragraphs* are judged by their beginnings: headings, list items, cells of a table, entries of a bibliography and notes
each begin one, and a line break inside a paragraph doesn't. (In a text file and a PDF nothing says what is a cell or
a line break: there a paragraph may begin at those or not.) A true beginning is found if its first word was recalled
and is the first recalled word of a paragraph that was read. ``boundaries`` is the harmonic mean (F) of two shares: of
the true beginnings, those that were found; of the paragraphs read, those that begin at a true one.

Three things are the writer's and not the student's, so that they are neither recalled nor invented: the mark of a
note (``rose[1]``, ``rose¹`` and ``rose1`` are all the word ``rose``, at the places where the essay has a note), the
sign in front of a list item or a note (``•``, ``2.``, ``[1]``), and the lines about the candidate and the comments in
the margin, which may be shown or left out. Notes and text boxes stand where the program put them (at the foot of the
page, at the end), so each is looked for by itself, in the paragraph that has most of it, before the rest is compared.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from .truth import NOTES, Block, Essay, final, pieces

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LABEL = re.compile(r"(?:[•●◦▪·○*+\-–o\uf0b7]|\(?\d{1,2}[.)]|\[(?:\d{1,2}|[ivx]{1,4}|[a-z])\]|[⁰¹²³⁴-⁹]{1,2})$")
_BARE_LABEL = re.compile(r"(?:\d{1,2}|[ivx]{1,4}|[a-z])$")
_FLOATING = (*NOTES, "box")
_TAKEN = ""
"""Stands for a word that was found already; no word is empty."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one file came to."""

    true: int
    found: int
    starts: int
    paragraphs: int
    right: int
    """Paragraphs read that begin where one of the student's does."""
    missing: tuple[str, ...] = field(default=(), repr=False)
    invented: tuple[str, ...] = field(default=(), repr=False)

    @property
    def recall(self) -> float:
        """The share of the true words that were read, in order."""
        return self.found / max(1, self.true)

    @property
    def boundaries(self) -> float:
        """How well the beginnings of paragraphs were found, 0 to 1."""
        return 2 * self.right / max(1, self.starts + self.paragraphs)


def score(essay: Essay, read: Iterable[str], lacks: Collection[str] = (), *, marked: bool = True) -> Score:
    """Compare the paragraphs that were read with the essay. ``lacks``: kinds of block that the file never had.

    ``marked``: the file's format says what a cell and a line break are. A text file and a PDF don't.
    """
    signs = _Signs(essay)
    paragraphs = [signs.off(text) for text in read if text.split()]
    true = found = starts = right = 0
    missing: list[str] = []
    noted: set[int] = set()
    """Paragraphs that begin with something found by itself."""
    aside: set[int] = set()
    for needed, words in _loose(essay, lacks):
        place = _place(words, paragraphs)
        held, pairs = place or (-1, [])
        for _, at in pairs:
            paragraphs[held][at] = _TAKEN
        begins = bool(pairs) and pairs[0] == (0, 0)
        if not needed:
            if place and not any(paragraphs[held]):
                aside.add(held)
            continue
        true, found, starts = true + len(words), found + len(pairs), starts + 1
        missing += _without(words, {a for a, _ in pairs})
        if begins:
            right += 1
            noted.add(held)
    kept = {n: words for n, words in enumerate(paragraphs) if n not in aside}
    firsts, flat = _flat([text.split() for block in _body(essay, lacks) for text in block.texts])
    open_to = set() if marked else _open_to(essay, lacks)
    read_firsts, read_flat = _flat(list(kept.values()))
    pairs = _common(flat, read_flat)
    by_read = {b: a for a, b in pairs}
    ends = [*read_firsts, len(read_flat)][1:]
    spans = zip(kept, read_firsts, ends, strict=True)
    begun = {
        next((by_read[at] for at in range(start, end) if at in by_read), -1)
        for n, start, end in spans
        if n not in noted
    }
    right += len(begun & {*firsts, *open_to})
    required = [at for at in firsts if at not in open_to]
    starts += len(required) + len(begun & open_to)
    extra = [word for n, word in enumerate(read_flat) if n not in by_read and word != _TAKEN]
    return Score(
        true + len(flat),
        found + len(pairs),
        starts,
        len(kept),
        right,
        (*missing, *_without(flat, {a for a, _ in pairs})),
        tuple(extra),
    )


class _Signs:
    """The signs that programs add: marks of notes at the words which carry them, and labels before lists and notes."""

    def __init__(self, essay: Essay) -> None:
        self.plain: dict[str, str] = {}
        self.openings = {tuple(text.split()[:2]) for block in essay.blocks for text in block.texts}
        self.noted = {note.text.split()[0] for note in essay.notes}
        order = {note.label: n for n, note in enumerate(essay.notes, start=1)}
        comments = 0
        for block in essay.blocks:
            for text in block.texts:
                before = ""
                for piece in pieces(text):
                    word = before.split()[-1] if before.split() and not before[-1:].isspace() else ""
                    if piece.kind == "mark" and word:
                        for number in {essay.number(piece.text), order[piece.text]}:
                            self._add(word, "", number)
                    elif piece.kind == "comment" and word:
                        sign = f"[{chr(ord('a') + comments)}]"
                        self.plain[f"{word}{sign}"] = word
                        self.plain[f"{sign}{piece.text.split()[0]}"] = piece.text.split()[0]
                        comments += 1
                    elif piece.kind in ("text", "ins"):
                        before += piece.text
        for note in essay.notes:
            for number in {essay.number(note.label), order[note.label]}:
                self._add("", note.text.split()[0], number)

    def _add(self, before: str, after: str, number: int) -> None:
        for sign in (str(number), _ROMAN[number], str(number).translate(_SUPERSCRIPT), chr(ord("a") + number - 1)):
            for shape in (f"[{sign}]", sign, f"{sign}."):
                self.plain.setdefault(f"{before}{shape}{after}", before or after)

    def off(self, text: str) -> list[str]:
        """A paragraph's words without the writer's signs. One that is nothing but a sign stays, and is invented."""
        words = text.split()
        if len(words) > 1 and tuple(words[:2]) not in self.openings:
            label = _BARE_LABEL if words[1] in self.noted else _LABEL
            if label.match(words[0]) or _LABEL.match(words[0]):
                del words[0]
        return [self.plain.get(word, word) for word in words]


def _loose(essay: Essay, lacks: Collection[str]) -> list[tuple[bool, list[str]]]:
    """What stands where the program likes, and whether it has to be there at all."""
    found = [(True, b.text.split()) for b in essay.blocks if b.kind in _FLOATING and b.kind not in lacks]
    found += [(False, p.text.split()) for b in essay.blocks for t in b.texts for p in pieces(t) if p.kind == "comment"]
    return [*found, (False, essay.candidate.split())] if essay.candidate else found


def _body(essay: Essay, lacks: Collection[str]) -> list[Block]:
    asked = [Block("question", (essay.question,))] if essay.question else []
    told = [
        Block(b.kind, tuple(map(final, b.texts))) for b in essay.body if b.kind not in lacks and b.kind not in _FLOATING
    ]
    return asked + told


def _open_to(essay: Essay, lacks: Collection[str]) -> set[int]:
    """The words at which a paragraph may or may not begin: a row's later cells, and a line after a break."""
    found: set[int] = set()
    at = 0
    for block in _body(essay, lacks):
        for n, text in enumerate(block.texts):
            for m, line in enumerate(text.split("\n")):
                if n or m:
                    found.add(at)
                at += len(line.split())
    return found


def _place(words: Sequence[str], paragraphs: Sequence[Sequence[str]]) -> tuple[int, list[tuple[int, int]]] | None:
    """The paragraph that has most of these words near together, and the pairs; None if none has half of them."""
    best: tuple[int, list[tuple[int, int]]] | None = None
    openings = set(words[:3])
    reach = len(words) + len(words) // 4 + 2
    for n, paragraph in enumerate(paragraphs):
        for start, word in enumerate(paragraph):
            if word not in openings:
                continue
            pairs = [(a, b + start) for a, b in _common(words, paragraph[start : start + reach])]
            if len(pairs) * 2 >= len(words) and (best is None or len(pairs) > len(best[1])):
                best = n, pairs
    return best


def _flat(paragraphs: Sequence[Sequence[str]]) -> tuple[list[int], list[str]]:
    firsts: list[int] = []
    words: list[str] = []
    for paragraph in paragraphs:
        firsts.append(len(words))
        words += paragraph
    return firsts, words


def _without(words: Sequence[str], taken: Collection[int]) -> list[str]:
    return [word for n, word in enumerate(words) if n not in taken]


def _common(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence as pairs of places, by Hunt and Szymanski's method."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for b in range(len(second) - 1, -1, -1):
        places[second[b]].append(b)
    ends: list[int] = []
    links: list[tuple[int, int, object]] = []
    for a, word in enumerate(first):
        for b in places.get(word, ()):
            n = bisect_left(ends, b)
            link = (a, b, links[n - 1] if n else None)
            if n == len(ends):
                ends.append(b)
                links.append(link)
            elif b < ends[n]:
                ends[n], links[n] = b, link
    pairs: list[tuple[int, int]] = []
    at: object = links[-1] if links else None
    while isinstance(at, tuple):
        pairs.append((at[0], at[1]))
        at = at[2]
    return pairs[::-1]
