"""Where everything stands in a text folder, and which names are its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdesk.core.coursework import Assignment, Script
from markdesk.core.paper import PaperSet
from markdesk.core.people import Marker, Student
from markdesk.core.rubric import Rubric
from markdesk.formats.slug import slug

FORMAT = "markdesk.text-folder/1"

COVER = "markdesk.toml"
"""What shows that a folder is a desk's: its format, and how long its log is."""
README = "README.md"
LOG = "log.jsonl"
ESSAY = "essay.txt"
TOP = ("students.toml", "groups.toml", "markers.toml", "bank.toml", "stamps.toml")
FOLDERS = ("assignments", "papers", "mark-schemes", "earlier-texts", "sources")

_NAME = r"[a-z0-9][a-z0-9_-]*"
_OURS = re.compile(
    rf"""
    {re.escape(COVER)} | README\.md | log\.jsonl | (?:students|groups|markers|bank|stamps)\.toml
    | (?:papers|mark-schemes)/{_NAME}\.toml
    | earlier-texts/[0-9a-f]{{64}}\.txt
    | sources/[0-9a-f]{{64}}(?:\.[a-z0-9]{{1,8}})?
    | assignments/{_NAME}/(?:README\.md|assignment\.toml)
    | assignments/{_NAME}/{_NAME}/(?:script\.toml|log\.jsonl|essay(?:-[0-9]{{1,6}})?\.txt|marking_{_NAME}\.toml)
    """,
    re.X,
)
_OUR_FOLDER = re.compile(rf"(?:{'|'.join(FOLDERS)}|assignments/{_NAME}(?:/{_NAME})?)")
_LITTER = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


def is_ours(path: str) -> bool:
    """Whether an export writes a file by this name."""
    return _OURS.fullmatch(path) is not None


def is_our_folder(path: str) -> bool:
    """Whether an export writes a folder by this name."""
    return _OUR_FOLDER.fullmatch(path) is not None


def is_litter(name: str) -> bool:
    """What systems leave in every folder that is looked into."""
    return name.casefold() in _LITTER or name.startswith("._")


def end_of(identity: str) -> str:
    """The end of an id, by which things are told apart: ids begin with a time."""
    return _plain(identity)[-6:] or "0"


def _plain(identity: str) -> str:
    return re.sub(r"[^a-z0-9]", "", identity.lower())


@dataclass
class Names:
    """Names inside one folder, no two of them alike."""

    _taken: set[str] = field(default_factory=set)

    def take(self, name: str, identity: str, ending: str = "") -> str:
        """``name_3f9a2c`` and the ending; with more of the id, and then a number, where that is taken."""
        tails = (end_of(identity), _plain(identity)[-40:] or "0")
        found = next((made for tail in tails if (made := f"{name}_{tail}{ending}") not in self._taken), "")
        count = 2
        while not found or found in self._taken:
            found = f"{name}_{tails[-1]}-{count}{ending}"
            count += 1
        self._taken.add(found)
        return found


def assignment_name(assignment: Assignment) -> str:
    """By the day on which it was set, so that a list of folders is in the order of the year."""
    return f"{slug(assignment.set_on, 'undated')}_{slug(assignment.name, 'assignment')}"


def script_name(assignment: Assignment, script: Script, student: Student) -> str:
    """Whose it is; while names are hidden, nobody's."""
    return "script" if assignment.is_anonymous else slug(student.name)


def marking_name(marker: Marker | None) -> str:
    """By its marker: two who mark one script stand side by side."""
    return f"marking_{slug(marker.name if marker else '', 'marker')}"


def paper_name(exam: PaperSet) -> str:
    """A paper that was set, by the day."""
    return f"papers/{slug(exam.set_on, 'undated')}_{slug(exam.name, 'paper')}"


def scheme_name(rubric: Rubric) -> str:
    """A version of a mark scheme, by its id: its hash tells one version from another."""
    return f"mark-schemes/{slug(rubric.id, 'scheme')}"


def text_name(number: int, is_current: bool) -> str:
    """An essay's text: the one that the script has now, or an earlier one by when it came."""
    return ESSAY if is_current else f"essay-{number}.txt"


def source_name(source_hash: str, file_name: str) -> str:
    """An original by its hash, with the ending of the name under which it came, so that a program opens it."""
    ending = re.search(r"\.([A-Za-z0-9]{1,8})\Z", file_name)
    return f"sources/{source_hash.removeprefix('sha256:')}{'.' + ending[1].lower() if ending else ''}"


def shown_first(paths: Iterable[str], most: int = 5) -> str:
    """Some names, and how many more there are."""
    listed = sorted(paths)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
