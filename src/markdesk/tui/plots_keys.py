"""The keys of the charts: one at a time, large."""

from markdesk.tui.key import THEME, Key

PLOTS = (
    Key("plots.before", "left,shift+tab", "turn(-1)", "← →  Shift+Tab Tab", "the chart before, the next"),
    Key("plots.next", "right,tab", "turn(1)", "", "the next chart"),
    THEME,
)
