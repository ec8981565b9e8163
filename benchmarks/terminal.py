"""A terminal for programs to run in: a pseudo-terminal, the answers a real one gives, and a screen to look at.

Output is read as it comes and each piece is kept with its time; the screen is emulated (pyte) from those pieces
only when somebody looks, so that emulating never slows what is being timed.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

import markdesk

COLUMNS, ROWS = 120, 40
REST = 0.5
"""Seconds without a byte after which a screen that is waited for counts as finished."""
QUIET = 0.04
"""Seconds without a byte after which a program counts as done with a key."""

ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # synchronised output: known, off
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # sizes in band: not known
    b"\x1b[c": b"\x1b[?62;22c",
}
"""What a program may ask when it starts, and what this terminal answers."""

BEGIN_FRAME, END_FRAME = b"\x1b[?2026h", b"\x1b[?2026l"

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(markdesk.__file__).resolve().parents[1]
"""Where the markdesk that is measured was found: the installed one, or this checkout's."""


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The same small environment for every program; its home is a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "COLUMNS": str(COLUMNS),
        "LINES": str(ROWS),
        "TEXTUAL_ANIMATIONS": "none",
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "MARKDESK_MARKER": "Benchmark",
        "PYTHONPATH": os.pathsep.join((str(PROGRAM), str(ROOT))),
        **(extra or {}),
    }


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of output and when it was read."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True)
class KeyTime:
    """How long a key took: to the last byte before the quiet, and the processor time of the whole program."""

    ms: float
    first_ms: float
    size: int
    cpu_ms: float | None


class ProgramDiedError(Exception):
    """The program ended, or said nothing for too long."""


class Terminal:
    """One program in a terminal of its own. A context manager: leaving it ends the program."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], cwd: Path, columns: int = COLUMNS, rows: int = ROWS
    ) -> None:
        self.columns, self.rows = columns, rows
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self.master, False)
        self.chunks: list[Chunk] = []
        self._emulated = 0
        self._asked = b""
        self.ended = False
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(command), stdin=slave, stdout=slave, stderr=slave, env=dict(env), cwd=cwd, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- in and out

    def send(self, keys: bytes) -> float:
        """Type; the moment just before it."""
        at = time.perf_counter()
        try:
            os.write(self.master, keys)
        except OSError as error:
            raise ProgramDiedError(f"the program is gone: {self.last_words()}") from error
        return at

    def read(self, timeout: float) -> Chunk | None:
        """The next piece of output, or None when ``timeout`` passed or the program ended."""
        if self.ended:
            return None
        ready, _, _ = select.select([self.master], [], [], max(0.0, timeout))
        if not ready:
            return None
        try:
            data = os.read(self.master, 1 << 16)
        except BlockingIOError:
            return None
        except OSError:  # EIO: the other end is closed
            data = b""
        if not data:
            self.ended = True
            return None
        chunk = Chunk(time.perf_counter(), data)
        self.chunks.append(chunk)
        self._answer(data)
        return chunk

    def _answer(self, data: bytes) -> None:
        seen = self._asked + data
        for question, answer in ANSWERS.items():
            for _ in range(seen.count(question) - self._asked.count(question)):
                with contextlib.suppress(OSError):
                    os.write(self.master, answer)
        self._asked = seen[-16:]

    def settle(self, quiet: float = QUIET, limit: float = 10.0, first: float = 0.0) -> float | None:
        """Read until nothing comes for ``quiet`` seconds; the time of the last piece.

        ``first`` is how long the first piece may take. Raises ProgramDiedError after ``limit`` seconds of talk.
        """
        begun = time.perf_counter()
        last: float | None = None
        while True:
            chunk = self.read(quiet if last is not None else max(quiet, first))
            if chunk is None:
                return last
            last = chunk.at
            if last - begun > limit:
                raise ProgramDiedError(f"the program never came to rest within {limit:g} s")

    def wait_for(self, found: Callable[["Terminal"], bool], limit: float = 20.0, quiet: float = QUIET) -> None:
        """Read until the screen shows what is looked for and is at rest.

        Raises ProgramDiedError with the screen's text.
        """
        deadline = time.perf_counter() + limit
        while True:
            self.settle(quiet, limit)
            if found(self):
                return
            if self.ended or time.perf_counter() > deadline:
                raise ProgramDiedError("the screen never showed what was waited for; it shows:\n" + self.last_words())
            self.read(0.1)

    def key(self, keys: bytes, quiet: float = QUIET, limit: float = 5.0) -> KeyTime:
        """Press a key and wait until the screen is at rest again."""
        before = self.cpu_seconds()
        count = len(self.chunks)
        sent = self.send(keys)
        last = self.settle(quiet, limit, first=2.0)
        if last is None:
            raise ProgramDiedError(f"the key {keys!r} changed nothing; the screen shows:\n{self.last_words()}")
        after = self.cpu_seconds()
        new = self.chunks[count:]
        cpu = None if before is None or after is None else (after - before) * 1000
        return KeyTime((last - sent) * 1000, (new[0].at - sent) * 1000, sum(len(c.data) for c in new), cpu)

    # -- looking

    def look(self) -> "Terminal":
        """Bring the emulated screen up to date."""
        for chunk in self.chunks[self._emulated :]:
            self._stream.feed(chunk.data)
        self._emulated = len(self.chunks)
        return self

    def lines(self) -> list[str]:
        """What the screen shows, row by row, without the spaces at the ends."""
        self.look()
        return [line.rstrip() for line in self.screen.display]

    def text(self) -> str:
        return "\n".join(self.lines())

    def picture(self, rows: slice = slice(None)) -> tuple[tuple[object, ...], ...]:
        """Every cell with its colours: two pictures are equal when the screens look the same."""
        self.look()
        buffer = self.screen.buffer
        return tuple(tuple(buffer[y][x] for x in range(self.columns)) for y in range(self.rows)[rows])

    def frames(self) -> Iterator[tuple[Chunk, pyte.Screen]]:
        """The session again from its beginning: the screen each time that the program had finished a frame.

        A frame that was begun (synchronised output) and never ended was never shown, and isn't here either.
        """
        screen = pyte.Screen(self.columns, self.rows)
        stream = pyte.ByteStream(screen)
        pending = b""
        for chunk in self.chunks:
            pending += chunk.data
            while True:
                begin, end = pending.find(BEGIN_FRAME), pending.find(END_FRAME)
                if end >= 0:
                    cut = end + len(END_FRAME)
                elif begin >= 0:
                    break
                else:
                    cut = len(pending) - _begun_marker(pending)
                if cut == 0:
                    break
                stream.feed(pending[:cut])
                pending = pending[cut:]
                yield chunk, screen

    def last_words(self) -> str:
        return "\n".join(line for line in self.lines() if line)[-2000:]

    # -- the program

    def cpu_seconds(self) -> float | None:
        """Processor time of all its threads, to the nanosecond; None where the system doesn't tell."""
        total = 0
        try:
            for task in Path(f"/proc/{self.process.pid}/task").iterdir():
                total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return total / 1e9

    def kill(self, sign: signal.Signals) -> float:
        """Send a signal; when it was sent."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(sign)
        return time.perf_counter()

    def drain(self, limit: float) -> bool:
        """Read to the end of the program's output; whether it ended within ``limit`` seconds."""
        deadline = time.perf_counter() + limit
        while time.perf_counter() < deadline:
            self.read(0.02)
            if self.process.poll() is not None:
                while self.read(0.0) is not None:
                    pass
                return True
            if self.ended:  # its terminal is closed and it is about to end
                time.sleep(0.002)
        return False

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill(signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)


def _begun_marker(data: bytes) -> int:
    """How many bytes at the end may be the beginning of a frame's marker."""
    return next((n for n in range(len(BEGIN_FRAME) - 1, 0, -1) if data.endswith(BEGIN_FRAME[:n])), 0)


def opened(command: Sequence[str], home: Path, *steps: str | bytes | Callable[[Terminal], bool]) -> Terminal:
    """A program brought to where it is to be measured: texts that its screen must show by then, and keys, in turn.

    What a text can't say is a question to the terminal. A program that dies on the way is closed. Raises
    ProgramDiedError.
    """
    terminal = Terminal(command, environment(home), home)
    try:
        for step in steps:
            if isinstance(step, bytes):
                terminal.send(step)
            elif isinstance(step, str):
                terminal.wait_for(_shows(step), limit=60, quiet=REST)
            else:
                terminal.wait_for(step, limit=60, quiet=REST)
    except ProgramDiedError:
        terminal.close()
        raise
    return terminal


def _shows(text: str) -> Callable[[Terminal], bool]:
    return lambda terminal: text in terminal.text()
