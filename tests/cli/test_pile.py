"""What the list of a pile does, from the command line: down to the row, and nothing half-written."""

from pathlib import Path

import pytest

from markdesk.cli import opening
from markdesk.cli.opening import MarkOrder, plain_order
from tests.cli.conftest import RUBRIC, Cli, assert_whole, rows

LATE = "select s.family_name, a.why from absence a join student s on s.id = a.student_id"
NOTES = "select heap, is_flagged from queue_note"
HIDDEN = "select is_anonymous from assignment order by id"
TASKS = (
    "select st.family_name, m.status, m.task_done from marking m join script s on s.id = m.script_id"
    " join student st on st.id = s.student_id order by 1"
)


@pytest.fixture
def pile(cli: Cli, imported: Path, tmp_path: Path) -> Path:
    """Two essays of a class of three: one finished, one begun; Zoe Ray handed in something else only."""
    assert cli("award", "okafor", "--scale", "main=16", "--task", "Rewrite ¶2.", "--finish").code == 0
    assert cli("award", "hartley", "--scale", "main=9", "--target", "Weigh both sides.").code == 0
    (tmp_path / "names.txt").write_text("Zoe Ray\n")
    other = ("-a", "Other", "--group", "13H", "--rubric", "aqa-7042-b-essay-25")
    assert cli("paper", *other, "--names", tmp_path / "names.txt").code == 0
    return imported


# -- the queue


def test_the_pile_in_its_order(cli: Cli, pile: Path) -> None:
    done = cli("assignment", "queue", "Henry VII", "--order", "name")
    assert done.code == 0, done.err
    assert [line.split()[2:4] for line in done.out.splitlines()[1:]] == [["Ben", "Hartley"], ["Amara", "Okafor"]]
    assert "Nothing handed in: Zoe Ray (no reason noted)." in done.err
    found = cli("assignment", "queue", "Henry VII", "--order", "name", "--json").json
    assert [(s["position"], s["student"], s["status"], s["total"]) for s in found["scripts"]] == [
        (1, "Ben Hartley", "in_progress", 9), (2, "Amara Okafor", "complete", 16),
    ]  # fmt: skip
    assert found["missing"] == [{"student": "Zoe Ray", "why": None}]
    assert found["scripts"][0]["minutes"] == 0, "less than half a minute passed since the essay before"


def test_no_minutes_where_the_teacher_wants_no_pace(cli: Cli, pile: Path, tmp_path: Path) -> None:
    file = tmp_path / "xdg_config_home" / "markdesk" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('pace = "off"\n')
    found = cli("assignment", "queue", "Henry VII", "--json").json
    assert [script["minutes"] for script in found["scripts"]] == [None, None]


def test_worried_first_and_no_other_order(cli: Cli, pile: Path) -> None:
    for whose in ("okafor", "hartley"):
        cli("assignment", "note", f"Henry VII/{whose}", "--heap", "worried")
        found = cli("assignment", "queue", "Henry VII", "--order", "worried", "--json").json
        assert found["scripts"][0]["student"].casefold().endswith(whose)
        cli("assignment", "note", f"Henry VII/{whose}", "--heap", "none")
    refused = cli("assignment", "queue", "Henry VII", "--order", "size")
    assert (refused.code, "random, name, arrival, worried, marked" in refused.err) == (2, True)


def test_where_names_are_hidden_they_are_hidden_here(cli: Cli, pile: Path) -> None:
    cli("assignment", "names", "Henry VII", "--hide")
    done = cli("assignment", "queue", "Henry VII", "--order", "name")
    assert "Okafor" not in done.out
    assert "#" in done.out
    cli("assignment", "return", "Henry VII")
    assert "Okafor" not in cli("assignment", "tasks", "Henry VII").out
    assert "Okafor" not in cli("assignment", "note", "Henry VII/okafor", "--flag").out


# -- notes


def test_a_flag_and_a_heap(cli: Cli, pile: Path, db: Path) -> None:
    done = cli("assignment", "note", "Henry VII/okafor", "--flag", "--heap", "weak")
    assert (done.code, done.out.split(maxsplit=1)[1].strip()) == (0, "Amara Okafor  flagged, weak")
    assert rows(db, NOTES) == [("weak", 1)]
    assert "Nothing changed" in cli("assignment", "note", "Henry VII/okafor", "--flag").err
    assert cli("assignment", "note", "Henry VII/okafor", "--no-flag", "--heap", "none").code == 0
    assert rows(db, NOTES) == []
    assert_whole(db)


def test_what_the_sheets_give_back_is_kept_and_the_log_says_so(cli: Cli, pile: Path, db: Path) -> None:
    assert "give back the mark" in cli("assignment", "gives-back", "henry").out
    assert "the level without the mark" in cli("assignment", "gives-back", "henry", "--returns", "level").out
    assert rows(db, "select returns from assignment where name like 'Henry%'") == [("level",)]
    told = cli("assignment", "gives-back", "henry", "--returns", "level", "--json").json
    assert (told["assignment"]["returns"], told["changed"]) == ("level", False)
    assert [act for (act,) in rows(db, "select action from log where action = 'returns'")] == ["returns"]
    refused = cli("assignment", "gives-back", "henry", "--returns", "grade")
    assert refused.code == 2
    assert "marks, level, comments" in refused.err


@pytest.mark.parametrize("argv", [(), ("--heap", "bad")])
def test_a_note_of_nothing_is_refused(cli: Cli, pile: Path, db: Path, argv: tuple[str, ...]) -> None:
    assert cli("assignment", "note", "Henry VII/okafor", *argv).code == 2
    assert rows(db, NOTES) == []


# -- names


def test_names_are_hidden_and_shown_and_the_log_says_so(cli: Cli, pile: Path, db: Path) -> None:
    assert cli("assignment", "names", "Henry VII").out == "Henry VII: names shown\n"
    assert cli("assignment", "names", "Henry VII", "--hide").out == "Henry VII: names hidden\n"
    assert "Nothing changed" in cli("assignment", "names", "Henry VII", "--hide").err
    assert (1,) in rows(db, HIDDEN)
    assert cli("assignment", "names", "Henry VII", "--show").out == "Henry VII: names shown\n"
    acts = [action for (action,) in rows(db, "select action from log order by seq")]
    assert acts[-2:] == ["hide names", "reveal names"]


@pytest.mark.parametrize(
    ("options", "hidden"),
    [((), False), (("--anonymous",), True), (("--kind", "mock"), True), (("--kind", "mock", "--named"), False)],
)
def test_a_new_assignment_with_or_without_names(cli: Cli, pile: Path, options: tuple[str, ...], hidden: bool) -> None:
    line = ("assignment", "new", "New", "--question", "Why? [25 marks]", "--rubric", "aqa-7042-b-essay-25")
    assert cli(*line, *options, "--json").json["assignment"]["is_anonymous"] is hidden
    assert ("hidden" in cli("assignment", "names", "New").out) is hidden


@pytest.mark.parametrize("how", [("-a", "Henry VII"), ("Henry VII/okafor",), ()])
def test_mark_anonymous_hides_the_names_of_what_it_opens(
    cli: Cli, pile: Path, db: Path, monkeypatch: pytest.MonkeyPatch, how: tuple[str, ...]
) -> None:
    opened: list[str] = []

    def open_screens(path: Path, marker: str, **wanted: object) -> int:
        from markdesk.bootstrap import make_desk, open_store

        store = open_store(path)
        find = wanted["find"]
        assert callable(find)
        assignment_id, _ = find(make_desk(store, marker))
        opened.append(next(a.name for a in store.assignments() if a.id == assignment_id))
        store.close()
        return 0

    monkeypatch.setattr("markdesk.bootstrap.open_screens", open_screens)
    monkeypatch.setattr(opening, "need_terminal", lambda: None)
    assert cli("mark", *how).code == 0
    assert rows(db, HIDDEN) == [(0,), (0,)]
    assert cli("mark", *how, "--anonymous").code == 0
    assert opened[0] == opened[1]
    wanted = f"select is_anonymous from assignment where name = '{opened[0]}'"
    assert (rows(db, wanted), sorted(rows(db, HIDDEN))) == ([(1,)], [(0,), (1,)])
    assert rows(db, "select action from log order by seq desc limit 1") == [("hide names",)]


def test_the_questions_of_a_paper_go_together(
    cli: Cli, db: Path, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = "select distinct a.is_anonymous from assignment a where a.name like 'Mock C1 %'"
    assert cli("exam", "new", "aqa-7042-c1", "--group", "13H", "--name", "Mock C1").code == 0
    assert cli("assignment", "names", "Mock C1 02", "--show").code == 0
    assert rows(db, hidden) == [(0,)]

    def open_screens(path: Path, marker: str, **wanted: object) -> int:
        from markdesk.bootstrap import make_desk, open_store

        store = open_store(path)
        find_paper = wanted["find_paper"]
        assert callable(find_paper)
        find_paper(make_desk(store, marker))
        store.close()
        return 0

    monkeypatch.setattr("markdesk.bootstrap.open_screens", open_screens)
    monkeypatch.setattr(opening, "need_terminal", lambda: None)
    assert cli("mark", "--paper", "Mock C1", "--anonymous").code == 0
    assert rows(db, hidden) == [(1,)]
    assert rows(db, "select is_anonymous from assignment where name = 'Henry VII'") == [(0,)]


def test_a_line_with_anonymous_is_read_by_the_full_command_line() -> None:
    assert plain_order(["-a", "Henry VII", "--anonymous"]) is None
    assert plain_order(["-a", "Henry VII", "--order", "worried"]) == MarkOrder(assignment="Henry VII", order="worried")


# -- absences


@pytest.mark.parametrize(("option", "why"), [("--late", "late"), ("--extension", "extension"), ("--absent", "absent")])
def test_why_somebody_has_handed_nothing_in(cli: Cli, pile: Path, db: Path, option: str, why: str) -> None:
    assert cli("assignment", "absent", "Henry VII", "ray", option).out == f"Zoe Ray: {why}\n"
    assert rows(db, LATE) == [("Ray", why)]
    assert "Nothing changed" in cli("assignment", "absent", "Henry VII", "ray", option).err
    assert rows(db, LATE) == [("Ray", why)]
    assert cli("assignment", "absent", "Henry VII", "ray", "--none").out == "Zoe Ray: no reason noted\n"
    assert rows(db, LATE) == []
    assert_whole(db)


def test_who_handed_in_or_is_not_in_the_class_is_refused(cli: Cli, pile: Path, db: Path, tmp_path: Path) -> None:
    refused = cli("assignment", "absent", "Henry VII", "okafor", "--late")
    assert (refused.code, "has handed something in" in refused.err) == (1, True)
    (tmp_path / "more.txt").write_text("Sam Else\n")
    cli("paper", "-a", "Third", "--rubric", "aqa-7042-b-essay-25", "--group", "12C", "--names", tmp_path / "more.txt")
    refused = cli("assignment", "absent", "Henry VII", "else", "--late")
    assert (refused.code, "not in the class" in refused.err) == (1, True)
    for options in ((), ("--late", "--none")):
        assert cli("assignment", "absent", "Henry VII", "ray", *options).code == 2
    assert rows(db, LATE) == []


# -- the tasks


@pytest.fixture
def returned(cli: Cli, pile: Path) -> Path:
    cli("award", "Henry VII/hartley", "--finish")
    assert cli("assignment", "return", "Henry VII").code == 0
    return pile


def test_the_tasks_and_what_became_of_them(cli: Cli, returned: Path, db: Path) -> None:
    found = cli("assignment", "tasks", "Henry VII", "--json").json
    assert [(t["student"], t["task"], t["is_target"], t["done"]) for t in found["tasks"]] == [
        ("Ben Hartley", "Weigh both sides.", True, None), ("Amara Okafor", "Rewrite ¶2.", False, None),
    ]  # fmt: skip
    done = cli("assignment", "tasks", "Henry VII", "--done", "okafor=well", "--done", "hartley=not-done")
    assert done.code == 0, done.err
    assert "Saved: Amara Okafor: task done well; Ben Hartley: task not done." in done.err
    assert "2 returned · 1 responded · 2 checked: 1 well, 1 not." in done.err
    assert rows(db, TASKS) == [("Hartley", "returned", "not done"), ("Okafor", "returned", "done well")]
    assert "After the return: task done well, 2" in cli("review", "student", "okafor").out
    (past,) = cli("review", "student", "okafor", "--json").json["markings"]
    assert (past["task_done"], past["status"]) == ("done well", "returned")
    again = cli("assignment", "tasks", "Henry VII", "--done", "okafor=well", "--done", "hartley=none")
    assert "Saved: Ben Hartley: task not looked at." in again.err
    assert "Nothing changed" in cli("assignment", "tasks", "Henry VII", "--done", "hartley=none").err
    assert_whole(db)


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("okafor", 2, "is not SCRIPT=HOW"), ("okafor=met", 2, "HOW is one of: well, done, not-done"),
        ("ray=well", 1, "No script goes by"),
    ],
)  # fmt: skip
def test_what_can_not_be_recorded_records_nothing(
    cli: Cli, returned: Path, db: Path, typed: str, code: int, told: str
) -> None:
    refused = cli("assignment", "tasks", "Henry VII", "--done", "hartley=done", "--done", typed)
    assert (refused.code, told in refused.err) == (code, True), refused.err
    assert [done for _, _, done in rows(db, TASKS)] == [None, None]


def test_an_essay_that_is_not_returned_is_refused_with_the_rest(cli: Cli, pile: Path, db: Path) -> None:
    assert cli("assignment", "return", "Henry VII").code == 0
    refused = cli("assignment", "tasks", "Henry VII", "--done", "okafor=done", "--done", "hartley=done")
    assert (refused.code, "Ben Hartley: Not returned" in refused.err) == (1, True)
    assert [done for _, _, done in rows(db, TASKS)] == [None, None]


# -- the settings of pace


@pytest.mark.parametrize(("value", "is_good"), [
    ("off", True), ("1", True), ("8", True), ("200", True), ("201", False), ("0", False), ("-1", False),
    ("ten", False), ("1.5", False), ("²", False), ("", False), ("٣", False),
])  # fmt: skip
def test_after_how_many_essays_a_rest_is_proposed(cli: Cli, tmp_path: Path, value: str, is_good: bool) -> None:
    file = tmp_path / "xdg_config_home" / "markdesk" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'rest = "{value}"\npace = "on"\n', encoding="utf-8")
    done = cli("config", "show", "--json")
    assert done.code == (0 if is_good else 2)
    if is_good:
        shown = {row["name"]: row["value"] for row in done.json["settings"]}
        assert (shown["rest"], shown["pace"]) == (value, "on")
    else:
        assert "rest is 'off', or how many essays: '1' to '200'" in done.err


def test_pace_has_three_values(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "xdg_config_home" / "markdesk" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('pace = "always"\n')
    done = cli("config", "show")
    assert (done.code, "must be one of: queue, on, off" in done.err) == (2, True)


def test_no_command_tells_a_name_beside_an_id_while_names_are_hidden(
    cli: Cli, imported: Path, essays: Path, db: Path
) -> None:
    assert cli("award", "Henry VII/Okafor", "--scale", "main=17", "--finish").code == 0
    assert cli("assignment", "names", "Henry VII", "--hide").code == 0
    ids = [str(one)[-6:] for (one,) in rows(db, "select id from script")]
    names = [str(one) for (one,) in rows(db, "select family_name from student")]
    told = 0
    for argv in (
        ("assignment", "show", "Henry VII"),
        ("assignment", "scheme", "Henry VII", "--to", "edexcel-9hi0-essay-20", "--dry-run"),
        ("assignment", "return", "Henry VII"),
        ("student", "show", "Amara Okafor"),
        ("review", "student", "Amara Okafor"),
        ("import", str(essays), "--assignment", "Henry VII"),
    ):
        done = cli(*argv)
        assert done.out, argv
        for line in done.out.splitlines():
            shows_id, shows_name = any(one in line for one in ids), any(one in line for one in names)
            assert not (shows_id and shows_name), (argv, line)
            told += shows_id or shows_name
        if "Amara Okafor" in argv:
            as_json = cli(*argv, "--json")
            assert not any(one in done.out + done.err + as_json.out for one in ids)
            assert ("17" in done.out, as_json.json["hidden"]) == (False, 1)
            assert "One essay is left out, since names are hidden there." in done.err
    assert told > 4
    again = cli("import", str(essays), "--assignment", "Henry VII", "--json").json
    assert {one["script"] for one in again["unchanged"]} == {None}
    listed = cli("assignment", "show", "Henry VII", "--json").json["scripts"]
    assert [one["student"] for one in listed] == sorted(one["student"] for one in listed)
    assert all(one["student"].startswith("#") for one in listed)


def test_paper_scripts_are_told_by_numbers_where_names_are_hidden(cli: Cli, imported: Path, db: Path) -> None:
    new = ("assignment", "new", "Blind", "--rubric", RUBRIC, "--group", "13H", "--anonymous")
    assert cli(*new, "--question", "Why?").code == 0
    planned = cli("paper", "-a", "Blind", "--group", "13H", "--dry-run")
    assert ("2 paper scripts would be laid out" in planned.err, planned.out) == (True, "")
    done = cli("paper", "-a", "Blind", "--group", "13H")
    assert [line.split("  ")[1][0] for line in done.out.splitlines()] == ["#", "#"]
    assert not any(name in done.out + done.err for name in ("Okafor", "Hartley"))
