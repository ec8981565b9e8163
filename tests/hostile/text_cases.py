"""Text files that mean harm, are ruined, or are something else."""

import gzip
import sqlite3
import struct

from .case import ESSAY, Begins, Case, Doubted, Refused, reads

_PILE = "\u0301" * 1_000
_ACCENTS = "Müller’s café – naïve, £5."


def _utf16_le(text: str) -> bytes:
    return text.encode("utf-16-le")


def _database() -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute("create table essay(text)")
        base.execute("insert into essay values (?)", (ESSAY,))
    data = base.serialize()
    base.close()
    return data


CASES = (
    Case("UTF-8 with its mark", "a.txt", lambda: _ACCENTS.encode("utf-8-sig"), reads(_ACCENTS)),
    Case("UTF-8 with two marks", "a.txt", lambda: b"\xef\xbb\xbf" + _ACCENTS.encode("utf-8-sig"), reads(f"\ufeff{_ACCENTS}", told="1 hidden character")),
    Case("UTF-16, little end first", "a.txt", lambda: b"\xff\xfe" + _utf16_le(_ACCENTS), reads(_ACCENTS)),
    Case("UTF-16, big end first", "a.txt", lambda: b"\xfe\xff" + _ACCENTS.encode("utf-16-be"), reads(_ACCENTS)),
    Case("UTF-16 without a mark", "a.txt", lambda: _utf16_le(_ACCENTS), reads(_ACCENTS, told="guessed")),
    Case("UTF-16 cut inside a letter", "a.txt", lambda: b"\xff\xfe" + _utf16_le(ESSAY) + b"x", reads(f"{ESSAY}\ufffd", told="Damaged")),
    Case("UTF-16 with half a letter", "a.txt", lambda: b"\xff\xfe" + _utf16_le(ESSAY) + b"\x3d\xd8", reads(f"{ESSAY}\ufffd", told="Damaged")),
    Case("UTF-32", "a.txt", lambda: _ACCENTS.encode("utf-32"), reads(_ACCENTS)),
    Case("UTF-32, big end first", "a.txt", lambda: b"\x00\x00\xfe\xff" + _ACCENTS.encode("utf-32-be"), reads(_ACCENTS)),
    Case("Windows-1252", "a.txt", lambda: (_ACCENTS * 4).encode("cp1252"), reads(_ACCENTS * 4, told="guessed")),
    Case("Mac Roman", "a.txt", lambda: (_ACCENTS * 9).encode("mac_roman"), reads(_ACCENTS * 9, told="guessed")),
    Case("EBCDIC", "a.txt", lambda: ESSAY.encode("cp500"), Doubted("guessed")),
    Case("Shift JIS", "a.txt", lambda: "明治維新は一八六八年".encode("shift_jis"), Doubted("guessed")),
    Case("two encodings in one file", "a.txt", lambda: "café ".encode() + "café".encode("cp1252"), reads("cafÃ© café", told="guessed")),
    Case("UTF-8 cut inside a letter", "a.txt", lambda: f"{_ACCENTS * 9}é".encode()[:-1], reads(f"{_ACCENTS * 9}\ufffd", told="Damaged")),
    Case("a NUL written too long", "a.txt", lambda: ESSAY.encode() + b"\xc0\x80", Doubted("guessed")),
    Case("half a letter in UTF-8", "a.txt", lambda: ESSAY.encode() + b"\xed\xa0\xbd", Doubted("guessed")),
    Case("a NUL in the middle", "a.txt", lambda: f"{ESSAY}\0".encode(), reads(f"{ESSAY}\0", told="1 hidden character")),
    Case("nothing but NULs", "a.txt", lambda: b"\0" * 5_000, Refused("not a text")),
    Case("a mark in the middle", "a.txt", lambda: f"{ESSAY}\ufeff".encode(), reads(f"{ESSAY}\ufeff", told="1 hidden character")),
    Case("codes that clear the screen", "a.txt", lambda: f"{ESSAY}\x1b[2J\x1b[H".encode(),
         reads(f"{ESSAY}\x1b[2J\x1b[H", told="2 hidden characters")),
    Case("codes that fill the clipboard", "a.txt", lambda: f"{ESSAY}\x1b]52;c;eA==\x1b\\".encode(),
         reads(f"{ESSAY}\x1b]52;c;eA==\x1b\\", told="2 hidden characters")),
    Case("backspaces over letters", "a.txt", lambda: f"{ESSAY}\b\b\b".encode(), reads(f"{ESSAY}\b\b\b", told="3 hidden")),
    Case("a bell", "a.txt", lambda: f"{ESSAY}\a".encode(), reads(f"{ESSAY}\a", told="1 hidden character")),
    Case("a line written over", "a.txt", lambda: f"{ESSAY}\rSomething else.".encode(), reads(ESSAY, "Something else.")),
    Case("old line ends", "a.txt", lambda: f"{ESSAY}\r{ESSAY}\r".encode(), reads(ESSAY, ESSAY)),
    Case("line ends the wrong way round", "a.txt", lambda: f"{ESSAY}\n\r{ESSAY}".encode(), reads(ESSAY, ESSAY)),
    Case("separators of lines and paragraphs", "a.txt", lambda: f"{ESSAY}\u2028x\u2029y".encode(),
         reads(f"{ESSAY}\u2028x\u2029y", told="2 hidden characters")),
    Case("letters that turn a text's line round", "a.txt", lambda: f"\u202e{ESSAY}".encode(),
         reads(f"\u202e{ESSAY}", told="1 hidden character")),
    Case("letters of no width", "a.txt", lambda: "Wol\u200bsey fell.".encode(), reads("Wol\u200bsey fell.", told="1 hidden")),
    Case("letters of tags", "a.txt", lambda: "Fell.\U000e0041\U000e0042".encode(), reads("Fell.\U000e0041\U000e0042", told="2 hidden")),
    Case("a thousand accents on a letter", "a.txt", lambda: f"e{_PILE} {ESSAY}".encode(),
         reads(f"e{_PILE} {ESSAY}")),
    Case("markup of a screen in a text", "a.txt", lambda: b"[/] [red]x [@click=app.bell]y[/]", reads("[/] [red]x [@click=app.bell]y[/]")),
    Case("markup of the web in a text", "a.txt", lambda: b"He wrote <b>and</b> went.", reads("He wrote <b>and</b> went.")),
    Case("a text of no bytes", "a.txt", lambda: b"", Refused("empty")),
    Case("a text of spaces", "a.txt", lambda: b" \t\r\n\r\n", Refused("empty")),
    Case("a text of signs", "a.txt", lambda: b"--- *** ---", Refused("no words")),
    Case("one letter", "a.txt", lambda: b"x", reads("x")),
    Case("30,000 words in one line", "a.txt", lambda: b"word " * 30_000, Begins("word word", 30_000)),
    Case("one word of a million letters", "a.txt", lambda: b"w" * 1_000_000, Begins("wwww", 1)),
    Case("210,000 words in a text", "a.txt", lambda: b"word word word\n" * 70_000, Refused("paragraphs")),
    Case("210,000 words in ten lines", "a.txt", lambda: (b"word " * 21_000 + b"\n") * 10, Refused("210,000 words")),
    Case("30,000 lines of a word", "a.txt", lambda: b"Yes.\n" * 30_000, Refused("30,000 paragraphs")),
    Case("a million empty lines", "a.txt", lambda: ESSAY.encode() + b"\n" * 1_000_000, reads()),
    Case("a million hyphens at line ends", "a.txt", lambda: b"ab-\n" * 19_000, Begins("ab-", 19_000)),
    Case("26 MB", "a.txt", lambda: b"word " * 5_200_001, Refused("26.0 MB")),
    Case("a picture called a text", "a.txt", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, Refused("picture")),
    Case("a photograph", "a.docx", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 99, Refused("picture")),
    Case("a photograph of a telephone", "a.jpg", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, Refused("picture")),
    Case("a program of Windows", "essay.exe", lambda: b"MZ" + bytes(range(256)) * 8, Refused("not a text")),
    Case("a program of Linux", "a.txt", lambda: b"\x7fELF" + b"\0\1\2\3" * 500, Refused("not a text")),
    Case("a packed file", "a.gz", lambda: gzip.compress(ESSAY.encode() * 99, mtime=0), Refused("not a text")),
    Case("a database", "a.db", _database, Refused("not a text")),
    Case("sound", "a.mp3", lambda: b"ID3\x03" + bytes(range(32)) * 99, Refused("not a text")),
    Case("random bytes", "a.txt", lambda: b"".join(struct.pack("<I", n * 2_654_435_761 % 2**32) for n in range(2_000)),
         Refused("not a text")),
    Case("a table of data", "a.csv", lambda: b"name,mark\nA,1\n", Refused("table of data")),
    Case("settings", "a.json", lambda: b'{"mark": 25}', Refused("table of data")),
    Case("a link to Google", "a.gdoc", lambda: b'{"url": "https://docs.google.com/open?id=x"}', Refused("Google document")),
    Case("XML called a text", "a.txt", lambda: b'<?xml version="1.0"?><a>b</a>', Refused("XML")),
    Case("laughs called a text", "a.txt", lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Refused("XML")),
    Case("RTF that is cut off", "a.rtf", lambda: rb"{\rtf1\ansi Wolsey", Refused("cut off")),
    Case("RTF nested 100,000 deep", "a.rtf", lambda: rb"{\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_001, reads("x")),
    Case("a mail of nothing but heads", "a.eml", lambda: b"From: a@b.c\r\nTo: b@b.c\r\nSubject: x\r\nDate: y\r\nMIME-Version: 1.0\r\nMessage-ID: <1@b.c>\r\n\r\n", Refused("no words")),
    Case("Markdown's settings that never end", "a.md", lambda: b"---\n" + b"a: b\n" * 5_000 + ESSAY.encode(), Begins("---\n\na: b", 10_018)),
    Case("Markdown's links nested 20,000 deep", "a.md", lambda: b"[" * 20_000 + b"](x)" * 20_000 + b"\n\n" + ESSAY.encode(), Begins("[[[[", 19)),
    Case("a name that climbs", "..txt", lambda: ESSAY.encode(), reads()),
    Case("a name with codes for a terminal", "a\x1b[2J.txt", lambda: ESSAY.encode(), reads()),
    Case("a name that turns round", "a\u202etxt.exe", lambda: ESSAY.encode(), reads()),
    Case("a name with markup", "[red]a.txt", lambda: ESSAY.encode(), reads()),
    Case("a name of 250 letters", f"{'n' * 246}.txt", lambda: ESSAY.encode(), reads()),
    Case("a name without an end", "essay", lambda: ESSAY.encode(), reads()),
)  # fmt: skip
