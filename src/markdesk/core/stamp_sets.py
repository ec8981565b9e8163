"""Which stamp set a mark scheme is marked with: the teacher's setting, her own files, those that ship."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from markdesk.core.annotation import Stamp, StampSet
from markdesk.core.bank import SHIPPED, BankComment, Origin, code_key
from markdesk.core.plain import fold
from markdesk.core.rubric import Rubric, split_tariff

NEUTRAL = "neutral"
"""The set of no board, for every scheme that no other is for."""


@dataclass(frozen=True)
class StampSets:
    """Every set that can be used. One of the teacher's own stands in place of a shipped one of the same id."""

    shipped: tuple[StampSet, ...]
    own: tuple[StampSet, ...] = ()
    chosen: str = ""
    """The set that the setting names, for every scheme; empty goes by the scheme."""
    faults: tuple[str, ...] = ()
    """What is left out, and why: a sentence for each file that is wrong, or a setting that names no set."""
    _in_use: dict[str, StampSet] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def sets(self) -> tuple[StampSet, ...]:
        """All of them, the teacher's own first."""
        own = {stamps.id for stamps in self.own}
        return (*self.own, *(stamps for stamps in self.shipped if stamps.id not in own))

    def for_scheme(self, rubric: Rubric) -> StampSet:
        """The set in use under a scheme: the one that is set, else one that names the scheme or its board."""
        return self._completed(self._chosen(rubric))

    @property
    def usual(self) -> StampSet:
        """The set where no scheme is in hand: it knows every code too."""
        return self._completed(self._chosen(None))

    def _chosen(self, rubric: Rubric | None) -> StampSet:
        every = self.sets
        if self.chosen:
            for stamps in every:
                if stamps.id == self.chosen:
                    return stamps
        if rubric is not None:
            name, board = split_tariff(rubric.id)[0], fold(rubric.board)
            ways: tuple[Callable[[StampSet], bool], ...] = (
                lambda stamps: name in stamps.rubrics,
                lambda stamps: bool(board) and any(fold(named) == board for named in stamps.boards),
            )
            own = every[: len(self.own)]
            for sets in (own, every[len(own) :]):
                for names_it in ways:
                    for stamps in sets:
                        if not stamps.is_added and names_it(stamps):
                            return stamps
        return next((stamps for stamps in every if stamps.id == NEUTRAL), every[0])

    def _completed(self, stamps: StampSet) -> StampSet:
        """The set with what is known of the codes of all others; made once."""
        found = self._in_use.get(stamps.id)
        if found is None:
            rest = [other for other in self.sets if other.id != stamps.id]
            added = tuple(stamp for other in rest if other.is_added for stamp in other.stamps)
            others = tuple(stamp for other in rest if not other.is_added for stamp in other.stamps)
            found = self._in_use[stamps.id] = replace(stamps, added=added, others=others)
        return found

    def comments(self) -> tuple[BankComment, ...]:
        """What the comment bank offers of the added sets: a line for each code, found by its short code."""
        found: list[BankComment] = []
        seen: set[str] = set()
        shorts: set[str] = set()
        for stamps in self.sets:
            for stamp in stamps.stamps if stamps.is_added else ():
                if stamp.code not in seen:
                    short = "" if code_key(stamp.short) in shorts else stamp.short
                    found.append(_comment(stamps, stamp, short))
                    seen.add(stamp.code)
                    shorts.add(code_key(short))
        return tuple(found)


def _comment(stamps: StampSet, stamp: Stamp, short: str) -> BankComment:
    said = f"{stamp.meaning[:1].upper()}{stamp.meaning[1:]}"
    return BankComment(
        id=f"{SHIPPED}stamp.{stamps.id}.{stamp.key}",
        text=said if said.endswith((".", "?", "!")) else f"{said}.",
        code=short,
        stamps=(stamp.code,),
        origin=Origin.SHIPPED,
    )


def is_bare(comment: BankComment) -> bool:
    """Whether a line of the bank only stands for a stamp of an added set: it says no more than its code."""
    return comment.origin is Origin.SHIPPED and comment.id.startswith(f"{SHIPPED}stamp.")
