"""The stem of an English word, so that ``secured`` and ``security`` are found where a question says ``secure``.

It is made for words of one question in one essay, not for a dictionary: it takes endings off while enough is left.
"""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?")

_ENDINGS = (
    # What is taken off, what comes in its place, and how many letters must be left before it.
    ("ies", "y", 2), ("sses", "ss", 1), ("shes", "sh", 2), ("ches", "ch", 2), ("xes", "x", 2), ("s", "", 3),
    ("bilities", "bl", 3), ("bility", "bl", 3), ("ibly", "ibl", 3), ("ably", "abl", 3), ("ble", "bl", 3),
    ("fulness", "", 4), ("fully", "", 4), ("ful", "", 4), ("iveness", "", 4), ("ively", "", 4), ("ive", "", 4),
    ("ically", "", 4), ("ical", "", 4), ("ally", "", 4), ("ic", "", 4), ("al", "", 4),
    ("isation", "", 4), ("ization", "", 4), ("ising", "", 4), ("izing", "", 4), ("ised", "", 4), ("ized", "", 4),
    ("ise", "", 4), ("ize", "", 4), ("ation", "", 4), ("iously", "", 4), ("ious", "", 4), ("ion", "", 4),
    ("ism", "", 4), ("ist", "", 4), ("ment", "", 4), ("ness", "", 4), ("ity", "", 4), ("ary", "", 4), ("ure", "", 4),
    ("ly", "", 4),
    ("ing", "", 3), ("ed", "", 3), ("er", "", 3), ("or", "", 4), ("y", "", 4), ("e", "", 3),
)  # fmt: skip


@lru_cache(4096)
def stem(word: str) -> str:
    """The stem of one word, whatever its case and accents."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c)).replace("’", "'")
    bare = bare.partition("'")[0] if "'" in bare[1:] else bare
    changed = True
    while changed:
        changed = False
        for ending, instead, left in _ENDINGS:
            # "process", "status", "religious", "crisis" are no plurals.
            if bare.endswith(ending) and len(bare) - len(ending) >= left and not (ending == "s" and bare[-2] in "sui"):
                bare = bare[: -len(ending)] + instead
                changed = True
                break
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] and bare[-1] not in "aeiouls" else bare
