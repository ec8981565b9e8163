"""What a form for a mark scheme needs of files, and the half-filled form as one."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric, rubric_from_plain
from markdesk.core.toml_reader import Problem

SCHEMA = "markdesk.rubric-draft/1"
EDIT = "+edit"
"""Ends the name under which a half-done edit is kept: no id has a plus sign."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One of the teacher's own files, as it was when the form was opened."""

    path: Path
    text: str
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of a file that was written again."""

    path: Path
    backup: Path
    """Beside it: the file as it was before."""
    comments_lost: int
    """Lines of comment that went with what they were about."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is said when a form was written."""

    path: Path
    told: str


def edited_id(draft_name: str) -> str:
    """The scheme that a kept form edits; empty for the form of a new one."""
    return draft_name.removesuffix(EDIT) if draft_name.endswith(EDIT) else ""


class SchemeFiles(Protocol):
    """The files of the teacher's own schemes, as far as a form needs them: ``formats.own_schemes`` has it."""

    def propose_id(self, title: str) -> str:
        """An id made of a title's letters."""
        ...

    def convert(self, path: Path) -> list[tuple[Rubric, tuple[str, ...]]]:
        """The schemes in a file of another program, each with what it couldn't say. Raises RubricInvalid."""
        ...

    def check(self, rubric: Rubric) -> tuple[Problem, ...]:
        """All that the one checker finds wrong with the file that the scheme would be."""
        ...

    def write(self, rubric: Rubric, begun_from: str) -> Path:
        """A new file in the teacher's folder. Raises MarkdeskError, and then nothing is written."""
        ...

    def open(self, rubric_id: str) -> OwnFile:
        """One of the teacher's own files, to be edited. Raises RubricInvalid where it is broken or gone."""
        ...

    def rewrite(self, own: OwnFile, rubric: Rubric) -> Rewritten:
        """Put other values into the file. Raises MarkdeskError, and then the file is as it was."""
        ...

    def keep_draft(self, name: str, text: str) -> None:
        """Keep a form that is being filled in, by its ``draft_name``; an empty text drops it."""
        ...

    def drafts(self) -> dict[str, str]:
        """The forms that were kept, by name, the one written last first."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was left half filled."""

    title: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    template: Rubric | None = None
    """What it begins from, where that is no scheme of the shelf."""
    source: str = ""
    over: str = ""
    """The hash of the scheme that is edited, as its file was when these texts were typed; empty for a new scheme."""


NO_DRAFT = Draft()


def draft_text(draft: Draft) -> str:
    """The form as the text of a file."""
    kept: dict[str, Any] = {"schema": SCHEMA, "title": draft.title, "typed": dict(draft.typed)}
    if draft.template is not None:
        kept |= {"source": draft.source, "template": draft.template.to_plain()}
    if draft.over:
        kept["over"] = draft.over
    return json.dumps(kept, ensure_ascii=False, indent=1)


def draft_in(text: str, check: Callable[[Rubric], Sequence[Problem]]) -> Draft:
    """The form that ``draft_text`` made; ``check`` says what is wrong with the scheme that it may hold.

    Raises MarkdeskError where the file holds something else.
    """
    try:
        kept = json.loads(text)
        if kept["schema"] == SCHEMA:
            typed = {str(key): str(value) for key, value in kept["typed"].items()}
            template = rubric_from_plain(kept["template"]) if "template" in kept else None
            if template is None or not check(template):
                return Draft(
                    str(kept["title"]), typed, template, str(kept.get("source", "")), str(kept.get("over", ""))
                )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # somebody changed it: told below
    raise MarkdeskError("What you were writing can't be read any more: its file was changed.", "The form begins anew.")
