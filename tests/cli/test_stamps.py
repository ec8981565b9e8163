"""``markdesk stamps``, and stamps on the command line and the sheets: codes go by the scheme."""

from pathlib import Path

import pytest

from markdesk.bootstrap import own_stamps, stamp_sets
from markdesk.config.paths import config_folder
from markdesk.core.annotation import legend
from tests.cli.conftest import HOSTILE, Cli
from tests.kit import shipped_rubric

OCR = "ocr-h505-y1-essay-20"
OWN = """schema = "markdesk.stamps/1"
id = "ours"
title = "Department"
rubrics = ["ocr-h505-y1-essay-20"]

[[stamp]]
key = "q"
code = "SoW?"
meaning = "so what?"
tone = "weak"
strands = ["judgement"]
"""


def own(text: str = OWN, name: str = "ours") -> Path:
    own_stamps().mkdir(parents=True, exist_ok=True)
    path = own_stamps() / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ocr_essay(cli: Cli, essays: Path) -> str:
    """An essay under an OCR scheme."""
    assert cli("import", essays, "-a", "Henry VII", "--rubric", OCR, "--create-students").code == 0
    return "okafor"


def test_all_sets_are_listed_with_what_they_are_for(cli: Cli) -> None:
    own()
    rows = {line.split()[0]: line for line in cli("stamps", "list").out.splitlines()}
    assert "yours" in rows["ours"]
    assert OCR in rows["ours"]
    assert "the comment bank" in rows["literacy"]
    assert "any other scheme" in rows["neutral"]
    answer = cli("stamps", "list", "--json").json
    assert answer["usual"] == "neutral"
    assert [(s["id"], s["is_own"], s["is_added"]) for s in answer["sets"]] == [
        ("ours", True, False), ("aqa", False, False), ("literacy", False, True), ("neutral", False, False),
        ("ocr", False, False),
    ]  # fmt: skip


def test_a_set_of_hers_that_is_wrong_is_named_on_stderr(cli: Cli) -> None:
    own(OWN.replace('key = "q"', 'key = "Q"'))
    done = cli("stamps", "list")
    assert done.code == 0
    assert "Your stamps ours.toml aren't used: ours.toml:7: stamp[1].key" in done.err
    assert "ours" not in done.out
    assert cli("stamps", "list", "--json").json["problems"] == [done.err.strip()]


def test_the_stamps_of_a_set_and_of_a_scheme(cli: Cli) -> None:
    whole = cli("stamps", "show", "ocr")
    assert whole.out.startswith("ocr  After OCR's habits\n  The codes are from memory")
    assert "BP" in whole.out
    assert " P " in whole.out
    shown = cli("stamps", "show", "--rubric", OCR, "--json").json
    assert shown["set"]["id"] == "ocr"
    assert "P" not in [stamp["code"] for stamp in shown["stamps"]], "an essay has no sources"
    assert sum(stamp["in_legend"] for stamp in shown["stamps"]) == 12
    shown = cli("stamps", "show", "--rubric", "aqa-7042-nea-40", "--json").json
    in_legend = [stamp["code"] for stamp in shown["stamps"] if stamp["in_legend"]]
    scheme = shipped_rubric("aqa-7042-nea-40")
    assert in_legend == [stamp.code for stamp in legend(stamp_sets().for_scheme(scheme), scheme)]
    assert in_legend != [stamp["code"] for stamp in shown["stamps"]][:12], "each objective has its own"
    own()
    assert cli("stamps", "show", "--rubric", OCR, "--json").json["set"]["id"] == "ours"


def test_what_isn_t_there_is_refused(cli: Cli) -> None:
    done = cli("stamps", "show", "orc")
    assert (done.code, done.out) == (1, "")
    assert "No stamp set is called 'orc'. Did you mean 'ocr'?" in done.err
    assert cli("stamps", "show").code == 2
    assert cli("stamps", "show", "ocr", "--rubric", OCR).code == 2
    assert cli("stamps", "show", "--rubric", "nothing").code == 1
    assert cli("stamps", "show", HOSTILE).code == 1


def test_files_are_checked_line_by_line(cli: Cli, tmp_path: Path) -> None:
    good, bad = own(), tmp_path / "bad.toml"
    bad.write_text(OWN.replace("so what?", "so\\u001bwhat?").replace('tone = "weak"', 'tone = "loud"'))
    done = cli("stamps", "check", good, bad)
    assert done.code == 1
    assert "ours is sound, 1 stamps." in done.out or "ours is sound, 1 stamp." in done.out
    assert "bad.toml:9: stamp[1].meaning" in done.err
    assert "bad.toml:10: stamp[1].tone" in done.err
    files = cli("stamps", "check", good, bad, tmp_path / "none.toml", "--json").json["files"]
    assert [(file["ok"], file["id"], len(file["problems"])) for file in files] == [
        (True, "ours", 0), (False, None, 2), (False, None, 1),
    ]  # fmt: skip
    assert cli("stamps", "check", good).code == 0


def test_keys_show_the_set_that_is_set(cli: Cli) -> None:
    assert "The stamps of the set neutral" in cli("keys").out
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "config.toml").write_text('stamps = "ocr"\n')
    assert "KU" in cli("keys").out
    assert cli("keys", "--json").json["stamp_set"] == "ocr"
    assert "every scheme, by your setting" in cli("stamps", "list").out
    (config_folder() / "config.toml").write_text('stamps = "ocrr"\n')
    done = cli("keys")
    assert done.code == 0
    assert "The setting stamps names no set: 'ocrr'" in done.err


def test_annotating_takes_the_codes_of_the_scheme_s_set_and_the_literacy_codes(cli: Cli, ocr_essay: str) -> None:
    assert cli("annotate", ocr_essay, "--paragraph", "1", "--code", "ku").code == 0
    assert cli("annotate", ocr_essay, "--paragraph", "2", "--code", "SP").code == 0
    done = cli("annotate", ocr_essay, "--paragraph", "2", "--code", "NAR")
    assert done.code == 1
    assert "NAR isn't used in this scheme. It uses: KU, F, EXP" in done.err
    assert "No stamp has the code 'XX'" in cli("annotate", ocr_essay, "--paragraph", "2", "--code", "XX").err


def test_the_sheet_s_key_has_every_code_that_was_used_whichever_set_it_is_of(
    cli: Cli, ocr_essay: str, tmp_path: Path
) -> None:
    for code in ("SP", "KU"):
        assert cli("annotate", ocr_essay, "--paragraph", "1", "--code", code).code == 0
    assert cli("award", ocr_essay, "--scale", "main=11", "--finish").code == 0
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "config.toml").write_text('stamps = "neutral"\n')
    assert cli("annotate", ocr_essay, "--paragraph", "2", "--code", "K").code == 0
    assert cli("export", "sheets", "-a", "Henry", "--to", tmp_path / "sheets", "--format", "md").code == 0
    (sheet,) = (path for path in (tmp_path / "sheets").iterdir() if "okafor" in path.name.lower())
    text = sheet.read_text(encoding="utf-8")
    for said in ("accurate, relevant own knowledge", "spelling: check this word", "knowledge and understanding, used"):
        assert said in text
    places = [text.rindex(said) for said in ("accurate, relevant", "spelling: check", "knowledge and understanding")]
    assert places == sorted(places), "in the key the set in use comes first, then the added sets, then the others"


def test_exported_annotations_say_what_a_code_is_evidence_for_under_its_scheme(
    cli: Cli, ocr_essay: str, tmp_path: Path
) -> None:
    assert cli("annotate", ocr_essay, "--paragraph", "1", "--code", "KU").code == 0
    assert cli("export", "annotations", "-a", "Henry", "--to", tmp_path / "n.jsonld").code == 0
    text = (tmp_path / "n.jsonld").read_text(encoding="utf-8")
    assert '"AO1"' in text


def test_the_bank_lists_the_literacy_codes(cli: Cli, ocr_essay: str) -> None:
    shown = cli("bank", "show", ";np", "--json").json["comment"]
    assert (shown["stamps"], shown["text"], shown["origin"]) == (["//"], "Begin a new paragraph here.", "shipped")
