"""From the draft of a foreign mark scheme to the plain data that ``check_rubric`` takes.

What no other format has gets an honest default: a draft, whose provenance names the file and no board.
"""

import re
from collections.abc import Iterable
from typing import Any

from markdesk.core.essay import normalise
from markdesk.core.rubric import SCHEMA
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_from.draft import (
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_CRITERIA,
    Band,
    Criterion,
    Draft,
    one_line,
    quoted,
    refuse,
)
from markdesk.formats.rubric_from.level_words import level_name
from markdesk.formats.slug import slug

_AO = re.compile(r"\bAO ?([1-9])\b")
_ONLY_CODES = re.compile(r"\s*AO ?[1-9](?:\s*[,;/&+]\s*AO ?[1-9])*\s*")
_ZERO = "Nothing creditable"


def plain_rubric(draft: Draft, rubric_id: str, source: str, file_name: str) -> dict[str, Any]:
    """The scheme as plain data, sound by ``check_rubric``. Adds to the draft's notes. Raises RubricInvalid."""
    if not draft.criteria:
        refuse("", "it has no criteria.")
    if len(draft.criteria) > MOST_CRITERIA:
        refuse("", f"it has {len(draft.criteria)} criteria; the most that markdesk takes is {MOST_CRITERIA}.")
    titles = [_title(draft, criterion.title) for criterion in draft.criteria]
    ids = unique_ids(titles, "scale")
    if len(set(titles)) < len(titles):
        draft.say("Some criteria have the same name; their ids are numbered.")
    total = sum(criterion.max for criterion in draft.criteria)
    objectives = _objectives(draft)
    strands = _strands(draft, objectives)
    rubric: dict[str, Any] = {
        "schema": SCHEMA,
        "id": rubric_id,
        "version": "0.1.0",
        "title": one_line(draft.title) or rubric_id,
        "status": "draft",
        "max_mark": total,
        "scoring": _scoring(draft.criteria),
        "provenance": {
            "wording": "paraphrase",  # the only kind that a scheme file may hold: the board's own stays elsewhere
            "basis": f"Converted from {source}, the file {file_name}; words and numbers are as they stand there. "
            "Compared with no other document since.",
            "checked_by": "",
            "checked_on": "",
            "checked_against": "",
        },
    }
    if any(objectives):
        rubric["ao"] = _marks_of(draft.criteria, objectives)
    if strands:
        rubric["strand"] = [{"id": s, "name": _title(draft, name), "ao": ao} for (ao, name), s in strands.items()]
    rubric["scale"] = [
        _scale(draft, criterion, title, scale_id, objective, strands)
        for criterion, title, scale_id, objective in zip(draft.criteria, titles, ids, objectives, strict=True)
    ]
    if guidance := _guidance(draft):
        rubric["decision"] = {"guidance": guidance}
    rubric["zero"] = {"label": _zero(draft)}
    rubric["not_attempted"] = {"code": "NR"}
    draft.say("The scheme is a draft: no file of this kind says who compared it with what.")
    return _checked(_clean(rubric))


def _scoring(criteria: list[Criterion]) -> str:
    if not any(criterion.bands for criterion in criteria):
        return "points"
    return "holistic" if len(criteria) == 1 else "per_scale"


def _checked(rubric: dict[str, Any]) -> dict[str, Any]:
    _, problems = check_rubric(rubric)
    if problems:
        refuse(problems[0].key, f"{problems[0].message}.".replace("..", "."))
    return rubric


def _clean(value: Any) -> Any:
    """Line ends and half characters as everywhere in markdesk."""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {key: _clean(item) for key, item in value.items()} if isinstance(value, dict) else value


def _title(draft: Draft, title: str) -> str:
    line = one_line(title)
    if len(line) <= LONGEST_TITLE:
        return line
    draft.say("A name that is as long as a sentence is shortened; a criterion's stands whole in the guidance.")
    return line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def unique_ids(names: Iterable[str], fallback: str) -> list[str]:
    """An id for each name, in order, none twice."""
    found: list[str] = []
    for name in names:
        base = slug(name, fallback)
        number, unique = 1, base
        while unique in found:
            number += 1
            unique = f"{base}-{number}"
        found.append(unique)
    return found


def _objectives(draft: Draft) -> list[str]:
    """The objective of each scale, by its title, its strands or a description that is nothing but codes.

    All are empty where not every scale names one. Where one names several they are one, since the file divides no
    marks among them.
    """
    named = [
        "+".join(dict.fromkeys(f"AO{n}" for n in _AO.findall(" ".join((c.title, _codes(c), *_strand_names(c))))))
        for c in draft.criteria
    ]
    if not all(named):
        draft.say("No assessment objectives are set: the file doesn't name one for every scale.")
        return [""] * len(named)
    if any("+" in name for name in named):
        draft.say("The marks of a scale with several objectives are not divided among them, since the file doesn't.")
    return named


def _codes(criterion: Criterion) -> str:
    """The description of a criterion where it only names objectives, as in what markdesk writes for others."""
    return criterion.about if _ONLY_CODES.fullmatch(criterion.about) else ""


def _marks_of(criteria: list[Criterion], objectives: list[str]) -> list[dict[str, Any]]:
    marks: dict[str, int] = {}
    for criterion, objective in zip(criteria, objectives, strict=True):
        marks[objective] = marks.get(objective, 0) + criterion.max
    return [{"code": code, "marks": count} for code, count in marks.items()]


def _strand_names(criterion: Criterion) -> list[str]:
    return list(dict.fromkeys(name for band in criterion.bands for name, _ in band.strands))


def _strands(draft: Draft, objectives: list[str]) -> dict[tuple[str, str], str]:
    """The id of each strand, by its objective and its name."""
    keys = dict.fromkeys(
        (objective, name)
        for criterion, objective in zip(draft.criteria, objectives, strict=True)
        for name in _strand_names(criterion)
    )
    return dict(zip(keys, unique_ids((name for _, name in keys), "strand"), strict=True))


def _scale(
    draft: Draft, criterion: Criterion, title: str, scale_id: str, objective: str, strands: dict[tuple[str, str], str]
) -> dict[str, Any]:
    scale: dict[str, Any] = {
        "id": scale_id,
        "title": title,
        "aos": [objective] if objective else [],
        "max": criterion.max,
    }
    if not criterion.bands:
        item = {"id": "marks", "text": criterion.about.strip() or title, "max": criterion.max}
        return {**scale, "kind": "points", "item": [item]}
    own = [strands[objective, name] for name in _strand_names(criterion)]
    if own and (not objective or len(own) < sum(ao == objective for ao, _ in strands)):
        scale["strands"] = own
    levels = [_level(n, band, objective, strands) for n, band in enumerate(criterion.bands, start=1)]
    _say_numbers(draft, levels)
    return {**scale, "kind": "levels", "level": levels[::-1]}


def _say_numbers(draft: Draft, levels: list[dict[str, Any]]) -> None:
    """A scheme whose names count otherwise than its levels: a digit key means the level, not its name."""
    for level in levels:
        named = level_name(level["label"])
        if named and named.n is not None and named.n != level["n"]:
            draft.say(f"Levels are numbered from the lowest: {quoted(level['label'])} is level {level['n']} here.")
            return


def _level(n: int, band: Band, objective: str, strands: dict[tuple[str, str], str]) -> dict[str, Any]:
    label = one_line(band.label)
    text = band.text.strip()
    if len(label) > LONGEST_LABEL:
        # Many put the whole description where the name of the level belongs.
        text = f"{band.label.strip()}\n{text}".strip()
        label = ""
    level: dict[str, Any] = {
        "n": n,
        "label": label or f"L{n}",
        "min": band.low,
        "max": band.high,
        "summary": text or label or f"Level {n}",
    }
    if band.strands:
        level["strand"] = {strands[objective, name]: words.strip() for name, words in band.strands}
    return level


def _guidance(draft: Draft) -> str:
    parts = [draft.guidance.strip()]
    for criterion in draft.criteria:
        title = one_line(criterion.title)
        about = criterion.about.strip()
        if len(title) > LONGEST_TITLE:
            parts.append(f"{title} {about}".strip())
        elif about and about != title and criterion.bands and not _codes(criterion):
            parts.append(f"{title}: {about}")
    return "\n".join(part for part in parts if part)


def _zero(draft: Draft) -> str:
    names = list(dict.fromkeys(name for name in draft.zeros if name and len(name) <= LONGEST_LABEL * 2))
    if len(names) == 1:
        return names[0]
    if names:
        draft.say(
            f"The criteria name no marks differently ({', '.join(map(quoted, names[:3]))}): it is '{_ZERO}' here."
        )
    return _ZERO
