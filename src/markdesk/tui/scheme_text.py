"""One mark scheme in full, as lines: every level with every strand, its rules, where it comes from."""

from rich.cells import cell_len, set_cell_size

from markdesk.core.plain import show_line
from markdesk.core.rubric import Rubric, Scale, Status, Strand
from markdesk.core.scheme_facts import SCORING, about, item_points, rules, scale_title
from markdesk.desk.rubrics import Listed
from markdesk.tui.side_lines import OWN_WORDS, Words, hanging
from markdesk.tui.widgets.lines import Line
from markdesk.tui.words import clipped

COLUMN = 24
"""The fewest cells in which a strand's text can be read beside the others'; with less they stand under each other."""
GAP = 2
INDENT = 4
"""Cells before a strand's name."""
SCROLL_BAR = 2
"""Cells at a page's edge that a text stays clear of."""
LABEL = 12
"""Cells for the name of a fact, and for a level with its marks."""


def scheme_text(listed: Listed, width: int) -> list[Line]:
    """Everything that a marker may want to read of a scheme, or what is wrong with its file."""
    rubric = listed.rubric
    if rubric is None:
        return wrong_lines(listed, width)
    words: Words = listed.wording or OWN_WORDS
    lines = hanging("", "text", rubric.title, "strong", 0, width)
    facts = f"version {rubric.version} · out of {tariff(rubric)} · {SCORING[rubric.scoring]}"
    lines += hanging("", "accent", rubric.id, "accent", 0, width)
    lines += [*hanging("", "quiet", facts, "quiet", 0, width), ()]
    if listed.wrong:
        lines += [*wrong_lines(listed, width), ()]
    told = listed.wording.told(rubric, listed.is_own) if listed.wording else ""
    facts_about = dict(about(rubric, told, listed.is_own))
    status = facts_about.pop("Status")
    is_uncertain = rubric.status in (Status.DRAFT, Status.RETIRED)
    lines += hanging("Status", "quiet", status, "weak" if is_uncertain else "text", LABEL, width)
    if words.source:
        lines += hanging("Wording", "quiet", facts_about.pop("Wording"), "text", LABEL, width)
    for scale in rubric.scales:
        lines += [(), *_scale(rubric, scale, words, width)]
    found = list(rules(rubric))
    if found:
        lines += [(), (("Rules", "heading"),)]
        for name, text in found:
            lines += hanging(name, "weak" if name in ("Cap", "Penalty") else "quiet", text, "text", LABEL, width)
    lines += [(), (("About it", "heading"),)]
    for name, text in facts_about.items():
        lines += hanging(name, "quiet", text, "text", LABEL, width)
    return lines


def tariff(rubric: Rubric) -> str:
    """What it is out of, and whether it takes other tariffs too."""
    return f"{rubric.max_mark}, or any other tariff" if rubric.takes_any_tariff else str(rubric.max_mark)


def wrong_lines(listed: Listed, width: int) -> list[Line]:
    """What is wrong with a file, each fault with its line and key."""
    what = "This file can't be used yet"
    if listed.rubric is not None:
        what = "Two files have this id" if listed.is_clash else "The board's wording beside it can't be shown"
    lines: list[Line] = [(("✗ ", "alert"), (what, "strong"))]
    for fault in listed.wrong.split("\n"):
        lines += hanging("  ", "quiet", fault, "text", 2, width)
    if str(listed.path) not in listed.wrong:
        lines += [(), *hanging("", "quiet", f"The file: {listed.path}", "quiet", 0, width)]
    return lines


def _scale(rubric: Rubric, scale: Scale, words: Words, width: int) -> list[Line]:
    facts = "  ".join(fact for fact in (", ".join(scale.aos), f"out of {scale.max}") if fact)
    lines: list[Line] = [
        ((clipped(scale_title(scale), max(8, width - len(facts) - 2)), "heading"), (f"  {facts}", "quiet"))
    ]
    if scale.is_points:
        for item in scale.items:
            lines += hanging(item_points(item), "accent", item.text, "text", LABEL, width)
        return lines
    strands = rubric.strands_of(scale)
    column = (width - LABEL) // len(strands) - GAP if strands else 0
    is_grid = len(strands) > 1 and column >= COLUMN
    if is_grid:
        lines += [(), *_across([strand.name for strand in strands], "heading", column)]
    for level in reversed(scale.levels):
        label = f"{level.label:<4} {level.range}"
        lines += [(), *hanging(label, "accent", words.summary(scale, level), "strong", LABEL, width)]
        if level.subs:
            named = ", ".join(f"{sub.label} {sub.min}–{sub.max}" for sub in reversed(level.subs))
            lines += hanging("", "quiet", f"within it: {named}", "quiet", LABEL, width)
        texts = [words.strand(scale, level, strand.id) for strand in strands]
        lines += _across(texts, "text", column) if is_grid else _listed(strands, texts, width)
    lines += [(), *hanging("0", "accent", rubric.zero_label, "text", LABEL, width)]
    code = rubric.not_attempted_code or "NR"
    return lines + hanging(code, "accent", "no response, which is no attempt that earned 0", "text", LABEL, width)


def _listed(strands: tuple[Strand, ...], texts: list[str], width: int) -> list[Line]:
    """Strands under one another: each name in a column of its own where there is room, else before its text."""
    names = [show_line(strand.name) for strand in strands]
    room = max(map(cell_len, names), default=0)
    lines: list[Line] = []
    for name, text in zip(names, texts, strict=True):
        if width - INDENT - room >= 2 * COLUMN:
            lines += hanging(f"{'':{INDENT}}{name}", "quiet", text, "text", INDENT + room + GAP, width)
            continue
        # No room for a column: the name stands before its text, and the lines after the first hang.
        (_, (first, _)), *rest = hanging("", "text", f"{name}: {text}", "text", INDENT + GAP, width)
        at = len(name) + 1 if first.startswith(f"{name}:") else 0
        lines.append(((" " * INDENT, "text"), (first[:at], "quiet"), (first[at:], "text")))
        lines += rest
    return lines


def _across(texts: list[str], style: str, column: int) -> list[Line]:
    """Texts side by side, each in its own column."""
    columns = [hanging("", style, text, style, 0, column) for text in texts]
    lines: list[Line] = []
    for at in range(max(map(len, columns))):
        row = [(" " * LABEL, style)]
        for lines_of_one in columns:
            text = "".join(piece for piece, _ in lines_of_one[at]) if at < len(lines_of_one) else ""
            row.append((set_cell_size(text, column + GAP), style))
        lines.append(tuple(row))
    return lines
