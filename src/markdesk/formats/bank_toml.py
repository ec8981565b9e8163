"""Comments of the bank as TOML: reading a file and writing one that reads back as the same comments."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit

from markdesk.core.bank import BankComment, BankField, Origin
from markdesk.core.bank_check import SCHEMA, Known, check_bank
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line
from markdesk.formats.rubric_write import escaped
from markdesk.formats.toml_file import read_toml

MAX_BANK = 5_000_000
"""Bytes; 10,000 comments with all that they name have about 3,000,000."""
LISTS = ("stamps", "strands", "aos", "rubrics")


def read_bank(path: Path, known: Known | None = None, origin: Origin = Origin.OWN) -> tuple[BankComment, ...]:
    """The comments in a file. Raises RubricInvalid with every problem on a line of its own: ``file:line: key: …``."""
    file = read_toml(path, MAX_BANK, "comment bank")
    comments, problems = check_bank(file.data, known, origin)
    if problems:
        raise file.refusal(problems)
    return comments


def shipped_bank(folder: Path) -> tuple[BankComment, ...]:
    """The comments that travel with the program: those of every file in the folder, in the order of the names."""
    return tuple(
        comment for path in sorted(folder.glob("*.toml")) for comment in read_bank(path, origin=Origin.SHIPPED)
    )


def plain_comment(comment: BankComment) -> dict[str, Any]:
    """A comment under the keys of a file. Keys that would say nothing are left out, but for its id and words."""
    plain: dict[str, Any] = {"id": comment.id}
    if comment.code:
        plain["code"] = comment.code
    plain["text"] = comment.text
    if comment.field is not BankField.ANNOTATION:
        plain["field"] = str(comment.field)
    for name in LISTS:
        if getattr(comment, name):
            plain[name] = list(getattr(comment, name))
    if comment.question:
        plain["question"] = comment.question
    if comment.level:
        plain["level"] = comment.level
    return plain


def bank_toml(comments: Sequence[BankComment], title: str = "") -> str:
    """The text of a file. Raises MarkdeskError where a comment is none that a file may hold, naming it."""
    plain = checked(comments)
    head = {"schema": SCHEMA, "title": title} if title else {"schema": SCHEMA}
    parts = ["\n".join(_lines(head))]
    parts += ["\n".join(["[[comment]]", *_lines(comment)]) for comment in plain]
    written = "\n\n".join(parts) + "\n"
    if tomllib.loads(written) != {**head, "comment": plain}:
        raise MarkdeskError("The comments did not read back from TOML as they were written.", "Nothing was exported.")
    return written


def checked(comments: Sequence[BankComment]) -> list[dict[str, Any]]:
    """The comments under the keys of a file, from which they can be read back.

    Raises MarkdeskError naming the first that no file may hold: too long, with hidden characters, or there twice.
    """
    if not comments:
        raise MarkdeskError("There is no comment to export.")
    plain = [plain_comment(comment) for comment in comments]
    found, problems = check_bank({"schema": SCHEMA, "comment": plain})
    for problem in problems:
        at = next((part for part in problem.path if isinstance(part, int)), 0)
        words = show_line(comments[at].text)
        raise MarkdeskError(
            f"The comment '{words[:40]}{'…' if len(words) > 40 else ''}' can't be exported: "
            f"{show_line(problem.message)}.",
            "Mend it in the bank, or leave it out.",
        )
    if found != tuple(replace(comment, origin=Origin.OWN) for comment in comments):
        raise MarkdeskError("The comments would not be the same when read back.", "Nothing was exported.")
    return plain


def _lines(plain: dict[str, Any]) -> list[str]:
    # One value at a time: a whole document of tomlkit takes seconds for some thousand comments.
    return [f"{key} = {escaped(tomlkit.item(value).as_string())}" for key, value in plain.items()]
