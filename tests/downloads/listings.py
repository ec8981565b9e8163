"""Listings as school systems and people make them, with whose each file is. Everybody in them is invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Is:
    """The truth about a file: a person, with the id that stands in the name."""

    given: str = ""
    family: str = ""
    id: str = ""
    is_late: bool = False
    sure: bool = True
    """Whether it must be known without a question; False where asking is right too."""


ASK = "ask"
"""Nobody could tell from the names whose it is."""
ABOUT, LITTER, EARLIER, RETURNED = "about", "litter", "earlier", "returned"


@dataclass(frozen=True)
class Case:
    """One listing."""

    title: str
    system: str
    files: dict[str, Is | str]
    texts: dict[str, str] = field(default_factory=dict)


def _check(given: str, family: str, known_as: str = "", *, is_late: bool = False) -> Is:
    return Is(given, family, known_as, is_late, sure=False)


_M = "_assignsubmission_file"
_O = "_assignsubmission_onlinetext"


def _about(name: str, user: str, typed: str = "") -> str:
    typed = typed or "There is no student submission text data for this assignment."
    return (
        f"Name: {name} ({user})\nAssignment: Essay 1\nDate Submitted: Friday, 1 March 2024 10:22:33 o'clock GMT\n"
        f"Current Grade: Needs Grading\n\nSubmission Field:\n{typed}\n\nComments:\nThere are no student comments for "
        "this assignment.\n\nFiles:\n\tOriginal filename: essay.docx\n\tFilename: whatever\n"
    )


_B = "_attempt_2024-03-01-10-22-33"
_B2 = "_attempt_2024-03-02-09-00-00"

CASES = [
    Case(
        "Moodle's folders",
        "moodle",
        {
            f"Amara Okafor_12345{_M}/essay.docx": Is("Amara", "Okafor", "12345"),
            f"Chloe Świderska_12346{_M}/My essay (final).docx": Is("Chloe", "Świderska", "12346"),
            f"Finn OConnell_12347{_M}/O'Connell Finn.docx": Is("Finn", "OConnell", "12347"),
            f"Zoe\u0308 Nin\u0303o_12348{_M}/essay.odt": Is("Zoë", "Niño", "12348"),
            f"Anna Smith-Jones_12349{_M}/Amara Okafor.docx": Is("Anna", "Smith-Jones", "12349"),
            f"Anna van der Berg_12350{_M}/essay.docx": Is("Anna", "van der Berg", "12350"),
            f"Ana Maria Lopez_12351{_M}/essay.docx": _check("Ana Maria", "Lopez", "12351"),
            f"Nguyen Thi Mai_12352{_M}/essay.docx": _check("Thi Mai", "Nguyen", "12352"),
            f"Tran Van Nam_12364{_M}/essay.docx": _check("Van Nam", "Tran", "12364"),
            f"Lucas De Souza_12365{_M}/essay.docx": _check("Lucas", "De Souza", "12365"),
            f"Okafor,_12366{_M}/essay.docx": _check("", "Okafor", "12366"),
            f"Suharto_12353{_M}/essay.docx": _check("", "Suharto", "12353"),
            f"Essay Draft_12354{_M}/final draft.docx": Is("Essay", "Draft", "12354"),
            f"D’Arcy O’Neill_12355{_M}/essay.docx": Is("D’Arcy", "O’Neill", "12355"),
            f"BEN LEE_12356{_M}/essay.docx": Is("BEN", "LEE", "12356"),
            f"Katherine (Kate) Bell_12357{_M}/essay.docx": _check("Katherine", "Bell", "12357"),
            f"Okafor, Obi_12358{_M}/essay.docx": Is("Obi", "Okafor", "12358"),
            f"王 伟_12359{_M}/essay.docx": _check("伟", "王", "12359"),
            f"Анна Иванова_12360{_M}/essay.docx": Is("Анна", "Иванова", "12360"),
            f"AJ Smith_12361{_M}/essay.docx": Is("AJ", "Smith", "12361"),
            f"JONES Megan_12362{_M}/essay.docx": _check("Megan", "JONES", "12362"),
            f"Tom Reed 13H_12363{_M}/essay.docx": _check("Tom", "Reed", "12363"),
        },
    ),
    Case(
        "Moodle before 4.1, online text, subfolders, in one folder more, with a Mac's litter",
        "moodle",
        {
            f"HIS-Essay 1-1234/Amara Okafor_12345{_M}_/essay.docx": Is("Amara", "Okafor", "12345"),
            f"HIS-Essay 1-1234/Ben Lee_12346{_O}_/onlinetext.html": Is("Ben", "Lee", "12346"),
            f"HIS-Essay 1-1234/Ivy Ash_12347{_M}_/drafts/Ben Lee_1{_M}_x/essay.docx": Is("Ivy", "Ash", "12347"),
            f"__MACOSX/HIS-Essay 1-1234/Amara Okafor_12345{_M}_/._essay.docx": LITTER,
            "HIS-Essay 1-1234/.DS_Store": LITTER,
            f"HIS-Essay 1-1234/Amara Okafor_12345{_M}_/~$essay.docx": LITTER,
            "HIS-Essay 1-1234/Grades-HIS-Essay 1-1234.csv": ABOUT,
        },
    ),
    Case(
        "Moodle, flat",
        "moodle",
        {
            f"Amara Okafor_12345{_M}_essay_99{_M}_x.docx": Is("Amara", "Okafor", "12345"),
            f"Ben Lee_12346{_M}_Henry_VII.docx": Is("Ben", "Lee", "12346"),
            f"Ivy Ash_12347{_O}_onlinetext.html": Is("Ivy", "Ash", "12347"),
        },
    ),
    Case(
        "Moodle, names hidden",
        "moodle",
        {
            f"Participant_501{_M}/essay.docx": Is(id="501"),
            f"Participant_502{_M}/Amara Okafor.docx": Is(id="502"),
            f"Participant 503_503{_O}/onlinetext.html": Is(id="503"),
        },
    ),
    Case(
        "Moodle, names hidden, in a language that isn't known",
        "moodle",
        {f"Þátttakandi_501{_M}/essay.docx": Is(id="501"), f"Þátttakandi_502{_M}/essay.docx": Is(id="502")},
    ),
    Case(
        "Moodle, groups",
        "moodle",
        {
            f"Group 1_77{_M}/essay.docx": ASK,
            f"Amara and Ben_78{_M}/essay.docx": ASK,
            f"Team Tudor_79{_M}/essay.docx": ASK,
            f"Default group{_M}/essay.docx": ASK,
        },
    ),
    Case(
        "Moodle: two of one name, two files of one, feedback that was put there",
        "moodle",
        {
            f"Amara Okafor_1{_M}/essay.docx": _check("Amara", "Okafor", "1"),
            f"Amara Okafor_2{_M}/essay.docx": _check("Amara", "Okafor", "2"),
            f"Ben Lee_3{_M}/plan.docx": _check("Ben", "Lee", "3"),
            f"Ben Lee_3{_M}/essay.docx": _check("Ben", "Lee", "3"),
            f"Ivy Ash_4{_M}/essay.docx": _check("Ivy", "Ash", "4"),
            f"Ivy Ash_4{_O}/onlinetext.html": _check("Ivy", "Ash", "4"),
            "Ben Lee_3_assignfeedback_file_/marked.pdf": RETURNED,
        },
    ),
    Case(
        "Canvas",
        "canvas",
        {
            "okaforamara_4821_99120_essay.docx": _check("Amara", "Okafor", "4821"),
            "leeben_LATE_4822_99121_Henry_VII_1_2_.docx": _check("Ben", "Lee", "4822", is_late=True),
            "oconnellfinn_4823_text.html": _check("Finn", "O'Connell", "4823"),
            "vanderberganna_LATE_4824_text.html": _check("Anna", "van der Berg", "4824", is_late=True),
            "świderskachloe_4825_99122_essay.docx": _check("Chloe", "Świderska", "4825"),
            "smithjonesanna_4826_99123_essay-2.docx": _check("Anna", "Smith-Jones", "4826"),
            "ashivy_4827_link.html": ABOUT,
            "group3_4828_99124_essay.docx": ASK,
            "lateben_4829_99125_LATE_essay.docx": _check("Ben", "Late", "4829"),
        },
    ),
    Case(
        "Canvas, handed in again, and a student's zip that lies unpacked",
        "canvas",
        {
            "submissions/okaforamara_4821_99120_essay.docx": EARLIER,
            "submissions/okaforamara_4821_99150_essay-1.docx": _check("Amara", "Okafor", "4821"),
            "submissions/leeben_4822_99121_plan.docx": _check("Ben", "Lee", "4822"),
            "submissions/leeben_4822_99122_essay.docx": _check("Ben", "Lee", "4822"),
            "submissions/ashivy_4823_99123_work.zip/okaforamara_4821_99120_essay.docx": _check("Ivy", "Ash", "4823"),
        },
    ),
    Case(
        "Canvas, names hidden",
        "canvas",
        {
            "anon_aB3dE_99120_essay.docx": Is(id="aB3dE"),
            "LATE_anon_xY9zQ_99121_essay.docx": Is(id="xY9zQ", is_late=True),
            "anon_pQ2rS_text.html": Is(id="pQ2rS"),
            "anon_4821_99122_essay.docx": ASK,
        },
    ),
    Case(
        "Dates that look like Canvas's numbers",
        "",
        {"amara_03_12_essay.docx": ASK, "ben_03_12_essay.docx": ASK, "ivy_04_12_essay.docx": ASK},
    ),
    Case(
        "Blackboard",
        "blackboard",
        {
            f"Essay 1_aokafor{_B}.txt": ABOUT,
            f"Essay 1_aokafor{_B}_essay.docx": Is("Amara", "Okafor", "aokafor"),
            f"Essay 1_b_lee{_B}.txt": ABOUT,
            f"Essay 1_b_lee{_B}_x{_B2}_y.docx": Is("Ben", "Lee", "b_lee"),
            f"Essay 1_iash{_B}.txt": Is("Ivy", "Ash", "iash"),
            f"Essay 1_foconnell{_B}.txt": ABOUT,
            f"Essay 1_foconnell{_B}_essay.docx": EARLIER,
            f"Essay 1_foconnell{_B2}.txt": ABOUT,
            f"Essay 1_foconnell{_B2}_essay.docx": _check("Finn", "O'Connell", "foconnell"),
            f"Essay 1_nobody{_B}_essay.docx": ASK,
            f"Essay 1_almg{_B}.txt": ABOUT,
            f"Essay 1_almg{_B}_essay.docx": _check("Ana Lucia", "Moreno Gil", "almg"),
            f"Essay 1_red{_B}.txt": ABOUT,
            f"Essay 1_red{_B}_essay.docx": ASK,
            f"Essay 1_hid{_B}.txt": ABOUT,
            f"Essay 1_hid{_B}_essay.docx": Is(id="x9f2"),
        },
        {
            f"Essay 1_aokafor{_B}.txt": _about("Amara Okafor", "aokafor"),
            f"Essay 1_b_lee{_B}.txt": "\ufeff" + _about("Ben Lee", "b_lee").replace("\n", "\r\n"),
            f"Essay 1_iash{_B}.txt": _about("Ivy Ash", "iash", "Henry VII was secure by 1499."),
            f"Essay 1_foconnell{_B}.txt": _about("Finn O'Connell", "foconnell"),
            f"Essay 1_foconnell{_B2}.txt": _about("Finn O'Connell", "foconnell"),
            f"Essay 1_almg{_B}.txt": _about("Ana Lucia Moreno Gil", "almg"),
            f"Essay 1_red{_B}.txt": _about("Amara Okafor (aokafor), Ben Lee", "b_lee"),
            f"Essay 1_hid{_B}.txt": _about("Anonymous Student 4", "x9f2"),
        },
    ),
    Case(
        "Blackboard without its texts",
        "blackboard",
        {f"My_Essay_a_okafor{_B}_essay.docx": ASK, f"My_Essay_blee{_B}_essay.docx": ASK},
    ),
    Case(
        "Brightspace, a folder each",
        "brightspace",
        {
            "271836-442356 - Amara Okafor - Dec 5, 2024 1149 AM/essay.docx": _check("Amara", "Okafor"),
            "271837-442356 - Mary-Ann Smith - Sep 24, 2024 926 PM/essay.docx": _check("Mary-Ann", "Smith"),
            "271838-442356 - Lee, Ben - 13 September 2025 310 PM/essay.docx": _check("Ben", "Lee"),
            "271839-442356 - Anna van der Berg - 13 September 2025 310 PM/essay.docx": _check("Anna", "van der Berg"),
            "271840-442356 - Group 4 - 13 September 2025 310 PM/essay.docx": ASK,
            "271841-442356 - Ivy Ash - Sep 24, 2024 926 PM/essay.docx": EARLIER,
            "271841-442356 - Ivy Ash - Sep 24, 2024 1015 PM/essay.docx": _check("Ivy", "Ash"),
            "index.html": ABOUT,
        },
    ),
    Case(
        "Brightspace, flat, with the school's numbers, with one pair of numbers for all",
        "brightspace",
        {
            "39706-25573 - N0123456 - Amara Okafor- 12 October, 2023 - essay - final.docx": _check(
                "Amara", "Okafor", "N0123456"
            ),
            "39706-25573 - N0123457 - Ben Lee - 12 October, 2023 1200 PM - essay.docx": _check(
                "Ben", "Lee", "N0123457"
            ),
            "39706-25573 - Ivy Ash - Oct 12, 2023 1200 AM - Amara Okafor - essay.docx": _check("Ivy", "Ash"),
            "39706-25573 - Ivy Ash - Oct 13, 2023 1200 AM - essay.docx": _check("Ivy", "Ash"),
            "39706-25573 - Smith - Jones - Oct 12, 2023 1200 AM - essay.docx": ASK,
        },
    ),
    Case(
        "Teams",
        "teams",
        {
            "Submitted files/Amara Okafor/Essay 1/Version 1/essay.docx": EARLIER,
            "Submitted files/Amara Okafor/Essay 1/Version 2/essay.docx": EARLIER,
            "Submitted files/Amara Okafor/Essay 1/Version 10/essay.docx": _check("Amara", "Okafor"),
            "Submitted files/Lee, Ben (Student)/Essay 1/Version 1/Henry VII.docx": _check("Ben", "Lee"),
            "Submitted files/Ivy Ash/Essay 1/essay.docx": _check("Ivy", "Ash"),
            "Submitted files/Group 2/Essay 1/Version 1/essay.docx": ASK,
            "Working files/Ivy Ash/Essay 1/essay.docx": EARLIER,
            "Working files/Finn O'Connell/Essay 1/essay.docx": _check("Finn", "O'Connell"),
        },
    ),
    Case(
        "Teams, by its versions alone, and a folder that may be anything",
        "teams",
        {
            "13H/Amara Okafor/Essay 1/Version 1/essay.docx": _check("Amara", "Okafor"),
            "13H/Ben Lee/Essay 1/Version 1/essay.docx": _check("Ben", "Lee"),
            "Amara Okafor/Version 1/essay.docx": ASK,
        },
    ),
    Case(
        "Turnitin",
        "turnitin",
        {
            "1234567890 - Amara Okafor - Henry Tudor.docx": _check("Amara", "Okafor", "1234567890"),
            "1234567891_Ben_Lee_Essay_1.docx": _check("Ben", "Lee", "1234567891"),
            "1234567892_Lee_Ben.docx": _check("Ben", "Lee", "1234567892"),
            "1234567893 Ash, Ivy - draft.docx": _check("Ivy", "Ash", "1234567893"),
            "1234567894_Ana_Maria_Lopez_Essay.docx": ASK,
            "1234567895_essay final.docx": ASK,
            "1234567896.docx": ASK,
        },
    ),
    Case(
        "Days before names aren't Turnitin's ids",
        "",
        {
            "20240301_Okafor Amara.docx": ASK,
            "20240302_Lee Ben.docx": ASK,
            "01032024_Ash Ivy.docx": ASK,
        },
    ),
    Case(
        "Google Classroom",
        "google",
        {
            "Classroom/13H/Essay 2/Amara Okafor - Essay 2.docx": _check("Amara", "Okafor"),
            "Classroom/13H/Essay 2/Okafor Obi - Essay 2.docx": _check("Obi", "Okafor"),
            "Classroom/13H/Essay 2/Ana Maria Lopez - Essay 2.docx": _check("Ana", "Maria Lopez"),
            "Classroom/13H/Essay 2/Ben Lee - Essay 2 (1).docx": _check("Ben", "Lee"),
            "Classroom/13H/Essay 2/Anna Smith-Jones – Essay 2.docx": _check("Anna", "Smith-Jones"),
            "Classroom/13H/Essay 2/Amara and Ben - Essay 2.docx": ASK,
            "Classroom/13H/Essay 2/Draft - Essay 2.docx": ASK,
            "Classroom/13H/Essay 2/Essay 2.docx": ASK,
        },
    ),
    Case(
        "The title first",
        "google",
        {"Stalin - Amara Okafor.docx": _check("Amara", "Okafor"), "Stalin - Ben Lee.docx": _check("Ben", "Lee")},
    ),
    Case(
        "Plain names",
        "",
        {
            "Okafor Amara.docx": _check("Amara", "Okafor"),
            "Ben Lee.docx": _check("Ben", "Lee"),
            "Okafor, Obi.docx": _check("Obi", "Okafor"),
            "okafor-ada.md": _check("Ada", "Okafor"),
            "van der Berg Anna.docx": _check("Anna", "van der Berg"),
            "Ana Maria Lopez.docx": _check("Ana", "Maria Lopez"),
            "O'Connell Finn (1).docx": _check("Finn", "O'Connell"),
            "Copy of O’Neill Sean.docx": _check("Sean", "O’Neill"),
            "Ash Ivy - Henry VII essay.docx": _check("Ivy", "Ash"),
            "Megan JONES.docx": _check("Megan", "JONES"),
            "S\u0301widerska Chloe.docx": _check("Chloe", "Świderska"),
            "Иванова Анна.docx": _check("Анна", "Иванова"),
            "Reed_Tom.txt": _check("Tom", "Reed"),
            "essay.docx": ASK,
            "Okafor.docx": ASK,
            "Essay Draft.docx": ASK,
            "History essay Okafor.docx": ASK,
            "Okafor Amara & Lee Ben.docx": ASK,
            "13H essays.xlsx": ABOUT,
            "Okafor Amara marked.docx": RETURNED,
            "okafor-amara_3f9a2c.md": RETURNED,
            "Thumbs.db": LITTER,
            "~$Okafor Amara.docx": LITTER,
            "._Okafor Amara.docx": LITTER,
        },
    ),
    Case(
        "A folder for each student",
        "",
        {
            "13H/Okafor Amara/essay.docx": _check("Amara", "Okafor"),
            "13H/Lee Ben/final.docx": _check("Ben", "Lee"),
            "13H/Ash Ivy/Ash Ivy.docx": _check("Ivy", "Ash"),
            "13H/Reed Tom/Bell Kate.docx": ASK,
        },
    ),
    Case(
        "Moodle: one number beside two names",
        "moodle",
        {
            f"Amara Okafor_12345{_M}/essay.docx": _check("Amara", "Okafor"),
            f"Ben Lee_12345{_M}/essay.docx": _check("Ben", "Lee"),
            f"Ivy Ash_12346{_M}/essay.docx": Is("Ivy", "Ash", "12346"),
        },
    ),
    Case(
        "A folder of a topic is nobody's",
        "",
        {"Cold War/essay.docx": ASK, "Cold War/answer.docx": ASK},
    ),
    Case(
        "A file of Moodle's among others",
        "",
        {
            f"Amara Okafor_12345{_M}_essay.docx": _check("Amara", "Okafor", "12345"),
            "Lee Ben.docx": _check("Ben", "Lee"),
            "Ash Ivy.docx": _check("Ivy", "Ash"),
        },
    ),
    Case(
        "Two systems that fit nearly as well",
        "",
        {
            f"Amara Okafor_12345{_M}_x - Stalin.docx": _check("Amara", "Okafor", "12345"),
            f"Ben Lee_12346{_M}_x - Stalin.docx": _check("Ben", "Lee", "12346"),
            f"Ivy Ash_12347{_M}_x - Stalin.docx": _check("Ivy", "Ash", "12347"),
            "Tom Reed - Stalin.docx": _check("Tom", "Reed"),
            "Kate Bell - Stalin.docx": _check("Kate", "Bell"),
        },
    ),
    Case(
        "Half of one system, half of another",
        "",
        {
            "okaforamara_4821_99120_essay.docx": ASK,
            "leeben_4822_99121_essay.docx": ASK,
            "271836-442356 - Ivy Ash - Dec 5, 2024 1149 AM - essay.docx": ASK,
            "271837-442356 - Tom Reed - Dec 5, 2024 1149 AM - essay.docx": ASK,
        },
    ),
]
