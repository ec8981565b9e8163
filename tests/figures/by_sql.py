"""The same figures by plain SQL and Python's own statistics. Nothing of markdesk is imported here."""

import json
import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cached_property
from math import comb
from pathlib import Path
from typing import Any

DONE = ("complete", "moderated", "returned")
CREDITS = {"K", "AN"}
"""Of the stamps on this desk those that credit the passage, as their set says."""
Json = dict[str, Any]


def ask(path: Path, sql: str, *values: object) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        return db.execute(sql, values).fetchall()


def rounded(value: Fraction | float, digits: int = 2) -> float:
    """Halves up, as at school."""
    exact = Fraction(value)
    wide = Context(prec=60)
    found = wide.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return float(found.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, wide))


def share(value: Fraction | None) -> float | None:
    return None if value is None else rounded(value, 4)


def mean_of(values: Iterable[int]) -> Fraction:
    return statistics.mean(map(Fraction, values))


@dataclass(frozen=True)
class Line:
    """One script with what a marker gave it."""

    script: str
    student: str
    name: str
    sort: tuple[str, str]
    status: str | None
    completed: str
    version: int
    scheme: Json
    given: dict[str, Json]
    stamps: tuple[tuple[str, str], ...]
    """Each annotation's code and comment."""

    @property
    def most(self) -> int:
        return int(self.scheme["max_mark"])

    @cached_property
    def total(self) -> int | str | None:
        """The marks of the scales added up; NR where all of them are; None while one has neither."""
        its = [self.given.get(scale["id"]) for scale in self.scheme["scales"]]
        if any(one is None or (one["mark"] is None and not one["no_response"]) for one in its):
            return None
        found = [one["mark"] for one in its if one is not None and one["mark"] is not None]
        return sum(found) if found else "NR"

    @property
    def share(self) -> Fraction | None:
        """The total as a part of the maximum; None where it is no number."""
        return Fraction(self.total, self.most) if isinstance(self.total, int) else None


_LINES = """
select sc.id, sc.version, st.id as student, st.given_name, st.family_name, m.status, m.completed_at, r.body,
    (select json_group_object(w.scale, json_object('mark', w.mark, 'level', w.level, 'no_response', w.no_response,
        'strands', w.strands)) from award w where w.marking_id = m.id) as given,
    (select json_group_array(json_array(n.code, n.comment)) from annotation n where n.marking_id = m.id) as stamps
from script sc join student st on st.id = sc.student_id join assignment a on a.id = sc.assignment_id
left join marking m on m.script_id = sc.id join rubric_version r on r.hash = coalesce(m.rubric_hash, a.rubric_hash)
where a.id = ?
"""


def lines_of(path: Path, assignment: str) -> list[Line]:
    return [
        Line(
            row["id"], row["student"], f"{row['given_name']} {row['family_name']}",
            (row["family_name"], row["given_name"]), row["status"], row["completed_at"] or "", row["version"],
            json.loads(row["body"]), json.loads(row["given"]), tuple(map(tuple, json.loads(row["stamps"]))),
        )
        for row in ask(path, _LINES, assignment)
    ]  # fmt: skip


def figures(marks: Sequence[int]) -> Json:
    """n, mean, median and the rest."""
    return {
        "n": len(marks),
        "mean": rounded(mean_of(marks)) if marks else None,
        "median": rounded(statistics.median(map(Fraction, marks))) if marks else None,
        "sd": rounded(statistics.pstdev(marks)) if marks else None,
        "lowest": min(marks, default=None),
        "highest": max(marks, default=None),
    }


def placed(line: Line, scale: str) -> dict[str, int]:
    """At which level each strand of a scale was placed."""
    given = line.given.get(scale)
    return {name: level for name, level, *_ in json.loads(given["strands"])} if given else {}


def levels(lines: Sequence[Line], scale: Json) -> Json:
    """How many stand at each level of a scale."""
    its = [line.given.get(scale["id"]) for line in lines]
    found = Counter(one["level"] for one in its if one is not None and one["level"] is not None)
    return {
        "counts": {str(n): found[n] for n in range(len(scale["levels"]) + 1)},
        "no_response": sum(1 for one in its if one is not None and one["no_response"]),
        "without_mark": sum(1 for one in its if one is None or (one["mark"] is None and not one["no_response"])),
    }


def strands(lines: Sequence[Line], scheme: Json) -> list[Json]:
    """The mean level of each strand on which anybody was placed."""
    found: list[Json] = []
    for scale in scheme["scales"]:
        for strand in scheme["strands"]:
            its = [at[strand["id"]] for line in lines if strand["id"] in (at := placed(line, scale["id"]))]
            if its:
                of = Fraction(mean_of(its), len(scale["levels"]))
                found.append({"scale": scale["id"], "strand": strand["id"], "name": strand["name"], "n": len(its),
                              "mean_level": rounded(mean_of(its)), "share": share(of)})  # fmt: skip
    return found


def weakest(its: Sequence[Json], path: str = "share") -> list[Json]:
    lowest = min((one[path] for one in its), default=None)
    found = [one for one in its if one[path] == lowest]
    return found if len(found) < len(its) else []


# -- drift


def chance(values: Sequence[int], third: int) -> float:
    """In how many orders the thirds are at least as far apart: every choice of a first and a last third, one value
    after the other, by a table of how many choices come to each sum."""
    ways: Counter[tuple[int, int, int]] = Counter({(0, 0, 0): 1})
    for value in values:
        more = Counter(ways)
        for (first, last, apart), count in ways.items():
            if first < third:
                more[first + 1, last, apart - value] += count
            if last < third:
                more[first, last + 1, apart + value] += count
        ways = more
    here = abs(sum(values[-third:]) - sum(values[:third]))
    far = sum(n for (first, last, apart), n in ways.items() if first == last == third and abs(apart) >= here)
    return float(Fraction(far, comb(len(values), third) * comb(len(values) - third, third)))


_BEFORE = """
select a.id from assignment a where a.set_on < (select set_on from assignment where id = ?)
    and a.kind <> 'NEA draft' and not a.is_anonymous order by a.set_on desc
"""


def shares_before(path: Path, assignment: str, students: Sequence[str]) -> dict[str, list[Fraction]]:
    """What each got in work that was set before, as shares."""
    past: dict[str, list[Fraction]] = {student: [] for student in students}
    for (earlier,) in ask(path, _BEFORE, assignment):
        for line in lines_of(path, earlier):
            if line.status in DONE and line.version == 1 and isinstance(line.total, int) and line.student in past:
                past[line.student].append(Fraction(line.total, line.most))
    return past


def against_usual(path: Path, assignment: str, lines: Sequence[Line], out_of: int) -> Json | None:
    """Each mark beside the mean of that student's own before; who has fewer than three is left out."""
    past = shares_before(path, assignment, [line.student for line in lines])
    apart = [
        Fraction(line.total) - statistics.mean(past[line.student]) * out_of
        for line in lines
        if isinstance(line.total, int) and len(past[line.student]) > 2
    ]
    if len(apart) < 6:
        return None
    above, below = sum(one > 0 for one in apart), sum(one < 0 for one in apart)
    heads = [comb(above + below, k) for k in range(above + below + 1)]
    often = min(1.0, 2 * sum(heads[: min(above, below) + 1]) / sum(heads))
    return {
        "n": len(apart), "difference": rounded(statistics.mean(apart)), "above": above, "below": below,
        "chance": rounded(often, 4), "is_sign": often <= 0.05,
    }  # fmt: skip


def usual(path: Path, assignment: str, students: Sequence[str], out_of: int) -> list[Fraction] | None:
    """What each usually gets: her past shares and the mean of everybody's, all counting the same; to half a mark."""
    past = shares_before(path, assignment, students)
    if 3 * sum(len(shares) > 2 for shares in past.values()) < 2 * len(students):
        return None
    middle = statistics.mean(one for shares in past.values() for one in shares)
    found = [statistics.mean([*past[student], middle]) * out_of for student in students]
    return [Fraction(rounded(2 * one, 0)) / 2 for one in found]


def drift(marks: Sequence[int], expected: Sequence[Fraction] | None = None) -> Json | None:
    n, third = len(marks), len(marks) // 3
    if n < 20:
        return None
    first, last = mean_of(marks[:third]), mean_of(marks[-third:])
    its = [Fraction()] * n if expected is None else expected
    usually = statistics.mean(its[:third]), statistics.mean(its[-third:])
    values = [int(2 * (mark - by)) for mark, by in zip(marks, its, strict=True)]
    often = chance(values, third)
    return {
        "n": n,
        "third": third,
        "mean_first": rounded(first),
        "mean_last": rounded(last),
        "usual_first": rounded(usually[0]) if expected is not None else None,
        "usual_last": rounded(usually[1]) if expected is not None else None,
        "difference": rounded(last - first - usually[1] + usually[0]),
        "chance": rounded(often, 4),
        "is_sign": often <= 0.05,
    }


def hand(lines: Sequence[Line]) -> Json:
    """The words of comments, and the stamps."""
    notes = [note for line in lines for note in line.stamps]
    codes = [code for code, _ in notes if code]
    return {
        "essays": len(lines),
        "comment_words": sum(len(comment.split()) for _, comment in notes),
        "stamps": len(codes),
        "strengths": sum(code in CREDITS for code in codes),
    }


def recurs(done: Sequence[Line], assignment: str, path: Path) -> Json:
    """On how many finished essays each stamp stands, and what became of the targets; but for what a stamp means."""
    found = Counter(code for line in done for code in {code for code, _ in line.stamps if code})
    became = Counter(
        row["last_target"]
        for row in ask(
            path,
            "select m.last_target from marking m join script sc on sc.id = m.script_id where sc.assignment_id = ?"
            " and m.status in ('complete', 'moderated', 'returned')",
            assignment,
        )
    )
    return {
        "n": len(done),
        "stamps": [{"code": code, "essays": n} for code, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))],
        "said": said(path, [assignment]),
        "targets": {
            "judged": became["met"] + became["partly"] + became["not yet"],
            "met": became["met"],
            "partly": became["partly"],
        },
    }


def said(path: Path, assignments: Sequence[str]) -> list[Json]:
    """What was said on two finished essays at least, but for capitals and a full stop."""
    its = f"sc.assignment_id in ({', '.join('?' for _ in assignments)})"
    rows = ask(
        path,
        "select field, min(text) as text, count(distinct script) as essays from ("
        " select sc.id as script, m.status, 'margin' as field, n.comment as text from script sc"
        f"  join marking m on m.script_id = sc.id join annotation n on n.marking_id = m.id where {its}"
        " union all select sc.id, m.status, f.field, f.text from script sc"
        f"  join marking m on m.script_id = sc.id join feedback f on f.marking_id = m.id where {its}"
        ") where status in ('complete', 'moderated', 'returned') and field <> 'note' and text <> ''"
        " group by field, rtrim(lower(text), ' .') having essays > 1 order by essays desc, text, field",
        *assignments,
        *assignments,
    )
    return [{"field": row["field"], "text": row["text"], "essays": row["essays"]} for row in rows]


# -- a pile


def edges(scheme: Json, marks: Sequence[int]) -> list[Json]:
    """The lowest mark of each level, and how many would reach it a mark or two away."""
    starts = [level["min"] for level in scheme["scales"][0]["levels"]]
    found: list[Json] = []
    for at in range(len(starts) - 1, 0, -1):
        here, below = starts[at], starts[at - 1] if at > 1 else 0
        above = starts[at + 1] if at + 1 < len(starts) else 1_000
        found.append(
            {
                "name": scheme["scales"][0]["levels"][at]["label"],
                "lowest": here,
                "reached": sum(mark >= here for mark in marks),
                "more_if_lower": [sum(here - by <= m < here for m in marks) for by in (1, 2) if here - by > below],
                "fewer_if_higher": [sum(here <= m < here + by for m in marks) for by in (1, 2) if here + by < above],
            }
        )
    return found


def pile(path: Path, assignment: str) -> Json:
    """All that ``review assignment --json`` says of one, but for the sentence on drift."""
    (about,) = ask(
        path,
        "select a.*, g.name as called, r.body from assignment a join teaching_group g on g.id = a.group_id"
        " join rubric_version r on r.hash = a.rubric_hash where a.id = ?",
        assignment,
    )
    scheme, lines = json.loads(about["body"]), lines_of(path, assignment)
    same = [line for line in lines if line.most == scheme["max_mark"]]
    marks = [line.total for line in same if isinstance(line.total, int)]
    scales: list[Json] = []
    for scale in scheme["scales"]:
        its = [line for line in lines if scale in line.scheme["scales"]]
        given = [one["mark"] for line in its if (one := line.given.get(scale["id"])) and one["mark"] is not None]
        stand = levels(its, scale)
        scales.append(
            {
                "scale": scale["id"], "max": scale["max"], **figures(given),
                "share": share(mean_of(given) / scale["max"]) if given else None, "levels": stand["counts"],
                "no_response": stand["no_response"], "without_mark": stand["without_mark"],
                "under_other_ranges": len(lines) - len(its),
            }
        )  # fmt: skip
    there = strands([line for line in lines if line.scheme["scales"] == scheme["scales"]], scheme)
    by_level = edges(scheme, marks) if len(scheme["scales"]) == 1 else []
    near: list[Json] = []
    for edge in by_level:
        for by in (1, 2):
            short = [line for line in same if line.total == edge["lowest"] - by and line.total]
            near += [{"script": one.script, "short_id": one.script[-6:], "student": one.name, "total": one.total,
                      "edge": edge["name"], "under_by": by}
                     for one in sorted(short, key=lambda one: one.name)]  # fmt: skip
    gone = ask(
        path,
        "select st.id, st.given_name || ' ' || st.family_name as name, b.why from membership m"
        " join student st on st.id = m.student_id left join absence b on b.student_id = st.id and b.assignment_id = ?1"
        " where m.group_id = ?2 and st.id not in (select student_id from script where assignment_id = ?1)",
        assignment,
        about["group_id"],
    )
    order = sorted(
        (one for one in same if one.status in DONE and isinstance(one.total, int)), key=lambda o: o.completed
    )
    by_order = [line.total for line in order if isinstance(line.total, int)]
    expected = usual(path, assignment, [line.student for line in order], scheme["max_mark"])
    several = {}
    for scale in scheme["scales"] if len(scheme["scales"]) > 1 else ():
        its_marks = [g["mark"] for one in order if (g := one.given[scale["id"]])["mark"] is not None]
        if (found := drift(its_marks)) is not None:
            several[scale["id"]] = found
    third = len(order) // 3
    return {
        "assignment": {"id": about["id"], "name": about["name"], "question": about["question"],
                       "group": about["called"], "set_on": about["set_on"], "kind": about["kind"]},
        "rubric": {key: scheme[key] for key in ("id", "version", "max_mark", "board")},
        "essays": len(lines),
        "looked_at": len(lines),
        "marks": {
            **figures(marks),
            "not_finished": sum(isinstance(one.total, int) and one.status not in DONE for one in same),
            "no_response": sum(line.total == "NR" for line in same),
            "without_mark": sum(line.total is None for line in same),
            "under_another_maximum": len(lines) - len(same),
            "counts": {str(mark): count for mark, count in sorted(Counter(marks).items())},
        },
        "scales": scales,
        "strands": there,
        "weakest": [{key: one[key] for key in ("scale", "strand")} for one in weakest(there)],
        "boundaries": {"of": "levels", "edges": by_level, "near": near},
        "not_handed_in": [{"id": row["id"], "name": row["name"], "why": row["why"]} for row in gone],
        "drift": {"total": drift(by_order, expected), "scales": several},
        "against_usual": against_usual(path, assignment, order, scheme["max_mark"]),
        "recurs": recurs([line for line in lines if line.status in DONE], assignment, path),
        "mirror": {"n": len(order), "first": hand(order[:third]), "last": hand(order[-third:])}
        if len(order) >= 20
        else None,
    }  # fmt: skip


def together(piles: Sequence[Json], path: Path) -> Json:
    """Several assignments: each mark as a share of its maximum."""
    shares = [Fraction(int(mark), its["rubric"]["max_mark"]) for its in piles
              for mark, n in its["marks"]["counts"].items() for _ in range(n)]  # fmt: skip
    tenths = Counter(min(9, int(10 * one)) for one in shares)
    by_scale: dict[str, list[Fraction]] = {}
    by_strand: dict[str, list[Fraction]] = {}
    for its in piles:
        lines = lines_of(path, its["assignment"]["id"])
        scheme = next(one.scheme for one in lines if one.scheme["version"] == its["rubric"]["version"])
        for scale in scheme["scales"]:
            for line in lines:
                if scale not in line.scheme["scales"] or scale["id"] not in line.given:
                    continue
                if line.given[scale["id"]]["mark"] is not None:
                    by_scale.setdefault(scale["title"], []).append(
                        Fraction(line.given[scale["id"]]["mark"], scale["max"])
                    )
                for strand, level in placed(line, scale["id"]).items():
                    name = next(one["name"] for one in scheme["strands"] if one["id"] == strand)
                    by_strand.setdefault(name, []).append(Fraction(level, len(scale["levels"])))
    pooled = [
        {name: {"n": len(its), "share": share(statistics.mean(its))} for name, its in found.items()}
        for found in (by_scale, by_strand)
    ]
    most = max(map(len, by_strand.values()))
    often = {name: its for name, its in by_strand.items() if 3 * len(its) >= most}
    lowest = min(statistics.mean(its) for its in often.values())
    return {
        "n": len(shares),
        "mean_share": share(statistics.mean(shares)),
        "tenths": [tenths[at] for at in range(10)],
        "scales": pooled[0],
        "strands": pooled[1],
        "weakest": [name for name, its in often.items() if statistics.mean(its) == lowest],
        "not_compared": [name for name in by_strand if name not in often],
        "classes": [],
    }
