"""OneRoster, the exchange of school systems: its users, and from its classes and enrolments who is taught where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdesk.core.class_list import Asked, ClassList, LeftOut, Listed, Taken
from markdesk.core.errors import EssayUnreadable, ListUnreadable
from markdesk.core.plain import fold, show_line
from markdesk.formats.class_lists.students import without_doubles
from markdesk.formats.class_lists.tables import MOST_ROWS, Table, text_table

MOST_ENROLMENTS = 20 * MOST_ROWS
_ZIP = "Import the zip that it came in."
_KEPT = {
    "givenName": Asked.GIVEN,
    "preferredGivenName": Asked.GIVEN,
    "familyName": Asked.FAMILY,
    "preferredFamilyName": Asked.FAMILY,
    "sourcedId": Asked.ONEROSTER,
    "identifier": Asked.SIS,
    "username": Asked.LOGIN,
    "email": Asked.EMAIL,
    "role": Asked.ROLE,
}
_GONE = ("tobedeleted", "inactive")

Record = Mapping[str, str]


@dataclass
class _Roster:
    """The files of one export, by their columns' names in small letters."""

    users: list[tuple[int, Record]]
    headers: tuple[str, ...]
    roles: Mapping[str, set[str]] = field(default_factory=dict)
    """What a user is, by her id; several where she is more than one thing."""
    classes: Mapping[str, list[str]] = field(default_factory=dict)
    """The classes that a user is taught in."""
    is_alone: bool = False


def is_users(table: Table) -> bool:
    """Whether a table is OneRoster's list of users."""
    headings = {fold(cell) for cell in table.rows[0][1]} if table.rows else set()
    return {"sourcedid", "givenname", "familyname"} <= headings


def users_alone(table: Table) -> ClassList:
    """The students of ``users.csv`` without its zip. Raises ListUnreadable where it doesn't say who is one."""
    if "role" not in {fold(cell) for cell in table.rows[0][1]}:
        raise ListUnreadable("This list of OneRoster 1.2's users doesn't say who is a student.", _ZIP)
    headers, users = _records(table)
    return _listed(_Roster(users, headers, is_alone=True))


def roster(data: bytes, file_name: str) -> ClassList:
    """The students of a OneRoster zip. Raises ListUnreadable, which doesn't name the file."""
    from markdesk.formats.zips import open_zip

    wanted = ("users.csv", "roles.csv", "classes.csv", "enrollments.csv")
    found: dict[str, Table] = {}
    try:
        with open_zip(data, file_name) as container:
            for member in container.members:
                name = member.name.lower()
                if name in wanted and name not in found:
                    found[name] = text_table(container.read(member), MOST_ENROLMENTS)
    except EssayUnreadable as error:
        raise ListUnreadable(error.message, "Download it again.") from error
    if "users.csv" not in found or not is_users(found["users.csv"]):
        raise ListUnreadable(
            "It is a zip, and no list of OneRoster is in it.", "Import the list itself; 'markdesk import' takes essays."
        )
    headers, users = _records(found["users.csv"])
    if len(users) > MOST_ROWS:
        raise ListUnreadable(f"It has {len(users):,} people; the most is {MOST_ROWS:,}.", "Export your classes alone.")
    return _listed(_Roster(users, headers, _roles(found), _classes(found)))


def _records(table: Table | None) -> tuple[tuple[str, ...], list[tuple[int, Record]]]:
    if table is None or not table.rows:
        return (), []
    (_, headers), *rows = table.rows
    keys = tuple(fold(header) for header in headers)
    return headers, [(number, dict(zip(keys, cells, strict=False))) for number, cells in rows]


def _live(table: Table | None) -> Iterator[Record]:
    """The records that count: what is marked for deletion is on its way out."""
    return (record for _, record in _records(table)[1] if fold(record.get("status", "")) not in _GONE)


def _roles(found: Mapping[str, Table]) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for name in ("roles.csv", "enrollments.csv"):
        for record in _live(found.get(name)):
            roles.setdefault(record.get("usersourcedid", ""), set()).add(fold(record.get("role", "")))
    return roles


def _classes(found: Mapping[str, Table]) -> dict[str, list[str]]:
    titles = {
        record.get("sourcedid", ""): record.get("title") or record.get("classcode") or record.get("sourcedid", "")
        for record in _live(found.get("classes.csv"))
    }
    taught: dict[str, list[str]] = {}
    for record in _live(found.get("enrollments.csv")):
        title = titles.get(record.get("classsourcedid", ""))
        if title and fold(record.get("role", "")) == "student":
            taught.setdefault(record.get("usersourcedid", ""), []).append(title)
    return taught


def _listed(roster: _Roster) -> ClassList:
    rows: list[Listed] = []
    left_out: list[LeftOut] = []
    for number, user in roster.users:
        own = user.get("sourcedid", "")
        why = _no_student(user, roster.roles.get(own, set()), roster.is_alone)
        given = user.get("preferredgivenname") or user.get("givenname", "")
        family = user.get("preferredfamilyname") or user.get("familyname", "")
        if not why and not f"{given}{family}".strip():
            why = "without a name"
        if why:
            left_out.append(LeftOut(number, why))
            continue
        official = user.get("givenname", ""), user.get("familyname", "")
        ids = (
            (Asked.ONEROSTER, own),
            (Asked.SIS, user.get("identifier", "")),
            (Asked.EMAIL, user.get("email", "").lower()),
            (Asked.LOGIN, user.get("username", "")),
        )
        rows.append(
            Listed(
                number,
                given[:200],
                family[:200],
                ids=tuple((str(system), known) for system, known in ids if known and len(known) <= 200),
                classes=tuple(dict.fromkeys(roster.classes.get(own, ()))),
                others=(official,) if official != (given, family) else (),
            )
        )
    kept, twice = without_doubles(rows)
    mapping = tuple(
        Taken(asked, header) for header in roster.headers for key, asked in _KEPT.items() if fold(header) == fold(key)
    )
    used = {taken.header for taken in mapping}
    dropped = tuple(header for header in roster.headers if header and header not in used)
    notes = () if roster.classes else ("It has no enrolments: who is in which class is not said.",)
    kind = "a list of OneRoster's users" if roster.is_alone else "a roster of OneRoster"
    return ClassList(kind, tuple(kept), mapping, dropped, tuple(sorted((*left_out, *twice), key=_row)), notes)


def _no_student(user: Record, roles: set[str], is_alone: bool) -> str:
    if fold(user.get("status", "")) in _GONE:
        return "marked as deleted"
    if fold(user.get("enableduser", "")) == "false":
        return "no longer enabled"
    own = {fold(user["role"])} if user.get("role") else set()
    said = own or roles
    if "student" in said:
        return ""
    told = ", ".join(sorted(filter(None, said)))
    return f"{show_line(told)[:40]}, not a student" if told else "of no role"


def _row(left_out: LeftOut) -> int:
    return left_out.row
