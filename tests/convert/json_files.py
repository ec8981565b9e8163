"""CASE rubrics, ORA rubrics in JSON and XML, Plom's rubrics: as those systems write them, and broken ones."""

import json
from typing import Any

from tests.convert.cases import Broken, Good, Wanted

STAMP = {"lastChangeDateTime": "2026-09-01T08:00:00+00:00"}
UUID = "0c5c1a52-0000-4000-8000-0000000000"


def dumped(value: object, **options: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, **options).encode()


# CASE


def case_level(n: int, score: object, quality: str, words: str = "", **more: object) -> dict[str, object]:
    uri = f"https://example.org/uri/{UUID}{n:02d}"
    return {"identifier": f"{UUID}{n:02d}", "uri": uri, "quality": quality, "description": words, "score": score,
            "position": n, **STAMP, **more}  # fmt: skip


def case_criterion(n: int, name: str, *levels: dict[str, object], **more: object) -> dict[str, object]:
    return {"identifier": f"{UUID}5{n}", "uri": "https://example.org", "category": name, "position": n,
            "CFRubricCriterionLevels": list(levels), **STAMP, **more}  # fmt: skip


def case_rubric(*criteria: dict[str, object], title: str = "Department rubric", **more: object) -> dict[str, object]:
    return {"identifier": f"{UUID}99", "uri": "https://example.org", "title": title, "CFRubricCriteria": list(criteria),
            **STAMP, **more}  # fmt: skip


FOCUS = case_criterion(
    1, "Focus", case_level(1, 0, "None"), case_level(2, 3, "Fair", "Partly"), case_level(3, 6.0, "Good", "Fully")
)
BANDED = case_criterion(1, "AO1", case_level(1, 25, "Level 2", "16–25: Sustained"), case_level(2, 15, "Level 1", "1-15: Thin"),
                        case_level(3, 0, "Level 0"))  # fmt: skip
WEIGHTED = case_criterion(2, "Evidence", case_level(1, 2, "Good", "x"), case_level(2, 1, "Weak", "y"), weight=2.0,
                          description="What is proved")  # fmt: skip
NO_CATEGORY: dict[str, object] = {
    "identifier": UUID,
    "description": "思考 and 判断",
    "CFRubricCriterionLevels": [case_level(1, 2, "高", "a")],
}

# ORA


def option(points: object, name: str, words: str = "", n: int = 0) -> dict[str, object]:
    return {"order_num": n, "points": points, "name": name, "label": name, "explanation": words}


def ora_criterion(
    name: str, *options: dict[str, object], n: int = 0, prompt: str = "", label: str = ""
) -> dict[str, object]:
    return {"order_num": n, "name": name, "label": label or name, "prompt": prompt, "feedback": "optional",
            "options": list(options)}  # fmt: skip


ORA = {
    "title": "Peer essay",
    "prompts": [{"description": "Why did it end?"}],
    "rubric": {
        "criteria": [
            ora_criterion("Detail", option(0, "None"), option(2, "Some", "x"), option(5, "Full", "y"), n=1),
            ora_criterion(
                "a1b2c3", option(3, "Yes", "z"), option(0, "No"), n=0, prompt="Is it clear?", label="Clarity"
            ),
        ],
        "feedback_prompt": "Say what went well",
        "feedback_default_text": "This essay…",
    },
}
ORA_BARE = {"criteria": [ora_criterion("Überblick", option(1, "да", "есть"), option(2, "очень", "много"))]}
ORA_COMMENTS = {
    "criteria": [ora_criterion("Comments"), ora_criterion("Mark", option(4, "Top", "x"), option(2, "Low", "y"))]
}

ORA_XML = """<openassessment url_name="abc" submission_due="2026-12-01T00:00:00+00:00">
  <title>
    Global history
  </title>
  <assessments><assessment name="staff-assessment" required="True"/></assessments>
  <prompts><prompt><description>Why?</description></prompt></prompts>
  <rubric>
    <criterion feedback="optional">
      <name>0</name>
      <label>Conciseness</label>
      <prompt>How concise is it?</prompt>
      <option points="0"><name>0</name><label>Not</label><explanation></explanation></option>
      <option points="2"><name>1</name><label>Fairly</label><explanation>
          A word too many
          here and there.
      </explanation></option>
      <option points="5"><name>2</name><label>Very</label><explanation>Nothing to cut.</explanation></option>
    </criterion>
    <criterion><name>Form</name><prompt>Spelling</prompt>
      <option points="1"><name>Good</name><explanation>Few slips</explanation></option>
      <option points="0"><name>Bad</name><explanation>Many slips in every line</explanation></option>
    </criterion>
    <feedbackprompt>Tell them</feedbackprompt>
  </rubric>
</openassessment>
"""
ORA_XML_BARE = "<rubric>\r\n<criterion><name>Só isto</name><option points='2'><name>Sim</name><explanation>bem</explanation></option>\r\n<option points='1'><name>Não</name><explanation>mal</explanation></option></criterion></rubric>\r\n"

# Plom


def plom(*rubrics: dict[str, object]) -> bytes:
    lines: list[str] = []
    for rubric in rubrics:
        lines += [
            "[[rubric]]",
            *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rubric.items()),
            "",
        ]
    return "\n".join(lines).encode()


def absolute(value: object, out_of: object, text: str, question: int = 1, **more: object) -> dict[str, object]:
    return {"kind": "absolute", "display_delta": f"{value} of {out_of}", "value": value, "out_of": out_of, "text": text,
            "question_index": question, "tags": "", "meta": "", **more}  # fmt: skip


RELATIVE = {"kind": "relative", "display_delta": "-1", "value": -1, "out_of": 0, "text": "slip", "question_index": 1}
NEUTRAL = {"kind": "neutral", "display_delta": ".", "value": 0, "out_of": 0, "text": "see me", "question_index": 1}
QUESTION = (absolute(0, 5, "no answer given"), absolute(3, 5, "half of it"), absolute(5, 5, "all of it"))
PLOM_TWO = (*QUESTION, absolute(2, 4, "some", 2), absolute(4, 4, "full", 2), RELATIVE, NEUTRAL)
PLOM_GROUPS = (
    absolute(2, 2, "right", 3, tags="exclusive:(a) group:(a)"), absolute(1, 2, "near", 3, tags="exclusive:(a) group:(a)"),
    absolute(3, 3, "right", 3, tags="group:(b)", meta="allow dates within a year"),
)  # fmt: skip
PLOM_CSV = 'rid,kind,value,out_of,text,question_index,tags,meta\r\n7,absolute,0,6,naught,1,,\r\n8,absolute,3,6,"half, or so",1,,\r\n9,absolute,6,6,all,1,,\r\n10,neutral,0,0,hm,1,,\r\n'

ONE_NUMBER = "taken as the top of a band"

GOOD = [
    Good("CASE rubric alone", "rubric.json", dumped(case_rubric(FOCUS)), "case-json", 6,
         (Wanted("Focus", "1-3 4-6", "Fair|Good"),), (ONE_NUMBER,), zero="None",
         texts={"title": "Department rubric", "scale[0].level[0].summary": "Fully"}),
    Good("CASE with bands in the descriptions", "r.json", dumped({"CFRubrics": [case_rubric(BANDED)]}), "case-json", 25,
         (Wanted("AO1", "1-15 16-25", "Level 1|Level 2"),), zero="Level 0",
         texts={"scale[0].level[0].summary": "Sustained", "ao[0].code": "AO1"}),
    Good("CASE package with weights", "p.json",
         dumped({"CFDocument": {"title": "x"}, "CFItems": [], "CFRubrics": [case_rubric(FOCUS, WEIGHTED)]}), "case-json", 10,
         (Wanted("Focus", "1-3 4-6", "Fair|Good"), Wanted("Evidence", "1-2 3-4", "Weak|Good")),
         ("multiplied by the weight",), zero="None", texts={"decision.guidance": "Evidence: What is proved"}),
    Good("CASE inside CFDefinitions, without category", "p.json",
         dumped({"CFPackage": {"CFDefinitions": {"CFRubrics": [case_rubric(NO_CATEGORY, title="评分")]}}}), "case-json", 2,
         (Wanted("思考 and 判断", "1-2", "高"),), texts={"title": "评分", "id": "converted"}),
    Good("CASE with a byte order mark", "r.json", b"\xef\xbb\xbf" + dumped(case_rubric(FOCUS)).replace(b"\n", b"\r\n"),
         "case-json", 6, (Wanted("Focus", "1-3 4-6", "Fair|Good"),), zero="None"),
    Good("ORA JSON", "ora.json", dumped(ORA), "ora-json", 8,
         (Wanted("Clarity", "1-3", "Yes"), Wanted("Detail", "1-2 3-5", "Some|Full")),
         (ONE_NUMBER, "asked to comment on is left out", "name no marks differently"),
         texts={"title": "Peer essay", "decision.guidance": "Clarity: Is it clear?"}),
    Good("ORA JSON, the rubric alone, in Russian", "рубрика.json", dumped(ORA_BARE), "ora-json", 2,
         (Wanted("Überblick", "1-1 2-2", "да|очень"),), texts={"title": "рубрика"}),
    Good("ORA JSON with a criterion for comments", "ora.json", dumped(ORA_COMMENTS), "ora-json", 4,
         (Wanted("Mark", "1-2 3-4", "Low|Top"),), ("'Comments' is left out",)),
    Good("ORA XML", "ora.xml", ORA_XML.encode(), "ora-xml", 6,
         (Wanted("Conciseness", "1-2 3-5", "Fairly|Very"), Wanted("Form", "1-1", "Good")),
         ("description here: that of 'Form' is left out",),
         texts={"title": "Global history", "scale[0].level[1].summary": "A word too many\nhere and there."}),
    Good("ORA XML, the rubric alone, in Portuguese", "r.xml", ORA_XML_BARE.encode(), "ora-xml", 2,
         (Wanted("Só isto", "1-1 2-2", "Não|Sim"),), texts={"title": "r"}),
    Good("ORA XML in UTF-16", "ora.xml", ('<?xml version="1.0" encoding="UTF-16"?>' + ORA_XML_BARE).encode("utf-16"), "ora-xml",
         2, (Wanted("Só isto", "1-1 2-2", "Não|Sim"),)),
    Good("Plom TOML", "rubrics.toml", plom(*PLOM_TWO), "plom-toml", 9,
         (Wanted("Question 1", "1-3 4-5", "L1|L2"), Wanted("Question 2", "1-2 3-4", "L1|L2")),
         ("1 relative rubric is left out", "1 neutral rubric is left out"), zero="no answer given",
         texts={"scale[0].level[0].summary": "all of it"}),
    Good("Plom TOML with groups", "r.toml", plom(*PLOM_GROUPS), "plom-toml", 5,
         (Wanted("Question 3 (a)", "1-1 2-2", "L1|L2"), Wanted("Question 3 (b)", "1-3", "L1")), ("Notes for markers",),
         texts={"scale[1].level[0].summary": "right\nallow dates within a year"}),
    Good("Plom JSON", "r.json", dumped([*QUESTION, RELATIVE]), "plom-json", 5, (Wanted("Question 1", "1-3 4-5", "L1|L2"),),
         zero="no answer given"),
    Good("Plom JSON with numbers as text", "r.json", dumped([absolute("1", "2", "één"), absolute("2", 2.0, "twee")]),
         "plom-json", 2, (Wanted("Question 1", "1-1 2-2", "L1|L2"),)),
    Good("Plom CSV", "rubrics.csv", PLOM_CSV.encode(), "plom-csv", 6, (Wanted("Question 1", "1-3 4-6", "L1|L2"),),
         ("1 neutral rubric is left out",), zero="naught", texts={"scale[0].level[1].summary": "half, or so"}),
]  # fmt: skip


def ora_with(**points: object) -> bytes:
    return dumped({"criteria": [ora_criterion("A", option(points["a"], "x"), option(points["b"], "y"))]})


LEVELS = "CFRubricCriteria[1].CFRubricCriterionLevels"

BROKEN = [
    Broken("CASE cut off", "r.json", dumped(case_rubric(FOCUS))[:-9], "line ", "not valid JSON"),
    Broken("CASE with half a mark", "r.json", dumped(case_rubric(case_criterion(1, "F", case_level(1, 2.5, "x")))),
           f"{LEVELS}[1].score", "2.5"),
    Broken("CASE without a score", "r.json", dumped(case_rubric(case_criterion(1, "F", case_level(1, None, "x")))),
           f"{LEVELS}[1].score", "no number"),
    Broken("CASE with true for a score", "r.json", dumped(case_rubric(case_criterion(1, "F", case_level(1, True, "x")))),
           f"{LEVELS}[1].score", "no number"),
    Broken("CASE with NaN", "r.json", dumped(case_rubric(case_criterion(1, "F", case_level(1, float("nan"), "x")))), "NaN",
           "no number"),
    Broken("CASE with a huge number", "r.json", dumped(case_rubric(case_criterion(1, "F", case_level(1, 10**30, "x")))),
           f"{LEVELS}[1].score", "no number of marks"),
    Broken("CASE with an exponent", "r.json", dumped(case_rubric(FOCUS)).replace(b"6.0", b"1e99999999999999999999"),
           f"{LEVELS}[3].score", "no number of marks"),
    Broken("CASE with a fraction for a weight", "r.json",
           dumped(case_rubric(case_criterion(1, "F", case_level(1, 2, "x"), weight=0.25))), "CFRubricCriteria[1].weight", "0.25"),
    Broken("CASE without criteria", "r.json", dumped(case_rubric()), "CFRubricCriteria", "no criteria"),
    Broken("CASE criterion without a name", "r.json", dumped(case_rubric(case_criterion(1, "", case_level(1, 2, "x")))),
           "CFRubricCriteria[1]", "neither 'category'"),
    Broken("CASE criterion without levels", "r.json", dumped(case_rubric(case_criterion(1, "F"))), "CFRubricCriteria[1]",
           "no levels"),
    Broken("CASE without rubrics", "r.json", dumped({"CFDocument": {}, "CFItems": []}), "CFRubrics", "no rubric"),
    Broken("CASE with a list for an object", "r.json", dumped({"CFRubrics": [[1]]}), "CFRubrics[1]", "an object"),
    Broken("CASE bands with a gap", "r.json",
           dumped(case_rubric(case_criterion(1, "F", case_level(1, 9, "a", "6-9: x"), case_level(2, 4, "b", "1-4: y")))),
           f"{LEVELS}[1]", "a gap below 6: no level has 5"),
    Broken("CASE with a key twice", "r.json", b'{"title": "a", "title": "b", "CFRubricCriteria": []}', "key 'title'", "twice"),
    Broken("ORA with the same points twice", "o.json", ora_with(a=2, b=2), "criteria[1].options[2]", "have 2 points"),
    Broken("ORA below zero", "o.json", ora_with(a=2, b=-1), "criteria[1].options[2].points", "never below 0"),
    Broken("ORA with words for points", "o.json", ora_with(a="lots", b=1), "criteria[1].options[1].points", "'lots'"),
    Broken("ORA with options that are text", "o.json", dumped({"criteria": [{"name": "A", "options": "x"}]}),
           "criteria[1].options", "a list"),
    Broken("ORA for comments only", "o.json", dumped({"criteria": [ora_criterion("A")]}), "criteria", "no criterion has options"),
    Broken("ORA without a name", "o.json", dumped({"criteria": [ora_criterion("", option(1, "x"))]}), "criteria[1]", "neither"),
    Broken("ORA XML without points", "o.xml", ORA_XML.replace(' points="5"', "").encode(), "line 17", "is missing"),
    Broken("ORA XML without a rubric", "o.xml", b"<openassessment>\n<title>x</title></openassessment>", "line 1", "no <rubric>"),
    Broken("ORA XML without a name", "o.xml", b"<rubric><criterion><option points='1'/></criterion></rubric>", "line 1",
           "no name"),
    Broken("ORA XML with an entity", "o.xml", b"<rubric>\n<criterion><name>&evil;</name></criterion></rubric>", "line 2",
           "not well-formed"),
    Broken("Plom with comments only", "r.toml", plom(RELATIVE, NEUTRAL), "rubric", "none is absolute"),
    Broken("Plom question without a maximum", "r.toml", plom(*QUESTION, {**RELATIVE, "question_index": 2}), "rubric[4]",
           "question 2 has no absolute"),
    Broken("Plom without its highest", "r.toml", plom(absolute(0, 5, "a"), absolute(3, 5, "b")), "rubric[1]", "gives 5 of 5"),
    Broken("Plom above the maximum", "r.toml", plom(absolute(6, 5, "a")), "rubric[1].value", "6 of 5"),
    Broken("Plom with half a mark", "r.toml", plom(absolute(2.5, 5, "a"), absolute(5, 5, "b")), "rubric[1].value", "2.5, and marks are whole"),
    Broken("Plom with a kind of its own", "r.toml", plom({**RELATIVE, "kind": "odd"}), "rubric[1].kind", "'odd'"),
    Broken("Plom that is no TOML", "r.toml", plom(*QUESTION) + b"[[rubric]\n", "line ", "not valid TOML"),
    Broken("Plom CSV above the maximum", "r.csv", b"kind,value,out_of,text\nabsolute,9,5,a\n", "row 2.value", "9 of 5"),
    Broken("Plom CSV without its heading", "r.csv", b"a,b\n1,2\n", "row 1", "no columns 'kind'", "plom-csv"),
]  # fmt: skip
