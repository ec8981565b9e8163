"""The scan of a handwritten script: said in the head of the pad, looked at with the system's own viewer."""

from dataclasses import replace

from markdesk.core.errors import MarkdeskError
from markdesk.tui.apart import apart
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_base import MarkingBase


class Scanned(MarkingBase):
    """One key opens it, and another window keeps it in sight while the script is marked."""

    def action_scan(self) -> None:
        """Open it. Behind the screen: taking the pages out of a class's scan may last longer than a key should."""
        self.run_worker(self._look_at_scan(), group="read", exclusive=True)

    async def _look_at_scan(self) -> None:
        from markdesk.core.scans import page_count, told_pages
        from markdesk.desk.scans import kept_scans

        opened, desk, viewer = self.opened, self.sitting.desk, markdesk(self).opening.scans
        self.tell("Opening the scan …")
        try:
            entry, kept = await self.thread.do(lambda: kept_scans(desk, opened.entry.script.id))
            shown = await apart(lambda: viewer.show(kept))
        except MarkdeskError as error:
            if self._is_still(opened):
                self.tell(str(error), "alert")
            return
        if not self._is_still(opened):
            return
        if entry.script.scans != opened.entry.script.scans:  # it was scanned while it is being marked
            opened.entry = replace(opened.entry, script=replace(opened.entry.script, scans=entry.script.scans))
            self.show_head()
        if shown.trouble:
            first, *others = shown.paths
            where = f"{first} and {len(others)} beside it" if others else first
            told = (
                f"The scan could not be opened: {shown.trouble}. Open it yourself, before markdesk is closed: {where}"
            )
            self.tell(told, "alert")
        else:
            self.tell(f"The scan is open beside markdesk: {told_pages(page_count(entry.script.scans))}")

    def _is_still(self, opened: object) -> bool:
        return self.is_attached and self.opened is opened
