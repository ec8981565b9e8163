"""Row ``kill``: a marking session that is killed at a random instant, and what is left of it.

The program runs in a terminal and is given keys as a marker types them, or in a storm. At a random instant it gets
a signal (60 % KILL, 20 % TERM, 20 % HUP). The session is then read back as the marker saw it, one piece of output
after another, and the desk is opened again:

- every act that the screen had acknowledged (``✓ saved`` and the act's label in the footer, a stamp in the gutter)
  must be in the log;
- the desk must pass ``verify()``: SQLite's own check, the hash chain, the replay of the log against the tables;
- of a half-typed comment, what was on the screen half a second before the kill must be there;
- the script must be free for the next window, and every fifth time the program itself is started again on it.

``python -m benchmarks.kill 200`` runs two hundred; ``--self-test`` runs it against planted faults, all of which it
must find.
"""

import argparse
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import desks
from benchmarks.planted import FAULTS
from benchmarks.report import Row, say
from benchmarks.terminal import ProgramDiedError, Terminal, environment
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay
from markdesk.store.sqlite.store import SqliteStore

DOWN, ESCAPE, ENTER, BACKSPACE, UNDO, REDO = b"\x1b[B", b"\x1b", b"\r", b"\x7f", b"\x1a", b"\x19"
DRAFT_SECONDS = 0.5
"""How much of the last typing a kill may cost."""
ESCAPE_PAUSE = 0.15
"""A lone escape is told from the beginning of a sequence by the pause after it, also at storm speed."""
SIGNALS = (*[signal.SIGKILL] * 6, *[signal.SIGTERM] * 2, *[signal.SIGHUP] * 2)
LEAVE_SECONDS = 5.0
"""How long a program that was asked to go may take."""
RESTARTS = 5
"""Every so many sessions the program itself is started again on what was left."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key to press, how long to wait before it, and the word it ends when it is part of a comment."""

    data: bytes
    pause: float


@dataclass
class Trial:
    """One killed session and what was found."""

    seed: int
    sign: str
    storm: bool
    lost: list[str] = field(default_factory=list)
    """Acts that were acknowledged and aren't in the log."""
    problems: list[str] = field(default_factory=list)
    """What verify() says, and anything else that shouldn't be."""
    late_draft: list[str] = field(default_factory=list)
    """Words of a comment on the screen at a TERM or HUP, younger than half a second, that went: allowed, told."""
    keys: int = 0
    acknowledged: int = 0
    steps: int = 0
    words_shown: int = 0
    leave_ms: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not self.lost and not self.problems


# -- the session


def session(dice: random.Random, storm: bool, paragraphs: int) -> list[Key]:
    """Keys for a few seconds of marking: stamps, comments, a level, marks, undo and redo, then the next essay."""

    def pause() -> float:
        return dice.uniform(0.001, 0.008) if storm else dice.uniform(0.06, 0.18)

    def typed() -> float:
        return dice.uniform(0.001, 0.004) if storm else dice.uniform(0.02, 0.07)

    keys: list[Key] = []

    def press(data: bytes) -> None:
        after_escape = keys and keys[-1].data == ESCAPE
        keys.append(Key(data, max(pause(), ESCAPE_PAUSE) if after_escape else pause()))

    word = 0
    for _ in range(3):
        letters = [code.encode() for code in "kexav"]
        press(dice.choice((b"2", b"3", b"4")))
        for number in range(paragraphs):
            dice.shuffle(letters)
            for letter in letters[: dice.randint(1, 2)]:
                press(letter)
            act = dice.random()
            if act < 0.3:
                press(letters[3].upper())
                for _ in range(dice.randint(2, 9)):
                    word += 1
                    for character in f"w{word:03d} ":
                        keys.append(Key(character.encode(), typed()))
                press(ESCAPE)
            elif act < 0.45:
                press(b"+")
            elif act < 0.6:
                press(UNDO)
                if dice.random() < 0.5:
                    press(REDO)
            elif act < 0.7:
                press(BACKSPACE)
            if number < paragraphs - 1:
                press(DOWN)
        press(ENTER)
    return keys


def play(terminal: Terminal, keys: Sequence[Key], seconds: float) -> int:
    """Press keys for so long, reading what comes all the while; how many were pressed."""
    end = time.perf_counter() + seconds
    pressed = 0
    due = time.perf_counter()
    for key in keys:
        due = max(due + key.pause, time.perf_counter() - 0.05)
        while (now := time.perf_counter()) < min(due, end):
            terminal.read(min(due, end) - now)
            if terminal.ended:
                return pressed
        if now >= end:
            return pressed
        terminal.send(key.data)
        pressed += 1
    while (now := time.perf_counter()) < end and not terminal.ended:
        terminal.read(end - now)
    return pressed


# -- what the screen had said

_SAVED = re.compile(r"✓ saved\W+(?P<label>\S.*?)(?:\s{2,}|$)")
GUTTER = 14
"""Columns in which a paragraph's number and stamps stand."""
_NUMBER = re.compile(r"\W{0,3}¶\s?(\d+)\b")
_CODE = re.compile(rf"(?<![\w“])({'|'.join(desks.CODES)})(?=\s|$)")
_WORD = re.compile(r"\bw\d{3}\b")


@dataclass
class Seen:
    """What a marker could see during the session, and when each thing was there first. Essays count from 0."""

    labels: dict[tuple[int, str], float] = field(default_factory=dict)
    """The footer's ``✓ saved``, by the essay on the screen and the act's label."""
    stamps: dict[tuple[int, str, int], float] = field(default_factory=dict)
    """Codes in the gutter, by essay, code and paragraph."""
    words: dict[str, float] = field(default_factory=dict)
    """Words of comments."""


def read_back(terminal: Terminal, essays: Sequence[Essay]) -> Seen:
    """The session again, frame by frame."""
    seen = Seen()
    starts = [[essay.quote(p.span)[:30] for p in essay.paragraphs] for essay in essays]
    essay = -1
    left_with = ""
    for chunk, screen in terminal.frames():
        lines = screen.display
        text = "\n".join(lines)
        on_screen = [n for n, words in enumerate(starts) if any(start in text for start in words)]
        if len(on_screen) > 1:
            continue  # caught while one essay was being painted over the other
        shown = on_screen[0] if on_screen else essay
        label = _footer_label(lines)
        if shown != essay:
            # The footer may still tell of the essay before, which was finished by the same key.
            essay, left_with = shown, label
        if label and label != left_with:
            left_with = ""
            seen.labels.setdefault((essay, label), chunk.at)
        for code, paragraph in _gutter(lines):
            seen.stamps.setdefault((essay, code, paragraph), chunk.at)
        for word in _WORD.findall(text):
            seen.words.setdefault(word, chunk.at)
    return seen


def _gutter(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The codes that stand left of the text, with the paragraph they stand at. The made-up essays hold no such word."""
    paragraph = 0
    for line in lines[1:-2]:
        numbered = _NUMBER.match(line)
        if numbered:
            paragraph = int(numbered[1])
        for found in _CODE.finditer(line) if paragraph else ():
            if found.end() <= GUTTER:  # looked for in the whole line: a cut through "Economy" would leave an E
                yield found[1], paragraph


def _footer_label(lines: Sequence[str]) -> str:
    for line in lines[-2:]:
        found = _SAVED.search(line.rstrip())
        if found:
            return found["label"].rstrip("…").strip()
    return ""


# -- the trial


def prepare(folder: Path) -> Path:
    """The desk that every trial gets a copy of: three essays of their own to be marked."""
    return desks.small_class(folder / "kill.db", desks.class_essays())


def trial(template: Path, folder: Path, seed: int, fault: str = "") -> Trial:
    """Copy the desk, play, kill, look."""
    dice = random.Random(seed)
    sign, storm = dice.choice(SIGNALS), dice.random() < 0.5
    folder.mkdir()
    desk = folder / "desk.db"
    shutil.copyfile(template, desk)
    told = Trial(seed, sign.name, storm)
    module = "benchmarks.planted" if fault else "markdesk"
    command = [sys.executable, "-m", module, "mark", "--assignment", desks.ASSIGNMENT, "--db", str(desk)]
    env = environment(folder, {"MARKDESK_PLANTED_FAULT": fault} if fault else None)
    essays = desks.class_essays()
    with Terminal(command, env, folder) as terminal:
        starts = [essay.text[:24] for essay in essays]
        terminal.wait_for(_shows(starts), limit=30, quiet=0.06)
        keys = session(dice, storm, len(essays[0].paragraphs))
        told.keys = play(terminal, keys, dice.uniform(0.05, 1.2 if storm else 2.5))
        if terminal.ended:
            raise ProgramDiedError("the program ended by itself:\n" + terminal.last_words())
        killed = terminal.kill(sign)
        if not terminal.drain(LEAVE_SECONDS):
            told.problems.append(f"still running {LEAVE_SECONDS:g} s after {sign.name}")
            terminal.kill(signal.SIGKILL)
            terminal.drain(1.0)
        told.leave_ms = (time.perf_counter() - killed) * 1000
        seen = read_back(terminal, essays)
    try:
        _examine(desk, told, seen, killed, essays)
    except (MarkdeskError, OSError) as error:
        told.problems.append(f"the desk can't be opened: {error}")
    if seed % RESTARTS == 0:
        # It comes back to the paragraph where it was left.
        places = [essay.quote(p.span)[:24] for essay in essays for p in essay.paragraphs]
        told.problems += _starts_again(command, env, folder, places)
    return told


def _shows(starts: Sequence[str]) -> Callable[[Terminal], bool]:
    """Whether one of these stands on the screen, which is drawn once for all of them."""

    def is_there(terminal: Terminal) -> bool:
        text = terminal.text()
        return any(words in text for words in starts)

    return is_there


def _starts_again(command: Sequence[str], env: Mapping[str, str], folder: Path, starts: Sequence[str]) -> list[str]:
    """Open the killed session's desk with the program itself; what went wrong."""
    with Terminal(command, env, folder) as terminal:
        try:
            terminal.wait_for(_shows(starts), limit=15)
        except ProgramDiedError as error:
            return [f"the program doesn't open the desk again: {error}"]
    return []


def _examine(desk: Path, told: Trial, seen: Seen, killed: float, essays: Sequence[Essay]) -> None:
    store = SqliteStore(desk)
    try:
        told.problems += store.verify().problems
        drafts = [row[0] for row in store.connection.execute("select text from draft")]
        changes = [row[0] for row in store.connection.execute("select changes from log")]
        kept: dict[int, list[str]] = {}
        marker = next((m.id for m in store.markers() if m.name == desks.MARKER), None)
        for entry in store.entries(marker) if marker else ():
            number = next(n for n, essay in enumerate(essays) if essay.hash == entry.script.essay_hash)
            kept[number] = [step.label for step in store.steps(entry.header.id)] if entry.header else []
            held = store.hold(entry.script.id, marker) if marker else ""
            if isinstance(held, str):
                told.problems.append(f"the script is still held by {held}")
            else:
                held.release()
    finally:
        store.close()
    told.steps = sum(map(len, kept.values()))
    told.acknowledged = len(seen.labels) + len(seen.stamps)
    for number, label in seen.labels:
        if not any(log.startswith(label) or label.startswith(log) for log in kept.get(number, [])):
            told.lost.append(f"{label!r} was shown as saved on essay {number + 1}")
    for number, code, paragraph in seen.stamps:
        if f"{code} on ¶{paragraph}" not in kept.get(number, []):
            told.lost.append(f"{code} stood in the gutter at ¶{paragraph} of essay {number + 1}")
    kept_text = " ".join([*drafts, *changes])
    told.words_shown = len(seen.words)
    for word, at in seen.words.items():
        if word not in kept_text:
            if at < killed - DRAFT_SECONDS:
                told.lost.append(f"'{word}' of a comment, on the screen {killed - at:.2f} s before the kill")
            elif told.sign != "SIGKILL":
                told.late_draft.append(word)


def run(count: int, seed: int, fault: str = "", until_found: bool = False, workers: int = 2) -> list[Trial]:
    """So many trials, two at a time; with ``until_found`` no more than it takes to find a fault."""
    done: list[Trial] = []
    with tempfile.TemporaryDirectory(prefix="kill-") as name, ThreadPoolExecutor(workers) as pool:
        folder = Path(name)
        template = prepare(folder)
        for first in range(0, count, workers):
            numbers = range(first, min(count, first + workers))
            futures = [pool.submit(trial, template, folder / f"{n}", seed + n, fault) for n in numbers]
            done += [future.result() for future in futures]
            if until_found and not all(t.is_clean for t in done):
                break
            if first % 20 == 0 and first and not until_found:
                say(f"kill: {first} of {count}")
    return done


def rows(folder: Path, count: int, seed: int | None = None) -> list[Row]:
    """The table's rows for so many kills."""
    seed = random.SystemRandom().randrange(1 << 30) if seed is None else seed
    say(f"kill: {count} sessions, seed {seed}")
    done = run(count, seed)
    signs = Counter(t.sign for t in done)
    acts = sum(t.acknowledged for t in done)
    lost = [f"seed {t.seed}: {text}" for t in done for text in t.lost]
    problems = [f"seed {t.seed}: {text}" for t in done for text in t.problems]
    told = ", ".join(f"{number} {sign}" for sign, number in signs.most_common())
    keys, words = sum(t.keys for t in done), sum(t.words_shown for t in done)
    late = sum(len(t.late_draft) for t in done)
    asked = [t.leave_ms for t in done if t.sign != "SIGKILL"]
    note = (
        f"{told}; {keys} keys, {acts} acts acknowledged, {words} words of comments on the screen; seed {seed}\n"
        f"after TERM and HUP {late} words younger than 0.5 s went; leaving took at most {max(asked, default=0):.0f} ms"
    )
    detail = {"lost": lost, "problems": problems, "seed": seed, "trials": [vars(t) for t in done]}
    of = f"{len(done)} kills"
    return [
        Row("kill: acknowledged acts lost", len(lost), 0, of, "", "\n".join((note, *lost[:5])), detail, "lost"),
        Row("kill: integrity, replay, hold failures", len(problems), 0, of, "", "\n".join(problems[:5]), {}, "failed"),
    ]


def self_test(seed: int, most: int = 24) -> list[Row]:
    """Each planted fault, until it is found."""
    told: list[Row] = []
    for fault in FAULTS:
        say(f"kill: planted fault '{fault}'")
        done = run(most, seed, fault, until_found=True)
        found = [text for t in done for text in (*t.lost, *t.problems)]
        note = found[0] if found else "THE HARNESS DID NOT FIND IT"
        told.append(Row(f"self-test: fault '{fault}'", len(done), most if found else -1, "", "", note, {}, "sessions"))
    return told


def main() -> None:
    from benchmarks.report import machine, table

    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=200, help="sessions to kill (default 200)")
    parser.add_argument("--seed", type=int, help="the first session's seed; the next ones count on from it")
    parser.add_argument("--self-test", action="store_true", help="plant faults and see that each is found")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-") as name:
        folder = Path(name)
        os.environ.update({f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "STATE")})
        print(" · ".join(f"{key} {value}" for key, value in machine(folder).items()))
        found = self_test(given.seed or 1) if given.self_test else rows(folder, given.count, given.seed)
    print(table(found))


if __name__ == "__main__":
    main()
