"""Stamps and annotations: what is put on the essay, shown, and taken off again."""

from markdesk.core.annotation import serves
from markdesk.tui.screens.marking_editors import Editors


class Notes(Editors):
    """Letters stamp; a capital stamps and opens the editor."""

    async def action_stamp(self, key: str) -> None:
        await self._stamp(key)

    async def action_stamp_and_comment(self, key: str) -> None:
        if await self._stamp(key):
            await self.action_edit_chosen()

    async def _stamp(self, key: str) -> bool:
        opened = self.opened
        stamp = opened.desk.stamps.for_key(key)
        if stamp is None:
            self.tell(f"No stamp is on the key {key}; ? lists them")
            return False
        if not serves(stamp, opened.rubric):
            self.tell(f"{stamp.code} isn't used in this scheme")
            return False
        span = self.essay_view.target.span
        if not opened.essay.paragraphs:
            self.tell("There is no text to stamp")
            return False
        done = await self.act(lambda: opened.annotate(span, stamp.code))
        if done is None:
            return False
        self.last_stamp = (stamp.code, "")
        return True

    async def action_repeat_stamp(self) -> None:
        (code, comment), opened, span = self.last_stamp, self.opened, self.essay_view.target.span
        if not code:
            self.tell("Nothing to repeat yet: stamp something first")
        elif opened.essay.paragraphs:
            await self.act(lambda: opened.annotate(span, code, comment))

    async def action_unstamp(self) -> None:
        """Take off the stamp just made on this passage; never touches a mark."""
        shown = self.annotation_shown()
        target = self.essay_view.target.span
        if shown is None or shown.anchor.span is None or not target.overlaps(shown.anchor.span):
            self.tell("Nothing to remove here; Ctrl+Z undoes")
            return
        opened = self.opened
        await self.act(lambda: opened.remove_annotation(shown.id))

    def action_choose(self, by: int) -> None:
        """Show the previous or next annotation, beginning from the passage that is being read."""
        order = list(self.opened.marking.annotations_in_order())
        if not order:
            self.tell("No annotations yet")
            return
        ids: list[str] = [annotation.id for annotation in order]
        if self.chosen in ids:
            at = (ids.index(self.chosen) + by) % len(ids)
        else:
            here = self.essay_view.target.span.start
            after = [i for i, a in enumerate(order) if a.anchor.span and a.anchor.span.start >= here]
            at = (after[0] if after else 0) if by > 0 else ((after[0] - 1) if after else len(ids) - 1)
        chosen = order[at]
        self.chosen = chosen.id
        if chosen.anchor.span is not None:
            self.essay_view.go_to_line(self.essay_view.line_of(chosen.anchor.span.start))
            self.moved()
        self.show_note()
        self.tell(f"annotation {at % len(ids) + 1} of {len(ids)}")

    async def action_edit_chosen(self) -> None:
        shown = self.annotation_shown()
        if shown is None:
            if self.opened.essay.paragraphs:
                await self.open_comment("", self.essay_view.target.span, "")
            return
        await self.open_comment(shown.id, None, shown.comment)

    async def action_remove_chosen(self) -> None:
        shown, opened = self.annotation_shown(), self.opened
        if shown is None:
            self.tell("No annotation is chosen: [ and ] choose one")
        else:
            await self.act(lambda: opened.remove_annotation(shown.id))
