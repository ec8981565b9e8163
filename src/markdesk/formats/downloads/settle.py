"""What the files of a download say of each other: attempts, several files of one student, two students of one name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from markdesk.core.plain import fold, show_line
from markdesk.core.whose import Sureness
from markdesk.formats.downloads.members import WORK, Claim, Use, sentence


def settle(claims: dict[int, Claim]) -> Sequence[str]:
    """Look at each claim beside the others: what isn't plain any more is asked. Gives the sentences that tell it."""
    told = _attempts(claims)
    _several_files(claims)
    return (*told, *_namesakes(claims), *_shared_ids(claims))


def _doubt(claims: dict[int, Claim], i: int, why: str) -> None:
    claim = claims[i]
    if claim.whose:
        who = replace(claim.whose, sureness=Sureness.CHECK, why=f"{claim.whose.why} {sentence(why)}")
        claims[i] = replace(claim, whose=who, why=f"{claim.why}; {why}")


def _attempts(claims: dict[int, Claim]) -> list[str]:
    """Only the newest attempt is proposed."""
    threads: dict[str, list[int]] = defaultdict(list)
    for i, claim in claims.items():
        if claim.thread and claim.use in WORK:
            threads[claim.thread].append(i)
    earlier = 0
    for those in threads.values():
        newest = max(claims[i].order for i in those)
        if all(claims[i].order == newest for i in those):
            continue
        for i in those:
            if claims[i].order == newest:
                _doubt(claims, i, "it is the newest of several attempts")
            else:
                earlier += 1
                _doubt(claims, i, "there is a newer attempt")
                claims[i] = replace(claims[i], use=Use.EARLIER)
    if not earlier:
        return []
    told = "1 file is an earlier attempt" if earlier == 1 else f"{earlier} files are earlier attempts"
    return [f"{told}; the newest is proposed."]


def _several_files(claims: dict[int, Claim]) -> None:
    """Which of them is the essay is asked by the plan of the import, until only one is left."""
    people: dict[str, list[int]] = defaultdict(list)
    for i, claim in claims.items():
        if claim.person and claim.use in WORK:
            people[claim.person].append(i)
    for those in people.values():
        if len(those) > 1:
            for i in those:
                _doubt(claims, i, f"it is one of {len(those)} files of this student")


def _namesakes(claims: dict[int, Claim]) -> list[str]:
    people: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, claim in claims.items():
        if claim.whose and claim.whose.given_name and claim.whose.family_name:
            name = fold(claim.whose.given_name), fold(claim.whose.family_name)
            people[name][claim.person].append(i)
    told: list[str] = []
    for those in people.values():
        if len(those) > 1:
            for i in [i for files in those.values() for i in files]:
                _doubt(claims, i, "another student has this name")
            who = claims[next(iter(those.values()))[0]].whose
            assert who is not None
            told.append(f"{len(those)} are called {show_line(f'{who.given_name} {who.family_name}')}.")
    return told


def _shared_ids(claims: dict[int, Claim]) -> list[str]:
    """An id that two names have is nobody's."""
    names: dict[str, set[str]] = defaultdict(set)
    for claim in claims.values():
        if claim.whose and claim.whose.id:
            names[claim.whose.id].add(fold(f"{claim.whose.given_name} {claim.whose.family_name}"))
    shared = {number for number, those in names.items() if len(those) > 1}
    for i, claim in claims.items():
        if claim.whose and claim.whose.id in shared:
            claims[i] = replace(claim, whose=replace(claim.whose, id="", id_of=""))
            _doubt(claims, i, "its number stands beside another name too")
    if not shared:
        return []
    told = "1 number stands" if len(shared) == 1 else f"{len(shared)} numbers stand"
    return [f"{told} beside several names."]
