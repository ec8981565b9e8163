"""Stamps and annotations: what is put on the essay, shown, and taken off again."""

from markdesk.core.annotation import Annotation, Stamp, evident_code
from markdesk.core.target import at_span
from markdesk.tui.screens.marking_offers import Offered


class Notes(Offered):
    """Letters stamp; a capital stamps and opens the editor."""

    async def action_stamp(self, key: str) -> None:
        await self._stamp(key)

    async def action_stamp_and_comment(self, key: str) -> None:
        if await self._stamp(key):
            await self.action_edit_chosen()

    async def _stamp(self, key: str) -> bool:
        opened = self.opened
        stamp = opened.stamps.for_key(key)
        if stamp is None:
            self.tell(f"No stamp is on the key {key}; {self.keys.told('{desk.help}')} lists them")
            return False
        if not opened.stamps.serves(stamp, opened.rubric):
            self.tell(f"{stamp.code} isn't used in this scheme")
            return False
        return await self.put_stamp(stamp)

    async def put_stamp(self, stamp: Stamp) -> bool:
        """Stamp the passage that is chosen; False where nothing came of it."""
        opened, span = self.opened, self.essay_view.target.span
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
        shown = self.shown_here()
        if shown is None:
            self.tell(self.keys.told("Nothing to remove here; {marking.undo} undoes"))
            return
        opened = self.opened
        await self.act(lambda: opened.remove_annotation(shown.id))

    def shown_here(self) -> Annotation | None:
        """The annotation shown, where it stands on the passage that is being read."""
        shown = self.annotation_shown()
        span = shown.anchor.span if shown is not None else None
        return shown if span is not None and self.essay_view.target.span.overlaps(span) else None

    def action_choose(self, by: int) -> None:
        """Show the previous or next annotation, beginning from the passage that is being read."""
        order = [self.opened.placed(note) for note in self.opened.marking.annotations_in_order()]
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
        self.go_to_note(order[at].id)
        self.tell(f"annotation {at % len(ids) + 1} of {len(ids)}")

    def go_to_note(self, annotation_id: str) -> None:
        """Show an annotation, its passage the target: what is stamped next stands there too."""
        found = self.opened.marking.annotations.get(annotation_id)
        if found is None:
            return
        annotation = self.opened.placed(found)
        self.chosen = annotation.id
        if annotation.anchor.span is not None:
            self.essay_view.aim(at_span(self.opened.essay, annotation.anchor.span))
            self.moved()
        self.show_note()

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
            self.tell(self.keys.told("No annotation is chosen: {marking.last_note} and {marking.next_note} choose one"))
        else:
            await self.act(lambda: opened.remove_annotation(shown.id))

    async def action_move_chosen(self) -> None:
        """Put the annotation shown on the passage that is chosen in the essay."""
        shown, opened, span = self.annotation_shown(), self.opened, self.essay_view.target.span
        if shown is None:
            ways = "{marking.last_note} and {marking.next_note} choose one, then choose its new passage"
            self.tell(self.keys.told(f"No annotation is chosen: {ways}"))
        elif opened.essay.paragraphs:
            await self.act(lambda: opened.move_annotation(shown.id, span))

    async def action_tell_class(self) -> None:
        """The annotation shown goes on the sheet for the class, or off it; without one here, the passage does."""
        shown, opened, span = self.shown_here(), self.opened, self.essay_view.target.span
        if shown is not None:
            await self.act(lambda: opened.tell_class(shown.id))
        elif opened.essay.paragraphs:
            await self.act(lambda: opened.tell_class_of(span))
        else:
            self.tell("There is no text to show to the class")

    # -- a level that a passage shows

    _evident = False
    """Whether the next digit says which level the passage shows."""

    def action_evident(self) -> None:
        self._evident = True
        self.tell(f"A digit: this passage shows that level of {self._ao_in_hand}; it scores nothing", "accent")

    @property
    def is_evident_next(self) -> bool:
        return self._evident

    def forget_evident(self) -> None:
        self._evident = False

    @property
    def _ao_in_hand(self) -> str:
        """The objective that is being judged: the active strand's, else the scale's first."""
        rubric, beside = self.opened.rubric, self.beside
        strand = next((strand for strand in rubric.strands if strand.id == beside.strand), None)
        scale = self.opened.scale(beside.scale)
        return strand.ao if strand else scale.aos[0] if scale.aos else ""

    async def stamp_evident(self, level: int) -> None:
        """Stamp that the passage shows a level."""
        self._evident = False
        opened, scale, ao = self.opened, self.opened.scale(self.beside.scale), self._ao_in_hand
        if not opened.essay.paragraphs or not ao:
            self.tell("There is no text to stamp" if ao else f"{scale.title} names no assessment objective")
        elif not 1 <= level <= scale.top:
            self.tell(f"{scale.title} has levels 1 to {scale.top}" if scale.top else f"{scale.title} has no levels")
        else:
            span = self.essay_view.target.span
            await self.act(lambda: opened.annotate(span, evident_code(ao, level)))
