"""Which letters the typesetter can draw, so that none is ever left out: what no font has is shown by its code.

Typst brings fonts for Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, Devanagari and most signs. A sheet
that needs nothing else comes out the same, to the byte, on every machine. Where somebody wrote what these fonts lack
(Chinese, Japanese, Korean, most emoji), the fonts of the machine are asked; where they lack it too, ``⟨U+6BDB⟩`` stands
in its place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from markdesk.core.errors import MarkdeskError

if TYPE_CHECKING:
    import typst

_MISSING = "Install it: python3 -m pip install 'typst>=0.15,<0.16'. Or choose another format."

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe0e\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
)
_SURE = " -~\n\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2039\u203a\u20ac\u200b\u2060"
"""What the fonts inside have for certain: nothing is asked about a text of these alone."""
_UNSURE = re.compile(f"[^{_SURE}]")
_SIGN = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|.(?:[{_MARKS}]|\u200d.)+|[^{_SURE}]", re.DOTALL)
"""What is drawn as one: a flag, a letter with its marks, pictures joined, or any letter that isn't sure."""
_REPORTED = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_PROBE = b"""
#set document(title: "letters", date: none)
#set text(lang: "en", font: ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math"))
#for one in json(bytes(sys.inputs.signs)) { par(one) }
"""


def typesetter() -> Any:
    """The library that draws the pages. Raises MarkdeskError where it isn't installed."""
    try:
        import typst
    except ImportError as error:
        raise MarkdeskError("PDF sheets need the typesetter Typst, which isn't installed.", _MISSING) from error
    return typst


@cache
def fonts(with_machine_s: bool) -> "typst.Fonts":
    """The fonts inside the typesetter, with those of the machine where they are wanted."""
    made: typst.Fonts = typesetter().Fonts(include_system_fonts=with_machine_s)
    return made


@dataclass(frozen=True, slots=True)
class Lettering:
    """How the signs of some texts are drawn."""

    needs_machine_s: bool = False
    """Whether a font of the machine draws some of them."""
    undrawn: frozenset[str] = field(default_factory=frozenset)
    """The signs that no font has."""

    def drawn(self, text: str) -> str:
        """The text with the code of each letter that can't be drawn in its place."""
        if not self.undrawn:
            return text
        return _SIGN.sub(lambda found: self._drawn(found.group()), text)

    def _drawn(self, sign: str) -> str:
        return _coded(sign) if any(part in self.undrawn for part in (sign, *sign)) else sign

    def without(self, reported: Iterable[str]) -> "Lettering":
        """The same, where it turned out that these can't be drawn either."""
        return Lettering(self.needs_machine_s, self.undrawn | frozenset(reported))


def lettering(texts: Iterable[str]) -> Lettering:
    """How these texts are drawn: by the fonts inside alone if that can be."""
    wanted = {sign for text in texts if not text.isascii() for sign in signs(text)}
    missing = _undrawn(wanted, with_machine_s=False)
    if not missing:
        return Lettering()
    still = _undrawn(missing, with_machine_s=True)
    return Lettering(still != missing, frozenset(still))


def signs(text: str) -> Iterator[str]:
    """What in a text the fonts inside may lack."""
    return (found.group() for found in _SIGN.finditer(text))


def reported(error: Exception) -> set[str]:
    """The letters that the typesetter says it can't draw; empty where it complains of something else."""
    told = _REPORTED.findall(str(getattr(error, "diagnostic", "")))
    return {_ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else e[2], letters) for letters in told}


def _undrawn(wanted: set[str], *, with_machine_s: bool) -> set[str]:
    """Those of the signs that the fonts lack, asked in one go: an accessible PDF with such a letter is refused."""
    import json

    if not wanted:
        return set()
    typst = typesetter()
    try:
        typst.compile(
            _PROBE,
            font_paths=fonts(with_machine_s),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"signs": json.dumps(sorted(wanted))},
        )
    except typst.TypstError as error:
        letters = reported(error)
        if not letters:
            return wanted  # a font of the machine is no good
        return {sign for sign in wanted if any(letter in sign for letter in letters)}
    return set()


def _coded(sign: str) -> str:
    return "".join(_code(letter) if _UNSURE.match(letter) else letter for letter in sign)


def _code(letter: str) -> str:
    """``⟨U+6BDB⟩``. A picture of a control character, which ``show`` made, is told as that character."""
    code = ord(letter)
    if 0x2400 <= code < 0x2420:
        code -= 0x2400
    elif code == 0x2421:
        code = 0x7F
    return f"\u27e8U+{code:04X}\u27e9"
