"""Redrafts of the sample essays, made from a seed, with the truth: where each marked passage went, or that it went.

Every word of a draft knows which word of the earlier draft it was. What a student does to a sentence is one of the
kinds below; the sentences around it are edited too, so that no passage can lean on an untouched neighbourhood.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from markdesk.config.paths import shipped
from markdesk.core.essay import Essay, Span
from markdesk.core.sentences import sentences
from markdesk.formats.text import MarkdownImporter

KINDS = {
    "unchanged": 0,
    "0-10 % of words": 14,
    "10-30 % of words": 16,
    "30-50 % of words": 14,
    "moved within": 7,
    "moved across": 7,
    "split in two": 7,
    "merged": 7,
    "deleted": 9,
    "replaced": 7,
    "all else rewritten": 0,
}
"""What happens to a sentence, and how often among those that aren't left alone."""
TWIN = "deleted, a like one kept"
"""The trap: the essay says nearly the same elsewhere, as a conclusion does, and only what was marked went."""
GONE = frozenset({"deleted", "replaced", TWIN})
SEVERAL = "several, edited"
"""What a passage of several sentences is, when not the same happened to all of them."""
BANDS = {"0-10 % of words": (0.02, 0.1), "10-30 % of words": (0.1, 0.3), "30-50 % of words": (0.3, 0.5)}

_SYNONYMS = """
big large considerable|changed altered transformed|showed demonstrated revealed|important significant crucial|
because since as|however nevertheless yet|also additionally moreover|many numerous several|people citizens individuals|
thought believed considered|said claimed argued|wanted hoped sought|started began launched|ended finished concluded|
made created produced|got received obtained|bad poor weak|good strong effective|very extremely particularly|
first initially|still nonetheless|power authority control|country nation state|king monarch ruler|nobles magnates lords|
money revenue income|war conflict fighting|died perished|killed executed|helped assisted aided|used employed exploited|
tried attempted|failed collapsed|led caused prompted|meant signified|part element|problem difficulty issue|
rule regime government|threat danger challenge|support backing|policy approach strategy|reform change reorganisation|
overall ultimately|therefore thus consequently|although though while|main chief principal|real genuine actual|
new fresh novel|speech address|party leadership|workers labourers|farms holdings|harvest crop|terror repression|
claim title|marriage match|rebellion rising revolt|throne crown|secure safe stable|evidence proof|view interpretation
"""
_CLAUSES = (
    "in fact", "to some extent", "at least at first", "as historians have argued", "which is often forgotten",
    "by the end of the period", "and this matters", "on the other hand", "as the sources suggest",
    "for most ordinary people", "even so", "in the short term", "it could be said",
)  # fmt: skip
_FIRST_OF_SECOND = ("This", "It", "He", "They")
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.S)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written; ``origin`` is its number in the earlier draft, None for one that is new."""

    text: str
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of a draft, and the paragraph that it belongs to, however the paragraphs are divided afterwards."""

    words: tuple[Word, ...]
    home: int


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of the earlier draft, and where it stands in the newer one: None where it was taken out."""

    kind: str
    shape: str
    span: Span
    truth: Span | None


@dataclass(frozen=True)
class Redraft:
    """Two drafts of one essay."""

    earlier: Essay
    essay: Essay
    cases: tuple[Case, ...]


@cache
def _samples() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The sample essays, as sentences by paragraph."""
    folder = Path(str(shipped("sample_essays")))
    found: list[tuple[tuple[str, ...], ...]] = []
    for path in sorted(folder.glob("*/*.md")):
        essay = Essay.from_paragraphs(MarkdownImporter().read(path.read_bytes(), path.name).paragraphs)
        found.append(
            tuple(tuple(essay.quote(s) for s in sentences(essay.text, p.span)) for p in essay.paragraphs if p.span)
        )
    return tuple(found)


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in _SYNONYMS.split("|"):
        words = tuple(group.split())
        found.update({word: tuple(other for other in words if other != word) for word in words})
    return found


@cache
def _vocabulary() -> tuple[str, ...]:
    words = (w.strip(".,;:!?'\"()‘’“”") for essay in _samples() for para in essay for s in para for w in s.split())
    return tuple(sorted({word for word in words if len(word) > 3 and word.isalpha()}))


class _Student:
    """One student's two drafts, from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        samples = _samples()
        self.number = self.dice.randrange(len(samples))
        self.misspelt: dict[int, str] = {}
        self.earlier = self._earlier(samples[self.number])
        self.twin: tuple[int, int] | None = None
        """The paragraph and sentence that the last sentence of the essay nearly says again."""
        self._say_twice()
        self._spoil()

    def _earlier(self, sample: Sequence[Sequence[str]]) -> list[list[list[str]]]:
        paragraphs = [[s.split() for s in paragraph if s.split()] for paragraph in sample]
        return [p for p in paragraphs if p]

    def _say_twice(self) -> None:
        paragraph = self.dice.randrange(len(self.earlier))
        sentence = self.dice.randrange(len(self.earlier[paragraph]))
        words = self.earlier[paragraph][sentence]
        if self.dice.random() < 0.5 and len(words) > 8 and paragraph < len(self.earlier) - 1:
            self.twin = paragraph, sentence
            again = self.edited([Word(text, number) for number, text in enumerate(words)], self.dice.uniform(0.2, 0.4))
            self.earlier[-1].append([word.text for word in again])

    def _spoil(self) -> None:
        """Slips of spelling, and phrases that stand twice, as students write them."""
        dice, number = self.dice, 0
        every = [sentence for paragraph in self.earlier for sentence in paragraph]
        for _ in range(3):
            source, into = dice.choice(every), dice.choice(every)
            if len(source) > 8 and source is not into:
                at, size = dice.randrange(len(source) - 6), dice.randint(3, 6)
                phrase = [w.strip(".,;:()") or w for w in source[at : at + size]]
                into[len(into) // 2 : len(into) // 2] = phrase
        for sentence in every:
            for at, word in enumerate(sentence):
                if word.isalpha() and len(word) > 5 and dice.random() < 0.02:
                    swap = dice.randrange(1, len(word) - 2)
                    sentence[at] = word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :]
                    self.misspelt[number] = word
                number += 1

    # -- editing a sentence

    def _other_word(self, word: str) -> str:
        match = _EDGES.match(word)
        before, bare, after = match.groups() if match else ("", word, "")
        others = _synonyms().get(bare.lower())
        new = self.dice.choice(others or _vocabulary())
        return f"{before}{new.capitalize() if bare[:1].isupper() else new}{after}"

    def edited(self, words: Sequence[Word], share: float) -> list[Word]:
        """The sentence with about this share of its words changed, taken out or put in."""
        dice, left = self.dice, round(share * len(words))
        out = list(words)
        for word in words:  # slips are mended first
            if left and word.origin in self.misspelt and dice.random() < 0.7:
                out[out.index(word)] = replace(word, text=self.misspelt[word.origin])
                left -= 1
        touched: set[Word] = set()
        while left > 0 and len(out) > 2:
            fresh = [at for at, word in enumerate(out) if word.origin is not None and word not in touched]
            if not fresh:
                break
            at, roll = dice.choice(fresh), dice.random()
            if roll < 0.55:
                out[at] = replace(out[at], text=self._other_word(out[at].text))
                touched.add(out[at])
                left -= 1
            elif roll < 0.8:
                out.pop(at)
                left -= 1
            else:
                clause = dice.choice(_CLAUSES).split()[: max(1, left)]
                out[at:at] = [Word(text) for text in clause]
                left -= len(clause)
        return out

    def foreign(self) -> list[Word]:
        """A sentence of another student's essay on the same question: the same names and things, other words."""
        samples, half = _samples(), len(_samples()) // 2
        low = 0 if self.number < half else half
        other = self.dice.choice([n for n in range(low, low + half) if n != self.number])
        paragraph = self.dice.choice(samples[other])
        return [Word(text) for text in self.dice.choice(paragraph).split()]

    # -- the newer draft

    def redraft(self) -> Redraft:
        dice, number = self.dice, 0
        numbered: list[list[list[Word]]] = []
        for paragraph in self.earlier:
            numbered.append([])
            for sentence in paragraph:
                numbered[-1].append([Word(text, number + at) for at, text in enumerate(sentence)])
                number += len(sentence)
        rest = dice.choice((0.75, 0.5, 0.2))  # a light correction, a redraft, an essay worked all through
        kinds: list[list[str]] = []
        for paragraph_words in numbered:
            if len(paragraph_words) > 2 and dice.random() < 0.08:
                kept = dice.randrange(len(paragraph_words))
                kinds.append(["all else rewritten" if at == kept else "replaced" for at in range(len(paragraph_words))])
                continue
            names, weights = list(KINDS), list(KINDS.values())
            kinds.append(
                ["unchanged" if dice.random() < rest else dice.choices(names, weights)[0] for _ in paragraph_words]
            )
        if self.twin is not None and dice.random() < 0.7:
            kinds[self.twin[0]][self.twin[1]] = TWIN
            kinds[-1][-1] = "unchanged"
        newer = self._newer(numbered, kinds)
        return self._told(numbered, kinds, newer)

    def _newer(self, numbered: list[list[list[Word]]], kinds: list[list[str]]) -> list[list[Written]]:
        dice = self.dice
        paragraphs: list[list[Written]] = [[] for _ in numbered]
        moved: list[tuple[int, list[Word]]] = []
        for home, (sentences_here, kinds_here) in enumerate(zip(numbered, kinds, strict=True)):
            here = paragraphs[home]
            held: list[Word] = []
            for at, (words, kind) in enumerate(zip(sentences_here, kinds_here, strict=True)):
                words = [*held, *words]
                held = []
                if kind in BANDS:
                    words = self.edited(words, dice.uniform(*BANDS[kind]))
                elif kind in ("deleted", TWIN):
                    continue
                elif kind == "replaced":
                    words = self.foreign()
                elif kind.startswith("moved"):
                    words = self.edited(words, dice.choice((0, 0, 0.1)))
                    others = [n for n in range(len(numbered)) if n != home]
                    moved.append((home if kind == "moved within" or not others else dice.choice(others), words))
                    continue
                elif kind == "split in two" and len(words) > 9:
                    cut = dice.randint(4, len(words) - 4)
                    first, second = words[:cut], [Word(dice.choice(_FIRST_OF_SECOND)), *words[cut:]]
                    first[-1] = replace(first[-1], text=first[-1].text.rstrip(",;:.") + ".")
                    here.append(Written(tuple(self.edited(first, 0.05)), home))
                    words = self.edited(second, 0.05)
                elif kind == "merged" and at + 1 < len(sentences_here) and kinds_here[at + 1] in ("unchanged", *BANDS):
                    last = replace(words[-1], text=words[-1].text.rstrip(".!?") + ",")
                    held = [*self.edited([*words[:-1], last], 0.05), Word(dice.choice(("and", "while", "which")))]
                    continue
                here.append(Written(tuple(words), home))
                if dice.random() < 0.04:
                    here.append(Written(tuple(self.foreign()), home))
        for home, words in moved:
            paragraphs[home].insert(dice.randint(0, len(paragraphs[home])), Written(tuple(words), home))
        paragraphs = [paragraph for paragraph in paragraphs if paragraph]
        return self._divided(paragraphs)

    def _divided(self, paragraphs: list[list[Written]]) -> list[list[Written]]:
        """Now and then a paragraph is divided, or runs on into the next."""
        out: list[list[Written]] = []
        for paragraph in paragraphs:
            roll = self.dice.random()
            if roll < 0.06 and len(paragraph) > 3:
                cut = self.dice.randint(1, len(paragraph) - 2)
                out += [paragraph[:cut], paragraph[cut:]]
            elif roll > 0.96 and out:
                out[-1] = [*out[-1], *paragraph]
            else:
                out.append(paragraph)
        return out

    # -- what was marked, and where it went

    def _told(self, numbered: list[list[list[Word]]], kinds: list[list[str]], newer: list[list[Written]]) -> Redraft:
        text, places = _laid_out([[tuple(s) for s in paragraph] for paragraph in numbered])
        new_text, new_places = _laid_out([[s.words for s in paragraph] for paragraph in newer])
        earlier, essay = Essay(text), Essay(new_text)
        went: dict[int, tuple[int, Span]] = {}
        wrote = {word.origin: word.text for paragraph in numbered for sentence in paragraph for word in sentence}
        same: set[int] = set()
        flat = [(word, written.home) for paragraph in newer for written in paragraph for word in written.words]
        for (word, home), place in zip(flat, new_places, strict=True):
            if word.origin is not None:
                went[word.origin] = home, place
                if word.text == wrote[word.origin] or word.origin in self.misspelt:
                    same.add(word.origin)
        cases: list[Case] = []
        for home, (sentences_here, kinds_here) in enumerate(zip(numbered, kinds, strict=True)):
            for shape, kind, words in self._marked(sentences_here, kinds_here):
                origins = [word.origin for word in words if word.origin is not None]
                arrived = [went[n] for n in origins if n in went]
                if arrived and len(arrived) * 2 < len(origins):
                    continue  # most of it was taken out: whether it is still there is a matter of taste
                if shape == "phrase" and arrived and 2 * len(same.intersection(origins)) < len(origins):
                    continue  # and so it is with a phrase of which hardly a word was left
                if len({h for h, _ in arrived}) > 1:
                    arrived = [(h, place) for h, place in arrived if h == home]
                    if len(arrived) * 2 < len(origins):
                        continue
                span = Span(places[origins[0]].start, places[origins[-1]].end)
                found = [place for _, place in arrived]
                truth = Span(min(p.start for p in found), max(p.end for p in found)) if found else None
                if truth is not None and _is_scattered(truth, found, new_places):
                    continue  # pulled apart: there is no one place any more
                if truth is None:
                    kind = kind if kind in GONE else "deleted"
                elif kind == "unchanged" and essay.quote(truth) != earlier.quote(span):
                    kind = SEVERAL  # something came between
                cases.append(Case(kind, shape, span, truth))
        return Redraft(earlier, essay, tuple(cases))

    def _marked(self, here: list[list[Word]], kinds: list[str]) -> list[tuple[str, str, list[Word]]]:
        dice = self.dice
        out: list[tuple[str, str, list[Word]]] = []
        for words, kind in zip(here, kinds, strict=True):
            roll = dice.random()
            if roll < 0.5:
                out.append(("sentence", kind, words))
            elif roll < 0.8 and len(words) > 5:
                size = dice.randint(2, min(9, len(words) - 1))
                at = dice.randrange(len(words) - size)
                out.append(("phrase", kind, words[at : at + size]))
        if len(here) > 2 and dice.random() < 0.5:
            at = dice.randrange(len(here) - 1)
            out.append(("two sentences", _of_several(kinds[at : at + 2]), here[at] + here[at + 1]))
        if len(here) > 1 and dice.random() < 0.6:
            out.append(("paragraph", _of_several(kinds), [word for sentence in here for word in sentence]))
        return out


def _is_scattered(truth: Span, found: Sequence[Span], places: Sequence[Span]) -> bool:
    """Whether more than half of what stands from the first to the last of these words is something else."""
    return sum(1 for place in places if truth.contains(place)) > 2 * len(found)


def _of_several(kinds: Sequence[str]) -> str:
    """The kind of a passage of several sentences."""
    return kinds[0] if len(set(kinds)) == 1 else SEVERAL


def _laid_out(paragraphs: Sequence[Sequence[Sequence[Word]]]) -> tuple[str, list[Span]]:
    """The text of a draft, and where each of its words stands."""
    text, places = "", []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        for number, word in enumerate(word for sentence in paragraph for word in sentence):
            text += " " if number else ""
            places.append(Span(len(text), len(text) + len(word.text)))
            text += word.text
    return text, places


def redraft(seed: int) -> Redraft:
    """Two drafts and what was marked on the earlier one; the same for the same seed."""
    return _Student(seed).redraft()
