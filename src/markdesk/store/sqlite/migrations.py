"""How the file came to its present shape: frozen history, one function a version.

A migration is raw SQL and imports nothing of markdesk: what it did when it was released is what it does for
ever. This is the only module that imports sqlite-utils, and it is imported only when something is pending.
"""

import sqlite3

from sqlite_utils import Database, Migrations

migrations = Migrations("markdesk")


@migrations(name="0001_desk")
def m0001(db: Database) -> None:
    """People, what is set, what is handed in, what was marked, and the log of it all."""
    for statement in (
        """
        create table marker (
            id text primary key, name text not null unique
        ) strict""",
        """
        create table student (
            id text primary key, given_name text not null, family_name text not null,
            candidate_number text not null default ''
        ) strict""",
        """
        create table teaching_group (
            id text primary key, name text not null unique
        ) strict""",
        """
        create table membership (
            group_id text not null references teaching_group(id), student_id text not null references student(id),
            primary key (group_id, student_id)
        ) strict, without rowid""",
        """
        create table essay (
            hash text primary key, text text not null, words integer not null
        ) strict""",
        """
        create table source (
            hash text primary key, content blob not null
        ) strict""",
        """
        create table rubric_version (
            hash text primary key, id text not null, version text not null, title text not null, body text not null
        ) strict""",
        """
        create table assignment (
            id text primary key, name text not null unique, question text not null,
            rubric_hash text not null references rubric_version(hash), set_on text not null,
            group_id text references teaching_group(id), kind text not null, order_seed integer not null
        ) strict""",
        """
        create table script (
            id text primary key, assignment_id text not null references assignment(id),
            student_id text not null references student(id), essay_hash text references essay(hash),
            file_name text not null, received_at text not null, version integer not null check (version >= 1),
            source_hash text not null, removed text not null, notes text not null,
            unique (assignment_id, student_id)
        ) strict""",
        "create index script_student on script(student_id)",
        """
        create table marking (
            id text primary key, script_id text not null references script(id),
            marker_id text not null references marker(id), essay_hash text references essay(hash),
            rubric_hash text not null references rubric_version(hash),
            status text not null check (status in ('in_progress', 'complete', 'moderated', 'returned')),
            started_at text not null, completed_at text, revision integer not null default 0,
            unique (script_id, marker_id)
        ) strict""",
        """
        create table annotation (
            id text primary key, marking_id text not null references marking(id), start integer, "end" integer,
            exact text not null, prefix text not null, suffix text not null, code text not null, comment text not null,
            check ((start is null) = ("end" is null)), check (start is null or (start >= 0 and start < "end"))
        ) strict""",
        "create index annotation_marking on annotation(marking_id)",
        """
        create table award (
            marking_id text not null references marking(id), scale text not null, mark integer check (mark >= 0),
            level integer check (level >= 0), no_response integer not null check (no_response in (0, 1)),
            tentative integer not null check (tentative in (0, 1)), strands text not null, reason text not null,
            primary key (marking_id, scale), check (no_response = 0 or mark is null)
        ) strict, without rowid""",
        """
        create table feedback (
            marking_id text not null references marking(id),
            field text not null check (field in ('www', 'ebi', 'target', 'task', 'comment', 'note')),
            place integer not null check (place >= 1), text text not null,
            primary key (marking_id, field, place)
        ) strict, without rowid""",
        """
        create table draft (
            script_id text not null references script(id), marker_id text not null, editor text not null,
            text text not null, at text not null, start integer, "end" integer, annotation_id text not null,
            primary key (script_id, marker_id, editor)
        ) strict, without rowid""",
        """
        create table place (
            marker_id text not null, script_id text not null references script(id), assignment_id text not null,
            start integer not null, "end" integer not null, at text not null, by_sentence integer not null,
            primary key (marker_id, script_id)
        ) strict, without rowid""",
        """
        create table log (
            seq integer primary key, id text not null unique, group_id text not null,
            kind text not null check (kind in ('do', 'undo', 'redo')), action text not null, label text not null,
            at text not null, marker_id text not null, marking_id text, changes text not null,
            digest text not null, chain text not null
        ) strict""",
        "create index log_marking on log(marking_id, seq)",
        """
        create trigger log_is_append_only_update before update on log
        begin select raise(abort, 'the log is append-only'); end""",
        """
        create trigger log_is_append_only_delete before delete on log
        begin select raise(abort, 'the log is append-only'); end""",
        "create table desk (uuid text primary key, made_at text not null) strict",
        "insert into desk values (lower(hex(randomblob(16))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
    ):
        db.execute(statement)


@migrations(name="0002_papers")
def m0002(db: Database) -> None:
    """Question papers that were set to a class; each question is one of the assignments that were there before."""
    db.execute(
        """
        create table paper_set (
            id text primary key, name text not null unique, paper text not null, assignments text not null,
            set_on text not null, group_id text references teaching_group(id)
        ) strict"""
    )


@migrations(name="0003_marking_loop")
def m0003(db: Database) -> None:
    """What each item of a scale of points earned; the answers to caps' questions; what became of the last target.

    Also the teacher's own comments, what goes on the sheet for the class, and the feedback that coursework and its
    drafts are given: the check on the field can't be altered, so that table is made anew.
    """
    for statement in (
        "alter table award add column points text not null default '[]'",
        "alter table marking add column answers text not null default '[]'",
        "alter table marking add column last_target text"
        " check (last_target in ('met', 'partly', 'not yet', 'not judged'))",
        "alter table marking add column target_of text references marking(id)",
        "alter table annotation add column for_class integer not null default 0 check (for_class in (0, 1))",
        """
        create table feedback_new (
            marking_id text not null references marking(id),
            field text not null check (
                field in ('www', 'ebi', 'target', 'task', 'comment', 'note', 'ao', 'question')
            ),
            place integer not null check (place >= 1), text text not null,
            primary key (marking_id, field, place)
        ) strict, without rowid""",
        "insert into feedback_new select marking_id, field, place, text from feedback",
        "drop table feedback",
        """
        create table bank_comment (
            id text primary key, text text not null, code text not null, field text not null, stamps text not null,
            strands text not null, aos text not null, rubrics text not null, question text not null,
            level integer not null check (level >= 0)
        ) strict""",
        "alter table feedback_new rename to feedback",
    ):
        db.execute(statement)


@migrations(name="0004_the_pile")
def m0004(db: Database) -> None:
    """Names out of sight, one scale down the class, the parts of an answer, what became of a task.

    Also what a marker notes about a script in its pile, and why a student has handed nothing in.
    """
    for statement in (
        "alter table assignment add column is_anonymous integer not null default 0 check (is_anonymous in (0, 1))",
        "alter table assignment add column by_scale integer not null default 0 check (by_scale in (0, 1))",
        "alter table marking add column parts text not null default '[]'",
        "alter table marking add column task_done text"
        " check (task_done in ('responded', 'done well', 'done', 'not done'))",
        "alter table marking add column task_done_at text",
        """
        create table queue_note (
            script_id text not null references script(id), marker_id text not null references marker(id),
            heap text check (heap in ('good', 'middling', 'weak', 'worried')),
            is_flagged integer not null check (is_flagged in (0, 1)),
            primary key (script_id, marker_id)
        ) strict, without rowid""",
        """
        create table absence (
            assignment_id text not null references assignment(id), student_id text not null references student(id),
            why text not null check (why in ('late', 'extension', 'absent')),
            primary key (assignment_id, student_id)
        ) strict, without rowid""",
    ):
        db.execute(statement)


@migrations(name="0005_essays_in")
def m0005(db: Database) -> None:
    """What school systems call a student and a script, what else a class list tells, scans, comments acted on."""
    for statement in (
        "alter table student add column tutor_group text not null default ''",
        "alter table student add column has_access_arrangements integer not null default 0"
        " check (has_access_arrangements in (0, 1))",
        "alter table student add column ids text not null default '[]'",
        "alter table script add column system text not null default ''",
        "alter table script add column system_id text not null default ''",
        "alter table script add column scans text not null default '[]'",
        "alter table annotation add column acted_on text check (acted_on in ('yes', 'partly', 'no'))",
    ):
        db.execute(statement)


@migrations(name="0006_marks_out")
def m0006(db: Database) -> None:
    """What the mark sheets of an assignment give back: the mark, the level alone, or neither. And a full-text index.

    ``search`` holds the words of everything that can be searched, a column a kind, and no text: that stays where it is,
    and ``search_text`` finds it there. ``searchable`` numbers the texts, since the rows of other tables have no number
    that a VACUUM lets them keep. No trigger fills it: SQLite before 3.41 lets none touch an index of words while
    ``trusted_schema`` is off. ``indexing`` does, in the transaction that changes the text.
    """
    for statement in (
        "alter table assignment add column returns text not null default 'marks'"
        " check (returns in ('marks', 'level', 'comments'))",
        """
        create table searchable (
            id integer primary key, kind text not null check (
                kind in ('essay', 'comment', 'feedback', 'question', 'student')
            ),
            owner text not null, part text not null, unique (owner, part, kind)
        ) strict""",
        """
        create view search_text as
        select s.id as id,
            case s.kind when 'essay' then (
                select e.text from script sc join essay e on e.hash = sc.essay_hash where sc.id = s.owner
            ) end as essay,
            case s.kind when 'comment' then (select n.comment from annotation n where n.id = s.part) end as comment,
            case s.kind when 'feedback' then (
                select f.text from feedback f where f.marking_id = s.owner and f.field || '.' || f.place = s.part
            ) end as feedback,
            case s.kind when 'question' then (
                select a.name || char(10) || a.question from assignment a where a.id = s.owner
            ) end as question,
            case s.kind when 'student' then (
                select st.given_name || ' ' || st.family_name || char(10) || st.candidate_number
                from student st where st.id = s.owner
            ) end as student
        from searchable s""",
        """
        create virtual table search using fts5(
            essay, comment, feedback, question, student,
            content='search_text', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
        )""",
        "insert into searchable (kind, owner, part) select 'essay', id, '' from script where essay_hash is not null",
        "insert into searchable (kind, owner, part)"
        " select 'comment', marking_id, id from annotation where comment <> ''",
        "insert into searchable (kind, owner, part)"
        " select 'feedback', marking_id, field || '.' || place from feedback where text <> ''",
        "insert into searchable (kind, owner, part) select 'question', id, '' from assignment",
        "insert into searchable (kind, owner, part) select 'student', id, '' from student",
        "insert into search (search) values ('rebuild')",
    ):
        db.execute(statement)


@migrations(name="0007_past_marks")
def m0007(db: Database) -> None:
    """What one student's past marks are found by, and the grades that a teacher types.

    The last two indexes hold all that the library counts: without them it looks up every marking of every year.
    """
    for statement in (
        """
        create table grade (
            student_id text not null references student(id),
            kind text not null check (kind in ('target', 'working at', 'predicted')),
            day text not null, value text not null check (value <> ''),
            primary key (student_id, kind, day)
        ) strict, without rowid""",
        "create index membership_student on membership(student_id)",
        "create index assignment_group on assignment(group_id)",
        "create index script_assignment on script(assignment_id, id)",
        "create index marking_status on marking(script_id, marker_id, status)",
    ):
        db.execute(statement)


def known_names() -> tuple[str, ...]:
    """The names of every migration of this program, oldest first."""
    return tuple(migration.name for migration in migrations.pending(Database(memory=True, execute_plugins=False)))


def apply_pending(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, in the transaction that the caller has open."""
    migrations.apply(Database(connection, execute_plugins=False))
