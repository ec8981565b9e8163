"""Canvas's "Download Submissions": ``okaforamara_LATE_4821_99120_essay.docx``.

The name is the sortable one (surname first) in lower case without spaces, commas and apostrophes, so that its halves
can't be told apart; the number after it is the user's, the next one the file's.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from markdesk.core.naming import Named, run_together, tidy
from markdesk.core.whose import Whose
from markdesk.formats.downloads.members import Claim, Member, Peek, System, Use, whose

_FILE = re.compile(
    r"(?P<name>\w{1,200}?)(?P<late>_LATE)?_(?P<user>\d{1,20})_(?:(?P<file>\d{1,20})_(?P<own>.+)|(?P<box>text|link)\.html)",
    re.S,
)
_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?anon_(?P<id>[A-Za-z0-9]{1,20})_(?:(?P<file>\d{1,20})_(?P<own>.+)|(?P<box>text|link)\.html)", re.S
)
_AGAIN = re.compile(r"-\d{1,3}(?=\.[^.]*$|$)")
"""What Canvas adds to a file's own name when the student hands one of that name in again."""
_OF_A_GROUP = re.compile(r"group|\d")


def claims(members: Sequence[Member], peek: Peek) -> Mapping[int, Claim]:
    """By the outermost folder or file name that is built so: a student's own zip may lie unpacked within.

    Dates between underscores look the same (``amara_03_12_essay.docx``), but a user has one name, and a file's number
    isn't given twice: where that isn't so, nothing is Canvas's.
    """
    found: dict[int, Claim] = {}
    users: dict[str, set[str]] = defaultdict(set)
    files: dict[str, set[str]] = defaultdict(set)
    for i, member in enumerate(members):
        for part in member.parts:
            match = _ANONYMOUS.fullmatch(part)
            if match:
                found[i] = _hidden(match)
            elif match := _FILE.fullmatch(part):
                found[i] = _named(match)
                users[match["user"]].add(match["name"])
            if match:
                if match["file"]:
                    files[match["file"]].add(part)
                break
    if any(len(seen) > 1 for seen in (*users.values(), *files.values())):
        return {}
    return found


def _hidden(match: re.Match[str]) -> Claim:
    number = match["id"]
    why = "names are hidden, and Canvas tells an anonymous id alone"
    # A student may be called Anon; then a user's number stands where the id should.
    is_id = len(number) == 5 and not number.isdigit()
    who = whose("canvas", None, why, known_as=number, id_of="submission", sure=is_id, is_late=bool(match["late"]))
    return _claim(match, f"anon {number}", why, who)


def _named(match: re.Match[str]) -> Claim:
    name = run_together(tidy(match["name"]))
    is_late = bool(match["late"])
    if not name or _OF_A_GROUP.search(name):
        # Then the number is that of one of them, and says nothing.
        why = "the name may be a group's"
        return _claim(match, match["user"], why, whose("canvas", None, why, is_late=is_late))
    # Only somebody of the class list may be called so: nobody is to be made of it without a question.
    named = Named("", name, (), "it has surname and given name in one word")
    why = "read from Canvas's name of it"
    who = whose("canvas", named, why, known_as=match["user"], id_of="person", is_late=is_late)
    return _claim(match, match["user"], why, who)


def _claim(match: re.Match[str], person: str, why: str, who: Whose) -> Claim:
    if match["box"] == "link":
        return Claim(Use.ABOUT, "a web address was handed in, not a file", who, person)
    if match["box"] == "text":
        return Claim(Use.ONLINE_TEXT, why, who, person)
    thread = f"{person}/{_AGAIN.sub('', match['own']).casefold()}"
    return Claim(Use.ESSAY, why, who, person, thread, (int(match["file"]),))


CANVAS = System("canvas", 0.95, claims)
