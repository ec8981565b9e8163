"""Reading a file for the desk: quick checks here, and the parsing of anything intricate in a limited child process.

The child is started as ``python -m markdesk.formats.child``. Both sides send frames: eight bytes that say how long,
then that many bytes. A question is two frames (JSON with the importer's and the file's name; the file), an answer one.
"""

import base64
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.files import MAX_FILE_BYTES, NAMED_KINDS, refusal, sniff
from markdesk.formats.registry import importer_for, importer_named

SECONDS = 10.0
MEMORY_BYTES = 512 * 1024 * 1024
FILES_PER_CHILD = 100
IN_PROCESS_BYTES = 2 * 1024 * 1024
RUBRIC = "rubric:"
"""In front of a format's name: the file is a mark scheme to convert, and no essay."""
SHEETS = "sheets"
"""In place of a format's name: the file is a spreadsheet, whose cells are asked for."""
SCAN = "scan:"
"""In front of what is wanted of a PDF that is a scan: see ``scan_pages``."""
_SIMPLE = ("txt", "md")
_AGAIN = "Open it in the program that made it and save it again, or copy the essay into a .txt file."


def read_file(path: Path, reader: "ChildReader | None" = None) -> EssayDraft:
    """The essay in a file; what the desk's import calls.

    Several files are read faster with one ``ChildReader`` for all. Raises EssayUnreadable, one sentence that names
    the file and one that says what to do, whatever is wrong with it; nothing in a file can end this process.
    """
    return read_data(checked_bytes(path), path.name, reader)


def read_data(data: bytes, file_name: str, reader: "ChildReader | None" = None) -> EssayDraft:
    """The essay in the bytes of a file, as ``read_file``: for what lies in an archive."""
    name = chosen_importer(data, file_name)
    if name in _SIMPLE and len(data) < IN_PROCESS_BYTES:
        return importer_named(name).read(data, file_name)
    if reader is not None:
        return reader.read(name, data, file_name)
    with ChildReader() as own:
        return own.read(name, data, file_name)


def read_here(data: bytes, file_name: str) -> EssayDraft:
    """The essay in these bytes, read in this process: for tests, and for files of one's own. Raises EssayUnreadable."""
    return importer_named(chosen_importer(data, file_name)).read(data, file_name)


def chosen_importer(data: bytes, file_name: str) -> str:
    """The name of the importer for these bytes. Raises EssayUnreadable where no importer reads such files."""
    kind = sniff(data, file_name)
    importer = importer_for(kind, Path(file_name).suffix.lower())
    if importer is not None:
        return importer.name
    if kind in NAMED_KINDS:
        raise refusal(file_name, kind)
    raise EssayUnreadable(f"{file_name} is no kind of file that markdesk reads.", _AGAIN)


def checked_bytes(
    path: Path,
    most: int = MAX_FILE_BYTES,
    smaller: str = "Take the pictures out and save it again.",
    what: str = "an essay",
    fuller: str = "Ask for the file again, or make a paper script.",
) -> bytes:
    """The bytes of a file. Raises EssayUnreadable if it is missing, a folder, closed to us, empty or too big.

    ``smaller`` says what to do about one that has more than ``most`` bytes, ``fuller`` about an empty one; ``what``
    is what it should be.
    """
    try:
        if path.is_dir():
            raise EssayUnreadable(f"{path.name} is a folder, not {what}.", "Name the files in it.")
        if not path.exists():
            raise EssayUnreadable(
                f"There is no file {path}.", "Check the name; a name with spaces needs quotation marks."
            )
        if not path.is_file():
            raise EssayUnreadable(f"{path.name} is not an ordinary file.", f"Name the file of {what}.")
        size = path.stat().st_size
        if size > most:
            raise EssayUnreadable(
                f"{path.name} has {size / 1e6:,.1f} MB; the most that markdesk reads is {most / 1e6:.0f} MB.", smaller
            )
        data = path.read_bytes()
    except PermissionError as error:
        raise EssayUnreadable(f"{path.name} may not be opened: permission is denied.", "Ask who owns it.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
        raise EssayUnreadable(f"{path.name} can't be opened: {reason}.", "Copy it to this computer first.") from error
    if not data:
        raise EssayUnreadable(f"{path.name} is empty.", fuller)
    return data


class ChildReader:
    """A child process that reads files in turn, and is replaced after a refusal, a death or a hundred files.

    Use as a context manager. It has no lock: one thread at a time.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> "ChildReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The number of the child process; None while there is none."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child, self._files = self._child, None, 0
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what was still to be written went with the child
                    pipe.close()

    def read(self, importer: str, data: bytes, file_name: str) -> EssayDraft:
        """The essay in these bytes as that importer reads it. Raises EssayUnreadable, also if the child dies."""
        answer = self._ask(importer, data, file_name)
        self._files += 1
        if "refused" in answer or self._files >= FILES_PER_CHILD:
            self.close()
        if "refused" in answer:
            raise EssayUnreadable(str(answer["refused"]), str(answer.get("hint", "")))
        return _draft(answer)

    def rubrics(self, kind: str, data: bytes, file_name: str) -> dict[str, object]:
        """What ``rubric_from.answer`` gives for a mark scheme of that format. Raises EssayUnreadable if it dies."""
        answer = self._ask(f"{RUBRIC}{kind}", data, file_name)
        self.close()
        return answer

    def sheets(self, data: bytes, file_name: str) -> dict[str, object]:
        """What ``spreadsheets.answer`` gives for a class list. Raises EssayUnreadable if the child dies."""
        answer = self._ask(SHEETS, data, file_name)
        self.close()
        return answer

    def count_pages(self, data: bytes, file_name: str) -> int:
        """How many pages a PDF has. Raises EssayUnreadable, also if the child dies."""
        return int(str(self._of_scan("count", data, file_name)["pages"]))

    def cut_pages(self, data: bytes, first: int, last: int) -> bytes:
        """A PDF of these pages of a scan; empty where they are all that it has. Raises EssayUnreadable."""
        return base64.b64decode(str(self._of_scan(f"cut {first} {last}", data, "The scan")["content"]))

    def _of_scan(self, act: str, data: bytes, file_name: str) -> dict[str, object]:
        answer = self._ask(f"{SCAN}{act}", data, file_name)
        self.close()
        if "refused" in answer:
            raise EssayUnreadable(str(answer["refused"]), str(answer.get("hint", "")))
        return answer

    def _ask(self, importer: str, data: bytes, file_name: str) -> dict[str, object]:
        child = self._child or _start_child()
        self._child = child
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            _send(child.stdin, json.dumps({"importer": importer, "file_name": file_name}).encode())
            _send(child.stdin, data)
            answer = json.loads(_receive(child.stdout))
        except (OSError, EOFError, ValueError) as error:
            self.close()
            if late.is_set():
                raise EssayUnreadable(
                    f"{file_name} took longer than {self._seconds:g} seconds to read.", _AGAIN
                ) from error
            raise EssayUnreadable(f"{file_name} made its reader fail; it may be damaged.", _AGAIN) from error
        finally:
            timer.cancel()
        if not isinstance(answer, dict):
            self.close()
            raise EssayUnreadable(f"{file_name} made its reader fail; it may be damaged.", _AGAIN)
        return answer


def _draft(answer: dict[str, object]) -> EssayDraft:
    # The answer tells most texts twice, among the blocks and as the essay's: they are kept once.
    once: dict[str, str] = {}

    def texts(key: str) -> tuple[str, ...]:
        found = answer.get(key)
        return tuple(once.setdefault(str(text), str(text)) for text in found) if isinstance(found, list) else ()

    question = answer.get("question")
    asked = None if question is None else str(question)
    whole = answer.get("blocks")
    essay, removed = texts("paragraphs"), texts("removed")
    blocks = (
        tuple((once.get(str(text), str(text)), bool(is_in)) for text, is_in in whole) if isinstance(whole, list) else ()
    )
    return EssayDraft(asked, essay, removed, texts("notes"), blocks)


def _start_child() -> subprocess.Popen[bytes]:
    # -P and an explicit path: a folder of essays may hold a file called json.py.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "markdesk.formats.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(len(content).to_bytes(8, "big"))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(pipe, 8), "big")
    if length > 4 * MAX_FILE_BYTES:
        raise EOFError("a frame that no side sends")
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError("the other side ended")
    return content


# The child's side


def _answer(importer: str, data: bytes, file_name: str) -> dict[str, object]:
    try:
        if importer.startswith(RUBRIC):
            from markdesk.formats.rubric_from import answer

            return answer(importer.removeprefix(RUBRIC), data, file_name)
        if importer == SHEETS:
            from markdesk.formats.class_lists.spreadsheets import answer as cells_of

            return cells_of(data)
        if importer.startswith(SCAN):
            from markdesk.formats.scan_pages import answer as of_scan

            return of_scan(importer.removeprefix(SCAN), data, file_name)
        draft = importer_named(importer).read(data, file_name)
    except EssayUnreadable as error:
        return {"refused": error.message, "hint": error.hint}
    except MemoryError:
        return {"refused": f"{file_name} needs more memory than an essay can.", "hint": _AGAIN}
    return {
        "question": draft.question,
        "paragraphs": draft.paragraphs,
        "removed": draft.removed,
        "notes": draft.notes,
        "blocks": draft.blocks,
    }


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        pass  # macOS may refuse; the clock in the parent still holds


_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir",
    "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "shutil.", "tempfile.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    """Nothing that is read makes its reader call anybody, start anything or write anywhere."""
    writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
    # Python keeps what it compiled of the libraries that it loads; their names come from no file that is read.
    if (writes or event.startswith(_FORBIDDEN)) and "__pycache__" not in str(arguments[0] if arguments else ""):
        raise PermissionError(f"a reader of essays may not use {event}")


def main() -> None:
    """Answer questions on standard input until it ends."""
    asks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)  # a library that prints must not speak into the answers
    _limit_memory()
    sys.addaudithook(_forbid)
    while True:
        try:
            question = json.loads(_receive(asks))
        except EOFError:
            return
        _send(answers, json.dumps(_answer(question["importer"], _receive(asks), question["file_name"])).encode())


if __name__ == "__main__":
    main()
