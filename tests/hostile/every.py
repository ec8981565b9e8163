"""The table of files that are read from their folder: every named case of every format."""

from tests.hostile import document_cases, flood_cases, mail_cases, markup_cases, place_cases, tree_cases
from tests.hostile.handed import Case

_TABLES = (markup_cases, document_cases, tree_cases, flood_cases, mail_cases, place_cases)
CASES: tuple[Case, ...] = tuple(case for table in _TABLES for case in table.cases())
