"""Rubric CSVs as Canvas imports and exports them, and as teachers break them in a spreadsheet."""

from tests.convert.cases import Broken, Good, Wanted

HEAD = "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range"
THREE = ",Rating Name,Rating Description,Rating Points"


def csv(*rows: str, ratings: int = 3, end: str = "\n") -> bytes:
    return (end.join([HEAD + THREE * ratings, *rows]) + end).encode()


PLAIN = csv(
    "Year 12 essay,Knowledge,What they know,true,Secure,Exact and full,10,Developing,Some detail,6,None,,0",
    "Year 12 essay,Judgement,,true,Secure,Argued to the end,5,Developing,Claimed,2,None,,0",
)
NUMBERED = (
    HEAD
    + ",Rating Name 1,Rating Description 1,Rating Points 1,Rating Name 2,Rating Description 2,Rating Points 2\n"
    + "Source work,Provenance,,1,Good,Uses who wrote it,4,Weak,Names the author,2\n"
).encode()
FIXED = csv(
    "Homework,Reading,,false,Full Marks,,5,No Marks,,0,,,",
    "Homework,Notes,,FALSE,Good,Clear,3,Fair,Thin,2,Poor,Missing,1",
)
TWO_RUBRICS = csv(
    "Essay,Focus,,true,High,a,4,Low,b,2,None,,0",
    "Talk,Delivery,,true,High,c,6,Low,d,3,None,,0",
    "Essay,Detail,,true,High,e,4,Low,f,2,None,,0",
)
DECIMAL_ZEROS = csv("Essay,Focus,,true,High,a,4.00,Low,b,2.0,None,,0.0")
COMMA_DECIMALS = csv('Essay,Focus,,true,High,a,"4,00",Low,b,"2,0",None,,0')
SEMICOLONS = csv("Aufsatz,Wissen über die Zeit,,true,Höchste,genau,12,Mittlere,teils,8,Nichts,,0").replace(b",", b";")
WINDOWS = b"\xef\xbb\xbf" + csv("Essay,Focus,,TRUE,High,a,4,Low,b,2,None,,0", end="\r\n")
CP1252 = "Essai,Pensée critique,,true,Élevé,très bien,4,Faible,à revoir,2,Rien,,0"
NON_ASCII = csv(
    "论文,历史知识 🏛️,,true,优,准确而充分,10,良,部分准确,5,无,,0", "论文,判断,,true,优,有力,5,良,薄弱,2,无,,0"
)
FORMULAS = csv(
    '\'=Essay,"\'=HYPERLINK(""x"")",,true,\'+High,\'-a point,4,Low,\'@b,2,None,,0',
    "'=Essay,=SUM(A1:A9),,true,High,=1+1,4,Low,b,2,None,,0",
)
QUOTED = csv(
    '"Essay, long","Focus ""and"" care",,true,High,"First line\nsecond line, with comma",4,Low,b,2,None,,0',
)
UNSORTED = csv("Essay,Focus,,true,None,,0,High,a,8,Middle,b,5")
MANY = csv(
    *(f"Everything,Criterion {n},,true,Top,{'very full ' * 40},10,Next,some,7,Low,little,4" for n in range(1, 41))
)
LABEL_IS_TEXT = csv(
    "Essay,Focus,,true,Every paragraph answers the question that was set and says how far,,4,Low,b,2,None,,0"
)
SAME_NAME = csv("Essay,Focus,,true,High,a,4,Low,b,2,None,,0", "Essay,Focus,,true,High,c,6,Low,d,3,None,,0")
SEP_LINE = b"sep=;\r\n" + csv("Essay,Focus,,true,High,a,4,Low,b,2,None,,0", end="\r\n").replace(b",", b";")
ONE_MARK = csv("Quiz,Date,,true,Right,The year,1,Wrong,,0,,,")
ALIKE = csv(*(f"{name},F,,true,High,a,4,Low,b,2,None,,0" for name in ("A 3", "A!", "A?")))
OBJECTIVES = csv("Essay,AO1 knowledge,,true,L2,a,10,L1,b,5,None,,0", "Essay,AO3,,true,L2,a,8,L1,b,4,None,,0")

GOOD = [
    Good("plain", "rubric.csv", PLAIN, "canvas-csv", 15,
         (Wanted("Knowledge", "1-6 7-10", "Developing|Secure"), Wanted("Judgement", "1-2 3-5", "Developing|Secure")),
         ("The scheme is a draft", "No assessment objectives are set"), zero="None",
         texts={"scale[0].level[0].summary": "Exact and full", "decision.guidance": "Knowledge: What they know",
                "title": "Year 12 essay", "id": "year-12-essay"}),
    Good("numbered headings", "rubric.csv", NUMBERED, "canvas-csv", 4, (Wanted("Provenance", "1-2 3-4", "Weak|Good"),)),
    Good("ranges off", "rubric.csv", FIXED, "canvas-csv", 8,
         (Wanted("Reading", "", max=5), Wanted("Notes", "1-1 2-2 3-3", "Poor|Fair|Good")),
         ("'Reading' has a maximum of 5 and no levels",), zero="No Marks"),
    Good("first of two", "both.csv", TWO_RUBRICS, "canvas-csv", 8,
         (Wanted("Focus", "1-2 3-4", "Low|High"), Wanted("Detail", "1-2 3-4", "Low|High")), zero="None"),
    Good("second of two", "both.csv", TWO_RUBRICS, "canvas-csv", 6, (Wanted("Delivery", "1-3 4-6", "Low|High"),),
         zero="None", which=1),
    Good("whole decimals", "r.csv", DECIMAL_ZEROS, "canvas-csv", 4, (Wanted("Focus", "1-2 3-4", "Low|High"),),
         zero="None"),
    Good("comma decimals", "r.csv", COMMA_DECIMALS, "canvas-csv", 4, (Wanted("Focus", "1-2 3-4", "Low|High"),),
         zero="None"),
    Good("semicolons", "bewertung.csv", SEMICOLONS, "canvas-csv", 12,
         (Wanted("Wissen über die Zeit", "1-8 9-12", "Mittlere|Höchste"),), zero="Nichts"),
    Good("Windows line ends and a byte order mark", "r.csv", WINDOWS, "canvas-csv", 4,
         (Wanted("Focus", "1-2 3-4", "Low|High"),), zero="None"),
    Good("Windows-1252", "essai.csv", (HEAD + THREE * 3 + "\r\n" + CP1252 + "\r\n").encode("cp1252"), "canvas-csv", 4,
         (Wanted("Pensée critique", "1-2 3-4", "Faible|Élevé"),), ("encoding of the file was guessed",), zero="Rien"),
    Good("Chinese and emoji", "论文.csv", NON_ASCII, "canvas-csv", 15,
         (Wanted("历史知识 🏛️", "1-5 6-10", "良|优"), Wanted("判断", "1-2 3-5", "良|优")), zero="无",
         texts={"scale[0].id": "scale", "scale[1].id": "scale-2", "id": "converted"}),
    Good("cells like formulas", "r.csv", FORMULAS, "canvas-csv", 8,
         (Wanted('=HYPERLINK("x")', "1-2 3-4", "Low|+High"), Wanted("=SUM(A1:A9)", "1-2 3-4", "Low|High")), zero="None",
         texts={"title": "=Essay", "scale[0].level[0].summary": "-a point", "scale[1].level[0].summary": "=1+1"}),
    Good("quotation marks and line ends in cells", "r.csv", QUOTED, "canvas-csv", 4,
         (Wanted('Focus "and" care', "1-2 3-4", "Low|High"),), zero="None",
         texts={"title": "Essay, long", "scale[0].level[0].summary": "First line\nsecond line, with comma"}),
    Good("ratings in any order", "r.csv", UNSORTED, "canvas-csv", 8, (Wanted("Focus", "1-5 6-8", "Middle|High"),),
         zero="None"),
    Good("forty criteria", "r.csv", MANY, "canvas-csv", 400,
         tuple(Wanted(f"Criterion {n}", "1-4 5-7 8-10", "Low|Next|Top") for n in range(1, 41))),
    Good("the description where the name belongs", "r.csv", LABEL_IS_TEXT, "canvas-csv", 4,
         (Wanted("Focus", "1-2 3-4", "Low|L2"),), zero="None",
         texts={"scale[0].level[0].summary": "Every paragraph answers the question that was set and says how far"}),
    Good("a name twice", "r.csv", SAME_NAME, "canvas-csv", 10,
         (Wanted("Focus", "1-2 3-4", "Low|High"), Wanted("Focus", "1-3 4-6", "Low|High")),
         ("have the same name",), zero="None", texts={"scale[1].id": "focus-2"}),
    Good("Excel's sep line", "r.csv", SEP_LINE, "canvas-csv", 4, (Wanted("Focus", "1-2 3-4", "Low|High"),), zero="None"),
    Good("a level of one mark", "r.csv", ONE_MARK, "canvas-csv", 1, (Wanted("Date", "1-1", "Right"),), zero="Wrong"),
    Good("titles that make one id", "r.csv", ALIKE, "canvas-csv", 4, (Wanted("F", "1-2 3-4", "Low|High"),), zero="None",
         texts={"id": "a-2", "title": "A?"}, which=2),
    Good("objectives in the names", "r.csv", OBJECTIVES, "canvas-csv", 18,
         (Wanted("AO1 knowledge", "1-5 6-10", "L1|L2"), Wanted("AO3", "1-4 5-8", "L1|L2")), zero="None",
         texts={"ao[0].code": "AO1", "ao[0].marks": "10", "ao[1].marks": "8"}),
]  # fmt: skip

BROKEN = [
    Broken("half marks", "r.csv", csv("E,F,,true,High,a,2.5,Low,b,1,None,,0"), "row 2", "2.5, and marks are whole"),
    Broken("below zero", "r.csv", csv("E,F,,true,High,a,2,Low,b,-1,None,,0"), "row 2", "never below 0"),
    Broken("no number", "r.csv", csv("E,F,,true,High,a,two,Low,b,1,None,,0"), "row 2", "'two', which is no number"),
    Broken("points missing", "r.csv", csv("E,F,,true,High,a,,Low,b,1,None,,0"), "row 2", "rating 1 'High' is missing"),
    Broken("too many marks", "r.csv", csv("E,F,,true,High,a,99999,Low,b,1,None,,0"), "row 2", "the most"),
    Broken("the same points twice", "r.csv", csv("E,F,,true,High,a,4,Low,b,4,None,,0"), "row 2", "have 4 points"),
    Broken("nothing above zero", "r.csv", csv("E,F,,true,None,,0,,,,,,"), "row 2", "no rating above 0"),
    Broken("no ratings", "r.csv", csv("E,F,,true,,,,,,,,,"), "row 2", "has no ratings"),
    Broken("second row broken", "r.csv", csv("E,F,,true,H,a,4,L,b,2,N,,0", "E,G,,true,H,a,x,L,b,2,N,,0"), "row 3", "'x'"),
    Broken("no name", "r.csv", csv("E,,,true,High,a,4,Low,b,1,None,,0"), "row 2", "'Criteria Name' is empty"),
    Broken("no rubric name", "r.csv", csv(",F,,true,High,a,4,Low,b,1,None,,0"), "row 2", "'Rubric Name' is empty"),
    Broken("range is neither", "r.csv", csv("E,F,,maybe,High,a,4,Low,b,1,None,,0"), "row 2", "'maybe', neither"),
    Broken("heading alone", "r.csv", csv(), "row 1", "no row below"),
    Broken("open quotation mark", "r.csv", csv('E,F,,true,"High,a,4,Low,b,1,None,,0'), "row 2", "can't be read as CSV"),
    Broken("a cell too many", "r.csv", csv("E,F,,true,High,a,b,4,Low,b,1,None,,0"), "row 2", "more cells"),
    Broken("columns not in threes", "r.csv",
           (HEAD + ",Rating Name,Rating Points\nE,F,,true,High,4\n").encode(), "row 1", "don't go in threes"),
    Broken("no column of criteria", "r.csv", b"Rubric Name,Rating Name,Rating Description,Rating Points\nE,a,b,1\n",
           "row 1", "no column 'Criteria Name'"),
    Broken("a column twice", "r.csv", csv("E,F,,true,H,a,4,L,b,2,N,,0").replace(b"Criteria Desc", b"Rubric Name,Desc"),
           "row 1", "'rubric name' twice"),
]  # fmt: skip
