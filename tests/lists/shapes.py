"""Lists as schools and their systems write them, each with what must be read from it. All people are invented."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

WRITTEN = Path(__file__).parent / "written"
SHEETS = sorted(path for path in WRITTEN.iterdir() if path.suffix != ".md")
"""Lists that programs of spreadsheets wrote."""

HEADINGS_OF_MOODLE = {
    "de": ("Vorname", "Nachname", "ID-Nummer", "E-Mail-Adresse", "Zuletzt aus diesem Kurs geladen"),
    "fr": ("Prénom", "Nom", "Numéro d'identification", "Adresse de courriel", "Dernier téléchargement depuis ce cours"),
    "es": ("Nombre", "Apellido(s)", "Número de ID", "Dirección de correo", "Última descarga de este curso"),
    "it": ("Nome", "Cognome", "Codice identificativo", "Indirizzo email", "Ultimo download"),
    "nl": ("Voornaam", "Achternaam", "ID-nummer", "E-mailadres", "Laatst gedownload"),
    "cy": ("Enw cyntaf", "Cyfenw", "Rhif ID", "Cyfeiriad e-bost", "Llawrlwythwyd ddiwethaf o'r cwrs hwn"),
}


@dataclass(frozen=True)
class Shape:
    """A file and its truth: a line for each student, ``given|family|candidate|tutor|access|ids|classes``."""

    name: str
    file: str
    content: bytes
    kind: str
    students: tuple[str, ...]
    not_kept: tuple[str, ...] = ()
    left_out: int = 0


def csv(text: str, encoding: str = "utf-8") -> bytes:
    """The text as a file."""
    return text.encode(encoding)


def zipped(**members: str) -> bytes:
    """A zip with these CSV files in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in members.items():
            container.writestr(f"{name}.csv", text)
    return stream.getvalue()


ANY = "a list of students"
CANVAS = "a gradebook of Canvas"
AMARA, FINN = "Amara|Okafor|||-||", "Finn|O'Neill|||-||"

USERS_11 = """sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,\
middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
u1,active,,true,o1,student,aokafor,,Amara,Okafor,N,1204,A@x.example,,,,13,
u2,active,,true,o1,teacher,slee,,Sarah,Lee,,9,s@x.example,,,,,
u3,tobedeleted,,true,o1,student,gone,,Gone,Away,,10,g@x.example,,,,13,
u4,active,,false,o1,student,left,,Left,School,,11,l@x.example,,,,13,
"""
USERS_12 = """sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
identifier,email,preferredGivenName,preferredFamilyName,pronouns
u1,,,true,aokafor,,Amarachi,Okafor,,1204,a@x.example,Amara,,she
u2,,,true,slee,,Sarah,Lee,,9,s@x.example,,,
u5,,,true,fon,,Finn,O'Neill,,1205,f@x.example,,,
"""
ROLES = """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r1,,,u1,primary,student,,,o1
r2,,,u2,primary,teacher,,,o1
r3,,,u5,primary,student,,,o1
"""
CLASSES = """sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode
c1,,,13A/Hi1,13,k1,HI1
c2,,,13B/En2,13,k2,EN2
"""
ENROLMENTS = """sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary
e1,,,c1,o1,u1,student,
e2,,,c2,o1,u1,student,
e3,,,c1,o1,u2,teacher,true
e4,,,c2,o1,u5,student,
e5,tobedeleted,,c1,o1,u5,student,
"""

SHAPES = (
    Shape(
        "canvas, one column of names, posting and points rows, test student",
        "2026-11-25T1012_Grades-HIS13.csv",
        csv(
            "Student,ID,SIS User ID,SIS Login ID,Section,Essay 1 (123),Current Score\r\n"
            ",,,,,Manual Posting,\r\n    Points Possible,,,,,25,(read only)\r\n"
            '"Okafor, Amara",4821,1204,aokafor@x.example,13H,20,80\r\n'
            '"van der Berg, Anna",4822,1205,aberg,13H,EX,\r\n"Student, Test",99,,5f3b,13H,,\r\n'
        ),
        CANVAS,
        (
            "Amara|Okafor|||-|sis 1204, canvas 4821, login aokafor@x.example|13H",
            "Anna|van der Berg|||-|sis 1205, canvas 4822, login aberg|13H",
        ),
        ("Essay 1 (123)", "Current Score"),
        3,
    ),
    Shape(
        "canvas, two columns of names, with a byte order mark",
        "grades.csv",
        csv("\ufeffLastName,FirstName,ID,SIS Login ID,Section,Root Account\r\nOkafor,Amara,4821,ao,13H,x.example\r\n"),
        CANVAS,
        ("Amara|Okafor|||-|canvas 4821, login ao|13H",),
        ("Root Account",),
    ),
    *(
        Shape(
            f"moodle's gradebook in {language}",
            "HIS13 Noten.csv",
            csv(
                f'{given},{family},{number},{mail},"Essay 1",{last}\n'
                "Jürgen,Müller,77,,3,17\nZoë,Faß,78,Z@x.example,,\n"
            ),
            "a gradebook of Moodle" if language not in ("it", "nl") else ANY,
            ("Jürgen|Müller|||-|sis 77|", "Zoë|Faß|||-|sis 78, email z@x.example|"),
            ("Essay 1", last),
        )
        for language, (given, family, number, mail, last) in HEADINGS_OF_MOODLE.items()
    ),
    Shape(
        "moodle's gradebook in English",
        "HIS13 Grades.csv",
        csv(
            "First name,Last name,ID number,Institution,Department,Email address,Assignment: Essay 1 (Real),"
            "Course total (Real),Last downloaded from this course\nAmara,Okafor,1204,,,a@x.example,-,-,1764000000\n"
        ),
        "a gradebook of Moodle",
        ("Amara|Okafor|||-|sis 1204, email a@x.example|",),
        ("Institution", "Department", "Assignment: Essay 1 (Real)", "Course total (Real)",
         "Last downloaded from this course"),
    ),
    Shape(
        "moodle's participants, a teacher among them",
        "courseid_7_participants.csv",
        csv(
            "First name,Last name,Email address,Roles,Groups\nAmara,Okafor,a@x.example,Student,13H\n"
            "Sarah,Lee,s@x.example,Teacher,13H\nTom,Bell,t@x.example,Non-editing teacher,\n"
        ),
        "the participants of a Moodle course",
        ("Amara|Okafor|||-|email a@x.example|13H",),
        (),
        2,
    ),
    Shape(
        "moodle's grading worksheet",
        "Grades-HIS13-Essay 1-31.csv",
        csv(
            "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed\r\n"
            'Participant 12345,"Okafor, Amara",a@x.example,Submitted,-,25,Yes\r\n'
            "Participant 12346,Anna van der Berg,b@x.example,,,25,Yes\r\n"
        ),
        "a grading worksheet of Moodle",
        ("Amara|Okafor|||-|email a@x.example|", "Anna|van der Berg|||-|email b@x.example|"),
        ("Identifier", "Status", "Grade", "Maximum Grade", "Grade can be changed"),
    ),
    Shape(
        "moodle's grading worksheet in German, semicolons, UTF-16",
        "Bewertungen.csv",
        csv("ID;Vollständiger Name;E-Mail-Adresse;Status\r\nTeilnehmer/in 12;Zoë Faß;z@x.example;\r\n", "utf-16"),
        "a grading worksheet of Moodle",
        ("Zoë|Faß|||-|email z@x.example|",),
        ("ID", "Status"),
    ),
    Shape(
        "gradescope's grades",
        "Essay_1_scores.csv",
        csv(
            "First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status,Submission ID,1: Essay (25.0 pts)\n"
            "Amara,Okafor,1204,a@x.example,13H,20,25,Graded,77,20\n"
        ),
        "a list of Gradescope",
        ("Amara|Okafor|||-|sis 1204, email a@x.example|13H",),
        ("Total Score", "Max Points", "Status", "Submission ID", "1: Essay (25.0 pts)"),
    ),
    Shape(
        "gradescope's roster with its staff",
        "roster.csv",
        csv(
            "Name,SID,Email,Role\nAmara Okafor,1204,a@x.example,Student\n"
            "Sarah Lee,,s@x.example,Instructor\nTom Bell,,t@x.example,TA\n"
        ),
        "a list of Gradescope",
        ("Amara|Okafor|||-|sis 1204, email a@x.example|",),
        (),
        2,
    ),
    Shape(
        "google classroom, dates and points below the headings",
        "Essay 1.csv",
        csv(
            "Last Name,First Name,Email Address,Essay 1\nDate,,,2026-11-01\nPoints,,,25\n"
            "Okafor,Amara,a@x.example,20\nMax,Miller,m@x.example,\nClass Average,,,20\n"
        ),
        "grades of Google Classroom",
        ("Amara|Okafor|||-|email a@x.example|", "Miller|Max|||-|email m@x.example|"),
        ("Essay 1",),
        3,
    ),
    Shape(
        "brightspace, its signs in front of ids and at the end",
        "HIS13_GradesExport.csv",
        csv(
            "OrgDefinedId,Username,Last Name,First Name,Email,Essay 1 Points Grade <Numeric MaxPoints:25>,"
            "End-of-Line Indicator\n#0400,#okaforamara,Okafor,Amara,a@x.example,,#\n"
        ),
        "grades of Brightspace",
        ("Amara|Okafor|||-|sis 0400, email a@x.example, login okaforamara|",),
        ("Essay 1 Points Grade <Numeric MaxPoints:25>", "End-of-Line Indicator"),
    ),
    Shape(
        "oneroster 1.1, users alone",
        "users.csv",
        csv(USERS_11),
        "a list of OneRoster's users",
        ("Amara|Okafor|||-|oneroster u1, sis 1204, email a@x.example, login aokafor|",),
        ("status", "dateLastModified", "enabledUser", "orgSourcedIds", "userIds", "middleName", "sms", "phone",
         "agentSourcedIds", "grades", "password"),
        3,
    ),
    Shape(
        "oneroster 1.1, the zip",
        "oneroster.zip",
        zipped(manifest="propertyName,value\n", users=USERS_11, classes=CLASSES, enrollments=ENROLMENTS),
        "a roster of OneRoster",
        ("Amara|Okafor|||-|oneroster u1, sis 1204, email a@x.example, login aokafor|13A/Hi1, 13B/En2",),
        ("status", "dateLastModified", "enabledUser", "orgSourcedIds", "userIds", "middleName", "sms", "phone",
         "agentSourcedIds", "grades", "password"),
        3,
    ),
    Shape(
        "oneroster 1.2, where roles are a file of their own",
        "oneroster.zip",
        zipped(users=USERS_12, roles=ROLES, classes=CLASSES, enrollments=ENROLMENTS),
        "a roster of OneRoster",
        (
            "Amara|Okafor|||-|oneroster u1, sis 1204, email a@x.example, login aokafor|13A/Hi1, 13B/En2",
            "Finn|O'Neill|||-|oneroster u5, sis 1205, email f@x.example, login fon|13B/En2",
        ),
        ("status", "dateLastModified", "enabledUser", "userIds", "middleName", "pronouns"),
        1,
    ),
    Shape(
        "a school's report: title, blank row, capitals, total, footer",
        "13A-Hi1.csv",
        csv(
            "Green Hill School\nHistory 13A/Hi1,,Printed 01/09/2026\n\n"
            "Admission No,UPN,Legal Surname,Legal Forename,Preferred Forename,Reg Group,Exam No,Access Arrangements,"
            "SEN,DOB\n001204,A123,OKAFOR,Amarachi,Amara,13B,0123,25% extra time,K,2008-01-01\n"
            "001205,A124,O'NEILL,Finn,,13C,0124,,,\n001206,A125,NG,Li,,13C,0125,None,,\n"
            ",,Total,,,,,,,\nPage 1 of 1\n"
        ),
        ANY,
        (
            "Amara|Okafor|0123|13B|yes|sis 001204|",
            "Finn|O'Neill|0124|13C|-|sis 001205|",
            "Li|Ng|0125|13C|no|sis 001206|",
        ),
        ("UPN", "SEN", "DOB"),
        4,
    ),
    Shape(
        "two rows of headings, the upper over several columns",
        "set.csv",
        csv(",Student,,Exam,\nSet,Forename,Surname,No,Year\n13H,Amara,Okafor,0123,13\n"),
        ANY,
        ("Amara|Okafor|0123||-||13H",),
        ("Year",),
        1,
    ),
    Shape("names alone, a line each", "names.txt", csv("Amara Okafor\nFinn O'Neill\n"), ANY, (AMARA, FINN)),
    Shape(
        "one column with a heading, names with commas, Windows' letters",
        "class.csv",
        csv('Pupil Name\r\n"Okafor, Amara"\r\n"Müller, Zoë"\r\n"O\u2019Neill, Finn"\r\n', "cp1252"),
        ANY,
        (AMARA, "Zoë|Müller|||-||", "Finn|O’Neill|||-||"),
    ),
    Shape(
        "family name first without a comma, by its heading",
        "class.tsv",
        csv("Surname Forename\tTutor Group\tClass Set\nOkafor Amara\t13B\t\nO'Neill Finn\t13C\t\n"),
        ANY,
        ("Amara|Okafor||13B|-||", "Finn|O'Neill||13C|-||"),
        ("Class Set",),
    ),
    Shape(
        "semicolons, and Excel told so",
        "liste.csv",
        csv("sep=;\r\nName;Vorname\r\nOkafor;Amara\r\nO'Neill;Finn\r\n"),
        ANY,
        (AMARA, FINN),
    ),
    Shape(
        "the name that she goes by beside the whole one",
        "arbor.csv",
        csv("Student,Known as,Email,Parent email\nAmarachi Okafor,Amara,a@x.example,p@x.example\nFinn O'Neill,,,\n"),
        ANY,
        ("Amara|Okafor|||-|email a@x.example|", FINN),
        ("Parent email",),
    ),
    Shape(
        "numbered rows and a number that nobody explains",
        "list.csv",
        csv("No.,Name,ID\n1,Amara Okafor,55\n2,Finn O'Neill,56\n"),
        ANY,
        (AMARA, FINN),
        ("No.", "ID"),
    ),
    Shape(
        "zeros kept by a formula, an apostrophe in front of a name",
        "guarded.csv",
        csv('Forename,Surname,Candidate number\nAmara,Okafor,"=""0123"""\nFinn,O\'Neill,\n'),
        ANY,
        ("Amara|Okafor|0123||-||", FINN),
    ),
    Shape(
        "headings again on the second page, a blank row, a row twice, a test student and a teacher",
        "pages.csv",
        csv(
            "Forename,Surname,Class\nAmara,Okafor,13H\n,,\nForename,Surname,Class\nFinn,O'Neill,13H\n"
            "Amara,Okafor,13H\nTest,Student,13H\nMs,Lee,13H\n"
        ),
        ANY,
        ("Amara|Okafor|||-||13H", "Finn|O'Neill|||-||13H"),
        (),
        4,
    ),
    Shape(
        "one student in two classes",
        "bromcom.csv",
        csv("First Name|Last Name|Admission Number|Class\nAmara|Okafor|1204|13A/Hi1\nAmara|Okafor|1204|13B/En2\n"),
        ANY,
        ("Amara|Okafor|||-|sis 1204|13A/Hi1, 13B/En2",),
        (),
        1,
    ),
    Shape(
        "the names of tutors are no tutor groups",
        "tutors.csv",
        csv("Forename,Surname,Tutor,Form\nAmara,Okafor,Mr A Bell,13B\nFinn,O'Neill,Ms C Lee,13C\n"),
        ANY,
        ("Amara|Okafor||13B|-||", "Finn|O'Neill||13C|-||"),
        ("Tutor",),
    ),
)  # fmt: skip
