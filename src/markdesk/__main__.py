"""The way in. Bare ``markdesk`` and ``markdesk demo`` go straight to the screens: typer is never loaded for them."""

import gc
import os
import sys


def main() -> int:
    """Run markdesk; the exit code."""
    os.umask(0o077)  # nothing of a student's is readable by others
    argv = sys.argv[1:]
    if argv == ["--version"]:
        from markdesk import __version__

        sys.stdout.write(f"markdesk {__version__}\n")
        return 0
    # Loading makes much that stays; the screens turn the collector on again after their first frame.
    gc.disable()
    from markdesk.cli.main import run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
