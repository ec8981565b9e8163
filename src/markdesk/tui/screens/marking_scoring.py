"""Scoring: digits, plus and minus, strands, and the box for typing a mark."""

from dataclasses import replace

from markdesk.core.award import Placement
from markdesk.core.changes import AwardChanged
from markdesk.core.rubric import Item, Scale, Scoring
from markdesk.desk.marking_desk import Outcome
from markdesk.tui.at_home import markdesk
from markdesk.tui.screens.marking_base import MarkingBase, moves_scheme


class Marks(MarkingBase):
    """What digits and signs do to the active scale."""

    @property
    def scale(self) -> Scale:
        return self.opened.scale(self.beside.scale)

    @property
    def places_strands(self) -> bool:
        return bool(self.beside.strand)

    _digit = 0
    """The level that the key before this one chose; 0 after any other key."""

    def forget_digit(self) -> None:
        """Only digits that follow each other make a mark: any other key comes between them."""
        self._digit = 0

    async def action_digit(self, n: int) -> None:
        """A level; on a profile, the level of the active strand; above the top level, the start of a mark."""
        scale, opened = self.scale, self.opened
        if self.app_digits == "mark" and not self.places_strands and not self.beside.item:
            await self.action_type_mark(str(n))
        elif scale.is_points:
            await self._give_points(n)
        elif self.places_strands and n <= scale.top:
            await self.place_strand_in_hand(n)
        elif n <= scale.top:
            done = await self.act(lambda: opened.choose_level(scale.id, n))
            self._digit = n if done else 0
        else:
            await self._go_on_typing(n)

    @property
    def app_digits(self) -> str:
        """What a digit means, by the teacher's settings: a level, or the first digit of a mark."""
        return markdesk(self).opening.digits

    async def _give_points(self, n: int) -> None:
        """Give the active item its points and go on to the next one without; on a scale of no items, type the mark."""
        scale, opened, item = self.scale, self.opened, self.active_item
        if item is None or item.max > 9:  # more digits may follow
            await self.action_type_mark(str(n))
        elif await self.act(lambda: opened.give_points(scale.id, item.id, n)):
            self._go_past(item)

    @property
    def active_item(self) -> Item | None:
        return next((item for item in self.scale.items if item.id == self.beside.item), None)

    def _go_past(self, item: Item) -> None:
        """On to the item below; after a scale's last, to the next scale that has no mark yet."""
        items = [other.id for other in self.scale.items]
        at = items.index(item.id) + 1
        if at < len(items):
            self.beside = replace(self.beside, item=items[at])
        elif self.opened.marking.award(self.scale.id).is_marked:
            scales = self.opened.rubric.scales
            left = [s for s in scales if not self.opened.marking.award(s.id).is_marked]
            if left:
                self.beside = self.beside_of(left[0])
        self.show_side()
        self.tell(*self._said)  # the keys in the foot are the next item's

    async def _go_on_typing(self, n: int) -> None:
        """A digit that is no level: with the one just before it, it is a mark."""
        scale, opened = self.scale, self.opened
        before, self._digit = self._digit, 0
        if before:
            await self.act(lambda: opened.take_back_level(scale.id))
        await self.action_type_mark(f"{before or ''}{n}")

    async def place_strand_in_hand(self, n: int) -> None:
        """Place the active strand and go on to the next; after the last, the mark is asked."""
        scale, opened, strand = self.scale, self.opened, self.beside.strand
        if not await self.act(lambda: opened.place_strand(scale.id, strand, Placement(n))):
            return
        self._just_placed = strand
        following = self._strand_after(strand)
        self.beside = replace(self.beside, strand=following)
        if not following:
            ways = "{marking.accept} takes the centre, a digit a level, {marking.type_mark} types the mark"
            self.tell(self.keys.told(f"Every strand is placed: {ways}"), saved=True)
        elif following != strand:
            self.tell(f"{self.said[0]} · now {following}", saved=True)
        self.show_side()

    _just_placed = ""

    def _strand_after(self, strand: str) -> str:
        """The strand that the next digit places; on a profile none after the last, elsewhere the last again."""
        strands: list[str] = [s.id for s in self.opened.rubric.strands_of(self.scale)]
        at = strands.index(strand) + 1
        if at < len(strands):
            return strands[at]
        return "" if self.opened.rubric.scoring is Scoring.PROFILE else strand

    def go_to_what_changed(self, outcome: Outcome | None) -> None:
        """After an undo or redo: the scale or strand that it was about is the one that the next digit is for."""
        if outcome is None or moves_scheme(outcome):
            return  # the scales may be others now: the screen has begun with the first that it can
        for change in outcome.changes:
            if isinstance(change, AwardChanged):
                before, after = (dict(award.strands) if award else {} for award in (change.before, change.after))
                strand = self.beside.strand
                taken_out, put_in = set(before) - set(after), set(after) - set(before)
                if strand and len(taken_out) == 1:
                    (strand,) = taken_out
                elif strand and len(put_in) == 1:
                    strand = self._strand_after(put_in.pop())
                points = [set(award.points) if award else set() for award in (change.before, change.after)]
                items = [name for name, _ in points[0] ^ points[1]]
                item = items[0] if items else self.beside.item
                if not any(each.id == item for each in self.opened.scale(change.subject.scale).items):
                    item = ""
                self.beside = replace(self.beside, scale=change.subject.scale, strand=strand, item=item)
                self.show_side()

    async def action_step_mark(self, by: int) -> None:
        scale, opened, item = self.scale, self.opened, self.active_item
        if item is not None:
            await self.act(lambda: opened.step_points(scale.id, item.id, by))
        else:
            await self.act(lambda: opened.step_mark(scale.id, by))

    async def action_zero(self) -> None:
        scale, opened = self.scale, self.opened
        if self.beside.item:
            await self._give_points(0)
        elif self.places_strands:
            await self.place_strand_in_hand(0)
        elif self._digit:
            await self._go_on_typing(0)  # 2 and 0 are twenty, and never nothing creditable
        else:
            await self.act(lambda: opened.cycle_zero(scale.id))

    async def action_accept(self) -> None:
        scale, opened = self.scale, self.opened
        await self.act(lambda: opened.accept_suggestion(scale.id))

    async def action_secure(self, by: int) -> None:
        """Less or more secure, for the strand just placed."""
        scale, opened = self.scale, self.opened
        strand = self._just_placed or self.beside.strand
        await self.act(lambda: opened.secure_strand(scale.id, strand, by))

    def action_next_scale(self, by: int) -> None:
        """Through the scales, and on a profile through its strands and then the mark itself."""
        if self.app.size.width < 100 and not self.has_class("-drawer"):
            self.action_drawer()
            return
        stops: list[tuple[str, str, str]] = []
        rubric = self.opened.rubric
        with_strands = rubric.scoring is Scoring.PROFILE or self.beside.strand
        for scale in rubric.scales:
            if scale.items:
                stops += [(scale.id, "", item.id) for item in scale.items]
                continue
            if with_strands:
                stops += [(scale.id, strand.id, "") for strand in rubric.strands_of(scale)]
            if not with_strands or rubric.scoring is Scoring.PROFILE:
                stops.append((scale.id, "", ""))
        if len(stops) < 2:
            self.tell("This scheme has one scale; the digits are for it")
            return
        now = (self.beside.scale, self.beside.strand, self.beside.item)
        at = stops.index(now) if now in stops else 0
        scale_id, strand_id, item_id = stops[(at + by) % len(stops)]
        self.beside = replace(self.beside, scale=scale_id, strand=strand_id, item=item_id)
        self._digit = 0
        self.show_side()

    def action_strands(self) -> None:
        """Place our strands on a holistic scheme, or stop placing them."""
        if self.opened.rubric.scoring is Scoring.PROFILE:
            self.tell(
                self.keys.told(
                    "On this scheme digits place the strands already; {marking.next_scale} goes through them"
                )
            )
            return
        strands = self.opened.rubric.strands_of(self.scale)
        strand = "" if self.beside.strand or not strands else strands[0].id
        self.beside = replace(self.beside, strand=strand)
        self.show_side()
        places = self.keys.told("Digits place the strands (ours, not the board's); {marking.strands} ends it")
        self.tell(places if strand else "Digits give the level again")

    def action_full(self) -> None:
        self.beside = replace(self.beside, is_full=not self.beside.is_full)
        self.show_side()
        how = "in full" if self.beside.is_full else "in a sentence each"
        when = "" if self.opened.marking.award(self.beside.scale).level else ", once a level is chosen"
        self.tell(f"The levels above and below stand {how}{when}")

    def action_drawer(self) -> None:
        self.toggle_class("-drawer" if self.app.size.width < 100 else "-wide-only-essay")
        self.show_side()
        self.call_after_refresh(self.show_mark_row)  # out of sight it had no height to scroll in

    # -- the mark box

    async def action_type_mark(self, start: str = "") -> None:
        """Open the box for a mark, with the digits typed so far."""
        if self.query("#mark-box"):
            return
        from markdesk.tui.widgets.editor import MarkBox

        item = self.active_item if start else None  # digits for an item that may earn more than nine
        most = item.max if item else self.scale.max
        box = MarkBox(
            start,
            placeholder=f"mark out of {most}, or NR",
            restrict="[0-9NRnr]*",
            max_length=3,
            id="mark-box",
            select_on_focus=False,
        )
        await self.query_one("#left").mount(box)
        self.is_typing = True
        self.set_focus(box)
        self._boxed = item
        what = f"Points for {item.id}, out of {most}" if item else f"A mark out of {most}, or NR"
        ways = self.keys.told("{mark_box.take} gives it, {mark_box.leave} leaves it as it was")
        self.tell(f"{what}: {ways}", "accent")

    _boxed: Item | None = None
    """The item that the open mark box is for; None for the whole scale."""

    async def action_take_mark(self) -> None:
        """Give the mark that was typed. One that is refused stays in the box, to be mended."""
        from markdesk.tui.widgets.editor import MarkBox, arrived

        await arrived(self.focused)
        text, item = self.query_one("#mark-box", MarkBox).value.strip().upper(), self._boxed
        if not text:
            await self.action_leave_mark()
        elif await self._give_typed(text, item):
            await self._close_mark_box()
            self.tell(*self._said)  # with the keys of the essay again
            if item is not None and text.isdigit():
                self._go_past(item)

    async def _give_typed(self, text: str, item: Item | None) -> bool:
        """Give the mark, or an item its points; False, and the foot says why, where that can't be."""
        scale, opened = self.scale, self.opened
        if text == "NR":
            done = await self.act(lambda: opened.give_no_response(scale.id))
        elif not text.isdigit():
            self.tell(f"'{text}' is not a mark: type a number from 0 to {scale.max}, or NR", "alert")
            return False
        elif item is not None:
            done = await self.act(lambda: opened.give_points(scale.id, item.id, int(text)))
        else:
            done = await self.act(lambda: opened.give_mark(scale.id, int(text)))
        return done is not None

    async def action_leave_mark(self) -> None:
        """Close the box; the mark stays as it was."""
        await self._close_mark_box()
        self.tell("")

    async def _close_mark_box(self) -> None:
        self.is_typing = False
        self.set_focus(self.essay_view)
        await self.query("#mark-box").remove()
