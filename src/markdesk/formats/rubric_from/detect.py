"""Which format a file has, by what is in it. Its name decides nothing."""

import json
import re
from typing import Any

from markdesk.core.errors import EssayUnreadable, RubricInvalid
from markdesk.core.rubric import SCHEMA
from markdesk.formats.files import decode, sniff
from markdesk.formats.rubric_from.draft import refuse

_BACKUP = "It looks like a backup of Moodle: unpack it, and convert activities/…/grading.xml in it."
_ROOT = re.compile(
    r"(?:\s|<\?.{0,500}?\?>|<!--.{0,5000}?-->|<!DOCTYPE[^\[>]{0,500}(?:\[.{0,5000}?\]\s*)?>)*<([\w:.-]+)", re.S | re.I
)
_TABLE = re.compile(r"<table\b", re.I)
_OURS = re.compile(rf"""(?m)^\s{{0,20}}schema\s{{0,20}}=\s{{0,20}}["']{re.escape(SCHEMA)}["']""")
_PLOM_TABLE = re.compile(r"(?m)^[ \t]{0,20}\[\[rubric\]\]")
_CSV_LINE = re.compile(r"[^\n]{0,2000}?[,;\t]")


def detect(data: bytes) -> str:
    """The format's name; empty where no reader knows it. Raises RubricInvalid for what is known and isn't read."""
    if data.startswith(b"\x1f\x8b"):
        refuse("", "it is a packed archive.", _BACKUP)
    try:
        kind = sniff(data, "")
    except EssayUnreadable as error:
        raise RubricInvalid("it is empty.") from error
    if kind == "docx":
        return "docx"
    if kind == "zip":
        refuse("", "it is a packed archive.", _BACKUP)
    if kind not in ("txt", "md", "html", "xml", "gdoc", "table"):
        return ""
    text = decode(data).text.lstrip("\ufeff")
    opening = text.lstrip()
    if opening.startswith("<"):
        return _by_tag(opening)
    if opening.startswith(("{", "[")):
        # A TOML file may begin with a table's name in brackets.
        return _by_json(text) or _by_toml(text)
    return _by_toml(text) or _by_table(data) or _by_yaml(text) or ("html" if _TABLE.search(text) else "")


def _by_tag(text: str) -> str:
    found = _ROOT.match(text)
    root = found[1].lower() if found else ""
    if root in ("areas", "area", "definitions", "definition"):
        return "moodle-xml"
    if root in ("openassessment", "rubric"):
        return "ora-xml"
    return "html" if _TABLE.search(text) else ""


def _by_json(text: str) -> str:
    from markdesk.formats.rubric_from.case_json import is_case
    from markdesk.formats.rubric_from.ora import is_ora
    from markdesk.formats.rubric_from.plom import is_plom

    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        # Broken JSON still shows whose it is, so that its reader can name the line.
        return next((name for word, name in (("CFRubric", "case-json"), ('"options"', "ora-json"),
                                             ('"out_of"', "plom-json")) if word in text), "")  # fmt: skip
    for is_it, name in ((is_case, "case-json"), (is_ora, "ora-json"), (is_plom, "plom-json")):
        if is_it(value):
            return name
    return ""


def _by_toml(text: str) -> str:
    # Looked at, not parsed: a key of a million dots holds the parser up, and the child process has a clock.
    if _OURS.search(text):
        refuse("", "it is a mark scheme of markdesk already.", "'markdesk rubric check' says whether it is sound.")
    return "plom-toml" if _PLOM_TABLE.search(text) else ""


def _by_table(data: bytes) -> str:
    from markdesk.formats.rubric_from.canvas_csv import is_canvas
    from markdesk.formats.rubric_from.csv_rows import read_rows
    from markdesk.formats.rubric_from.markus import is_markus_csv
    from markdesk.formats.rubric_from.plom import is_plom_csv

    text = decode(data).text
    head = text[:2000].casefold()
    if "rubric name" in head or ("criteria name" in head and "rating" in head):
        return "canvas-csv"
    if not _CSV_LINE.match(text):
        return ""
    try:
        rows = read_rows(data)
    except RubricInvalid:
        return ""
    if is_canvas(rows):
        return "canvas-csv"
    if is_plom_csv(rows):
        return "plom-csv"
    return "markus-csv" if is_markus_csv(rows) else ""


def _by_yaml(text: str) -> str:
    # Looked at, not parsed, as above.
    return (
        "markus-yaml" if re.search(r"(?m)^[^\s#].*:\s*$", text) and re.search(r"\b(?:max_mark|levels)\b", text) else ""
    )
