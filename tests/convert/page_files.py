"""Tables of levels as schools write them, on web pages and in Word documents; and broken ones."""

import io
from collections.abc import Sequence

import docx

from tests.convert.cases import Broken, Good, Wanted

Cells = Sequence[Sequence[str]]


def table(*rows: str, caption: str = "") -> str:
    """Rows written ``a | b | c``; a cell may begin with ``2x3:``, its width and height."""
    lines = []
    for row in rows:
        cells = ""
        for cell in row.split("|"):
            text = cell.strip()
            spans = ""
            head, colon, rest = text.partition(":")
            if colon and len(head) == 3 and head[1] == "x" and head[0].isdigit():
                spans, text = f' colspan="{head[0]}" rowspan="{head[2]}"', rest.strip()
            cells += f"<td{spans}>{text}</td>"
        lines.append(f"<tr>{cells}</tr>")
    about = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{about}{''.join(lines)}</table>"


def page(*body: str, title: str = "Our mark scheme") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{''.join(body)}</body></html>".encode()


DOWN = table(
    "Level | Marks | Knowledge | Judgement",
    "5 | 21–25 | Exact and wide | Argued to the end",
    "4 | 16–20 | Mostly exact | Clear, not quite proved",
    "3 | 11–15 | Fair | Partly backed",
    "2 | 6–10 | Thin | Claimed",
    "1 | 1–5 | Vague | None",
    "0 | 0 | 2x1:Nothing worthy of credit",
)
FIVE = "1-5 6-10 11-15 16-20 21-25"
LEVELS = "Level 1|Level 2|Level 3|Level 4|Level 5"
ACROSS = table(
    " | Level 1<br>1–4 marks | Level 2<br>5–8 marks | Level 3<br>9–12 marks",
    "Focus | Wanders | Mostly on it | On it throughout",
    "Evidence | Little | Some | Exact",
)
SPELLINGS = table(
    "Band | What it looks like",
    "Level 6: 26 to 30 marks | a", "L5 (21-25) | b", "Level 4, 16 — 20 | c", "level 3 [11‑15 marks] | d",
    "Band 2: 6 − 10 mks | e", "Level 1 – 1/5 | f", "0 marks | No answer to the question",
)  # fmt: skip
HEADS = table(
    "Level 3 (9–12 marks): Argues from start to finish.<br>Uses exact detail.",
    "Level 2 (5–8 marks): Explains in places.",
    "Level 1 (1–4 marks): Tells the story.",
)
BOARD_STYLE = table(
    "L3: Answers show a good grasp of the question. | 9–12", "L2: Answers show some grasp of it. | 5–8",
    "L1: Answers are about the topic. | 1–4", "Nothing worthy of credit. | 0",
)  # fmt: skip
LONG_FORM = table(
    "Level | Marks | Strand | Descriptor",
    "1x2:Level 2 | 1x2:6–10 | Focus | Keeps to it", "Evidence | Exact",
    "1x2:Level 1 | 1x2:1–5 | Focus | Wanders", "Evidence | Vague",
)  # fmt: skip
BULLETS = table(
    "1x3:Level 2 | 1x3:4–6 | Keeps to the question",
    "Exact detail",
    "A verdict",
    "1x2:Level 1 | 1x2:1–3 | Wanders",
    "Little detail",
)
SECTIONS = table(
    "4x1:AO1 (10 marks)", "Level | Marks | Knowledge | Focus", "2 | 6–10 | exact | kept", "1 | 1–5 | vague | lost",
    "4x1:AO3 (6 marks)", "2 | 4–6 | weighed | used", "1 | 1–3 | named | quoted",
)  # fmt: skip
POINTS_HEAD = table("Criterion | Excellent (4 points) | Good (3 points) | Fair (2 points) | Weak (1 point)",
                    "Structure | a | b | c | d", "Style | e | f | g | h")  # fmt: skip
SINGLE_MARKS = table(
    "Level | Marks | Descriptor", "4 | 20 | a", "3 | 15 | b", "2 | 10 | c", "1 | 5 | d", "0 | 0 | none"
)
UPWARDS = table("Marks | Level | Words", "1–5 | Level 1 | a", "6–10 | Level 2 | b")
MARK_COLUMN = table("Level | Marks | Descriptor | Mark given | Comment", "2 | 4–6 | Full | | ", "1 | 1–3 | Thin | | ",
                    "Total | | | /6 | ")  # fmt: skip
NAMED = table("Grade | Marks | Descriptor", "Distinction | 8–10 | a", "Merit | 5–7 | b", "Pass | 1–4 | c")
SUMMARY = table(
    "Level | Marks | Overall | Knowledge | Judgement", "2 | 4–6 | Good | exact | fair", "1 | 1–3 | Weak | vague | none"
)
MERGED_DOWN = table("Level | Marks | Knowledge | Focus", "2 | 4–6 | exact | 1x2:on the question", "1 | 1–3 | vague")
COVER = table("Candidate | Date", "Ann | 3 May")
RANGE_ROW = table(" | Level 2 | Level 1", "Marks | 6–10 | 1–5", "Focus | kept | lost", "Detail | exact | vague")
LAYOUT = f"<table><tr><td><h2>Part A</h2>{DOWN}</td><td>menu</td></tr></table>"
SIDE = table(
    "AO | Level | Marks | Descriptor", "1x2:AO1 (10 marks) | Level 2 | 6–10 | a", "Level 1 | 1–5 | b",
    "1x3:AO3 | Level 2 | 4–6 | c", "Level 1 | 1–3 | d", "0 | 0 | Nothing relevant",
)  # fmt: skip
SIDE_REPEATED = table("Criterion | Level | Marks | Descriptor", "Focus | 2 | 3-4 | a", "Focus | 1 | 1-2 | b",
                      "Detail | 2 | 4-6 | c", "Detail | 1 | 1-3 | d")  # fmt: skip
TWO_HEADINGS = table(
    "1x2:Criteria | 2x1:Performance level", "Level 2 (4–6) | Level 1 (1–3)", "Focus | a | b", "Detail | c | d"
)
NO_RESPONSE = table(
    "Mark | Level | Descriptor", "4–6 | 2 | a", "1–3 | 1 | b", "0 | 0 | No rewardable material", "NR | | No response"
)
BACKWARDS = table("Band | Marks | x", "Band 1 | 7-9 | a", "Band 2 | 4-6 | b", "Band 3 | 1-3 | c")
NO_HEADING = table("Level 2 | 4-6 | a | b", "Level 1 | 1-3 | c | d")
LONG_STRANDS = table(f"Level | Marks | AO1 {'demonstrate ' * 12}| AO2 analyse", "2 | 4-6 | a | b", "1 | 1-3 | c | d")
ROMAN = table("Level | Descriptor", "Level II, up to 10 marks | a", "Level I, up to 5 marks | b")
CHINESE = table("等级 | Marks | 知识", "甲 | 6–10 | 准确 🏛️", "乙 | 1–5 | 一般")

# Word


def word(*parts: str | Cells, merges: Sequence[tuple[int, int, int, int, int]] = ()) -> bytes:
    """Paragraphs (``# `` before a heading) and tables; ``merges`` are a table and two corners."""
    document = docx.Document()
    tables = []
    for part in parts:
        if isinstance(part, str):
            if part.startswith("# "):
                document.add_heading(part[2:], level=1)
            else:
                document.add_paragraph(part)
            continue
        made = document.add_table(len(part), len(part[0]))
        for row, cells in zip(made.rows, part, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        tables.append(made)
    for number, top, left, bottom, right in merges:
        tables[number].cell(top, left).merge(tables[number].cell(bottom, right))
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


AO1 = [["Level", "Marks", "Knowledge", "Focus"], ["Level 3", "11–15", "exact", "kept"], ["Level 2", "6–10", "fair", "mostly"],
       ["Level 1", "1–5", "vague", "lost"]]  # fmt: skip
AO2 = [["Level", "Marks", "Descriptor"], ["Level 2", "6 to 10", "Weighs the sources"], ["Level 1", "1 to 5", "Quotes them"],
       ["0", "0", "Nothing to credit"]]  # fmt: skip
WORD_ACROSS = [["Strand", "Level 2 (4-6)", "Level 1 (1-3)"], ["Focus", "kept", "lost"], ["Détail", "précis", "vague"]]
WORD_MERGED = [["Level", "Marks", "Strand", "Descriptor"], ["Level 2", "6–10", "Focus", "kept"], ["", "", "Evidence", "exact"],
               ["Level 1", "1–5", "Focus", "lost"], ["", "", "Evidence", "vague"]]  # fmt: skip
WORD_TITLE = [
    ["Essay (10 marks)", "", ""],
    ["Level", "Marks", "Descriptor"],
    ["2", "6-10", "Good"],
    ["1", "1-5", "Weak"],
]

NO_OBJECTIVES = "No assessment objectives are set"

GOOD = [
    Good("levels down", "scheme.html", page("<h1>Year 12</h1><p>Essay (25 marks)</p>", DOWN), "html", 25,
         (Wanted("Essay", FIVE, LEVELS),), (NO_OBJECTIVES,), "Knowledge|Judgement", "Nothing worthy of credit",
         {"scale[0].level[0].strand.knowledge": "Exact and wide", "scale[0].strands[0]": "knowledge", "title": "Year 12"}),
    Good("levels across", "scheme.html", page("<p>Source question</p>", ACROSS), "html", 12,
         (Wanted("Source question", "1-4 5-8 9-12", "Level 1|Level 2|Level 3"),), (NO_OBJECTIVES,), "Focus|Evidence",
         texts={"scale[0].level[2].strand.evidence": "Little"}),
    Good("every spelling", "scheme.html", page(SPELLINGS), "html", 30,
         (Wanted("Our mark scheme", "1-5 6-10 11-15 16-20 21-25 26-30", "Level 1|Band 2|Level 3|Level 4|Level 5|Level 6"),),
         zero="No answer to the question"),
    Good("name, marks and words in one cell", "scheme.html", page(HEADS), "html", 12,
         (Wanted("Our mark scheme", "1-4 5-8 9-12", "Level 1|Level 2|Level 3"),),
         texts={"scale[0].level[0].summary": "Argues from start to finish.\nUses exact detail."}),
    Good("the name in front of the words", "scheme.html", page(BOARD_STYLE), "html", 12,
         (Wanted("Our mark scheme", "1-4 5-8 9-12", "Level 1|Level 2|Level 3"),), zero="Nothing worthy of credit.",
         texts={"scale[0].level[0].summary": "Answers show a good grasp of the question."}),
    Good("a row for each strand", "scheme.html", page(LONG_FORM), "html", 10,
         (Wanted("Our mark scheme", "1-5 6-10", "Level 1|Level 2"),), (NO_OBJECTIVES,), "Focus|Evidence",
         texts={"scale[0].level[0].strand.evidence": "Exact"}),
    Good("a row for each bullet", "scheme.html", page(BULLETS), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),),
         texts={"scale[0].level[0].summary": "Keeps to the question\nExact detail\nA verdict"}),
    Good("two sections in one table", "scheme.html", page(SECTIONS), "html", 16,
         (Wanted("AO1", "1-5 6-10", "Level 1|Level 2"), Wanted("AO3", "1-3 4-6", "Level 1|Level 2")),
         strands="Knowledge|Focus|Knowledge|Focus", texts={"ao[0].code": "AO1", "ao[1].marks": "6"}),
    Good("points in the heading", "scheme.html", page(POINTS_HEAD), "html", 4,
         (Wanted("Our mark scheme", "1-1 2-2 3-3 4-4", "Weak|Fair|Good|Excellent"),), strands="Structure|Style"),
    Good("one mark a level", "scheme.html", page(SINGLE_MARKS), "html", 20,
         (Wanted("Our mark scheme", "1-5 6-10 11-15 16-20", "Level 1|Level 2|Level 3|Level 4"),), ("taken as the top",),
         zero="none"),
    Good("lowest first, marks first", "scheme.html", page(UPWARDS), "html", 10,
         (Wanted("Our mark scheme", "1-5 6-10", "Level 1|Level 2"),)),
    Good("columns for the marker, and a total", "scheme.html", page(MARK_COLUMN), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),)),
    Good("named levels", "scheme.html", page(NAMED), "html", 10,
         (Wanted("Our mark scheme", "1-4 5-7 8-10", "Pass|Merit|Distinction"),)),
    Good("a summary beside the strands", "scheme.html", page(SUMMARY), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),), strands="Knowledge|Judgement",
         texts={"scale[0].level[0].summary": "Good"}),
    Good("a cell over two levels", "scheme.html", page(MERGED_DOWN), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),), strands="Knowledge|Focus",
         texts={"scale[0].level[1].strand.focus": "on the question"}),
    Good("marks in a row of their own", "scheme.html", page(RANGE_ROW), "html", 10,
         (Wanted("Our mark scheme", "1-5 6-10", "Level 1|Level 2"),), strands="Focus|Detail"),
    Good("among other tables, inside a layout", "scheme.html", page(COVER, LAYOUT), "html", 25,
         (Wanted("Part A", FIVE, LEVELS),), ("1 table without levels left out",), "Knowledge|Judgement",
         "Nothing worthy of credit"),
    Good("a heading with another total", "scheme.html", page("<h2>Essay [30 marks]</h2>", DOWN), "html", 25,
         (Wanted("Essay", FIVE, LEVELS),), ("says 30 marks, and the levels reach 25",), "Knowledge|Judgement",
         "Nothing worthy of credit"),
    Good("two tables, one an objective", "s.html", page("<p>AO1: 25 marks</p>", DOWN, "<p>AO2</p>", UPWARDS), "html", 35,
         (Wanted("AO1", FIVE, LEVELS), Wanted("AO2", "1-5 6-10", "Level 1|Level 2")), strands="Knowledge|Judgement",
         zero="Nothing worthy of credit", texts={"ao[1].code": "AO2"}),
    Good("a table alone, not a page", "scheme.html", UPWARDS.encode(), "html", 10,
         (Wanted("scheme", "1-5 6-10", "Level 1|Level 2"),)),
    Good("Windows-1252 as declared", "s.html",
         b'<html><head><meta charset="windows-1252"></head><body>' + UPWARDS.replace("–", "\u2013").encode("cp1252") + b"</body></html>",
         "html", 10, (Wanted("s", "1-5 6-10", "Level 1|Level 2"),)),
    Good("objectives beside the levels", "s.html", page(SIDE), "html", 16,
         (Wanted("AO1", "1-5 6-10", "Level 1|Level 2"), Wanted("AO3", "1-3 4-6", "Level 1|Level 2")), zero="Nothing relevant",
         texts={"ao[0].code": "AO1", "ao[1].marks": "6"}),
    Good("criteria repeated beside the levels", "s.html", page(SIDE_REPEATED), "html", 10,
         (Wanted("Focus", "1-2 3-4", "Level 1|Level 2"), Wanted("Detail", "1-3 4-6", "Level 1|Level 2"))),
    Good("a heading above the levels", "s.html", page(TWO_HEADINGS), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),), strands="Focus|Detail",
         texts={"scale[0].level[0].strand.detail": "c"}),
    Good("no marks and no response", "s.html", page(NO_RESPONSE), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),), zero="No rewardable material"),
    Good("bands that count backwards", "s.html", page(BACKWARDS), "html", 9,
         (Wanted("Our mark scheme", "1-3 4-6 7-9", "Band 3|Band 2|Band 1"),), ("'Band 3' is level 1 here",)),
    Good("no row of headings", "s.html", page(NO_HEADING), "html", 6, (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),),
         ("without a heading",), "Strand 1|Strand 2"),
    Good("a sentence for a heading", "s.html", page(LONG_STRANDS), "html", 6,
         (Wanted("Our mark scheme", "1-3 4-6", "Level 1|Level 2"),), ("is shortened", "several objectives are not divided"),
         "AO1 demonstrate demonstrate demonstrate demonstrate demonstrate demonstrate…|AO2 analyse",
         texts={"ao[0].code": "AO1+AO2"}),
    Good("Roman numbers and 'up to'", "s.html", page(ROMAN), "html", 10, (Wanted("Our mark scheme", "1-5 6-10", "Level I|Level II"),)),
    Good("Chinese", "方案.html", page(CHINESE, title="历史"), "html", 10, (Wanted("历史", "1-5 6-10", "乙|甲"),),
         texts={"scale[0].level[0].summary": "准确 🏛️"}),
    Good("Word: two objectives", "scheme.docx", word("# Year 13 NEA", "AO1 (15 marks)", AO1, "AO2 (10 marks)", AO2), "docx", 25,
         (Wanted("AO1", "1-5 6-10 11-15", "Level 1|Level 2|Level 3"), Wanted("AO2", "1-5 6-10", "Level 1|Level 2")),
         strands="Knowledge|Focus", zero="Nothing to credit", texts={"title": "Year 13 NEA", "ao[0].marks": "15"}),
    Good("Word: levels across, in French", "barème.docx", word("Barème", WORD_ACROSS), "docx", 6,
         (Wanted("Barème", "1-3 4-6", "Level 1|Level 2"),), (NO_OBJECTIVES,), "Focus|Détail",
         texts={"scale[0].level[0].strand.detail": "précis"}),
    Good("Word: merged cells", "scheme.docx",
         word("Essay", WORD_MERGED, merges=[(0, 1, 0, 2, 0), (0, 1, 1, 2, 1), (0, 3, 0, 4, 0), (0, 3, 1, 4, 1)]), "docx", 10,
         (Wanted("Essay", "1-5 6-10", "Level 1|Level 2"),), strands="Focus|Evidence",
         texts={"scale[0].level[1].strand.evidence": "vague"}),
    Good("Word: a title across the table", "scheme.docx", word(WORD_TITLE, merges=[(0, 0, 0, 0, 2)]), "docx", 10,
         (Wanted("Essay", "1-5 6-10", "Level 1|Level 2"),)),
    Good("Word: cells like formulas", "s.docx", word("Essay", [["Level", "Marks", "=1+1"], ["2", "3-4", "=cmd|x"],
                                                               ["1", "1-2", "-@x"]]), "docx", 4,
         (Wanted("Essay", "1-2 3-4", "Level 1|Level 2"),), texts={"scale[0].level[0].summary": "=cmd|x"}),
    Good("Word: a long document", "long.docx", word("# Handbook", *[f"Paragraph {n} about marking." for n in range(300)], "Essay", AO2),
         "docx", 10, (Wanted("Essay", "1-5 6-10", "Level 1|Level 2"),), zero="Nothing to credit"),
]  # fmt: skip


def html(*rows: str) -> bytes:
    return page(table(*rows))


BROKEN = [
    Broken("a gap", "s.html", html("Level | Marks | x", "2 | 7–10 | a", "1 | 1–5 | b"), "table 1, row 2",
           "a gap below 7: no level has 6"),
    Broken("an overlap", "s.html", html("Level | Marks | x", "2 | 5–10 | a", "1 | 1–5 | b"), "table 1, row 2",
           "an overlap: 5 is in two levels"),
    Broken("no level has 1", "s.html", html("Level | Marks | x", "2 | 6–10 | a", "1 | 3–5 | b"), "table 1, row 3",
           "no level has 1 to 2"),
    Broken("an overlap across", "s.html", html("Strand | Level 2 (4-9) | Level 1 (1-4)", "Focus | a | b"), "table 1, column 2",
           "an overlap"),
    Broken("levels without marks", "s.html", html("Level | x", "Level 2 | a", "Level 1 | b"), "table 1, row 2",
           "'Level 2' has no marks"),
    Broken("one level without marks", "s.html", html("Level | Marks | x", "Level 2 | 4-6 | a", "Level 1 | | b"),
           "table 1, row 3", "'Level 1' has no marks"),
    Broken("numbers that can be either", "s.html", html("Nr | x", "4 | a", "3 | b", "2 | c", "1 | d"), "table 1, column 1",
           "can be levels or marks"),
    Broken("an empty strand", "s.html", html("Level | Marks | Focus | Detail", "2 | 4-6 | a | b", "1 | 1-3 | c | "),
           "table 1, row 3", "nothing stands under 'Detail' for 'Level 1'"),
    Broken("a row of no level", "s.html", html("Level | Marks | x", "2 | 4-6 | a", "Remember spelling | see | p. 4", "1 | 1-3 | b"),
           "table 1, row 3", "names no level"),
    Broken("a level without a description", "s.html", html("Level | Marks | x", "3 | 7-9 | ", "2 | 4-6 | a", "1 | 1-3 | b"),
           "table 1, row 2", "nothing stands beside 'Level 3'"),
    Broken("a level's marks alone", "s.html", html("Marks | x", "4-6 | ", "1-3 | b"), "table 1, row 2",
           "nothing stands beside '4–6'"),
    Broken("a level across the table", "s.html", html("2x1:Level 2 (4-6)", "Focus | a", "1-3 | b"), "table 1, row 1",
           "'Level 2' stands across the whole table"),
    Broken("a level in two ranges", "s.html", html("Level | Marks | x", "1x2:Level 2 | 7-9 | a", "4-6 | b", "Level 1 | 1-3 | c"),
           "table 1, row 3", "a second range for 'Level 2': 4–6"),
    Broken("no table", "s.html", page("<p>Level 1: 1-5 marks</p><table></table>"), "s.html", "no table"),
    Broken("no table of levels", "s.html", page(COVER), "s.html", "1 table, and none of levels"),
    Broken("too many cells", "s.html", page('<table><tr><td colspan="99999">x</td></tr></table>'), "table 1, row 1", "more cells"),
    Broken("only no marks", "s.html", html("Level | Marks | x", "0 | 0 | nothing"), "s.html", "none of levels"),
    Broken("Word with a gap", "s.docx", word("E", [["Level", "Marks", "x"], ["2", "7-10", "a"], ["1", "1-5", "b"]]),
           "table 1, row 2", "a gap"),
    Broken("Word without a table", "s.docx", word("Level 1: 1-5 marks"), "s.docx", "no table"),
    Broken("Word cut off", "s.docx", word("E", AO2)[:2000], "s.docx", "damaged"),
]  # fmt: skip
