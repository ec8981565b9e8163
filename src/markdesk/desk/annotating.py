"""Stamps and comments on a passage: made, rewritten, taken off."""

from dataclasses import replace

from markdesk.core.annotation import ActedOn, Annotation
from markdesk.core.changes import AnnotationChanged
from markdesk.core.errors import NotFound
from markdesk.core.essay import Span
from markdesk.core.ids import AnnotationId
from markdesk.desk.marking_acts import MarkingActs, Outcome, tidy


class Annotating(MarkingActs):
    """What is put on the essay."""

    def annotate(self, span: Span, code: str = "", comment: str = "", closes: tuple[str, ...] = ()) -> Outcome:
        """Stamp or comment on a passage. An empty comment without a stamp is none."""
        comment = tidy(comment)
        if not code and not comment:
            return self._nothing("Nothing to say, so no comment", closes)
        made = Annotation(
            self.marking.id,
            AnnotationId(self.desk.ids.new()),
            self.anchor(span),
            code,
            comment,
        )
        where = self._where(made)
        label = f"{code} on {where}" if code else f"comment on {where}"
        return self._do("stamp" if code else "comment", label, AnnotationChanged(None, made), closes=closes)

    def comment(self, annotation_id: str, text: str, closes: tuple[str, ...] = ()) -> Outcome:
        """Write or rewrite an annotation's comment. A bare comment that is emptied goes."""
        present = self._annotation(annotation_id)
        text = tidy(text)
        if present.comment == text:
            return self._nothing("No change to the comment", closes)
        after = replace(present, comment=text)
        if after.says_nothing:
            return self._do("remove", "comment removed", AnnotationChanged(present, None), closes=closes)
        changed = AnnotationChanged(present, after)
        return self._do("comment", f"comment on {self._where(present)}", changed, closes=closes)

    def move_annotation(self, annotation_id: str, span: Span) -> Outcome:
        """Put an annotation on another passage: elsewhere, wider or narrower. Also one that had lost its place."""
        present = self._annotation(annotation_id)
        after = replace(present, anchor=self.anchor(span))
        if after == present:
            return self._nothing("It stands there already")
        what = present.code or "comment"
        return self._do("move", f"{what} moved to {self._where(after)}", AnnotationChanged(present, after))

    def restamp(self, annotation_id: str, code: str) -> Outcome:
        """Give an annotation another stamp; its passage and comment stay."""
        present = self._annotation(annotation_id)
        if present.code == code:
            return self._nothing(f"It is {code} already")
        before = present.code or "comment"
        label = f"{before} is {code} now, on {self._where(present)}"
        return self._do("restamp", label, AnnotationChanged(present, replace(present, code=code)))

    def tell_class(self, annotation_id: str) -> Outcome:
        """Put an annotation on the sheet for the class, or take it off again."""
        present = self._annotation(annotation_id)
        after = replace(present, for_class=not present.for_class)
        where = self._where(present)
        label = f"for the class: {where}" if after.for_class else f"no longer for the class: {where}"
        return self._do("class", label, AnnotationChanged(present, None if after.says_nothing else after))

    def tell_class_of(self, span: Span) -> Outcome:
        """Put a passage on the sheet for the class, without a stamp or a comment."""
        made = Annotation(self.marking.id, AnnotationId(self.desk.ids.new()), self.anchor(span), for_class=True)
        return self._do("class", f"for the class: {self._where(made)}", AnnotationChanged(None, made))

    def judge_redraft(self, annotation_id: str, acted_on: ActedOn | None) -> Outcome:
        """Record whether the newer text did something about a comment; None takes it back."""
        present = self._annotation(annotation_id)
        if present.acted_on is acted_on:
            return self._nothing("It is recorded so already")
        told = f"acted on: {acted_on}" if acted_on else "not judged"
        changed = AnnotationChanged(present, replace(present, acted_on=acted_on))
        return self._do("acted on", f"{present.code or 'comment'} on {self._where(present)}, {told}", changed)

    def remove_annotation(self, annotation_id: str) -> Outcome:
        """Take a stamp or comment off the essay."""
        present = self._annotation(annotation_id)
        what = present.code or "comment"
        return self._do("remove", f"{what} removed from {self._where(present)}", AnnotationChanged(present, None))

    def _annotation(self, annotation_id: str) -> Annotation:
        present = self.marking.annotations.get(annotation_id)
        if present is None:
            raise NotFound("That annotation is no longer there.")
        return present

    def _where(self, annotation: Annotation) -> str:
        span = annotation.anchor.span
        if span is None:
            return annotation.anchor.exact if self.is_paper else "a lost place"
        return f"¶{self.essay.paragraph_at(span.start).number}"
