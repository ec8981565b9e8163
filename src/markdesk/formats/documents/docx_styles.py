"""How a Word sheet looks: its named styles, as the style sheet of a Word file. To change the look, change it here.

Lengths are in twentieths of a point, as Word counts them; letters in half points.
"""

from dataclasses import dataclass

from markdesk.formats.documents.document import Tone

INK = "1F2328"
QUIET = "57606A"
"""Dark enough to be read (6.4 to 1 on white)."""
ACCENT = "8A5A00"
HAIRLINE = "B9B1A1"

PAGE = (11906, 16838)
"""A4."""
MARGINS = {"top": 737, "right": 1077, "bottom": 850, "left": 1077, "header": 397, "footer": 454, "gutter": 0}
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
RULE_HEIGHT = 454
"""8 mm."""
SLIP_HEIGHT = 3345
"""59 mm: four below each other on a page, with a title above the first."""

SIGNS = {Tone.STRENGTH: "+", Tone.IMPROVE: "▲", Tone.TARGET: "○", Tone.TASK: "□", Tone.PLAIN: ""}
"""What stands before a panel's label. All of them are in the fonts that every Word has."""

_EDGES = {
    Tone.STRENGTH: ("left", "single", 36, ACCENT),
    Tone.IMPROVE: ("left", "dashed", 24, ACCENT),
    Tone.TARGET: ("left", "double", 12, ACCENT),
    Tone.TASK: ("box", "single", 8, ACCENT),
    Tone.PLAIN: ("left", "single", 6, QUIET),
}


@dataclass(frozen=True, slots=True)
class _Style:
    id: str
    name: str
    """As Word shows it; its own names in small letters are those that it knows."""
    paragraph: str = ""
    letters: str = ""
    base: str = "Normal"
    kind: str = "paragraph"


def panel(tone: Tone) -> str:
    """The id of the style of a panel's lines."""
    return f"Panel{tone.value.title()}"


def panel_label(tone: Tone) -> str:
    """The id of the style of a panel's label: the same edge, so that both stand in one frame."""
    return f"{panel(tone)}Label"


def panel_item(tone: Tone) -> str:
    """The id of the style of one of several lines: a list in the same frame."""
    return f"{panel(tone)}Item"


def styles_xml(language: str) -> str:
    """The style sheet; ``language`` is what the text is written in, as in ``en-GB``, safe in an attribute."""
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="264" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    return defaults + "".join(_xml(style) for style in _STYLES) + _TABLE_STYLES


def _xml(style: _Style) -> str:
    default = ' w:default="1"' if style.id == "Normal" else ""
    base = f'<w:basedOn w:val="{style.base}"/>' if style.base and style.id != "Normal" else ""
    following = '<w:next w:val="Normal"/>' if style.id.startswith("Heading") else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    letters = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    return (
        f'<w:style w:type="{style.kind}"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f"{base}{following}<w:qFormat/>{paragraph}{letters}</w:style>"
    )


def _spacing(before: int = 0, after: int = 0, line: int = 0, rule: str = "auto") -> str:
    height = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _letters(size: int = 0, color: str = "", is_bold: bool = False) -> str:
    return (
        ("<w:b/><w:bCs/>" if is_bold else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    )


def _border(side: str, line: str, size: int, color: str, space: int = 0) -> str:
    return f'<w:{side} w:val="{line}" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _indent(left: int, hanging: int = 0, right: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"' + (f' w:hanging="{hanging}"/>' if hanging else "/>")


def _panel_paragraph(tone: Tone, is_label: bool = False, is_item: bool = False) -> str:
    where, line, size, color = _EDGES[tone]
    sides = ("top", "left", "bottom", "right") if where == "box" else (where,)
    borders = "".join(_border(side, line, size, color, 8 if side in ("left", "right") else 3) for side in sides)
    # A label keeps with its first line; its outline level makes it a heading for whoever moves by headings.
    keep = "<w:keepNext/><w:keepLines/>" if is_label else ""
    spacing = _spacing(100, 0) if is_label else _spacing(0, 20)
    outline = '<w:outlineLvl w:val="1"/>' if is_label else ""
    # The frame stands where the sign of an item does, as far left as the label. Word draws one box round paragraphs of
    # one indent alone: in a box the lines of an item don't hang.
    right = 227 if where == "box" else 0
    indent = _indent(454, 227) if is_item and where != "box" else _indent(227, right=right)
    if is_item and where == "box":
        indent = indent.replace("/>", ' w:hanging="0"/>')
    numbers = '<w:numPr><w:numId w:val="4"/></w:numPr>' if is_item else ""
    return f"{keep}{numbers}<w:pBdr>{borders}</w:pBdr>{spacing}{indent}{outline}"


_KEEP = "<w:keepNext/><w:keepLines/>"
_RULES = _border("bottom", "single", 4, HAIRLINE) + _border("between", "single", 4, HAIRLINE)

_STYLES = (
    _Style("Normal", "Normal"),
    _Style("Heading1", "heading 1", _KEEP + _spacing(0, 20, 240) + '<w:outlineLvl w:val="0"/>', _letters(40, "", True)),
    _Style("Subtitle", "Subtitle", _KEEP + _spacing(0, 60, 252), _letters(24)),
    _Style(
        "Heading2",
        "heading 2",
        _KEEP + _spacing(240, 80) + '<w:outlineLvl w:val="1"/>',
        _letters(28, ACCENT, True),
    ),
    _Style("Heading3", "heading 3", _KEEP + _spacing(200, 60) + '<w:outlineLvl w:val="2"/>', _letters(24, "", True)),
    _Style("Heading4", "heading 4", _KEEP + _spacing(160, 40) + '<w:outlineLvl w:val="3"/>', _letters(22, QUIET, True)),
    _Style("School", "School", _KEEP + _spacing(0, 60), _letters(20, QUIET)),
    _Style("Facts", "Facts", _spacing(0, 60, 252), _letters(19)),
    _Style(
        "Result",
        "Result",
        f"<w:keepNext/><w:pBdr>{_border('top', 'single', 12, ACCENT, 4)}</w:pBdr>{_spacing(100, 20, 240)}",
        _letters(26, ACCENT, True),
    ),
    _Style("ResultText", "Result in words", _spacing(0, 60)),
    *(_Style(panel(tone), f"Panel {tone.value}", _panel_paragraph(tone)) for tone in Tone),
    *(_Style(panel_item(tone), f"Panel {tone.value} item", _panel_paragraph(tone, is_item=True)) for tone in Tone),
    *(
        _Style(panel_label(tone), f"Panel {tone.value} label", _panel_paragraph(tone, True), _letters(22, ACCENT, True))
        for tone in Tone
    ),
    _Style("RuledAbout", "Ruled lines about", "<w:keepNext/>" + _spacing(100, 0, 240), _letters(18, QUIET)),
    _Style("RuledLine", "Ruled line", f"<w:pBdr>{_RULES}</w:pBdr>{_spacing(0, 0, RULE_HEIGHT, 'exact')}"),
    _Style("ListBullet", "List Bullet", '<w:numPr><w:numId w:val="1"/></w:numPr>' + _spacing(0, 40)),
    _Style("ListNumber", "List Number", _spacing(0, 40)),
    _Style("Caption", "caption", _KEEP + _spacing(160, 60), _letters(19, QUIET, True)),
    _Style("TableText", "Table text", _spacing(34, 34, 247), _letters(19)),
    _Style("ChartText", "Chart text", "<w:keepNext/>" + _spacing(0, 40), _letters(19)),
    _Style("TableHeading", "Table heading", "<w:keepNext/>", _letters(19, QUIET, True), "TableText"),
    _Style("TableEnd", "Table end", _spacing(0, 0, 120, "exact"), _letters(2)),
    _Style("BarText", "Bar label", _spacing(10, 10, 240), base="TableText"),
    _Style("Bar", "Bar", _spacing(40, 20, 200, "exact"), _letters(12), "TableText"),
    _Style(
        "Quote",
        "Quote",
        f"<w:keepLines/><w:pBdr>{_border('left', 'single', 6, HAIRLINE, 8)}</w:pBdr>"
        + _spacing(80, 0)
        + _indent(397, right=397),
        "<w:i/><w:iCs/>",
    ),
    _Style("QuoteAbout", "Quote about", _spacing(0, 100) + _indent(397, right=397), _letters(19, QUIET)),
    _Style("SlipWhose", "Slip whose", _KEEP + _spacing(60, 0), _letters(24, "", True)),
    _Style("SlipResult", "Slip result", _KEEP + _spacing(80, 60, 240), _letters(32, ACCENT, True)),
    _Style("SlipText", "Slip text", _spacing(0, 40, 240), _letters(17, QUIET)),
    _Style("SignatureName", "Signature name", "<w:keepNext/>" + _spacing(240, 0)),
    _Style(
        "SignatureLine",
        "Signature line",
        '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="5670"/>'
        f'<w:tab w:val="left" w:leader="underscore" w:pos="{TEXT_WIDTH - 100}"/></w:tabs>' + _spacing(280, 60),
        _letters(19, QUIET),
    ),
    _Style(
        "Essay",
        "Essay paragraph",
        '<w:numPr><w:numId w:val="2"/></w:numPr>' + _spacing(0, 160, 336) + _indent(567, 567),
        _letters(22),
    ),
    _Style(
        "EssayPart",
        "Essay part",
        _KEEP + _spacing(160, 60) + _indent(567) + '<w:outlineLvl w:val="2"/>',
        _letters(22, ACCENT, True),
    ),
    _Style("EssayNote", "Essay note", _spacing(0, 80) + _indent(567, 567)),
    _Style(
        "Footer",
        "footer",
        f"<w:pBdr>{_border('top', 'single', 4, HAIRLINE, 4)}</w:pBdr>"
        f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>{_spacing(0, 0, 240)}',
        _letters(17, QUIET),
    ),
    _Style("SheetEnd", "Sheet end", _spacing(0, 0, 20, "exact"), _letters(2)),
    _Style("CommentText", "annotation text", _spacing(0, 40, 240), _letters(20)),
    _Style("Strong", "Strong", letters="<w:b/><w:bCs/>", base="", kind="character"),
    _Style("Quiet", "Quiet", letters=_letters(18, QUIET), base="", kind="character"),
    _Style("Mark", "Mark", letters=_letters(48, INK, True), base="", kind="character"),
    _Style(
        "CommentReference",
        "annotation reference",
        letters=_letters(16),
        base="",
        kind="character",
    ),
)

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CUTS = "".join(_border(side, "dashed", 4, QUIET) for side in _SIDES)
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="200" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="SheetTable"><w:name w:val="Sheet table"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_border('top', 'single', 8, ACCENT)}{_border('bottom', 'single', 4, HAIRLINE)}"
    f"{_border('insideH', 'single', 4, HAIRLINE)}</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="SlipTable"><w:name w:val="Slip table"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_CUTS}</w:tblBorders><w:tblCellMar><w:top w:w='57' w:type='dxa'/>"
    "<w:left w:w='170' w:type='dxa'/><w:bottom w:w='57' w:type='dxa'/><w:right w:w='170' w:type='dxa'/>"
    "</w:tblCellMar></w:tblPr></w:style>"
)
