"""Stamps and comments on a passage: made, rewritten, taken off."""

from dataclasses import replace

from markdesk.core.anchors import anchor
from markdesk.core.annotation import Annotation
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
            anchor(self.essay, span),
            code,
            comment,
        )
        where = f"¶{self.essay.paragraph_at(span.start).number}"
        label = f"{code} on {where}" if code else f"comment on {where}"
        return self._do("stamp" if code else "comment", label, AnnotationChanged(None, made), closes=closes)

    def comment(self, annotation_id: str, text: str, closes: tuple[str, ...] = ()) -> Outcome:
        """Write or rewrite an annotation's comment. A bare comment that is emptied goes."""
        present = self._annotation(annotation_id)
        text = tidy(text)
        if present.comment == text:
            return self._nothing("No change to the comment", closes)
        if not text and not present.code:
            return self._do("remove", "comment removed", AnnotationChanged(present, None), closes=closes)
        changed = AnnotationChanged(present, replace(present, comment=text))
        return self._do("comment", f"comment on {self._where(present)}", changed, closes=closes)

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
        return f"¶{self.essay.paragraph_at(span.start).number}" if span else "a lost place"
