"""Rows ``fidelity``: how faithfully essays come out of the files that programs made of them.

The corpus is that of ``tests/corpus``: 196 files, six formats, read by the program's own reader in its child process.
A row a format says how many of the true words were not recalled, and how far the beginnings of paragraphs are from
right (100 less F, both by ``tests/corpus/score.py``); under each stand the programs that wrote its files. Formats
without an importer have no row.
"""

from itertools import groupby

from tests.corpus.files import BARS, Result, kinds, results, together

from benchmarks.report import Row, say


def rows() -> list[Row]:
    """Two rows a format, and what they are made of."""
    out: list[Row] = []
    for kind in kinds():
        say(f"fidelity: {kind}")
        found = list(results(kind))
        recall, boundaries, invented = together(found)
        least_words, least_paragraphs = BARS[kind]
        refused = sum(one.score is None for one in found)
        told = f"{len(found)} files" + (f", {refused} refused" if refused else "")
        lost = _percent(1 - recall)
        detail = {"recall": recall, "boundaries": boundaries, "invented": invented, "files": len(found)}
        out.append(Row(f"{kind}: words lost", lost, _percent(1 - least_words), told, detail=detail, unit="%"))
        wrong = _percent(1 - boundaries)
        bar = _percent(1 - least_paragraphs)
        out.append(Row(f"{kind}: paragraphs wrong", wrong, bar, "", "", _by_writer(found), unit="%"))
    return out


def _percent(share: float) -> float:
    return round(100 * share, 2)


def _by_writer(found: list[Result]) -> str:
    def writer(one: Result) -> str:
        return one.file.writer

    lines = [f"{'':38}files    words  paragraphs  nobody's words"]
    for name, group in groupby(sorted(found, key=writer), writer):
        files = list(group)
        recall, boundaries, invented = together(files)
        lines.append(f"{name:38}{len(files):5}{recall:9.2%}{boundaries:12.2%}{invented:16}")
    return "\n".join(lines)
