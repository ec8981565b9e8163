"""The annotations of an assignment as W3C Web Annotations (JSON-LD), for other programs to read.

Positions count Unicode code points in the essay's text, as the standard asks. The text has line ends ``\\n`` and a
blank line between paragraphs; ``digest`` says which text it was.
"""

from collections.abc import Sequence
from typing import Any

from markdesk.core.annotation import Annotation, StampSet
from markdesk.core.marking import Marking

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def collection(label: str, markings: Sequence[tuple[Marking, str, StampSet]]) -> dict[str, Any]:
    """All annotations of these markings; each comes with its marker's name and the stamps of its scheme."""
    items = [
        _item(annotation, marking, marker, stamps)
        for marking, marker, stamps in markings
        for annotation in marking.annotations_in_order()
    ]
    return {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": label,
        "total": len(items),
        "items": items,
    }


def _item(annotation: Annotation, marking: Marking, marker: str, stamps: StampSet) -> dict[str, Any]:
    return {
        "id": f"urn:markdesk:annotation:{annotation.id}",
        "type": "Annotation",
        "motivation": "commenting" if annotation.comment else "tagging",
        "creator": {"type": "Person", "name": marker},
        "body": _bodies(annotation, stamps),
        "target": _target(annotation, marking),
    }


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
    target: dict[str, Any] = {"source": f"urn:markdesk:script:{marking.header.script_id}"}
    if marking.header.essay_hash:
        target["digest"] = marking.header.essay_hash
    place = annotation.anchor
    if place.span is not None:
        target["selector"] = [
            {"type": "TextPositionSelector", "start": place.span.start, "end": place.span.end},
            {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix},
        ]
    return target
