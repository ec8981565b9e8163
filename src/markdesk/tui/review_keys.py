"""The keys of a review: from an assignment to its class and its year, and back."""

from markdesk.tui.key import Key

REVIEW = (
    Key("review.before", "left", "view(-1)", "← →", "another view: this assignment, its class, every class"),
    Key("review.next", "right", "view(1)", "", "the next view"),
)
