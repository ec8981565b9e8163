"""The way in. Bare ``markdesk`` and ``markdesk demo`` go straight to the screens: typer is never loaded for them."""

import gc
import os
import sys


def main() -> int:
    """Run markdesk; the exit code."""
    os.umask(0o077)  # nothing of a student's is readable by others
    argv = sys.argv[1:]
    if argv == ["--version"] and _version_told():
        return 0
    # Loading makes much that stays; the screens turn the collector on again after their first frame.
    gc.disable()
    sys.unraisablehook = unraisable
    try:
        from markdesk.cli.main import run

        return run(argv)
    except BaseException as error:
        from markdesk.cli.interruption import is_interruption

        if is_interruption(error):  # while loading
            return 130
        raise
    finally:
        # Everything is done, and said with the exit code: Ctrl+C at the interpreter's last steps would only make noise.
        import signal  # here, since something has loaded it by now

        signal.signal(signal.SIGINT, signal.SIG_IGN)


def unraisable(found: "sys.UnraisableHookArgs") -> None:
    """Ctrl+C that falls into a clean-up of Python's own can't be obeyed there, and is no reason for a traceback."""
    if found.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(found)


def _version_told() -> bool:
    """Answer the one question that needs nothing loaded; False where that can't be written, so that ``run`` says so."""
    from markdesk import __version__

    if sys.stdout is None:
        return False
    try:
        sys.stdout.write(f"markdesk {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
