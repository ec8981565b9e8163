"""How the file is asked: SQL in, rows or domain values out."""

import sqlite3
from pathlib import Path
from typing import Any, TypeVar

from markdesk.store.codec import Table
from markdesk.store.sqlite.connection import Values, patiently, translated

T = TypeVar("T")

AWARDS_OF_M = """(select json_group_array(json_object('marking_id', w.marking_id, 'scale', w.scale, 'mark', w.mark,
        'level', w.level, 'no_response', w.no_response, 'tentative', w.tentative, 'strands', w.strands,
        'reason', w.reason, 'points', w.points)) from award w where w.marking_id = m.id)"""
"""What the marking ``m`` of a query was given, as JSON that ``AWARD`` reads."""


def columns_of(table: Table[Any], prefix: str) -> str:
    """The table's columns under a prefix, so that several tables fit one row: ``s_id``, ``s_given_name``."""
    return ", ".join(f'{prefix}."{column}" as {prefix}_{column}' for column in table.columns)


def decoded(table: Table[T], row: sqlite3.Row, prefix: str) -> T | None:
    """A thing out of such a row; None where a join found none."""
    if row[f"{prefix}_{table.key[0]}"] is None:
        return None
    return table.decode({column: row[f"{prefix}_{column}"] for column in table.columns})


class Asking:
    """What every reader of the file has."""

    connection: sqlite3.Connection
    path: Path
    _patience: float

    def _rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        with translated(self.path):
            return patiently(self.connection, sql, self._patience, values)

    def _all(self, table: Table[T], tail: str = "", values: tuple[Any, ...] = ()) -> tuple[T, ...]:
        columns = ", ".join(f'{table.name}."{column}"' for column in table.columns)
        rows = self._rows(f"select {columns} from {table.name} {tail}", values)  # noqa: S608
        return tuple(table.decode(dict(row)) for row in rows)
