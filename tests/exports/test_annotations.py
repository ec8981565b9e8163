"""The annotations as the Web Annotation Data Model has them (W3C Recommendation of 23 February 2017).

``broken`` holds the model's rules that touch what is written here: each MUST by its section. Every export of every test
goes through it, and each rule is shown to fail.
"""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from markdesk.core.essay import Essay, Span
from markdesk.desk.annotation_times import annotation_times
from markdesk.desk.desk import Desk
from markdesk.formats.web_annotations import CONTEXT, collection
from markdesk.store.memory.store import MemoryStore
from tests.exports.payloads import PAYLOADS
from tests.kit import HARD_ESSAY, SmallDesk, fill

Plain = dict[str, Any]

MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
TERMS = {
    "@context", "id", "type", "label", "total", "first", "items", "partOf", "startIndex", "motivation", "creator",
    "created", "modified", "body", "target", "value", "format", "purpose", "name", "source", "selector", "start", "end",
    "exact", "prefix", "suffix",
}  # fmt: skip
"""Those of the standard's context (anno.jsonld) that are used. ``schema:`` is a prefix of it."""
OUR_OWN = {"digest"}
"""What a reader of JSON-LD passes over: the same is said in ``schema:sha256``."""

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%\u00a0-\uffef]+")
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def objects(value: Any) -> Iterator[Plain]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and IRI.fullmatch(value) is not None


def broken(found: Plain) -> list[str]:
    """The rules of the model that this collection breaks."""
    said: list[str] = []

    def must(rule: str, holds: bool) -> None:
        if not holds:
            said.append(rule)

    must("3.1 the context is the standard's", found.get("@context") == CONTEXT)
    must("5.1 a collection has one IRI", is_iri(found.get("id")))
    must("5.1 it is an AnnotationCollection", found.get("type") == "AnnotationCollection")
    must("5.1 its total is a count", found.get("total") == len(found.get("items", [])))
    if found.get("items"):
        page = found.get("first", {})
        must("5.2 a page has one IRI", is_iri(page.get("id")) and page["id"] != found.get("id"))
        must("5.2 it is an AnnotationPage", page.get("type") == "AnnotationPage")
        must("5.2 it has its annotations in order", page.get("items") == [item.get("id") for item in found["items"]])
        must("5.2 it is part of its collection", page.get("partOf") == found.get("id"))
        must("5.2 its start is a count", page.get("startIndex") == 0)
    ids = [item.get("id") for item in found.get("items", [])]
    must("3.1 no two annotations have one IRI", len(set(ids)) == len(ids))
    for item in found.get("items", []):
        said += broken_annotation(item)
    used = {key for one in objects(found) for key in one} - OUR_OWN
    must("the terms are the context's", {key for key in used if not key.startswith("schema:")} <= TERMS)
    return said


def broken_annotation(item: Plain) -> list[str]:
    said: list[str] = []

    def must(rule: str, holds: bool) -> None:
        if not holds:
            said.append(rule)

    must("3.1 an annotation has one IRI", is_iri(item.get("id")))
    must("3.1 its type is Annotation", item.get("type") == "Annotation")
    must("3.3.5 its motivation is one of the standard's", item.get("motivation") in MOTIVATIONS)
    creator = item.get("creator", {})
    must("3.3.1 who made it", is_iri(creator.get("id")) and creator.get("type") == "Person" and "name" in creator)
    for when in ("created", "modified"):
        must(f"3.3.1 {when} is a time in UTC, with a Z", when not in item or WHEN.fullmatch(item[when]) is not None)
    must("3.3.1 nothing is altered before it is made", item.get("created", "") <= item.get("modified", "~"))
    must("3.1 where there is a body there is one", "body" not in item or bool(item["body"]))
    for body in item.get("body", []):
        must("3.2.4 a textual body has one value", isinstance(body.get("value"), str))
        must("3.2.4 its type is TextualBody", body.get("type") == "TextualBody")
        must("3.3.5 its purpose is one of the standard's", body.get("purpose") in MOTIVATIONS)
    target = item.get("target")
    must("3.1 there is a target", isinstance(target, dict))
    if isinstance(target, dict):
        must("4.1 a specific resource has one source", is_iri(target.get("source")))
        must("4.2 where there are selectors there is one", "selector" not in target or bool(target["selector"]))
        for selector in target.get("selector", []):
            if selector.get("type") == "TextPositionSelector":
                start, end = selector.get("start"), selector.get("end")
                whole = type(start) is int and type(end) is int
                must("4.2.5 start and end are counts, in order", whole and 0 <= start <= end)
            elif selector.get("type") == "TextQuoteSelector":
                texts = [selector.get(name, "") for name in ("exact", "prefix", "suffix")]
                must("4.2.4 a quotation is text, with text about it", all(isinstance(text, str) for text in texts))
                must("4.2.4 it has one exact", "exact" in selector)
            else:
                said.append("4.2 a selector is of a kind that the standard has")
    return said


def exported(desk: Desk) -> Plain:
    """What the command writes, as a program reads it."""
    (assignment,) = desk.store.assignments()
    markings = []
    for entry in desk.store.entries(None, assignment.id):
        marking = desk.store.marking(entry.script.id, entry.header.marker_id) if entry.header else None
        if marking is not None:
            markings.append((marking, "Ms Test", desk.stamps_for(desk.store.rubric(marking.header.rubric_hash))))
    found = collection(assignment, markings, annotation_times(desk, (marking.id for marking, _, _ in markings)))
    read: Plain = json.loads(json.dumps(found))
    return read


def places(text: str, quote: str) -> list[int]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def assert_found_again(found: Plain, essay: Essay) -> int:
    """Every target that has selectors is found by each of them; how many that were."""
    count = 0
    for item in found["items"]:
        if "selector" not in item["target"]:
            continue
        position, quote = item["target"]["selector"]
        assert essay.text[position["start"] : position["end"]] == quote["exact"]
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert position["start"] - len(quote["prefix"]) in places(essay.text, whole)
        assert item["target"]["digest"] == f"sha256:{item['target']['schema:sha256']}" == essay.hash
        count += 1
    return count


@pytest.fixture
def small() -> SmallDesk:
    return fill(MemoryStore())


def test_every_target_is_found_again_by_quote_and_by_position(small: SmallDesk) -> None:
    chance, opened, size = random.Random(7), small.open(0), len(HARD_ESSAY.text)
    for n in range(200):
        start = chance.randrange(size - 1)
        span = Span(start, min(size, start + chance.choice((1, 2, 7, 40, 300))))
        small.clock.wait(61)
        opened.annotate(span, "K" if n % 3 else "", f"note {n}" if n % 2 or not n % 3 else "")
    found = exported(small.desk)
    assert broken(found) == []
    assert assert_found_again(found, HARD_ESSAY) == found["total"] >= 195
    assert any(ord(sign) > 0xFFFF for item in found["items"] for sign in item["target"]["selector"][1]["exact"])
    starts = [item["target"]["selector"][0] for item in found["items"]]
    assert any(a["end"] > b["start"] for a, b in pairwise(starts)), "some lie over others"


def test_a_note_of_each_kind_says_what_it_is(small: SmallDesk) -> None:
    opened = small.open(1)
    opened.annotate(Span(0, 10), "K", "exact")
    opened.annotate(Span(12, 20), "V")
    opened.tell_class_of(Span(22, 30))
    small.open(2).annotate(Span(0, 2), "R", "on paper")
    found = exported(small.desk)
    assert broken(found) == []
    said = [(item["motivation"], [body["purpose"] for body in item.get("body", [])]) for item in found["items"]]
    assert sorted(said) == [
        ("commenting", ["commenting", "tagging"]),
        ("commenting", ["commenting", "tagging"]),
        ("highlighting", []),
        ("tagging", ["tagging"]),
    ]
    (on_paper,) = [item for item in found["items"] if item.get("body", [{}])[0].get("value") == "on paper"]
    assert "digest" not in on_paper["target"]


def test_when_it_was_made_and_altered_comes_from_the_log(small: SmallDesk) -> None:
    opened = small.open(1)
    opened.annotate(Span(0, 10), "K")
    small.clock.wait(3600)
    (note,) = opened.marking.annotations.values()
    opened.comment(note.id, "how exact")
    small.clock.wait(3600)
    opened.remove_annotation(note.id)
    opened.undo()
    (item,) = exported(small.desk)["items"]
    assert (item["created"], item["modified"]) == ("2026-11-23T09:30:00.000Z", "2026-11-23T11:30:00.000Z")


def test_nothing_to_export_is_a_collection_too(small: SmallDesk) -> None:
    found = exported(small.desk)
    assert broken(found) == []
    assert found["items"] == []


def test_hostile_comments_come_out_as_they_were_written(small: SmallDesk) -> None:
    from markdesk.cli.output import json_text

    opened = small.open(1)
    texts = [payload.text for payload in PAYLOADS if payload.text.strip() and len(payload.text) < 1000]
    for text in texts:
        small.clock.wait(61)
        opened.annotate(Span(0, 10), "", text)
    written = json_text(exported(small.desk))
    found = json.loads(written)
    assert broken(found) == []
    kept = [note.comment for note in opened.marking.annotations.values()]
    assert sorted(item["body"][0]["value"] for item in found["items"]) == sorted(kept)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written)


SPOILED: tuple[tuple[str, Callable[[Plain], Any]], ...] = (
    ("3.1 the context is the standard's", lambda c: c.pop("@context")),
    ("5.1 a collection has one IRI", lambda c: c.update(id="not an iri")),
    ("5.1 its total is a count", lambda c: c.update(total=7)),
    ("5.2 it has its annotations in order", lambda c: c["first"]["items"].reverse()),
    ("3.1 no two annotations have one IRI", lambda c: c["items"][1].update(id=c["items"][0]["id"])),
    ("3.3.5 its motivation is one of the standard's", lambda c: c["items"][0].update(motivation="marking")),
    ("3.3.1 created is a time in UTC, with a Z", lambda c: c["items"][0].update(created="2026-11-23T09:30:00+00:00")),
    ("3.1 where there is a body there is one", lambda c: c["items"][0].update(body=[])),
    ("3.2.4 a textual body has one value", lambda c: c["items"][0]["body"][0].pop("value")),
    ("3.3.5 its purpose is one of the standard's", lambda c: c["items"][0]["body"][0].update(purpose="x")),
    ("4.1 a specific resource has one source", lambda c: c["items"][0]["target"].pop("source")),
    ("4.2.5 start and end are counts, in order", lambda c: c["items"][0]["target"]["selector"][0].update(start=-1)),
    ("4.2.4 it has one exact", lambda c: c["items"][0]["target"]["selector"][1].pop("exact")),
    ("the terms are the context's", lambda c: c["items"][0].update(colour="red")),
)


@pytest.mark.parametrize(("rule", "spoil"), SPOILED, ids=[rule for rule, _ in SPOILED])
def test_each_rule_can_fail(small: SmallDesk, rule: str, spoil: Callable[[Plain], Any]) -> None:
    opened = small.open(1)
    opened.annotate(Span(0, 10), "K", "exact")
    opened.annotate(Span(12, 20), "V", "vague")
    found = copy.deepcopy(exported(small.desk))
    assert broken(found) == []
    spoil(found)
    assert rule in broken(found)
