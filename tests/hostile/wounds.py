"""Damage that knows what it damages: tags, groups, lines and objects moved or doubled, members of zips, encodings."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence

from tests.formats.mutations import FORMATS, mutated, mutations, sound
from tests.lists.shapes import SHAPES, SHEETS

KINDS = (*FORMATS, "zip", "csv", "xlsx")
_ZIPPED = ("docx", "odt", "xlsx", "zip")
_TAG = re.compile(rb"<[^<>]{1,300}>")
_LINE = re.compile(rb"[^\n]*\n")
_TOKENS = {
    "html": _TAG, "docx": _TAG, "odt": _TAG, "xlsx": _TAG, "rtf": re.compile(rb"\\[a-z]{1,20}-?\d{0,9} ?|[{}]"),
    "pdf": re.compile(rb"\d+ \d+ obj.*?endobj|/[A-Za-z]+|\d+ \d+ R", re.S), "csv": re.compile(rb"[^,\n]*[,\n]"),
}  # fmt: skip
"""What each format is made of; of lines, where nothing is said."""
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp500", "utf-8-sig", "utf-7")


def wounded(kind: str, count: int, seed: int) -> Iterator[bytes]:
    """So many damaged files of a format, the same ones for the same seed: half of them bytewise."""
    chance = random.Random(f"{seed} {kind} by structure")
    whole = _whole(kind)
    bytewise = mutations(kind, count, seed) if kind in FORMATS else iter(())
    for n in range(count):
        data = next(bytewise, None) or mutated(chance.choice(whole), chance)
        yield data if n % 2 else _by_structure(kind, whole, chance)


def _whole(kind: str) -> Sequence[bytes]:
    if kind == "csv":
        return [shape.content for shape in SHAPES if not shape.content.startswith((b"PK", b"\xd0\xcf"))]
    if kind == "xlsx":
        # Over a damaged .ods the library may never end; one such file is kept, with a test of its own.
        # Over a damaged .xls it dies so often that there are few of them.
        new = [path.read_bytes() for path in SHEETS if path.suffix == ".xlsx"]
        return [*new * 5, *(path.read_bytes() for path in SHEETS if path.suffix == ".xls")]
    if kind != "zip":
        return sound(kind)
    texts = [("Okafor Amara.txt", b"Henry VII was secure by 1499."), ("Raman Dev.docx", sound("docx")[0])]
    once = _zip(texts)
    moodle = [(f"Amara Okafor_10442_assignsubmission_file/{name}", data) for name, data in texts]
    return [once, _zip([*texts, ("more.zip", once)]), _zip(moodle)]


def _by_structure(kind: str, whole: Sequence[bytes], chance: random.Random) -> bytes:
    data = chance.choice(whole)
    if kind in _ZIPPED and data.startswith(b"PK"):
        return _members(data, kind, chance)
    ways: list[Callable[[], bytes]] = [
        lambda: _moved(data, _TOKENS.get(kind, _LINE), chance),
        lambda: _spliced(data, chance.choice(whole), chance),
    ]
    if kind in ("txt", "md", "html", "eml", "csv"):
        ways.append(lambda: data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "replace"))
    return chance.choice(ways)()


def _spliced(first: bytes, second: bytes, chance: random.Random) -> bytes:
    return first[: chance.randrange(len(first) + 1)] + second[chance.randrange(len(second) + 1) :]


def _moved(data: bytes, token: re.Pattern[bytes], chance: random.Random) -> bytes:
    """Up to five pieces taken out, doubled, exchanged, or put one into the other a thousand times."""
    for _ in range(chance.randint(1, 5)):
        found = list(token.finditer(data))
        if len(found) < 2:
            return mutated(data, chance)
        (a, b), (c, d) = sorted(match.span() for match in chance.sample(found, 2))
        match chance.randrange(5):
            case 0:
                data = data[:a] + data[b:]
            case 1:
                data = data[:d] + data[a:d] * chance.choice((1, 3)) + data[d:]
            case 2:
                data = data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]
            case 3:
                data = data[:c] + data[a:b] * chance.choice((2, 50, 1_000)) + data[c:]
            case _:
                data = data[:b] + mutated(data[b:c], chance) + data[c:]
        if len(data) > 2_000_000:
            break
    return data


def _members(data: bytes, kind: str, chance: random.Random) -> bytes:
    """One member damaged, left out, doubled, called something else, or exchanged with another."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = [(name, container.read(name)) for name in container.namelist()]
    at = chance.randrange(len(parts))
    name, content = parts[at]
    match chance.randrange(7):
        case 0:
            del parts[at]
        case 1:
            parts.insert(chance.randrange(len(parts) + 1), (name, content))
        case 2:
            parts[at] = (chance.choice(("../x", "/x", "\x1b[2J", "x" * 300, name.upper(), "word/" + name)), content)
        case 3:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 4:
            parts[at] = (name, b"")
        case _:
            token = _TOKENS.get(kind, _LINE)
            texts = (".xml", ".txt")
            parts = [
                (each, _moved(inside, token, chance) if each.endswith(texts) else inside) for each, inside in parts
            ]
    return _zip(parts)


def _zip(parts: Sequence[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        warnings.simplefilter("ignore")  # a name that stands twice is what is wanted
        for name, content in parts:
            container.writestr(name, content)
    return packed.getvalue()
