"""The word that was meant, where a file has one that isn't known."""

from collections.abc import Sequence


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """``Did you mean 'level'?``; empty where no word is near."""
    from difflib import get_close_matches  # here, since most files have no such word

    near = get_close_matches(word, known, 1, 0.5)
    return f"Did you mean '{near[0]}'?" if near else ""
