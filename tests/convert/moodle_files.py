"""``grading.xml`` as it stands in the backup of an activity, and broken ones."""

from tests.convert.cases import Broken, Good, Wanted

OPTIONS = '{"sortlevelsasc":"1","lockzeropoints":"1","enableremarks":"1","showremarksstudent":"1"}'


def grading(method: str, inside: str, name: str = "Year 13 essay", after: str = "", about: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<areas>\n  <area id="33">\n    <areaname>submissions</areaname>\n'
        f'    <activemethod>{method}</activemethod>\n    <definitions>\n      <definition id="7">\n'
        f"        <method>{method}</method>\n        <name>{name}</name>\n        <description>{about}</description>\n"
        "        <descriptionformat>1</descriptionformat>\n        <status>20</status>\n"
        "        <timecreated>1762000000</timecreated>\n        <timemodified>1762000000</timemodified>\n"
        f"        <options>{OPTIONS}</options>\n        <plugin_gradingform_{method}_definition>\n{inside}\n"
        f"        </plugin_gradingform_{method}_definition>\n        <instances>{after}\n        </instances>\n"
        "      </definition>\n    </definitions>\n  </area>\n</areas>\n"
    ).encode()


def level(n: int, score: str, words: str, form: int = 0) -> str:
    return (
        f'<level id="{n}"><score>{score}</score><definition>{words}</definition>'
        f"<definitionformat>{form}</definitionformat></level>"
    )


def criterion(n: int, about: str, *levels: str, order: int = 0, form: int = 0) -> str:
    return (
        f'<criterion id="{n}"><sortorder>{order or n}</sortorder><description>{about}</description>'
        f"<descriptionformat>{form}</descriptionformat><levels>{''.join(levels)}</levels></criterion>"
    )


def rubric(*criteria: str) -> str:
    return f"<criteria>{''.join(criteria)}</criteria>"


def guide_criterion(n: int, name: str, most: str, markers: str = "", students: str = "", form: int = 0) -> str:
    return (
        f'<guidecriterion id="{n}"><sortorder>{n}</sortorder><shortname>{name}</shortname>'
        f"<description>{students}</description><descriptionformat>0</descriptionformat>"
        f"<descriptionmarkers>{markers}</descriptionmarkers>"
        f"<descriptionmarkersformat>{form}</descriptionmarkersformat><maxscore>{most}</maxscore></guidecriterion>"
    )


def guide(*criteria: str, comments: str = "") -> str:
    return f"<guidecriteria>{''.join(criteria)}</guidecriteria><guidecomments>{comments}</guidecomments>"


FOCUS = criterion(1, "Focus on the question", level(1, "0.00000", "Not shown"), level(2, "4.00000", "Sometimes"),
                  level(3, "8.00000", "All through"))  # fmt: skip
PLAIN = grading("rubric", rubric(FOCUS, criterion(2, "Evidence", level(4, "0.00000", "None"), level(5, "5.00000", "Some"),
                                                 level(6, "12.00000", "Exact"))))  # fmt: skip
SORTED = grading("rubric", rubric(
    criterion(2, "Second", level(3, "2", "b"), level(4, "0", "none"), order=2),
    criterion(1, "First", level(1, "6", "top"), level(2, "3", "middle"), order=1),
))  # fmt: skip
HTML_WORDS = grading("rubric", rubric(
    criterion(1, "&lt;p&gt;Use of &lt;b&gt;sources&lt;/b&gt;&lt;/p&gt;",
              level(1, "3.00000", "&lt;ul&gt;&lt;li&gt;two&lt;/li&gt;&lt;li&gt;three &amp;amp; more&lt;/li&gt;&lt;/ul&gt;", 1),
              level(2, "1.00000", "one &lt;b"), form=1)), name="Sources &amp; more")  # fmt: skip
UMLAUTS = grading("rubric", rubric(criterion(1, "Größe der Begründung 🏛️", level(1, "2", "überzeugend"), level(2, "1", "mäßig"))),
                  name="Prüfung „Geschichte“")  # fmt: skip
CRLF_BOM = b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n")
MARKED = grading("rubric", rubric(FOCUS), after='<instance id="1"><fillings><filling id="9"><criterionid>1</criterionid>'
                 "<levelid>3</levelid><remark>Good</remark></filling></fillings></instance>")  # fmt: skip
LONG_NAME = "How far the answer keeps to the exact question that was set, with its dates and its key words, all the way to the end"
LONG = grading("rubric", rubric(criterion(1, LONG_NAME, level(1, "2", "yes"), level(2, "1", "partly"))))
GUIDE = grading("guide", guide(
    guide_criterion(1, "AO1", "15.00000", "Knowledge, and how it is used", "What you know"),
    guide_criterion(2, "AO2", "10.00000"),
    comments='<guidecomment id="1"><sortorder>1</sortorder><description>Well put</description></guidecomment>',
))  # fmt: skip
GUIDE_LEVELS = grading("guide", guide(guide_criterion(1, "Essay", "25.00000", """Decide the level first.
Level 5 (21-25): Argues to the end.
  Exact detail.
Level 4 (16–20): Clear.
Level 3 (11-15 marks): Fair.
Level 2 (6-10): Mostly tells the story.
Level 1 (1-5): Little.
Nothing creditable (0):""", "How good is it?")))  # fmt: skip
GUIDE_SHORT = grading("guide", guide(guide_criterion(1, "Essay", "30.00000", "Level 2 (6-10): x\nLevel 1 (1-5): y")))
GUIDE_NULLS = grading("guide", guide(guide_criterion(1, "Talk", "10.00000", "$@NULL@$", "$@NULL@$")), about="$@NULL@$")
BOTH = PLAIN.replace(
    b"    </definitions>",
    b'      <definition id="8"><method>guide</method><name>Talk</name><plugin_gradingform_guide_definition>'
    + guide(guide_criterion(1, "Voice", "5.00000")).encode()
    + b"</plugin_gradingform_guide_definition></definition>\n    </definitions>",
)

ONE_NUMBER = "taken as the top of a band"

GOOD = [
    Good("rubric", "grading.xml", PLAIN, "moodle-xml", 20,
         (Wanted("Focus on the question", "1-4 5-8", "L1|L2"), Wanted("Evidence", "1-5 6-12", "L1|L2")),
         (ONE_NUMBER, "name no marks differently", "No assessment objectives"),
         texts={"scale[0].level[0].summary": "All through", "title": "Year 13 essay"}),
    Good("rubric in Moodle's order", "grading.xml", SORTED, "moodle-xml", 8,
         (Wanted("First", "1-3 4-6", "L1|L2"), Wanted("Second", "1-2", "L1")), zero="none"),
    Good("rubric with HTML", "grading.xml", HTML_WORDS, "moodle-xml", 3, (Wanted("Use of sources", "1-1 2-3", "L1|L2"),),
         texts={"scale[0].level[0].summary": "two\nthree & more", "scale[0].level[1].summary": "one <b",
                "title": "Sources & more"}),
    Good("rubric with umlauts", "grading.xml", UMLAUTS, "moodle-xml", 2,
         (Wanted("Größe der Begründung 🏛️", "1-1 2-2", "L1|L2"),), texts={"id": "prufung-geschichte"}),
    Good("rubric from Windows", "grading.xml", CRLF_BOM, "moodle-xml", 20,
         (Wanted("Focus on the question", "1-4 5-8", "L1|L2"), Wanted("Evidence", "1-5 6-12", "L1|L2"))),
    Good("rubric with marks given", "grading.xml", MARKED, "moodle-xml", 8,
         (Wanted("Focus on the question", "1-4 5-8", "L1|L2"),), ("Marks that were given with it are left out",),
         zero="Not shown"),
    Good("rubric with a sentence for a name", "grading.xml", LONG, "moodle-xml", 2,
         (Wanted("How far the answer keeps to the exact question that was set, with its dates…", "1-1 2-2", "L1|L2"),),
         ("is shortened",), texts={"decision.guidance": LONG_NAME}),
    Good("guide", "grading.xml", GUIDE, "moodle-xml", 25, (Wanted("AO1", "", max=15), Wanted("AO2", "", max=10)),
         ("frequently used comments are left out", "becomes a scale of points"),
         texts={"ao[0].code": "AO1", "ao[1].marks": "10",
                "scale[0].item[0].text": "What you know\nKnowledge, and how it is used", "scale[1].item[0].text": "AO2"}),
    Good("guide with levels in its text", "grading.xml", GUIDE_LEVELS, "moodle-xml", 25,
         (Wanted("Essay", "1-5 6-10 11-15 16-20 21-25", "Level 1|Level 2|Level 3|Level 4|Level 5"),),
         texts={"scale[0].level[0].summary": "Argues to the end.\nExact detail.",
                "decision.guidance": "Essay: How good is it?\nDecide the level first."}),
    Good("guide whose levels stop short", "grading.xml", GUIDE_SHORT, "moodle-xml", 30, (Wanted("Essay", "", max=30),),
         ("don't reach its maximum of 30",)),
    Good("guide with Moodle's nulls", "grading.xml", GUIDE_NULLS, "moodle-xml", 10, (Wanted("Talk", "", max=10),)),
    Good("second definition", "grading.xml", BOTH, "moodle-xml", 5, (Wanted("Voice", "", max=5),), which=1),
]  # fmt: skip

ENTITY = b'<?xml version="1.0"?>\n<!DOCTYPE areas [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<areas><area>&b;</area></areas>'
OUTSIDE = b'<?xml version="1.0"?>\n<!DOCTYPE areas SYSTEM "file:///etc/hostname">\n<areas/>'

BROKEN = [
    Broken("cut off", "grading.xml", PLAIN[:-60], "line 2", "not well-formed"),
    Broken("entities", "grading.xml", ENTITY, "line 2", "DOCTYPE"),
    Broken("a DTD from outside", "grading.xml", OUTSIDE, "line 2", "DOCTYPE"),
    Broken("half a mark", "grading.xml", PLAIN.replace(b"4.00000", b"4.50000"), "line 17", "4.50000, and marks are whole"),
    Broken("a score below zero", "grading.xml", PLAIN.replace(b"4.00000", b"-4.00000"), "line 17", "never below 0"),
    Broken("no score", "grading.xml", PLAIN.replace(b"4.00000", b""), "line 17", "is missing"),
    Broken("the same score twice", "grading.xml", PLAIN.replace(b"4.00000", b"8.00000"), "line 17", "have 8 points"),
    Broken("no levels", "grading.xml", grading("rubric", rubric(criterion(1, "Focus"))), "line 17", "has no levels"),
    Broken("no criteria", "grading.xml", grading("rubric", rubric()), "line 7", "has no criteria"),
    Broken("no description", "grading.xml", grading("rubric", rubric(criterion(1, "", level(1, "2", "a")))), "line 17",
           "no description"),
    Broken("a method of somebody else's", "grading.xml", grading("ranges", ""), "line 7", "'ranges'"),
    Broken("no definition", "grading.xml", b"<?xml version='1.0'?>\n<areas>\n</areas>", "line 2", "no <definition>"),
    Broken("guide without maximum", "grading.xml", grading("guide", guide(guide_criterion(1, "Talk", ""))), "line 17",
           "is missing"),
    Broken("guide with a maximum of 0", "grading.xml", grading("guide", guide(guide_criterion(1, "Talk", "0.00000"))),
           "line 17", "is 0"),
    Broken("guide without a name", "grading.xml", grading("guide", guide(guide_criterion(1, "", "5.0"))), "line 17",
           "no short name"),
    Broken("guide with a gap in its levels", "grading.xml",
           grading("guide", guide(guide_criterion(1, "Essay", "10.0", "Level 2 (6-10): x\nLevel 1 (1-4): y"))), "line 17",
           "a gap below 6: no level has 5"),
    Broken("guide with levels that overlap", "grading.xml",
           grading("guide", guide(guide_criterion(1, "Essay", "10.0", "Level 2 (5-10): x\nLevel 1 (1-5): y"))), "line 17",
           "an overlap: 5"),
    Broken("very deep", "grading.xml", b"<areas>" + b"<a>" * 200 + b"</a>" * 200 + b"</areas>", "line 1", "deep"),
    Broken("a character that XML has not", "grading.xml", PLAIN.replace(b"Evidence", b"Evi\x01dence"), "line 17",
           "not well-formed"),
]  # fmt: skip
