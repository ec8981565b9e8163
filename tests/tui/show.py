"""The pictures of the docs, taken from the program itself: ``just pictures``.

The sample class on a fresh desk, a part of it marked, real keys pressed. The same pictures each time, and they fetch
nothing: the web font that an exported screen names is taken out.
"""

import asyncio
import contextlib
import re
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markdesk.bootstrap import rubric_shelf
from markdesk.core.essay import Span
from markdesk.core.queue_notes import Heap
from markdesk.core.sentences import sentences
from markdesk.desk.demo import lay_out
from markdesk.desk.queueing import QueueActs
from markdesk.desk.setting import NewAssignment, set_assignment
from markdesk.desk.sitting import Sitting
from markdesk.formats.sample_years import sample_years
from markdesk.formats.samples import GROUP, RUBRIC, sample_sets
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import ROOT
from tests.tui.handed_in import hand_in_again
from tests.tui.seat import World

FOLDER = ROOT / "docs" / "pictures"
FONT = re.compile(r"@font-face \{.*?\}\s*", re.S)


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen, and the keys that lead to it from the essay that is opened."""

    name: str
    keys: Sequence[str]
    theme: str = "dark"
    size: tuple[int, int] = (120, 40)


PASTE = "paste:"
"""Before what is dropped on the window, among the keys."""
REDRAFT = "redraft"
"""Among the keys: the student hands the essay in again, and it is opened anew."""
HALF_MARKED = (
    *("home", "right", "k", "down", "right", "right", "e", "right", "X"),
    *"The link is made; now weigh it against the camps.",
    *("escape", *["right"] * 5, "j"),
    *("down", "right", "right", "e", "right", "right", "right", "d", "right", "v"),
    *("3", "+", "up"),
)
WITH_FEEDBACK = (*HALF_MARKED, ",", "3", "tab", "tab", "1", "escape", *["["] * 4)
MARKED = (
    (18, ((1, 2, "J"), (2, 1, "E"), (2, 6, "EVAL"), (3, 1, "E"))),
    (17, ((1, 3, "AN"), (2, 1, "E"), (2, 6, "EVAL"), (3, 2, "LINK"), (4, 5, "J"))),
    (8, ((2, 4, "E"), (2, 8, "NAR"), (3, 4, "DEV"), (4, 6, "LINK"))),
    (5, ((1, 0, "NAR"), (2, 1, "FACT"), (2, 7, "ASSERT"), (3, 0, "IRR"))),
    (15, ((1, 4, "J"), (2, 3, "E"), (2, 5, "EVAL"), (3, 8, "ASSERT"))),
)
"""The mark of each essay after the first, at the level it was written for, and its stamps by paragraph and sentence."""
AMARA = ("escape", "escape", "s", "home", *["down"] * 11, "enter")
PICTURES = (
    Picture("marking-dark", WITH_FEEDBACK, size=(132, 40)),
    Picture("marking-light", WITH_FEEDBACK, "light", (132, 40)),
    Picture("marking-80x24", WITH_FEEDBACK, size=(80, 24)),
    Picture("bank", (*HALF_MARKED, ";", "w", "e", "i", "g", "h")),
    Picture("feedback", (*HALF_MARKED, ",")),
    Picture("beside", (*HALF_MARKED, "@", "enter")),
    Picture("lens", ("*", "1", "shift+down")),
    Picture("pile", ("escape", "home")),
    Picture("line-up", ("escape", "l")),
    Picture("side-by-side", ("escape", "l", "down", "down", "enter")),
    Picture("giving-out", ("escape", "x", "slash", "ctrl+u", *"13H", "enter")),
    Picture(
        "filters", ("escape", "r", "f", *["down"] * 9, "3", "down", "down", "enter", *"camps", "enter", "up", "up")
    ),
    Picture("import", ("escape", "escape", "home", "down", "i", f"{PASTE}13H-Homework-7.zip")),
    Picture("redraft", (REDRAFT, "@", "enter", "1", "2", "up"), size=(132, 40)),
    Picture("schemes", ("escape", "escape", "m", "down", "down"), "light"),
    Picture("charts", ("escape", "escape", "home", *["down"] * 6, "r", "d", "left"), size=(110, 32)),
    Picture("charts-student", (*AMARA, "d"), "light", (110, 32)),
    Picture("student", AMARA),
    Picture("targets", (*AMARA, "right", "right"), "light"),
    Picture("look-back", ("escape", "escape", "home", *["down"] * 6, "r")),
    Picture("search", ("ctrl+f", *"amicable gr")),
)


def desk_to_show(path: Path, with_new: bool = False) -> tuple[World, str, str]:
    """The sample class, five essays of its newest pile marked; gives the pile's id and the essay to open.

    ``with_new``: and an assignment that has no essays yet.
    """
    world = World(path)
    store = SqliteStore(path, create=True)
    desk = world.desk(store)
    shelf, folder = rubric_shelf(), ROOT / "sample_essays"
    lay_out(desk, GROUP, sample_sets(folder), shelf.get(RUBRIC), sample_years(folder / "years", shelf.get))
    assignment = store.assignments()[0]
    sitting = Sitting(desk, assignment, "arrival")
    for entry, (mark, stamps) in zip(sitting.entries[1:], MARKED, strict=False):
        opened = sitting.open(entry.script.id)
        for number, sentence, code in stamps:
            world.clock.wait(95)
            paragraph = opened.essay.paragraphs[number - 1]
            opened.annotate(sentences(opened.essay.text, paragraph.span)[sentence], code)
        opened.give_mark("main", mark)
        opened.finish()
        sitting.note(opened.marking)
    sitting.close()
    acts = QueueActs(desk)
    acts.sort(sitting.entries[6], Heap.WORRIED)
    acts.flag(sitting.entries[0])
    first = sitting.entries[0].script.id
    if with_new:
        scheme = rubric_shelf().get(RUBRIC)
        set_assignment(desk, NewAssignment("Homework 7", "How secure was Henry VII?", scheme, "2026-11-24", GROUP))
    store.close()
    return world, assignment.id, first


def download_to_show(folder: Path) -> None:
    """The other sample essays as a school system packs them: a name misspelt, a colleague's student among them."""
    essays = sorted((ROOT / "sample_essays" / "henry-vii").glob("*.md"))
    with zipfile.ZipFile(folder / "13H-Homework-7.zip", "w") as container:
        for number, essay in enumerate(essays, start=10442):
            family, given = (part.capitalize() for part in essay.stem.split("-"))
            name = f"{given} {family}".replace("Amara", "Amarah")
            container.write(essay, f"{name}_{number}_assignsubmission_file/{essay.name}")
        container.write(essays[0], "Ying Zhou_10460_assignsubmission_file/my essay.md")


def hand_in_a_better_text(world: World, script: str) -> None:
    """The student of the essay that is open hands in another: a sentence less, two changed, one more."""
    store = SqliteStore(world.path)
    entry = next(entry for entry in store.entries(None) if entry.script.id == script)
    assert entry.script.essay_hash is not None
    essay = store.essay(entry.script.essay_hash)
    store.close()
    paragraphs = [essay.quote(paragraph.span) for paragraph in essay.paragraphs]
    first = sentences(paragraphs[0], Span(0, len(paragraphs[0])))
    cut = first[1]
    paragraphs[0] = paragraphs[0][: cut.start] + paragraphs[0][cut.end :].lstrip()
    paragraphs[1] += " Set beside the camps that were emptied, this was the greater change."
    hand_in_again(world, entry.student.family_name, paragraphs, entry.assignment.id)


async def take(picture: Picture) -> str:
    """The screen as an SVG that stands by itself."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        world, pile, script = desk_to_show(folder / "marks.db", picture.name == "import")
        download_to_show(folder)
        if REDRAFT in picture.keys:
            async with world.sit(pile, script=script) as seat:
                await seat.press(*HALF_MARKED)
            hand_in_a_better_text(world, script)
        async with world.sit(pile, script=script, theme=picture.theme, size=picture.size) as seat:
            for key in picture.keys:
                if key.startswith(PASTE):
                    await seat.paste(key.removeprefix(PASTE))
                    await seat.until(lambda: "Reading" not in seat.text and "Looking" not in seat.text)
                elif key != REDRAFT:
                    await seat.press(key)
            return FONT.sub("", seat.app.export_screenshot(title="markdesk"))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        (folder / f"{picture.name}.svg").write_text(asyncio.run(take(picture)), encoding="utf-8")
        sys.stdout.write(f"{picture.name}.svg\n")


if __name__ == "__main__":
    main(FOLDER)
