"""Runs of the program as a process of its own, as a shell starts it. No pytest in here."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.kit import PROGRAM

Child = subprocess.Popen[bytes]


def environment(**more: str) -> dict[str, str]:
    """This test's own folders, and the program that is tested."""
    # Streams are buffered on a teacher's machine, whatever they are where the tests run.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**kept, "PYTHONPATH": str(PROGRAM), **more}


def begin(*argv: str | Path | bytes, **how: Any) -> Child:
    """A run of ``markdesk``, which says ``begun`` on stdout just before anything happens.

    It hears Ctrl+C, as what a terminal runs does; tests that a shell runs in the background are deaf to it, and what
    they start would be too.
    """
    code = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from markdesk.__main__ import main\nprint('begun', flush=True)\nsys.exit(main())"
    )
    return _start(code, argv, how)


def many(commands: Sequence[Sequence[str | Path]], **how: Any) -> Child:
    """One process that runs these one after another; its exit code is the first that isn't 0."""
    code = (
        "import json, sys; from markdesk.cli.main import run\n"
        "codes = [run(argv) for argv in json.loads(sys.argv[1])]; sys.exit(next((code for code in codes if code), 0))"
    )
    return _start(code, [json.dumps([[str(word) for word in argv] for argv in commands])], how)


def _start(code: str, argv: Sequence[str | Path | bytes], how: dict[str, Any]) -> Child:
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment()}
    return subprocess.Popen([sys.executable, "-c", code, *argv], **{**pipes, **how})


def ended(child: Child) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a run."""
    try:
        out, err = child.communicate(timeout=60)
    finally:
        child.kill()
    return child.returncode, (out or b"").decode(), (err or b"").decode()
