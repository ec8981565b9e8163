"""The way in: options for all commands, bare ``markdesk``, and one mapping from what goes wrong to an exit code.

What opens a screen, and ``--version``, never import typer.
"""

import os
import sys
from collections.abc import Sequence

from markdesk.cli import output
from markdesk.cli.globals import split_globals
from markdesk.cli.session import Session
from markdesk.core.errors import MarkdeskError

DONE, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130


def run(argv: Sequence[str]) -> int:
    """Do what the command line says, and give the exit code. Never raises for anything that a user can cause."""
    output.prepare()
    try:
        code = _run(argv)
        output.finish()
    except output.ReaderGone:
        output.silence(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except MarkdeskError as error:
        output.refuse(error)
        _trace(error, argv)
        return error.exit_code
    except OSError as error:
        # A path that is too long, a disk that is gone: the machine's word for it, and no name that may be a student's.
        output.say(f"markdesk could not go on: {error.strerror or type(error).__name__}. Everything saved is kept.")
        output.give_up()
        _trace(error, argv)
        return REFUSED
    except Exception as error:
        from markdesk.cli.faults import sentence
        from markdesk.cli.interruption import is_interruption

        if is_interruption(error):
            return INTERRUPTED
        output.say(sentence(error))
        _trace(error, argv)
        return REFUSED
    return code


def _run(argv: Sequence[str]) -> int:
    options, rest = split_globals(argv)
    if options.version:
        from markdesk import __version__

        output.data(f"markdesk {__version__}")
        return DONE
    session = Session(options.db, options.marker)
    if "_MARKDESK_COMPLETE" not in os.environ:
        opened = _open_screen(session, rest)
        if opened is not None:
            return opened
    from markdesk.cli.app import invoke

    return invoke(rest, session)


def _open_screen(session: Session, rest: Sequence[str]) -> int | None:
    """What opens a screen, as it is mostly typed, without loading typer; None for every other command line."""
    from markdesk.cli import opening

    if not rest:
        return opening.open_library(session)
    if rest[0] == "demo" and rest[1:] in ([], ["--fresh"]):
        return opening.open_demo(session, fresh="--fresh" in rest)
    wanted = opening.plain_order(rest[1:]) if rest[0] == "mark" else None
    return opening.open_marking(session, wanted) if wanted is not None else None


def _trace(error: Exception, argv: Sequence[str]) -> None:
    if "--debug" in argv:
        from markdesk.cli.faults import trace

        output.tell(trace(error))
