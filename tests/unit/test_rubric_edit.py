"""A scheme's file with other values: what differs is put in its place, comments stay, and it reads back as meant."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.errors import MarkdeskError, RubricInvalid
from markdesk.core.rubric import Rubric, Status
from markdesk.core.rubric_compare import Weight, compare
from markdesk.desk.scheme_change import next_version, told_change
from markdesk.desk.scheme_form import SchemeForm
from markdesk.formats.own_schemes import OwnSchemes
from markdesk.formats.rubric_edit import edited_text
from markdesk.formats.rubric_toml import read_rubric
from tests.kit import RUBRICS, shipped_rubric

SHIPPED = sorted(path.stem for path in RUBRICS.glob("*.toml"))
TEMPLATE = (RUBRICS / "school-template.toml").read_text(encoding="utf-8")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@pytest.fixture
def files(tmp_path: Path) -> OwnSchemes:
    (tmp_path / "rubrics").mkdir()
    return OwnSchemes(tmp_path / "rubrics", tmp_path / "drafts", dict)


def put(files: OwnSchemes, text: str = TEMPLATE, rubric_id: str = "school-template") -> Path:
    path = files.folder / f"{rubric_id}.toml"
    path.write_bytes(text.encode())
    return path


def form_on(files: OwnSchemes, rubric_id: str = "school-template") -> SchemeForm:
    own = files.open(rubric_id)
    return SchemeForm(own.rubric, files, {}, own=own)


def read(text: str, folder: Path) -> Rubric:
    path = folder / "read.toml"
    path.write_bytes(text.encode())
    return read_rubric(path)


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


# -- the form on a file


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_the_form_holds_what_the_file_does_and_every_text_can_be_mended_in_place(
    files: OwnSchemes, rubric_id: str, tmp_path: Path
) -> None:
    text = (RUBRICS / f"{rubric_id}.toml").read_text(encoding="utf-8")
    put(files, text, rubric_id)
    form = form_on(files, rubric_id)
    assert form.rubric == form.template
    assert form.problems == {}
    assert form.to_text() == ""
    for field in form.fields:
        if field.key.endswith((".summary", ".text", ".ask")) or ".strand." in field.key or field.key == "title":
            form.put(field.key, f'{field.proposed or "Is it new?"} \u202e "more"')
    assert form.problems == {}
    after = edited_text(text, form.rubric)
    assert read(after.text, tmp_path) == form.rubric
    assert (after.comments_lost, comments(after.text)) == (0, comments(text))
    assert "\u202e" not in after.text, "what an editor would not show is an escape"
    lines = sum(old != new for old, new in zip(text.split("\n"), after.text.split("\n"), strict=False))
    if not any(cap.id.startswith("own-") for cap in form.rubric.caps):
        assert lines <= len(form.typed) + 1, "one line a text, and the version"


@given(st.integers(12, 40), st.integers(1, 6), st.sets(st.sampled_from(["knowledge", "analysis", "judgement"])), WORDS)
def test_any_size_and_strands_read_back_as_meant(
    tmp_path_factory: pytest.TempPathFactory, most: int, levels: int, gone: set[str], words: str
) -> None:
    folder = tmp_path_factory.mktemp("schemes")
    files = OwnSchemes(folder, folder / "drafts", dict)
    put(files)
    form = form_on(files)
    form.put("max", str(most))
    form.put("levels", str(levels))
    for strand in gone:
        form.put(f"strand.{strand}", "")
    form.put("strand.+1", "Sources")
    for n in range(1, levels + 1):
        form.put(f"level.main.{n}.strand.+1", words)
    form.put("status", "draft")
    assert not form.problems
    after = edited_text(TEMPLATE, form.rubric)
    assert read(after.text, folder) == form.rubric


def test_a_strand_with_another_name_stays_itself_and_a_new_cap_has_an_id_of_its_own(files: OwnSchemes) -> None:
    put(files)
    form = form_on(files)
    form.put("strand.knowledge", "What you know")
    assert [strand.id for strand in form.rubric.strands] == ["knowledge", "analysis", "judgement"]
    assert form.comparison.weight is Weight.MINOR
    form.put("cap.+1.ask", "Is it a list?")
    put(files, edited_text(TEMPLATE, form.rubric).text)
    again = form_on(files)
    again.put("cap.+1.ask", "Is it a story?")
    assert [cap.id for cap in again.rubric.caps] == ["no-answer", "own-1", "own-2"]
    assert again.problems == {}


def test_a_scheme_that_somebody_compared_is_ready_once_its_words_are_others(files: OwnSchemes) -> None:
    checked = TEMPLATE.replace('status = "ready"', 'status = "checked"')
    for key, value in (("by", "Ms Lee"), ("on", "2026-11-25"), ("against", "our minutes")):
        checked = checked.replace(f'checked_{key} = ""', f'checked_{key} = "{value}"')
    put(files, checked)
    form = form_on(files)
    statuses = [form.rubric.status]
    for key, text in (("title", "Another"), ("status", "retired")):
        form.put(key, text)
        statuses.append(form.rubric.status)
    assert statuses == [Status.CHECKED, Status.READY, Status.RETIRED]
    assert form.problems == {}


def test_what_was_to_do_is_no_basis_of_a_ready_scheme(files: OwnSchemes) -> None:
    new = SchemeForm(shipped_rubric("aqa-7042-b-essay-25"), files, {})
    new.put("title", "Ours")
    files.write(new.rubric, new.origin)
    form = form_on(files, "ours")
    assert "then set the status" in form.rubric.provenance.basis
    form.put("status", "ready")
    assert form.rubric.provenance.basis.startswith("Begun from aqa-7042-b-essay-25, version")
    assert form.rubric.provenance.basis.endswith("it is not the board's.")


def test_an_edit_over_a_cap_that_says_both_keeps_both(files: OwnSchemes) -> None:
    put(files, TEMPLATE.replace("max_level = 2", "max_level = 2\nmax_mark = 6"))
    form = form_on(files)
    form.put("title", "Ours")
    assert form.rubric.caps == form.template.caps


# -- the file


def test_line_ends_inline_tables_and_any_order_of_levels_are_kept(tmp_path: Path) -> None:
    inline = (
        'ao = [{code = "AO1", marks = 12}] # all of it\nprovenance.wording = "paraphrase"\nprovenance.basis = "Ours."'
    )
    text = TEMPLATE.replace('[[ao]]\ncode = "AO1"\nmarks = 12\n', "")
    head, _, rest = text.partition("[provenance]")
    text = head + inline + "\n" + rest[rest.index("# What the question gives") :]
    old = read(text, tmp_path)
    new = replace(old, title="Ours", provenance=replace(old.provenance, basis="Theirs."))
    done = edited_text(text.replace("\n", "\r\n"), new)
    assert done.text.count("\r\n") == done.text.count("\n")
    assert '}] # all of it\r\nprovenance.wording = "paraphrase"\r\nprovenance.basis = "Theirs."\r\n' in done.text
    assert read(done.text, tmp_path) == new
    assert done.comments_lost == 0


def test_levels_from_the_lowest_up_take_a_new_one_at_the_end(tmp_path: Path, files: OwnSchemes) -> None:
    begin, end = TEMPLATE.index("[[scale.level]]"), TEMPLATE.index("# A question asked before")
    four = TEMPLATE[begin:end].split("[[scale.level]]\n")[1:]
    up = "".join(f"[[scale.level]]\n{level.rstrip()}\n\n" for level in reversed(four))
    put(files, TEMPLATE[:begin] + up + TEMPLATE[end:])
    form = form_on(files)
    form.put("levels", "5")
    form.put("status", "draft")
    done = edited_text(form.own.text if form.own else "", form.rubric)
    assert read(done.text, tmp_path) == form.rubric
    numbers = [line for line in done.text.split("\n") if line.startswith("n = ")]
    assert numbers == [f"n = {n}" for n in range(1, 6)]
    assert done.text.count("\n\n[[scale.level]]") + done.text.count("\n[[scale.level]]\nn = 1\n") == 5


def test_what_can_t_be_changed_in_place_is_written_anew_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tomlkit

    def fails(text: str) -> object:
        raise TypeError

    monkeypatch.setattr(tomlkit, "parse", fails)
    new = replace(read(TEMPLATE, tmp_path), title="Ours")
    done = edited_text(TEMPLATE, new)
    assert read(done.text, tmp_path) == new
    assert done.text.startswith(TEMPLATE.partition("\n")[0]), "below the comment that the file began with"
    assert done.comments_lost > 0


def test_a_file_is_rewritten_whole_with_the_old_one_beside_it(files: OwnSchemes) -> None:
    path = put(files)
    own = files.open("school-template")
    done = files.rewrite(own, replace(own.rubric, title="Ours"))
    assert read_rubric(path).title == "Ours"
    assert (done.backup, done.backup.read_text(encoding="utf-8")) == (path.with_name(f"{path.name}.bak"), TEMPLATE)
    assert sorted(file.name for file in files.folder.iterdir()) == [path.name, done.backup.name]
    with pytest.raises(MarkdeskError, match="changed elsewhere"):
        files.rewrite(own, own.rubric)
    assert read_rubric(path).title == "Ours"
    with pytest.raises(RubricInvalid, match="There is no file"):
        files.open("nothing")
    path.rename(files.folder / "other.toml")
    with pytest.raises(RubricInvalid, match="its id is 'school-template'"):
        files.open("other")


def test_a_disk_that_fails_leaves_the_file_as_it_was(files: OwnSchemes, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(files)
    own = files.open("school-template")
    put_in_place = Path.replace

    def full(fresh: Path, target: Path) -> Path:
        if target == path:
            raise OSError(28, "No space left on device")
        return put_in_place(fresh, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(MarkdeskError, match="No space left"):
        files.rewrite(own, replace(own.rubric, title="Ours"))
    assert path.read_text(encoding="utf-8") == TEMPLATE
    assert [file.name for file in files.folder.glob(".*")] == []


# -- what it comes to


@pytest.mark.parametrize(
    ("version", "minor", "major"),
    [
        ("0.1.0", "0.1.1", "0.2.0"),
        ("1.9", "1.10", "2.0"),
        ("3", "4", "4"),
        ("2026-11 b", "2026-12 b", "2027-0 b"),
        ("first", "first 2", "first 2"),
        ("", "2", "2"),
    ],
)
def test_the_next_version(version: str, minor: str, major: str) -> None:
    assert (next_version(version, Weight.MINOR), next_version(version, Weight.MAJOR)) == (minor, major)


@given(WORDS, st.sampled_from(Weight))
def test_the_next_version_is_another(version: str, weight: Weight) -> None:
    assert next_version(version, weight) != version


def test_the_change_is_told_with_what_it_means_for_marks() -> None:
    old = shipped_rubric()
    reworded = told_change(compare(old, replace(old, title="Another")))
    assert reworded.startswith("Only the wording changed")
    assert "still mean what they meant" in reworded
    smaller = replace(old, max_mark=24, caps=())
    told = told_change(compare(old, smaller))
    assert told.startswith("The structure changed (tariff was 25, now 24, and ")
    assert "Look at them again" in told
