# Every task of the project. `just` alone lists them; the dev extra brings this runner.
export PATH := justfile_directory() / ".venv/bin:" + env("PATH")
export PYTHONDONTWRITEBYTECODE := "" # the tests start hundreds of processes: what one compiled the next needn't

_default:
    @just --list

# format, lint, types, layers, tests, docs: what CI runs
check: lint types layers test

# put the code in shape
fmt:
    ruff format src tests benchmarks
    ruff check --fix src tests benchmarks

lint:
    ruff format --check src tests benchmarks
    ruff check src tests benchmarks

types:
    mypy

layers:
    lint-imports

# the whole suite, against the installed package
test *args:
    python -m pytest -n 3 {{args}}

# what runs in under a minute
quick:
    python -m pytest -n 2 -m "not slow" --ignore=tests/kill

# what chance would find: the properties and the seeded walks drawn anew, so many times as often
explore times="10" *tests="tests":
    MARKDESK_EXPLORE={{times}} MARKDESK_SEED={{datetime_utc("%s")}} python -m pytest -n 2 -m "hypothesis or seeded" {{tests}}

# the numbers, as ratios against floors measured in the same run
bench *rows:
    python -m benchmarks {{rows}}

# the pictures of the docs, taken from the program itself
pictures:
    python -m tests.tui.show
    python -m tests.exports.show

# kill the program at random instants: 0 acts may be lost
kill times="200":
    python -m benchmarks.kill {{times}}
