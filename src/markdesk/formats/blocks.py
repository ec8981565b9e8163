"""Sorting the blocks of a page or a file: the question, the student's essay, and what belongs to the site.

The failure that matters is to lose what a student wrote. So a block is taken out only on evidence, one odd line is
no evidence by itself, and a file without any furniture comes back whole. What is taken out is kept beside the essay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdesk.formats.furniture import (
    Furniture,
    is_promotion,
    is_word_count,
    names_an_answer,
    talks_to_visitors,
)
from markdesk.formats.questions import is_long_question, is_quotation, is_tariff, needs_quotation
from markdesk.formats.seen import (
    PROSE_WORDS,
    SENTENCE_END,
    SURE_OF_A_PAGE,
    Block,
    Seen,
    is_furnished,
    look_at_all,
)
from markdesk.formats.tail import Tail

_HEAD_BLOCKS = 8


@dataclass(frozen=True, slots=True)
class SortedBlocks:
    """What became of the blocks; every one of them is in exactly one place."""

    question: str | None
    essay: tuple[str, ...]
    removed: tuple[str, ...]
    whole: tuple[tuple[str, bool], ...]
    """All of them in the order of the file, and whether each was left in."""


def sort_blocks(blocks: Sequence[Block], *, students_file: bool = False) -> SortedBlocks:
    """Divide blocks into question, essay and removed.

    ``students_file`` is for documents that students write themselves (.docx): nothing counts as furniture there
    unless at least three unmistakable lines of it do, as when a page was pasted into Word.
    """
    seen = look_at_all(blocks)
    furnished = is_furnished(seen, students_file=students_file)
    if not furnished:
        seen = [replace(each, kind=Furniture.NONE, links=False) for each in seen]
    return _Sorting(seen, furnished).result()


class _Sorting:
    """One file being sorted: where the essay begins and ends, then what stands above, inside and below it."""

    def __init__(self, seen: list[Seen], furnished: bool) -> None:
        self.seen = seen
        self.furnished = furnished
        self.strong = sum(each.strong for each in seen)
        self.removed: set[int] = set()
        self.asked: list[int] = []
        self.first, self.last = 0, len(seen) - 1

    def result(self) -> SortedBlocks:
        main = self._main_run()
        if main:
            self.first, self.last = main[0], main[-1]
            self._find_question()
            self._sort_head()
            if self.furnished:
                self._sort_middle()
                self.removed |= Tail(self.seen, self.last).taken_out()
            self._drop_word_count()
        self.removed.update(i for i, each in enumerate(self.seen) if each.running and self.furnished)
        self.asked = [i for i in self.asked if i not in self.removed]
        if len(self.removed) + len(self.asked) == len(self.seen):
            self.asked = []  # a file that is nothing but its question is somebody's text all the same
        kept = [i for i in range(len(self.seen)) if i not in self.removed and i not in self.asked]
        question = "\n".join(self._text(i).lstrip("# ") for i in self.asked)
        removed = tuple(self._text(i) for i in sorted(self.removed))
        return SortedBlocks(question or None, self._joined(kept), removed, self._whole())

    def _whole(self) -> tuple[tuple[str, bool], ...]:
        found: list[tuple[str, bool]] = []
        for i, each in enumerate(self.seen):
            is_in = i not in self.removed
            if each.block.glued and found and found[-1][1] == is_in:
                found[-1] = (f"{found[-1][0]}\n{self._text(i)}", is_in)
            else:
                found.append((self._text(i), is_in))
        return tuple(found)

    def _text(self, i: int) -> str:
        return self.seen[i].block.text

    def _joined(self, kept: list[int]) -> tuple[str, ...]:
        paragraphs: list[list[str]] = []
        before = -2
        for i in kept:
            if self.seen[i].block.glued and i == before + 1:
                paragraphs[-1].append(self._text(i))
            else:
                paragraphs.append([self._text(i)])
            before = i
        return tuple("\n".join(lines) for lines in paragraphs)

    # Where the essay is

    def _main_run(self) -> list[int]:
        prose = [i for i, each in enumerate(self.seen) if each.prose]
        if not prose:
            prose = self._short_answer()
        if not self.furnished or not prose:
            return prose
        runs = [[prose[0]]]
        for before, i in pairwise(prose):
            if self._divides(before, i):
                runs.append([])
            runs[-1].append(i)
        weights = [sum(self.seen[i].words for i in run) for run in runs]
        # Comments below can be longer than the essay: the first run wins that is of the same order or has a question.
        chosen = next(
            n for n, weight in enumerate(weights) if weight * 2 >= max(weights) or self._asked_above(runs[n][0])
        )
        return self._without_site_talk(runs[chosen])

    def _asked_above(self, i: int) -> bool:
        above = [n for n in range(max(0, i - _HEAD_BLOCKS), i) if not self.seen[n].odd]
        return any(self.seen[n].asks >= 2 for n in above[-4:])

    def _short_answer(self) -> list[int]:
        """Where no block is long enough to be prose: what stands below the question, up to the site's next line."""
        plain = [i for i, each in enumerate(self.seen) if not each.odd and not each.details]
        answers = [i for i in plain if self.seen[i].asks < 2]
        if not self.furnished:
            return answers or plain
        asked = next((i for i in plain if self.seen[i].asks >= 2), -1)
        below = [i for i in answers if i > asked]
        if asked >= 0 and below:
            end = self._next_strong(below[0])
            return [i for i in below if i < end]
        sentences = [i for i in answers if self.seen[i].words >= 8 and SENTENCE_END.search(self.seen[i].plain)]
        found = sentences or answers
        end = self._next_strong(found[0]) if found else 0
        return [i for i in found if i < end] or plain

    def _next_strong(self, start: int) -> int:
        return next((i for i in range(start, len(self.seen)) if self.seen[i].strong), len(self.seen))

    def _divides(self, before: int, after: int) -> bool:
        between = self.seen[before + 1 : after]
        sections = sum(each.kind is Furniture.SECTION for each in between)
        elsewhere = self.strong - sections
        if sections and (elsewhere or sections > 1):
            return True
        return sum(each.links for each in between) >= 3 or self._turns_to_visitors(between, after)

    def _turns_to_visitors(self, between: Sequence[Seen], after: int) -> bool:
        """A reader's reply or a biography: some labels of the site, then one block that talks as no essay does.

        An offer in the middle of an essay is labels of the site too, but the essay goes on below it.
        """
        labels = [each for each in between if each.label or each.odd]
        alone = after + 1 >= len(self.seen) or not self.seen[after + 1].prose
        return (
            len(labels) >= SURE_OF_A_PAGE
            and sum(each.odd for each in labels) >= 2
            and alone
            and talks_to_visitors(self.seen[after].plain)
        )

    def _without_site_talk(self, run: list[int]) -> list[int]:
        """Leave out a welcome above the essay and an offer or a biography below it."""
        whole = sum(self.seen[i].words for i in run)
        while len(run) > 1 and self._is_aside(run[-1], whole) and self._strong_between(run[-2], run[-1]):
            run = run[:-1]
        start = next((n for n, i in enumerate(run) if n and self._headed_by_question(run[n - 1], i)), 0)
        if start and sum(self.seen[i].words for i in run[:start]) * 5 <= whole and self._strong_between(-1, run[start]):
            run = run[start:]
        while len(run) > 1 and self._is_aside(run[0], whole) and self._question_between(run[0], run[1]):
            run = run[1:]
        return run

    def _is_aside(self, i: int, whole: int) -> bool:
        return self.seen[i].words * 4 < whole and is_promotion(self.seen[i].plain)

    def _strong_between(self, before: int, after: int) -> bool:
        return any(each.strong for each in self.seen[before + 1 : after])

    def _headed_by_question(self, before: int, after: int) -> bool:
        between = range(before + 1, after)
        return any(self.seen[i].block.level in (1, 2) and self.seen[i].asks >= 2 for i in between)

    def _question_between(self, before: int, after: int) -> bool:
        return any(self.seen[i].asks >= 2 for i in range(before + 1, after))

    # Above the essay

    def _find_question(self) -> None:
        head = [i for i in range(self.first) if not self.seen[i].odd and not self.seen[i].details]
        scored = [(self.seen[i].asks, i) for i in head[-_HEAD_BLOCKS:]]
        best = max((score + self._title(i) for score, i in scored if score >= 2), default=0)
        ties = [i for score, i in scored if score >= 2 and score + self._title(i) == best]
        if ties:
            # Above a student's essay the first question is the one set; on a page the nearest, menus being above.
            chosen = ties[-1] if self._strong_between(ties[0], ties[-1]) else ties[0]
            self._ask(chosen)
        elif is_long_question(self.seen[self.first].plain) and self.first < self.last:
            self._ask(self.first)
            self.first = next(i for i, each in enumerate(self.seen) if i > self.first and not each.odd)

    def _title(self, i: int) -> int:
        return 2 if self.furnished and self.seen[i].block.level in (1, 2) else 0

    def _ask(self, i: int) -> None:
        self.asked = [i]
        before, after = i - 1, i + 1
        if (before >= 0 and needs_quotation(self.seen[i].plain) and is_quotation(self.seen[before].plain)) or (
            before >= 0 and self._one_heading(before, i)
        ):
            self.asked.insert(0, before)
        while after < self.last and (is_tariff(self.seen[after].plain) or self._one_heading(i, after)):
            self.asked.append(after)
            after += 1

    def _one_heading(self, before: int, after: int) -> bool:
        upper, lower = self.seen[before].block, self.seen[after].block
        return lower.glued and lower.level > 0 and upper.level == lower.level

    def _sort_head(self) -> None:
        head = range(self.first)
        odd = [i for i in head if self.seen[i].odd and i not in self.asked]
        question = self.asked[0] if self.asked else -1
        answer = next((i for i in head if i > question >= 0 and names_an_answer(self.seen[i].plain)), -1)
        printed = {self._text(i).strip("# ").casefold() for i in self.asked}
        for i in head:
            if i in self.asked:
                continue
            is_the_sites = self.furnished and (
                self.seen[i].odd
                or self._text(i).strip("# ").casefold() in printed
                or (i < question and self.seen[i].words < PROSE_WORDS)
                or (i <= answer and (self.seen[i].label or i == answer))
                or (bool(odd) and i < odd[-1] and self.seen[i].short)
                or (i < question and is_promotion(self.seen[i].plain))
            )
            if self.seen[i].details or is_the_sites:
                self.removed.add(i)

    # Inside it

    def _sort_middle(self) -> None:
        for i in range(self.first, self.last + 1):
            each = self.seen[i]
            sure = each.block.marked or (each.strong and self.strong > 1)
            if i not in self.asked and (sure or self._in_link_list(i)):
                self.removed.add(i)

    def _in_link_list(self, i: int) -> bool:
        if not self.seen[i].links:
            return False
        near = self.seen[max(0, i - 2) : i + 3]
        here = min(i, 2)
        return any(
            len(three) == 3 and all(each.links for each in three)
            for three in (near[n : n + 3] for n in range(here + 1))
        )

    def _drop_word_count(self) -> None:
        kept = [i for i in range(len(self.seen)) if i not in self.removed]
        if kept and kept[-1] > self.last and is_word_count(self.seen[kept[-1]].plain):
            self.removed.add(kept[-1])
