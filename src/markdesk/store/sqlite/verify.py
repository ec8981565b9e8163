"""The check of a whole desk: SQLite's own, the hash chain, the replay, and every text against its hash."""

import json
import sqlite3

from markdesk.core.canonical import tagged_hash
from markdesk.core.rubric import rubric_from_plain
from markdesk.desk.ports import Verification
from markdesk.store.codec import GENESIS, TABLES, Replay, link, step_from_row


def verify(db: sqlite3.Connection) -> Verification:
    """Everything that is wrong, a sentence each, in one consistent reading of the file."""
    db.execute("begin")
    try:
        problems = [
            *_sqlite_problems(db),
            *_content_problems(db),
        ]
        steps, found = _log_problems(db)
        return Verification(steps, (*problems, *found))
    finally:
        db.execute("rollback")


def _sqlite_problems(db: sqlite3.Connection) -> list[str]:
    told = [row[0] for row in db.execute("pragma integrity_check")]
    broken = db.execute("pragma foreign_key_check").fetchall()
    return [f"SQLite: {text}" for text in told if text != "ok"] + [
        f"{row[0]} row {row[1]} refers to a {row[2]} that isn't there" for row in broken
    ]


def _content_problems(db: sqlite3.Connection) -> list[str]:
    problems: list[str] = []
    for row in db.execute("select hash, text from essay"):
        if tagged_hash(row["text"]) != row["hash"]:
            problems.append(f"essay {row['hash'][:19]}…: the text is not the one that was handed in")
    for row in db.execute("select hash, id, body from rubric_version"):
        if rubric_from_plain(json.loads(row["body"])).hash != row["hash"]:
            problems.append(f"mark scheme {row['id']}: the kept version is not the one that was used")
    return problems


def _log_problems(db: sqlite3.Connection) -> tuple[int, list[str]]:
    replay = Replay()
    problems: list[str] = []
    previous, count = GENESIS, 0
    for row in db.execute("select * from log order by seq"):
        count += 1
        if row["seq"] != count:
            problems.append(f"log: entry {count} is missing")
            count = row["seq"]
        if tagged_hash(row["changes"]) != row["digest"]:
            problems.append(f"log entry {row['seq']}: its changes were altered")
        step = step_from_row(dict(row))
        if link(previous, step, row["digest"]) != row["chain"]:
            problems.append(f"log entry {row['seq']}: the chain is broken here")
        previous = row["chain"]
        replay.take(step)
    problems += replay.problems
    for table in TABLES:
        expected = replay.rows[table.name]
        columns = ", ".join(f'"{column}"' for column in table.columns)
        found = {}
        for row in db.execute(f"select {columns} from {table.name}"):  # noqa: S608
            plain = {column: row[column] for column in table.columns}
            found[table.key_of(plain)] = plain
        for key in expected.keys() | found.keys():
            if expected.get(key) != found.get(key):
                name = "/".join(map(str, key))
                what = "missing" if key not in found else "not in the log" if key not in expected else "altered"
                problems.append(f"{table.name} {name}: {what}")
    return count, problems
