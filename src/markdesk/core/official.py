"""A board's own wording, held on the teacher's machine alone and shown in place of our paraphrase.

Boards keep the copyright in their mark schemes and let registered centres copy them for internal use. So the
wording comes from a file that the centre writes for itself, and goes to the screen and nowhere else: it isn't a
``Rubric`` and has no way into one, into a hash, into the desk or into an export. Nothing else of a scheme can be
said here: ranges and rules are those of the scheme.
"""

from dataclasses import dataclass, field
from typing import Any

from markdesk.core.file_keys import ID, Key, Kind, Tables, count, must, tables, text
from markdesk.core.rubric import Level, Rubric, Scale
from markdesk.core.toml_reader import Problem, Reader

SCHEMA = "markdesk.official/1"

TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "rubric": must("The id of the scheme whose words these are; the file is called after it.", ID),
        "source": must("The board's document from which they were taken."),
        "scale": tables("scale", "The words of one scale.", required=True),
    },
    "scale": {
        "id": must("The id of the scale in the scheme.", ID),
        "level": tables("level", "The words of one level.", required=True),
    },
    "level": {
        "n": count("Its number in the scheme."),
        "text": text("The board's paragraph, in place of the summary."),
        "strand": Key(Kind.WORDS, "By strand: the board's bullet.", default="none"),
    },
}

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Official:
    """The board's words by scale and level, as far as the centre has entered them."""

    rubric: str
    source: str
    texts: dict[Place, str] = field(default_factory=dict)
    strands: dict[Place, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words to show for a scheme: the board's where the teacher holds them, else the scheme's own.

    A file may hold a few of them only, so the board's stand in quotation marks: they hold in black and white, in a
    narrow column and when copied, and what has none is the scheme's.
    """

    official: Official | None = None

    @property
    def source(self) -> str:
        """The board's document; empty where the words are the scheme's own."""
        return self.official.source if self.official else ""

    def summary(self, scale: Scale, level: Level) -> str:
        """The level in a sentence, or the board's paragraph in quotation marks."""
        words = self._of_board(scale, level)
        return _quoted(words) if words else level.summary

    def strand(self, scale: Scale, level: Level, strand: str) -> str:
        """What the strand does at that level; the board's bullet in quotation marks."""
        words = self._of_board(scale, level, strand)
        return _quoted(words) if words else level.strand.get(strand, "")

    def told(self, rubric: Rubric, is_own: bool = False) -> str:
        """Whose words are shown, how many of them and from where; empty where they are all the scheme's own.

        ``is_own``: the scheme is the teacher's, so that what isn't the board's is hers and not ours.
        """
        if self.official is None:
            return ""
        texts = [
            bool(self._of_board(scale, level, strand))
            for scale in rubric.scales
            for level in scale.levels
            for strand in ("", *(strand.id for strand in rubric.strands_of(scale)))
        ]
        kept = "held on this computer only"
        if all(texts):
            return f"the board's own, from {self.source}; {kept}"
        entered, rest = f"{sum(texts)} of {len(texts)} texts", "your own" if is_own else "our paraphrase"
        return f"the board's own in “ ” ({entered}), from {self.source}; {kept}. The rest is {rest}"

    def _of_board(self, scale: Scale, level: Level, strand: str = "") -> str:
        """The board's words on a strand, or on the level as a whole; empty where they were not entered."""
        if self.official is None:
            return ""
        place = (scale.id, level.n)
        return self.official.strands.get(place, {}).get(strand, "") if strand else self.official.texts.get(place, "")


def _quoted(words: str) -> str:
    return f"“{words}”"


def check_official(data: dict[str, Any], rubric: Rubric | None) -> tuple[Official | None, tuple[Problem, ...]]:
    """The wording, or everything that is wrong with it. With the scheme at hand, its scales and strands must exist."""
    reader = Reader(TABLES)
    top = reader.table(data, "", ())
    found = Official(top.get("rubric", ""), top.get("source", ""))
    scales = reader.tables(top, "scale")
    reader.unique(scales)
    for path, scale in scales:
        known = rubric.scale(scale.get("id", "")) if rubric else None
        if rubric and "id" in scale and known is None:
            reader.one_of((*path, "id"), scale["id"], [scale.id for scale in rubric.scales], "scale")
        levels = reader.tables(scale, "level", path)
        reader.unique(levels, "n")
        for where, level in levels:
            place = (scale.get("id", ""), level.get("n", 0))
            if known and "n" in level and known.level(level["n"]) is None:
                reader.wrong((*where, "n"), f"'{known.id}' has levels 1 to {known.top}")
            if rubric and known:
                for name in level.get("strand", {}):
                    reader.one_of((*where, "strand", name), name, [s.id for s in rubric.strands_of(known)], "strand")
            found.texts[place] = level.get("text", "").strip()
            found.strands[place] = {name: words.strip() for name, words in level.get("strand", {}).items()}
    return (None if reader.problems else found), tuple(reader.problems)
