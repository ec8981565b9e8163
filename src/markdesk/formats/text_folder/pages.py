"""The files of a text folder, each made from what is on the desk: nothing here reads or writes a disk."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markdesk.core.annotation import Annotation
from markdesk.core.coursework import Assignment
from markdesk.core.feedback import ORDER, FeedbackLine
from markdesk.core.ids import EssayHash, MarkerId, ScriptId
from markdesk.core.marking import Marking
from markdesk.core.people import Marker, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.core.stamp_sets import StampSets
from markdesk.desk.store import Store
from markdesk.desk.whole_desk import Mentioned, WholeAssignment, WholeScript, whole_assignment
from markdesk.formats.text_folder import layout, readme
from markdesk.formats.text_folder.toml_text import toml_text
from markdesk.formats.text_folder.values import to_plain

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the folder."""

    path: str
    content: bytes
    data: dict[str, Any] | None = None
    """What a TOML file holds; None for a text."""
    is_for_readers: bool = False
    """Whether it only says again what other files say, so that no import reads it."""


def toml_page(path: str, data: dict[str, Any], *heading: str, is_for_readers: bool = False) -> Page:
    """A TOML file. A list of nothing isn't written."""
    data = {key: value for key, value in data.items() if value != []}
    return Page(path, toml_text(data, heading).encode(), data, is_for_readers)


@dataclass
class Pages:
    """All files of a desk but its log and its original files, in the order of the folder."""

    store: Store
    mentioned: Mentioned
    stamp_sets: StampSets | None = None
    """To say what the stamps mean; None where only what an import reads is wanted."""
    logs: dict[ScriptId | None, str] = field(default_factory=dict)
    """The hash of each log: the desk's own, and each script's."""
    has_sources: bool = True
    progress: Progress = lambda done, total: None
    """Is told how many assignments are written, of how many."""
    folder_of: dict[ScriptId, str] = field(default_factory=dict)
    """Where each script's files are; filled as its assignment's turn comes."""
    _codes: set[str] = field(default_factory=set)

    def all(self) -> Iterator[Page]:
        """Every file. One assignment at a time is held, and no more."""
        store = self.store
        assignments = sorted(store.assignments(), key=lambda assignment: assignment.id)
        groups = {group.id: group for group in store.groups()}
        markers = {marker.id: marker for marker in store.markers()}
        yield self._cover()
        yield from self._people(groups.values(), markers.values())
        yield from self._papers()
        yield from self._schemes()
        names = layout.Names()
        told: list[tuple[str, Assignment, str, int]] = []
        for done, assignment in enumerate(assignments):
            self.progress(done, len(assignments))
            folder = names.take(layout.assignment_name(assignment), assignment.id)
            whole = whole_assignment(store, assignment, markers)
            group = groups.get(assignment.group_id) if assignment.group_id else None
            yield from self._assignment(f"assignments/{folder}", whole, group, markers)
            told.append((folder, assignment, group.name if group else "", len(whole.scripts)))
        self.progress(len(assignments), len(assignments))
        yield from self._earlier_texts()
        if self.stamp_sets is not None:
            yield self._stamps(self.stamp_sets)
            yield Page(
                layout.README, readme.of_desk(told, self.mentioned, self.has_sources).encode(), is_for_readers=True
            )

    def log_path(self, script_id: ScriptId | None) -> str:
        """In which file an act stands, once every script has its folder."""
        folder = self.folder_of.get(script_id) if script_id is not None else None
        return f"{folder}/{layout.LOG}" if folder else layout.LOG

    def _log_of(self, script_id: ScriptId | None) -> dict[str, str]:
        return {"log": self.logs[script_id]} if script_id in self.logs else {}

    # -- beside the assignments

    def _cover(self) -> Page:
        data = {
            "format": layout.FORMAT,
            "steps": self.mentioned.steps,
            **self._log_of(None),
            "sources": self.has_sources,
        }
        return toml_page(layout.COVER, data, "A whole desk of markdesk as text. README.md says what is where.")

    def _people(self, groups: Iterable[TeachingGroup], markers: Iterable[Marker]) -> Iterator[Page]:
        students = sorted(self.store.students(), key=lambda student: student.id)
        names = {student.id: student.name for student in students}
        data = {
            "student": [to_plain(student) for student in students],
            "grade": [to_plain(grade) for grade in self.store.grades()],
        }
        yield toml_page("students.toml", data, "The students, and the grades that were typed for them.")
        sets = []
        for group in sorted(groups, key=lambda group: group.id):
            members = sorted(membership.student_id for membership in self.store.memberships(group.id))
            sets.append({**to_plain(group), "members": [[member, names.get(member, "")] for member in members]})
        yield toml_page("groups.toml", {"group": sets}, "The teaching groups, and who is in each.")
        known = [to_plain(marker) for marker in sorted(markers, key=lambda marker: marker.id)]
        yield toml_page("markers.toml", {"marker": known}, "Who marks.")
        comments = [to_plain(comment) for comment in self.store.bank_comments()]
        yield toml_page("bank.toml", {"comment": comments}, "The comments of your own bank.")

    def _papers(self) -> Iterator[Page]:
        names = layout.Names()
        for exam in sorted(self.store.paper_sets(), key=lambda exam: exam.id):
            path = names.take(layout.paper_name(exam), exam.id, ".toml")
            yield toml_page(path, {"paper_set": to_plain(exam)}, f"{exam.name}: {exam.paper.title}")

    def _schemes(self) -> Iterator[Page]:
        names = layout.Names()
        for rubric_hash in sorted(self.mentioned.rubrics):
            rubric = self.store.rubric(rubric_hash)
            path = names.take(layout.scheme_name(rubric), rubric_hash, ".toml")
            yield toml_page(path, scheme_data(rubric), f"{rubric.title}, version {rubric.version}")

    def _earlier_texts(self) -> Iterator[Page]:
        """The texts of scripts that are no longer on the desk, which the log still speaks of."""
        present: set[EssayHash] = set()
        for script_id in self.folder_of:
            present.update(self.mentioned.texts_of.get(script_id, ()))
        for essay_hash in sorted(self.mentioned.texts - present):
            path = f"earlier-texts/{essay_hash.removeprefix('sha256:')}.txt"
            yield Page(path, self.store.essay(essay_hash).text.encode())

    def _stamps(self, sets: StampSets) -> Page:
        meanings = []
        for code in sorted(self._codes):
            stamp = sets.usual.for_code(code)
            meanings.append({"code": code, **({"meaning": stamp.meaning, "tone": str(stamp.tone)} if stamp else {})})
        told = "What the stamps on the essays mean. For reading: a desk keeps the codes alone."
        return toml_page("stamps.toml", {"stamp": meanings}, told, is_for_readers=True)

    # -- an assignment

    def _assignment(
        self, path: str, whole: WholeAssignment, group: TeachingGroup | None, markers: dict[MarkerId, Marker]
    ) -> Iterator[Page]:
        assignment = whole.assignment
        scheme = self.store.rubric(assignment.rubric_hash)
        heading = (f"{assignment.name}{f' · {group.name}' if group else ''}", f"{scheme.title}, {scheme.id}")
        data = {"assignment": to_plain(assignment), "absence": [to_plain(absence) for absence in whole.absences]}
        yield toml_page(f"{path}/assignment.toml", data, *heading)
        names = layout.Names()
        listed: list[tuple[str, WholeScript]] = []
        for script in whole.scripts:
            name = names.take(layout.script_name(assignment, script.script, script.student), script.script.id)
            listed.append((name, script))
            self.folder_of[script.script.id] = f"{path}/{name}"
            yield from self._script(f"{path}/{name}", assignment, script, markers)
        if self.stamp_sets is not None:
            table = readme.of_assignment(whole, scheme, group, listed, markers, self.store.rubric)
            yield Page(f"{path}/{layout.README}", table.encode(), is_for_readers=True)

    def _script(
        self, path: str, assignment: Assignment, whole: WholeScript, markers: dict[MarkerId, Marker]
    ) -> Iterator[Page]:
        script = whole.script
        texts = []
        for number, essay_hash in enumerate(self.mentioned.texts_of.get(script.id, ()), start=1):
            essay = self.store.essay(essay_hash)
            name = layout.text_name(number, essay_hash == script.essay_hash)
            texts.append({"file": name, "hash": essay_hash, "words": essay.words})
            yield Page(f"{path}/{name}", essay.text.encode())
        kept = [(script.source_hash, script.file_name)] if script.source_hash else []
        kept += [(scan.source_hash, scan.file_name) for scan in script.scans]
        originals = [
            {"file": layout.source_name(source_hash, self.mentioned.sources.get(source_hash, "")), "name": name}
            for source_hash, name in kept
        ]
        data = {
            **self._log_of(script.id),
            "script": to_plain(script),
            "text": texts,
            "original": originals,
            "queue_note": [_without(to_plain(note), "script_id") for note in whole.notes],
        }
        whose = "" if assignment.is_anonymous else f"{whole.student.name} · "
        yield toml_page(f"{path}/script.toml", data, f"{whose}{assignment.name}")
        names = layout.Names()
        for marking in whole.markings:
            marker = markers.get(marking.header.marker_id)
            name = names.take(layout.marking_name(marker), marking.id, ".toml")
            by = f"marked by {marker.name}" if marker else "marked"
            self._codes.update(a.code for a in marking.annotations.values() if a.code)
            yield toml_page(f"{path}/{name}", marking_data(marking), f"{whose}{assignment.name} · {by}")


def scheme_data(rubric: Rubric) -> dict[str, Any]:
    """A version of a mark scheme, with the hash by which marks refer to it."""
    return {"hash": rubric.hash, "mark_scheme": to_plain(rubric)}


def marking_data(marking: Marking) -> dict[str, Any]:
    """A marking with all that was given and said; the private note too."""
    awards = sorted(marking.awards.values(), key=lambda award: award.scale)
    lines = sorted(marking.feedback.values(), key=_line_order)
    return {
        "marking": to_plain(marking.header),
        "award": [_without(to_plain(award), "marking_id") for award in awards],
        "feedback": [_without(to_plain(line), "marking_id") for line in lines],
        "annotation": [_annotation(annotation) for annotation in marking.annotations_in_order()],
    }


def _line_order(line: FeedbackLine) -> tuple[int, int]:
    return ORDER.index(line.field), line.place


def _annotation(annotation: Annotation) -> dict[str, Any]:
    """Flat, with its place first: code points in the text that the marking is of. One whose words went has no place."""
    anchor, rest = annotation.anchor, _without(to_plain(annotation), "marking_id", "anchor")
    place = to_plain(anchor.span) if anchor.span is not None else {}
    return {"id": rest.pop("id"), **place, **_without(to_plain(anchor), "span"), **rest}


def _without(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in names}
