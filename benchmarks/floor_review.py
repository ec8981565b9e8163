"""The floor for the review of an assignment: the least Textual program that reads its marks by SQL and paints them.

R reads, by plain ``sqlite3``, what the page tells: the assignment, its scripts with student and marking, every award,
what the notes say, who has handed nothing in, and what each of the students was given before; a line for each script
and each award is painted, as many as a screen has. Escape empties it again. Why it is the floor: no value is made of a
row, nothing is added up, compared, sorted or tested; no screen stack, no second thread. The file is opened with
markdesk's own pragmas, and the garbage collector is treated as markdesk's is.
"""

from benchmarks.floor_student import Asked, run

IN_PILE = "(select m.id from script sc join marking m on m.script_id = sc.id where sc.assignment_id = :id)"
STATEMENTS = (
    "select * from assignment where id = :id",
    "select r.body from assignment a join rubric_version r on r.hash = a.rubric_hash where a.id = :id",
    "select n.marking_id, n.code, n.comment from annotation n where n.marking_id in " + IN_PILE,
    "select st.* from assignment a join membership g on g.group_id = a.group_id join student st on st.id = g.student_id"
    " where a.id = :id and not exists"
    " (select 1 from script sc where sc.assignment_id = a.id and sc.student_id = g.student_id)",
    # The pile first, then each table by its index: a cross join keeps SQLite to that order.
    "select p.student_id, p.rubric_hash, w.scale, w.mark from ("
    "select sc.student_id, m.rubric_hash, m.id,"
    " row_number() over (partition by sc.student_id order by a.set_on desc, a.id desc) as place"
    " from script here cross join script sc on sc.student_id = here.student_id"
    " cross join assignment a on a.id = sc.assignment_id cross join marking m on m.script_id = sc.id"
    " where here.assignment_id = :id and m.status in ('complete', 'moderated', 'returned')"
    ") p join award w on w.marking_id = p.id where p.place <= 10",
)
SCRIPTS = """
select st.family_name, st.given_name, m.status, m.completed_at, e.words, sc.*, m.* from script sc
join student st on st.id = sc.student_id
left join marking m on m.script_id = sc.id
left join essay e on e.hash = sc.essay_hash
where sc.assignment_id = :id order by st.family_name, st.given_name
"""
AWARDS = "select scale, mark, level, strands from award where marking_id in " + IN_PILE


if __name__ == "__main__":
    run(__doc__, "Library", "r", Asked("marks of", STATEMENTS, SCRIPTS, AWARDS))
