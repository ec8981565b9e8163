"""The command line: typer at the edge, one use case a command."""
