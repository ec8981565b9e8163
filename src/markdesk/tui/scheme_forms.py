"""The form for a mark scheme as it is opened: from a scheme that is there, from a file, or on a scheme of one's own.

All of it reads files: for the store thread.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import fold
from markdesk.desk.rubrics import Listed, RubricShelf
from markdesk.desk.scheme_files import EDIT, NO_DRAFT, Draft, SchemeFiles, draft_in, edited_id
from markdesk.desk.scheme_form import SchemeForm
from markdesk.tui.opening import Opening

BACK = "Here is what you were writing; {new_scheme.again} throws it away"
"""Names a key by its act, as ``KeysInUse.told`` takes it."""


def name_to_edit(listed: Listed) -> str:
    """The name of the form that edits a scheme. Raises MarkdeskError where there is none to give."""
    if not listed.is_own:
        raise MarkdeskError("It comes with markdesk and stays as it is; n begins one of your own from it.")
    if listed.rubric is None:
        raise MarkdeskError("This file must be mended in a text editor first; what is wrong stands beside it.")
    return f"{listed.rubric.id}{EDIT}"


def read_named_form(opening: Opening, name: str) -> tuple[SchemeForm, str]:
    """A form by the name that it is kept under: a new scheme's, or the edit of one. Raises as those do."""
    edited = edited_id(name)
    return read_own_form(opening, edited) if edited else read_form(opening, name)


def read_form(opening: Opening, template_id: str) -> tuple[SchemeForm, str]:
    """The form to begin from a scheme, as it was left where it was, and what to say of it.

    Raises MarkdeskError where the scheme can't be read.
    """
    shelf, files = opening.shelf(), opening.own_schemes()
    draft, told = _kept(files, template_id)
    template = draft.template or shelf.get(template_id)
    return SchemeForm(template, files, shelf.taken(), draft.typed, draft.source, titles=_titles(shelf)), told


def read_own_form(opening: Opening, rubric_id: str) -> tuple[SchemeForm, str]:
    """The form on a scheme of the teacher's own, filled with what its file holds, and what to say of it.

    Raises MarkdeskError where the file is broken, gone, or one of two with this id.
    """
    shelf, files = opening.shelf(), opening.own_schemes()
    shelf.get(rubric_id)
    own = files.open(rubric_id)
    draft, told = _kept(files, f"{rubric_id}{EDIT}")
    if draft.typed and draft.over != own.rubric.hash:
        told = "The file was changed since you typed this: look at what stands here before you write it"
    form = SchemeForm(own.rubric, files, {}, draft.typed, own=own, titles=_titles(shelf, own.path))
    return form, told


def form_from_file(opening: Opening, typed: str) -> tuple[SchemeForm, str]:
    """The form to begin from a file of another program, and what that could not say.

    Raises RubricInvalid, which names the file and the row.
    """
    shelf, files = opening.shelf(), opening.own_schemes()
    # os.path's, since a home that nobody has is no reason to stop: the name stays as it was typed.
    path = Path(os.path.expanduser(typed))
    found = files.convert(path)
    rubric, notes = found[0]
    if len(found) > 1:
        named = ", ".join(f"'{other.title}'" for other, _ in found[1:])
        notes = (*notes, f"The file holds {named} too: 'markdesk rubric convert' writes them all.")
    return SchemeForm(rubric, files, shelf.taken(), source=path.name, titles=_titles(shelf)), " ".join(notes)


def _kept(files: SchemeFiles, name: str) -> tuple[Draft, str]:
    """The form that was left, and what to say of it; an empty one where there is none."""
    kept = files.drafts().get(name, "")
    if not kept:
        return NO_DRAFT, ""
    try:
        return draft_in(kept, files.check), BACK
    except MarkdeskError as error:
        return NO_DRAFT, str(error)


def _titles(shelf: RubricShelf, but: Path | None = None) -> Mapping[str, Path]:
    """The titles that schemes have already, without that of one file."""
    return {fold(title): path for path, _, title in shelf.named() if title and path != but}
