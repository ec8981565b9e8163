"""markdesk with a fault planted in its store: what the kill test must be able to find.

``MARKDESK_PLANTED_FAULT`` names the fault. Only this wrapper knows it; the program itself has no such switch.

- ``defer``  a commit returns at once and is written with the next one, 0.3 s later or more: an optimistic screen
- ``lie``    every third commit is never written
- ``tear``   the rows are written and the log isn't
- ``draft``  what is being typed is kept nowhere until its editor is closed
"""

import os
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from markdesk.store.sqlite import store as module

FAULTS = ("defer", "lie", "tear", "draft")
SqliteStore = module.SqliteStore


def _defer() -> None:
    commit = SqliteStore.commit
    waiting: deque[tuple[float, Callable[[], None]]] = deque()

    def later(self: module.SqliteStore, *args: Any, **named: Any) -> None:
        while waiting and waiting[0][0] < time.monotonic() - 0.3:
            waiting.popleft()[1]()
        waiting.append((time.monotonic(), lambda: commit(self, *args, **named)))

    def close(self: module.SqliteStore) -> None:
        while waiting:
            waiting.popleft()[1]()
        self.connection.close()

    _replace("commit", later)
    _replace("close", close)


def _lie() -> None:
    commit = SqliteStore.commit
    count = 0

    def sometimes(self: module.SqliteStore, step: Any, revision: int | None = None, **named: Any) -> None:
        nonlocal count
        count += 1
        if count % 3 == 0:
            return
        if step.marking_id is not None and revision is not None:
            # The caller believes that it was saved; what comes after must fit all the same.
            found = self.connection.execute("select revision from marking where id = ?", (step.marking_id,)).fetchone()
            revision = found[0] if found else revision
        commit(self, step, revision, **named)

    _replace("commit", sometimes)


def _tear() -> None:
    append = module._append
    count = 0

    def sometimes(db: Any, step: Any) -> None:
        nonlocal count
        count += 1
        if count % 3:
            append(db, step)

    module._append = sometimes


def _draft() -> None:
    _replace("save_draft", lambda self, draft: None)


def _replace(name: str, method: Callable[..., Any]) -> None:
    setattr(SqliteStore, name, method)


def main() -> None:
    plant = {"defer": _defer, "lie": _lie, "tear": _tear, "draft": _draft}[os.environ["MARKDESK_PLANTED_FAULT"]]
    plant()
    from markdesk.__main__ import main as markdesk  # type: ignore[import-not-found,unused-ignore]

    markdesk()


if __name__ == "__main__":
    main()
