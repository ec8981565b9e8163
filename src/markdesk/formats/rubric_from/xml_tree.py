"""XML as a tree that knows its lines. No DTD, nothing fetched; small and shallow, or refused."""

from dataclasses import dataclass, field
from xml.parsers import expat

from markdesk.formats.rubric_from.draft import refuse

MOST_ELEMENTS = 50_000
DEEPEST = 100
_NULL = "$@NULL@$"
"""How a Moodle backup writes a value that isn't there."""


@dataclass(slots=True)
class Node:
    """An element: its attributes, its own text, the elements in it, and the line where it begins."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def where(self) -> str:
        return f"line {self.line}"

    def all(self, tag: str) -> list["Node"]:
        """The elements of that name directly in this one."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next((child for child in self.children if child.tag == tag), None)

    def value(self, tag: str) -> str:
        """The text of an inner element; empty where it is missing."""
        found = self.first(tag)
        text = found.text.strip() if found else ""
        return "" if text == _NULL else text

    def find(self, tag: str) -> list["Node"]:
        """The elements of that name at any depth, in order."""
        found: list[Node] = []
        for child in self.children:
            found += [child] if child.tag == tag else child.find(tag)
        return found


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.root = Node("", 0)
        self.open = [self.root]
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        line = self.parser.CurrentLineNumber
        if self.count > MOST_ELEMENTS:
            refuse(f"line {line}", f"it has more than {MOST_ELEMENTS:,} elements; no mark scheme has.")
        if len(self.open) > DEEPEST:
            refuse(f"line {line}", f"its elements are more than {DEEPEST} deep; no mark scheme's are.")
        node = Node(tag, line, attributes)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, tag: str) -> None:
        self.open.pop()

    def words(self, text: str) -> None:
        self.open[-1].text += text

    def doctype(self, *_: object) -> None:
        refuse(f"line {self.parser.CurrentLineNumber}", "it has a DOCTYPE, which files of this kind never have.")


def parse_xml(data: bytes) -> Node:
    """The root element. Raises RubricInvalid naming the line, also for any DOCTYPE."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    builder = _Builder(parser)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        refuse(f"line {error.lineno}", f"it is not well-formed XML ({expat.ErrorString(error.code)}).")
    except (ValueError, LookupError):
        refuse("line 1", "its encoding is not one that can be read.", "Save it as UTF-8.")
    return builder.root.children[0]
