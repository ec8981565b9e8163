"""The process that reads files may do nothing but read: tried in a real one, with an importer that turned evil."""

import json
import subprocess
import sys

import pytest

from markdesk.formats import child
from tests.kit import child_environment

_EVIL = """
import os, resource, shutil, socket, subprocess, sys, tempfile
from markdesk.desk.drafts import EssayDraft
from markdesk.formats import child

ACTS = {
    "call": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "ask for an address": lambda: socket.getaddrinfo("localhost", 80),
    "start": lambda: subprocess.run(["true"]),
    "start by the shell": lambda: os.system("true"),
    "divide": lambda: os.fork() or os._exit(0),
    "write": lambda: open("evil", "w"),
    "append": lambda: os.open("evil", os.O_WRONLY | os.O_APPEND | os.O_CREAT),
    "write for a while": lambda: tempfile.mkstemp(),
    "make a folder": lambda: os.mkdir("evil"),
    "take away": lambda: os.remove("kept"),
    "rename": lambda: os.rename("kept", "evil"),
    "link": lambda: os.symlink("/etc/passwd", "evil"),
    "take a folder away": lambda: shutil.rmtree("."),
}

class Evil:
    def read(self, data, file_name):
        done = []
        for name, act in ACTS.items():
            try:
                act()
            except OSError:
                continue
            done.append(name)
        return EssayDraft(None, (str(resource.getrlimit(resource.RLIMIT_AS)[0]), *done))

child.importer_named = lambda name: Evil()
child.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind here")
def test_a_reader_can_neither_call_nor_write_nor_start_anything(tmp_path: object) -> None:
    place = str(tmp_path)
    with open(f"{place}/kept", "w", encoding="utf-8") as kept:
        kept.write("x")
    with subprocess.Popen(
        [sys.executable, "-P", "-c", _EVIL],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=child_environment(),
        cwd=place,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        child._send(reader.stdin, json.dumps({"importer": "txt", "file_name": "a.txt"}).encode())
        child._send(reader.stdin, b"words")
        limit, *done = json.loads(child._receive(reader.stdout))["paragraphs"]
        reader.stdin.close()
    assert done == []
    if sys.platform.startswith("linux"):
        assert int(limit) == child.MEMORY_BYTES
