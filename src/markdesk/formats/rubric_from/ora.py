"""Open edX's ORA: the rubric of an ``openassessment`` in XML, or as the JSON that its editor and its API use."""

from typing import Any

from markdesk.formats.rubric_from.draft import Draft, Rating, banded, quoted, refuse, whole_marks
from markdesk.formats.rubric_from.json_data import load_json, table, tables, text
from markdesk.formats.rubric_from.xml_tree import Node, parse_xml

_ONLY_COMMENTS = "Criteria without options are for comments only: {} is left out."


def is_ora(value: object) -> bool:
    """Whether a JSON value holds such a rubric."""
    if isinstance(value, dict) and isinstance(value.get("rubric"), dict):
        value = value["rubric"]
    criteria = value.get("criteria") if isinstance(value, dict) else None
    return isinstance(criteria, list) and any(isinstance(item, dict) and "options" in item for item in criteria)


def read_ora_xml(data: bytes, file_name: str) -> list[Draft]:
    """The rubric of an assessment. Raises RubricInvalid naming the line."""
    root = parse_xml(data)
    rubric = root if root.tag == "rubric" else root.first("rubric")
    if rubric is None:
        refuse(root.where, f"<{root.tag}> has no <rubric> in it.")
    draft = Draft(_words(root, "title"), [])
    for node in rubric.all("criterion"):
        title = _words(node, "label") or _words(node, "name")
        if not title:
            refuse(node.where, "a criterion has no name.")
        options = node.all("option")
        if not options:
            draft.say(_ONLY_COMMENTS.format(quoted(title)))
            continue
        ratings = [
            Rating(
                whole_marks(
                    option.attributes.get("points", ""), option.where, f"'points' of an option of {quoted(title)}"
                ),
                _words(option, "label") or _words(option, "name"),
                _words(option, "explanation"),
                option.where,
            )
            for option in options
        ]
        draft.criteria.append(banded(draft, title, ratings, node.where, ranged=False, about=_words(node, "prompt")))
    _finish(draft, rubric.where, bool(rubric.value("feedbackprompt") or rubric.value("feedback_default_text")))
    return [draft]


def _words(node: Node, tag: str) -> str:
    """The text without the indentation of the file."""
    return "\n".join(line for line in (" ".join(line.split()) for line in node.value(tag).split("\n")) if line)


def read_ora_json(data: bytes, file_name: str) -> list[Draft]:
    """The rubric of an assessment. Raises RubricInvalid naming the key."""
    whole = table(load_json(data), "the file")
    inner = whole.get("rubric")
    rubric: dict[str, Any] = inner if isinstance(inner, dict) else whole
    place = "rubric.criteria" if isinstance(inner, dict) else "criteria"
    draft = Draft(text(whole, "title", ""), [])
    for where, item in _in_order(tables(rubric.get("criteria"), place)):
        title = text(item, "label", where) or text(item, "name", where)
        if not title:
            refuse(where, "the criterion has neither 'label' nor 'name'.")
        options = tables(item.get("options", []), f"{where}.options")
        if not options:
            draft.say(_ONLY_COMMENTS.format(quoted(title)))
            continue
        ratings = [
            Rating(
                whole_marks(option.get("points", ""), f"{at}.points", "'points'"),
                text(option, "label", at) or text(option, "name", at),
                text(option, "explanation", at),
                at,
            )
            for at, option in options
        ]
        draft.criteria.append(banded(draft, title, ratings, where, ranged=False, about=text(item, "prompt", where)))
    _finish(
        draft, place, any(rubric.get(key) for key in ("feedback_prompt", "feedbackprompt", "feedback_default_text"))
    )
    return [draft]


def _in_order(items: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    def order(item: tuple[str, dict[str, Any]]) -> int:
        value = item[1].get("order_num")
        return value if isinstance(value, int) else 0

    return sorted(items, key=order)


def _finish(draft: Draft, where: str, has_prompts: bool) -> None:
    if not draft.criteria:
        refuse(where, "no criterion has options, so nothing says how many marks there are.")
    if has_prompts:
        draft.say("What graders are asked to comment on is left out; markdesk has its own fields for comments.")
