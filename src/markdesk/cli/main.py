"""The way in: options for all commands, bare ``markdesk``, and one mapping from what goes wrong to an exit code.

``markdesk`` alone and ``--version`` never import typer.
"""

import os
import sys
from collections.abc import Sequence

from markdesk.cli import output
from markdesk.cli.globals import split_globals
from markdesk.cli.session import Session, need_terminal
from markdesk.core.errors import MarkdeskError

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def run(argv: Sequence[str]) -> int:
    """Do what the command line says, and give the exit code. Never raises for anything that a user can cause."""
    output.prepare()
    is_debug = "--debug" in argv
    try:
        try:
            code = _run(argv)
            output.finish()
        except MarkdeskError as error:
            output.refuse(error)
            if is_debug:
                _trace(error)
            code = error.exit_code
        except KeyboardInterrupt:
            code = INTERRUPTED
    except (output.ReaderGone, BrokenPipeError):
        output.leave_quietly()
        return DONE
    except OSError as error:
        # A path that is too long, a disk that is gone: the machine's word for it, and no name that may be a student's.
        output.say(f"markdesk could not go on: {error.strerror or type(error).__name__}. Everything saved is kept.")
        if is_debug:
            _trace(error)
        return REFUSED
    except Exception as error:
        from markdesk.cli.faults import sentence

        sys.stderr.write(sentence(error) + "\n")
        if is_debug:
            _trace(error)
        return REFUSED
    return code


def _run(argv: Sequence[str]) -> int:
    options, rest = split_globals(argv)
    if options.version:
        from markdesk import __version__

        output.data(f"markdesk {__version__}")
        return DONE
    session = Session(options.db, options.marker)
    if not rest and "_MARKDESK_COMPLETE" not in os.environ:
        need_terminal()
        from markdesk import bootstrap

        return bootstrap.open_screens(session.path(), session.marker_name(), create=True)
    if rest in (["demo"], ["demo", "--fresh"]):
        return _demo(session, fresh="--fresh" in rest)
    from markdesk.cli.app import invoke

    return invoke(rest, session)


def _demo(session: Session, fresh: bool) -> int:
    """``markdesk demo`` as it is mostly typed, without loading typer."""
    need_terminal()
    from markdesk import bootstrap
    from markdesk.config.paths import demo_desk

    path = session.path() if session.db else demo_desk()
    return bootstrap.open_screens(path, session.marker_name(), create=True, demo=True, fresh=fresh)


def _trace(error: Exception) -> None:
    from markdesk.cli.faults import trace

    sys.stderr.write(trace(error))
