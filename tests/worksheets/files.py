"""Files as schools download them, each with its own trap. No pytest in here.

In a text ``«before|after»`` is a cell that is to be written: what stands there, and what has to stand there then, with
its quotation marks. Whatever is outside of such a pair has to stay, to the byte.
"""

import re
from dataclasses import dataclass, field

from markdesk.desk.filling import FillOrder
from markdesk.formats.worksheets import Chosen
from tests.worksheets.desk import HTML, TEXT

_PAIR = re.compile(r"«(?P<before>[^|]*)\|(?P<after>.*?)»", re.S)


@dataclass(frozen=True)
class File:
    """One file and what becomes of it."""

    name: str
    text: str
    encoding: str = "utf-8"
    mark: bytes = b""
    refused: dict[int, str] = field(default_factory=dict)
    """Rows, and what the reason says."""
    left: dict[int, str] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=Chosen)
    order: FillOrder = field(default_factory=FillOrder)

    @property
    def data(self) -> bytes:
        return self.mark + _PAIR.sub(lambda m: m["before"], self.text).encode(self.encoding)

    @property
    def filled(self) -> bytes:
        text = _PAIR.sub(lambda m: m["after"].replace("HTML", HTML).replace("TEXT", TEXT), self.text)
        return self.mark + text.encode(self.encoding)


# -- Moodle

EN = "Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Grade can be changed,"
EN += "Last modified (submission),Online text,Last modified (grade),Feedback comments"
AMARA = "Participant 100481,Amara Okafor,001201,amara@school.example,Submitted for grading,«|17»,25.00,Yes,"
AMARA += '"Monday, 2 November 2026, 9:00 AM",,-,«|"HTML"»'
ZOE = 'Participant 100482,"Zoë Brontë",001202,zoë@school.example,Submitted for grading,«-|0»,25.00,Yes,-,,-,'
OTHERS = "\n".join(
    (
        "Participant 100483,Ben Hartley,001203,ben@school.example,Draft,,25.00,Yes,-,,-,",
        "Participant 100484,Finn O'Neill,001204,,No submission,,25.00,Yes,-,,-,",
        "Participant 7,Guy Fawkes,,guy@school.example,No submission,,25.00,Yes,-,,-,",
    )
)
LEFT = {4: "still being marked", 5: "no response", 6: "nobody of this assignment"}
PLAIN = f"{EN}\n{AMARA}\n{ZOE}\n{OTHERS}\n"


def _dialect(text: str, separator: str) -> str:
    """The same cells with another separator; those in quotation marks stay as they are."""
    pieces = re.split(r'("[^"]*")', text)
    return "".join(piece if piece.startswith('"') else piece.replace(",", separator) for piece in pieces)


SEMICOLONS = _dialect(PLAIN, ";").replace("25.00", "25,00")  # the HTML has a semicolon in it
TABS = _dialect(PLAIN, "\t").replace('«|"HTML"»', "«|HTML»")
ALL_QUOTED = (
    '"Identifier","Full name","Grade","Maximum grade","Grade can be changed","Last modified (grade)",'
    '"Feedback comments"\n'
    '"Participant 100481","Amara Okafor",«""|"17"»,"25.00","Yes","-",«""|"HTML"»\n'
    '"Participant 100482","Zoë Brontë",«""|"0"»,"25.00","Yes","-",""\n'
)
ONE = "Identifier,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments\n"


def _abroad(headings: str, participant: str, yes: str, separator: str = ",") -> str:
    rows = (f"{participant}100481,Amara Okafor,«|17»,25.00,{yes},-,«|HTML»", f"{participant}5,Otto Rex,,25.00,{yes},-,")
    text = "\n".join((headings, *rows, ""))
    text = _dialect(text, separator)
    return text if separator == "\t" else text.replace("«|HTML»", '«|"HTML"»')


MOODLE = (
    File("English, UTF-8, LF", PLAIN, left=LEFT),
    File("CRLF", PLAIN.replace("\n", "\r\n"), left=LEFT),
    File("an old Mac's CR", PLAIN.replace("\n", "\r"), left=LEFT),
    File("a byte order mark", PLAIN, mark=b"\xef\xbb\xbf", left=LEFT),
    File("mixed line ends", PLAIN.replace("\n", "\r\n", 2), left=LEFT),
    File("no newline at the end", PLAIN.rstrip("\n"), left=LEFT),
    File("blank lines", f"{EN}\n\n{AMARA}\n\n\n{ZOE}\n\n\n"),
    File("spaces around and blank rows of separators", f"{EN}\n{',' * 11}\n{AMARA}\n , ,,,,,,,,,,\n{ZOE}\n"),
    File("semicolons and decimal commas", SEMICOLONS, left=LEFT),
    File("tabs", TABS, left=LEFT),
    File("UTF-16 little-endian, as Excel's Unicode text", TABS, "utf-16-le", b"\xff\xfe", left=LEFT),
    File("UTF-16 big-endian", TABS.replace("\n", "\r\n"), "utf-16-be", b"\xfe\xff", left=LEFT),
    File("UTF-16 without its mark", PLAIN, "utf-16-le", left=LEFT),
    File("Windows-1252", SEMICOLONS.replace("\n", "\r\n"), "cp1252", left=LEFT),
    File("every cell in quotation marks", ALL_QUOTED),
    File(
        "quotation marks round whatever has a space",
        PLAIN.replace("Participant 100481", '"Participant 100481"').replace("Amara Okafor", '"Amara Okafor"'),
        left=LEFT,
    ),
    File(
        "feedback in quotation marks in the rows that have it",
        f'{EN}\n{AMARA}\nParticipant 7,Guy Fawkes,,,,12.00,25.00,Yes,-,,-,"<p>Good</p>"\n',
        left={3: "nobody"},
    ),
    File(
        "an essay as online text, with lines, quotation marks and separators in it",
        f"{EN}\n{AMARA.replace(',,-,«', ',~,-,«')}\n".replace("~", '"<p>He said ""no"",\n\nand; left.</p>\r\n\n"')
        + f"{ZOE}\n",
    ),
    File("the older heading Maximum Grade", PLAIN.replace("Maximum grade", "Maximum Grade"), left=LEFT),
    File(
        "names hidden",
        f'{ONE}Participant 100481,«|17»,25.00,Yes,-,«|"HTML"»\nParticipant 3,,25.00,Yes,-,\n',
        left={3: "nobody"},
    ),
    File(
        "groups, markers and a workflow",
        "Identifier,Full name,Email address,Status,Group,Marker,Grade,Maximum grade,Marking workflow state,"
        "Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments,Outcomes\n"
        'Participant 100481,Amara Okafor,amara@school.example,,13H,Ms Lee,«|17»,25.00,Not marked,Yes,-,-,«|"HTML"»,x\n',
    ),
    File(
        "no column for feedback",
        "Identifier,Full name,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
        "Participant 100481,Amara Okafor,«|17»,25.00,Yes,-\n",
    ),
    File(
        "a locked row",
        f"{ONE}Participant 100481,,25.00,No,-,\nParticipant 100482,«|0»,25.00,Yes,-,\n",
        refused={2: "Moodle has locked its mark ('Grade can be changed': No)"},
    ),
    File(
        "another maximum",
        f'{ONE}Participant 100481,,100.00,Yes,-,\nParticipant 100482,«|0»,"25,00",Yes,-,\n',
        refused={2: "out of 100.00, the mark scheme's out of 25"},
    ),
    File(
        "another mark, and the same mark",
        f"{ONE}Participant 100481,15.00,25.00,Yes,-,\nParticipant 100482,0.00,25.00,Yes,-,\n",
        refused={2: "15.00 stands there, and it is 17 here"},
    ),
    File(
        "another mark, written over",
        f'{ONE}Participant 100481,«15.00|17»,25.00,Yes,-,«Well done|"HTML"»\n',
        order=FillOrder(overwrite=True),
    ),
    File("other feedback stays where it stands", f"{ONE}Participant 100481,«|17»,25.00,Yes,-,Well done\n"),
    File("the mark alone", f"{ONE}Participant 100481,«|17»,25.00,Yes,-,\n", order=FillOrder(())),
    File(
        "no response as 0",
        f"{ONE}Participant 100484,«|0»,25.00,Yes,-,\n",
        order=FillOrder(nr_as_zero=True),
    ),
    File(
        "letters for marks",
        f"{ONE}Participant 100481,B+,25.00,Yes,-,\n",
        refused={2: "'B+' stands in its cell"},
        order=FillOrder(overwrite=True),
    ),
    File(
        "a name and no id",
        PLAIN.replace("Participant 100481,Amara Okafor,001201,amara@school.example", "Participant 9,Amara Okafor,,")
        .replace("«|17»", "")
        .replace('«|"HTML"»', ""),
        refused={2: "its name fits Amara Okafor (-amara), but no id does"},
        left=LEFT,
    ),
    File(
        "an id and another's name",
        PLAIN.replace("«|17»", "").replace('«|"HTML"»', "").replace("Amara Okafor", "Harriet Wu"),
        refused={2: "'Identifier' 100481 is Amara Okafor, and the row says Harriet Wu"},
        left=LEFT,
    ),
    File(
        "ids of two students",
        f"{EN}\nParticipant 100481,Amara Okafor,001202,,,,25.00,Yes,-,,-,\n",
        refused={2: "its ids are of two students"},
    ),
    File(
        "one student twice",
        f"{ONE}Participant 100481,,25.00,Yes,-,\nParticipant 100482,«|0»,25.00,Yes,-,\n"
        "Participant 100481,,25.00,Yes,-,\n",
        refused={2: "more than once: rows 2 and 4", 4: "more than once: rows 2 and 4"},
    ),
    File(
        "rows cut short, as Excel saves them",
        f'{ONE}Participant 100481«|,17»,25.00,Yes,-«|,"HTML"»\n'.replace("«|,17»", ",«|17»"),
    ),
    File("separators at the end of rows", f'{ONE.rstrip()},,\nParticipant 100481,«|17»,25.00,Yes,-,«|"HTML"»,,\n'),
    File("more cells than headings", f"{ONE}Participant 100481,,25.00,Yes,-,,astray\n", refused={2: "more cells"}),
    File(
        "a line that tells Excel the separator", f"sep=;\r\n{SEMICOLONS}", left={5: "still", 6: "response", 7: "nobody"}
    ),
    File("a date of the grade that stays", f'{ONE}Participant 100481,«|17»,25.00,Yes,"Friday, 1 May 2026",«|"HTML"»\n'),
    File(
        "a suspended student's sign",
        PLAIN.replace(
            "Amara Okafor", '"<span class=""usersuspended"">Amara Okafor <img src=""x"" alt=""y"" /></span>"'
        ),
        left=LEFT,
    ),
    File("a damaged byte", PLAIN.replace("Guy", "Guéééééééééé\udce9"), left=LEFT),
    File(
        "German",
        _abroad(
            "ID;Vollständiger Name;Bewertung;Bestwertung;Bewertung kann geändert werden;Zuletzt geändert (Bewertung);"
            "Feedback als Kommentar",
            "Teilnehmer/in",
            "Ja",
            ";",
        ),
        left={3: "nobody"},
    ),
    File(
        "German, in Windows-1252, with a locked row",
        "ID;Bewertung;Bestwertung;Bewertung kann geändert werden;Zuletzt geändert (Bewertung);"
        "Feedback als Kommentar\r\n"
        "Teilnehmer/in100481;;25,00;Nein;Müller, früher;\r\nTeilnehmer/in100482;«|0»;25,00;Ja;-;\r\n",
        "cp1252",
        refused={2: "'Bewertung kann geändert werden': Nein"},
    ),
    File(
        "French",
        _abroad(
            "Identifiant,Nom complet,Note,Note maximale,La note peut être modifiée,Dernière modification (note),"
            "Feedback par commentaires",
            "Participant",
            "Oui",
        ),
        left={3: "nobody"},
    ),
    File(
        "French in UTF-16 with tabs",
        _abroad(
            "Identifiant\tNom complet\tNote\tNote maximale\tLa note peut être modifiée\tDernière modification (note)\t"
            "Feedback par commentaires",
            "Participant",
            "Oui",
            "\t",
        ).replace("\n", "\r\n"),
        "utf-16-le",
        b"\xff\xfe",
        left={3: "nobody"},
    ),
    File(
        "Spanish",
        _abroad(
            "Identificador,Nombre completo,Calificación,Calificación máxima,La calificación puede cambiarse,"
            "Última modificación (calificación),Comentarios de retroalimentación",
            "Participante",
            "Sí",
        ),
        left={3: "nobody"},
    ),
    File(
        "Catalan",
        _abroad(
            "Identificador,Nom complet,Qualificació,Qualificació màxima,Es pot canviar la qualificació,"
            "Darrera modificació (qualificació),Comentaris de retroacció.",
            "Participant ",
            "Sí",
        ),
        left={3: "nobody"},
    ),
    File(
        "Italian",
        _abroad(
            "Identificativo,Nome,Valutazione,Valutazione massima,La valutazione può essere cambiata,"
            "Ultima modifica (valutazione),Commenti",
            "Partecipante",
            "Sì",
        ),
        left={3: "nobody"},
    ),
    File(
        "Dutch",
        _abroad(
            "Identificatie,Volledige naam,Cijfer,Maximaal cijfer,Het cijfer kan gewijzigd worden,"
            "Laatst gewijzigd (beoordeling),Feedback tekstvak",
            "Deelnemer",
            "Ja",
        ),
        left={3: "nobody"},
    ),
    File(
        "Portuguese",
        _abroad(
            "Identificador,Nome completo,Nota,Nota máxima,A nota pode ser alterada.,Última atualização (avaliação),"
            "Comentários de feedback",
            "Participante",
            "Sim",
        ),
        left={3: "nobody"},
    ),
    File(
        "another column called Grade, of which Moodle takes the last",
        "Identifier,Grade,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
        "Participant 100481,12,Submitted,«|17»,25.00,Yes,-\n",
    ),
    File(
        "the ids in a column that the teacher names, and a locked row all the same",
        "Identifier,Pupil ref,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
        "Participant 7,001201,,25.00,No,-\nParticipant 8,001202,«|0»,25.00,Yes,-\n",
        refused={2: "locked its mark"},
        chosen=Chosen(ids=("Pupil ref",)),
    ),
    File(
        "a language that isn't known",
        'Dynodydd,Gradd,Sylwadau\nCyfranogwr 100481,«|17»,«|"HTML"»\n',
        chosen=Chosen("Gradd", "Sylwadau"),
    ),
)

# -- Canvas

CANVAS_HEAD = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Henry VII (88123),Essay 2 (88124),Current Score,Final Score\n"
)
POINTS = "    Points Possible,,,,,25.00,20.00,(read only),(read only)\n"
CANVAS = (
    File(
        "Canvas",
        f'{CANVAS_HEAD}{POINTS}"Okafor, Amara",4821,001201,amara1,13H,«|17»,18.00,90.00,90.00\n'
        '"Brontë, Zoë",4822,001202,zoë2,13H,«|0»,,,\n"Student, Test",99,,test,13H,,,,\n"Fawkes, Guy",77,,guy,13H,,,,\n',
        left={6: "nobody"},
    ),
    File(
        "Canvas with marks that are posted by hand, and a byte order mark",
        f'{CANVAS_HEAD},,,,,Manual Posting,,,\n{POINTS}"Okafor, Amara",4821,,,13H,«|17»,,,\n'.replace("\n", "\r\n"),
        mark=b"\xef\xbb\xbf",
    ),
    File(
        "Canvas with the halves of the name",
        "LastName,FirstName,ID,SIS Login ID,Section,Henry VII (88123)\n    Points Possible,,,,,25.00\n"
        "Okafor,Amara,4821,amara1,13H,«|17»\n",
    ),
    File(
        "Canvas with semicolons and decimal commas",
        "Student;ID;SIS Login ID;Section;Henry VII (88123)\n    Points Possible;;;;25,00\n"
        "Okafor, Amara;4821;amara1;13H;«|17»\n"
        "Brontë, Zoë;4822;zoë2;13H;0,00\n",
    ),
    File(
        "Canvas, excused and not set",
        f'{CANVAS_HEAD}{POINTS}"Okafor, Amara",4821,,,13H,EX,,,\n"Brontë, Zoë",4822,,,13H,N/A,,,\n',
        left={3: "excused in Canvas (EX)", 4: "not set this assignment"},
        order=FillOrder(overwrite=True),
    ),
    File(
        "Canvas, the one title that is like the assignment's",
        "Student,ID,SIS Login ID,Section,Essay: Henry VII (1),Stalin (2)\n    Points Possible,,,,25,25\n"
        '"Okafor, Amara",4821,amara1,13H,«|17»,\n',
    ),
    File(
        "Canvas, the column named",
        "Student,ID,SIS Login ID,Section,Autumn (1),Spring (2)\n    Points Possible,,,,25,25\n"
        '"Okafor, Amara",4821,amara1,13H,,«|17»\n',
        chosen=Chosen("Spring (2)"),
    ),
    File(
        "Canvas, known by the login, which is the e-mail address",
        "Student,ID,SIS Login ID,Section,Henry VII (1)\n    Points Possible,,,,25\n"
        '"Okafor, Amara",1,AMARA@school.example,13H,«|17»\n',
    ),
)

# -- the others

OTHER = (
    File(
        "Gradescope",
        "Name,SID,Email,Total Score,Max Points,Status,Submission ID,Submission Time,1: Essay (25.0 pts)\n"
        "Amara Okafor,001201,amara@school.example,«|17»,25.0,Ungraded,55,2026-11-01,\n"
        "Zoë Brontë,,Zoë@school.example,0.0,25.0,Graded,56,2026-11-01,0.0\n",
    ),
    File(
        "Gradescope with the halves of the name",
        "First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status\n"
        "Amara,Okafor,001201,amara@school.example,13H,«|17»,25.0,Missing\nBen,Hartley,001203,,13H,,25.0,Missing\n",
        left={3: "still being marked"},
    ),
    File(
        "Brightspace",
        "OrgDefinedId,Username,Last Name,First Name,Henry VII Points Grade <Numeric MaxPoints:25 Weight:10 "
        "Category:Essays CategoryWeight:40>,Calculated Final Grade Numerator,End-of-Line Indicator\r\n"
        "#001201,#amara1,Okafor,Amara,«|17»,40,#\r\n#001202,#zoë2,Brontë,Zoë,«|0»,,#\r\n",
    ),
    File(
        "Brightspace without a maximum",
        "Username,Henry VII Points Grade,Henry VII Text Grade,End-of-Line Indicator\namara1,«|17»,,#\n",
    ),
    File(
        "Brightspace with another maximum",
        "OrgDefinedId,Henry VII Points Grade <Numeric MaxPoints:100>,End-of-Line Indicator\n#001201,,#\n",
        refused={2: "out of 100, the mark scheme's out of 25"},
    ),
    File(
        "a school's report with its title above",
        "Green Hill School;;;;\nClass 13H;;;;\n\nAdm No;Surname;Forename;Mark;Max\n001201;Okafor;Amara;«|17»;25\n"
        "001202;Brontë;Zoë;«|0»;25\n;;Total;;\n",
        "cp1252",
        refused={},
        left={7: "nobody"},
    ),
    File(
        "candidate numbers with their zeros",
        'Candidate No,Name,Henry VII (out of 25),Comment\n0123,"Okafor, Amara",«|17»,«|"TEXT"»\n="0124",Zoë Brontë,,\n',
        refused={3: "its name fits Zoë Brontë"},
        chosen=Chosen(feedback="Comment"),
    ),
    File(
        "admission numbers without their zeros",
        "Admission No,Name,Mark\n1201,Amara Okafor,\n",
        refused={2: "would be Amara Okafor's but for its zeros"},
    ),
    File(
        "a column of numbers that the teacher names",
        "Ref,Who,Paper 1,Paper 2\n001201,Amara Okafor,,«|17»\n0124,Zoë Brontë,,«|0»\n",
        chosen=Chosen("Paper 2", ids=("Ref",)),
    ),
    File(
        "a gradebook of Moodle",
        "First name,Last name,ID number,Email address,Assignment: Henry VII (Real),Last downloaded from this course\n"
        "Amara,Okafor,001201,amara@school.example,«-|17»,1762000000\n",
    ),
    File(
        "Google Classroom, with the points in a row",
        "Last Name,First Name,Email Address,Henry VII\nDate,,,2026-11-02\nPoints,,,25\n"
        "Okafor,Amara,amara@school.example,«|17»\n",
        refused={},
        left={2: "nobody"},
    ),
)

FILES = (*MOODLE, *CANVAS, *OTHER)
