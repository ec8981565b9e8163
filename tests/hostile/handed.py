"""What a hostile file is to the tests: how it is made, and what has to become of it."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

HENRY = "Henry VII was secure by 1499, since he had beaten the pretenders and had married Elizabeth of York."
NOBLES = "The nobles had been bound by bonds and recognisances, which made rebellion costly for each of them."


@dataclass(frozen=True, slots=True)
class Case:
    """One file. What may be said of it is said; a case that says nothing may come in or be refused."""

    name: str
    file_name: str
    make: Callable[[], bytes]
    text: tuple[str, ...] = ()
    """Words that are in the essay."""
    without: tuple[str, ...] = ()
    """Words that are not in it."""
    removed: tuple[str, ...] = ()
    """Words of the lines that were taken out, and are shown."""
    told: str = ""
    """What one of the notes says, as an expression."""
    refused: str = ""
    """What the refusal says, as an expression. A zip may have both, an essay and a refusal."""
    essays: int = 1
    """How many essays come in, where any does. None at all, and nothing said, for what is litter in every folder."""


@dataclass(frozen=True, slots=True)
class Named:
    """Makes the cases of one format: what they are called after, and what their files are called."""

    kind: str
    file_name: str

    def __call__(
        self,
        name: str,
        content: bytes | str | Callable[[], bytes],
        *text: str,
        file_name: str = "",
        without: tuple[str, ...] = (),
        removed: tuple[str, ...] = (),
        told: str = "",
        refused: str = "",
        essays: int = 1,
    ) -> Case:
        make = content if callable(content) else made(content)
        whole = f"{self.kind} {name}"
        return Case(whole, file_name or self.file_name, make, text, without, removed, told, refused, essays)


def made(content: str | bytes, encoding: str = "utf-8") -> Callable[[], bytes]:
    """A maker of this content."""
    data = content.encode(encoding, "surrogatepass") if isinstance(content, str) else content
    return lambda: data


def zipped(
    members: Mapping[str, bytes] | Iterable[tuple[zipfile.ZipInfo | str, bytes]],
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A zip of these members, in order, whatever their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as container:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            container.writestr(name, content)
    return packed.getvalue()


def packed_again(data: bytes, **changes: bytes | None) -> bytes:
    """A document with parts put in, replaced or (None) left out; in a part's name ``__`` stands for ``/``."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts: dict[str, bytes] = {name: old.read(name) for name in old.namelist()}
    for name, content in changes.items():
        whole = name.replace("__", "/")
        if content is None:
            del parts[whole]
        else:
            parts[whole] = content
    return zipped(parts)


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    """The bytes with every ``old`` replaced. Fails where there is none, since then the case would try nothing."""
    assert old in data
    return data.replace(old, new)
