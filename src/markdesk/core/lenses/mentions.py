"""Sources and extracts: where the essay names them, and which it never names."""

import re
from collections.abc import Iterator

from markdesk.core.essay import Essay, Span
from markdesk.core.lenses.lens import Asked, Found, Lens

_KIND = r"(?:extract|source|interpretation|passage|document)"
_LABEL = r"(?:[A-H]|\d{1,2})(?![\w’'-]|\.\d)"
_AND = r"(?:\s?,\s?(?:(?:and|or)\s)?|\s(?:and|or|to|with)\s|\s?[&–-]\s?)"
_MENTION = re.compile(
    rf"\b(?P<kind>(?i:{_KIND}s?))\s(?P<labels>{_LABEL}(?:{_AND}(?:(?i:{_KIND})\s)?{_LABEL}){{0,8}})"
    rf"|\b(?:(?i:the|these|those|all|both|two|three|four)\s){{1,2}}(?i:{_KIND}s)\b(?!\sof\b)"
)
_ONE = re.compile(_LABEL)
_RANGE = re.compile(r"([A-H])\s?(?:[–-]|to)\s?([A-H])")


def labels_in(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Each mention with the letters or numbers that it names; none for "the sources"."""
    for match in _MENTION.finditer(text):
        told = match["labels"] or ""
        labels = list(dict.fromkeys(one.group() for one in _ONE.finditer(told)))
        for first, last in _RANGE.findall(told):
            labels += [letter for letter in map(chr, range(ord(first), ord(last) + 1)) if letter not in labels]
        yield Span(match.start(), match.end()), tuple(labels)


def mentions(essay: Essay, asked: Asked) -> Lens:
    """The mentions of an essay. What the question names and the essay never does is told."""
    named = [(span, labels) for span, labels in labels_in(essay.text)]
    found = tuple(Found(span, ", ".join(labels) or "all of them") for span, labels in named)
    said = {label for _, labels in named for label in labels}
    wanted = sorted({label for _, labels in labels_in(asked.question) for label in labels})
    told: list[str] = []
    if wanted:
        never = [label for label in wanted if label not in said]
        told.append(f"the question names {', '.join(wanted)}")
        told.append(f"never named: {', '.join(never)}" if never else "each of them is named")
    elif asked.rubric is not None and asked.rubric.stimulus_count:
        rubric = asked.rubric
        told.append(f"the scheme has {rubric.stimulus_count} {rubric.stimulus}; the question doesn't say which")
        told.append(f"named: {', '.join(sorted(said))}" if said else "none is named")
    return Lens("mentions", "Sources and extracts", found, told=tuple(told))
