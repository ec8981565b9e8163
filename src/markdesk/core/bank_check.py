"""A file of comments as parsed data: every key it may have, and all that is wrong with one.

What is in a comment is text and nothing else: marks of HTML, Markdown or a spreadsheet stay as they were typed, since
nothing ever reads them as such. Characters that can't be seen are refused, for in a comment nobody means them.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markdesk.core.annotation import StampSet
from markdesk.core.bank import LONGEST, MOST_LEVEL, SHIPPED, BankComment, BankField, Origin, code_key, text_key
from markdesk.core.canonical import canonical_json
from markdesk.core.file_keys import ID, Key, Kind, Pattern, Tables, choice, must, number, table, tables, text
from markdesk.core.plain import is_plain, show
from markdesk.core.rubric import Rubric
from markdesk.core.toml_reader import Path, Problem, Reader

SCHEMA = "markdesk.bank/1"
MOST_COMMENTS = 10_000

CODE = Pattern(r"([A-Za-z0-9][A-Za-z0-9-]{0,11})?", "up to 12 letters, digits and hyphens")
_SCOPE: dict[str, Key] = {
    "field": choice("What it is written into.", '"annotation"', *BankField),
    "stamps": Key(Kind.TEXTS, "Codes of the stamps that it goes with.", default="any"),
    "strands": Key(Kind.TEXTS, "Ids of the strands, or scales, that it is about.", default="any"),
    "aos": Key(Kind.TEXTS, "The objectives that it is about.", default="any"),
    "rubrics": Key(Kind.TEXTS, "Ids of the mark schemes that it is for, without a tariff.", default="any"),
    "question": text("The words of the question that it is for, or an assignment's name.", default="any"),
    "level": number("The level of work that it is for, 1 to 6.", default="0 (any)"),
}
TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "title": text("What the file is about."),
        "default": table("default", "What holds for every comment here that doesn't say otherwise."),
        "comment": tables("comment", "The comments.", required=True),
    },
    "default": _SCOPE,
    "comment": {
        "id": text("Its name for programs; a comment of the same id is taken for the same.", "made of its words", ID),
        "code": text("What ; expands, such as ev. Upper and lower case are the same.", "none", CODE),
        "text": must("The comment. {name}, {quote} and {paragraph} are filled in where it is used."),
        **_SCOPE,
    },
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a comment may name: all of the mark schemes and stamps that there are."""

    stamps: frozenset[str]
    strands: frozenset[str]
    aos: frozenset[str]
    rubrics: frozenset[str]

    @classmethod
    def of(cls, rubrics: Iterable[Rubric], stamps: StampSet) -> "Known":
        """Those of these schemes and stamps."""
        every = tuple(rubrics)
        return cls(
            frozenset(stamp.code for stamp in stamps.every),
            frozenset(
                str(id_)
                for rubric in every
                for id_ in (*(strand.id for strand in rubric.strands), *(scale.id for scale in rubric.scales))
            ),
            frozenset(ao.code for rubric in every for ao in rubric.aos),
            frozenset(rubric.id for rubric in every),
        )


def check_bank(
    data: Mapping[str, Any], known: Known | None = None, origin: Origin = Origin.OWN
) -> tuple[tuple[BankComment, ...], tuple[Problem, ...]]:
    """The comments of a file, and everything that is wrong with it; no comment where anything is.

    Without ``known``, stamps, strands, objectives and schemes aren't looked up.
    """
    reader = Reader(TABLES)
    top = reader.table(dict(data), "", ())
    default = reader.table(top["default"], "default", ("default",)) if "default" in top else {}
    _check_scope(reader, ("default",), default, known)
    placed = reader.tables(top, "comment")
    if top.get("comment") == []:
        reader.wrong(("comment",), "there is nothing in it: add [[comment]]")
    if len(placed) > MOST_COMMENTS:
        reader.wrong(
            ("comment",), f"it has {len(placed):,} comments; the most that markdesk takes is {MOST_COMMENTS:,}"
        )
        return (), tuple(reader.problems)
    comments: list[BankComment] = []
    seen: dict[tuple[str, str], Path] = {}
    for path, given in placed:
        _check_scope(reader, path, given, known)
        comment = _comment({**default, **given}, origin)
        if "text" in given and (wrong := text_problem(comment)):
            reader.wrong((*path, "text"), wrong)
        _check_unique(reader, path, comment, seen, has_id="id" in given)
        comments.append(comment)
    return (() if reader.problems else tuple(comments)), tuple(reader.problems)


def text_problem(comment: BankComment) -> str:
    """What is wrong with a comment's words, as half a sentence; empty where nothing is."""
    words = comment.text
    if not words.strip():
        return "it says nothing"
    if words != words.strip():
        return "take away the space before or after it"
    if len(words) > LONGEST:
        return f"it has {len(words):,} characters; a comment of the bank has {LONGEST:,} at the most"
    if not is_plain(words):
        # Where what is shown first differs from what is there stands the character that can't be shown.
        first = next(here for here, seen in zip(words, show(words), strict=False) if here != seen)
        if unicodedata.combining(first):
            return "it has more accents on a letter than can be shown; type it again"
        return f"it has a character that can't be seen (U+{ord(first):04X}); take it out"
    if comment.field is BankField.DRAFT and not words.rstrip("’'\" )").endswith("?"):
        return "on a draft only questions are allowed: end it with a question mark"
    return ""


def _check_scope(reader: Reader, path: Path, given: Mapping[str, Any], known: Known | None) -> None:
    if given.get("level", 0) > MOST_LEVEL:
        reader.wrong((*path, "level"), f"'level' must be 0 to {MOST_LEVEL}, not {given['level']}")
    if not is_plain(given.get("question", "")) or "\n" in given.get("question", ""):
        reader.wrong((*path, "question"), "it has a character that can't be seen; take it out")
    for key, one in (("stamps", "stamp"), ("strands", "strand"), ("aos", "objective"), ("rubrics", "mark scheme")):
        seen: set[str] = set()
        for at, name in enumerate(given.get(key, ())):
            where = (*path, key, at)
            if name in seen:
                reader.wrong(where, f"{one} '{name}' is there twice")
            elif known is not None:
                reader.one_of(where, name, sorted(getattr(known, key)), one)
            elif not name.strip() or "," in name or name != name.strip() or not is_plain(name):
                reader.wrong(where, f"no {one} is called {name!r:.60}")
            seen.add(name)


def _comment(given: Mapping[str, Any], origin: Origin) -> BankComment:
    made = BankComment(
        id=given.get("id", ""),
        text=given.get("text", "").strip(" \n"),
        code=given.get("code", ""),
        field=BankField(given.get("field", BankField.ANNOTATION)),
        stamps=tuple(given.get("stamps", ())),
        strands=tuple(given.get("strands", ())),
        aos=tuple(given.get("aos", ())),
        rubrics=tuple(given.get("rubrics", ())),
        question=given.get("question", "").strip(),
        level=given.get("level", 0),
        origin=origin,
    )
    return made if made.id else _with_id(made)


def _with_id(comment: BankComment) -> BankComment:
    """An id that follows from what it says and where, so that reading a file twice gives the same comment."""
    if comment.origin is Origin.SHIPPED and comment.code:
        made = SHIPPED + code_key(comment.code)
    else:
        told = [comment.field, text_key(comment.text)]
        made = "own-" + hashlib.sha256(canonical_json(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(comment, id=made)


def _check_unique(
    reader: Reader, path: Path, comment: BankComment, seen: dict[tuple[str, str], Path], has_id: bool
) -> None:
    """Note a short code, id or text that a comment before has."""
    for key, what, value, wrong in (
        ("code", "code", code_key(comment.code), f"the short code '{comment.code}' is used twice"),
        # An id that was made here only repeats the fault of the words or the code.
        ("id", "id", comment.id if has_id else "", f"the id '{comment.id}' is used twice"),
        ("text", comment.field, text_key(comment.text), "the same words are there twice; let one comment suit both"),
    ):
        if value and (first := seen.setdefault((what, value), path)) != path:
            reader.wrong((*path, key), f"{wrong} (see {Problem(first, '').key})")
