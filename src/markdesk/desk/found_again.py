"""Where an annotation stands in a newer text, worked out once.

An import is planned when it is shown, at each decision, and again when it is written; the places are the same then.
"""

from functools import lru_cache

from markdesk.core.anchors import Anchor
from markdesk.core.essay import Essay
from markdesk.core.relocating import Found, Relocator


@lru_cache(maxsize=4096)
def found_again(earlier: Essay | None, essay: Essay, old: Anchor) -> Found:
    """The anchor in the newer text; ``earlier`` is the text that it was made on, None where that isn't known."""
    return _relocator(earlier, essay).find(old)


@lru_cache(maxsize=2)
def _relocator(earlier: Essay | None, essay: Essay) -> Relocator:
    """Aligns the two texts, which takes a tenth of a second; the annotations of one essay come one after another."""
    return Relocator(earlier, essay)
