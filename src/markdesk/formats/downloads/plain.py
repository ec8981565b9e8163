"""Files that come from no system: ``Surname Forename.docx``, or a folder for each student."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markdesk.core.naming import NO_NAME, Named, name_in, name_of_file
from markdesk.core.plain import fold
from markdesk.formats.downloads.members import Claim, Member, Use, is_list, returned, whose

ESSAYS_OF_ONE = 3
"""A folder with more files than these is a class's, and its name nobody's."""


def claims(members: Sequence[Member]) -> Mapping[int, Claim]:
    """What the name of each file says, else the name of the folder where each student has one."""
    folders = _folders_of_students(members)
    return {i: _claim(member, folders) for i, member in enumerate(members)}


def _claim(member: Member, folders: Mapping[str, Named]) -> Claim:
    feedback = returned(member)
    if feedback:
        return Claim(Use.RETURNED, feedback)
    by_file = name_of_file(member.name)
    by_folder = folders.get(_folder(member))
    if by_file and by_folder and not _same(by_file[0], by_folder):
        return Claim(Use.ESSAY, "the folder and the file name different people")
    read, why = by_file or ((by_folder, "read from the folder's name") if by_folder else (None, ""))
    if read is None:
        if is_list(member):
            return Claim(Use.ABOUT, "a table, not an essay")
        return Claim(Use.ESSAY, NO_NAME)
    return Claim(Use.ESSAY, why, whose("", read, why), " ".join(sorted(fold(f"{read.given} {read.family}").split())))


def _folder(member: Member) -> str:
    return "/".join(member.parts[:-1])


def _same(one: Named, other: Named) -> bool:
    words = [sorted(fold(f"{named.given} {named.family}").split()) for named in (one, other)]
    return words[0] == words[1]


def _folders_of_students(members: Sequence[Member]) -> Mapping[str, Named]:
    """The folders that are called like somebody, where there are at least two beside each other with few files each."""
    files: dict[str, int] = defaultdict(int)
    for member in members:
        files[_folder(member)] += 1
    beside: dict[str, dict[str, Named]] = defaultdict(dict)
    for folder, count in files.items():
        above, _, name = folder.rpartition("/")
        read = name_of_file(f"{name}.x") if name_in(f"{name}.x") and count <= ESSAYS_OF_ONE else None
        if read:
            beside[above][folder] = read[0]
    return {folder: name for named in beside.values() if len(named) > 1 for folder, name in named.items()}
