"""Keeps the full-text index in step, in the transaction that changes a text. A stamp without words writes nothing.

What is deleted leaves the index at once, but its words stay in the file until the index is optimised. Erasing a student
must do that, then VACUUM: ``insert into search (search) values ('optimize')``.
"""

import sqlite3

from markdesk.core.changes import (
    AnnotationChanged,
    AnyChange,
    AssignmentChanged,
    FeedbackChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.search_texts import comment_text, feedback_text, question_text, student_text

KINDS = ("essay", "comment", "feedback", "question", "student")
"""The columns of the index."""
_FORGET = (
    "insert into search (search, rowid, essay, comment, feedback, question, student)"
    " values ('delete', ?, ?, ?, ?, ?, ?)"
)
_LEARN = "insert into search (rowid, essay, comment, feedback, question, student) values (?, ?, ?, ?, ?, ?)"


def index(db: sqlite3.Connection, change: AnyChange) -> None:
    """Index anew what a change made of a text, where it is one that can be searched and has changed."""
    if isinstance(change, AnnotationChanged):
        note = change.subject
        _replace(db, "comment", note.marking_id, note.id, comment_text(change.before), comment_text(change.after))
    elif isinstance(change, FeedbackChanged):
        line = change.subject
        _replace(db, "feedback", line.marking_id, line.key, feedback_text(change.before), feedback_text(change.after))
    elif isinstance(change, ScriptChanged):
        before, after = (script.essay_hash if script else None for script in (change.before, change.after))
        if before != after:
            _replace(db, "essay", change.subject.id, "", _essay(db, before), _essay(db, after))
    elif isinstance(change, AssignmentChanged):
        _replace(db, "question", change.subject.id, "", question_text(change.before), question_text(change.after))
    elif isinstance(change, StudentChanged):
        _replace(db, "student", change.subject.id, "", student_text(change.before), student_text(change.after))


def _replace(db: sqlite3.Connection, kind: str, owner: str, part: str, before: str, after: str) -> None:
    if before == after:
        return
    found = db.execute("select id from searchable where owner = ? and part = ? and kind = ?", (owner, part, kind))
    row = found.fetchone()
    if row is not None:
        # The index keeps no text: it has to be told which words to forget.
        db.execute(_FORGET, (row["id"], *_in_column(kind, before)))
    if not after:
        db.execute("delete from searchable where owner = ? and part = ? and kind = ?", (owner, part, kind))
        return
    if row is None:
        made = db.execute("insert into searchable (kind, owner, part) values (?, ?, ?)", (kind, owner, part))
    number = made.lastrowid if row is None else row["id"]
    db.execute(_LEARN, (number, *_in_column(kind, after)))


def _in_column(kind: str, text: str) -> tuple[str | None, ...]:
    return tuple(text if one == kind else None for one in KINDS)


def _essay(db: sqlite3.Connection, essay_hash: str | None) -> str:
    row = db.execute("select text from essay where hash = ?", (essay_hash,)).fetchone() if essay_hash else None
    return str(row["text"]) if row is not None else ""
