"""What the components of a qualification come to together.

Raw marks are added. AQA 80+80+40, OCR 50+30+80+40 and Edexcel 60+40+60+40 all make 200, and each component's
maximum is its percentage of that, so nothing is scaled. Where that doesn't hold, the file must state the factor; a
scaled component is rounded to a whole mark, halves up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from markdesk.core.award import Total
from markdesk.core.file_keys import ID, Key, Kind, Tables, count, must, table, tables
from markdesk.core.paper_check import PROVENANCE
from markdesk.core.paper_totals import added
from markdesk.core.rubric import Provenance, Status
from markdesk.core.toml_reader import Problem, Reader, as_factor

SCHEMA = "markdesk.qualification/1"

TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "id": must("Its name for programs; the file is called the same.", pattern=ID),
        "version": must("Raise it with every change."),
        "title": must("Its name for people."),
        "board": must("Who awards it."),
        "spec": must("The specification's code."),
        "status": must("How far it may be trusted.", one_of=tuple(Status)),
        "max": count("The marks of the whole qualification."),
        "provenance": table("provenance", "Where it comes from.", required=True),
        "component": tables("component", "What is examined.", required=True),
    },
    "provenance": PROVENANCE,
    "component": {
        "id": must("The component's code, as the papers have it."),
        "title": must("What it is."),
        "max": count("Its raw marks."),
        "weight": count("Its share of the qualification, as a percentage."),
        "scale": Key(Kind.FACTOR, "What its raw marks are multiplied by.", default="1"),
        "rubrics": Key(Kind.TEXTS, "For coursework: the schemes under which it is marked.", default="none"),
    },
}


@dataclass(frozen=True, slots=True)
class Component:
    """One paper, or the coursework."""

    id: str
    title: str
    max: int
    weight: int
    """Percentage."""
    scale: int | Fraction = 1
    rubrics: tuple[str, ...] = ()
    """The schemes of coursework, whose marks are an assignment's and not a paper's."""

    def scaled(self, mark: int) -> int:
        """A raw mark of this component as it counts in the qualification; halves are rounded up."""
        return floor(Fraction(mark) * self.scale + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Qualification:
    """What a candidate is awarded, and the components that it is made of."""

    id: str
    version: str
    title: str
    board: str
    spec: str
    status: Status
    max: int
    components: tuple[Component, ...]
    provenance: Provenance

    def component(self, component_id: str) -> Component | None:
        return next((component for component in self.components if component.id == component_id), None)

    def total(self, came_to: Mapping[str, Total]) -> Total:
        """The components together; without a value while one is missing or provisional."""
        return added(_scaled(component, came_to.get(component.id)) for component in self.components)


def _scaled(component: Component, total: Total | None) -> Total:
    most = component.scaled(component.max)
    if total is None:
        return Total(None, 0, most)
    value = component.scaled(total.value) if isinstance(total.value, int) else total.value
    return Total(value, component.scaled(total.so_far), most)


def check_qualification(data: dict[str, Any]) -> tuple[Qualification | None, tuple[Problem, ...]]:
    """The qualification, or None and everything that is wrong with it."""
    reader = Reader(TABLES)
    top = reader.table(data, "", ())
    items = reader.tables(top, "component")
    reader.unique(items)
    components: list[Component] = []
    for path, item in items:
        factor = as_factor(item.get("scale", 1))
        if factor is None:
            reader.wrong((*path, "scale"), f"'scale' must be {Kind.FACTOR}, above 0, not {item['scale']!r:.60}")
        component = Component(
            item.get("id", ""),
            item.get("title", ""),
            item.get("max", 0),
            item.get("weight", 0),
            factor or 1,
            tuple(item.get("rubrics", ())),
        )
        components.append(component)
        share = Fraction(component.max) * component.scale
        whole = top.get("max", 0)
        if {"max", "weight"} <= item.keys() and factor is not None and share * 100 != whole * component.weight:
            told = f"{component.max} marks" + (f" times {factor}" if factor != 1 else "")
            hint = "" if "scale" in item else "; if the board scales it, state the factor as 'scale'"
            reader.wrong((*path, "max"), f"{told} are not {component.weight} % of {whole}{hint}")
    if not reader.problems and sum(component.weight for component in components) != 100:
        reader.wrong(("component",), f"the weights come to {sum(c.weight for c in components)} %, not 100 %")
    provenance = reader.table(top["provenance"], "provenance", ("provenance",)) if "provenance" in top else {}
    if reader.problems:
        return None, tuple(reader.problems)
    words = {word: top[word] for word in ("id", "version", "title", "board", "spec", "max")}
    return (
        Qualification(
            **words, status=Status(top["status"]), components=tuple(components), provenance=Provenance(**provenance)
        ),
        (),
    )
