"""A mark scheme as a form: proposals from a scheme that is there, and what a teacher typed over them.

The form is the scheme to begin from and the typed texts, and nothing else: what stands in it, the scheme that it makes
and what is wrong with that follow. So a form that was left half filled is a small file. The rules are those of the one
checker, which looks at the very file that would be written; here its problems are only put beside their fields.

A scheme of the teacher's own is edited in the same form: what its file holds are the proposals, and what has no field
stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from markdesk.core.errors import MarkOutOfRange
from markdesk.core.ids import ScaleId, StrandId
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Cap, Effect, Item, Level, Rubric, Scale, Status, Strand
from markdesk.core.rubric_compare import Comparison, Weight, compare
from markdesk.core.rubric_making import TO_BE_WRITTEN, TO_DO, begun_from, own_basis, resized
from markdesk.core.scheme_facts import scale_title
from markdesk.desk.scheme_change import next_version
from markdesk.desk.scheme_fields import (
    MORE,
    SEVERITIES,
    STATUSES,
    FormField,
    cap_fields,
    head_fields,
    item_fields,
    last_field,
    level_fields,
    limit_text,
    read_limit,
    read_number,
    read_range,
    strand_fields,
)
from markdesk.desk.scheme_files import EDIT, Draft, OwnFile, SchemeFiles, draft_text
from markdesk.desk.scheme_problems import field_of

UNTITLED = "new-scheme"


class SchemeForm:
    """One form. ``put`` types into a field; ``fields``, ``rubric`` and ``problems`` say what follows from it."""

    def __init__(
        self,
        template: Rubric,
        files: SchemeFiles,
        taken: Mapping[str, Path],
        typed: Mapping[str, str] | None = None,
        source: str = "",
        *,
        own: OwnFile | None = None,
        titles: Mapping[str, Path] | None = None,
    ) -> None:
        self.template = template
        self.own = own
        """The file that is edited; None for a new scheme."""
        self.titles = titles or {}
        """The titles of other schemes, as ``fold`` has them, each with whose file it is."""
        self.source = source
        """The file of another program that the template was read from; empty where it is a scheme of the shelf."""
        self.typed = dict(typed or {})
        self.taken = taken
        """The ids that are taken, each with whose file it is."""
        self._files = files
        self._work_out()

    # -- typing

    def value(self, field: FormField) -> str:
        """What stands in a field."""
        return self.typed.get(field.key, field.proposed)

    def put(self, key: str, text: str) -> None:
        """Type a text into a field. What is proposed anyway isn't kept."""
        field = self.field(key)
        if self.value(field) == text:
            return
        if text == field.proposed:
            del self.typed[key]
        else:
            self.typed[key] = text
        if key in ("max", "levels"):
            # The ranges that were typed belong to another division of the marks.
            self.typed = {k: kept for k, kept in self.typed.items() if not k.endswith(".range")}
        self._work_out()

    def field(self, key: str) -> FormField:
        """The field with this key."""
        return next(field for field in self.fields if field.key == key)

    def to_text(self) -> str:
        """The form as it is kept; empty where nothing was typed."""
        if not self.typed and not self.source:
            return ""
        # A scheme from a file can't be read again from the shelf, nor perhaps from where it was.
        template = self.template if self.source else None
        return draft_text(Draft(self.title, self.typed, template, self.source, self.template.hash if self.own else ""))

    @property
    def draft_name(self) -> str:
        """Under which name the form is kept: one for each scheme to begin from, and one for each that is edited."""
        return f"{self.template.id}{EDIT}" if self.own else self.template.id

    @property
    def is_edit(self) -> bool:
        return self.own is not None

    @property
    def origin(self) -> str:
        """What the scheme is begun from, in a word: a scheme's id, or a file's name."""
        return show_line(self.source) or self.template.id

    @property
    def title(self) -> str:
        return self._texts["title"]

    # -- what follows

    def _work_out(self) -> None:
        """Everything that follows from the template and what was typed."""
        self._wrong: dict[str, str] = {}
        begun = self._begun()
        own_title = self.template.title if self.source or self.own else ""
        title = self.typed.get("title", own_title).strip()
        wanted = self._files.propose_id(title) if title else ""
        added_strands, added_caps = self._added("strand", ""), self._added("cap", ".ask")
        named = [*strand_fields(begun.strands, added_strands, self.is_edit)]
        self._strands = [(field.key.partition(".")[2], name) for field in named if (name := self._text(field)).strip()]
        own_id = None if self.own else self._free(wanted)
        fields = [
            *head_fields(begun, own_title, own_id, self._status(begun), self._statuses, self._levels()),
            *named,
        ]
        for scale in begun.scales:
            fields += self._scale_fields(begun, scale)
        fields += cap_fields(begun, added_caps)
        fields.append(last_field(self._basis()))
        self.fields = tuple(fields)
        self._texts = {field.key: self._text(field) for field in fields}
        self.rubric = self._made(begun)
        if self.own:
            self._raise_version()
        self._check()

    def _text(self, field: FormField) -> str:
        """What a field comes to. What is proposed stays as it is: in a file that is edited it may have line ends."""
        return self.typed[field.key].strip() if field.key in self.typed else field.proposed

    def _raise_version(self) -> None:
        """Propose the next version, as soon as anything is changed."""
        before = self.template.version
        weight = compare(self.template, self.rubric).weight
        proposed = before if weight is Weight.NONE else next_version(before, weight)
        self.fields = tuple(replace(f, proposed=proposed) if f.key == "version" else f for f in self.fields)
        self._texts["version"] = self._text(self.field("version"))
        self.rubric = replace(self.rubric, version=self._texts["version"])

    @property
    def comparison(self) -> Comparison:
        """What the edit changes of the scheme as its file has it."""
        return compare(self.template, self.rubric)

    def _begun(self) -> Rubric:
        """The template at the size that was asked for, or as it is where that can't be."""
        template = self.template
        most = self._number("max", template.max_mark)
        tops = {scale.top for scale in template.scales}
        levels = self._number("levels", tops.pop() if len(tops) == 1 else 0)
        unlike = levels != self.template.scales[0].top or len({scale.top for scale in template.scales}) > 1
        as_it_is = template if self.own else begun_from(template, UNTITLED, "-")
        try:
            return resized(as_it_is, most, levels if levels and unlike else None)
        except MarkOutOfRange as error:
            self._wrong["levels" if "levels" in self.typed else "max"] = error.message
            return as_it_is

    def _number(self, key: str, otherwise: int) -> int:
        if key not in self.typed:
            return otherwise
        number = read_number(self.typed[key])
        if number is None:
            self._wrong[key] = "type a whole number, 1 or more"
        return number or otherwise

    def _levels(self) -> str | None:
        """How many levels are proposed; empty where the scales differ, None where some have points instead."""
        if any(scale.is_points for scale in self.template.scales):
            return None
        tops = {scale.top for scale in self.template.scales}
        return str(tops.pop()) if len(tops) == 1 else ""

    def _added(self, what: str, ending: str) -> int:
        """How many strands or questions were added: the highest place in which something stands."""
        added = 0
        while self.typed.get(f"{what}.{MORE}{added + 1}{ending}", "").strip():
            added += 1
        return added

    def _free(self, wanted: str) -> str:
        """The id, with a number where it is taken."""
        name, n = wanted, 2
        while name in self.taken:
            name, n = f"{wanted}-{n}", n + 1
        return name

    @property
    def _statuses(self) -> tuple[str, ...]:
        """What its status may be. That somebody compared it is no choice of the form's, but may stay so."""
        if not self.own:
            return STATUSES
        checked = (str(Status.CHECKED),) if self.template.status is Status.CHECKED else ()
        return (*STATUSES, str(Status.RETIRED), *checked)

    def _status(self, begun: Rubric) -> str:
        """The status that is proposed. A scheme with other words is not the one that somebody compared."""
        if self.own and begun.status is Status.CHECKED and self.typed.keys() - {"status", "version"}:
            return str(Status.READY)
        return str(begun.status)

    def _basis(self) -> str:
        template = self.template
        is_ready = self.typed.get("status", "").strip() == Status.READY
        if self.own and is_ready:
            return template.provenance.basis.removesuffix(TO_DO).strip()
        if self.source or self.own:
            return template.provenance.basis
        if is_ready:
            return own_basis(template)
        return begun_from(template, UNTITLED).provenance.basis

    def _scale_fields(self, begun: Rubric, scale: Scale) -> list[FormField]:
        several = f"{scale_title(scale)}: " if len(begun.scales) > 1 else ""
        if scale.is_points:
            return item_fields(scale, f"{several}points")
        judging: list[str] = [strand.id for strand in begun.strands_of(scale)]
        strands = [(key, name) for key, name in self._strands if key in judging or key.startswith(MORE)]
        if len(begun.scales) > 1:
            strands = [(key, name) for key, name in strands if not key.startswith(MORE) or scale is begun.scales[0]]
        fields: list[FormField] = []
        for level in reversed(scale.levels):
            name = f"Level {level.n}" if level.label == f"L{level.n}" else level.label
            fields += level_fields(scale, level, strands, f"{several}{name}")
        return fields

    # -- the scheme

    def _made(self, begun: Rubric) -> Rubric:
        texts = self._texts
        ids = self._strand_ids(begun)
        known = {strand.id: strand for strand in begun.strands}
        ao = begun.scales[0].aos[0] if begun.scales[0].aos else ""
        strands = tuple(
            replace(known[StrandId(key)], id=StrandId(ids[key]), name=name)
            if StrandId(key) in known
            else Strand(StrandId(ids[key]), name, ao)
            for key, name in self._strands
        )
        status = texts["status"]
        if status not in self._statuses:
            self._wrong["status"] = f"choose one: {', '.join(self._statuses)}"
            status = STATUSES[0]
        scales = tuple(self._made_scale(scale, ids, begun) for scale in begun.scales)
        return replace(
            begun,
            id=texts.get("id", begun.id),
            title=texts["title"],
            board=texts["board"],
            status=Status(status),
            strands=strands,
            scales=scales,
            caps=self._made_caps(begun),
            provenance=replace(begun.provenance, basis=texts["basis"]),
        )

    def _strand_ids(self, begun: Rubric) -> dict[str, str]:
        """The id of each strand by its key.

        In a new scheme a new name makes a new id, since the panel shows the id. In one that is edited the id stays:
        marks are placed by it, and stamps chosen.
        """
        proposed: dict[str, str] = {strand.id: strand.name for strand in begun.strands}
        ids: dict[str, str] = {}
        for key, name in self._strands:
            is_same = proposed.get(key) == name or (self.own is not None and key in proposed)
            wanted = key if is_same else self._files.propose_id(name)
            n, free = 2, wanted
            while free in ids.values():
                free, n = f"{wanted}-{n}", n + 1
            ids[key] = free
        return ids

    def _made_scale(self, scale: Scale, ids: Mapping[str, str], begun: Rubric) -> Scale:
        if scale.is_points:
            items = tuple(self._made_item(scale, item) for item in scale.items)
            return replace(scale, items=items, max=sum(item.max for item in items))
        levels = tuple(self._made_level(scale, level, ids) for level in scale.levels)
        strands = tuple(StrandId(ids[key]) for key in scale.strands if key in ids)
        if scale.strands and scale is begun.scales[0]:
            strands += tuple(StrandId(own) for key, own in ids.items() if key.startswith(MORE))
        # A scale alone is out of the tariff, so that the top level is told where it ends elsewhere.
        most = scale.max if len(begun.scales) == 1 else max(level.max for level in levels)
        return replace(scale, levels=levels, strands=strands, max=most)

    def _made_item(self, scale: Scale, item: Item) -> Item:
        key = f"item.{scale.id}.{item.id}"
        points = read_number(self._texts[f"{key}.max"])
        if points is None:
            self._wrong[f"{key}.max"] = "type a whole number, 1 or more"
        return replace(item, text=self._texts[f"{key}.text"], max=points or item.max)

    def _made_level(self, scale: Scale, level: Level, ids: Mapping[str, str]) -> Level:
        at = f"level.{scale.id}.{level.n}"
        marks = read_range(self._texts[f"{at}.range"])
        if marks is None:
            self._wrong[f"{at}.range"] = "type the lowest and the highest mark, such as 11-15"
            marks = (level.min, level.max)
        texts = {
            own: self._texts[f"{at}.strand.{key}"] for key, own in ids.items() if f"{at}.strand.{key}" in self._texts
        }
        subs = level.subs if marks == (level.min, level.max) else ()
        return replace(level, min=marks[0], max=marks[1], summary=self._texts[f"{at}.summary"], strand=texts, subs=subs)

    def _made_caps(self, begun: Rubric) -> tuple[Cap, ...]:
        self._caps: list[str] = []
        made: list[Cap] = []
        known = {cap.id: cap for cap in begun.caps}
        for field in self.fields:
            if not field.key.startswith("cap.") or not field.key.endswith(".ask") or not self._texts[field.key]:
                continue
            key = field.key.removeprefix("cap.").removesuffix(".ask")
            ask, kind = self._texts[field.key], self._texts[f"cap.{key}.kind"].lower()
            limit = read_limit(self._texts[f"cap.{key}.limit"])
            if limit is None:
                self._wrong[f"cap.{key}.limit"] = "type a level or a mark, such as: level 2, or 12 marks"
            if kind not in SEVERITIES:
                self._wrong[f"cap.{key}.kind"] = "type rule or advice"
            old = known.get(key)
            level, mark = limit or (1, None)
            effect = Effect(old.effect.scale if old else ScaleId(begun.scales[0].id), level, mark)
            if old and self._texts[f"cap.{key}.limit"] == limit_text(old):
                effect = old.effect  # which may say both, and that they agree
            own = old.id if old else self._free_cap({*known, *(cap.id for cap in made)})
            made.append(Cap(own, ask, SEVERITIES.get(kind, "advisory"), effect, old.basis if old else ""))
            self._caps.append(key)
        return tuple(made)

    @staticmethod
    def _free_cap(there: set[str]) -> str:
        n = 1
        while f"own-{n}" in there:
            n += 1
        return f"own-{n}"

    # -- what is wrong

    def _check(self) -> None:
        """Put the checker's problems beside their fields; one a field is enough to go on."""
        own_id = self.rubric.id
        like = self.titles.get(fold(self.rubric.title))
        self.warnings = {"title": f"{show_line(like.name)} has this title too"} if like is not None else {}
        if self.own is None and own_id in self.taken:
            self._wrong["id"] = f"'{own_id}' is taken: {self.taken[own_id].name} is there already"
        blanks = [key for key, text in self._texts.items() if text.startswith(TO_BE_WRITTEN)]
        self.unwritten = len(blanks)
        if self.rubric.status is Status.READY:
            self._wrong.update((key, "write this first, or leave the scheme a draft") for key in blanks)
        problems = dict(self._wrong)
        for problem in self._files.check(self.rubric):
            strands = [key for key, _ in self._strands]
            key = field_of(problem, self.rubric, self._texts, strands, self._caps)
            is_empty = self._texts.get(key) == ""
            problems.setdefault(key, "this must say something" if is_empty else problem.message)
        order = {field.key: at for at, field in enumerate(self.fields)}
        self.problems = {key: problems[key] for key in sorted(problems, key=lambda key: order.get(key, -1))}
