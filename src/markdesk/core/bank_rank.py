"""Which comment of the bank is offered first, here and now, and what is left of it as words are typed.

Where nothing is typed yet, comments stand in this order:

1. How they **fit** the place: those made for it, for any place, for other places (``Fit``). A comment is made for a
   place when it names the stamp, strand or question there, or was used there before. A target that is the scheme's
   line for another level than the one in hand is made for other places, wherever it was used.
2. Their **weight**, the heaviest first: the sum over their uses of ``nearness × 0.5^(age / 14 days)``, where nearness
   is 1, and 3 more with the same stamp, 2 more for the same strand and 2 more in the same assignment (``NEARNESS``).
3. How much of the place they name, then their order in the bank.

So a comment used twenty times last year (weight 0) yields to one used once this week, and in a pile of essays whatever
was last written on this stamp comes up again. No two comments are ever equal.

With words typed, every word must be found in the comment. Best is the comment whose short code was typed, then those in
which each word begins a word, then those that hold it somewhere, then those where its letters come in order within a
word (``prvn``: provenance); within each the order above.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from itertools import accumulate

from markdesk.core.bank import BankComment, BankField, Use, code_key, folded_text
from markdesk.core.offers import Ahead
from markdesk.core.plain import fold

HALF_LIFE = 14.0
"""Days after which a use counts half: about the time between one pile of essays and the next."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What a use counts, and what it counts more for what it has in common with the place."""

    anywhere: float = 1.0
    same_stamp: float = 3.0
    same_strand: float = 2.0
    same_assignment: float = 2.0


NEARNESS = Nearness()
LONGEST_SITTING = 365.0
"""Days that a use may be later than the index that it is added to."""


class Fit(IntEnum):
    """Whether a comment suits a place, the best first."""

    HERE = 0
    """It names something of this place, or was used here."""
    ANY = 1
    """It names nothing that isn't so here."""
    ELSEWHERE = 2
    """It names another scheme, question, strand or stamp."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The place that a comment is wanted for."""

    field: BankField = BankField.ANNOTATION
    stamp: str = ""
    """The code of the stamp that was put; empty for none."""
    alike: frozenset[str] = frozenset()
    """The codes of other stamp sets that say the same as it."""
    focus: frozenset[str] = frozenset()
    """Ids of the strands, or the scale, in question: those that the stamp serves, or the one being judged."""
    strands: frozenset[tuple[str, str]] = frozenset()
    """Every strand and scale of the mark scheme by its id, each with its objective (empty where it has none)."""
    rubric: str = ""
    """The mark scheme's id without a tariff."""
    assignment: str = ""
    questions: frozenset[str] = frozenset()
    """All that the question goes by, bare: see ``indicative.bare_question``."""
    level: int = 0
    """The level given so far; 0 for none."""
    levels: int = 0
    """The scheme's highest level; 0 where it has none."""
    ahead: Ahead | None = None
    """For a target: which of the scheme's lines is the one for the level in hand."""


def fit_of(comment: BankComment, scope: Scope, bare: Callable[[str], str] = fold) -> tuple[Fit, int]:
    """How a comment that was never used suits a place, and how many things of the place it names."""
    if comment.rubrics and scope.rubric not in comment.rubrics:
        return Fit.ELSEWHERE, 0
    if comment.question and bare(comment.question) not in scope.questions:
        return Fit.ELSEWHERE, 0
    if comment.level > scope.levels > 0:
        return Fit.ELSEWHERE, 0
    named = 2 * bool(comment.question)
    if comment.stamps and scope.stamp:
        if scope.stamp not in comment.stamps and scope.alike.isdisjoint(comment.stamps):
            return Fit.ELSEWHERE, 0
        named += 2
    if (comment.strands or comment.aos) and scope.strands:
        suited = {
            strand
            for strand, ao in scope.strands
            if (not comment.strands or strand in comment.strands) and (not comment.aos or not ao or ao in comment.aos)
        }
        in_focus = not suited.isdisjoint(scope.focus)
        # Naming the stamp outweighs the strands that the stamp is usually for.
        if not suited or (scope.focus and comment.strands and not in_focus and not named):
            return Fit.ELSEWHERE, 0
        named += bool(in_focus and comment.strands)
    fit = Fit.HERE if named else Fit.ANY
    return fit, named + (comment.level == scope.level > 0) + bool(comment.rubrics)


# -- what was used

_Tables = dict[tuple[str, str], dict[int, float]]


class BankIndex:
    """The bank prepared for searching: made once for a desk and a sitting, then told of each new use.

    ``uses`` has those of each comment by its id, oldest first; ``now`` is the present, UTC, ISO 8601. A use with a
    later time, from a clock that was wrong, counts as if it were of now. ``bare`` takes from a question's words what
    doesn't tell it from others.
    """

    def __init__(
        self,
        comments: Sequence[BankComment],
        uses: Mapping[str, Sequence[Use]],
        now: str,
        bare: Callable[[str], str] = fold,
    ) -> None:
        self.comments: list[BankComment] = []
        self.hays: list[str] = []
        """What words are looked for in, comment by comment."""
        self._words: dict[str, None] = {}
        self._vocabulary = ""
        self._by_code: dict[str, int] = {}
        self._now = datetime.fromisoformat(now)
        self._bare = bare
        self._places: dict[str, int] = {}
        self._total: list[float] = []
        self._shared: _Tables = defaultdict(lambda: defaultdict(float))
        """By what a use has in common with a place ("stamp", "K"): the weight of such uses of each comment."""
        self._scopes: dict[tuple[object, ...], int] = {}
        """What comments say of where they fit: few say a thing of their own."""
        self._scope_of: list[int] = []
        self._spoken_for: list[BankComment] = []
        """A comment for each of those."""
        self._fields: dict[BankField, list[int]] = defaultdict(list)
        for comment in comments:
            self.add(comment)
        for comment_id, same in uses.items():
            for use in same:
                self._add(comment_id, use, min(0.0, self._days_since(use.at)))

    def add(self, comment: BankComment) -> None:
        """Take in one more comment, after the others."""
        at = len(self.comments)
        self.comments.append(comment)
        self.hays.append(_hay(comment))
        self._words.update(dict.fromkeys(self.hays[-1].split()))
        self._vocabulary = ""
        self._total.append(0.0)
        self._places[comment.id] = at
        self._fields[comment.field].append(at)
        scoped = (comment.stamps, comment.strands, comment.aos, comment.rubrics, comment.question, comment.level)
        self._scope_of.append(self._scopes.setdefault(scoped, len(self._scopes)))
        if len(self._spoken_for) < len(self._scopes):
            self._spoken_for.append(comment)
        if comment.code:
            self._by_code.setdefault(code_key(comment.code), at)

    @property
    def vocabulary(self) -> str:
        """Every word of the bank once: a tenth of its text, to see whether it is worth searching."""
        if not self._vocabulary:
            self._vocabulary = " " + " ".join(self._words)
        return self._vocabulary

    def coded(self, code: str, field: BankField) -> int | None:
        """The place of the comment that a short code names, the first where two have it.

        One for another field is given too, since it was asked for by its name; but on a draft nothing but questions.
        """
        at = self._by_code.get(code_key(code))
        if at is None or (field is BankField.DRAFT and self.comments[at].field is not field):
            return None
        return at

    def note(self, comment_id: str, use: Use) -> None:
        """Count one more use of a comment, so that it comes up sooner at once. An id that isn't here is passed over."""
        # Later than the index's now: it counts more than one of then, as it will when the index is made anew.
        self._add(comment_id, use, min(self._days_since(use.at), LONGEST_SITTING))

    def _days_since(self, at: str) -> float:
        return (datetime.fromisoformat(at) - self._now).total_seconds() / 86_400

    def _add(self, comment_id: str, use: Use, days: float) -> None:
        at = self._places.get(comment_id)
        if at is None:
            return
        weight = 2.0 ** (days / HALF_LIFE)
        self._total[at] += weight
        for table in (("stamp", use.stamp), ("strand", use.strand), ("assignment", use.assignment)):
            if table[1]:
                self._shared[table][at] += weight

    def _weights(self, scope: Scope) -> tuple[list[float], set[int]]:
        """Each comment's weight in a place, and those that were used there: with the same stamp, or on the same strand
        or assignment where no stamp was put."""
        weights = [NEARNESS.anywhere * total for total in self._total]
        were_here: set[int] = set()
        near = [("stamp", scope.stamp, NEARNESS.same_stamp), ("assignment", scope.assignment, NEARNESS.same_assignment)]
        near += [("strand", strand, NEARNESS.same_strand) for strand in sorted(scope.focus)]
        for kind, value, more in near:
            table = self._shared.get((kind, value), {})
            for at, weight in table.items():
                weights[at] += more * weight
            if kind == "stamp" or not scope.stamp:
                were_here.update(table)
        return weights, were_here

    def at(self, scope: Scope) -> "BankSearch":
        """The bank as it is offered in a place, in its order."""
        weights, were_here = self._weights(scope)
        fits = [fit_of(comment, scope, self._bare) for comment in self._spoken_for]
        alike: dict[tuple[Fit, int], list[int]] = defaultdict(list)
        ahead = scope.ahead
        for at in self._fields.get(scope.field, ()):
            fit, named = fits[self._scope_of[at]]
            if ahead is not None and not ahead.fits(self.comments[at].text):
                fit = Fit.ELSEWHERE
            elif at in were_here:
                fit = Fit.HERE
            alike[fit, -named].append(at)
        order: list[int] = []
        for wanted in Fit:
            fitting = [at for key in sorted(alike) if key[0] == wanted for at in alike[key]]
            # A sort leaves equals as they were: in the order of what they name, then of the bank.
            order += sorted(fitting, key=weights.__getitem__, reverse=True)
        return BankSearch(self, scope.field, order)


# -- what was typed


@dataclass(frozen=True, slots=True)
class Found:
    """The best of those that a query finds, and whether it finds more than these."""

    comments: tuple[BankComment, ...]
    more: bool


LONGEST_QUERY = 100
"""Letters of a query that are looked at; a pasted page finds what its beginning finds."""
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no case, no accents, no marks; ``don't`` is one word."""
    return _WORD.findall(folded_text(text).replace("'", ""))


def _hay(comment: BankComment) -> str:
    return " " + " ".join([*words_of(comment.code), *words_of(comment.text)])


class Kind(IntEnum):
    """How a word is found in a comment, the best first."""

    BEGINS = 0
    INSIDE = 1
    LETTERS = 2


class _Word:
    """A word that was typed, and the ways to look for it."""

    def __init__(self, word: str) -> None:
        self.text = word
        self.start = " " + word

    @cached_property
    def letters(self) -> re.Pattern[str]:
        """Finds its letters in order within a word that begins with the first of them."""
        # Made when it is needed. Each step takes what isn't its letter for good, so that no text takes long.
        steps = "".join(f"[^ \n{letter}]*+{letter}" for letter in self.text[1:])
        return re.compile(self.start[:2] + steps)

    def kind_in(self, hay: str) -> Kind | None:
        """How the word is found; None for not at all."""
        if self.start in hay:
            return Kind.BEGINS
        if self.text in hay:
            return Kind.INSIDE
        return Kind.LETTERS if self.letters.search(hay) else None


def _kind_of(words: Sequence[_Word], hay: str) -> Kind | None:
    """How the worst found of the words is found."""
    worst = Kind.BEGINS
    for word in words:
        kind = word.kind_in(hay)
        if kind is None:
            return None
        worst = max(worst, kind)
    return worst


class BankSearch:
    """The bank in one place, asked again with each key.

    The comments are laid out in their order as one text, and that is searched only as far as the list needs: the
    better a kind of match, the sooner it is looked for. Once a query finds all there is within the list, a longer one
    looks at those alone.
    """

    def __init__(self, index: BankIndex, field: BankField, order: Sequence[int]) -> None:
        self._index = index
        self._field = field
        self._order = order
        self._hays = [index.hays[at] for at in order]
        self._text = "\n".join(self._hays) + "\n"
        self._starts = list(accumulate((len(hay) + 1 for hay in self._hays), initial=0))
        self._narrowed: list[tuple[str, list[int]]] = []
        """Queries, each the beginning of the next, with the lines of all that they find."""

    def find(self, query: str, most: int = 12) -> Found:
        """The first ``most`` comments for what was typed; those of the whole field for nothing typed."""
        query = query[:LONGEST_QUERY]
        typed = words_of(query)
        if not typed:
            self._narrowed.clear()
            return self._found(self._order[: most + 1], most)
        text = " ".join(typed)
        while self._narrowed and not text.startswith(self._narrowed[-1][0]):
            self._narrowed.pop()
        words = [_Word(word) for word in typed]
        lines = self._among(words, self._narrowed[-1][1]) if self._narrowed else self._looked_for(words, most + 1)
        if len(lines) <= most and (not self._narrowed or self._narrowed[-1][0] != text):
            self._narrowed.append((text, sorted(lines)))
        found = [self._order[line] for line in lines]
        exact = self._index.coded("".join(query.split()), self._field)
        if exact is not None:
            found = [exact, *(at for at in found if at != exact)]
        return self._found(found, most)

    def _found(self, places: Sequence[int], most: int) -> Found:
        return Found(tuple(self._index.comments[at] for at in places[:most]), len(places) > most)

    def _among(self, words: Sequence[_Word], lines: Sequence[int]) -> list[int]:
        """The lines of these that hold every word, the best first."""
        kinds = [(kind, line) for line in lines if (kind := _kind_of(words, self._hays[line])) is not None]
        return [line for _, line in sorted(kinds)]

    def _looked_for(self, words: Sequence[_Word], enough: int) -> list[int]:
        """The first lines that hold every word, the best first; all of them where there are fewer than ``enough``."""
        led_by = max(words, key=lambda word: len(word.text))
        found: dict[int, None] = {}

        def begins(hay: str) -> bool:
            return all(word.start in hay for word in words)

        def holds(hay: str) -> bool:
            return all(word.text in hay for word in words)

        def has_letters(hay: str) -> bool:
            return _kind_of(words, hay) is not None

        for lines, fits in (
            (self._with_text(led_by.start), begins),
            (self._with_text(led_by.text), holds),
            (self._with_letters(led_by, alone=len(words) == 1), has_letters),
        ):
            if not fits(self._index.vocabulary):  # then no comment has all of them
                continue
            for line in lines:
                if line not in found and fits(self._hays[line]):
                    found[line] = None
                    if len(found) == enough:
                        return list(found)
        return list(found)

    def _with_text(self, part: str) -> Iterator[int]:
        """The lines that hold a piece of text, in order."""
        at = self._text.find(part)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = self._text.find(part, self._starts[line + 1])

    def _with_letters(self, word: _Word, alone: bool) -> Iterator[int]:
        """The lines that hold a word's letters; where there are other words, also those that hold the word itself."""
        # A generator, so that nothing is looked for before the better kinds have been.
        lines = (bisect_right(self._starts, found.start()) - 1 for found in word.letters.finditer(self._text))
        yield from lines if alone else sorted({*lines, *self._with_text(word.text)})
