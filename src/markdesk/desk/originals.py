"""The files that came in, as they came: known by their hash, and read again when they are kept.

A folder of three hundred files is never in memory whole. What was read to get at the essay is let go of; when the
import is written each file is read once more, one after another, and must still be what it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markdesk.core.canonical import file_hash
from markdesk.core.errors import EssayUnreadable
from markdesk.core.plain import show_line


@dataclass(frozen=True, slots=True)
class Original:
    """One file: its hash, and where its bytes can be had."""

    hash: str
    file_name: str
    load: Callable[[], bytes]
    """Raises EssayUnreadable or OSError where they can't be had any more."""

    def content(self) -> bytes:
        """The bytes that were read for the import. Raises EssayUnreadable where the file has changed since."""
        try:
            content = self.load()
        except OSError as error:
            raise EssayUnreadable(
                f"{show_line(self.file_name)} can't be read any more: {error.strerror}.", "Import it again."
            ) from error
        if file_hash(content) != self.hash:
            raise EssayUnreadable(
                f"{show_line(self.file_name)} was changed while it was being imported; nothing was taken in.",
                "Import it again.",
            )
        return content


class Originals(Mapping[str, bytes]):
    """Files by their hash. Asked for one it reads that one, and remembers none."""

    def __init__(self, files: Iterable[Original] = ()) -> None:
        self.files = {file.hash: file for file in files}

    def __getitem__(self, digest: str) -> bytes:
        return self.files[digest].content()

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def in_hand(content: bytes, file_name: str) -> Original:
    """A file whose bytes are in memory anyway."""
    return Original(file_hash(content), file_name, lambda: content)
