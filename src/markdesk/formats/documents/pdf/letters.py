"""Which letters the typesetter can draw, so that none is ever left out: what no font has is named in words.

Typst brings fonts for Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, Devanagari and most signs. A sheet
that needs nothing else comes out the same, to the byte, on every machine. Where somebody wrote what these fonts lack
(Chinese, Japanese, Korean, Thai, most emoji), the fonts of the machine are asked; where they lack it too, its name
stands in its place: ``[grinning face]``, once for a run of such letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

from markdesk.core.errors import MarkdeskError
from markdesk.formats.documents.pdf.plain import BREAK

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
        """The text with the names of letters that can't be drawn in their place, those of a run in one bracket."""
        found, run, at = list[str](), list[str](), 0
        for match in _SIGN.finditer(text) if self.undrawn else ():
            sign, between = match.group(), text[at : match.start()]
            if not any(part in self.undrawn for part in (sign, *sign)):
                continue
            if between.strip(BREAK):
                found += [_named(run), between]
                run = []
            elif not run:
                found.append(between)
            kept = sign[:1] if len(sign) > 1 and not _UNSURE.match(sign) else ""  # an e whose accent can't be drawn
            if kept:
                found += [_named(run), kept]
                run = []
            run.append(sign[len(kept) :])
            at = match.end()
        return "".join((*found, _named(run), text[at:]))

    def first_named(self, text: str) -> str:
        """The first of the text's signs that is named in words, by itself; empty where all can be drawn."""
        return next((named for sign in signs(text) if (named := self.drawn(sign)) != sign), "")

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


def _named(run: list[str]) -> str:
    """``[grinning face × 3, red heart]``; of a script what its letters' names begin with is said once."""
    told: list[str] = []
    shared: list[str] = []
    for sign, times in ((sign, len([*same])) for sign, same in groupby(run)):
        words = _name(sign).split(" ")
        is_of_script = len(sign) == 1 and unicodedata.category(sign)[0] in "LM"
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words[:-1], shared, strict=False)))
        shared = words[:-1] if is_of_script else []
        told.append(" ".join(words[alike if alike > 1 else 0 :]) + (f" × {times}" if times > 1 else ""))
    return f"[{', '.join(told)}]" if told else ""


def _name(sign: str) -> str:
    """What a sign is called, its parts joined; the code of what has no name, and of a control character's picture."""
    parts = [letter for letter in sign if letter not in "\u200d\ufe0e\ufe0f"]
    return " + ".join(_name_of(letter) for letter in parts or sign)


def _name_of(letter: str) -> str:
    code = ord(letter)
    if 0x2400 <= code < 0x2420:  # made by ``show``
        return f"U+{code - 0x2400:04X}"
    if code == 0x2421:
        return "U+007F"
    name = unicodedata.name(letter, "").lower().replace("emoji modifier fitzpatrick", "skin")
    # Of an ideograph the name says no more than its code.
    return f"CJK ideograph {code:04X}" if name.startswith("cjk") and "ideograph-" in name else name or f"U+{code:04X}"
