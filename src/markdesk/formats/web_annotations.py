"""The annotations of an assignment as W3C Web Annotations (JSON-LD), for other programs to read.

Positions count Unicode code points in the essay's text, as the standard asks. The text has line ends ``\n`` and a
blank line between paragraphs; ``digest`` says which text it was, and ``schema:sha256`` says the same in the standard's
own words.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markdesk.core.annotation import Annotation, StampSet
from markdesk.core.coursework import Assignment
from markdesk.core.marking import Marking
from markdesk.desk.annotation_times import Times

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

NO_TIMES: Mapping[str, Times] = {}


def collection(
    assignment: Assignment, markings: Sequence[tuple[Marking, str, StampSet]], times: Mapping[str, Times] = NO_TIMES
) -> dict[str, Any]:
    """All annotations of these markings; each comes with its marker's name and the stamps of its scheme.

    They stand in ``items``, one list, where a program finds them at once. A reader that goes by the standard's pages
    finds the only page in ``first``, which names them in their order.
    """
    items = [
        _item(annotation, marking, marker, stamps, times.get(annotation.id))
        for marking, marker, stamps in markings
        for annotation in marking.annotations_in_order()
    ]
    own = _iri("annotations", assignment.id)
    page = {
        "id": f"{own}:page:1",
        "type": "AnnotationPage",
        "partOf": own,
        "startIndex": 0,
        "items": [item["id"] for item in items],
    }
    return {
        "@context": CONTEXT,
        "id": own,
        "type": "AnnotationCollection",
        "label": assignment.name,
        "total": len(items),
        **({"first": page} if items else {}),
        "items": items,
    }


def _iri(what: str, own: str) -> str:
    return f"urn:markdesk:{what}:{quote(own, safe='-._~')}"


def _item(
    annotation: Annotation, marking: Marking, marker: str, stamps: StampSet, times: Times | None
) -> dict[str, Any]:
    bodies = _bodies(annotation, stamps)
    what = "commenting" if annotation.comment else "tagging" if bodies else "highlighting"
    return {
        "id": _iri("annotation", annotation.id),
        "type": "Annotation",
        "motivation": what,
        "creator": {"id": _iri("marker", marking.header.marker_id), "type": "Person", "name": marker},
        **({"created": _utc(times.created), "modified": _utc(times.modified)} if times else {}),
        **({"body": bodies} if bodies else {}),
        "target": _target(annotation, marking),
    }


def _utc(at: str) -> str:
    """The standard wants a Z."""
    return at.removesuffix("+00:00") + "Z" if at.endswith("+00:00") else at


def _bodies(annotation: Annotation, stamps: StampSet) -> list[dict[str, str]]:
    bodies: list[dict[str, str]] = []
    if annotation.comment:
        comment = {"type": "TextualBody", "value": annotation.comment, "format": "text/plain"}
        bodies.append({**comment, "purpose": "commenting"})
    stamp = stamps.for_code(annotation.code) if annotation.code else None
    tags = [annotation.code] if annotation.code else []
    tags += sorted(stamp.aos) if stamp else []
    return bodies + [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]


def _target(annotation: Annotation, marking: Marking) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "SpecificResource", "source": _iri("script", marking.header.script_id)}
    if marking.header.essay_hash:
        target["digest"] = marking.header.essay_hash
        target["schema:sha256"] = marking.header.essay_hash.removeprefix("sha256:")
    place = annotation.anchor
    if place.span is not None:
        target["selector"] = [
            {"type": "TextPositionSelector", "start": place.span.start, "end": place.span.end},
            {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix},
        ]
    return target
