"""The check of a whole desk: SQLite's own, the hash chain, the replay, and every text against its hash.

It reads what may be damaged or made up, so nothing in here trusts a row: what can't be read is a problem too.
"""

import json
import sqlite3
from collections import Counter

from markdesk.core.canonical import file_hash, tagged_hash
from markdesk.core.essay import Essay
from markdesk.core.rubric import rubric_from_plain
from markdesk.desk.ports import Verification
from markdesk.store.codec import GENESIS, TABLES, Replay, link, step_from_row

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What decoding a row that nobody of us wrote may raise."""


def verify(db: sqlite3.Connection) -> Verification:
    """Everything that is wrong, a sentence each, in one consistent reading of the file."""
    # A byte that isn't UTF-8 is to be told, not raised.
    db.text_factory = lambda raw: raw.decode("utf-8", "replace")
    db.execute("begin")
    problems: list[str] = []
    try:
        problems += _sqlite_problems(db)
        problems += _content_problems(db)
        steps, found = _log_problems(db)
        return Verification(steps, (*problems, *found))
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_ERROR:
            raise
        return Verification(0, (*problems, f"SQLite: {_one_line(error)}"))  # the tables themselves are altered
    except _UNREADABLE:  # a column that a row doesn't have, bytes where text must be
        return Verification(0, (*problems, "SQLite: the tables hold what no desk writes"))
    finally:
        db.text_factory = str
        if db.in_transaction:
            db.execute("rollback")


def _sqlite_problems(db: sqlite3.Connection) -> list[str]:
    told = [line for row in db.execute("pragma integrity_check") for line in str(row[0]).splitlines()]
    broken = db.execute("pragma foreign_key_check").fetchall()
    return [f"SQLite: {text}" for text in told if text != "ok"] + [
        f"{row[0]} row {row[1]} refers to a {row[2]} that isn't there" for row in broken
    ]


def _content_problems(db: sqlite3.Connection) -> list[str]:
    problems: list[str] = []
    for row in db.execute("select hash, text, words from essay"):
        if tagged_hash(row["text"]) != row["hash"]:
            problems.append(f"essay {_short(row['hash'])}: the text is not the one that was handed in")
        elif Essay(row["text"]).words != row["words"]:
            problems.append(f"essay {_short(row['hash'])}: its words are counted wrongly")
    for row in db.execute("select hash, id, version, title, body from rubric_version"):
        if not _is_kept_scheme(row):
            problems.append(f"mark scheme {_one_line(row['id'])}: the kept version is not the one that was used")
    for row in db.execute("select hash, content from source"):
        if file_hash(row["content"]) != row["hash"]:
            problems.append(f"file {_short(row['hash'])}: not the one that was imported")
    for row in db.execute(
        "select id from script where source_hash <> '' and source_hash not in (select hash from source)"
    ):
        problems.append(f"script {_one_line(row['id'])}: the file that it was imported from is missing")
    for row in db.execute(
        "select script.id as id from script, json_each(script.scans) scan"
        " where json_extract(scan.value, '$[0]') not in (select hash from source)"
    ):
        problems.append(f"script {_one_line(row['id'])}: a scan of it is missing")
    for row in db.execute(
        "select paper_set.id as id, json_extract(question.value, '$[0]') as number"
        " from paper_set, json_each(paper_set.assignments) question"
        " where json_extract(question.value, '$[1]') not in (select id from assignment)"
    ):
        told = f"the assignment of question {_one_line(row['number'])} is missing"
        problems.append(f"paper {_one_line(row['id'])}: {told}")
    return problems


def _is_kept_scheme(row: sqlite3.Row) -> bool:
    try:
        rubric = rubric_from_plain(json.loads(row["body"]))
        named = (rubric.id, rubric.version, rubric.title) == (row["id"], row["version"], row["title"])
        return named and tagged_hash(row["body"]) == row["hash"]
    except _UNREADABLE:
        return False


def _log_problems(db: sqlite3.Connection) -> tuple[int, list[str]]:
    replay = Replay()
    problems: list[str] = []
    steps: Counter[str | None] = Counter()
    previous, count, expected_seq = GENESIS, 0, 1
    for row in db.execute("select * from log order by seq"):
        count += 1
        if row["seq"] != expected_seq:
            problems.append(f"log: entry {expected_seq} is missing")
        expected_seq = row["seq"] + 1
        steps[row["marking_id"]] += 1
        if tagged_hash(row["changes"]) != row["digest"]:
            problems.append(f"log entry {row['seq']}: its changes were altered")
        try:
            step = step_from_row(dict(row))
            if link(previous, step, row["digest"]) != row["chain"]:
                problems.append(f"log entry {row['seq']}: the chain is broken here")
            replay.take(step)
        except _UNREADABLE:
            problems.append(f"log entry {row['seq']}: it can't be read")
        previous = row["chain"]
    problems += replay.problems
    for row in db.execute("select id, revision from marking"):
        if row["revision"] != steps[row["id"]]:
            told = f"its revision is {row['revision']}, the log has {steps[row['id']]} steps"
            problems.append(f"marking {_one_line(row['id'])}: {told}")
    return count, problems + _table_problems(db, replay)


def _table_problems(db: sqlite3.Connection, replay: Replay) -> list[str]:
    problems: list[str] = []
    for table in TABLES:
        expected = replay.rows[table.name]
        columns = ", ".join(f'"{column}"' for column in table.columns)
        found = {}
        for row in db.execute(f"select {columns} from {table.name}"):  # noqa: S608
            plain = {column: row[column] for column in table.columns}
            found[table.key_of(plain)] = plain
        for key in expected.keys() | found.keys():
            if expected.get(key) != found.get(key):
                name = _one_line("/".join(map(str, key)))
                what = "missing" if key not in found else "not in the log" if key not in expected else "altered"
                problems.append(f"{table.name} {name}: {what}")
    return problems


def _short(tagged: object) -> str:
    return f"{str(tagged)[:19]}…"


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
