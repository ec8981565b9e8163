"""Putting the program on the terminal, and what is said once it is given back."""

import sys

from markdesk.core.plain import show
from markdesk.tui.app import MarkdeskApp
from markdesk.tui.hung_up import ending_with_the_terminal
from markdesk.tui.opening import Opening, read_first


def run_app(opening: Opening) -> int:
    """Open the screens; the exit code once they are closed. A refusal or a fault is said on stderr.

    Raises MarkdeskError where the desk can't be opened: nothing has been put on the terminal then.
    """
    app = MarkdeskApp(opening, None if opening.is_new else read_first(opening))
    with ending_with_the_terminal():  # also while the desk is still busy: nobody would end it then
        try:
            app.run()
        finally:
            app.thread.close()
    if app.fault:
        sys.stderr.write(app.fault + "\n")
        return 1
    if app.refusal is not None:
        sys.stderr.write(show(str(app.refusal)) + "\n")
        return app.refusal.exit_code
    if app.wants_sample and opening.open_sample is not None:
        return opening.open_sample()
    return app.return_code or 0
