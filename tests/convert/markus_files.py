"""MarkUs's criteria in YAML, of today and of older versions, and in CSV; and broken ones."""

from tests.convert.cases import Broken, Good, Wanted

TODAY = """Focus:
  type: rubric
  max_mark: 8.0
  levels:
    Beginner:
      mark: 0.0
      description: Off the question.
    Capable:
      mark: 4.0
      description: On it in places.
    Accomplished:
      mark: 8.0
      description: On it all through.
  ta_visible: true
  peer_visible: false
Bibliography:
  type: flexible
  max_mark: 2.0
  description: Complete and in one style
Name on it:
  type: checkbox
  max_mark: 1.0
  description: A name.
"""
SYMBOLS = """---
Detail:
  type: rubric
  max_mark: 4.0
  levels:
    'No':
      :description: none at all
      :mark: 0.0
    Yes:
      :description: enough
      :mark: 4.0
"""
OLD = """cr30:
  max_mark: 8.0
  level_0: {name: "What?", description: Fail}
  level_1: {name: Hmm, description: Almost}
  level_2: {name: Average, description: Not bad}
  level_3: {name: Good, description: Fine}
  level_4: {name: Excellent, description: Impressive}
"""
OLD_MARKS = """Grammar:
    type: rubric
    max_mark: 6
    level_0: {name: Beginner, description: slips all over, mark: 0}
    level_1: {name: Middle, description: some, mark: 2}
    level_2: {name: Top, description: none, mark: 6}
"""
FOREIGN = """Évaluation critique:
  type: Rubric
  max_mark: 2
  levels:
    faible: {mark: 1, description: "peu d’analyse"}
    forte: {mark: 2, description: |
      deux lignes
      d’analyse
      }
""".replace("|\n      deux lignes\n      d’analyse\n      }", '"deux lignes"}')
BONUS = TODAY + "Extra:\n  type: flexible\n  max_mark: 5.0\n  bonus: true\n"
LARGE = "".join(
    f"Criterion {n}:\n  type: rubric\n  max_mark: 4.0\n  levels:\n"
    + "".join(f"    L{m}:\n      mark: {m}.0\n      description: {'text ' * 60}\n" for m in range(5))
    for n in range(1, 31)
)
CSV_OLD = "Design,2.0,Horrible,Poor,Satisfactory,Good,Excellent,bad,weak,fair,fine,superb\nTesting,1,A,B,C,D,E,,,,,\n"
CSV_NEW = 'Design,Poor,"weak, thin",1,Good,strong,3,None,,0\nÉtude,Bas,peu,2,Haut,plein,5\n'

GOOD = [
    Good("YAML", "criteria.yaml", TODAY.encode(), "markus-yaml", 11,
         (Wanted("Focus", "1-4 5-8", "Capable|Accomplished"), Wanted("Bibliography", "", max=2),
          Wanted("Name on it", "", max=1)),
         ("taken as the top of a band", "'Bibliography' has a maximum of 2", "'Name on it' is a tick",
          "that of 'Focus' is left out"), zero="Beginner",
         texts={"scale[0].level[0].summary": "On it all through.", "title": "criteria",
                "scale[1].item[0].text": "Complete and in one style", "scale[2].item[0].max": "1"}),
    Good("YAML with Ruby's symbols and a level called No", "c.yml", SYMBOLS.encode(), "markus-yaml", 4,
         (Wanted("Detail", "1-4", "Yes"),), zero="No"),
    Good("old YAML that divides the maximum", "c.yml", OLD.encode(), "markus-yaml", 8,
         (Wanted("cr30", "1-2 3-4 5-6 7-8", "Hmm|Average|Good|Excellent"),), ("divide the maximum",), zero="What?"),
    Good("old YAML with marks", "c.yml", OLD_MARKS.encode(), "markus-yaml", 6, (Wanted("Grammar", "1-2 3-6", "Middle|Top"),),
         zero="Beginner"),
    Good("YAML in French", "c.yml", FOREIGN.encode(), "markus-yaml", 2,
         (Wanted("Évaluation critique", "1-1 2-2", "faible|forte"),),
         texts={"scale[0].level[1].summary": "peu d’analyse"}),
    Good("YAML from Windows", "c.yml", b"\xef\xbb\xbf" + TODAY.replace("\n", "\r\n").encode(), "markus-yaml", 11,
         (Wanted("Focus", "1-4 5-8", "Capable|Accomplished"), Wanted("Bibliography", "", max=2),
          Wanted("Name on it", "", max=1)), zero="Beginner"),
    Good("YAML with a bonus", "c.yml", BONUS.encode(), "markus-yaml", 11,
         (Wanted("Focus", "1-4 5-8", "Capable|Accomplished"), Wanted("Bibliography", "", max=2),
          Wanted("Name on it", "", max=1)), ("'Extra' is a bonus",), zero="Beginner"),
    Good("YAML of thirty criteria", "c.yml", LARGE.encode(), "markus-yaml", 120,
         tuple(Wanted(f"Criterion {n}", "1-1 2-2 3-3 4-4", "L1|L2|L3|L4") for n in range(1, 31)), zero="L0"),
    Good("old CSV", "rubric.csv", CSV_OLD.encode(), "markus-csv", 12,
         (Wanted("Design", "1-2 3-4 5-6 7-8", "Poor|Satisfactory|Good|Excellent"),
          Wanted("Testing", "1-1 2-2 3-3 4-4", "B|C|D|E")),
         texts={"scale[0].level[0].summary": "superb"}),
    Good("CSV", "rubric.csv", CSV_NEW.encode(), "markus-csv", 8,
         (Wanted("Design", "1-1 2-3", "Poor|Good"), Wanted("Étude", "1-2 3-5", "Bas|Haut")), zero="None",
         texts={"scale[0].level[1].summary": "weak, thin"}),
]  # fmt: skip


def changed(old: str, new: str) -> bytes:
    assert old in TODAY
    return TODAY.replace(old, new, 1).encode()


BOMB = "a: &a [x, x]\nb:\n  max_mark: 1\n  levels: *a\n"

BROKEN = [
    Broken("an alias", "c.yml", BOMB.encode(), "line 4", "alias"),
    Broken("half a mark", "c.yml", changed("mark: 4.0", "mark: 4.5"), "'Focus'.levels.Capable.mark", "4.5, and marks are"),
    Broken("below zero", "c.yml", changed("mark: 4.0", "mark: -4"), "'Focus'.levels.Capable.mark", "never below 0"),
    Broken("no mark", "c.yml", changed("      mark: 4.0\n", ""), "'Focus'.levels.Capable.mark", "is missing"),
    Broken("two levels alike", "c.yml", changed("mark: 4.0", "mark: 8.0"), "'Focus'.levels.Accomplished", "have 8 points"),
    Broken("another maximum", "c.yml", changed("max_mark: 8.0", "max_mark: 9.0"), "'Focus'.max_mark", "highest level has 8"),
    Broken("no maximum", "c.yml", changed("  max_mark: 2.0\n", ""), "'Bibliography'.max_mark", "is missing"),
    Broken("a maximum of 0", "c.yml", changed("max_mark: 2.0", "max_mark: 0"), "'Bibliography'.max_mark", "is 0"),
    Broken("a type of its own", "c.yml", changed("type: flexible", "type: floating"), "'Bibliography'.type", "'floating'"),
    Broken("no levels", "c.yml", b"A:\n  type: rubric\n  max_mark: 3\n  levels: {}\n", "'A'.levels", "needs levels"),
    Broken("a level that is text", "c.yml", b"A:\n  max_mark: 3\n  levels:\n    x: 3\n", "'A'.levels.x", "an object"),
    Broken("a key twice", "c.yml", changed("Bibliography:", "Focus:"), "line 16", "'Focus' stands twice"),
    Broken("a tab", "c.yml", changed("  max_mark: 2.0", "\tmax_mark: 2.0"), "line ", "not valid YAML"),
    Broken("deep nesting", "c.yml", b"a:\n  max_mark: 1\n  levels: " + b"[" * 300, "line ", ""),
    Broken("old levels that don't divide", "c.yml", OLD.replace("8.0", "5.0").encode(), "'cr30'.max_mark", "can't be divided"),
    Broken("CSV with half a weight", "r.csv", CSV_OLD.replace("2.0", "2.7").encode(), "row 1", "2.7, and marks are whole"),
    Broken("CSV with a cell too few", "r.csv", b"Design,Poor,weak,1,Good,strong\n", "row 1", "go in threes", "markus-csv"),
    Broken("CSV with words for marks", "r.csv", b"Design,Poor,weak,few,Good,strong,many\n", "row 1", "'few'", "markus-csv"),
    Broken("CSV without a name", "r.csv", b",Poor,weak,1,Good,strong,3\n", "row 1", "first cell"),
]  # fmt: skip
