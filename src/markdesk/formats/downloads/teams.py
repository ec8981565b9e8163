"""Teams' files from SharePoint: ``Submitted files/Amara Okafor/Essay 2/Version 1/essay.docx``.

The folder is the student's display name; nothing else says who she is.
"""

import re
from collections.abc import Mapping, Sequence

from markdesk.core.naming import is_team, is_title, tidy, written_name
from markdesk.core.plain import fold, show_line
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_HANDED_IN = "submitted files"
_WORKING = "working files"
_VERSION = re.compile(r"(?:version|versión|versione|versão|versie|wersja|バージョン|版本) ?(\d{1,3})", re.I)


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the folder of what was handed in, else by the folders called ``Version 1``."""
    return {i: claim for i, member in enumerate(members) if (claim := _claim(member.parts))}


def _claim(parts: Sequence[str]) -> Claim | None:
    folders = [tidy(part) for part in parts[:-1]]
    folded = [fold(folder) for folder in folders]
    versions = [(n, int(match.group(1))) for n, folder in enumerate(folders) if (match := _VERSION.fullmatch(folder))]
    root = next((n for n, folder in enumerate(folded) if folder in (_HANDED_IN, _WORKING)), None)
    if root is not None:
        below = folders[root + 1 :]
        version = next((number for n, number in versions if n > root), 0)
        student, task = (*below, "", "")[:2]
    elif versions and versions[0][0] >= 2:
        at, version = versions[0]
        student, task = folders[at - 2], folders[at - 1]
    else:
        return None
    if not student:
        return None
    read = None if is_team(student) or is_title(student) else written_name(student)
    is_draft = root is not None and folded[root] == _WORKING
    why = "read from Teams' folder of the student" if read else "the name of Teams' folder isn't one person's"
    why = f"{why}; it was not handed in" if is_draft else why
    who = whose("teams", read, why)
    thread = f"{fold(student)}\n{fold(task)}"
    return Claim(Use.ESSAY, why, who, fold(student), thread, (0 if is_draft else max(version, 1),))


def notes(found: Mapping[int, Claim]) -> Sequence[str]:
    """That several assignments came at once, each of which is a pile of its own."""
    tasks = sorted({task for claim in found.values() if (task := claim.thread.partition("\n")[2])})
    if len(tasks) < 2:
        return ()
    told = ", ".join(show_line(task) for task in tasks[:5])
    return (f"There are {len(tasks)} assignments in it ({told}). Take them in one at a time.",)


TEAMS = System("teams", 0.9, claims, notes)
