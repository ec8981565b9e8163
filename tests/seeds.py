"""How far a run of the tests trusts to chance: not at all, or as far as ``just explore`` says. No pytest in here.

A run of the suite has to say the same thing each time, so what is drawn in it is the same each time. What chance would
find is looked for on purpose: ``MARKDESK_EXPLORE`` draws anew, that many times as much; ``MARKDESK_SEED`` begins the
walks and the damages that aren't Hypothesis's elsewhere.
"""

import os

TIMES = int(os.environ.get("MARKDESK_EXPLORE", "0"))
"""How many times the usual number of examples to draw, all of them new; 0 for the same ones as ever."""
SEED = int(os.environ.get("MARKDESK_SEED", "1487"))


def examples(usual: int) -> int:
    """How many of what a test usually draws so many of."""
    return usual * max(TIMES, 1)
