"""The one place that picks concrete classes: paths and settings in, a desk out."""

import getpass
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markdesk.config.paths import config_folder, data_folder, default_desk, demo_desk, shipped
from markdesk.config.system import SystemClock, Uuid7Source
from markdesk.core.essay import normalise
from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.desk.desk import Desk, marker_named
from markdesk.desk.rubrics import RubricShelf
from markdesk.desk.store import Store

if TYPE_CHECKING:
    from markdesk.config.keymap import Keymap
    from markdesk.core.bank import BankComment
    from markdesk.core.paper import Paper, PaperSet
    from markdesk.core.qualification import Qualification
    from markdesk.core.stamp_sets import StampSets
    from markdesk.desk.bank import CommentBank
    from markdesk.desk.folders import Folder
    from markdesk.desk.giving_out import GivingOut
    from markdesk.desk.grading import BoundaryFiles
    from markdesk.desk.handed_in import Gathered, Listing
    from markdesk.desk.indicative import IndicativeShelf
    from markdesk.desk.scans import KeptScan, Shown
    from markdesk.desk.shelves import Shelf
    from markdesk.formats.kept_form import KeptForm
    from markdesk.formats.own_schemes import OwnSchemes
    from markdesk.formats.sheets.school import Centre
    from markdesk.formats.viewing import Copies
    from markdesk.tui.keys_in_use import KeysInUse


def open_store(path: Path, create: bool = False) -> Store:
    """The desk file at ``path``; a new one only where ``create`` allows it and none was there before."""
    from markdesk.config.known import refuse_if_lost, remember
    from markdesk.store.sqlite.store import SqliteStore

    refuse_if_lost(path)
    store = SqliteStore(path, create)
    remember(path, store.uuid)
    return store


def login_name() -> str:
    """Who marks when nobody says: ``MARKDESK_MARKER``, or the login name."""
    try:
        name = normalise(os.environ.get("MARKDESK_MARKER", "")).strip() or normalise(getpass.getuser()).strip()
    except (KeyError, OSError):  # no such user in the password file, as in a bare container
        name = ""
    return name or "marker"


def make_desk(store: Store, marker: str = "") -> Desk:
    """A desk over an open store."""
    ids = Uuid7Source()
    return Desk(store, SystemClock(), ids, marker_named(store, marker or login_name(), ids), stamp_sets)


def stamp_sets() -> "StampSets":
    """The stamp sets that ship and the teacher's own, and the one that her settings choose for every scheme."""
    from markdesk.config.settings import read_settings
    from markdesk.core.errors import UsageProblem
    from markdesk.formats.stamps_toml import read_sets

    try:
        chosen = read_settings().stamps
    except UsageProblem:
        chosen = ""  # whoever opened the program was told, and marking goes on
    return read_sets(shipped("rubrics") / "stamps", own_stamps(), chosen)


def own_stamps() -> Path:
    """Where the teacher's own stamp sets are."""
    return config_folder() / "stamps"


def rubric_shelf() -> RubricShelf:
    """The schemes that ship, then the teacher's own folder; in ``official`` there, the boards' own wording."""
    from markdesk.formats.companion_toml import read_official
    from markdesk.formats.rubric_toml import read_rubric

    own = own_rubrics()
    return RubricShelf((shipped("rubrics"), own), read_rubric, own / "official", read_official)


def own_rubrics() -> Path:
    """Where the teacher's own schemes are."""
    return config_folder() / "rubrics"


def own_schemes(folder: Path | None = None) -> "OwnSchemes":
    """Where new schemes are written: the teacher's own folder, or another that she names."""
    from markdesk.formats.own_schemes import OwnSchemes

    return OwnSchemes(folder or own_rubrics(), config_folder() / "rubric-drafts", rubric_shelf().taken)


def new_assignment_form(desk: Desk) -> "KeptForm":
    """Where the form for a new assignment of a desk is kept while it is half filled in."""
    from markdesk.formats.kept_form import KeptForm

    return KeptForm(data_folder() / "half-filled" / f"assignment-{desk.store.info().uuid}.json")


def half_reworded_comment(desk: Desk) -> "KeptForm":
    """Where the words of a comment of the bank are kept while they are typed."""
    from markdesk.formats.kept_form import KeptForm

    return KeptForm(data_folder() / "half-filled" / f"comment-{desk.store.info().uuid}.json")


def at_desk(path: Path) -> str:
    """What a command must say to find the desk at ``path``; empty where it would find it anyway."""
    if path == default_desk():
        return ""
    import shlex  # here, since most have one desk

    return f" --db {shlex.quote(str(path.absolute()))}"


def indicative_shelf() -> "IndicativeShelf":
    """The teacher's own lists of what answers may hold."""
    from markdesk.desk.indicative import IndicativeShelf
    from markdesk.formats.companion_toml import read_indicative

    return IndicativeShelf(config_folder() / "indicative", read_indicative)


def paper_shelf() -> "Shelf[Paper]":
    """The question papers that ship, then the teacher's own folder."""
    from markdesk.desk.shelves import Shelf
    from markdesk.formats.paper_toml import read_paper

    return Shelf("question paper", (shipped("rubrics") / "papers", config_folder() / "papers"), read_paper)


def qualification_shelf() -> "Shelf[Qualification]":
    """The qualifications that ship, then the teacher's own folder."""
    from markdesk.desk.shelves import Shelf
    from markdesk.formats.paper_toml import read_qualification

    folders = (shipped("rubrics") / "qualifications", config_folder() / "qualifications")
    return Shelf("qualification", folders, read_qualification)


def centre() -> "Centre":
    """The school of the settings, for the head of a page. Raises UsageProblem where its logo is none."""
    from markdesk.config.settings import read_settings
    from markdesk.formats.giving_out import school_of_settings
    from markdesk.formats.sheets.school import Centre

    return Centre(school_of_settings(), read_settings().centre)


def shipped_comments(sets: "StampSets") -> "tuple[BankComment, ...]":
    """The comments that travel with the program, and a line for each code of the added stamp sets."""
    from markdesk.core.bank import merged
    from markdesk.formats.bank_toml import shipped_bank

    return merged(shipped_bank(shipped("rubrics") / "bank"), sets.comments())


def comment_bank(desk: Desk) -> "CommentBank":
    """All comments that can be offered on this desk: shipped, the teacher's own, and what she typed before."""
    from markdesk.desk.bank import bank_of

    return bank_of(desk, shipped_comments(desk.stamp_sets))


def boundary_files() -> "BoundaryFiles":
    """The grade boundaries that the department entered; none ship."""
    from markdesk.desk.grading import BoundaryFiles
    from markdesk.formats.paper_toml import read_boundaries

    template = shipped("rubrics") / "boundaries" / "template.toml"
    return BoundaryFiles(config_folder() / "boundaries", template, read_boundaries)


def open_demo(path: Path, fresh: bool) -> Store:
    """The sample desk: kept from last time, or laid out anew."""
    from markdesk.config.known import forget
    from markdesk.core.errors import StoreRefused

    if fresh and path.exists():
        store = open_store(path)  # refuses what isn't a desk, so that nothing else is ever deleted
        is_demo = any(step.action == "demo" for step in store.first_steps(1))
        store.close()
        if not is_demo:
            raise StoreRefused(
                f"{path} is not a sample desk; --fresh would delete real marks.", "It was left as it is."
            )
        path.unlink()
    if fresh or not path.exists():
        forget(path)
    store = open_store(path, create=True)
    if not store.assignments() and not store.students():
        _lay_out_demo(store)
    return store


def _lay_out_demo(store: Store) -> None:
    from markdesk.desk.demo import lay_out
    from markdesk.formats.sample_years import sample_years
    from markdesk.formats.samples import GROUP, RUBRIC, sample_sets

    desk, shelf, folder = make_desk(store), rubric_shelf(), shipped("sample_essays")
    lay_out(desk, GROUP, sample_sets(folder), shelf.get(RUBRIC), sample_years(folder / "years", shelf.get))


class EssayFiles:
    """The files and folders of this computer, as ``desk.folders.EssaySource`` has them; loaded when they are asked."""

    def start(self) -> str:
        from markdesk.formats.folders import start_folder

        return start_folder()

    def folder(self, path: str) -> "Folder":
        from markdesk.formats.folders import look_into

        return look_into(path)

    def look(self, paths: Iterable[str]) -> "Listing":
        from markdesk.formats.gathering import look

        return look(paths)

    def read_all(
        self, listing: "Listing", progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]
    ) -> "Gathered":
        from markdesk.formats.gathering import read_all

        return read_all(listing, progress, is_cancelled)


class ScanCopies:
    """Scans in the system's viewer, as ``desk.scans.ScanViewer`` has it; loaded when one is first looked at."""

    _copies: "Copies | None" = None

    def show(self, scans: "Sequence[KeptScan]") -> "Shown":
        from markdesk.formats.viewing import Copies

        self._copies = self._copies or Copies()
        return self._copies.show(scans)

    def clear_left_overs(self) -> None:
        from markdesk.formats.viewing import clear_left_overs

        clear_left_overs()

    def close(self) -> None:
        """Take the copies away."""
        if self._copies is not None:
            self._copies.close()


def giving_out() -> "GivingOut":
    """What writes the files that go out of a pile; loaded when the first is asked for."""
    from markdesk.formats import giving_out

    return giving_out


def keymap_in_use() -> "tuple[Keymap, str]":
    """The teacher's keymap; where it can't be used the defaults, and why: a line, and under it all that is wrong."""
    from markdesk.config.keymap import Keymap, keymap_file

    if not keymap_file().exists():
        return Keymap(), ""
    from markdesk.config.keymap_reader import KeymapInvalid

    try:
        return checked_keymap(), ""
    except KeymapInvalid as error:
        short = "Your keymap isn't used: something in it must be mended. 'markdesk keys --check' says what."
        return Keymap(), f"{short}\n{error}"


def checked_keymap() -> "Keymap":
    """The teacher's keymap. Raises KeymapInvalid with all that is wrong in it."""
    from markdesk.config.keymap_reader import read_keymap
    from markdesk.tui.bindings import rooms

    return read_keymap(rooms())


def preset_named(name: str) -> "tuple[Keymap, str]":
    """A keymap that comes with markdesk, as ``keymap_in_use`` gives the teacher's. Raises KeymapInvalid."""
    from markdesk.config.keymap_reader import read_preset
    from markdesk.tui.bindings import rooms

    return read_preset(rooms(), name), ""


def keys_in_use(keymap: "Keymap") -> "KeysInUse":
    """What hints and help ask, for whoever prints it."""
    from markdesk.tui.keys_in_use import KeysInUse

    return KeysInUse(keymap)


def open_screens(
    db: Path,
    marker: str = "",
    *,
    create: bool = False,
    demo: bool = False,
    fresh: bool = False,
    find: Callable[[Desk], tuple[AssignmentId, ScriptId | None]] | None = None,
    find_paper: "Callable[[Desk], PaperSet] | None" = None,
    order: str = "random",
) -> int:
    """Open the program on the terminal; the exit code once it is closed. ``find`` says what to mark at once,
    ``find_paper`` which paper's grid comes first."""
    from markdesk.config.known import refuse_if_lost
    from markdesk.config.settings import read_settings
    from markdesk.store.sqlite.connection import needs_making

    settings = read_settings()
    if not demo:
        refuse_if_lost(db)
    keymap, fault = keymap_in_use()
    from markdesk.tui.opening import Opening
    from markdesk.tui.run import run_app

    opened: list[Store] = []
    scans = ScanCopies()

    def open_desk() -> Desk:
        store = open_demo(db, fresh) if demo else open_store(db, create)
        opened.append(store)
        return make_desk(store, marker)

    try:
        code = run_app(
            Opening(
                open_desk,
                rubric_shelf,
                indicative_shelf,
                own_schemes,
                comment_bank,
                new_assignment_form,
                half_reworded_comment,
                giving_out,
                EssayFiles(),
                scans,
                at=at_desk(db),
                title="the sample class" if demo else str(db),
                theme=settings.theme,
                digits=settings.digits,
                checks=settings.checks,
                pace=settings.pace,
                rest=0 if "off" in (settings.rest, settings.pace) else int(settings.rest),
                keymap=keymap,
                keymap_fault=fault.partition("\n")[0],
                find=find,
                find_paper=find_paper,
                order=order,
                open_sample=None if demo else lambda: open_screens(demo_desk(), marker, create=True, demo=True),
                is_new=create and (fresh or needs_making(db)),
            )
        )
    finally:
        scans.close()
        for store in opened:
            store.close()
    if fault:
        sys.stderr.write(f"{fault}\n")
    if demo and code == 0:
        at = at_desk(db)
        sys.stdout.write(
            "The sample desk is kept. To go on with it:\n"
            f"  markdesk demo\n"
            f"  markdesk export sheets --assignment Khrushchev --to sheets{at}\n"
            f"  markdesk review student 'Amara Okafor'{at}\n"
        )
    return code
