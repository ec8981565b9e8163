"""The shape of every ``--json`` answer, key by key and type by type: programs that read it rely on it."""

import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ESSAY, QUESTION, RUBRIC, Cli
from tests.scanned import JPEG, a_pdf

TEXT, NUMBER, YES_NO = str, int, bool
MAYBE_TEXT, MAYBE_NUMBER = (str, type(None)), (int, type(None))
MARK = (int, str, type(None))
"""A number, null, or "NR"."""


class Free(dict[str, Any]):
    """An object whose keys are data: every value has this shape."""


AWARD = {
    "scale": TEXT, "level": MAYBE_NUMBER, "mark": MARK, "max": NUMBER, "tentative": YES_NO,
    "strands": Free(of={"level": NUMBER, "security": NUMBER}), "points": Free(of=NUMBER),
}  # fmt: skip
STUDENT = {
    "id": TEXT, "name": TEXT, "given_name": TEXT, "family_name": TEXT, "candidate_number": TEXT, "groups": [TEXT],
}  # fmt: skip
PERSON = {**STUDENT, "tutor_group": TEXT, "has_access_arrangements": YES_NO, "ids": Free(of=TEXT)}
FIGURE = (float, type(None))
LISTED = {**STUDENT, "admission_number": TEXT, "tutor_group": TEXT, "has_access_arrangements": YES_NO}
IN_GROUP = {"id": TEXT, "name": TEXT, "group": TEXT}
TAKEN = {
    "script": MAYBE_TEXT, "short_id": MAYBE_TEXT, "student": TEXT, "student_id": MAYBE_TEXT, "is_new_student": YES_NO,
    "file": TEXT, "version": NUMBER, "question": MAYBE_TEXT, "paragraphs": [TEXT], "words": NUMBER, "removed": [TEXT],
    "notes": [TEXT], "badge": TEXT, "why": TEXT,
}  # fmt: skip
STAMP_SET = {
    "id": TEXT, "title": TEXT, "is_own": YES_NO, "boards": list, "rubrics": list, "is_added": YES_NO, "basis": TEXT,
}  # fmt: skip
TURNED = {"file": TEXT, "reason": TEXT}
IMPORT = {
    "dry_run": YES_NO, "assignment": {"id": MAYBE_TEXT, "name": TEXT, "question": TEXT, "is_new": YES_NO},
    "imported": [TAKEN], "unchanged": [TAKEN], "refused": [TURNED], "unmatched": [TURNED], "skipped": [TURNED],
}  # fmt: skip
SCRIPT = {
    "script": TEXT, "short_id": TEXT, "words": MAYBE_NUMBER, "version": NUMBER, "status": MAYBE_TEXT, "total": MARK,
    "max": MAYBE_NUMBER,
}  # fmt: skip
MARKING = {
    "script": TEXT, "short_id": TEXT, "assignment": TEXT, "assignment_id": TEXT, "question": TEXT, "set_on": TEXT,
    "rubric": TEXT, "rubric_version": TEXT, "marker": TEXT, "status": TEXT, "total": MARK, "max": NUMBER,
    "awards": [AWARD], "caps": Free(of=YES_NO), "last_target": MAYBE_TEXT, "annotations": NUMBER,
    "codes": Free(of=NUMBER), "words": MAYBE_NUMBER, "started_at": TEXT, "comments": Free(of=TEXT), "questions": [TEXT],
    "completed_at": MAYBE_TEXT, "www": [TEXT], "ebi": MAYBE_TEXT, "target": MAYBE_TEXT, "task": MAYBE_TEXT,
    "comment": MAYBE_TEXT, "task_done": MAYBE_TEXT, "task_done_at": MAYBE_TEXT,
}  # fmt: skip
PAGES = {"first": NUMBER, "last": NUMBER}
SCANNED = {
    "script": TEXT, "short_id": TEXT, "student": TEXT, "pages": NUMBER,
    "scans": [{
        "number": NUMBER, "file": MAYBE_TEXT, "pages": NUMBER, "first_page": MAYBE_NUMBER, "last_page": MAYBE_NUMBER,
    }],
}  # fmt: skip
VERSION = {"id": TEXT, "version": TEXT, "hash": TEXT}
GIVEN = (dict, type(None))
SHAPES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "award": (("award", "okafor", "--scale", "main=17"), {
        "script": TEXT, "short_id": TEXT, "student": TEXT, "assignment": TEXT, "status": TEXT, "total": MARK,
        "max": NUMBER, "awards": [AWARD], "saved": [TEXT],
    }),
    "annotate": (("annotate", "okafor", "--quote", "took [eight] years", "--code", "E"), {
        "script": TEXT, "short_id": TEXT, "annotation": {
            "id": TEXT, "paragraph": NUMBER, "page": MAYBE_NUMBER, "start": NUMBER, "end": NUMBER, "quote": TEXT,
            "code": MAYBE_TEXT, "comment": MAYBE_TEXT, "for_class": YES_NO,
        },
    }),
    "review-student": (("review", "student", "okafor"), {
        "student": STUDENT, "markings": [MARKING], "hidden": NUMBER,
        "trend": {"count": NUMBER, "up": NUMBER, "down": NUMBER, "same": NUMBER, "words": TEXT},
        "recurring": [{"code": MAYBE_TEXT, "words": TEXT, "essays": NUMBER, "of": NUMBER}],
        "redrafts": [{"script": TEXT, "short_id": TEXT, "earlier": [MARK], "is_judged": YES_NO}],
        "grades": [{"kind": TEXT, "day": TEXT, "grade": TEXT}],
        "owed": [{"assignment": TEXT, "assignment_id": TEXT, "set_on": TEXT, "why": MAYBE_TEXT}],
    }),
    "export-sheets": (("export", "sheets", "-a", "Henry", "--to", "sheets", "--format", "md"), {
        "sheets": [{"script": TEXT, "short_id": TEXT, "student": TEXT, "file": TEXT}],
        "left_out": [{"script": TEXT, "short_id": TEXT, "student": TEXT, "reason": TEXT}],
    }),
    "export-marks": (("export", "marks", "-a", "Henry", "--format", "json"), {
        "assignment": {
            "id": TEXT, "name": TEXT, "question": TEXT, "group": MAYBE_TEXT, "set_on": TEXT, "kind": TEXT,
            "paper": MAYBE_TEXT,
        },
        "rubric": {"id": TEXT, "version": TEXT, "max_mark": NUMBER, "title": TEXT, "board": TEXT, "spec": TEXT},
        "marker": TEXT, "boundaries": GIVEN, "not_handed_in": [{"student": LISTED, "why": MAYBE_TEXT}],
        "statistics": {
            "n": NUMBER, "mean": FIGURE, "median": FIGURE, "sd": FIGURE, "lowest": MAYBE_NUMBER,
            "highest": MAYBE_NUMBER, "not_finished": NUMBER, "no_response": NUMBER, "without_mark": NUMBER,
            "not_handed_in": NUMBER,
            "levels": [{"scale": TEXT, "counts": Free(of=NUMBER), "no_response": NUMBER, "without_mark": NUMBER}],
            "strands": [{"scale": TEXT, "strand": TEXT, "name": TEXT, "n": NUMBER, "mean_level": float}],
            "weakest": [{"scale": TEXT, "strand": TEXT}],
        },
        "marks": [{
            "script": TEXT, "short_id": TEXT, "student": LISTED, "rubric_version": TEXT, "status": MAYBE_TEXT,
            "total": MARK, "max": NUMBER, "percent": FIGURE, "awards": [AWARD],
            "www": [TEXT], "ebi": MAYBE_TEXT, "target": MAYBE_TEXT, "task": MAYBE_TEXT, "words": MAYBE_NUMBER,
            "marker": MAYBE_TEXT, "completed_at": MAYBE_TEXT,
        }],
    }),
    "student-list": (("student", "list"), {"students": [PERSON]}),
    "student-add": (("student", "add", "Kim Lee", "--group", "13H"), {"student": PERSON}),
    "student-rename": (("student", "rename", "okafor", "--given", "Ama"), {"student": PERSON}),
    "student-edit": (("student", "edit", "okafor", "--tutor", "13B"), {"student": PERSON}),
    "student-merge": (("student", "merge", "Zoe Ray", "hartley", "--dry-run"), {
        "dry_run": YES_NO, "student": PERSON, "merged": TEXT, "scripts": [TEXT], "notes": [TEXT],
    }),
    "student-import": (("student", "import", "list.csv", "--group", "13H", "--leave", "--dry-run"), {
        "dry_run": YES_NO, "kind": TEXT, "groups": [TEXT],
        "columns": [{"keeps": TEXT, "header": TEXT, "doubt": TEXT}], "not_kept": [TEXT],
        "rows": [{
            "row": NUMBER, "name": TEXT, "fate": TEXT, "student": {**PERSON, "id": MAYBE_TEXT}, "why": TEXT,
            "changes": [{"field": TEXT, "before": TEXT, "after": TEXT}], "joins": [TEXT], "note": TEXT,
            "proposals": [{"id": TEXT, "name": TEXT}],
        }],
        "left_out": [{"row": NUMBER, "why": TEXT}], "missing": [IN_GROUP], "leaving": [IN_GROUP], "notes": [TEXT],
    }),
    "student-show": (("student", "show", "okafor"), {
        "student": PERSON, "scripts": [{**SCRIPT, "assignment": TEXT}], "hidden": NUMBER,
    }),
    "assignment-list": (("assignment", "list"), {"assignments": [{
        "id": TEXT, "name": TEXT, "question": TEXT, "group": MAYBE_TEXT, "kind": TEXT, "rubric": TEXT, "set_on": TEXT,
        "scripts": NUMBER, "complete": NUMBER, "in_progress": NUMBER, "drafts": NUMBER,
    }]}),
    "assignment-show": (("assignment", "show", "Henry"), {
        "assignment": {
            "id": TEXT, "name": TEXT, "question": TEXT, "group": MAYBE_TEXT, "kind": TEXT, "rubric": TEXT,
            "rubric_version": TEXT, "set_on": TEXT,
        },
        "scripts": [{**SCRIPT, "student": TEXT, "rubric_version": TEXT, "awards": [AWARD]}],
    }),
    "assignment-scheme": (("assignment", "scheme", "Henry", "--to", "edexcel-9hi0-essay-20", "--dry-run"), {
        "dry_run": YES_NO, "changed": YES_NO, "assignment": {"id": TEXT, "name": TEXT}, "old": VERSION, "new": VERSION,
        "change": TEXT,
        "scripts": [{
            "script": TEXT, "short_id": TEXT, "student": TEXT, "outcome": TEXT, "idle_stamps": NUMBER,
            "look_again": [{"scale": MAYBE_TEXT, "fate": TEXT, "why": TEXT, "before": GIVEN, "after": GIVEN}],
        }],
        "others": [{"marker": TEXT, "markings": NUMBER}],
    }),
    "assignment-queue": (("assignment", "queue", "Henry"), {
        "assignment": {"id": TEXT, "name": TEXT, "is_anonymous": YES_NO}, "order": TEXT, "scale": MAYBE_TEXT,
        "scripts": [{
            "position": NUMBER, "script": TEXT, "short_id": TEXT, "student": TEXT, "words": MAYBE_NUMBER,
            "status": MAYBE_TEXT, "look_again": YES_NO, "total": MARK, "max": NUMBER, "is_flagged": YES_NO,
            "heap": MAYBE_TEXT, "minutes": MAYBE_NUMBER,
        }],
        "missing": [{"student": TEXT, "why": MAYBE_TEXT}],
    }),
    "assignment-note": (("assignment", "note", "okafor", "--flag"), {
        "script": TEXT, "short_id": TEXT, "student": TEXT, "is_flagged": YES_NO, "heap": MAYBE_TEXT,
    }),
    "assignment-correct": (("assignment", "correct", "Henry", "--set-on", "2026-09-11"), {
        "assignment": {"id": TEXT, "name": TEXT, "question": TEXT, "set_on": TEXT}, "changed": YES_NO,
    }),
    "assignment-names": (("assignment", "names", "Henry", "--hide"), {
        "assignment": {"id": TEXT, "name": TEXT, "is_anonymous": YES_NO}, "changed": YES_NO,
    }),
    "assignment-absent": (("assignment", "absent", "Henry", "ray", "--late"), {
        "assignment": {"id": TEXT, "name": TEXT}, "student": TEXT, "student_id": TEXT, "why": MAYBE_TEXT,
    }),
    "assignment-tasks": (("assignment", "tasks", "Henry"), {
        "assignment": {"id": TEXT, "name": TEXT}, "returned": NUMBER, "responded": NUMBER, "checked": NUMBER,
        "tasks": [{
            "script": TEXT, "short_id": TEXT, "student": TEXT, "task": TEXT, "is_target": YES_NO, "done": MAYBE_TEXT,
            "done_at": MAYBE_TEXT, "has_newer_text": YES_NO,
        }],
    }),
    "assignment-return": (("assignment", "return", "Henry"), {
        "assignment": {"id": TEXT, "name": TEXT},
        "returned": [{"script": TEXT, "short_id": TEXT, "student": TEXT, "total": MARK, "max": NUMBER}],
        "unchanged": [dict], "left_out": [{"script": TEXT, "short_id": TEXT, "student": TEXT, "reason": TEXT}],
    }),
    "assignment-reopen": (("assignment", "reopen", "Henry", "--student", "okafor"), {
        "assignment": {"id": TEXT, "name": TEXT}, "script": TEXT, "short_id": TEXT, "student": TEXT,
        "status": MAYBE_TEXT, "reopened": YES_NO,
    }),
    "data-info": (("data", "info"), {
        "path": TEXT, "size": NUMBER, "schema_version": NUMBER, "sqlite_version": TEXT, "uuid": TEXT,
        "read_only": YES_NO, "counts": Free(of=NUMBER),
    }),
    "data-verify": (("data", "verify"), {"ok": YES_NO, "changes": NUMBER, "problems": [TEXT]}),
    "data-backup": (("data", "backup", "--to", "copy.db"), {"path": TEXT, "size": NUMBER}),
    "keys": (("keys",), {
        "preset": MAYBE_TEXT, "file": TEXT, "bindings": [{"screen": TEXT, "key": TEXT, "does": TEXT, "ids": [TEXT]}],
        "stamp_set": TEXT, "stamps": [{"key": TEXT, "code": TEXT, "meaning": TEXT}],
    }),
    "stamps-list": (("stamps", "list"), {"sets": [{**STAMP_SET, "stamps": NUMBER}], "usual": TEXT, "problems": list}),
    "stamps-show": (("stamps", "show", "--rubric", RUBRIC), {
        "set": STAMP_SET,
        "stamps": [{
            "key": TEXT, "code": TEXT, "meaning": TEXT, "tone": TEXT, "strands": list, "aos": list, "like": list,
            "short": MAYBE_TEXT, "in_legend": YES_NO,
        }],
    }),
    "scan-add": (("scan", "add", "other/ray", "scan.pdf"), {**SCANNED, "added": NUMBER}),
    "scan-list": (("scan", "list", "-a", "Other"), {"assignment": {"id": TEXT, "name": TEXT}, "scripts": [SCANNED]}),
    "scan-remove": (("scan", "remove", "other/ray", "2"), SCANNED),
    "scan-split": (("scan", "split", "scan.pdf", "-a", "Other", "--dry-run"), {
        "dry_run": YES_NO, "changed": YES_NO, "assignment": {"id": TEXT, "name": TEXT}, "file": TEXT, "pages": NUMBER,
        "scripts": [{
            "student": TEXT, "script": MAYBE_TEXT, "short_id": MAYBE_TEXT, "pages": [PAGES], "had": [PAGES],
        }],
        "left_out": [TEXT], "without_script": [TEXT], "unused": [PAGES],
    }),
    "config-path": (("config", "path"), {
        "settings": TEXT, "keymap": TEXT, "rubrics": TEXT, "stamps": TEXT, "papers": TEXT, "qualifications": TEXT,
        "boundaries": TEXT, "data": TEXT, "desk": TEXT,
    }),
    "config-show": (("config", "show"), {"settings": [{"name": TEXT, "value": TEXT, "from": TEXT}]}),
}  # fmt: skip


def differences(found: Any, shape: Any, place: str = "") -> list[str]:
    """Where an answer isn't of its shape; a list must have something in it, or nothing was looked at."""
    if isinstance(shape, Free):
        if not isinstance(found, dict):
            return [f"{place} is no object"]
        return [told for key, value in found.items() for told in differences(value, shape["of"], f"{place}.{key}")]
    if isinstance(shape, Mapping):
        if not isinstance(found, dict) or set(found) != set(shape):
            return [f"{place}: {sorted(found)}, not {sorted(shape)}"]
        return [told for key in shape for told in differences(found[key], shape[key], f"{place}.{key}")]
    if isinstance(shape, list):
        if not isinstance(found, list):
            return [f"{place} is no list"]
        return [told for at, one in enumerate(found) for told in differences(one, shape[0], f"{place}[{at}]")]
    kinds = shape if isinstance(shape, tuple) else (shape,)
    return [] if type(found) in kinds else [f"{place}: {found!r}"]


@pytest.fixture
def busy(cli: Cli, imported: Path, db: Path, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk on which every list has something in it."""
    (tmp_path / "names.txt").write_text("Zoe Ray")  # in the class, and without a script of Henry VII
    (tmp_path / "list.csv").write_text("Forename,Surname,Candidate No,UPN\nAmara,Okafor,123,x\nKim,Lee,,\nTotal,,,\n")
    (tmp_path / "scan.pdf").write_bytes(a_pdf(2))
    (tmp_path / "last.jpg").write_bytes(JPEG)
    if not (filled / "busy.db").exists():
        fill_lists(cli, tmp_path)
        shutil.copy(db, filled / "busy.db")
    shutil.copy(filled / "busy.db", db)
    monkeypatch.chdir(tmp_path)
    return imported


def fill_lists(cli: Cli, folder: Path) -> None:
    lines = ("--www", "a", "--ebi", "b", "--target", "c", "--task", "d", "--comment", "e")
    assert cli("award", "okafor", "--scale", "main=16", *lines, "--finish").code == 0
    assert cli("annotate", "okafor", "--paragraph", "2", "--code", "E").code == 0
    assert cli("award", "hartley", "--scale", "main=NR").code == 0
    other = ("-a", "Other", "--rubric", RUBRIC, "--group", "13H", "--names", folder / "names.txt")
    assert cli("paper", *other).code == 0
    assert cli("scan", "add", "other/ray", folder / "scan.pdf", folder / "last.jpg").code == 0


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(cli: Cli, busy: Path, name: str) -> None:
    argv, shape = SHAPES[name]
    if name == "assignment-tasks":
        assert cli("assignment", "return", "Henry").code == 0
    done = cli(*argv, *(() if "json" in argv else ("--json",)))
    assert done.code == 0, done.err
    assert differences(done.json, {"schema": TEXT, **shape}) == []
    assert done.json["schema"] == f"markdesk/{name}/1"
    if name == "review-student":
        assert (done.json["markings"][0]["status"], done.json["markings"][0]["total"]) == ("complete", 16)
        assert done.json["markings"][0]["codes"] == {"E": 1}
    if name == "assignment-tasks":
        assert (len(done.json["tasks"]), done.json["returned"]) == (1, 1)
    if name == "assignment-queue":
        assert (len(done.json["scripts"]), len(done.json["missing"])) == (2, 1)
    if name == "assignment-show":
        assert {script["total"] for script in done.json["scripts"]} == {16, "NR"}


def test_the_shape_of_a_marking_that_is_only_begun(cli: Cli, imported: Path) -> None:
    cli("annotate", "okafor", "--paragraph", "1", "--code", "E")
    (marking,) = cli("review", "student", "okafor", "--json").json["markings"]
    assert differences(marking, MARKING) == []
    assert (marking["status"], marking["total"], marking["completed_at"]) == ("in_progress", None, None)
    assert [(award["level"], award["mark"]) for award in marking["awards"]] == [(None, None)]


def test_the_shape_of_an_import(cli: Cli, busy: Path) -> None:
    (busy / "Okafor Amara.txt").write_text(f"{QUESTION}\n\n{ESSAY}\n\nMore.")
    (busy / "Raman Dev.txt").write_text("")
    (busy / "essay.txt").write_text("Whose?")
    (busy / "marks.xls").write_text("x")
    done = cli("import", busy, "-a", "Henry VII", "--json")
    assert (done.code, done.json["schema"]) == (1, "markdesk/import/1")
    assert differences(done.json, {"schema": TEXT, **IMPORT}) == []
    lists = ("imported", "unchanged", "refused", "unmatched", "skipped")
    assert [len(done.json[name]) for name in lists] == [1, 1, 1, 1, 1]
    assert "\n\n".join(done.json["imported"][0]["paragraphs"]).endswith(f"{ESSAY}\n\nMore.")
    refused = cli("import", busy, "-a", "Nothing", "--rubric", "none", "--json")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    shape = {key: IMPORT[key] for key in ("imported", "unchanged", "refused", "unmatched")}
    assert differences(refused.json, {"schema": TEXT, **shape}) == []
    assert refused.json["refused"][0]["reason"] == refused.err.strip()
    dry = cli("import", busy, "-a", "New", "--rubric", RUBRIC, "--dry-run", "--json")
    assert differences(dry.json, {"schema": TEXT, **IMPORT}) == []
    assert {taken["script"] for taken in dry.json["imported"]} == {None}


def test_the_shape_of_annotations(cli: Cli, busy: Path, tmp_path: Path) -> None:
    cli("annotate", "okafor", "--quote", "took [eight] years", "--comment", "Good.", "--code", "E")
    cli("annotate", "okafor", "--quote", "to a large extent", "--comment", "How far?")
    (busy / "Okafor Amara.txt").write_text(ESSAY.replace("to a large extent", "very much so"))
    assert cli("import", busy, "-a", "Henry VII").code == 0
    assert cli("export", "annotations", "-a", "Henry", "--to", "n.jsonld").code == 0
    found = json.loads((tmp_path / "n.jsonld").read_text())
    assert list(found) == ["@context", "id", "type", "label", "total", "first", "items"]
    assert (found["@context"], found["type"], found["total"]) == (
        "http://www.w3.org/ns/anno.jsonld", "AnnotationCollection", 3,
    )  # fmt: skip
    placed = {
        "type": TEXT, "source": TEXT, "digest": TEXT, "schema:sha256": TEXT,
        "selector": [{"type": TEXT}],
    }  # fmt: skip
    for item in found["items"]:
        creator = {"id": TEXT, "type": TEXT, "name": TEXT}
        shape = {
            "id": TEXT, "type": TEXT, "motivation": TEXT, "creator": creator, "created": TEXT, "modified": TEXT,
        }  # fmt: skip
        assert differences({key: item[key] for key in shape}, shape) == []
        assert list(item) == [*shape, "body", "target"]
        assert list(item["target"]) in (list(placed), list(placed)[:-1])
        for body in item["body"]:
            assert body["type"] == "TextualBody"
            assert set(body) - {"format"} == {"type", "value", "purpose"}
        for selector in item["target"].get("selector", ()):
            keys = {
                "TextPositionSelector": {"type", "start", "end"},
                "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
            }
            assert set(selector) == keys[selector["type"]]
    assert ["selector" in item["target"] for item in found["items"]].count(False) == 1


def test_the_shape_of_a_scheme(cli: Cli) -> None:
    """What is promised is there; a scheme may tell more."""
    for rubric_id in [one["id"] for one in cli("rubric", "list", "--json").json["rubrics"]]:
        found = cli("rubric", "show", rubric_id, "--json").json
        assert found["schema"] == "markdesk/rubric-show/1"
        promised = {
            "id": TEXT, "version": TEXT, "board": TEXT, "status": TEXT, "max_mark": NUMBER, "scoring": TEXT,
            "provenance": Free(of=(str, list, bool, type(None))), "scales": [dict], "caps": [dict], "penalties": [dict],
            "flags": [dict],
        }  # fmt: skip
        assert differences({key: found[key] for key in promised}, promised) == []
        for scale in found["scales"]:
            keys = {"id": TEXT, "title": TEXT, "part": TEXT, "aos": [TEXT], "max": NUMBER, "kind": TEXT}
            assert differences({key: scale[key] for key in keys}, keys) == []
            for level in scale["levels"]:
                told = {"n": NUMBER, "min": NUMBER, "max": NUMBER, "summary": TEXT, "strands": Free(of=TEXT)}
                assert differences({key: level[key] for key in told}, told) == []
            assert [level["n"] for level in scale["levels"]] == list(range(1, len(scale["levels"]) + 1))


NAMES = (
    ("student", "show", "okafor"), ("student", "list", "--group", "13h"), ("assignment", "show", "henry"),
    ("review", "student", "okafor"), ("award", "okafor", "--scale", "main=3"), ("export", "marks", "-a", "henry"),
    ("annotate", "okafor", "--quote", "took [eight] years", "--comment", "x"),
    ("export", "sheets", "-a", "henry", "--format", "md"),
    ("annotate", "okafor", "--paragraph", "1", "--comment", "x"), ("export", "annotations", "-a", "henry"),
    ("award", "okafor", "--www", "x"), ("award", "okafor", "--ebi", "x"), ("award", "okafor", "--target", "x"),
    ("award", "okafor", "--task", "x"), ("award", "okafor", "--comment", "x"), ("config", "show", "--marker", "x"),
    ("award", "okafor", "--scale", "main=3", "--marker", "Ms Lee"), ("assignment", "return", "henry"),
    ("assignment", "reopen", "henry", "--student", "okafor"), ("assignment", "queue", "henry"),
    ("assignment", "names", "henry", "--hide"), ("assignment", "note", "okafor", "--flag"),
    ("assignment", "gives-back", "henry", "--returns", "level"), ("assignment", "correct", "henry", "--question", "x"),
    ("assignment", "tasks", "henry"), ("scan", "list", "-a", "henry"),
)  # fmt: skip
WHERE = {
    "student show": 2, "student list": 3, "assignment show": 2, "assignment return": 2, "assignment reopen": 2,
    "assignment queue": 2, "assignment names": 2, "assignment note": 2, "assignment tasks": 2,
    "assignment gives-back": 2, "assignment correct": 2,
    "review student": 2, "export marks": 3, "scan list": 3,
    "export sheets": 3, "export annotations": 3, "config show": 3,
}  # fmt: skip


@pytest.mark.parametrize("argv", NAMES, ids=" ".join)
def test_wherever_a_name_or_a_text_is_taken_a_file_or_standard_input_does(
    cli: Cli, imported: Path, tmp_path: Path, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("award", "okafor", "--scale", "main=3", "--finish")
    at = WHERE.get(" ".join(argv[:2]))
    places = [at] if at else [1, len(argv) - 1] if argv[-2] != "--scale" else [1]
    for place in places:
        (tmp_path / "said.txt").write_text(argv[place])
        for word in (f"@{tmp_path / 'said.txt'}", "-"):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(argv[place].encode())))
            to = ("--to", tmp_path / f"out-{place}-{len(word)}") if argv[0] == "export" and argv[1] != "marks" else ()
            done = cli(*argv[:place], word, *argv[place + 1 :], *to)
            assert done.code == 0, done.err
            if argv[0] == "config":
                assert done.out.splitlines()[1].split() == ["marker", "x", "--marker"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    twice = cli("award", "-", "--comment", "-")
    assert (twice.code, "can be given once" in twice.err) == (2, True)


def test_an_import_takes_its_names_from_files(cli: Cli, imported: Path, tmp_path: Path) -> None:
    for option, text in (("-a", "Two"), ("--group", "12C"), ("--student", "Zoe Ray"), ("--question", "Why?\nHow?")):
        (tmp_path / f"{option}.txt").write_text(text)
    named = [
        word
        for option in ("-a", "--group", "--student", "--question")
        for word in (option, f"@{tmp_path}/{option}.txt")
    ]
    done = cli("import", imported / "hartley-ben.md", *named, "--rubric", RUBRIC, "--json")
    assert (done.code, done.json["assignment"]["name"], done.json["assignment"]["question"]) == (0, "Two", "Why?\nHow?")
    assert done.json["imported"][0]["student"] == "Zoe Ray"
