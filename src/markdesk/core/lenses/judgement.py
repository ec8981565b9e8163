"""Judgement words: those that weigh, and those that turn. Where they stand says more than how many there are."""

import re

from markdesk.core.essay import Essay, Span
from markdesk.core.lenses.lens import Asked, Found, Lens, numbered

_WEIGHS = (
    "above all", "arguably", "chiefly", "convincing(?:ly)?", "crucial(?:ly)?", "decisive(?:ly)?", "doubtful",
    "essential(?:ly)?", "fundamental(?:ly)?", "in conclusion", "in my (?:view|opinion)", "in the end", "key",
    "largely", "least (?:important|significant)", "less (?:important|significant|convincing)", "mainly",
    "more (?:important|significant|convincing)", "most (?:important|significant|convincing)", "on balance", "overall",
    "paramount", "persuasive(?:ly)?", "primarily", "principally", "significant(?:ly)?", "to a (?:certain|great|greater|"
    "large|lesser|limited|significant) (?:extent|degree)", "to some (?:extent|degree)", "ultimately",
    "unconvincing(?:ly)?", "undeniabl[ey]", "undoubtedly", "vital(?:ly)?",
)  # fmt: skip
_TURNS = (
    "although", "by contrast", "conversely", "despite", "even so", "however", "in contrast", "nevertheless",
    "nonetheless", "on the contrary", "on the other hand", "rather than", "though", "whereas", "yet",
)  # fmt: skip
_ANY = "|".join((*_WEIGHS, *_TURNS)).replace(" ", r"\s{1,3}")
_WORDS = re.compile(rf"\b(?:{_ANY})\b", re.I)
_TURNING = frozenset(_TURNS)


def judgement_words(essay: Essay, _asked: Asked) -> Lens:
    """Words that weigh and words that turn."""
    found = tuple(
        Found(Span(m.start(), m.end()), "turns" if " ".join(m.group().lower().split()) in _TURNING else "weighs")
        for m in _WORDS.finditer(essay.text)
    )
    told: list[str] = []
    weighing = next((one for one in found if one.note == "weighs"), None)
    if weighing is not None:
        told.append(f"the first that weighs: {numbered([essay.paragraph_at(weighing.span.start).number])}")
    return Lens("judgement", "Judgement words", found, told=tuple(told))
